"""Phrases between two notations: literal texts of other systems, and that of `words.phrase`.

What other systems write is literal; the marks that mean something here are taken out of it. What
packs write is read into its parts, so that each may become what another system has for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from callcoach.script.model import Phrase
from callcoach.script.place import Place, Text
from callcoach.script.wording import Language
from callcoach.words.normalise import is_character, tokenise
from callcoach.words.phrase import DEFAULT_GAP, PhraseError, sequences

NOWHERE = Place("")
"""The place of what was written in no pack."""
MAX_LITERALS = 500
"""A phrase that stands for more texts is not written out."""
_MARKS = re.compile(r"[()\[\]|#…]|\.{3,}")
_PIECE = re.compile(r"(?:\.{3}|…)[.…]*(\d*)|[()\[\]|#]|(?:(?!\.{3})[^()\[\]|#…])+")


@dataclass(frozen=True, slots=True)
class Words:
    """These words."""

    text: str


@dataclass(frozen=True, slots=True)
class AnyNumber:
    """A number."""


@dataclass(frozen=True, slots=True)
class Space:
    """Up to so many words of any kind."""

    most: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these rows; where it `may_lack`, or none of them."""

    rows: tuple["Row", ...]
    may_lack: bool


Part = Words | AnyNumber | Space | Choice
Row = tuple[Part, ...]
Flat = tuple[Words | AnyNumber | Space, ...]


def quote(text: str) -> str:
    """Return the phrase for a literal text, without the marks of the notation.

    They stand for no word, so that the phrase has the words that the text has.
    """
    return " ".join(_MARKS.sub(" ", text).split())


def literal(text: str, language: Language | None = None) -> Phrase | None:
    """Return the phrase for a literal text; None where it has no word."""
    if not tokenise(text).words:
        return None
    return Phrase(Text(quote(text), NOWHERE), language or language_of(text))


def language_of(text: str) -> Language:
    """Return the language that a text is written in: `zh` or `en`."""
    return "zh" if any(map(is_character, text)) else "en"


def is_literal(phrase: str) -> bool:
    """Tell whether a phrase has none of the marks of the notation."""
    return _MARKS.search(phrase) is None


def parse(phrase: str) -> tuple[Row, ...]:
    """Return the alternatives of a phrase. Raises `PhraseError` for one not in the notation."""
    sequences(phrase)  # the one judge of what is in the notation
    pieces = list(_PIECE.finditer(phrase))
    rows, _ = _rows(pieces, 0)
    return rows


def _rows(pieces: list[re.Match[str]], at: int) -> tuple[tuple[Row, ...], int]:
    """Read alternatives until a bracket closes or the phrase ends; return them and where."""
    rows: list[Row] = []
    row: list[Part] = []
    while at < len(pieces):
        piece = pieces[at][0]
        if piece in (")", "]"):
            break
        at += 1
        if piece in ("(", "["):
            inner, at = _rows(pieces, at)
            row.append(Choice(inner, piece == "["))
            at += 1
        elif piece == "|":
            rows.append(tuple(row))
            row = []
        elif piece == "#":
            row.append(AnyNumber())
        elif piece.startswith(("...", "…")):
            row.append(Space(int(pieces[at - 1][1] or DEFAULT_GAP)))
        elif tokenise(piece).words:
            row.append(Words(piece.strip()))
    return (*rows, tuple(row)), at


def flatten(phrase: str) -> tuple[Flat, ...]:
    """Return everything that a phrase stands for, without choices, each once.

    Raises `PhraseError` where that is more than `MAX_LITERALS`.
    """
    found: dict[Flat, None] = {}
    for row in parse(phrase):
        for flat in _spread(row):
            found[_joined(flat)] = None
            if len(found) > MAX_LITERALS:
                raise PhraseError(
                    "the phrase stands for more than {most} texts",
                    "write it as several shorter phrases",
                    most=MAX_LITERALS,
                )
    return tuple(found)


def _spread(row: Row) -> Iterator[Flat]:
    if not row:
        yield ()
        return
    first, rest = row[0], row[1:]
    if isinstance(first, Choice):
        choices: tuple[Row, ...] = (*first.rows, ()) if first.may_lack else first.rows
        for choice in choices:
            yield from _spread((*choice, *rest))
    else:
        for tail in _spread(rest):
            yield (first, *tail)


def _joined(flat: Flat) -> Flat:
    """Return a row with neighbouring words joined, and without spaces at its ends."""
    parts: list[Words | AnyNumber | Space] = []
    for part in flat:
        last = parts[-1] if parts else None
        match part, last:
            case Words(text), Words(before):
                parts[-1] = Words(beside(before, text))
            case Space(most), Space(before_it):
                parts[-1] = Space(most + before_it)
            case Space(), None:
                pass
            case _:
                parts.append(part)
    while parts and isinstance(parts[-1], Space):
        parts.pop()
    return tuple(parts)


def beside(before: str, after: str) -> str:
    """Return two texts as one: a space between them, save between Chinese characters."""
    is_solid = is_character(before[-1:]) and is_character(after[:1])
    return before + ("" if is_solid else " ") + after


def texts_of(phrase: str) -> tuple[str, ...] | None:
    """Return the literal texts that a phrase stands for; None where it has a gap or a number.

    Raises `PhraseError` where they are more than `MAX_LITERALS`.
    """
    if is_literal(phrase):
        return (phrase,)
    found: list[str] = []
    for flat in flatten(phrase):
        match flat:
            case (Words(text),):
                found.append(text)
            case _:
                return None
    return tuple(dict.fromkeys(found))
