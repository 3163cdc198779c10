"""Every action of the screens in one table: id, keys, names. Bindings, help and palette use it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from textual.binding import Binding, BindingType

from callcoach.locale import mark


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done on a screen."""

    id: str
    """Stable: what a user's own keys are set for."""
    keys: str
    """Comma-separated; never only a letter, which an input method would take."""
    title: str
    """In the catalogue of the interface."""
    pinyin: str
    """The first letters of the Chinese title, for the palette."""
    action: str = ""
    """Textual's action where it is not the id."""
    is_hinted: bool = True
    """Shown in the line of keys."""
    is_urgent: bool = False
    """Works while a text is being typed, too."""

    @property
    def call(self) -> str:
        """Return what runs it, as Textual writes it."""
        name = self.action or self.id
        return name if "(" in name else f"{name}()"

    def binding(self, in_turn: bool = False) -> Binding:
        """Return the binding for Textual; see `bindings`."""
        return Binding(
            self.keys,
            f"in_turn('{self.call}')" if in_turn else self.call,
            self.title,
            show=self.is_hinted,
            id=self.id,
            priority=in_turn or self.is_urgent,
        )


def bindings(actions: Iterable[Action], in_turn: bool = False) -> list[BindingType]:
    """Return the bindings of some actions.

    Those that act in turn are run by the screen's `in_turn`, as soon as their keys are read: no key
    overtakes another on its way round by a widget.
    """
    return [action.binding(in_turn) for action in actions]


EVERYWHERE = (
    Action("help", "f1", mark("Help"), "bz"),
    Action("palette", "ctrl+p", mark("Commands"), "ml", "command_palette", is_urgent=True),
    Action("interface", "f12", mark("中文 / English"), "jmyy", "switch_language", is_urgent=True),
    Action("leave", "escape", mark("Back"), "fh", "leave"),
    Action("quit", "ctrl+q", mark("Quit"), "tc", "quit", is_urgent=True),
)
HOME = (
    Action("call", "1", mark("Start a call"), "ksth"),
    Action("practise", "2", mark("Practise"), "lx"),
    Action("demo", "3", mark("Watch a demo"), "kys"),
    Action("packs", "4", mark("Packs"), "hsb"),
    Action("settings", "5", mark("Settings"), "sz"),
    Action("tour", "6", mark("Tour"), "dl"),
    Action("reviews", "7", mark("Review calls"), "zj"),
    Action("search", "8", mark("Search calls"), "ssth"),
    Action("dashboard", "9", mark("Dashboard"), "ybb"),
)
CHOOSE = Action("choose", "1–9", mark("Choose"), "xz")
"""The hint at home for all of them; the menu beside it names each."""
_SCROLL = (
    Action("scroll_up", "pageup", mark("Scroll up"), "sf", is_hinted=False),
    Action("scroll_down", "pagedown", mark("Scroll down"), "xf", is_hinted=False),
    Action("scroll_to_newest", "end", mark("Newest line"), "zxyh", is_hinted=False),
)
"""What moves the transcript of a call that goes on."""
CALL = (
    # Not Enter: an input method's user presses it twice, and the second time the text is gone.
    Action("say", "space", mark("Said it"), "ysl"),
    Action("objections", "f4,ctrl+o", mark("Objections"), "yy"),
    Action("facts", "f5,ctrl+f", mark("Facts"), "xx"),
    Action("cues", "f6,ctrl+k", mark("Cues"), "yd"),
    Action("end", "f10,ctrl+e", mark("End"), "js"),
    Action("hold", "f7", mark("Hold"), "bc"),
    Action("flag", "f8", mark("Flag"), "ts"),
    Action("note", "f9,ctrl+n", mark("Note"), "bj"),
    Action("customer", "f2", mark("Customer said"), "khs", is_hinted=False),
    Action("agent", "f3", mark("I said"), "ws", is_hinted=False),
    Action("undo", "ctrl+z", mark("Undo"), "cx"),
    Action("accept", "ctrl+y", mark("Take the suggestion"), "cnjy"),
    Action("language", "ctrl+l", mark("Language of the lines"), "hsyy", "switch_lines"),
    Action("listen", "ctrl+t", mark("Listen / pause"), "t"),
    Action("devices", "ctrl+d", mark("Sound devices"), "sysb", is_hinted=False),
    Action("go", "ctrl+g", mark("Go to step"), "tzbz"),
    *_SCROLL,
    *(
        Action(f"take_{digit}", str(digit), "", "", f"take({digit or 10})", is_hinted=False)
        for digit in range(10)
    ),
)
PLAY = (
    Action("pause", "space", mark("Pause"), "zt"),
    Action("step", "right,enter", mark("Next"), "xyj"),
    Action("slower", "minus,left", mark("Slower"), "m"),
    Action("faster", "plus,equals_sign,up", mark("Faster"), "k"),
    *_SCROLL,
)
SETUP = (Action("begin", "f10,ctrl+s", mark("Begin"), "ks"),)
QUEUE = (
    Action("judge", "enter", mark("Open"), "dk"),
    Action("words", "f2,slash", mark("Search"), "ss"),
    Action("status", "f3", mark("Status"), "zt"),
    Action("agents", "f4", mark("Agent"), "zx"),
    Action("outcomes", "f5", mark("Outcome"), "jg"),
    Action("flags", "f6", mark("Flag"), "ts"),
    Action("days", "f7", mark("Days"), "ts"),
    Action("anything", "f8", mark("No filter"), "bsx"),
    Action("queue", "f9", mark("Queue"), "dl"),
    Action("form", "f10", mark("Form"), "bd"),
    Action("order", "o,ctrl+o", mark("Order"), "px"),
    Action("draw", "d,ctrl+d", mark("Draw a sample"), "cy"),
    Action("person", "ctrl+w", mark("Who you are"), "nss"),
    Action("calibrate", "b,ctrl+b", mark("Judge blind: calibration"), "jzpf", is_hinted=False),
)
REVIEW = (
    Action("next_open", "o,ctrl+o", mark("Next open one"), "xywd"),
    Action("next_flag", "n,f4", mark("Next flag"), "xts"),
    Action("evidence", "enter", mark("Evidence"), "yj"),
    Action("comment", "c,f6", mark("Comment"), "pz"),
    Action("finish", "f10,f", mark("Submit"), "tj"),
    Action("next_call", "right_square_bracket,ctrl+n", mark("Next call"), "xytdh"),
    Action("next_question", "tab", mark("Next question"), "xyt"),
    Action("coach", "k,f7", mark("Coaching note"), "fd"),
    Action("skip", "x,f8", mark("Not applicable"), "bsy"),
    Action("previous_question", "shift+tab", mark("Question before"), "syt", is_hinted=False),
    Action("previous_flag", "N,shift+f4,ctrl+b", mark("Flag before"), "sts", is_hinted=False),
    Action(
        "previous_call", "left_square_bracket,ctrl+u", mark("Call before"), "sytdh", is_hinted=False
    ),
    Action("reason", "w,f5", mark("Comment on the question"), "tpz", is_hinted=False),
    Action("take_back", "backspace,ctrl+z", mark("Take the answer back"), "ch", is_hinted=False),
    Action("reject", "d,ctrl+d", mark("The flag is wrong, or not"), "tsyw", is_hinted=False),
    Action(
        "reject_because", "D,ctrl+y", mark("The flag is wrong: say why"), "tsywyy", is_hinted=False
    ),
    Action("remove", "delete,ctrl+x", mark("Take a comment back"), "scpz", is_hinted=False),
    Action("appeal", "a,ctrl+a", mark("Appeal"), "ss", is_hinted=False),
    Action(
        "appeal_whole", "A,f11", mark("Appeal against the whole review"), "ztss", is_hinted=False
    ),
    Action("reopen", "r,shift+f10", mark("Take the review back"), "chzj", is_hinted=False),
    Action("steps", "t,ctrl+t", mark("Steps shown or not"), "bz", is_hinted=False),
    Action("report", "f2,ctrl+s", mark("Report as a page"), "bgwy", is_hinted=False),
    Action("swap", "s,ctrl+r", mark("Swap roles"), "hjs", is_hinted=False),
    Action("hear", "space,f9", mark("Hear it"), "ting", is_hinted=False),
    Action("back", "left,ctrl+left", mark("5 s back"), "ht", is_hinted=False),
    Action("ahead", "right,ctrl+right", mark("5 s on"), "kj", is_hinted=False),
    Action("speed", "v,f3", mark("Speed"), "sd", is_hinted=False),
    *(
        Action(f"answer_{digit}", str(digit), "", "", f"answer({digit or 10})", is_hinted=False)
        for digit in range(10)
    ),
)
# The keys that move are urgent: the line would take them for itself.
SEARCH = (
    Action("open_hit", "enter", mark("Open"), "dk"),
    Action("hit_up", "up", mark("Up"), "syt", is_hinted=False, is_urgent=True),
    Action("hit_down", "down", mark("Down"), "xyt", is_hinted=False, is_urgent=True),
    Action("page_up", "pageup", mark("Page up"), "syy", is_hinted=False, is_urgent=True),
    Action("page_down", "pagedown", mark("Page down"), "xyy", is_hinted=False, is_urgent=True),
)
DASHBOARD = (
    Action("look", "enter,f2", mark("The calls behind it"), "kdh"),
    Action("scripts", "f3", mark("Script"), "hs"),
    Action("agents", "f4", mark("Agent"), "zx"),
    Action("practice", "f6", mark("Calls / practice"), "thlx"),
    Action("days", "f7", mark("Days"), "ts"),
    Action("report", "f5,ctrl+s", mark("Report as a page"), "bgwy"),
    Action("read_again", "f9,ctrl+r", mark("Read again"), "cxdq"),
)
PAST = (
    Action("review", "f5,ctrl+r", mark("Judge with a form"), "zj"),
    Action("note", "f9,ctrl+n", mark("Note"), "bj"),
    Action("export", "f2,ctrl+s", mark("Export"), "dc"),
)
FOUND = (
    Action("next_hit", "n,f4", mark("Next hit"), "xyc"),
    Action("previous_hit", "N,shift+f4,ctrl+b", mark("Hit before"), "syc"),
    *PAST,
)
PACKS = (
    Action("preview", "1,enter", mark("Preview"), "yl"),
    Action("practise", "2", mark("Practise"), "lx"),
    Action("demo", "3", mark("Watch a demo"), "kys"),
)
SETTINGS = (Action("change", "enter", mark("Change"), "gg"),)
SCREENS = (HOME, SETUP, CALL, PLAY, PAST, FOUND, PACKS, SETTINGS, QUEUE, REVIEW, SEARCH, DASHBOARD)
"""What can be done on each screen; PAST and FOUND share actions."""
ALL = tuple(dict.fromkeys(chain(EVERYWHERE, *SCREENS)))
