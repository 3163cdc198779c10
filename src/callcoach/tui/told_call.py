"""A call as it is read by somebody who judges it: its entries, and where flags and words are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from callcoach.archive.export.names import severity_name
from callcoach.archive.export.thin import thin_quote
from callcoach.call.events import CueHeard, Event, FlagCleared, FlagRaised, Heard, Span, StepEntered
from callcoach.call.explain import cue_title, explain
from callcoach.call.metrics import measure
from callcoach.call.places import lines_of, start_of
from callcoach.call.summary import flag_stories, late_for
from callcoach.review.events import Commented
from callcoach.review.marks import Evidence
from callcoach.review.verdicts import NOTHING_SAID, Verdict, Verdicts, stands, verdict_on
from callcoach.script.model import CueKind, Script, Speaker
from callcoach.tui.draw import SEVERITY_STYLES
from callcoach.tui.look import Look
from callcoach.tui.story import Story
from callcoach.tui.widgets.paper import Mark, Piece
from callcoach.tui.widgets.timeline import Track
from callcoach.words.clock import clock
from callcoach.words.display import display, display_block


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a call that is read."""

    piece: Piece
    start: float
    """Where in the call it is, in seconds."""
    end: float
    heard: int | None = None
    """The `seq` of the utterance that it is."""
    flag: FlagRaised | None = None
    """The flag that it is, as it was raised first; None also for what turned out to be none."""
    about: int = -1
    """The `seq` of the utterance that a flag is about; -1 for none."""
    is_step: bool = False
    """It tells which step the call came to."""
    comment: int = 0
    """The number of the comment that it is."""
    why: tuple[Piece, ...] = ()
    """What there is to say about it: why it was flagged, what was heard in it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A call with its comments, in the order in which it is read."""

    entries: tuple[Entry, ...]
    place_of: Mapping[int, int]
    """From the `seq` of an utterance to its place among the entries."""

    def nearest(self, at: float) -> int:
        """Return the place of the entry that is heard at a second of the call, or before it."""
        spoken = [n for n, it in enumerate(self.entries) if it.heard is not None and it.start <= at]
        return max(spoken, key=lambda n: (self.entries[n].start, n), default=0)

    def same(self, entry: Entry) -> int:
        """Return the place of an entry of the same call told otherwise, or what is near to it."""
        if entry.heard is not None and entry.heard in self.place_of:
            return self.place_of[entry.heard]
        alike = _alike(entry)
        return next(
            (
                place
                for place, it in enumerate(self.entries)
                if it.heard is None and _alike(it) == alike
            ),
            self.nearest(entry.start),
        )

    def flags(self) -> list[int]:
        """Return the places of what was flagged: the words, where there are any, else the flag."""
        flags = [(place, it) for place, it in enumerate(self.entries) if it.flag]
        return list(dict.fromkeys(self.place_of.get(it.about, place) for place, it in flags))

    def flags_of(self, entry: Entry) -> tuple[FlagRaised, ...]:
        """Return the flag that an entry is, or those that are about its words."""
        is_said = entry.heard is not None
        about = [it for it in self.entries if it.about == entry.heard] if is_said else [entry]
        return tuple(dict.fromkeys(it.flag for it in about if it.flag))


def _alike(entry: Entry) -> tuple[object, ...]:
    """Return what an entry that is no utterance is known by, however the call is told."""
    return entry.comment, entry.flag, entry.about, entry.start, entry.piece.head


def tell_call(
    script: Script,
    events: Sequence[Event],
    comments: Iterable[Commented],
    look: Look,
    has_steps: bool = True,
    verdicts: Verdicts = NOTHING_SAID,
) -> Told:
    """Return a call's entries, comments where they belong.

    Steps that follow on one another without a word between share a line; without `has_steps` they
    are left out. A flag that a person calls wrong steps back and says so.
    """
    story = Story(script, look)
    flags = {it.raised.flag: it.raised for it in flag_stories(events)}
    said = lines_of(events)
    about: dict[int, list[Event]] = {}
    for event in events:
        match event:
            case CueHeard(span=span) | FlagRaised(span=Span() as span):
                about.setdefault(span.heard, []).append(event)
            case _:
                pass
    found: list[Entry] = []
    late = late_for(events)
    for event in events:
        if isinstance(event, FlagRaised | FlagCleared) and event.flag in late:
            continue
        also = about.get(event.seq, ()) if isinstance(event, Heard) else ()
        # The first piece is the event's own; those after it are told in their turn.
        piece = next(story.tell([event, *also]), None)
        if piece is None:
            continue
        if isinstance(event, Heard):
            why = tuple(_heard_in(also, script, look))
            found.append(Entry(piece, event.start, event.end, event.seq, why=why))
        elif isinstance(event, FlagRaised):
            flag = flags.get(event.flag)
            words = said.get(event.span.heard) if event.span else None
            start, end = (words.start, words.end) if words else (event.at, event.at)
            place = words.seq if words else -1
            verdict = verdict_on(verdicts, event.what, event.cue, (flag or event).at)
            piece = _flagged(piece, event, words, verdict, look)
            why = (_reason(event, script, look), *_against(verdict, look))
            found.append(Entry(piece, start, end, None, flag, place, why=why))
        elif isinstance(event, StepEntered):
            if not has_steps:
                continue
            if found and found[-1].is_step:
                before = found.pop()
                body = f"{before.piece.body} › {piece.body}"
                piece = replace(before.piece, body=body)
            found.append(Entry(piece, event.at, event.at, is_step=True))
        else:
            found.append(Entry(piece, event.at, event.at))
    for comment in comments:
        if comment.start is not None:
            found.insert(_after(found, comment.start), _commented(comment, look))
    entries = tuple(found)
    places = {it.heard: place for place, it in enumerate(entries) if it.heard is not None}
    return Told(entries, places)


def _after(entries: Sequence[Entry], at: float) -> int:
    """Return the place after the last that was said at or before a second of the call."""
    said = [n for n, it in enumerate(entries) if it.heard is not None and it.start <= at]
    place = max(said, default=-1) + 1
    while place < len(entries) and entries[place].comment:
        place += 1
    return place


def _commented(comment: Commented, look: Look) -> Entry:
    start = comment.start or 0.0
    end = comment.end or start
    kind = f"{look.messages.say('coaching')} · " if comment.is_coaching else ""
    text = f"{kind}{display_block(look.labelled(comment.by, comment.text))}"
    head = f"{clock(start):>5} {look.signs.pen} "
    piece = Piece(text, "$accent italic", head, "$accent bold")
    return Entry(piece, start, end, comment=comment.comment)


def _flagged(
    piece: Piece, event: FlagRaised, words: Heard | None, verdict: Verdict | None, look: Look
) -> Piece:
    """Return a flag as it is read without colours: how grave it is, and the words that count."""
    body = f"{severity_name(event.severity, look.messages)} · {piece.body}"
    if words is not None and event.span is not None and event.span.end > event.span.start:
        counted = display(words.text[event.span.start : event.span.end])
        counted = thin_quote(words, event.span) or f"«{counted}»"
        body = f"{body} {counted}"
    if verdict is not None and not verdict.is_so:
        told = look.messages.say("not so, says {name}", name=display(verdict.by))
        return replace(piece, body=f"{body} · {told}", style="dim", head_style="dim")
    return replace(piece, body=body)


def _against(verdict: Verdict | None, look: Look) -> Iterable[Piece]:
    """Yield what a person says against a flag."""
    if verdict is not None and not verdict.is_so and verdict.why:
        yield Piece(
            display_block(verdict.why), "$accent italic", f"{look.signs.pen} ", "$accent bold"
        )


def _reason(event: FlagRaised, script: Script, look: Look) -> Piece:
    told = explain(event, script, look.language(script), look.messages)
    style = SEVERITY_STYLES[event.severity]
    return Piece(display(told.reason), "$foreground", f"{look.signs.warning} ", style)


def _heard_in(also: Iterable[Event], script: Script, look: Look) -> Iterable[Piece]:
    """Yield what was flagged and what was heard in an utterance."""
    titles: dict[str, None] = {}
    for event in also:
        if isinstance(event, FlagRaised):
            yield _reason(event, script, look)
        elif isinstance(event, CueHeard) and event.counts and not event.is_doubtful:
            cue = script.cues.get(event.cue)
            if cue is not None and cue.kind is not CueKind.AVOID:
                titles[display(cue_title(script, event.cue, look.language(script)))] = None
    if titles:
        yield Piece(" · ".join(titles), "dim", f"{look.signs.met} ", "$success")


def track_of(
    events: Sequence[Event], comments: Iterable[Commented], verdicts: Verdicts = NOTHING_SAID
) -> Track:
    """Return a call as its strip shows it, without the flags that a person calls wrong."""
    lines = lines_of(events)
    heard = lines.values()
    metrics = measure(events)
    return Track(
        metrics.duration,
        [(it.start, it.end) for it in heard if it.speaker is Speaker.AGENT],
        [(it.start, it.end) for it in heard if it.speaker is not Speaker.AGENT],
        [event.at for event in events if isinstance(event, StepEntered)],
        [
            start_of(it.raised.at, (it.raised.span,), lines)
            for it in flag_stories(events)
            if stands(verdicts, it)
        ],
        [it.start for it in comments if it.start is not None],
        metrics.is_timed,
    )


def words_of(spans: Iterable[Span], told: Told, style: str) -> dict[int, list[Mark]]:
    """Return marks for words, by the place of their entry."""
    marks: dict[int, list[Mark]] = {}
    for span in spans:
        if span.heard in told.place_of and span.end > span.start:
            place = told.place_of[span.heard]
            marks.setdefault(place, []).append(Mark(span.start, span.end, style))
    return marks


def places_of(evidence: Iterable[Evidence], told: Told) -> tuple[int, ...]:
    """Return the places of the entries that evidence rests on: its words, else its time."""
    places: dict[int, None] = {}
    for one in evidence:
        spoken = [told.place_of[it.heard] for it in one.spans if it.heard in told.place_of]
        if not spoken and one.at is not None:
            spoken = [told.nearest(one.at)]
        places |= dict.fromkeys(spoken)
    return tuple(places)
