"""Home: start a call, practise, watch a demo, go on with a call, look back.

The first paint waits for nothing but this screen: what knows of calls and scripts is imported, and
the journal read, in a thread behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from callcoach import __version__
from callcoach.archive.ids import CallId, short
from callcoach.archive.zone import local_zone
from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.tui.actions import CHOOSE, HOME, Action, bindings
from callcoach.tui.page import Page
from callcoach.tui.routes import Routes
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.options import Options
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.wrap import clip, pad

if TYPE_CHECKING:
    from callcoach.archive.summary import CallSummary

RECENT = 50
"""How many calls are listed."""
LEAVE_WITHIN = 5.0
"""Seconds within which Esc ends the program when it is pressed again."""
_ROOMY = 130
"""From so many columns of the terminal on, outcomes have a column of their own."""
_ROOMY_COLUMNS, _USUAL_COLUMNS = (24, 22), (13, 0)
_RESUME, _RESCUE = "resume ", "rescue "


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the journal holds."""

    unfinished: tuple[CallSummary, ...] = ()
    """The user's own, or all where nobody says who that is."""
    others: int = 0
    """How many of other agents were interrupted."""
    rescued: tuple[Path, ...] = ()
    recent: tuple[CallSummary, ...] = ()
    titles: Mapping[CallId, tuple[str, str]] = field(default_factory=dict)
    """What the pack and the outcome of each call are called."""
    problem: CallcoachError | None = None


class HomeScreen(Page):
    """Where everything begins."""

    ACTIONS: ClassVar[Sequence[Action]] = HOME
    BINDINGS: ClassVar[list[BindingType]] = bindings(HOME)

    class Read(Message):
        """The journal was read."""

        def __init__(self, shelf: Shelf, language: str) -> None:
            super().__init__()
            self.shelf, self.language = shelf, language

    def __init__(self, routes: Routes) -> None:
        super().__init__()
        self.routes = routes
        self._shelf = Shelf()
        self._asked_to_leave = -LEAVE_WITHIN
        """When Esc was pressed last, by a clock of its own."""
        self._read_in = ""
        """The language in which the shelf's titles are."""

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Horizontal(id="home"):
            with Vertical(id="menu"):
                yield Paper(id="brand")
                yield Options(*self._menu(), id="actions")
            with Vertical(id="recent"):
                yield Paper(id="news")
        yield KeyBar()

    def appear(self) -> None:
        """Show what there is at once, and the calls when they have been read."""
        super().appear()
        self._fill()
        self.query_one("#actions", OptionList).focus()
        if self.desk.is_first_run():
            self.once_painted(self.action_tour)

    def on_screen_resume(self) -> None:
        """Read the calls when the screen is shown, also after another one was left.

        Nothing is highlighted until they are there: Enter may be meant for an interrupted call.
        """
        actions = self.query_one("#actions", OptionList)
        actions.focus()
        actions.highlighted = None
        self.read_soon(self._read)

    def words_changed(self) -> None:
        """Say everything in the other language."""
        super().words_changed()
        self.once_painted(self._fill)
        self.read_soon(self._read)

    def hinted(self) -> Sequence[Action]:
        """Return one hint for all digits: what each does stands in the menu."""
        return (CHOOSE,)

    def action_choose(self) -> None:
        """Go to the menu."""
        self.query_one("#actions").focus()

    def action_leave(self) -> None:
        """End the program, where Esc is pressed a second time: once may be once too often."""
        now = monotonic()
        if now - self._asked_to_leave < LEAVE_WITHIN:
            super().action_leave()
            return
        self._asked_to_leave = now
        self.notice(mark("Esc once more ends callcoach"), seconds=LEAVE_WITHIN)

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark("Choose by digit, arrow keys or mouse. The calls are in the list beside it.")

    def _menu(self) -> list[Option]:
        return [
            Option(Content.assemble((f" {a.keys} ", "$accent bold"), self.say(a.title)), id=a.id)
            for a in HOME
        ]

    def _fill(self) -> None:
        about = self.say("A courteous, lawful call, coached while it can still be repaired.")
        brand = [
            Piece(f"callcoach {__version__}", "$accent bold"),
            Piece(about, "dim"),
            Piece(""),
        ]
        self.query_one("#brand", Paper).show(brand)
        title = f"{self.say('Calls')} · {self.say('times in {zone}', zone=local_zone())}"
        self.query_one("#recent").border_title = display(title)
        if self.query("#calls"):
            self._show_calls()
        else:
            reading = Piece(self.say("Reading the calls …"), "dim")
            self.query_one("#news", Paper).show([reading])
            if self._read_in == self.messages.language:
                self.post_message(self.Read(self._shelf, self._read_in))

    def _read(self) -> None:
        """Read the journal; runs in a thread."""
        language = self.messages.language
        try:
            found, recent = self.desk.unfinished(), self.desk.calls(RECENT)
            agent = self.desk.settings.text("agent")
            own = tuple(call for call in found if not agent or call.agent in ("", agent))
            titles = {call.id: self.desk.titles(call, language) for call in (*own, *recent)}
            others = len(found) - len(own)
            shelf = Shelf(own, others, self.desk.rescue_files(), recent, titles)
        except CallcoachError as error:
            shelf = Shelf(problem=error)
        self.post_message(self.Read(shelf, language))
        with suppress(CallcoachError):  # half a second that nobody waits for when a call begins
            self.desk.load(self.desk.settings.text("pack"))

    async def on_home_screen_read(self, message: Read) -> None:
        """Show the calls, unless the language was changed meanwhile: then they are read again."""
        if message.language != self.messages.language:
            return
        self._shelf, self._read_in = message.shelf, message.language
        if not self.query("#calls"):
            await self.query_one("#recent").mount(Options(id="calls"))
        self._show_calls()
        self._highlight()

    def _highlight(self) -> None:
        """Let Enter go on with what was interrupted, unless the user has gone elsewhere."""
        actions = self.query_one("#actions", OptionList)
        if actions.highlighted is not None or self.focused is not actions:
            return
        if self._shelf.unfinished or self._shelf.rescued:
            self.query_one("#calls").focus()
        else:
            actions.highlighted = 0

    def _show_calls(self) -> None:
        shelf, signs = self._shelf, self.look.signs
        options: list[Option] = []
        for call in shelf.unfinished:
            row = Content.assemble((f"{signs.open} ", "$warning bold"), self._row(call))
            options.append(Option(row, id=_RESUME + call.id))
        for path in shelf.rescued:
            told = self.say("Take back into the journal: {name}", name=path.name)
            head = (f"{signs.alarm} {display(told)}", "$error bold")
            options.append(Option(Content.assemble(head), id=f"{_RESCUE}{path}"))
        still_open = {call.id for call in shelf.unfinished}
        indent = "  " if options else ""
        options += [
            Option(Content.assemble(indent, self._row(call)), id=call.id)
            for call in shelf.recent
            if call.id not in still_open
        ]
        news: list[Piece] = []
        if shelf.problem is not None:
            sign = f"{signs.warning} "
            news.append(
                Piece(display(self.say(shelf.problem.message)), "$warning", sign, "$warning")
            )
            news.append(Piece(display(self.say(shelf.problem.hint)), "dim", "  "))
        elif shelf.unfinished:
            told = self.messages.count(
                "A call was interrupted. Enter goes on with it.",
                "{n} calls were interrupted. Enter goes on with the one you choose.",
                len(shelf.unfinished),
            )
            news.append(Piece(told, "$warning bold"))
        elif not options:
            nothing = self.say("No calls yet. Begin with the demo: press 3.")
            news.append(Piece(nothing, "dim"))
        if shelf.others:
            told = self.messages.count(
                "A call of another agent was interrupted.",
                "{n} calls of other agents were interrupted.",
                shelf.others,
            )
            news.append(Piece(told, "dim"))
        self.query_one("#news", Paper).show(news)
        calls = self.query_one("#calls", OptionList)
        calls.clear_options()
        calls.add_options(options)
        calls.highlighted = 0 if options else None

    def _row(self, call: CallSummary) -> Content:
        """Return a call as a row."""
        title, outcome = self._shelf.titles[call.id]
        is_open = call.ended_at is None
        unknown = self.say("no outcome") if call.outcome is None else self.say("unknown outcome")
        ended = display(outcome) or (self.say("open") if is_open else unknown)
        mode = {"call": "", "import": f" · {self.say('imported')}"}.get(
            call.mode, f" · {self.say('practice')}"
        )
        name, result = self._columns()
        return Content.assemble(
            (f"{call.local_start[5:]} {short(call.id)} ", "dim"),
            (pad(clip(display(title), name), name), "$foreground"),
            (f" {clock(call.last_at):>5} ", "dim"),
            (pad(clip(ended, result), result) if result else ended, "$accent"),
            (mode, "dim"),
            (f" · {display(call.agent)}" if call.agent else "", "$foreground"),
        )

    def _columns(self) -> tuple[int, int]:
        """Return the cells of a pack's title and of an outcome; 0: as many as it has."""
        return _ROOMY_COLUMNS if self.app.size.width >= _ROOMY else _USUAL_COLUMNS

    def on_resize(self, _event: Resize) -> None:
        """Lay the calls out anew for another width, at the place where one was."""
        for calls in self.query("#calls").results(OptionList):
            place = calls.highlighted
            self._show_calls()
            calls.highlighted = place

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen, or show the call."""
        id = event.option.id or ""
        if event.option_list.id == "actions":
            await self.run_action(id)
        elif id.startswith(_RESUME):
            self._attempt(lambda: self.routes.resume(CallId(id.removeprefix(_RESUME))))
        elif id.startswith(_RESCUE):
            self._attempt(lambda: self._take_back(Path(id.removeprefix(_RESCUE))))
        else:
            self.routes.past(id)

    def _take_back(self, path: Path) -> None:
        count = self.desk.take_back(path)
        told = self.messages.count(
            "{n} event is in the journal now.", "{n} events are in the journal now.", count
        )
        self.notice(told)
        self.on_screen_resume()

    def _attempt(self, go: Callable[[], None]) -> None:
        try:
            go()
        except CallcoachError as error:
            self.tell(error)

    def action_call(self) -> None:
        """Set a call up."""
        self.routes.set_up()

    def action_practise(self) -> None:
        """Choose whom to practise with."""
        self._attempt(lambda: self.routes.choose_practice(self.desk.settings.text("pack")))

    def action_demo(self) -> None:
        """Watch a demo."""
        self._attempt(lambda: self.routes.demo(self.desk.settings.text("pack"), None))

    def action_packs(self) -> None:
        """Look at the packs."""
        self.routes.packs()

    def action_settings(self) -> None:
        """Change settings."""
        self.routes.settings()

    def action_reviews(self) -> None:
        """Judge calls."""
        self._attempt(self.routes.reviews)

    def action_search(self) -> None:
        """Search all calls."""
        self.routes.search()

    def action_dashboard(self) -> None:
        """Show the figures of all calls."""
        self.routes.dashboard()

    def action_tour(self) -> None:
        """Show the tour."""
        self.routes.tour()
