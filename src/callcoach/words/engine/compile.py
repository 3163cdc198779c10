"""Compiles phrases into a program: segments into one automaton, the rest into rows of segments."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final, assert_never

from callcoach.words.engine.codes import Alphabet
from callcoach.words.engine.program import (
    NO_ANCHOR,
    NUMBER,
    PARTS,
    STUMBLE,
    WHOLES,
    Lists,
    Pattern,
    Program,
    Row,
)
from callcoach.words.engine.thin import FILLERS, STUTTERED
from callcoach.words.phrase import Choice, Gap, Number, Part, Words, may_be_empty, parse, trim
from callcoach.words.phrase import Row as Parts

_Piece = Choice | Gap | Number
"""A segment, or what stands between segments."""
_Nodes = frozenset[int]
_STUMBLES: Final = Choice(
    (
        *((Words((word,)),) for word in sorted(FILLERS)),
        *((Words((word, word)),) for word in sorted(STUTTERED)),
    )
)
"""Looked for like any segment: a pass of its own over the codes would take half as long again."""


def compile_patterns(patterns: Iterable[Pattern], alphabet: Alphabet) -> Program:
    """Return the program of `patterns`, whose words `alphabet` learns.

    Raises `PhraseError` for a pattern that is not in the notation.
    """
    return _Compiler(tuple(dict.fromkeys(patterns)), alphabet).program()


def pieces(phrase: str) -> tuple[tuple[_Piece, ...], ...]:
    """Return the rows of pieces of a phrase; together they stand for its `sequences`.

    Alternatives stay together in a segment unless one of them holds a gap or a number. A segment
    is at least one token long wherever it occurs.
    """
    found: dict[tuple[_Piece, ...], None] = {}
    for row in _split_choice(parse(phrase)):
        for present in product(*map(_presence, row)):
            trimmed = trim(sum(present, ()))
            if trimmed:
                found[trimmed] = None
    return tuple(found)


def _presence(piece: _Piece) -> tuple[tuple[_Piece, ...], ...]:
    """Return a piece as there and, where it may be left out, as not there."""
    if isinstance(piece, Choice) and may_be_empty(piece):
        return (piece,), ()
    return ((piece,),)


def _split_choice(choice: Choice) -> Iterator[tuple[_Piece, ...]]:
    """Yield the rows of a tree, with as few segments as can be."""
    plain = tuple(row for row in choice.rows if _is_plain(row))
    if plain:
        yield (Choice(plain),)
    for row in choice.rows:
        if row not in plain:
            for combination in product(*map(_split_part, row)):
                yield tuple(_join(sum(combination, ())))


def _split_part(part: Part) -> list[tuple[_Piece, ...]]:
    match part:
        case Words():
            return [(Choice(((part,),)),)]
        case Gap() | Number():
            return [(part,)]
        case Choice():
            return list(_split_choice(part))
    assert_never(part)


def _join(row: tuple[_Piece, ...]) -> Iterator[_Piece]:
    """Yield a row with neighbouring segments made one."""
    held: tuple[Part, ...] = ()
    for piece in row:
        if isinstance(piece, Choice):
            held += piece.rows[0] if len(piece.rows) == 1 else (piece,)
            continue
        if held:
            yield Choice((held,))
        held = ()
        yield piece
    if held:
        yield Choice((held,))


def _is_plain(row: Parts) -> bool:
    """Tell whether there is neither a gap nor a number in a row."""
    return all(
        isinstance(part, Words) or (isinstance(part, Choice) and all(map(_is_plain, part.rows)))
        for part in row
    )


def _rarity(part: Part) -> tuple[int, int]:
    """Return how many tokens, and how many letters, a part without gaps is long at least."""
    match part:
        case Words(words):
            return len(words), sum(map(len, words))
        case Choice(rows):
            return min(_length(map(_rarity, row)) for row in rows)
        case Gap() | Number():
            return 0, 0
    assert_never(part)


def _length(parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    tokens, letters = 0, 0
    for more_tokens, more_letters in parts:
        tokens, letters = tokens + more_tokens, letters + more_letters
    return tokens, letters


class _Compiler:
    """Builds the nodes of all segments one after another."""

    def __init__(self, patterns: tuple[Pattern, ...], alphabet: Alphabet) -> None:
        self.patterns = patterns
        self.alphabet = alphabet
        self.moves: list[list[tuple[str, int]]] = [[], []]
        self.ends: list[list[int]] = [[], []]
        self.segments: dict[Choice, int] = {}
        self.wholes: list[list[int]] = []
        self._segment(_STUMBLES)

    def program(self) -> Program:
        rows: list[Row] = []
        anchors: list[int] = []
        for at, pattern in enumerate(self.patterns):
            for row in pieces(pattern.phrase):
                if len(row) == 1 and isinstance(row[0], Choice):
                    self.wholes[self._segment(row[0])].append(at)
                else:
                    rows.append(Row(at, tuple(map(self._element, row))))
                    choices = [piece for piece in row if isinstance(piece, Choice)]
                    longest = max(choices, key=_rarity, default=None)
                    anchors.append(NO_ANCHOR if longest is None else self._segment(longest))
        wholes = (segment for segment, whole in enumerate(self.wholes) if whole)
        self._begin(
            WHOLES, (STUMBLE, *wholes, *(anchor for anchor in anchors if anchor != NO_ANCHOR))
        )
        self._begin(PARTS, (one for row in rows for one in row.elements if one >= 0))
        return Program(
            self.patterns,
            self.alphabet.words,
            "".join(code for moves in self.moves for code, _ in moves),
            Lists.of([node for _, node in moves] for moves in self.moves),
            Lists.of(self.ends),
            Lists.of(self.wholes),
            tuple(rows),
            tuple(anchors),
        )

    def _element(self, piece: _Piece) -> int:
        match piece:
            case Gap(most):
                return NUMBER - most
            case Number():
                return NUMBER
            case Choice():
                return self._segment(piece)
        assert_never(piece)

    def _segment(self, choice: Choice) -> int:
        """Return the number of a segment, which it gets where it is new."""
        if choice not in self.segments:
            self.segments[choice] = len(self.segments)
            self.wholes.append([])
        return self.segments[choice]

    def _begin(self, root: int, segments: Iterable[int]) -> None:
        """Add nodes for `segments` that begin at `root`."""
        choices = list(self.segments)
        for segment in sorted(set(segments)):
            entry = frozenset((root,))
            for node in self._choice(choices[segment], entry) - entry:
                self.ends[node].append(segment)

    def _choice(self, choice: Choice, entries: _Nodes) -> _Nodes:
        """Add nodes for a tree that begins at `entries`; return those at which it ends."""
        found: set[int] = set()
        for row in choice.rows:
            nodes = entries
            for part in row:
                if isinstance(part, Choice):
                    nodes = self._choice(part, nodes)
                elif isinstance(part, Words):
                    for word in part.words:
                        nodes = self._word(word, nodes)
            found |= nodes
        return frozenset(found)

    def _word(self, word: str, entries: _Nodes) -> _Nodes:
        code = self.alphabet.learn(word)
        node = len(self.moves)
        self.moves.append([])
        self.ends.append([])
        for entry in entries:
            self.moves[entry].append((code, node))
        return frozenset((node,))
