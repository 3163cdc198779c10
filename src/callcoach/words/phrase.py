"""The phrase notation of the packs, and the sequences of tokens that a phrase stands for.

==================  =====================================================================
``how are you``     these words, next to each other
``(lend|give) me``  one of the alternatives; one may be several words, or empty
``thank you [so]``  what stands in brackets may be left out
``pay ... today``   up to five other words between; ``...2`` up to two
``owe us #``        any number in digits
==================  =====================================================================

Chinese is written without spaces: every character is a word.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from callcoach.errors import CallcoachError
from callcoach.words.normalise import tokenise

ANY_NUMBER = "#"
DEFAULT_GAP = 5
MAX_GAP = 40
MAX_SEQUENCES = 2000
MAX_DEPTH = 20
"""How deeply brackets may stand inside one another."""


class PhraseError(CallcoachError):
    """A phrase that is not written in the notation above."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `most` tokens of any kind."""

    most: int


Element = str | Gap
Sequence = tuple[Element, ...]
"""Tokens and gaps in order; it neither begins nor ends with a gap."""


def sequences(phrase: str) -> tuple[Sequence, ...]:
    """Return every sequence of tokens that `phrase` stands for.

    Raises `PhraseError` for unbalanced brackets, a phrase without a word, one that is nested
    deeper than `MAX_DEPTH` or stands for more than `MAX_SEQUENCES` sequences.
    """
    found = _Reader(phrase).read()
    unique = dict.fromkeys(_trim(sequence) for sequence in found)
    if () in unique:
        raise PhraseError(
            "the phrase can match without a single word",
            "leave at least one word outside of the square brackets",
        )
    return tuple(unique)


def _trim(sequence: Sequence) -> Sequence:
    """Return a sequence without gaps at its ends, neighbouring gaps joined."""
    joined: list[Element] = []
    for element in sequence:
        last = joined[-1] if joined else None
        if isinstance(element, Gap) and isinstance(last, Gap):
            joined[-1] = Gap(min(last.most + element.most, MAX_GAP))
        elif not (isinstance(element, Gap) and not joined):
            joined.append(element)
    if joined and isinstance(joined[-1], Gap):
        joined.pop()
    return tuple(joined)


def _refuse_many(count: int) -> None:
    """Stop at more sequences than a phrase may stand for."""
    if count > MAX_SEQUENCES:
        raise PhraseError(
            "the phrase stands for more than {most} sequences of words",
            "write it as several shorter phrases",
            most=MAX_SEQUENCES,
        )


class _Reader:
    """Reads one phrase from left to right."""

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        self.at = 0
        self.depth = 0

    def read(self) -> list[Sequence]:
        found = self._alternatives("")
        if self.at < len(self.phrase):
            raise PhraseError(
                "“{mark}” closes nothing",
                "write ( or [ before it, or leave it out",
                mark=self.phrase[self.at],
            )
        return found

    def _alternatives(self, closing: str) -> list[Sequence]:
        """Read up to `closing`; return the sequences of all alternatives."""
        found = self._row()
        while self._peek() == "|":
            self.at += 1
            found += self._row()
            _refuse_many(len(found))
        if closing:
            if self._peek() != closing:
                raise PhraseError(
                    "“{mark}” is missing", "close every ( with ) and [ with ]", mark=closing
                )
            self.at += 1
        return found

    def _row(self) -> list[Sequence]:
        """Read elements that follow one another; return their product."""
        parts: list[list[Sequence]] = []
        count = 1
        for part in self._elements():
            parts.append(part)
            count *= len(part)
            _refuse_many(count)
        return [sum(combination, ()) for combination in product(*parts)]

    def _elements(self) -> Iterator[list[Sequence]]:
        while (char := self._peek()) not in ("", "|", ")", "]"):
            if char == "(":
                yield self._bracket(")")
            elif char == "[":
                yield [*self._bracket("]"), ()]
            elif self.phrase.startswith(("...", "…"), self.at):
                yield [(self._gap(),)]
            elif char == ANY_NUMBER:
                self.at += 1
                yield [(ANY_NUMBER,)]
            else:
                yield [tokenise(self._text()).words]

    def _bracket(self, closing: str) -> list[Sequence]:
        """Read a bracket; return the sequences of its alternatives."""
        if self.depth == MAX_DEPTH:
            raise PhraseError(
                "more than {most} brackets stand inside one another",
                "write it as several simpler phrases",
                most=MAX_DEPTH,
            )
        self.at += 1
        self.depth += 1
        found = self._alternatives(closing)
        self.depth -= 1
        self._refuse_regex(closing)
        return found

    def _refuse_regex(self, closing: str) -> None:
        """Stop at what a regular expression would have after a bracket."""
        if self._peek() in ("?", "*", "+", "{"):
            raise PhraseError(
                "“{marks}” is not part of the notation",
                "write [words] for what may be left out; phrases are no regular expressions",
                marks=closing + self._peek(),
            )

    def _peek(self) -> str:
        return self.phrase[self.at : self.at + 1]

    def _gap(self) -> Gap:
        self.at += 1 if self._peek() == "…" else 3
        while self._peek() in (".", "…"):
            self.at += 1
        digits = ""
        while self._peek().isdecimal():
            digits += self._peek()
            self.at += 1
        if not digits:
            return Gap(DEFAULT_GAP)
        if len(digits) > len(str(MAX_GAP)) or not 1 <= int(digits) <= MAX_GAP:
            raise PhraseError(
                "a gap of {words} words is not possible",
                "write ...1 to ...{most}",
                words=digits[:9],
                most=MAX_GAP,
            )
        return Gap(int(digits))

    def _text(self) -> str:
        begin = self.at
        while self._peek() not in ("", "(", ")", "[", "]", "|", "…", ANY_NUMBER) and (
            not self.phrase.startswith("...", self.at)
        ):
            self.at += 1
        return self.phrase[begin : self.at]
