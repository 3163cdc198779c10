"""What a call came to: the stories of its flags, and the cues that it had to do with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from callcoach.call.events import CueHeard, Event, FlagCleared, FlagRaised, Heard, Span
from callcoach.call.explain import is_perhaps
from callcoach.script.model import Cue, FlagKind, Script

if TYPE_CHECKING:
    from callcoach.call.session import Session  # with all that judges: 150 ms, for a type

FLAG_KINDS = ("flag_raised", "flag_cleared")
"""The kinds of the events that tell the stories of flags; a list of calls reads no others."""
_NO_FLAG = frozenset(("in_time", "undone"))
"""How flags are cleared that turned out to be none."""
AROUND = 80
"""How many characters of a long utterance are shown on either side of the words that count."""


@dataclass(frozen=True, slots=True)
class FlagStory:
    """A flag from its raising to its clearing."""

    raisings: tuple[FlagRaised, ...]
    """Each time that it was raised while it was open; at least one."""
    cleared: FlagCleared | None

    @property
    def raised(self) -> FlagRaised:
        """Return when it was raised first."""
        return self.raisings[0]

    @property
    def times(self) -> int:
        """Return how often it was raised."""
        return len(self.raisings)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that a flag was raised for, or that met a cue."""

    heard: Heard
    """The utterance that holds them."""
    words: str
    start: int
    """Where they begin in it, in characters."""

    @property
    def span(self) -> Span:
        """Return where they stand."""
        return Span(self.heard.seq, self.start, self.start + len(self.words))

    @property
    def excerpt(self) -> str:
        """Return the utterance; of a long one what stands around the words."""
        text = self.heard.text
        if len(text.strip()) <= 2 * AROUND + len(self.words):
            return text.strip()
        start, end = max(self.start - AROUND, 0), self.start + len(self.words) + AROUND
        return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


@dataclass(frozen=True, slots=True)
class Hearing:
    """A cue that was said, or seen to hold: where, by which words, and who says so."""

    event: CueHeard
    words: Evidence | None
    """None where it holds by what was not said, or the words are missing."""
    also: tuple[Evidence, ...]
    """The other words that it rests on: what was asked before, what was answered."""

    @property
    def is_plain(self) -> bool:
        """Tell whether the words are just those of a phrase, so that they speak for themselves."""
        return self.event.by == "rule" and not self.event.taken_for


def hearings(events: Iterable[Event], transcript: Iterable[Heard]) -> tuple[Hearing, ...]:
    """Return every time that a cue was said so that it counts, in order."""
    heard = {said.seq: said for said in transcript}
    return tuple(
        Hearing(
            event,
            _evidence(event.span, heard),
            tuple(
                found
                for span in event.also
                if span != event.span and (found := _evidence(span, heard)) is not None
            ),
        )
        for event in events
        if isinstance(event, CueHeard) and event.counts
    )


def doubted(
    events: Iterable[Event], transcript: Iterable[Heard], script: Script
) -> tuple[Hearing, ...]:
    """Return what may not be said and perhaps was: not flagged, as the recogniser was unsure."""
    heard = {said.seq: said for said in transcript}
    return tuple(
        Hearing(event, _evidence(event.span, heard), ())
        for event in events
        if isinstance(event, CueHeard) and is_perhaps(event, script)
    )


def _evidence(span: Span, heard: Mapping[int, Heard]) -> Evidence | None:
    said = heard.get(span.heard)
    if said is None or span.end <= span.start:
        return None
    return Evidence(said, said.text[span.start : span.end], span.start)


def flag_stories(events: Iterable[Event]) -> tuple[FlagStory, ...]:
    """Return every flag of a call once, in the order in which they were raised.

    One that turned out to be none is left out: its words came in time, but were heard late. What
    was missing until it was said too late is one flag, too: see `late_for`.
    """
    changes = [event for event in events if isinstance(event, FlagRaised | FlagCleared)]
    stories: dict[int, FlagStory] = {}
    for event in changes:
        if isinstance(event, FlagRaised):
            known = stories.get(event.flag)
            stories[event.flag] = FlagStory((*(known.raisings if known else ()), event), None)
        elif event.flag in stories:
            stories[event.flag] = FlagStory(stories[event.flag].raisings, event)
    for missing, late in late_for(changes).items():
        if missing in stories and stories.pop(missing).raised.is_unheard:
            of = stories[late]
            stories[late] = FlagStory(
                tuple(replace(it, is_unheard=True) for it in of.raisings), of.cleared
            )
    return tuple(
        story
        for story in stories.values()
        if story.cleared is None or story.cleared.by not in _NO_FLAG
    )


def late_for(events: Iterable[Event]) -> Mapping[int, int]:
    """Return flags for what was missing until it was said, and for its being late instead.

    A call records both, one as it ends the other: to a reader it is one thing that went wrong.
    """
    found: dict[int, int] = {}
    before: Event | None = None
    for event in events:
        match before, event:
            case FlagCleared() as cleared, FlagRaised(what=FlagKind.LATE) as late:
                if cleared.span == late.span:
                    found[cleared.flag] = late.flag
            case _:
                pass
        before = event
    return found


def evidence(transcript: Iterable[Heard], story: FlagStory) -> tuple[Evidence, ...]:
    """Return the words that a flag was raised for, each time; none where words are missing."""
    heard = {said.seq: said for said in transcript}
    spans = [raised.span for raised in story.raisings if raised.span is not None]
    return tuple(found for span in spans if (found := _evidence(span, heard)) is not None)


def judged_by_model(events: Iterable[Event]) -> Mapping[Span, float]:
    """Return the words of which a learned judge said that a cue is met, and how sure it was."""
    return {
        event.span: event.confidence
        for event in events
        if isinstance(event, CueHeard) and event.by == "model"
    }


def relevant_cues(session: "Session") -> tuple[Cue, ...]:
    """Return what the customer was owed in this call: due where it went, said, or flagged."""
    state, coach = session.state, session.coach
    named = {cue for step in state.entered for cue in coach.script.due.get(step, ())}
    named.update(state.cues, (cue for _, cue in state.flags))
    return tuple([cue for cue in coach.judge.asked if cue.is_call_wide or cue.id in named])
