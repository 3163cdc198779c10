"""The text of an appeal against several answers: a line for each begins with what it asks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from callcoach.tui.look import Look

Id = TypeVar("Id", bound=str)
_COLONS = (":", "：")


def outline(titles: Iterable[str], look: Look) -> str:
    """Return the lines with which such a text begins, for the reasons to be written behind them."""
    return "\n".join(look.labelled(title, "") for title in titles)


def reasons(text: str, titles: Mapping[Id, Sequence[str]]) -> Mapping[Id | None, str]:
    """Return what a text says of each question that it names; what it says of none, under None.

    `titles` are what questions are called, in whichever languages. What follows on a line that
    names one belongs to it, up to the next.
    """
    found: dict[Id | None, list[str]] = {}
    about: Id | None = None
    for line in text.splitlines():
        told = line
        for question, names in titles.items():
            rest = _behind(line, names)
            if rest is not None:
                about, told = question, rest
                break
        found.setdefault(about, []).append(told)
    return {question: "\n".join(lines).strip() for question, lines in found.items()}


def without_reason(text: str, titles: Mapping[Id, Sequence[str]]) -> Sequence[Id]:
    """Return the questions that a text names and says nothing about."""
    return [
        question
        for question, why in reasons(text, titles).items()
        if question is not None and not why
    ]


def first_gap(text: str, titles: Mapping[Id, Sequence[str]]) -> int | None:
    """Return the row of the first line behind whose question nothing stands; None without one."""
    names = [name for known in titles.values() for name in known]
    return next((row for row, it in enumerate(text.splitlines()) if _behind(it, names) == ""), None)


def _behind(line: str, names: Sequence[str]) -> str | None:
    """Return what stands behind one of the names and its colon; None where none is there."""
    for name in names:
        rest = line.strip().removeprefix(name)
        if name and rest.startswith(_COLONS) and line.strip().startswith(name):
            return rest[1:].strip()
    return None
