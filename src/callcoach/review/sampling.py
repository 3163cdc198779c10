"""Chooses calls for review: seeded, filtered, by risk, and evenly from groups.

A call's place in the draw is a hash of the seed and its id. So the same seed and calls give the
same sample in whatever order they come, and a call more or less changes the sample by as much.
"""

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from callcoach.call.summary import FlagStory
from callcoach.errors import UsageError
from callcoach.script.model import FlagKind, Severity

WEIGHTS: Mapping[Severity, float] = {
    Severity.CRITICAL: 10.0,
    Severity.MAJOR: 3.0,
    Severity.MINOR: 1.0,
}
"""What an unrepaired flag adds to a call's risk; a repaired one adds half of it, and one of what
nobody could have heard nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A call that could be reviewed."""

    call: str
    agent: str = ""
    outcome: str = ""
    """The outcome's id; empty for none."""
    pack: str = ""
    language: str = ""
    mode: str = ""
    day: str = ""
    """ISO 8601."""
    flags: frozenset[str] = frozenset()
    """Of each flag its cue, its kind (`missing`) and its severity."""
    risk: float = 0.0
    """See `risk`."""


GROUPS: Mapping[str, Callable[[Candidate], str]] = {
    "agent": lambda call: call.agent,
    "outcome": lambda call: call.outcome,
    "pack": lambda call: call.pack,
    "language": lambda call: call.language,
    "day": lambda call: call.day,
}
"""What calls can be grouped by."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which calls come into question; what is empty asks for nothing."""

    agents: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    packs: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    """A cue, a kind of flag or a severity; one of them is enough."""
    modes: frozenset[str] = frozenset()
    since: str = ""
    """A day, ISO 8601; inclusive."""
    until: str = ""
    """A day, ISO 8601; inclusive."""
    least_risk: float = 0.0

    def admits(self, call: Candidate) -> bool:
        """Tell whether a call comes into question."""
        return (
            (not self.agents or call.agent in self.agents)
            and (not self.outcomes or call.outcome in self.outcomes)
            and (not self.packs or call.pack in self.packs)
            and (not self.flags or bool(self.flags & call.flags))
            and (not self.modes or call.mode in self.modes)
            and (not self.since or call.day >= self.since)
            and (not self.until or "" < call.day <= self.until)
            and call.risk >= self.least_risk
        )


@dataclass(frozen=True, slots=True)
class Size:
    """How many calls a sample has: exactly one of the three."""

    percent: float | None = None
    """Of the calls that come into question, rounded up."""
    count: int | None = None
    each: int | None = None
    """From every group; all of a group that has fewer."""


def risk(stories: Iterable[FlagStory]) -> float:
    """Return the risk of a call: its flags' weights added up; see `WEIGHTS`.

    `stories` are of its flags that stand: see `verdicts.stands`.
    """
    return sum(map(_weight, stories))


def _weight(story: FlagStory) -> float:
    if story.raised.is_unheard:
        return 0.0
    whole = WEIGHTS[story.raised.severity]
    return whole / 2 if story.cleared is not None else whole


def flag_names(stories: Iterable[FlagStory]) -> frozenset[str]:
    """Return what a call's flags can be asked for by: cues, kinds and severities.

    `stories` are of its flags that stand: see `verdicts.stands`.
    """
    return frozenset(
        name
        for story in stories
        for name in (story.raised.cue, story.raised.what.value, story.raised.severity.value)
    )


def known_flags() -> tuple[str, ...]:
    """Return the names of flags that are no cues: kinds and severities."""
    return (*(kind.value for kind in FlagKind), *(severity.value for severity in Severity))


def sample(
    calls: Iterable[Candidate],
    seed: int,
    size: Size,
    chosen: Filter | None = None,
    groups: Sequence[str] = (),
    by_risk: bool = False,
) -> tuple[str, ...]:
    """Return the ids of a sample, in the order in which they are to be reviewed.

    With `groups` every group gets its share: of a percentage or a count in proportion, by largest
    remainder, of `each` as many. With `by_risk` the riskiest come first, and chance decides among
    equals only. Raises `UsageError` for a size that is none.
    """
    _check(size)
    rule = chosen or Filter()
    admitted = {call.call: call for call in calls if rule.admits(call)}
    ordered = sorted(admitted.values(), key=lambda call: _rank(call, seed, by_risk))
    parts: dict[tuple[str, ...], list[Candidate]] = {}
    for call in ordered:
        parts.setdefault(tuple(GROUPS[name](call) for name in groups), []).append(call)
    shares = _shares({key: len(part) for key, part in parts.items()}, len(ordered), size)
    taken = {call.call for key, part in parts.items() for call in part[: shares[key]]}
    return tuple(call.call for call in ordered if call.call in taken)


def _check(size: Size) -> None:
    given = [value for value in (size.percent, size.count, size.each) if value is not None]
    if len(given) != 1:
        raise UsageError(
            "the size of a sample is one of --percent, --count and --each", "name one of them"
        )
    if (size.percent or 0) > 100:
        raise UsageError(
            "a sample of {size} % cannot be drawn", "write 100 or less", size=f"{size.percent:g}"
        )
    if not 0 < given[0] < math.inf:
        raise UsageError(
            "a sample of {size} cannot be drawn", "write a size above 0", size=given[0]
        )


def _rank(call: Candidate, seed: int, by_risk: bool) -> tuple[float, bytes]:
    drawn = hashlib.sha256(f"{seed}\n{call.call}".encode()).digest()
    return (-call.risk if by_risk else 0.0), drawn


def _shares(
    sizes: Mapping[tuple[str, ...], int], total: int, size: Size
) -> Mapping[tuple[str, ...], int]:
    """Return how many calls each group gives; never more than it has."""
    if size.each is not None:
        return {key: min(size.each, n) for key, n in sizes.items()}
    if size.percent is not None:
        wanted = math.ceil(round(total * size.percent / 100, 9))
    else:
        wanted = min(size.count or 0, total)
    shares = {key: wanted * n // total for key, n in sizes.items()} if total else {}
    left = wanted - sum(shares.values())
    # Largest remainder; among equals the first by name, so that it does not depend on the order.
    by_remainder = sorted(sizes, key=lambda key: (-(wanted * sizes[key] % total), key))
    for key in by_remainder[:left]:
        shares[key] += 1
    return shares
