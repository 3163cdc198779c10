"""A call that a search led to: it opens at what was found, the words marked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.events import Resize

from callcoach.archive.ids import CallId
from callcoach.archive.search.find import Hit
from callcoach.call.events import Event, Heard
from callcoach.call.session import Session
from callcoach.locale import mark
from callcoach.tui.actions import FOUND, Action, bindings
from callcoach.tui.reviews import Standing
from callcoach.tui.screens.past import KeptScreen
from callcoach.tui.screens.search_hits import marked
from callcoach.tui.story import Story
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.paper import Paper, Piece, lay_out
from callcoach.tui.widgets.transcript import Transcript
from callcoach.words.display import display

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

    def _keep_end(self) -> None:
        """Stay: it did not open at its end."""

    def _go(self) -> None:
        row = len(lay_out(self._above, self.room))
        self.scroll_to(y=max(row - ABOVE, 0), animate=False)


class FoundScreen(KeptScreen):
    """Shows a call from the journal at an utterance of it."""

    ACTIONS: ClassVar[Sequence[Action]] = FOUND
    BINDINGS: ClassVar[list[BindingType]] = bindings(FOUND)
    CSS = "FoundScreen.-narrow #verdict { height: 7; }"

    def __init__(
        self,
        session: Session,
        events: Sequence[Event],
        hit: Hit,
        hits: Sequence[Hit] = (),
        judge: Callable[[CallId], None] | None = None,
        standing: Sequence[Standing] = (),
    ) -> None:
        """Show `events` folded into `session` at the utterance of `hit`; see `KeptScreen`.

        `hits` are all in the call, which one can walk through.
        """
        super().__init__(session, events, hit.call.id, judge, standing)
        self.hit = hit
        self._hits = tuple(it for it in hits if it.heard is not None)

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
        self._show_hit()

    def _show_hit(self) -> None:
        """Show the transcript at the hit, with all hits in it marked."""
        if self.hit.heard is None:
            return
        found = {it.heard.seq: it for it in (*self._hits, self.hit) if it.heard}
        story = Story(self.session.coach.script, self.look)
        pieces: list[Piece] = []
        here = 0
        for event, told in story.tell_each(self.events):
            at = len(pieces)
            pieces += told
            if isinstance(event, Heard) and (hit := found.get(event.seq)) is not None:
                _, marks = marked(event.text, hit.spans)
                entry = pieces[at]
                pieces[at] = replace(entry, marks=(*entry.marks, *marks))
                if event.seq == self.hit.heard.seq:
                    here = at
                    head = f"{self.look.signs.here}{entry.head.removeprefix(' ')}"
                    pieces[at] = replace(pieces[at], head=head, head_style="$accent bold")
        transcript = self.query_one(FoundTranscript)
        transcript.show_at(pieces, here)
        transcript.border_title = display(self._where())

    def _where(self) -> str:
        """Return what stands over the transcript: which of the hits in the call it shows."""
        if len(self._hits) < 2 or self.hit not in self._hits:
            return self.say("Transcript")
        number = self._hits.index(self.hit) + 1
        return self.say("Transcript · hit {number} of {n}", number=number, n=len(self._hits))

    def action_next_hit(self) -> None:
        """Go to the next hit in the call."""
        self._walk(1)

    def action_previous_hit(self) -> None:
        """Go to the hit before."""
        self._walk(-1)

    def _walk(self, by: int) -> None:
        place = self._hits.index(self.hit) + by if self.hit in self._hits else -1
        if 0 <= place < len(self._hits):
            self.hit = self._hits[place]
            self._show_hit()
        else:
            self.notice(mark("no more hits in this call that way; Esc leads to the others"))
