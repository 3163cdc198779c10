"""Measures of a call: who talked how long, how fast, over whom, and where nobody did.

The terms are the field's own: talk ratio, non-talk time, overtalk (cross-talk), speech rate.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from msgspec import structs

from callcoach.call.asking import asks
from callcoach.call.captured import (
    CaptureGap,
    CapturePaused,
    CaptureResumed,
    CaptureStarted,
    CaptureStopped,
)
from callcoach.call.events import Event, Heard, HoldEnded, HoldStarted
from callcoach.call.intervals import merge
from callcoach.call.listened import why_closed
from callcoach.script.model import Speaker
from callcoach.words.normalise import tokenise

MIN_OVERLAP = 0.5
"""Seconds that two voices must overlap before the later one counts as interrupting."""
MEASURED = frozenset(("speech", "transcript"))
"""The sources of utterances whose times were measured, not guessed."""
_KEPT = 8192
"""How many texts are remembered: those of a call are measured several times."""

_TIMED = frozenset(
    (
        *(Heard, HoldStarted, HoldEnded, CaptureGap),
        *(CaptureStarted, CapturePaused, CaptureResumed, CaptureStopped),
    )
)
"""The events that tell when somebody talked, or nobody could be heard."""
_time = attrgetter("start", "end")
_AGENT = Speaker.AGENT

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class VoiceMetrics:
    """What one voice did."""

    utterances: int
    talk_time: float
    """Seconds; two utterances at once count once."""
    words: int
    """Latin words and numbers."""
    characters: int
    """Chinese characters."""
    interruptions: int
    """How often it began while the other spoke, for at least `MIN_OVERLAP` seconds."""
    questions: int
    response_gap: float | None
    """The mean silence before it answers the other, in seconds; None where it never does."""

    @property
    def words_per_minute(self) -> float | None:
        """Return Latin words per minute of talk; None without any."""
        return self.words / self.talk_time * 60 if self.words and self.talk_time else None

    @property
    def characters_per_minute(self) -> float | None:
        """Return Chinese characters per minute of talk; None without any."""
        return self.characters / self.talk_time * 60 if self.characters and self.talk_time else None


@dataclass(frozen=True, slots=True)
class Metrics:
    """What can be measured about a call."""

    duration: float
    """Seconds from its beginning to its last event."""
    is_timed: bool
    """False where nobody measured who spoke when (typed calls); times of speech are 0 then."""
    agent: VoiceMetrics
    customer: VoiceMetrics
    talk_ratio: float | None
    """The agent's share of all talk time, 0 to 1; None where nobody talked."""
    non_talk: float
    """Seconds in which nobody talked; holds, and what was not listened to, left out."""
    longest_non_talk: float
    overtalk: float
    """Seconds in which both talked."""
    hold: float
    turns: int
    """How often the voice changed, plus one; 0 where nobody talked."""


def measure(
    events: Iterable[Event], duration: float | None = None, deaf: Iterable[Interval] = ()
) -> Metrics:
    """Return the metrics of a call; without `duration` it ends with its last event.

    `deaf` are times in which nothing was heard, beside those that events tell of. Times may
    overlap and need not be in order. A third party counts as the customer's side.
    """
    heard: list[Heard] = []
    holds: list[Interval] = []
    quiet = list(deaf)
    end, held_since, deaf_since, has_ears = 0.0, None, 0.0, False
    for event in events:
        if event.at > end:
            end = event.at
        if type(event) not in _TIMED:
            continue
        if isinstance(event, Heard):
            heard.append(event)
            end = max(end, event.end)
        elif isinstance(event, HoldStarted):
            held_since = event.at
        elif isinstance(event, HoldEnded) and held_since is not None:
            holds.append((held_since, event.at))
            held_since = None
        elif isinstance(event, CaptureGap):
            quiet.append((event.start, event.end))
        elif (reason := why_closed(event)) is not None:
            quiet.append((deaf_since, event.at))
            deaf_since, has_ears = event.at if reason else math.inf, True
    if held_since is not None:
        holds.append((held_since, end))
    total = end if duration is None else duration
    if has_ears:
        quiet.append((deaf_since, total))
    heard.sort(key=_time)
    is_timed = any(said.source in MEASURED and said.end > said.start for said in heard)
    if not is_timed:
        heard = [structs.replace(said, start=said.end) for said in heard]
    agent = [said for said in heard if said.speaker is _AGENT]
    customer = [said for said in heard if said.speaker is not _AGENT]
    agent_time, customer_time = _union(agent), _union(customer)
    both = merge([*agent_time, *customer_time])
    silences = _gaps(merge([*both, *holds, *_lasting(quiet)]), total) if is_timed else []
    agent_talk, customer_talk = _length(agent_time), _length(customer_time)
    talked = agent_talk + customer_talk
    turns, agent_gaps, customer_gaps = _turns(heard)
    return Metrics(
        duration=total,
        is_timed=is_timed,
        agent=_voice(agent, agent_talk, customer, agent_gaps),
        customer=_voice(customer, customer_talk, agent, customer_gaps),
        talk_ratio=agent_talk / talked if talked else None,
        non_talk=sum(silences),
        longest_non_talk=max(silences, default=0.0),
        overtalk=max(talked - _length(both), 0.0),
        hold=_length(merge(holds)),
        turns=turns,
    )


def figures(metrics: Metrics, hold: float | None = None) -> Mapping[str, float | None]:
    """Return the metrics by name, as rules ask for them: `talk_ratio`, `agent.interruptions`.

    Times are in seconds, shares from 0 to 1; where nobody measured who spoke when, none of them is
    known. `hold` stands in for events that were not measured.
    """
    is_timed = metrics.is_timed
    found: dict[str, float | None] = {
        "duration": metrics.duration,
        "talk_ratio": metrics.talk_ratio,
        "non_talk": metrics.non_talk if is_timed else None,
        "longest_non_talk": metrics.longest_non_talk if is_timed else None,
        "overtalk": metrics.overtalk if is_timed else None,
        "hold": metrics.hold if hold is None else hold,
        "turns": metrics.turns,
    }
    if metrics.duration and is_timed:
        found["non_talk_share"] = metrics.non_talk / metrics.duration
    for side, voice in (("agent", metrics.agent), ("customer", metrics.customer)):
        found |= {
            f"{side}.utterances": voice.utterances,
            f"{side}.talk_time": voice.talk_time if is_timed else None,
            f"{side}.interruptions": voice.interruptions if is_timed else None,
            f"{side}.questions": voice.questions,
            f"{side}.response_gap": voice.response_gap,
            f"{side}.words_per_minute": voice.words_per_minute,
            f"{side}.characters_per_minute": voice.characters_per_minute,
        }
    return found


def _union(heard: Sequence[Heard]) -> list[Interval]:
    return merge([(said.start, said.end) for said in heard if said.end > said.start])


def _lasting(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the intervals that begin before they end."""
    return [interval for interval in intervals if interval[0] < interval[1]]


def _length(intervals: Iterable[Interval]) -> float:
    return sum(end - start for start, end in intervals)


def _gaps(busy: Sequence[Interval], total: float) -> list[float]:
    """Return the lengths of the times between, before and after the intervals."""
    gaps: list[float] = []
    at = 0.0
    for start, end in (*busy, (total, total)):
        if start > at:
            gaps.append(start - at)
        at = max(at, end)
    return gaps


def _voice(
    mine: Sequence[Heard], talk_time: float, others: Sequence[Heard], gaps: Sequence[float]
) -> VoiceMetrics:
    """Return what one voice did; `gaps` are the silences before it answered the other."""
    words = characters = questions = 0
    for said in mine:
        latin, rest, is_question = _spoken(said.text)
        words += latin
        characters += rest
        questions += is_question
    return VoiceMetrics(
        utterances=len(mine),
        talk_time=talk_time,
        words=words,
        characters=characters,
        interruptions=_interruptions(mine, others),
        questions=questions,
        response_gap=sum(gaps) / len(gaps) if gaps and talk_time else None,
    )


@lru_cache(maxsize=_KEPT)
def _spoken(text: str) -> tuple[int, int, bool]:
    """Return a text's Latin words and numbers, its Chinese characters, and whether it asks."""
    words = tokenise(text).words
    latin = sum(map(str.isascii, words))
    return latin, len(words) - latin, asks(text)


def _interruptions(mine: Sequence[Heard], others: Sequence[Heard]) -> int:
    """Count my utterances that begin within another's and overlap it long enough; both sorted."""
    count = first = 0
    for said in mine:
        while first < len(others) and others[first].end <= said.start:
            first += 1
        for at in range(first, len(others)):
            other = others[at]
            if other.start >= said.start:
                break
            if min(said.end, other.end) - said.start >= MIN_OVERLAP:
                count += 1
                break
    return count


def _turns(heard: Sequence[Heard]) -> tuple[int, Sequence[float], Sequence[float]]:
    """Return how often the voice changed, plus one, and the silence each time.

    That is before the agent, then before the other side; overlaps count as 0.
    """
    agent: list[float] = []
    customer: list[float] = []
    for before, after in pairwise(heard):
        is_agent = after.speaker is _AGENT
        if is_agent is not (before.speaker is _AGENT):
            (agent if is_agent else customer).append(max(after.start - before.end, 0.0))
    return len(agent) + len(customer) + 1 if heard else 0, agent, customer
