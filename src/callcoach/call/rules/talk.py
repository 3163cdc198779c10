"""A conversation as rules see it: what was said so far, and what was found in it."""

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import IntEnum
from typing import Any

import msgspec

from callcoach.call.rules.reading import Reading, Signs, Words
from callcoach.script.model import Speaker, StepId
from callcoach.script.rules import Distance, RuleId, Unit
from callcoach.words.telling import telling


class Truth(IntEnum):
    """Whether a condition holds; `OPEN` where that depends on what is still to come."""

    NO = 0
    OPEN = 1
    YES = 2


FALSE, UNKNOWN, TRUE = Truth
"""Members by names of their own: to look one up in its enum costs as much as several calls."""
WORDS, TURNS, UTTERANCES = Unit.WORDS, Unit.TURNS, Unit.UTTERANCES
SECONDS, PERCENT = Unit.SECONDS, Unit.PERCENT


class Said(msgspec.Struct, frozen=True):
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
    doubts: tuple[tuple[int, int], ...] = ()
    """The words that a recogniser was not sure of: where they begin and end, in characters."""


class Found(msgspec.Struct, frozen=True, gc=False):
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


def place_of(found: Found) -> tuple[int, int]:
    """Return what hits are ordered by in time, to sort and to search by."""
    return found.utterance, found.first


Awaited = tuple[RuleId, int]
"""A rule that is not decided for an utterance, counted from 0."""


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What came of a condition for one utterance, or for the call."""

    truth: Truth
    found: tuple[Found, ...] = ()
    unsaid_until: float | None = None
    """Where it rests on something that was not said: until when, in seconds of the call.

    Infinite: until it is known. Who could not hear all that time does not know it.
    """
    awaits: tuple[Awaited, ...] | None = None
    """Where it is open: what has to be decided first, or the call be over; None: anything may do.

    Until then there is no use in asking again.
    """


NO = Verdict(FALSE)
OPEN = Verdict(UNKNOWN)
YES = Verdict(TRUE)
"""It holds, by no words in particular."""
ASLEEP = Verdict(UNKNOWN, awaits=())
"""It stays open until the call is over, whatever becomes known of it meanwhile."""


def open_by(verdicts: Iterable[Verdict]) -> Verdict:
    """Return that something is open because these are, and waits for what any of them waits for."""
    awaited: dict[Awaited, None] = {}
    for verdict in verdicts:
        if verdict.awaits is None:
            return OPEN
        awaited.update(dict.fromkeys(verdict.awaits))
    return Verdict(UNKNOWN, awaits=tuple(awaited))


def decided(found: Iterable[Found]) -> Verdict:
    """Return a verdict that holds where anything was found."""
    hits = tuple(found)
    return Verdict(TRUE, hits) if hits else NO


def apart(found: Iterable[Found]) -> Iterator[Found]:
    """Yield the hits in one utterance that overlap none before them; they come in order."""
    free = 0
    for hit in found:
        if hit.first >= free:
            free = hit.past
            yield hit


class Talk:
    """Everything that conditions may look at. It grows; nothing in it changes."""

    def __init__(self, attributes: Mapping[str, str] | None = None) -> None:
        """Begin a conversation; `attributes` are what is known of it from elsewhere."""
        self.said: list[Said] = []
        self.readings: list[Reading] = []
        self.signs: list[Signs] = []
        """The phrases of each utterance."""
        self.chances: list[int] = []
        """What may hold for each utterance: a bit for each chance; see `making.Maker`."""
        self.verdicts: list[dict[object, Any]] = []
        """What is known of conditions on the words of each alone; see `nodes.Kept`."""
        self.turns: list[int] = []
        """The turn each utterance stands in, counted from 0."""
        self.began: list[int] = []
        """The first utterance of the turn of each."""
        self.ended: list[float] = []
        """When each was over and all before it, in seconds since the call began."""
        self._sizes = [0]
        """How many tokens there are before each utterance, as far as anybody has asked."""
        self.found: dict[RuleId, list[Found]] = {}
        """The hits of every rule so far, in order of place."""
        self.open: dict[RuleId, dict[int, None]] = {}
        """The utterances for which a rule is not decided yet, in order."""
        self.awake: dict[RuleId, dict[int, None]] = {}
        """Those of them for which it is asked again whatever is said next."""
        self._waiting: dict[Awaited, tuple[Awaited, ...]] = {}
        """What is asked again when something is decided."""
        self._dozing: dict[Awaited, None] = {}
        """What is asked again when something else becomes known of the call."""
        self.woken: list[RuleId] = []
        """The rules to ask again because of what has just been decided."""
        self.calls: dict[RuleId, Verdict] = {}
        """What is known of the rules for the whole call."""
        self.attributes = {} if attributes is None else attributes
        self._known = dict(self.attributes)
        """What was known of the call when its rules were last asked."""
        self.metrics: Mapping[str, float | None] | None = None
        """Known once the call is over."""
        self.now = 0.0
        """Seconds since the call began; nothing that was said is over later."""
        self.is_over = False
        self._aside: list[tuple[RuleId, Found]] | None = None
        """The hits that will be forgotten."""

    def add(self, said: Said, reading: Reading, signs: Signs) -> int:
        """Append an utterance; return its number."""
        index, turn, began, ended = len(self.said), 0, 0, said.end
        if index:
            turn, began = self.turns[-1], self.began[-1]
            ended = max(self.ended[-1], ended)
            if self.said[-1].speaker is not said.speaker:
                turn, began = turn + 1, index
        self.said.append(said)
        self.readings.append(reading)
        self.signs.append(signs)
        self.chances.append(0)
        self.verdicts.append({})
        self.turns.append(turn)
        self.began.append(began)
        self.ended.append(ended)
        if said.end > self.now:
            self.now = said.end
        return index

    def keep(self, rule: RuleId, found: Sequence[Found]) -> None:
        """Take note of new hits of a rule, which come in order of place."""
        known = self.found.get(rule)
        if known is None:
            self.found[rule] = [*found]
        elif not known or place_of(known[-1]) <= place_of(found[0]):
            known += found
        else:
            for hit in found:
                insort(known, hit, key=place_of)
        if self._aside is not None:
            self._aside += [(rule, hit) for hit in found]

    def leave_open(self, rule: RuleId, index: int, verdict: Verdict) -> None:
        """Take note that a rule is not decided for an utterance."""
        self.open.setdefault(rule, {})[index] = None
        if verdict.awaits is None:
            self.awake.setdefault(rule, {})[index] = None
            return
        it = (rule, index)
        for awaited in verdict.awaits:
            self._waiting[awaited] = (*self._waiting.get(awaited, ()), it)
        if verdict is not ASLEEP:
            self._dozing[it] = None

    def decide(self, rule: RuleId, index: int) -> None:
        """Take note that a rule is decided for an utterance, and wake what has waited for that."""
        del self.open[rule][index]
        if not self.open[rule]:
            del self.open[rule]
        awake = self.awake.get(rule)
        if awake is not None:
            awake.pop(index, None)
            if not awake:
                del self.awake[rule]
        for it in self._waiting.pop((rule, index), ()):
            if it in self._dozing:
                self._rouse(it)
                self.woken.append(it[0])

    def _rouse(self, it: Awaited) -> None:
        """Ask again for an utterance whatever is said next."""
        rule, index = it
        del self._dozing[it]
        self.awake.setdefault(rule, {})[index] = None

    def wakeful(self) -> Iterable[RuleId]:
        """Return the rules that may be decided now for an utterance."""
        if self.is_over:
            return self.open
        if self._known != self.attributes:
            self._known = dict(self.attributes)
            for it in [*self._dozing]:
                self._rouse(it)
        return self.awake

    def wake(self, rule: RuleId) -> Sequence[int]:
        """Return the utterances for which a rule may be decided now, in order."""
        if self.is_over:
            return [*self.open.get(rule, ())]
        return sorted(self.awake.pop(rule, ()))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Let things be said that are forgotten at the end."""
        count, now, calls = len(self.said), self.now, self.calls.copy()
        undecided = {rule: indices.copy() for rule, indices in self.open.items()}
        awake = {rule: indices.copy() for rule, indices in self.awake.items()}
        waiting, dozing, known_then = self._waiting.copy(), self._dozing.copy(), self._known
        kept: list[tuple[RuleId, Found]] = []
        self._aside = kept
        try:
            yield
        finally:
            self._aside = None
            for rule, hit in reversed(kept):
                known = self.found[rule]
                at = next(at for at in range(len(known) - 1, -1, -1) if known[at] is hit)
                del known[at]
            for grown in (self.said, self.readings, self.signs, self.chances, self.verdicts):
                del grown[count:]
            del self.turns[count:], self.began[count:], self.ended[count:], self._sizes[count + 1 :]
            self.open, self.awake, self.calls, self.now = undecided, awake, calls, now
            self._waiting, self._dozing, self._known = waiting, dozing, known_then

    def before(self, index: int) -> int:
        """Return the last utterance of the turn before that of `index`; -1 where there is none."""
        return self.began[index] - 1

    def words_before(self, index: int) -> int:
        """Return how many tokens there are in the utterances before one; it may be the next."""
        sizes = self._sizes
        while len(sizes) <= index:
            sizes.append(sizes[-1] + len(self.readings[len(sizes) - 1].tokens.words))
        return sizes[index]

    def whole(self, index: int) -> Found:
        """Return an utterance as a hit of all its words."""
        reading = self.readings[index]
        return Found(index, 0, len(reading.text), 0, len(reading.tokens.words))

    def is_whole(self, found: Found) -> bool:
        """Tell whether a hit is by no words in particular, but by an utterance as it is."""
        size = len(self.readings[found.utterance].tokens.words)
        return found.first == 0 and found.past == size and not found.phrase

    def grounds(self, found: Found) -> tuple[Words, ...]:
        """Return the words that a hit rests on; its own first, where it has any in particular."""
        return found.also if self.is_whole(found) else (found.words, *found.also)

    def most_telling(self, found: Sequence[Found]) -> Found:
        """Return the hit whose words tell most, the first of several; whole utterances come last.

        Those of all in one utterance.
        """
        if len(found) == 1:
            return found[0]
        words = self.readings[found[0].utterance].tokens.words
        return max(
            found, key=lambda it: -1 if self.is_whole(it) else telling(words[it.first : it.past])
        )

    def is_sure(self, found: Found) -> bool:
        """Tell whether the recogniser was sure of the words of a hit."""
        doubts = self.said[found.utterance].doubts
        return not any(start < found.end and found.start < end for start, end in doubts)

    def span(self, index: int, first: int, past: int) -> Found:
        """Return tokens of an utterance as a hit; of no tokens, the whole of it."""
        if past <= first:
            return self.whole(index)
        tokens = self.readings[index].tokens
        return Found(index, tokens.starts[first], tokens.ends[past - 1], first, past)

    def apart(self, one: Found, other: Found, unit: Unit) -> float:
        """Return how far two hits are from each other, the earlier one first or not.

        In words the tokens between them; in other units the utterances that they stand in count,
        and 0 where they stand in one.
        """
        early, late = (other, one) if place_of(other) < place_of(one) else (one, other)
        if unit is WORDS:
            between = self.words_before(late.utterance) - self.words_before(early.utterance)
            return max(between + late.first - early.past, 0)
        if unit is TURNS:
            return self.turns[late.utterance] - self.turns[early.utterance]
        if unit is UTTERANCES:
            return late.utterance - early.utterance
        return self._pause(self.said[early.utterance].end, late, unit)

    def _pause(self, since: float, late: Found, unit: Unit) -> float:
        """Return how long after a time the words of a hit begin."""
        seconds = max(self.said[late.utterance].start - since, 0.0)
        if unit is PERCENT:
            return 100 * seconds / self.now if self.now else 0.0
        return seconds

    def is_within(self, one: Found, other: Found, distance: Distance | None) -> bool:
        """Tell whether two hits are as near, or as far apart, as is asked."""
        if distance is None:
            return True
        is_near = self.apart(one, other, distance.unit) <= distance.count
        return is_near is not distance.is_beyond

    def reach(self, early: int, late: int, distance: Distance | None) -> Truth:
        """Tell whether the hits in one utterance are within a distance before those in a later one.

        UNKNOWN: that depends on the hits, or on what else was said.
        """
        if distance is None:
            return TRUE
        if distance.is_beyond:
            return UNKNOWN
        if distance.unit is TURNS:
            return TRUE if self.turns[late] - self.turns[early] <= distance.count else FALSE
        if distance.unit is UTTERANCES:
            return TRUE if late - early <= distance.count else FALSE
        return UNKNOWN

    def is_beyond(self, index: int, late: Found, distance: Distance | None) -> bool:
        """Tell whether no hit in an utterance or before it is within a distance before `late`."""
        if distance is None or distance.is_beyond or index >= late.utterance:
            return False
        if distance.unit is WORDS:
            between = self.words_before(late.utterance) - self.words_before(index + 1)
            return between + late.first > distance.count
        if distance.unit is TURNS:
            return self.turns[late.utterance] - self.turns[index] > distance.count
        if distance.unit is UTTERANCES:
            return late.utterance - index > distance.count
        return self._pause(self.ended[index], late, distance.unit) > distance.count

    def is_past(self, found: Found, distance: Distance | None) -> bool:
        """Tell whether nothing that is still to come can be within a distance after a hit.

        In turns and utterances the first words that reach it settle it.
        """
        if self.is_over:
            return True
        if distance is None:
            return False
        last = len(self.said) - 1
        if distance.unit is TURNS:
            return self.turns[last] - self.turns[found.utterance] >= distance.count
        if distance.unit is UTTERANCES:
            return last - found.utterance >= distance.count
        if distance.unit is WORDS:
            after = self.words_before(last + 1) - self.words_before(found.utterance) - found.past
            return max(after, 0) >= distance.count
        if distance.unit is SECONDS:
            return self.now - self.said[found.utterance].end > distance.count
        return False
