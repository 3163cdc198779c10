"""A call that is over: how it ended, what was said, owed and flagged, and its measures."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll

from callcoach.archive.ids import CallId, short
from callcoach.call.events import Event
from callcoach.call.session import Session
from callcoach.errors import CallcoachError
from callcoach.locale import Messages, mark
from callcoach.review.state import status_name
from callcoach.tui.actions import PAST, Action, bindings
from callcoach.tui.page import Page
from callcoach.tui.reviews import Standing
from callcoach.tui.screens.dialogs import Ask, Choice, choose
from callcoach.tui.story import Story
from callcoach.tui.verdict import draw_verdict
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.paper import Paper, Piece
from callcoach.tui.widgets.transcript import Transcript
from callcoach.words.display import display

FORMATS = {
    "md": mark("Markdown, to read or print"),
    "txt": mark("Plain text"),
    "csv": mark("Table (CSV), for a spreadsheet"),
    "json": mark("All events (JSON), for callcoach replay and programs"),
    "srt": mark("Subtitles (SRT)"),
    "vtt": mark("Subtitles for the web (WebVTT)"),
    "contact-lens": mark("Contact Lens (JSON), for analysis programs"),
    "parquet": mark("Parquet, a row for each utterance"),
}


def standing_name(one: Standing, messages: Messages) -> str:
    """Return what became of a review: `decided · 95.0%`."""
    score = "" if one.percent is None else f" · {one.percent:.1f}%"
    return f"{messages.say(status_name(one.status))}{score}"


def standing_title(one: Standing, messages: Messages) -> str:
    """Return whose a review is and what became of it."""
    name = messages.say("Review by {name}", name=one.reviewer)
    return messages.say("{label}: {value}", label=name, value=standing_name(one, messages))


class PastScreen(Page):
    """Shows a call from its events."""

    def __init__(self, session: Session, events: Sequence[Event]) -> None:
        """Show `events` folded into `session`."""
        super().__init__()
        self.session = session
        self.events = list(events)

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Horizontal(id="past"):
            with VerticalScroll(id="verdict"):
                yield Paper(id="verdict-text")
            yield Transcript(id="transcript")
        yield KeyBar()

    def appear(self) -> None:
        """Show the call."""
        super().appear()
        self._fill()
        self.query_one("#verdict").focus()

    def words_changed(self) -> None:
        """Say everything in the other language."""
        self.show_keys()
        self._fill()

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark("How the call went: what was said and what was not, and why it was flagged.")

    def _title(self) -> str:
        """Return what stands over the verdict."""
        return f"{self.say('How it went')} · {self.say('not in the journal')}"

    def _above_verdict(self) -> Iterator[Piece]:
        """Yield what is told before all else."""
        yield from ()

    def _fill(self) -> None:
        self.query_one("#verdict").border_title = display(self._title())
        self.query_one("#transcript").border_title = display(self.say("Transcript"))
        verdict = draw_verdict(self.session, self.events, self.look)
        self.query_one("#verdict-text", Paper).show([*self._above_verdict(), *verdict])
        story = Story(self.session.coach.script, self.look)
        self.query_one(Transcript).replace(story.tell(self.events))


class KeptScreen(PastScreen):
    """Shows a call that is in the journal, where it can have notes and be exported."""

    ACTIONS: ClassVar[Sequence[Action]] = PAST
    BINDINGS: ClassVar[list[BindingType]] = bindings(PAST)

    def __init__(
        self,
        session: Session,
        events: Sequence[Event],
        call: CallId,
        judge: Callable[[CallId], None] | None = None,
        standing: Sequence[Standing] = (),
    ) -> None:
        """Show `events` folded into `session`; `call` is their place in the journal.

        `judge` opens the call beside a form; `standing` are the reviews that there are.
        """
        super().__init__(session, events)
        self.call = call
        self._judge = judge
        self._standing = standing

    def _title(self) -> str:
        """Return what stands over the verdict."""
        return f"{self.say('How it went')} {short(self.call)}"

    def _above_verdict(self) -> Iterator[Piece]:
        """Yield the reviews of the call."""
        for one in self._standing:
            yield Piece(display(standing_title(one, self.messages)), "$accent bold")
        if self._standing:
            yield Piece("")

    def action_note(self) -> None:
        """Write a note to the call."""

        def written(text: str | None) -> None:
            if text is None:
                return
            try:
                self.events += self.desk.add_note(self.call, text)
            except CallcoachError as error:
                self.tell(error)
                return
            self._fill()

        self.app.push_screen(Ask(self.say("Note")), written)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the key for judging alone where nobody can open a form."""
        return action != "review" or self._judge is not None

    def action_review(self) -> None:
        """Judge the call with a form."""
        if self._judge is not None:
            try:
                self._judge(self.call)
            except CallcoachError as error:
                self.tell(error)

    def action_export(self) -> None:
        """Write the call to a file."""

        def chosen(format: str) -> None:
            try:
                path = self.desk.export(self.call, format)
            except CallcoachError as error:
                self.tell(error)
                return
            self.notice(self.say("Written to {path}", path=path))

        found = [Choice(name, self.say(title)) for name, title in FORMATS.items()]
        where = self.say("The file is written to {folder}", folder=Path.cwd())
        choose(self, self.say("Export as…"), found, chosen, [where])
