"""Finds where rows of Chinese characters may lie in an utterance, one of which may be wrong.

A row has a key of its sounds, and more for each error that it may hold: one sound is any other,
or is missing. An utterance is looked up by the keys of its stretches, as they stand and without
one of their words (after the symmetric deletes of W. Garbe, 2012). A row of more than five
characters holds an error in one half only, so that its first or its last three sounds are there.
What is found is a place to look at, no more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, count, product

import msgspec

from callcoach.words.engine.program import Lists
from callcoach.words.pinyin import syllables
from callcoach.words.sound_cost import LONG, cost, dearest

_WHOLE = 5
"""Characters up to which a row is a key as a whole."""
_PART = 3
"""Sounds of a key of a longer row."""
_AHEAD = _WHOLE + 1
"""How many words keys are made of: a whole row, and one word too many."""
_NONE = " "
"""Stands for a word that sounds like none in any row."""
_ANY, _LOST, _BEGINS, _ENDS = ".", "-", "<", ">"
"""In keys: any sound; the rest, behind three sounds, of a row that has lost an inner one; that
these are the first three of a longer row, or its last."""
_CLEAN, _ERRS, _FIRST_PART, _LAST_PART = -1, -2, -3, -4
"""How a key was heard, where it is not that one word, counted from 0, is another."""
_FIRST = 0x100
"""The letters that stand for sounds begin here."""
_MOST_KEPT = 8_192
"""How many different words of utterances are remembered."""
_MOST_MET = 32_768
"""How many of their stretches: about 10 MB."""

_Met = tuple[int, int, int]
"""A row or a key, how many words it takes up, and how it was heard."""


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that may lie in an utterance."""

    places: dict[int, set[int]]
    """By row, past which words it may end."""
    clean: set[int]
    """Those that may lie there without an error."""

    def note(self, row: int, past: int, *, is_clean: bool) -> None:
        """Take note of a row that may end somewhere."""
        pasts = self.places.get(row)
        if pasts is None:
            self.places[row] = {past}
        else:
            pasts.add(past)
        if is_clean:
            self.clean.add(row)


class Index(msgspec.Struct, frozen=True, array_like=True):
    """Rows of characters, compiled."""

    rows: tuple[str, ...]
    sounds: dict[str, str]
    """By syllable, or by character without a known one, a letter. Syllables of which a character
    of the rows has both are one sound: 还 makes `hai` and `huan` so."""
    starts: str
    """What keys begin with, up to three sounds each, with `_NONE` between."""
    rests: tuple[str, ...]
    """By start: what follows in each of its keys, with `_NONE` between; may be nothing."""
    begins: tuple[int, ...]
    """By start: the number of its first key."""
    places: Lists
    """By key: its rows."""


def index_of(rows: Sequence[str]) -> Index:
    """Compile rows, each of at least one character."""
    chars = set().union(*rows)
    sounds = _sounds(chars)
    letter = {char: sounds[_readings(char)[0]] for char in chars}
    found: dict[str, dict[str, list[int]]] = {}
    for number, row in enumerate(rows):
        for key in _keys("".join(map(letter.__getitem__, row))):
            found.setdefault(key[:_PART], {}).setdefault(key[_PART:], []).append(number)
    return Index(
        tuple(rows),
        sounds,
        _NONE.join(found),
        tuple(map(_NONE.join, found.values())),
        tuple(accumulate(map(len, found.values()), initial=0))[:-1],
        Lists.of(chain.from_iterable(group.values() for group in found.values())),
    )


def _readings(char: str) -> tuple[str, ...]:
    return syllables(char) or (char,)


def _sounds(chars: Iterable[str]) -> dict[str, str]:
    groups: dict[str, set[str]] = {}
    for char in sorted(chars):
        names = _readings(char)
        joined = set(names).union(*(groups.get(name, ()) for name in names))
        groups.update(dict.fromkeys(sorted(joined), joined))
    letters: dict[str, str] = {}
    for name in groups:
        letter = chr(_FIRST + len(letters))
        for same in sorted(groups[name]) if name not in letters else ():
            letters[same] = letter
    return letters


def _keys(sounds: str) -> Iterable[str]:
    """Return the keys of a row; none is there twice."""
    size = len(sounds)
    if size > _WHOLE:
        return (sounds[:_PART] + _BEGINS, sounds[-_PART:] + _ENDS)
    keys = [sounds]
    if size >= LONG:
        keys += [sounds[:at] + _ANY + sounds[at + 1 :] for at in range(size)]
    if size > LONG:
        less = dict.fromkeys(sounds[:at] + sounds[at + 1 :] for at in range(1, size - 1))
        keys += [left[:_PART] + _LOST + left[_PART:] for left in less]
    return keys


class RowFinder:
    """Looks utterances up in an index; immutable but for what it remembers, free to share."""

    def __init__(self, index: Index) -> None:
        """Take compiled rows."""
        self.rows, self._sounds, self._places = index.rows, index.sounds, index.places
        self._single = {row: number for number, row in enumerate(index.rows) if len(row) == 1}
        self._starts = dict(zip(index.starts.split(_NONE), index.begins, strict=False))
        """By what keys begin with, the first of their numbers."""
        self._rests = dict(zip(index.begins, index.rests, strict=True))
        self._groups: dict[int, dict[str, int]] = {}
        """By that first number, by what follows in each, all of them; as far as they were met."""
        self._kept: dict[str, str] = {}
        self._met: dict[tuple[str, ...], Sequence[_Met]] = {}
        self._parts: dict[tuple[int, int], frozenset[str]] = {}

    def find(self, words: tuple[str, ...]) -> Found:
        """Return the rows that may lie in an utterance, and where; some of them do not."""
        found = Found({}, set())
        known, met = self._kept, self._met
        heard = [known.get(word) or self._remember(word) for word in words]
        total = len(words)
        last = _NONE
        for at in range(total - 1, -1, -1):
            after, last = last, heard[at]
            if last == after == _NONE:
                continue
            ahead = words[at : at + _AHEAD]
            rows = met.get(ahead)
            if rows is None:
                rows = self._meet(ahead, heard[at : at + _AHEAD])
            for number, size, how in rows:
                if how == _FIRST_PART:
                    past = at + len(self.rows[number])
                    if self._has_most(number, how, heard[at + _PART : past + 1]):
                        for end in range(past - 1, min(past + 1, total) + 1):
                            found.note(number, end, is_clean=True)
                elif how == _LAST_PART:
                    begin = max(at + 2 - len(self.rows[number]), 0)
                    if self._has_most(number, how, heard[begin:at]):
                        found.note(number, at + _PART, is_clean=True)
                else:
                    found.note(number, at + size, is_clean=how == _CLEAN)
        return found

    def _meet(self, ahead: tuple[str, ...], heard: Sequence[str]) -> Sequence[_Met]:
        """Return the rows that some words, which sound so, begin with; it is remembered."""
        if len(self._met) >= _MOST_MET:
            self._met.clear()
        single = self._single.get(ahead[0])
        rows = [] if single is None else [(single, 1, _CLEAN)]
        begins, places = self._places.views()
        for spelling in product(*heard, *(_NONE,) * (_AHEAD - len(ahead))):
            for key, size, how in self._heard(*spelling):
                for number in places[begins[key] : begins[key + 1]] if size <= len(ahead) else ():
                    row = self.rows[number]
                    if how < 0 or cost(ahead[how], row[how]) <= dearest(row):
                        rows.append((number, size, how))
        found = self._met[ahead] = tuple(rows)
        return found

    def _heard(self, a: str, b: str, c: str, d: str, e: str, f: str) -> Iterator[_Met]:
        """Yield the keys that sounds begin with, of how many each is, and how it was heard."""
        starts = self._starts
        if (start := starts.get(a + b)) is not None:
            yield start, 2, _CLEAN
        if (start := starts.get(a + b + c)) is not None:
            group = self._groups.get(start) or self._group(start)
            for rest, size, how in (
                ("", 3, _CLEAN),
                (d, 4, _CLEAN),
                (d + e, 5, _CLEAN),
                (_BEGINS, 3, _FIRST_PART),
                (_ENDS, 3, _LAST_PART),
                (_LOST + d, 4, _ERRS),
                (_ANY, 4, 3),
                (d + _ANY, 5, 4),
                (_ANY + e, 5, 3),
                (e, 5, _ERRS),
                (e + f, 6, _ERRS),
                (d + f, 6, _ERRS),
            ):
                if rest in group:
                    yield group[rest], size, how
        for begun in (a + b + d, a + c + d):
            if (start := starts.get(begun)) is not None:
                group = self._groups.get(start) or self._group(start)
                for rest, size in (("", 4), (e, 5), (e + f, 6)):
                    if rest in group:
                        yield group[rest], size, _ERRS
        for wrong, begun in enumerate((_ANY + b + c, a + _ANY + c, a + b + _ANY)):
            if (start := starts.get(begun)) is not None:
                group = self._groups.get(start) or self._group(start)
                for rest, size in ((d, 4), (d + e, 5)):
                    if rest in group:
                        yield group[rest], size, wrong

    def _group(self, start: int) -> dict[str, int]:
        """Return the keys that begin alike, by what follows; it is remembered."""
        group = self._groups[start] = dict(zip(self._rests[start].split(_NONE), count(start)))
        return group

    def _has_most(self, number: int, how: int, heard: Iterable[str]) -> bool:
        """Tell whether all sounds of the rest of a row, but one, were heard; in any order."""
        wanted = self._parts.get((number, how))
        if wanted is None:
            row = self.rows[number]
            part = row[_PART:] if how == _FIRST_PART else row[:-_PART]
            wanted = frozenset(self._sounds[_readings(char)[0]] for char in part)
            self._parts[number, how] = wanted
        return len(wanted.difference("".join(heard))) <= 1

    def _remember(self, word: str) -> str:
        """Return the letters of the sounds that a word may be, `_NONE` where it is none of them."""
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        letters = (self._sounds.get(name, "") for name in _readings(word))
        found = self._kept[word] = "".join(dict.fromkeys(letters)) or _NONE
        return found
