"""The rules about customers and about conduct hear what they have to, and nothing else."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from tests.script.packs.judging import cases, labels_of, misjudged, turns_of

TABLE = Path(__file__).with_name("customer.txt")
CALLS = Path(__file__).with_name("calls.txt")
JUDGED = frozenset(
    (
        *("identity_given", "hardship", "refusal", "dispute", "promise_to_pay"),
        *("request_callback", "stop_contact", "threat_or_pressure", "profanity"),
    )
)
"""The labels that every turn of a whole call is marked with."""


def calls() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what holds of each call, and its turns with their labels."""
    lines = [line.strip() for line in CALLS.read_text(encoding="utf-8").splitlines()]
    for is_call, group in groupby(lines[3:], bool):
        if is_call:
            head, *turns = group
            yield head.removeprefix("# "), tuple(turns)


@pytest.mark.parametrize(("before", "said", "labels"), list(cases(TABLE)))
def test_what_is_heard(before: str, said: str, labels: str) -> None:
    assert misjudged(labels_of([*turns_of(before), said])[-1], labels) == []


@pytest.mark.parametrize(("verdicts", "turns"), list(calls()))
def test_whole_calls(verdicts: str, turns: tuple[str, ...]) -> None:
    said = [turn.partition(" |")[0] for turn in turns]
    marks = [turn.partition(" |")[2].split() for turn in turns]
    found = labels_of(said)
    for turn, mine, labels in zip(said, marks, found, strict=True):
        open_ones = {label[1:] for label in mine if label.startswith("?")}
        assert (labels & JUDGED) - open_ones == set(mine) - {f"?{it}" for it in open_ones}, turn
    held = set().union(*found)
    for verdict in verdicts.split():
        if not verdict.startswith("?"):
            assert (verdict.removeprefix("-") in held) is not verdict.startswith("-")


def test_the_table_asks_for_enough_of_both() -> None:
    marks = [label for _, _, labels in cases(TABLE) for label in labels.split()]
    assert sum(mark.startswith("+") for mark in marks) >= 150
    assert sum(mark.startswith("-") for mark in marks) >= 70
