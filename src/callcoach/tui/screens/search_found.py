"""A call that a search led to: it opens at what was found, the words marked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.events import Resize

from callcoach.archive.ids import CallId
from callcoach.archive.search.find import Hit
from callcoach.call.events import Event, Heard
from callcoach.call.session import Session
from callcoach.tui.screens.past import KeptScreen
from callcoach.tui.screens.search_hits import marked
from callcoach.tui.story import Story
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.paper import Paper, Piece, lay_out
from callcoach.tui.widgets.transcript import Transcript

ABOVE = 3
"""Rows of what was said before that stay in sight."""


class FoundTranscript(Transcript):
    """A transcript that opens at one of its entries, not at its end."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._above: Sequence[Piece] = ()

    def show_at(self, pieces: Sequence[Piece], place: int) -> None:
        """Show entries, the one at `place` near the top."""
        self._above = pieces[:place]
        self.replace(pieces)

    def replace(self, pieces: Iterable[Piece]) -> None:
        """Show other entries, from the same place."""
        self._pieces = list(pieces)
        self._lay_out()
        self.call_after_refresh(self._go)

    def on_resize(self, event: Resize) -> None:
        """Lay the entries out anew, and stay where it opened."""
        if self.room != self._width:
            self._lay_out()
            self.call_after_refresh(self._go)

    def _go(self) -> None:
        row = len(lay_out(self._above, self.room))
        self.scroll_to(y=max(row - ABOVE, 0), animate=False)


class FoundScreen(KeptScreen):
    """Shows a call from the journal at an utterance of it."""

    CSS = "FoundScreen.-narrow #verdict { height: 7; }"

    def __init__(
        self,
        session: Session,
        events: Sequence[Event],
        hit: Hit,
        judge: Callable[[CallId], None] | None = None,
    ) -> None:
        """Show `events` folded into `session` at the utterance of `hit`; see `KeptScreen`."""
        super().__init__(session, events, hit.call.id, judge)
        self.hit = hit

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        with Horizontal(id="past"):
            with VerticalScroll(id="verdict"):
                yield Paper(id="verdict-text")
            yield FoundTranscript(id="transcript")
        yield KeyBar()

    def appear(self) -> None:
        """Show the call; the keys scroll what was said."""
        super().appear()
        self.query_one(FoundTranscript).focus()

    def _fill(self) -> None:
        super()._fill()
        said = self.hit.heard
        for place, event in enumerate(self.events):
            if said is not None and isinstance(event, Heard) and event.seq == said.seq:
                before = len(list(self._story(self.events[:place])))
                pieces = list(self._story(self.events))
                _, marks = marked(event.text, self.hit.spans)
                entry = pieces[before]
                pieces[before] = replace(entry, marks=(*entry.marks, *marks))
                self.query_one(FoundTranscript).show_at(pieces, before)

    def _story(self, events: Sequence[Event]) -> Sequence[Piece]:
        return list(Story(self.session.coach.script, self.look).tell(events))
