"""Conditions on the words of one utterance by themselves: phrases, numbers, questions, likeness."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from msgspec.structs import replace

from callcoach.call.rules.reading import Place, Reading
from callcoach.call.rules.talk import NO, TRUE, YES, Found, Talk, Verdict, decided
from callcoach.script.measures import MONEY
from callcoach.script.rules import At
from callcoach.words.negation import is_negated
from callcoach.words.normalise import Tokens
from callcoach.words.phrase import edges
from callcoach.words.regular import Regular
from callcoach.words.similar import most_similar
from callcoach.words.values import find_value

_EASY = frozenset(
    (
        *("um", "uh", "er", "erm", "hm", "hmm", "mm", "ah", "oh", "well", "so", "and", "but"),
        *("okay", "ok", "alright", "hi", "hello", "hey", "please", "sir", "madam", "now", "just"),
        *(
            "嗯",
            "呃",
            "啊",
            "哦",
            "喔",
            "噢",
            "唉",
            "诶",
            "哎",
            "喂",
            "那",
            "呀",
            "吧",
            "呢",
            "了",
            "哈",
            "嘛",
        ),
    )
)
"""Words that may stand before the start, or after the end, of an utterance."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Phrases, found by the one automaton for all of them."""

    number: int

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the phrases that occur."""
        places = talk.signs[index].places(self.number)
        if not places:
            return NO
        return Verdict(TRUE, tuple([Found(index, *place) for place in places]))


class Standing:
    """Phrases that have to stand somewhere in the utterance, or must not be negated."""

    def __init__(self, number: int, where: At, margin: int, may_be_negated: bool) -> None:
        self._number = number
        self._margin = margin
        self._is_start = where is At.START or where is At.WHOLE
        self._is_end = where is At.END or where is At.WHOLE
        self._may_be_negated = may_be_negated

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the phrases that stand where they have to."""
        places = talk.signs[index].places(self._number)
        if not places:
            return NO
        reading = talk.readings[index]
        return decided([Found(index, *place) for place in places if self._counts(reading, place)])

    def _counts(self, reading: Reading, place: Place) -> bool:
        _, _, first, past, phrase, *_ = place
        words = reading.tokens.words
        before, after = edges(phrase)
        if self._is_start and _hard(words[:first]) > before + self._margin:
            return False
        if self._is_end and _hard(words[past:]) > after + self._margin:
            return False
        return self._may_be_negated or not is_negated(reading.text, reading.tokens, first)


def _hard(words: Sequence[str]) -> int:
    """Return how many words are no small ones."""
    return sum(1 for word in words if word not in _EASY)


@dataclass(frozen=True, slots=True)
class Matching:
    """Regular expressions."""

    expressions: tuple[Regular, ...]
    is_negated: bool

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return where they match; or, negated, that none does."""
        reading = talk.readings[index]
        spans = [span for expression in self.expressions for span in expression.spans(reading.text)]
        if self.is_negated:
            return NO if spans else YES
        return decided(
            _of_characters(reading.tokens, index, start, end) for start, end in sorted(set(spans))
        )


def _of_characters(tokens: Tokens, index: int, start: int, end: int) -> Found:
    """Return a stretch of an utterance's characters as a hit."""
    first = sum(1 for past in tokens.ends if past <= start)
    return Found(index, start, end, first, sum(1 for begin in tokens.starts if begin < end))


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers between bounds, of one unit or any."""

    least: Decimal | None
    most: Decimal | None
    unit: str | None

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the numbers that are accepted; money by its sign or by its word."""
        reading = talk.readings[index]
        if not reading.numbers:
            return NO
        if self.unit is None or not (self.unit == MONEY or self.unit.isupper()):
            return decided(
                talk.span(index, number.first, number.past)
                for number in reading.numbers
                if self.unit in (None, number.unit) and self._is_between(number.value)
            )
        return decided(
            _of_characters(reading.tokens, index, amount.start, amount.end)
            for amount in reading.amounts
            if self.unit in (MONEY, amount.currency) and self._is_between(amount.value)
        )

    def _is_between(self, value: Decimal) -> bool:
        is_enough = self.least is None or value >= self.least
        return is_enough and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class Alike:
    """Sentences much like given ones."""

    sentences: tuple[str, ...]
    score: float

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the stretch of words most alike, where it is alike enough."""
        words = talk.readings[index].tokens.words
        best, sentence = (0.0, 0, 0), ""
        for wanted in self.sentences if words else ():
            found = most_similar(words, wanted)
            if found[0] > best[0]:
                best, sentence = found, wanted
        score, first, past = best
        if score < self.score:
            return NO
        hit = replace(talk.span(index, first, past), taken_for=sentence, confidence=score)
        return Verdict(TRUE, (hit,))


@dataclass(frozen=True, slots=True)
class Value:
    """What is known before the call, such as the agent's name."""

    name: str
    in_part: bool

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return where it is said; nothing where the call does not know it."""
        value = talk.attributes.get(self.name, "")
        if not value:
            return NO
        words = talk.readings[index].tokens.words
        return decided(
            talk.span(index, first, past) for first, past in find_value(words, value, self.in_part)
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions, of one kind or any."""

    wants_open: bool | None

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the sentences that ask."""
        return decided(
            talk.span(index, question.first, question.past)
            for question in talk.readings[index].questions
            if self.wants_open is None or question.is_open is self.wants_open
        )
