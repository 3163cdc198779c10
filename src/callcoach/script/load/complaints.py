"""Turns a YAML parser's complaint into the finding that helps most: where it began, what to do.

The parser complains where it can go no further, in its own words and in English; the slip stands
often on an earlier line.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Protocol

import yaml

from callcoach.errors import Told
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.load.grammar import (
    AFTER_QUOTED,
    COMMENT,
    NEVER_CLOSED,
    NO_SPACE,
    SECOND_COLON,
    TAB,
    Trouble,
    plain,
    stray,
)
from callcoach.script.place import Place

_LINE_BREAK = re.compile("\r\n|[\n\r]")
FULL_WIDTH_COLON = re.compile(r"\s*(?:-\s+)?[\w.-]+\s*：")
_BARE_BRACES = re.compile(r"(?::|-)\s+\{\{")
_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:-\s+)?[A-Za-z]\w*:(?=[^\s/:])")
_SECOND_COLON = re.compile(r"[^\"']*:\s+[^\"'\[{|>\s].*:(?:\s|$)")
_COMMENTED_OUT = re.compile(r"""(?:[^"'#]|"[^"]*"|'[^']*')*[ \t](#).*[\]}]""")
_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffc\U00010000-\U0010ffff]")
"""What YAML does not allow, and U+FFFD, which stands where a text could not be decoded."""


class Mark(Protocol):
    """A place in the text, as either parser marks it."""

    @property
    def index(self) -> int:
        """Return how many characters stand before it."""


class Lines:
    """The lines of a file as editors count them; YAML breaks them at more characters."""

    def __init__(self, source: str, file: str) -> None:
        self.source = source
        self.file = file
        self.starts = [0, *(found.end() for found in _LINE_BREAK.finditer(source))]

    def place(self, mark: Mark | None) -> Place:
        """Return the place of one of the parser's marks."""
        return Place(self.file) if mark is None else self.place_at(mark.index)

    def place_at(self, index: int) -> Place:
        """Return the place of a character."""
        number = bisect_right(self.starts, index)
        return Place(self.file, number, index - self.starts[number - 1] + 1)

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its break; empty where there is none."""
        if not 1 <= number <= len(self.starts):
            return ""
        ends = [*self.starts[number : number + 1], len(self.source)]
        return self.source[self.starts[number - 1] : ends[0]].rstrip("\r\n")

    def written_before(self, number: int) -> int:
        """Return the number of the last line before one that is not blank; 0 where none is."""
        number -= 1
        while number > 0 and not self.line(number).strip():
            number -= 1
        return number


def unreadable(lines: Lines) -> Diagnostic | None:
    """Return a character that keeps the text from being read at all, or None."""
    found = _UNREADABLE.search(lines.source)
    if found is None:
        return None
    place = lines.place_at(found.start())
    if found[0] == "\ufffd":
        return Diagnostic("CC015", place)
    character = f"U+{ord(found[0]):04X}"
    problem = Told("the invisible character {character}", character=character)
    return _unread(place, (problem, Told("delete it; what was meant may have to be typed again")))


def common_slip(lines: Lines, numbers: Iterable[int]) -> Diagnostic | None:
    """Return a full-width colon or bare braces on one of some lines, or None."""
    for number in numbers:
        line = lines.line(number)
        if FULL_WIDTH_COLON.match(line):
            return Diagnostic("CC002", Place(lines.file, number))
        if _BARE_BRACES.search(line):
            return Diagnostic("CC012", Place(lines.file, number))
    return None


def explained(
    error: yaml.MarkedYAMLError, lines: Lines, quoted: yaml.ScalarEvent | None
) -> Diagnostic:
    """Return a parser's complaint as a finding; `quoted` is the last text in quotation marks."""
    problem, where = error.problem or "", error.context or ""
    mark: Mark | None = error.problem_mark or error.context_mark
    if mark is None:
        return _unread(Place(lines.file), plain(problem))
    place, began = lines.place(mark), lines.place(error.context_mark or mark)
    near = tuple(dict.fromkeys((place.line, lines.written_before(place.line), began.line)))
    if slip := common_slip(lines, near):
        return slip
    if "quoted scalar" in where and "escape" not in problem:
        return _unread(began, NEVER_CLOSED)
    if quoted is not None and (found := _after_quoted(quoted, mark.index, lines)):
        return found
    if lines.source.startswith("\t", mark.index):
        return _unread(place, TAB)
    if "mapping values" in problem or "expected ':'" in problem:
        return _about_a_colon(problem, lines, place, near)
    is_inside = bool(lines.line(place.line)[: place.column - 1].strip())
    if is_inside and ("block mapping" in where or "block collection" in where):
        return _unread(place, stray(lines.source[mark.index : mark.index + 1]))
    if "flow" in where:
        for number in range(began.line, place.line + 1):
            if comment := _COMMENTED_OUT.match(lines.line(number)):
                return _unread(Place(lines.file, number, comment.start(1) + 1), COMMENT)
    if "flow" in where and not lines.source[mark.index :].strip():
        place = began  # where the bracket opens, not where the file ends
    return _unread(place, plain(problem))


def _unread(place: Place, trouble: Trouble) -> Diagnostic:
    problem, remedy = trouble
    return Diagnostic("CC001", place, {"problem": problem, "remedy": remedy})


def _after_quoted(quoted: yaml.ScalarEvent, index: int, lines: Lines) -> Diagnostic | None:
    """Return what is wrong where the parser stops after a text in quotation marks, or None.

    A missing quotation mark shows only where the next text opens one, which closes the first.
    """
    if quoted.start_mark is None or quoted.end_mark is None:
        return None
    begins, ends = lines.place(quoted.start_mark), lines.place(quoted.end_mark)
    if ends.line != lines.place_at(index).line:
        return None
    if begins.line < ends.line:
        return _unread(begins, NEVER_CLOSED)
    if lines.source[quoted.end_mark.index : index].strip():
        return None
    return _unread(lines.place_at(index), AFTER_QUOTED)


def _about_a_colon(problem: str, lines: Lines, place: Place, near: tuple[int, ...]) -> Diagnostic:
    """Return what is wrong where a colon stands too much, or is missed."""
    for number in near:
        if found := _KEY_WITHOUT_SPACE.match(lines.line(number)):
            return _unread(Place(lines.file, number, found.end()), NO_SPACE)
    if _SECOND_COLON.match(lines.line(place.line)):
        return _unread(place, SECOND_COLON)
    if "expected ':'" in problem and place.column == 1:  # noticed only where the line is over
        place = Place(lines.file, lines.written_before(place.line))
    return _unread(place, plain(problem))
