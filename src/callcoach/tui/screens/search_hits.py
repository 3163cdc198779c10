"""Draws what a search has found: each call once, below it what was said, the words marked."""

from collections.abc import Iterator, Mapping, Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from callcoach.archive.ids import CallId, short
from callcoach.archive.search.find import Hit
from callcoach.archive.summary import CallSummary
from callcoach.call.events import Heard
from callcoach.call.names import speaker_name
from callcoach.locale import Messages
from callcoach.tui.look import Look
from callcoach.tui.story import VOICE_STYLES
from callcoach.tui.widgets.paper import Mark, Piece, lay_out
from callcoach.words.clock import clock
from callcoach.words.display import display, display_spans
from callcoach.words.wrap import clip, pad, width

HIT = "reverse bold"
"""How the words look that were searched."""


def examples(messages: Messages) -> Iterator[Piece]:
    """Yield what can be asked, by examples in the language of the interface."""
    say = messages.say
    yield Piece(say("Type what was said, or how the call went:"), "dim")
    yield Piece("")
    asked = (
        (say("payment plan"), say("both words in one utterance")),
        (say('"payment plan"'), say("just so, one after the other")),
        (say("refund OR complaint -joking"), say("one of two, and one word not")),
        (say("salary speaker:customer"), say("only the customer’s words")),
        (say("outcome:promise ratio>70%"), say("calls by how they ended, and who talked")),
        (say("flag:missing agent:Anna after:7d"), say("flags of one agent in the last week")),
        (say("-cue:say_name longer:5m silence>20s"), say("what was not said; long calls; silence")),
    )
    room = max(width(text) for text, _ in asked) + 2
    for text, what in asked:
        yield Piece(what, "dim", pad(text, room), "$accent")


class HitRows:
    """The hits of a search as rows of a list: those that can be chosen, and their calls."""

    def __init__(self, hits: Sequence[Hit], titles: Mapping[CallId, tuple[str, str]], look: Look):
        self._titles, self._look = titles, look
        self._names = {hit.call.id: hit.name for hit in hits}
        self._rows: list[tuple[CallSummary, Hit | None]] = []
        """A row for each call, without a hit where utterances follow it, and for each utterance."""
        call: CallId | None = None
        for hit in hits:
            if hit.call.id != call or hit.heard is None:
                self._rows.append((hit.call, None if hit.heard else hit))
                call = hit.call.id
            if hit.heard is not None:
                self._rows.append((hit.call, hit))

    @property
    def first(self) -> int | None:
        """Return the place of the first row that can be chosen."""
        return next((at for at, (_, hit) in enumerate(self._rows) if hit is not None), None)

    def hit(self, place: int) -> Hit | None:
        """Return the hit in a place; None for a call's title."""
        return self._rows[place][1] if place < len(self._rows) else None

    def place_of(self, hit: Hit | None) -> int | None:
        """Return where the same utterance, or the same call, stands; None where it does not."""
        same = None if hit is None else _identity(hit)
        places = (at for at, (_, it) in enumerate(self._rows) if it and _identity(it) == same)
        return next(places, None)

    def options(self, cells: int) -> Iterator[Option]:
        """Yield the rows, laid out in so many cells."""
        shown = -1
        for at, (call, hit) in enumerate(self._rows):
            if hit is None or hit.heard is None:
                yield Option(self._title(call, cells), disabled=hit is None)
                shown = -1
                continue
            following = self._rows[at + 1][1] if at + 1 < len(self._rows) else None
            lines: list[Content] = []
            if hit.before is not None and hit.before.seq > shown:
                lines.append(self._around(hit.before, cells))
            lines += lay_out([self._found(hit.heard, hit.spans)], cells)
            shown = hit.heard.seq
            is_next = following and following.heard and hit.after == following.heard
            if hit.after is not None and not is_next:
                lines.append(self._around(hit.after, cells))
                shown = hit.after.seq
            yield Option(Content("\n").join(lines))

    def _title(self, call: CallSummary, cells: int) -> Content:
        say = self._look.messages.say
        title, outcome = self._titles.get(call.id, (call.script, call.code))
        ended = outcome or ("–" if call.ended_at is not None else say("open"))
        rest = [self._names.get(call.id, ""), clock(call.last_at), title, ended, call.agent]
        rest += [say("practice")] if call.mode == "practice" else []
        head = f"{call.local_start} {short(call.id)}"
        tail = clip(display(" · ".join(filter(None, rest))), max(cells - width(head) - 2, 2))
        return Content.assemble((head, "$accent"), "  ", (tail, "$foreground"))

    def _head(self, heard: Heard) -> str:
        speaker = speaker_name(heard.speaker, self._look.messages)
        return f"  {clock(heard.start):>5} {pad(speaker, self._voice)} "

    @property
    def _voice(self) -> int:
        return 8 if self._look.messages.language == "en" else 4

    def _around(self, heard: Heard, cells: int) -> Content:
        return Content.styled(clip(self._head(heard) + display(heard.text), cells), "dim")

    def _found(self, heard: Heard, spans: Sequence[tuple[int, int]]) -> Piece:
        text, marks = marked(heard.text, spans)
        return Piece(text, "$foreground", self._head(heard), VOICE_STYLES[heard.speaker], marks)


def marked(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, tuple[Mark, ...]]:
    """Return a text as it can be shown, with the spans marked in that."""
    shown, found = display_spans(text, spans)
    return shown, tuple(Mark(start, end, HIT) for start, end in found)


def _identity(hit: Hit) -> tuple[CallId, int | None]:
    return hit.call.id, hit.heard.seq if hit.heard else None
