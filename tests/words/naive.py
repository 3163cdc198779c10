"""A matcher that tries every sequence at every word: slow, plain, and what the fast ones must be.

It knows nothing of codes, segments or automata; only what a token, a number, a hesitation and a
sequence of the notation are.
"""

from collections.abc import Iterable, Iterator, Sequence

from callcoach.words import phrase as notation
from callcoach.words.engine.thin import FILLERS, STUTTERED
from callcoach.words.match import Hit, Pattern
from callcoach.words.normalise import tokenise
from callcoach.words.numbers import find_numbers
from callcoach.words.phrase import ANY_NUMBER, Gap, sequences

_Span = tuple[int, int]


def naive_hits(wanted: Iterable[Pattern], text: str) -> tuple[Hit, ...]:
    """Return the hits of `wanted` in `text`."""
    patterns = list(dict.fromkeys(wanted))
    tokens = tokenise(text)
    plain = [(at, at + 1) for at in range(len(tokens.words))]
    thinned = _thinned(tokens.words)
    rounds = [plain] if thinned == plain else [plain, thinned]
    found: list[Hit] = []
    for key in {pattern.key for pattern in patterns}:
        vetoes = [
            span
            for places in rounds
            for pattern in patterns
            if pattern.key == key and pattern.veto
            for span in _spans(pattern, tokens.words, places)
        ]
        taken: list[_Span] = []
        for places in rounds:
            candidates = sorted(
                (first, -past, at)
                for at, pattern in enumerate(patterns)
                if pattern.key == key and not pattern.veto
                for first, past in _spans(pattern, tokens.words, places)
            )
            for first, minus_past, at in candidates:
                past = -minus_past
                if not any(first < end and begin < past for begin, end in (*vetoes, *taken)):
                    taken.append((first, past))
                    start, end = tokens.starts[first], tokens.ends[past - 1]
                    found.append(Hit(key, patterns[at].phrase, start, end, first, past))
    return tuple(sorted(found, key=lambda hit: (hit.start, hit.end, hit.key)))


def _thinned(words: Sequence[str]) -> list[_Span]:
    """Return the tokens that are no hesitation, each with its first and past its last copy."""
    kept: list[tuple[str, int, int]] = []
    for at, word in enumerate(words):
        if word in FILLERS:
            continue
        if kept and kept[-1][0] == word and word in STUTTERED:
            kept[-1] = (word, kept[-1][1], at + 1)
        else:
            kept.append((word, at, at + 1))
    return [(first, past) for _, first, past in kept]


def _spans(pattern: Pattern, words: Sequence[str], places: Sequence[_Span]) -> set[_Span]:
    """Return the tokens at which a pattern matches those at `places`.

    It begins with the last copy of a stutter and ends with the first.
    """
    said = tuple(words[first] for first, _ in places)
    numbers = {(span.first, span.past) for span in find_numbers(said)}
    numbers |= {(at, at + 1) for at, word in enumerate(said) if word[0].isdecimal()}
    found: set[_Span] = set()
    for sequence in sequences(pattern.phrase):
        for start in range(len(said)):
            for end in _ends(sequence, said, numbers, start):
                first, past = places[start][1] - 1, places[end - 1][0] + 1
                if first < past:
                    found.add((first, past))
    return found


def _ends(
    sequence: notation.Sequence, words: Sequence[str], numbers: set[_Span], at: int
) -> Iterator[int]:
    """Yield where a sequence that begins at a word may end."""
    if not sequence:
        yield at
        return
    first, rest = sequence[0], sequence[1:]
    if isinstance(first, Gap):
        for skipped in range(first.most + 1):
            yield from _ends(rest, words, numbers, at + skipped)
    elif first == ANY_NUMBER:
        for begin, past in numbers:
            if begin == at:
                yield from _ends(rest, words, numbers, past)
    elif at < len(words) and words[at] == first:
        yield from _ends(rest, words, numbers, at + 1)
