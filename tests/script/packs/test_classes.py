"""Rules put together from classes of words hear what they were not written with, and little else.

`zh_classes.tsv` holds single utterances with the turns before them, as many that must not be heard
as that must. The errors of those marked as read were looked at to write the rules; of the others
only the totals, which are measured here. The floors stand a little below what was found.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.script.packs.judging import labels_of, rows, turns_of

TABLE = Path(__file__).with_name("zh_classes.tsv")


@dataclass(frozen=True, slots=True)
class Floor:
    """What a label has to reach where errors were not read."""

    label: str
    recall: float
    precision: float


FLOORS = (
    Floor("threat_or_pressure", 0.8, 0.85),
    Floor("third_party_speaks", 0.9, 0.75),
    Floor("complaint", 0.7, 0.8),
    Floor("dispute", 0.85, 0.85),
    Floor("vulnerability", 0.85, 0.9),
    Floor("refusal", 0.85, 0.85),
    Floor("hardship", 0.85, 0.9),
    Floor("commitment_recap", 0.8, 0.8),
)


@cache
def counts() -> Counter[tuple[str, bool, bool]]:
    """Return how often each label was wanted or not, and heard or not, where nobody read."""
    found: Counter[tuple[str, bool, bool]] = Counter()
    for row in rows(TABLE):
        if row["read"] == "yes":
            continue
        turns = [*turns_of(row["before"]), f"{row['speaker']}: {row['text']}"]
        is_heard = row["label"] in labels_of(turns, "zh")[-1]
        found[row["label"], row["wanted"] == "yes", is_heard] += 1
    return found


@pytest.mark.parametrize("floor", FLOORS, ids=[floor.label for floor in FLOORS])
def test_what_nobody_read_is_heard_and_little_else(floor: Floor) -> None:
    right = counts()[floor.label, True, True]
    missed = counts()[floor.label, True, False]
    wrong = counts()[floor.label, False, True]
    assert right / (right + missed) >= floor.recall
    assert right / (right + wrong) >= floor.precision
