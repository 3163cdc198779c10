"""Compiles phrases into a program: segments into one automaton, the rest into rows of segments."""

from collections.abc import Collection, Iterable, Iterator
from itertools import product
from typing import Final, assert_never

from callcoach.words.engine.codes import Alphabet
from callcoach.words.engine.needs import needs_of
from callcoach.words.engine.program import (
    NUMBER,
    ROOT,
    Lists,
    Pattern,
    Program,
    Row,
    sorted_by,
)
from callcoach.words.engine.thin import FILLERS, STUTTERED
from callcoach.words.phrase import (
    ANY_NUMBER,
    GAPS,
    Choice,
    Gap,
    Number,
    Part,
    Words,
    may_be_empty,
    parse,
    trim,
)
from callcoach.words.phrase import Row as Parts

_Piece = Choice | Gap | Number
"""A segment, or what stands between segments."""
_APART: Final = (ANY_NUMBER, *GAPS)
"""A phrase without any of these is one segment."""
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
    tree = parse(phrase)
    if not any(mark in phrase for mark in _APART):
        return ((tree,),)
    found: dict[tuple[_Piece, ...], None] = {}
    for row in _split_choice(tree):
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
    for part in row:
        if isinstance(part, Choice):
            for inner in part.rows:
                if not _is_plain(inner):
                    return False
        elif not isinstance(part, Words):
            return False
    return True


class _Compiler:
    """Builds the nodes of all segments one after another."""

    def __init__(self, patterns: tuple[Pattern, ...], alphabet: Alphabet) -> None:
        self.patterns = patterns
        self.alphabet = alphabet
        self.codes: dict[str, str] = {}
        self.nodes = 1
        self.sources: list[int] = []
        """By move: where it leads from. A list for each node would be one more for the collector
        to go through again and again, and compiling would take a quarter longer."""
        self.moved: list[str] = []
        self.targets: list[int] = []
        self.ended: list[int] = []
        """By end: its node, and in `ending` the segment that ends there."""
        self.ending: list[int] = []
        self.segments: dict[Choice, int] = {}
        self.wholes: list[list[int]] = []
        self._segment(_STUMBLES)

    def program(self) -> Program:
        rows: list[Row] = []
        for at, pattern in enumerate(self.patterns):
            for row in pieces(pattern.phrase):
                if len(row) == 1 and isinstance(row[0], Choice):
                    self.wholes[self._segment(row[0])].append(at)
                else:
                    rows.append(Row(at, tuple(map(self._element, row))))
        self._spell()
        by_code = sorted_by(self.moved)
        sources = [self.sources[at] for at in by_code]
        targets = [self.targets[at] for at in by_code]
        return Program(
            self.patterns,
            self.alphabet.words,
            "".join([self.moved[by_code[at]] for at in sorted_by(sources)]),
            Lists.grouped(targets, sources, self.nodes),
            Lists.grouped(self.ending, self.ended, self.nodes),
            Lists.of(self.wholes),
            tuple(rows),
            needs_of(rows, len(self.wholes)),
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

    def _spell(self) -> None:
        """Add nodes for all segments."""
        for choice, segment in self.segments.items():
            for node in self._choice(choice, (ROOT,)):
                if node != ROOT:
                    self.ended.append(node)
                    self.ending.append(segment)

    def _choice(self, choice: Choice, entries: Collection[int]) -> Collection[int]:
        """Add nodes for a tree that begins at `entries`; return those at which it ends."""
        found: set[int] = set()
        for row in choice.rows:
            nodes = entries
            for part in row:
                if isinstance(part, Choice):
                    nodes = self._choice(part, nodes)
                elif isinstance(part, Words):
                    for word in part.words:
                        nodes = (self._word(word, nodes),)
            found.update(nodes)
        return found

    def _word(self, word: str, entries: Iterable[int]) -> int:
        """Add a node that a word leads to from `entries`."""
        code = self.codes.get(word)
        if code is None:
            code = self.codes[word] = self.alphabet.learn(word)
        node = self.nodes
        self.nodes += 1
        for entry in entries:
            self.sources.append(entry)
            self.moved.append(code)
            self.targets.append(node)
        return node
