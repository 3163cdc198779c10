"""The rules hear calls by writers who had not seen them, harder than those they grew up with.

Odd calls may be read to improve rules; even ones are only measured, and their figures say what to
expect of other people's words. The floors stand a little below what was measured.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.script.packs.halves import EVEN, Halves
from tests.script.packs.judging import overdue

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Floor:
    """What the even calls of a file have to reach."""

    file: str
    macro: float
    micro: float


FLOORS = (
    Floor("en_more.tsv", 0.85, 0.86),
    Floor("en_third.tsv", 0.8, 0.79),
    Floor("en_openings.tsv", 0.81, 0.87),
    Floor("en_fifth.tsv", 0.77, 0.77),
    Floor("en_sixth.tsv", 0.82, 0.82),
    Floor("zh_more.tsv", 0.73, 0.74),
    Floor("zh_third.tsv", 0.75, 0.81),
    Floor("zh_fourth.tsv", 0.76, 0.74),
    Floor("zh_openings.tsv", 0.68, 0.77),
    Floor("zh_fifth.tsv", 0.80, 0.80),
    Floor("zh_sixth.tsv", 0.75, 0.76),
    Floor("zh_service.tsv", 0.89, 0.88),
)


@cache
def calls(file: str) -> Halves:
    """Return the calls of a file, judged by the pack."""
    return Halves(overdue(), HERE / file)


@pytest.mark.parametrize("floor", FLOORS, ids=[floor.file for floor in FLOORS])
def test_calls_nobody_looked_at_are_judged_as_well_as_they_were(floor: Floor) -> None:
    scores = calls(floor.file).halves[EVEN]
    assert (scores.macro.value or 0) >= floor.macro
    assert (scores.micro.value or 0) >= floor.micro


WRONG = {
    "en_openings.tsv": (5, 8),
    "en_more.tsv": (2, 4),
    "en_third.tsv": (4, 6),
    "en_fifth.tsv": (4, 6),
    "en_sixth.tsv": (1, 0),
    "zh_fifth.tsv": (3, 4),
    "zh_sixth.tsv": (3, 2),
}
"""At most so many even calls may be wrongly judged as a whole: verified, and disclosed early."""


@pytest.mark.parametrize("file", WRONG)
def test_who_was_proven_and_what_was_told_before_is_judged_as_well_as_it_was(file: str) -> None:
    wrong = calls(file).misjudged(EVEN)
    verified, early = WRONG[file]
    assert wrong["verified"] <= verified
    assert wrong["early"] <= early


@pytest.mark.parametrize("floor", FLOORS, ids=[floor.file for floor in FLOORS])
def test_what_is_measured_as_a_threat_is_flagged(floor: Floor) -> None:
    """The figures of `eval` are of labels: what an agent sees may not fall behind them."""
    labels = [
        {reason.label for reason in reasons}
        for _, made in calls(floor.file).judged
        for reasons in made.reasons
    ]
    threats = [one for one in labels if "threat_or_pressure" in one]
    assert threats or floor.file == "zh_service.tsv"
    assert all(one & {"threat", "insult", "pressure"} for one in threats)
