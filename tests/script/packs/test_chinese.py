"""The rules hear Chinese calls as people speak them and as a recogniser writes them down.

`zh_calls.tsv` holds whole calls, ours from the first word to the last. The rules were tuned on the
calls with odd numbers; those with even numbers are only measured and say what to expect of calls
that nobody has looked at. `zh_lines.txt` holds single utterances: wordings and traps.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import Script, Speaker
from tests.script.packs.halves import EVEN, ODD, Halves
from tests.support import PHRASES

CALLS = Path(__file__).with_name("zh_calls.tsv")
LINES = Path(__file__).with_name("zh_lines.txt")
SPEAKERS = {"A": Speaker.AGENT, "C": Speaker.CUSTOMER}
FLOOR = 0.75
"""The F1 that every label with at least three examples has to reach in calls not tuned on."""
LOWER = {"commitment_recap": 0.6, "greeting": 0.6}
"""Labels that are harder; `greeting` is there twice only in what customers say."""


@lru_cache(maxsize=1)
def overdue() -> tuple[Script, Halves, Ruleset]:
    """Return the shipped pack with everything it uses, and what judges by it."""
    script = Library((shipped_folder(),)).load("overdue").script
    assert script is not None
    return script, Halves(script, CALLS), Ruleset(script.rules, store=PHRASES)


def calls() -> Halves:
    """Return the calls, judged."""
    return overdue()[1]


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield what was said before, what is judged, and the labels, of each line of the table."""
    for line in LINES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            before, said, labels = (part.strip() for part in line.split("|"))
            yield before, said, labels


def labels_of(before: str, said: str) -> set[str]:
    """Return the labels that the last of some turns gets."""
    script, _, rules = overdue()
    turns = [turn for turn in (before, said) if turn]
    listener = Listener(rules)
    hits: list[RuleHit] = []
    for at, turn in enumerate(turns):
        speaker, _, text = turn.partition(": ")
        hits += listener.hear(Said(SPEAKERS[speaker], text, at * 5.0, at * 5.0 + 4))
    hits += listener.end()
    last = len(turns) - 1
    return {
        label for hit in hits if hit.utterance == last for label in script.rules[hit.rule].labels
    }


@pytest.mark.parametrize(("before", "said", "labels"), list(cases()))
def test_what_is_heard(before: str, said: str, labels: str) -> None:
    found = labels_of(before, said)
    wanted = {label[1:] for label in labels.split() if label.startswith("+")}
    unwanted = {label[1:] for label in labels.split() if label.startswith("-")}
    assert wanted - found == set(), "not heard"
    assert unwanted & found == set(), "heard, but not said"


@pytest.mark.parametrize("rest", [ODD, EVEN], ids=["tuned", "unseen"])
def test_no_label_is_missed_altogether(rest: int) -> None:
    assert calls().missed(rest) == []


def test_labels_are_recognised_in_calls_not_tuned_on() -> None:
    assert calls().low(FLOOR, LOWER) == []


def test_threats_are_recognised_and_little_else_is_taken_for_one() -> None:
    recall, precision = calls().threats()
    assert recall >= 0.97
    assert precision >= 0.9


@pytest.mark.parametrize(("rest", "macro"), [(ODD, 0.96), (EVEN, 0.9)], ids=["tuned", "unseen"])
def test_the_mean_over_all_labels(rest: int, macro: float) -> None:
    assert calls().macro(rest) >= macro


@pytest.mark.parametrize("rest", [ODD, EVEN], ids=["tuned", "unseen"])
def test_identity_and_early_disclosure_are_judged(rest: int) -> None:
    wrong = calls().misjudged(rest)
    assert {name: count for name, count in wrong.items() if count > 1} == {}


def test_half_the_calls_are_written_as_a_recogniser_does() -> None:
    judged = [call for call, _ in calls().judged]
    bare = [
        call
        for call in judged
        if not any(mark in one.text for one in call.utterances for mark in "，。？")
    ]
    assert len(judged) >= 40
    assert len(bare) * 2 == len(judged)


def test_the_lines_ask_for_enough_of_both() -> None:
    marks = [label for _, _, labels in cases() for label in labels.split()]
    assert sum(mark.startswith("+") for mark in marks) >= 100
    assert sum(mark.startswith("-") for mark in marks) >= 80
