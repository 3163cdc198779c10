"""What a call came to: the stories of its flags, and the cues that it had to do with."""

from collections.abc import Iterable
from dataclasses import dataclass

from callcoach.call.events import Event, FlagCleared, FlagRaised
from callcoach.call.session import Session
from callcoach.script.model import Cue, CueKind

_NO_FLAG = frozenset(("in_time", "undone"))
"""How flags are cleared that turned out to be none."""


@dataclass(frozen=True, slots=True)
class FlagStory:
    """A flag from its raising to its clearing."""

    raised: FlagRaised
    """When it was raised first."""
    cleared: FlagCleared | None
    times: int
    """How often it was raised while it was open."""


def flag_stories(events: Iterable[Event]) -> tuple[FlagStory, ...]:
    """Return every flag of a call once, in the order in which they were raised.

    One that turned out to be none is left out: its words came in time, but were heard late.
    """
    stories: dict[int, FlagStory] = {}
    for event in events:
        if isinstance(event, FlagRaised):
            known = stories.get(event.flag)
            first = known.raised if known else event
            stories[event.flag] = FlagStory(first, None, known.times + 1 if known else 1)
        elif isinstance(event, FlagCleared) and event.flag in stories:
            story = stories[event.flag]
            stories[event.flag] = FlagStory(story.raised, event, story.times)
    return tuple(
        story
        for story in stories.values()
        if story.cleared is None or story.cleared.by not in _NO_FLAG
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
