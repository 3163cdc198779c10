"""The rules about customers and about conduct hear what they have to, and nothing else."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import pytest

from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import Script, Speaker
from tests.support import PHRASES

TABLE = Path(__file__).with_name("customer.txt")
CALLS = Path(__file__).with_name("calls.txt")
SPEAKERS = {"A": Speaker.AGENT, "C": Speaker.CUSTOMER, "O": Speaker.OTHER}
JUDGED = frozenset(
    (
        *("identity_given", "hardship", "refusal", "dispute", "promise_to_pay"),
        *("request_callback", "stop_contact", "threat_or_pressure", "profanity"),
    )
)
"""The labels that every turn of a whole call is marked with."""


def lines(path: Path) -> list[str]:
    """Return the lines of a table without its comments at the top."""
    text = path.read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines()]


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield what was said before, what is judged, and the labels, of each line of the table."""
    for line in lines(TABLE):
        if line and not line.startswith("#"):
            before, said, labels = (part.strip() for part in line.split("|"))
            yield before, said, labels


def calls() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what holds of each call, and its turns with their labels."""
    for is_call, group in groupby(lines(CALLS)[3:], bool):
        if is_call:
            head, *turns = group
            yield head.removeprefix("# "), tuple(turns)


@lru_cache(maxsize=1)
def overdue() -> tuple[Script, Ruleset]:
    """Return the shipped pack with everything it uses, and its rules ready to judge."""
    script = Library((shipped_folder(),)).load("overdue").script
    assert script is not None
    return script, Ruleset(script.rules, store=PHRASES)


def labels_of(turns: list[str]) -> list[set[str]]:
    """Return the labels of each turn of a call."""
    script, rules = overdue()
    listener = Listener(rules)
    hits: list[RuleHit] = []
    for at, turn in enumerate(turns):
        speaker, _, text = turn.partition(": ")
        hits += listener.hear(Said(SPEAKERS[speaker], text, at * 5.0, at * 5.0 + 4))
    hits += listener.end()
    found: list[set[str]] = [set() for _ in turns]
    for hit in hits:
        found[hit.utterance].update(script.rules[hit.rule].labels)
    return found


@pytest.mark.parametrize(("before", "said", "labels"), list(cases()))
def test_what_is_heard(before: str, said: str, labels: str) -> None:
    turns = [turn.strip() for turn in before.split(" / ") if turn.strip()]
    found = labels_of([*turns, said])[-1]
    wanted = {label[1:] for label in labels.split() if label.startswith("+")}
    unwanted = {label[1:] for label in labels.split() if label.startswith("-")}
    assert wanted - found == set(), "not heard"
    assert unwanted & found == set(), "heard, but not said"


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
    marks = [label for _, _, labels in cases() for label in labels.split()]
    assert sum(mark.startswith("+") for mark in marks) >= 150
    assert sum(mark.startswith("-") for mark in marks) >= 70
