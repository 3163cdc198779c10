"""Lets a number be found however it was said: `4100`, `四千一百`, `four thousand one hundred`.

Behind the words of an utterance the index has a term for each number in it, `_4100`, which no word
can be; a search for a number looks for the words as they are written, or for that term.
"""

from collections.abc import Iterator, Sequence

from callcoach.archive.search.query import Both, Either, Node, Words
from callcoach.words.normalise import is_character
from callcoach.words.numbers.find import find_numbers
from callcoach.words.numbers.model import NumberSpan

_SIGN = "_"
_LEAST, _FEWEST = 13, 3
"""Smaller numbers, and fewer digits, are words of other meanings, too: one, 三, 十二."""


def number_terms(words: tuple[str, ...]) -> Iterator[str]:
    """Yield the terms for the numbers among the tokens of an utterance."""
    return (term for number in find_numbers(words) if (term := _term(number)))


def _term(number: NumberSpan) -> str:
    """Return the term for a number: its digits where it was said so, else its value."""
    if number.digits:
        is_large = len(number.digits) >= _FEWEST or number.value >= _LEAST
        return f"{_SIGN}{number.digits}" if is_large else ""
    return f"{_SIGN}{number.value.normalize():f}" if number.value >= _LEAST else ""


def is_number_term(words: tuple[str, ...]) -> bool:
    """Tell whether what is looked for is a number, not words."""
    return words[0].startswith(_SIGN)


def places_of(term: str, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield the first token and the one past the last of each number of a term among tokens."""
    return ((it.first, it.past) for it in find_numbers(words) if _term(it) == term)


def with_numbers(run: Sequence[Words]) -> list[Node]:
    """Return words that were written one after another; a number among them in any way it is said.

    Each of `run` is a word or a run of Chinese characters, none of them quoted.
    """
    if any(one.is_prefix for one in run):
        return list(run)
    if all(len(one.words) == 1 for one in run):
        return _alone(tuple(one.words[0] for one in run))
    return [_within(one) if any(map(is_character, one.words)) else one for one in run]


def _alone(words: tuple[str, ...]) -> list[Node]:
    """Return words that may stand apart; those of a number also as the number."""
    found: list[Node] = []
    at = 0
    for number in find_numbers(words):
        if term := _term(number):
            said = [Words((word,)) for word in words[number.first : number.past]]
            found += (Words((word,)) for word in words[at : number.first])
            found.append(Either((_all(said), Words((term,)))))
            at = number.past
    return found + [Words((word,)) for word in words[at:]]


def _within(one: Words) -> Node:
    """Return a run of characters, or what stands beside its numbers, and these in any way."""
    parts: list[Node] = []
    at = 0
    for number in find_numbers(one.words):
        if term := _term(number):
            parts += [Words(one.words[at : number.first])] if number.first > at else []
            parts.append(Words((term,)))
            at = number.past
    if not parts:
        return one
    parts += [Words(one.words[at:])] if at < len(one.words) else []
    return Either((one, _all(parts)))


def _all(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Both(tuple(parts))
