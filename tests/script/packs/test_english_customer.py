"""Rules put together from classes of words hear what English customers say, each in their own way.

`en_customer.tsv` was written before those rules: of many speakers, what a label means and what only
looks like it. Of each label, the first, third, fifth line and so on may be read to improve rules;
of the others only totals. The floors stand a little below what was measured.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.script.packs.judging import labels_of, rows

TABLE = Path(__file__).with_name("en_customer.tsv")
READ, UNREAD = 0, 1


@dataclass(frozen=True, slots=True)
class Line:
    """What a customer says after what an agent says, and whether a label is wanted for it."""

    label: str
    is_wanted: bool
    before: str
    text: str
    half: int


@cache
def lines() -> tuple[Line, ...]:
    """Return the lines of the table."""
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for row in rows(TABLE):
        label, wanted = row["label"], row["wanted"]
        half = seen[label, wanted] % 2
        found.append(Line(label, wanted == "yes", row["before"], row["text"], half))
        seen[label, wanted] += 1
    return tuple(found)


@cache
def heard() -> frozenset[Line]:
    """Return the lines whose label the shipped pack gives."""

    def has(line: Line) -> bool:
        before = [f"A: {line.before}"] if line.before else []
        return line.label in labels_of([*before, f"C: {line.text}"], "en")[-1]

    return frozenset(filter(has, lines()))


@pytest.mark.parametrize(
    ("half", "recall", "precision"),
    [(READ, 0.95, 0.95), (UNREAD, 0.9, 0.85)],
    ids=["read", "unread"],
)
def test_what_customers_say_is_heard_and_little_else(
    half: int, recall: float, precision: float
) -> None:
    mine = [line for line in lines() if line.half == half]
    wanted = {line for line in mine if line.is_wanted}
    found = heard() & set(mine)
    assert len(found & wanted) / len(wanted) >= recall
    assert len(found & wanted) / len(found) >= precision


@pytest.mark.parametrize("label", sorted({line.label for line in lines()}))
def test_each_label_is_heard_in_most_of_its_lines(label: str) -> None:
    wanted = {line for line in lines() if line.label == label and line.is_wanted}
    assert len(heard() & wanted) / len(wanted) >= 0.85
