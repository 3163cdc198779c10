"""Tells what can be asked about a call as a whole: cues, flags and measures, from its events."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from msgspec import structs

from callcoach.call.events import CueHeard, CueTicked, CueUnticked, Event, Heard, Undone
from callcoach.call.metrics import Metrics, measure
from callcoach.call.summary import FlagStory, flag_stories
from callcoach.script.model import CueId, FlagKind


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a call beside its words."""

    met: frozenset[CueId]
    """The cues that were said so that it counts, or ticked."""
    flags: tuple[FlagStory, ...]
    metrics: Metrics
    """Only the times are right: words and questions are not counted."""

    def missed(self, wrong: Collection[int] = ()) -> frozenset[CueId]:
        """Return the cues that were flagged as missing and not made good, but for `wrong` flags.

        What nobody could have heard may have been said.
        """
        return frozenset(
            story.raised.cue
            for story in self.flags
            if story.raised.what is FlagKind.MISSING
            and story.cleared is None
            and not story.raised.is_unheard
            and story.raised.flag not in wrong
        )


def facts(events: Sequence[Event]) -> Facts:
    """Return what is known of a call; its script is not asked."""
    return Facts(_met(events), flag_stories(events), measure(map(wordless, events)))


def wordless(event: Event) -> Event:
    """Return an event without its words: to count them is slow where only times are asked for."""
    return structs.replace(event, text="") if isinstance(event, Heard) else event


def _met(events: Sequence[Event]) -> frozenset[CueId]:
    heard: set[CueId] = set()
    ticked: dict[CueId, int] = {}
    """The `seq` of the tick that holds."""
    for event in events:
        match event:
            case CueHeard(counts=True, cue=cue):
                heard.add(cue)
            case CueTicked(cue=cue, seq=seq):
                ticked[cue] = seq
            case CueUnticked(cue=cue):
                ticked.pop(cue, None)
            case Undone(of=of):
                ticked = {cue: seq for cue, seq in ticked.items() if seq != of}
            case _:
                pass
    return frozenset(heard | ticked.keys())
