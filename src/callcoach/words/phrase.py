"""The phrase notation of the packs, and the sequences of tokens that a phrase stands for.

==================  =====================================================================
``how are you``     these words, next to each other
``(lend|give) me``  one of the alternatives; one may be several words, or empty
``thank you [so]``  what stands in brackets may be left out
``pay ... today``   up to five other words between; ``...2`` up to two
``owe us #``        any number, in digits or in words
``f*ck, f***``      a word as a recogniser masks it: any run of * is like one
==================  =====================================================================

Chinese is written without spaces: every character is a word.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, product
from typing import Final, TypeVar, assert_never

import msgspec

from callcoach.errors import CallcoachError
from callcoach.words.normalise import tokenise

_Item = TypeVar("_Item")

ANY_NUMBER = "#"
DEFAULT_GAP = 5
MAX_GAP = 40
MAX_SEQUENCES = 2000
MAX_DEPTH = 20
"""How deeply brackets may stand inside one another."""

_KEPT: Final = 32_768
"""So many phrases are kept parsed: those of all packs that use one another, several times over."""

GAPS: Final = ("...", "…")
"""What a gap begins with."""
_LEXEME: Final = re.compile(r"[()\[\]|#]|(?:\.\.\.|…)[.…]*\d*|(?:[^()\[\]|#….]|\.(?!\.\.))+")
"""A mark, a gap, or a text between; every character of a phrase is in one."""


class PhraseError(CallcoachError):
    """A phrase that is not written in the notation above."""


class Gap(msgspec.Struct, frozen=True, gc=False):
    """Up to `most` tokens of any kind."""

    most: int


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number: one in digits is one token, one in words may be several."""


class Words(msgspec.Struct, frozen=True, gc=False):
    """Tokens next to each other, at least one."""

    words: tuple[str, ...]


class Choice(msgspec.Struct, frozen=True, gc=False):
    """Alternatives, each a row of parts; an empty row where the whole may be left out."""

    rows: tuple["Row", ...]


Part = Words | Number | Gap | Choice
Row = tuple[Part, ...]
Element = str | Gap
Sequence = tuple[Element, ...]
"""Tokens and gaps in order; it neither begins nor ends with a gap."""


@lru_cache(maxsize=_KEPT)
def parse(phrase: str) -> Choice:
    """Return the tree of `phrase`: what `sequences` expands and the engine compiles as it is.

    Raises `PhraseError` for unbalanced brackets, a phrase without a word, one that is nested
    deeper than `MAX_DEPTH` or stands for more than `MAX_SEQUENCES` sequences.
    """
    tree = _Reader(phrase).read()
    if may_be_empty(tree):
        raise PhraseError(
            "the phrase can match without a single word",
            "leave at least one word outside of the square brackets",
        )
    return tree


def sequences(phrase: str) -> tuple[Sequence, ...]:
    """Return every sequence of tokens that `phrase` stands for; raises what `parse` raises."""
    spelt = (trim(sequence) for row in parse(phrase).rows for sequence in spell(row))
    return tuple(dict.fromkeys(spelt))


def trim(row: tuple[_Item, ...]) -> tuple[_Item | Gap, ...]:
    """Return a row without gaps at its ends, neighbouring gaps joined."""
    joined: list[_Item | Gap] = []
    for item in row:
        last = joined[-1] if joined else None
        if isinstance(item, Gap) and isinstance(last, Gap):
            joined[-1] = Gap(min(last.most + item.most, MAX_GAP))
        elif not (isinstance(item, Gap) and not joined):
            joined.append(item)
    if joined and isinstance(joined[-1], Gap):
        joined.pop()
    return tuple(joined)


@lru_cache(maxsize=_KEPT)
def edges(phrase: str) -> tuple[int, int]:
    """Return how many further words a phrase has room for before it and after it: `hello ...2`.

    They count only for what has to open or end what is said; elsewhere anything may stand there.
    """
    rows = [row for row in parse(phrase).rows if row]
    return _room(row[0] for row in rows), _room(row[-1] for row in rows)


def _room(parts: Iterable[Part]) -> int:
    return max((part.most for part in parts if isinstance(part, Gap)), default=0)


def spell(row: Row) -> Iterator[Sequence]:
    """Yield every sequence that parts stand for, gaps as they were written; some come twice."""
    return map(tuple, map(chain.from_iterable, product(*map(_spell_part, row))))


def _spell_part(part: Part) -> Iterable[Sequence]:
    match part:
        case Words():
            return (part.words,)
        case Number():
            return ((ANY_NUMBER,),)
        case Gap():
            return ((part,),)
        case Choice():
            return chain.from_iterable(map(spell, part.rows))
    assert_never(part)


def may_be_empty(part: Part) -> bool:
    """Tell whether a part may stand for no token at all, as what can be skipped does."""
    if isinstance(part, Choice):
        for row in part.rows:
            for each in row:
                if not may_be_empty(each):
                    break
            else:
                return True
        return False
    return isinstance(part, Gap)


def _refuse_many(count: int) -> int:
    """Return how many sequences there are; stop at more than a phrase may stand for."""
    if count > MAX_SEQUENCES:
        raise PhraseError(
            "the phrase stands for more than {most} sequences of words",
            "write it as several shorter phrases",
            most=MAX_SEQUENCES,
        )
    return count


class _Reader:
    """Reads one phrase from left to right."""

    def __init__(self, phrase: str) -> None:
        self.lexemes = [*_LEXEME.findall(phrase), ""]
        """At last an empty one."""
        self.at = 0
        self.depth = 0

    def read(self) -> Choice:
        found, _ = self._alternatives("")
        if mark := self.lexemes[self.at]:
            raise PhraseError(
                "“{mark}” closes nothing",
                "write ( or [ before it, or leave it out",
                mark=mark,
            )
        return found

    def _alternatives(self, closing: str) -> tuple[Choice, int]:
        """Read up to `closing`; return the alternatives and how many sequences they are."""
        row, count = self._row()
        rows = [row]
        while self.lexemes[self.at] == "|":
            self.at += 1
            row, more = self._row()
            rows.append(row)
            count = _refuse_many(count + more)
        if closing:
            if self.lexemes[self.at] != closing:
                raise PhraseError(
                    "“{mark}” is missing", "close every ( with ) and [ with ]", mark=closing
                )
            self.at += 1
        return Choice(tuple(rows)), count

    def _row(self) -> tuple[Row, int]:
        """Read parts that follow one another; return them and how many sequences they are."""
        parts: list[Part] = []
        count = 1
        while (lexeme := self.lexemes[self.at]) not in ("", "|", ")", "]"):
            if lexeme == "(":
                choice, times = self._bracket(")")
                count = _refuse_many(count * times)
                parts.append(choice)
            elif lexeme == "[":
                choice, times = self._bracket("]")
                count = _refuse_many(count * (times + 1))
                parts.append(Choice((*choice.rows, ())))
            else:
                self.at += 1
                part = _part(lexeme)
                if part is not None:
                    parts.append(part)
        return tuple(parts), count

    def _bracket(self, closing: str) -> tuple[Choice, int]:
        """Read a bracket; return its alternatives and how many sequences they are."""
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
        after = self.lexemes[self.at][:1]
        if after in ("?", "*", "+", "{"):
            raise PhraseError(
                "“{marks}” is not part of the notation",
                "write [words] for what may be left out; phrases are no regular expressions",
                marks=closing + after,
            )


@lru_cache(maxsize=2 * _KEPT)
def _part(lexeme: str) -> Words | Number | Gap | None:
    """Return what stands between brackets; None where it holds no word. Most comes often."""
    if lexeme == ANY_NUMBER:
        return Number()
    if lexeme.startswith(GAPS):
        return _gap(lexeme.lstrip(".…"))
    words = tokenise(lexeme).words
    return Words(words) if words else None


def _gap(digits: str) -> Gap:
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
