"""What a call came to: the stories of its flags, and the cues that it had to do with."""

from collections.abc import Iterable
from dataclasses import dataclass

from callcoach.call.events import Event, FlagCleared, FlagRaised, Heard
from callcoach.call.session import Session
from callcoach.script.model import Cue, CueKind

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
    """The words that a flag was raised for."""

    heard: Heard
    """The utterance that holds them."""
    words: str

    @property
    def excerpt(self) -> str:
        """Return the utterance; of a long one what stands around the words."""
        text = self.heard.text.strip()
        if len(text) <= 2 * AROUND + len(self.words):
            return text
        at = text.find(self.words)
        start, end = max(at - AROUND, 0), at + len(self.words) + AROUND
        return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def flag_stories(events: Iterable[Event]) -> tuple[FlagStory, ...]:
    """Return every flag of a call once, in the order in which they were raised.

    One that turned out to be none is left out: its words came in time, but were heard late.
    """
    stories: dict[int, FlagStory] = {}
    for event in events:
        if isinstance(event, FlagRaised):
            known = stories.get(event.flag)
            stories[event.flag] = FlagStory((*(known.raisings if known else ()), event), None)
        elif isinstance(event, FlagCleared) and event.flag in stories:
            stories[event.flag] = FlagStory(stories[event.flag].raisings, event)
    return tuple(
        story
        for story in stories.values()
        if story.cleared is None or story.cleared.by not in _NO_FLAG
    )


def evidence(transcript: Iterable[Heard], story: FlagStory) -> tuple[Evidence, ...]:
    """Return the words that a flag was raised for, each time; none where words are missing."""
    heard = {said.seq: said for said in transcript}
    spans = [raised.span for raised in story.raisings if raised.span is not None]
    return tuple(
        Evidence(said, said.text[span.start : span.end])
        for span in spans
        if (said := heard.get(span.heard)) is not None
    )


def relevant_cues(session: Session) -> tuple[Cue, ...]:
    """Return what the customer was owed in this call: due where it went, said, or flagged."""
    state, script = session.state, session.coach.script
    due = {cue for step in state.entered for cue in script.due.get(step, ())}
    flagged = {cue for _, cue in state.flags}
    return tuple(
        cue
        for cue in script.cues.values()
        if cue.kind is CueKind.SAY
        and (cue.is_call_wide or cue.id in due or cue.id in state.cues or cue.id in flagged)
    )
