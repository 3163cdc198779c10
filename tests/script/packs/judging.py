"""Judges single turns by the shipped pack `overdue`, and reads the tables of such turns."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.script.model import Script, Speaker
from callcoach.script.wording import Language
from tests.support import PHRASES, shipped

SPEAKERS = {"A": Speaker.AGENT, "C": Speaker.CUSTOMER, "O": Speaker.OTHER}


@cache
def overdue() -> Script:
    """Return the shipped pack with everything it uses."""
    script = shipped().load("overdue").script
    assert script is not None
    return script


@cache
def _rules() -> Ruleset:
    return Ruleset(overdue().rules, store=PHRASES)


def labels_of(turns: Sequence[str], language: Language | None = None) -> list[set[str]]:
    """Return the labels of each turn of a call, one every five seconds: `A: hello`."""
    found: list[set[str]] = [set() for _ in turns]
    for hit in hits_of(turns, language):
        found[hit.utterance].update(overdue().rules[hit.rule].labels)
    return found


def hits_of(turns: Sequence[str], language: Language | None = None) -> list[RuleHit]:
    """Return everything that holds in a call, one turn every five seconds: `A: hello`."""
    listener = Listener(_rules(), {"language": language} if language else None)
    hits: list[RuleHit] = []
    for at, turn in enumerate(turns):
        speaker, _, text = turn.partition(": ")
        hits += listener.hear(Said(SPEAKERS[speaker], text, at * 5.0, at * 5.0 + 4))
    return [*hits, *listener.end()]


def turns_of(before: str) -> list[str]:
    """Return the turns before the one that is judged, written with “ / ” between."""
    return [turn.strip() for turn in before.split(" / ") if turn.strip()]


def cases(table: Path) -> Iterator[tuple[str, str, str]]:
    """Yield what was said before, what is judged, and its labels: `before | said | +this -that`."""
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            before, said, labels = (part.strip() for part in line.split("|"))
            yield before, said, labels


def misjudged(found: set[str], labels: str) -> list[str]:
    """Return the marks that a turn does not meet: `+this` was not heard, `-that` was."""
    marks = [mark for mark in labels.split() if mark[0] in "+-"]
    return [mark for mark in marks if (mark[1:] in found) is not (mark[0] == "+")]


def rows(table: Path) -> list[Mapping[str, str]]:
    """Return the rows of a table with tabs, whose first line names the columns."""
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
