"""The dashboard: what a team's calls came to, drawn in the terminal, by agent, script and days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from callcoach.archive.ids import short
from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.reports.many import report_of
from callcoach.reports.names import Names
from callcoach.reports.order import natural
from callcoach.reports.sheet import Ref, Report, Section
from callcoach.script.model import PackId
from callcoach.tui.actions import DASHBOARD, Action, bindings
from callcoach.tui.page import Page
from callcoach.tui.screens.dashboard_calls import DAYS, Counted, Counting, Filter
from callcoach.tui.screens.dashboard_draw import (
    FANCY,
    PLAIN,
    Row,
    draw_section,
    draw_tiles,
    rows_of,
)
from callcoach.tui.screens.dialogs import Choice, choose
from callcoach.tui.screens.opening import write_report
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.words.display import display

WIDE = 120
"""Cells from which on charts stand in two columns."""
LEFT_OUT = frozenset(("flow",))
"""Sections that need a page."""
Draw = Callable[[int], Sequence[Content]]
"""Given the cells that there are: lines."""


class Drawing(Widget):
    """Lines that are drawn for the width there is."""

    DEFAULT_CSS = "Drawing { height: auto; margin: 0 1 1 1; }"

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines it takes."""
        return len(self._draw(width))

    def render(self) -> Content:
        """Return the lines."""
        return Content("\n").join(self._draw(self.content_size.width))


class DashboardScreen(Page):
    """Where a team leader sees at a glance how calls go."""

    ACTIONS: ClassVar[Sequence[Action]] = DASHBOARD
    BINDINGS: ClassVar[list[BindingType]] = bindings(DASHBOARD)
    DEFAULT_CSS = """
    DashboardScreen #chosen { height: auto; padding: 0 1; background: $surface; }
    DashboardScreen #board { height: 1fr; }
    DashboardScreen #charts { height: auto; }
    DashboardScreen #below { height: 1; padding: 0 1; color: $text-muted; }
    DashboardScreen .column { width: 1fr; height: auto; }
    """

    class Read(Message):
        """The journal was read, or so many calls of it."""

        def __init__(
            self,
            done: int = 0,
            total: int = 0,
            counted: Counted | None = None,
            problem: CallcoachError | None = None,
        ) -> None:
            super().__init__()
            self.done, self.total, self.counted, self.problem = done, total, counted, problem

        def can_replace(self, message: Message) -> bool:
            """Take the place of an older one."""
            return isinstance(message, DashboardScreen.Read)

    class Reported(Message):
        """The figures were put together."""

        def __init__(self, chosen: Filter, report: Report) -> None:
            super().__init__()
            self.chosen, self.report = chosen, report

    def __init__(self, counting: Counting, open_call: Callable[[str], None]) -> None:
        """Show what `counting` reads; `open_call` shows a call by its id."""
        super().__init__()
        self._open = open_call
        self._counting = counting
        self._counted: Counted | None = None
        self._filter = Filter()
        self._report: Report | None = None
        self._columns = 0
        self._reading = (0, 0)
        self._problem: CallcoachError | None = None

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Paper(id="chosen")
        yield VerticalScroll(id="board")
        yield Static(id="below")
        yield KeyBar()

    def appear(self) -> None:
        """Read the calls in a thread."""
        super().appear()
        board = self.query_one("#board")
        board.focus()
        for name in ("scroll_y", "virtual_size", "size"):
            self.watch(board, name, self._tell_below, init=False)
        self.action_read_again()

    def words_changed(self) -> None:
        """Say everything in the other language."""
        self.show_keys()
        self._put_together()

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "How the calls of the journal went. Keys narrow them down by agent, script and days;"
            " beside every figure stands of how many cases it is. F5 makes a page of it, with"
            " personal data masked; callcoach report does so too."
        )

    def action_read_again(self) -> None:
        """Read the journal again."""
        since = self._filter.before(self.desk.today())
        self.run_worker(partial(self._read, since), thread=True, group="figures", exclusive=True)

    def _read(self, since: str) -> None:
        worker = get_current_worker()

        def tell(done: int, total: int) -> None:
            self.post_message(self.Read(done, total))

        try:
            counted = self._counting.read(since, tell, lambda: worker.is_cancelled)
        except CallcoachError as error:
            self.post_message(self.Read(problem=error))
            return
        if counted is not None:
            self.post_message(self.Read(counted=counted))

    def on_dashboard_screen_read(self, message: Read) -> None:
        """Show what was read, or how far it is."""
        self._reading, self._problem = (message.done, message.total), message.problem
        if message.counted is not None:
            self._counted = message.counted
            self._put_together()
        else:
            self._tell()

    def _put_together(self) -> None:
        """Put the figures together in a thread: many calls take a moment."""
        counted, chosen, messages = self._counted, self._filter, self.messages
        if counted is None:
            self._tell()
            return
        today = self.desk.today()

        def work() -> None:
            about = chosen.about(today, counted)
            calls = [call for call in counted.calls if chosen.admits(call, about.since)]
            names = Names(counted.scripts, messages, counted.forms)
            earlier = chosen.before(today)
            before = [it for it in counted.calls if chosen.admits(it, earlier, about.since)]
            report = report_of(about, calls, names, before=before if about.since else ())
            if not get_current_worker().is_cancelled:
                self.post_message(self.Reported(chosen, report))

        self.run_worker(work, thread=True, group="report", exclusive=True)

    async def on_dashboard_screen_reported(self, message: Reported) -> None:
        """Draw the report, unless something else was chosen meanwhile."""
        if message.chosen != self._filter:
            return
        self._report = message.report
        await self._draw()

    async def _draw(self) -> None:
        self._tell()
        board = self.query_one("#board")
        await board.remove_children()
        if self._report is None:
            return
        ink = PLAIN if self.desk.settings.flag("plain") else FANCY
        boxes = [
            Drawing(partial(draw_section, section, self.messages, ink))
            for section in self._report.sections
            if section.id.partition(".")[0] not in LEFT_OUT
        ]
        self._columns = self._fitting
        columns = [
            Vertical(*boxes[at :: self._columns], classes="column") for at in range(self._columns)
        ]
        tiles = Drawing(partial(draw_tiles, self._report.tiles))
        await board.mount_all([tiles, Horizontal(*columns, id="charts")])

    @property
    def _fitting(self) -> int:
        """Return how many columns of charts fit."""
        return 2 if self.app.size.width >= WIDE else 1

    async def on_resize(self, event: Resize) -> None:
        """Let charts stand beside one another, or not, in another width."""
        if self._report is not None and self._fitting != self._columns:
            await self._draw()

    def _tell(self) -> None:
        """Say which calls are shown, and the figures of the first glance."""
        say, chosen = self.say, self._filter
        days = say("last {n} days", n=chosen.days) if chosen.days else say("all days")
        kind = say("practice") if chosen.is_practice else say("calls")
        script = self._script_title(chosen.script) if chosen.script else say("all scripts")
        head = " · ".join((chosen.agent or say("all agents"), script, days, kind))
        pieces = [Piece(display(head), "bold")]
        done, total = self._reading
        if self._problem is not None:
            sign = f"{self.look.signs.warning} "
            pieces.append(Piece(display(self.messages.tell(self._problem)), "$warning", sign))
        elif self._counted is None or done < total:
            text = say("Reading calls: {done} of {total}", done=done, total=total)
            pieces.append(Piece(text, "dim"))
        if self._report is not None and self._report.is_empty:
            pieces.append(Piece(say("No such calls in this time."), "dim"))
        self.query_one("#chosen", Paper).show(pieces)

    def _tell_below(self) -> None:
        """Say whether there is more below."""
        board = self.query_one("#board")
        is_more = board.scroll_y < board.max_scroll_y
        self.query_one("#below", Static).update(
            Content(self.say("more below: Page down") if is_more else "")
        )

    def _script_title(self, id: PackId) -> str:
        scripts = self._counted.scripts if self._counted else {}
        return Names(scripts, self.messages).script(id)

    def _choose(self, chosen: Filter) -> None:
        self._filter = chosen
        self._tell()
        read = self._counted.since if self._counted else ""
        if read and chosen.before(self.desk.today()) < read:
            self.action_read_again()
        else:
            self._put_together()

    def action_look(self) -> None:
        """Show the calls behind a figure: first which figure, then which call."""
        figures = {
            f"{section.id}\n{row[0].group}\n{row[0].item}": (section, row)
            for section in (self._report.sections if self._report else ())
            for row in rows_of(section)
            if _calls_of(row)
        }
        choices = [
            Choice(id, display(row[0].title), display(_hint(section, row)))
            for id, (section, row) in figures.items()
        ]
        if not choices:
            is_read = self._report is not None or self._problem is not None
            none = mark("There are no calls to look at here.")
            self.notice(none if is_read else mark("The calls are still being read."))
            return

        title = self.say("The calls behind which figure?")
        choose(self, title, choices, lambda figure: self._look_at(*figures[figure]))

    def _look_at(self, section: Section, row: Row) -> None:
        choices = [
            Choice(it.call, f"{it.day} {short(it.call)}", display(it.agent))
            for it in _calls_of(row)
        ]

        title = self.messages.say("{one}: {other}", one=section.title, other=row[0].title)
        choose(self, display(title), choices, self._open)

    def action_report(self) -> None:
        """Write the report on the calls that are shown as a page, with personal data masked."""
        about = self._filter.about(self.desk.today(), self._counted or Counted())
        write_report(self, lambda: self._counting.report(about))

    def action_days(self) -> None:
        """Show another stretch of time."""
        place = DAYS.index(self._filter.days)
        self._choose(replace(self._filter, days=DAYS[(place + 1) % len(DAYS)]))

    def action_practice(self) -> None:
        """Show calls or practice."""
        self._choose(replace(self._filter, is_practice=not self._filter.is_practice))

    def action_agents(self) -> None:
        """Show one agent's calls, or everybody's."""
        calls = self._counted.calls if self._counted else ()
        agents = {call.agent: call.agent for call in calls if call.agent}
        self._ask(
            self.say("Whose calls?"),
            {"": self.say("all agents")} | _by_name(agents),
            self._filter.agent,
            lambda agent: replace(self._filter, agent=agent),
        )

    def action_scripts(self) -> None:
        """Show the calls with one script, or with any."""
        calls = self._counted.calls if self._counted else ()
        titles = {str(call.script): self._script_title(call.script) for call in calls}
        self._ask(
            self.say("Calls with which script?"),
            {"": self.say("all scripts")} | _by_name(titles),
            self._filter.script or "",
            lambda pack: replace(self._filter, script=PackId(pack) if pack else None),
        )

    def _ask(
        self, title: str, names: Mapping[str, str], now: str, filtered: Callable[[str], Filter]
    ) -> None:
        if self._counted is None:  # there is nothing to choose from yet
            return
        found = [Choice(id, name, is_marked=id == now) for id, name in names.items()]
        choose(self, title, found, lambda name: self._choose(filtered(name)))


def _by_name(titles: Mapping[str, str]) -> dict[str, str]:
    """Return titles by id, in the order in which people look for them."""
    return dict(sorted(titles.items(), key=lambda it: natural(it[1])))


def _calls_of(row: Row) -> Sequence[Ref]:
    """Return the calls behind a row, each once."""
    return tuple(dict.fromkeys(ref for it in row for ref in it.calls))


def _hint(section: Section, row: Row) -> str:
    """Return what a row is of, and how many calls can be looked at."""
    return f"{len(_calls_of(row))} · {row[0].group_title or section.title}"
