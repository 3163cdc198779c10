"""The first-run tour: a few pages that say what is where; Escape skips it, a digit goes there."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from callcoach.locale import Messages, mark
from callcoach.tui.modal import Modal
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.display import display

PAGES: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    (
        mark("What is where"),
        (
            ("1–3", mark("Make calls, practise, watch a demo: the later pages show how.")),
            ("7", mark("Judge calls that are over: quality assurance, on the next page.")),
            ("8", mark("Search all that was said: words, amounts, flags, agents.")),
            ("9", mark("See how calls and agents do.")),
        ),
    ),
    (
        mark("For quality assurance"),
        (
            ("7", mark("The calls to judge. callcoach review import brings them in.")),
            ("⏎", mark("Opens a call beside its form; the digits answer its questions.")),
            ("F9", mark("Plays its recording: review import … --recordings FOLDER.")),
            ("F10", mark("Leads to what is still open; then it submits.")),
        ),
    ),
    (
        mark("A call, step by step"),
        (
            ("▶", mark("The marked line is what to say now. Space: said it.")),
            ("1–9", mark("The digits say where the call goes. What was heard is marked.")),
            ("F4", mark("Objections open from anywhere and lead back to where you were.")),
            ("F5", mark("Facts fill the lines: names, amounts, dates.")),
        ),
    ),
    (
        mark("The coach beside you"),
        (
            ("○", mark("What you still owe the customer, with the time that is left.")),
            ("!", mark("A flag says what went wrong, why, and what to say to repair it.")),
            ("✓", mark("Said it? The flag goes by itself. Without speech, tick it with F6.")),
            ("F8", mark("Too much? Let a flag be quiet for a while.")),
        ),
    ),
    (
        mark("Nothing is lost"),
        (
            ("✓", mark("Everything is on the disk the moment it happens.")),
            ("^Z", mark("A wrong key? Take it back; the journal shows both.")),
            ("F1", mark("Help for every screen. Ctrl+P finds every command, F12 the language.")),
            ("3", mark("Begin with the demo, then practise before you call.")),
        ),
    ),
)


_DIGITS = frozenset("12345789")
"""All that home has but the tour itself."""


class Tour(Modal[str | None]):
    """The pages, one after another; a digit that is pressed meanwhile is its result."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "skip", show=False),
        Binding("space,enter,right", "forward", show=False),
        Binding("left", "backward", show=False),
    ]

    def __init__(self, messages: Messages, seen: Callable[[], None]) -> None:
        super().__init__()
        self._messages = messages
        self._seen = seen
        self._page = 0

    def compose(self) -> ComposeResult:
        """Lay the tour out."""
        with Vertical(id="dialog"):
            yield Static(id="dialog-title")
            yield Paper(id="tour")
            yield Static(id="tour-foot")

    def on_mount(self) -> None:
        """Show the first page."""
        self._show()

    def _show(self) -> None:
        title, rows = PAGES[self._page]
        say = self._messages.say
        count = f"{self._page + 1}/{len(PAGES)}"
        head = f"{display(say(title))}   {count}"
        self.query_one("#dialog-title", Static).update(Content.styled(head, "$accent bold"))
        pieces = [Piece("")]
        for key, text in rows:
            pieces += [Piece(say(text), "$foreground", f" {key:<4}", "$accent bold"), Piece("")]
        self.query_one("#tour", Paper).show(pieces)
        foot = say("Space: next   ←: back   Esc: skip   1–9: go there")
        self.query_one("#tour-foot", Static).update(Content.styled(foot, "dim"))

    def action_forward(self) -> None:
        """Show the next page; after the last one the tour is over."""
        if self._page + 1 < len(PAGES):
            self._page += 1
            self._show()
        else:
            self.action_skip()

    def action_backward(self) -> None:
        """Show the page before."""
        if self._page > 0:
            self._page -= 1
            self._show()

    def on_key(self, event: Key) -> None:
        """Leave for where a digit leads from home."""
        if event.key in _DIGITS:
            event.stop()
            self._seen()
            self.dismiss(event.key)

    def on_click(self) -> None:
        """Go on by mouse."""
        self.action_forward()

    def action_skip(self) -> None:
        """Leave the tour."""
        self._seen()
        self.dismiss(None)
