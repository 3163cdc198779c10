"""A call looked through once, for all that is asked about it afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callcoach.call.events import CueHeard, Event, Heard, StepEntered
from callcoach.call.explain import is_perhaps
from callcoach.call.metrics import Metrics, figures, measure
from callcoach.call.session import Session
from callcoach.call.state import CallState
from callcoach.call.summary import FlagStory, flag_stories
from callcoach.review.suggest_heard import Ears, Interval
from callcoach.review.suggest_ways import Ways
from callcoach.script.model import Cue, CueId, Script, StepId


@dataclass(frozen=True, slots=True)
class Seen:
    """A call, as questions are answered by it."""

    script: Script
    ways: Ways
    state: CallState
    events: Sequence[Event]
    ears: Ears
    heard: Mapping[CueId, Sequence[CueHeard]]
    """Every time that a cue was heard, also where it did not count."""
    perhaps: Sequence[CueHeard]
    """What may not be said and perhaps was; by cue, in the order in which they were heard first."""
    stories: Sequence[FlagStory]
    metrics: Metrics
    figures: Mapping[str, float | None]
    """The metrics by name."""
    entered: Sequence[tuple[StepId, Interval]]
    """The steps that the call came to, and when it was in each."""

    @classmethod
    def of(cls, session: Session, events: Sequence[Event], ways: Ways | None = None) -> "Seen":
        """Return a call; `events` are all of it, of which the session is the fold.

        `ways` are those of its script, where they are known already.
        """
        script = session.coach.script
        ears = Ears.of(events)
        heard: dict[CueId, list[CueHeard]] = {}
        steps: list[StepEntered] = []
        for event in events:
            if isinstance(event, CueHeard):
                heard.setdefault(event.cue, []).append(event)
            elif isinstance(event, StepEntered):
                steps.append(event)
        metrics = measure(events)
        ends = [*(it.at for it in steps[1:]), ears.end]
        return cls(
            script,
            ways or Ways(script),
            session.state,
            events,
            ears,
            heard,
            [it for found in heard.values() for it in found if is_perhaps(it, script)],
            flag_stories(events),
            metrics,
            figures(metrics),
            [(it.step, (it.at, end)) for it, end in zip(steps, ends, strict=False)],
        )

    @property
    def is_live(self) -> bool:
        """Tell whether the call was made here, and not read from a transcript."""
        sources = {it.source for it in self.events if isinstance(it, Heard)}
        return "transcript" not in sources

    def windows(self, cue: Cue) -> Sequence[Interval]:
        """Return when a cue could have been said where it was due."""
        if cue.is_call_wide:
            return [(0.0, self.ears.end)]
        due = self.ways.due(cue.id)
        return [times for step, times in self.entered if step in due]

    def has_passed(self, cue: Cue) -> bool:
        """Tell whether the call went past where a cue is due; see `Ways.has_passed`."""
        return self.ways.has_passed(cue.id, [step for step, _ in self.entered])
