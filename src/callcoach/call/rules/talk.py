"""A conversation as rules see it: what was said so far, and what was found in it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from callcoach.script.model import Speaker, StepId
from callcoach.script.rules import Distance, RuleId, Unit
from callcoach.words.normalise import Tokens


class Truth(IntEnum):
    """Whether a condition holds; `OPEN` where that depends on what is still to come."""

    NO = 0
    OPEN = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance."""

    speaker: Speaker
    text: str
    start: float
    """Seconds since the call began."""
    end: float
    steps: frozenset[StepId] = frozenset()
    """The step that the call was in, and those it uses; empty where no script was walked."""
    is_exact: bool = False
    """It was typed, or said as it stands: nobody can have misheard it."""


Words = tuple[int, int, int]
"""An utterance, counted from 0, and where words in it begin and end, in characters."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words that met a condition."""

    utterance: int
    """Counted from 0."""
    start: int
    """In characters of its text."""
    end: int
    first: int
    """In tokens."""
    past: int
    phrase: str = ""
    """The phrase that matched, in the notation of packs; empty where it was no phrase."""
    taken_for: str = ""
    """What was understood, where the words themselves were others."""
    confidence: float = 1.0
    also: tuple[Words, ...] = ()
    """Other words that it rests on."""
    by: str = "rule"
    """Who says so: `rule`, or `model` for a learned judge."""

    @property
    def words(self) -> Words:
        """Return where its words stand."""
        return self.utterance, self.start, self.end

    @property
    def place(self) -> tuple[int, int]:
        """Return what hits are ordered by in time."""
        return self.utterance, self.first


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a condition for one utterance, or for the call."""

    truth: Truth
    found: tuple[Found, ...] = ()


NO = Verdict(Truth.NO)
OPEN = Verdict(Truth.OPEN)


def decided(found: Iterable[Found]) -> Verdict:
    """Return a verdict that holds where anything was found."""
    hits = tuple(found)
    return Verdict(Truth.YES, hits) if hits else NO


def apart(found: Iterable[Found]) -> Iterator[Found]:
    """Yield the hits in one utterance that overlap none before them; they come in order."""
    free = 0
    for hit in found:
        if hit.first >= free:
            free = hit.past
            yield hit


@dataclass(slots=True)
class Talk:
    """Everything that conditions may look at. It grows; nothing in it changes."""

    said: list[Said] = field(default_factory=list)
    tokens: list[Tokens] = field(default_factory=list)
    turns: list[int] = field(default_factory=list)
    """The turn each utterance stands in, counted from 0."""
    leaves: list[Mapping[int, tuple[Found, ...]]] = field(default_factory=list)
    """What the phrases of each utterance were, by the number of the leaf."""
    found: dict[RuleId, list[Found]] = field(default_factory=dict)
    """The hits of every rule so far, in order of place."""
    open: dict[RuleId, list[int]] = field(default_factory=dict)
    """The utterances for which a rule is not decided yet."""
    calls: dict[RuleId, Verdict] = field(default_factory=dict)
    """What is known of the rules for the whole call."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, float | None] | None = None
    """Known once the call is over."""
    now: float = 0.0
    """Seconds since the call began."""
    is_over: bool = False

    def add(self, said: Said, tokens: Tokens, leaves: Mapping[int, tuple[Found, ...]]) -> int:
        """Append an utterance; return its number."""
        is_same = bool(self.said) and self.said[-1].speaker is said.speaker
        self.turns.append(self.turns[-1] + (not is_same) if self.turns else 0)
        self.said.append(said)
        self.tokens.append(tokens)
        self.leaves.append(leaves)
        self.now = max(self.now, said.end)
        return len(self.said) - 1

    def copy(self) -> "Talk":
        """Return a conversation that can go on without this one."""
        return replace(
            self,
            said=self.said.copy(),
            tokens=self.tokens.copy(),
            turns=self.turns.copy(),
            leaves=self.leaves.copy(),
            found={rule: found.copy() for rule, found in self.found.items()},
            open={rule: indices.copy() for rule, indices in self.open.items()},
            calls=self.calls.copy(),
        )

    @property
    def duration(self) -> float:
        """Return how long the call has lasted so far, in seconds."""
        return max(self.now, max((said.end for said in self.said), default=0.0))

    def whole(self, index: int) -> Found:
        """Return an utterance as a hit of all its words."""
        text, tokens = self.said[index].text, self.tokens[index]
        return Found(index, 0, len(text), 0, len(tokens.words))

    def span(self, index: int, first: int, past: int, phrase: str = "") -> Found:
        """Return tokens of an utterance as a hit."""
        tokens = self.tokens[index]
        if past <= first:
            return replace(self.whole(index), phrase=phrase)
        return Found(index, tokens.starts[first], tokens.ends[past - 1], first, past, phrase)

    def apart(self, one: Found, other: Found, unit: Unit) -> float:
        """Return how far two hits are from each other, the earlier one first or not.

        In words the tokens between them; in other units the utterances that they stand in count,
        and 0 where they stand in one.
        """
        early, late = sorted((one, other), key=lambda found: found.place)
        if unit is Unit.WORDS:
            if early.utterance == late.utterance:
                return max(late.first - early.past, 0)
            between = range(early.utterance + 1, late.utterance)
            rest = len(self.tokens[early.utterance].words) - early.past
            return rest + sum(len(self.tokens[at].words) for at in between) + late.first
        if unit is Unit.TURNS:
            return self.turns[late.utterance] - self.turns[early.utterance]
        if unit is Unit.UTTERANCES:
            return late.utterance - early.utterance
        gap = self.said[late.utterance].start - self.said[early.utterance].end
        seconds = max(gap, 0.0)
        if unit is Unit.PERCENT:
            return 100 * seconds / self.duration if self.duration else 0.0
        return seconds

    def is_within(self, one: Found, other: Found, distance: Distance | None) -> bool:
        """Tell whether two hits are as near, or as far apart, as is asked."""
        if distance is None:
            return True
        is_near = self.apart(one, other, distance.unit) <= distance.count
        return is_near is not distance.is_beyond

    def is_past(self, found: Found, distance: Distance | None) -> bool:
        """Tell whether nothing that is still to come can be within a distance after a hit.

        In turns and utterances the first words that reach it settle it.
        """
        if self.is_over:
            return True
        if distance is None:
            return False
        last = len(self.said) - 1
        if distance.unit is Unit.TURNS:
            return self.turns[last] - self.turns[found.utterance] >= distance.count
        if distance.unit is Unit.UTTERANCES:
            return last - found.utterance >= distance.count
        if distance.unit is Unit.WORDS:
            end = replace(found, utterance=last, first=len(self.tokens[last].words))
            return self.apart(found, end, Unit.WORDS) >= distance.count
        if distance.unit is Unit.SECONDS:
            return self.now - self.said[found.utterance].end > distance.count
        return False
