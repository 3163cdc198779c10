"""Makes the rules of a script ready: one automaton for all phrases, one order to judge in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter

from callcoach.call.rules.making import (
    NUMBERS,
    QUESTIONS,
    Maker,
    Ready,
    Trigger,
    is_nameless,
    trigger_of,
)
from callcoach.call.rules.reading import Outlook, Place, Reading, Signs
from callcoach.errors import PackError
from callcoach.script.model import Phrase, Speaker, StepId
from callcoach.script.rules import Rule, RuleId
from callcoach.script.walk import references
from callcoach.words.match import Matcher, Pattern, Store
from callcoach.words.normalise import tokenise
from callcoach.words.phrase import PhraseError, sequences
from callcoach.words.sound import SoundHit, SoundMatcher, SoundPattern

MOST_READ = 400_000
"""Characters of the texts that are remembered as they were read, of all calls together: some nine
thousand utterances, 115 MB at most with a large pack. A batch of 1,200 calls reads twice as many
texts with half of that."""


class Ruleset:
    """All the rules of a script, compiled; immutable, free to share between calls."""

    def __init__(
        self,
        rules: Mapping[RuleId, Rule],
        lineages: Mapping[StepId, Iterable[StepId]] | None = None,
        store: Store | None = None,
        others: Iterable[Pattern] = (),
        phrases: Iterable[Phrase] = (),
        judged: frozenset[RuleId] = frozenset(),
    ) -> None:
        """Compile `rules`; raises `PackError` where they refer to one another in a circle.

        `store` keeps the compiled phrases for the next time. `others` are listened for besides:
        their keys are no numbers, and `phrases` are what they were made of. `judged` are rules
        that somebody has opinions on: whether they hold does not follow from words alone.
        """
        maker = Maker(rules, judged)
        self.judged = judged
        made = {id: maker.make(rule) for id, rule in rules.items()}
        made |= {ready.rule.id: ready for ready in maker.nameless}
        self.ordered = tuple(made[id] for id in _order({id: it.rule for id, it in made.items()}))
        """In such an order that a rule comes after those that it refers to."""
        others = tuple(others)
        self._kept = _Anywhere(store)
        self.matcher = _matcher((*others, *maker.patterns), (*phrases, *maker.phrases), self._kept)
        self.is_measured = maker.is_measured
        """Whether any of them depends on measures of the call."""
        self._others = frozenset(other.key for other in others)
        self._sounds, self._vetoes = tuple(maker.sounds), tuple(maker.vetoes)
        self.lineages = {id: frozenset(line) for id, line in (lineages or {}).items()}
        """Each step and those that it uses."""
        self._chances = tuple(maker.chances)
        self._whole = _in_force(self.ordered, self._chances)
        self._is_dated = any(it.rule.since or it.rule.until for it in self.ordered)
        self._dated: dict[tuple[RuleId, ...], InForce] = {}
        """Those in force on some day, by which they are: no more than their dates tell apart."""
        self._read: dict[str, Reading] = {}
        self._earlier: dict[str, Reading] = {}
        """What was in `_read` when that was half of all that is remembered."""
        self._characters = 0
        """Of the texts in `_read`."""

    @cached_property
    def sounds(self) -> SoundMatcher | None:
        """Return what finds phrases by their sound; None where no rule wants it.

        It is made when a voice is listened to: the first time it takes longer than all the rest.
        """
        return _sounds_of(self._sounds, self._vetoes, self._kept) if self._sounds else None

    @property
    def sounding_keys(self) -> frozenset[str]:
        """Return the keys of the phrases that are listened for by their sound."""
        return frozenset(pattern.key for pattern in self._sounds)

    def read(self, text: str) -> Reading:
        """Return a text with the phrases that occur in it; what was read lately is remembered.

        Agents say what their script says, customers say yes, a recogniser's last partial words are
        often the final ones, and an utterance is asked for several times. What is said again and
        again is never forgotten, however much is said once in between.
        """
        reading = self._read.get(text)
        if reading is None:
            reading = self._earlier.pop(text, None) or self._reading(text)
            self._characters += len(text)
            if self._characters > MOST_READ // 2:
                self._earlier, self._read, self._characters = self._read, {}, len(text)
            self._read[text] = reading
        return reading

    def _reading(self, text: str) -> Reading:
        tokens = tokenise(text)
        hits = self.matcher.by_key(tokens)
        keys = frozenset(hits)
        others = keys & self._others
        return Reading(text, tokens, hits, map(int, keys - others), others)

    def heard(self, reading: Reading) -> Signs:
        """Return the phrases of rules that occur in a text, and those that it sounds like."""
        if reading.heard is None:
            reading.heard = reading.signs.more(self.sounding(reading))
        return reading.heard

    def sounding(self, reading: Reading) -> Sequence[tuple[int, Place]]:
        """Return the phrases that a text sounds like, beside those that occur in it, by leaf."""
        if self.sounds is None:
            return ()
        if reading.sounding is None:
            found = self.sounds.find(reading.text, reading.tokens, reading.leaves)
            reading.sounding = [_place(like) for like in found]
        return reading.sounding

    def is_leaf(self, key: str) -> bool:
        """Tell whether a phrase of that key is of a rule."""
        return key not in self._others

    def on(self, day: date | None) -> "InForce":
        """Return the rules that are in force on a day; None: all of them."""
        if day is None or not self._is_dated:
            return self._whole
        rules = tuple(
            ready
            for ready in self.ordered
            if (ready.rule.since is None or ready.rule.since <= day)
            and (ready.rule.until is None or day <= ready.rule.until)
        )
        ids = tuple(ready.rule.id for ready in rules)
        known = self._dated.get(ids)
        if known is None:
            known = self._dated[ids] = _in_force(rules, self._chances)
        return known


def _place(like: SoundHit) -> tuple[int, Place]:
    first, past = like.first, like.past
    place = (like.start, like.end, first, past, like.phrase, like.taken_for, like.confidence, ())
    return int(like.key), place


def _matcher(
    patterns: tuple[Pattern, ...], phrases: Iterable[Phrase], kept: "_Anywhere"
) -> Matcher:
    """Return a matcher for patterns; a large pack takes seconds the first time.

    Raises `PackError` for one that cannot be read, with the place of the phrase that it is from.
    """
    try:
        return _matcher_of(patterns, kept)
    except PhraseError as error:
        raise _at_fault(phrases, error) from error


def _at_fault(phrases: Iterable[Phrase], error: PhraseError) -> PackError:
    """Return what is wrong with the first phrase that cannot be read, with its place."""
    for phrase in phrases:
        try:
            sequences(phrase.text.value)
        except PhraseError as found:
            place, what = phrase.text.place, found.message
            return PackError("{place}: {problem}", found.hint, place=place, problem=what)
    return PackError("{problem}", error.hint, problem=error.message)


class _Anywhere:
    """A store, all alike: which one keeps the compiled phrases changes nothing that is found."""

    __slots__ = ("store",)

    def __init__(self, store: Store | None) -> None:
        self.store = store

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Anywhere)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=8)
def _matcher_of(patterns: tuple[Pattern, ...], kept: _Anywhere) -> Matcher:
    return Matcher(patterns, store=kept.store)


@lru_cache(maxsize=4)
def _sounds_of(
    patterns: tuple[SoundPattern, ...], vetoes: tuple[Pattern, ...], kept: _Anywhere
) -> SoundMatcher:
    return SoundMatcher(patterns, vetoes, kept.store)


@dataclass(frozen=True, slots=True)
class InForce:
    """Rules in order, and which of them to ask when; sets of rules have a bit for each place."""

    rules: tuple[Ready, ...]
    by_speaker: Mapping[Speaker, "Asked"]
    of_calls: int
    """Those of the scope `call`."""
    places: Mapping[RuleId, int]
    named: frozenset[RuleId]
    """Those that no compiler has made of a part of another one."""
    chances: Mapping[Trigger, int]
    """The chances that a leaf or a rule gives where it is hit."""


class Asked:
    """Which rules to ask for an utterance of one speaker."""

    __slots__ = ("_always", "_certain", "_chances", "by_trigger")

    def __init__(
        self, rules: Iterable[Ready], speaker: Speaker, chances: Mapping[Trigger, int], certain: int
    ) -> None:
        self._always = 0
        self._chances = chances
        self._certain = certain
        """The chances that there always are."""
        self.by_trigger: dict[Trigger, int] = {}
        """Which to ask where a leaf or a rule was hit."""
        for place, ready in enumerate(rules):
            if ready.overall is not None or ready.speaker not in (None, speaker):
                continue
            triggers = trigger_of(ready.needs)
            if not triggers:
                self._always |= 1 << place
            for trigger in triggers:
                self.by_trigger[trigger] = self.by_trigger.get(trigger, 0) | 1 << place

    def outlook(self, reading: Reading, signs: Signs) -> Outlook:
        """Return what may come of an utterance by its words."""
        known = signs.outlooks.get(self)
        if known is None:
            asked, chances = self._always, self._certain
            for trigger in (*signs.leaves, *self._other_signs(reading)):
                asked |= self.by_trigger.get(trigger, 0)
                chances |= self._chances.get(trigger, 0)
            known = signs.outlooks[self] = Outlook(asked, chances)
        return known

    def _other_signs(self, reading: Reading) -> Iterator[Trigger]:
        """Yield what an utterance holds besides phrases; what no rule waits for may be there."""
        if NUMBERS not in self.by_trigger or reading.numbers:
            yield NUMBERS
        if QUESTIONS not in self.by_trigger or reading.questions:
            yield QUESTIONS


def _in_force(rules: tuple[Ready, ...], made_by: Iterable[frozenset[Trigger]]) -> InForce:
    certain = 0
    chances: dict[Trigger, int] = {}
    for number, triggers in enumerate(made_by):
        if not triggers:
            certain |= 1 << number
        for trigger in triggers:
            chances[trigger] = chances.get(trigger, 0) | 1 << number
    return InForce(
        rules,
        {speaker: Asked(rules, speaker, chances, certain) for speaker in Speaker},
        sum(1 << place for place, ready in enumerate(rules) if ready.overall is not None),
        {ready.rule.id: place for place, ready in enumerate(rules)},
        frozenset(ready.rule.id for ready in rules if not is_nameless(ready.rule.id)),
        chances,
    )


def _order(rules: Mapping[RuleId, Rule]) -> tuple[RuleId, ...]:
    """Return the ids so that a rule comes after those that it refers to."""
    sorter: TopologicalSorter[RuleId] = TopologicalSorter()
    lifted: dict[str, list[RuleId]] = {}
    for id in filter(is_nameless, rules):
        lifted.setdefault(id.partition("/")[0], []).append(id)
    for id, rule in rules.items():
        known = [other for other in references(rule.condition) if other in rules]
        sorter.add(id, *known, *lifted.get(id, ()))
    try:
        return tuple(sorter.static_order())
    except CycleError as error:
        raise PackError(
            "rules refer to one another in a circle: {path}",
            "let one of them stand on its own",
            path=" → ".join(error.args[1]),
        ) from None
