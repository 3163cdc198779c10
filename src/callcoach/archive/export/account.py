"""Gathers from a call's events what there is to tell of it: what was said where, cues, flags."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callcoach.archive.export.outline import outline
from callcoach.archive.export.record import CallRecord
from callcoach.call.capturing import CaptureEvent
from callcoach.call.events import (
    CueHeard,
    Event,
    FlagRaised,
    Heard,
    NoteWritten,
    Span,
    StepEntered,
    Undone,
)
from callcoach.call.fold import apply, begin
from callcoach.call.listened import Listened, listened
from callcoach.call.metrics import Metrics, measure
from callcoach.call.state import CallState
from callcoach.call.summary import FlagStory, Hearing, doubted, flag_stories
from callcoach.errors import StorageError
from callcoach.script.model import CueId, CueKind, FlagKind, Script, Speaker, StepId


@dataclass(frozen=True, slots=True)
class Quote:
    """The very words that something rests on."""

    at: float
    """When the utterance began, in seconds since the call began."""
    speaker: Speaker
    words: str


@dataclass(frozen=True, slots=True)
class Section:
    """What was said in a step, until another was entered."""

    step: StepId
    at: float
    heard: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class CueMet:
    """A cue that was said or ticked."""

    cue: CueId
    at: float
    quote: Quote | None
    """None where it was ticked."""
    is_unkept: bool = False
    """It was ticked by no hand: words met it that are not kept."""


@dataclass(frozen=True, slots=True)
class FlagTold:
    """A flag's story and the words that it rests on, each time that it was raised."""

    story: FlagStory
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What there is to tell of a call."""

    script: Script
    """The call's script, completed by the steps that its events name."""
    state: CallState
    """At its end."""
    sections: tuple[Section, ...]
    met: tuple[CueMet, ...]
    """The cues to say that were met, in the order in which they were."""
    noticed: tuple[CueMet, ...]
    """The cues to watch for that were said."""
    missed: tuple[CueId, ...]
    """The cues that are still missing at the end."""
    flags: tuple[FlagTold, ...]
    """In the order in which they were raised; without those that turned out to be none."""
    notes: tuple[NoteWritten, ...]
    doubted: tuple[Hearing, ...]
    """What may not be said and perhaps was; it was not flagged."""
    listening: tuple[CaptureEvent, ...]
    """What happened to the hearing of the call by machine."""
    listened: Listened | None
    """How much of it was heard by machine; None where it was not to be."""
    metrics: Metrics


def gather(record: CallRecord, script: Script | None) -> Account:
    """Return the account of a call. Raises `StorageError` for events that are no call's."""
    whole = outline(record.events, script)
    try:
        state, sections = _walk(whole, record.events)
    except (ValueError, IndexError) as error:
        raise StorageError(
            "the events of the call {id} do not fit together",
            "callcoach journal verify says what is damaged",
            id=record.id,
        ) from error
    heard = {event.seq: event for event in record.events if isinstance(event, Heard)}
    flags = _flags(record.events, heard)
    spans = {
        (event.cue, event.at): event.span
        for event in record.events
        if isinstance(event, CueHeard) and event.counts
    }
    met = [
        CueMet(id, known.met_at, _quote(spans.get((id, known.met_at)), heard), known.is_unkept)
        for id, known in state.cues.items()
        if known.met_at is not None
    ]
    met.sort(key=lambda cue: cue.at)
    raised = (told.story.raised for told in flags)
    forbidden = {flag.cue for flag in raised if flag.reason in ("forbidden", "too_early")}
    return Account(
        script=whole,
        state=state,
        sections=sections,
        met=tuple(cue for cue in met if _is(whole, cue.cue, CueKind.SAY, forbidden)),
        noticed=tuple(cue for cue in met if _is(whole, cue.cue, CueKind.WATCH, forbidden)),
        missed=tuple(flag.cue for flag in state.flags.values() if flag.what is FlagKind.MISSING),
        flags=flags,
        notes=tuple(event for event in record.events if isinstance(event, NoteWritten)),
        doubted=doubted(record.events, heard.values(), whole),
        listening=tuple(event for event in record.events if isinstance(event, CaptureEvent)),
        listened=listened(record.events),
        metrics=measure(record.events),
    )


def _is(script: Script, id: CueId, kind: CueKind, forbidden: set[CueId]) -> bool:
    """Tell whether a cue is of a kind; one that the script does not have was to be said."""
    cue = script.cues.get(id)
    if cue is None:
        return kind is CueKind.SAY and id not in forbidden
    return cue.kind is kind


def _walk(script: Script, events: Sequence[Event]) -> tuple[CallState, tuple[Section, ...]]:
    """Fold the events, and cut what was said where the call came to another step."""
    if not events:
        raise StorageError("the call has no events", "callcoach journal verify says more")
    state = begin(script, events[0])
    sections: list[Section] = []
    step, at = state.position.step, state.at
    heard: list[Heard] = []
    is_begun = False
    for event in events[1:]:
        before = state.position.step
        state = apply(script, state, event)
        if isinstance(event, Heard):
            heard.append(event)
            is_begun = True
        is_new = isinstance(event, StepEntered)
        is_back = isinstance(event, Undone) and state.position.step != before
        if is_new or is_back:
            if is_begun:
                sections.append(Section(step, at, tuple(heard)))
            step, at, heard, is_begun = state.position.step, event.at, [], True
    if is_begun:
        sections.append(Section(step, at, tuple(heard)))
    return state, tuple(sections)


def _flags(events: Sequence[Event], heard: Mapping[int, Heard]) -> tuple[FlagTold, ...]:
    quotes: dict[int, list[Quote]] = {}
    for event in events:
        quote = _quote(event.span, heard) if isinstance(event, FlagRaised) else None
        if isinstance(event, FlagRaised) and quote is not None:
            quotes.setdefault(event.flag, []).append(quote)
    return tuple(
        FlagTold(story, tuple(quotes.get(story.raised.flag, ()))) for story in flag_stories(events)
    )


def _quote(span: Span | None, heard: Mapping[int, Heard]) -> Quote | None:
    """Return the words of a span; None where there are none."""
    said = heard.get(span.heard) if span is not None else None
    if span is None or said is None:
        return None
    words = said.text[max(span.start, 0) : max(span.end, 0)].strip()
    return Quote(said.start, said.speaker, words) if words else None


def quote_of(span: Span | None, heard: Mapping[int, Heard]) -> str:
    """Return the words of a span as text; empty where there are none."""
    quote = _quote(span, heard)
    return quote.words if quote else ""
