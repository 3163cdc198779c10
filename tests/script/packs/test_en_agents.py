"""English rules put together from classes of words hear agents in wording that is not theirs.

`en_agents.tsv` was written before those rules, by the same hand: what agents say, and as much that
only looks like it. What the rules made of every second line was not read while they were written.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import Script, Speaker
from tests.support import PHRASES

TABLE = Path(__file__).with_name("en_agents.tsv")
SPEAKERS = {"A": Speaker.AGENT, "C": Speaker.CUSTOMER}


@dataclass(frozen=True, slots=True)
class Line:
    """What was said before, what is judged, and whether a label is wanted."""

    label: str
    is_wanted: bool
    turns: tuple[str, ...]


@lru_cache(maxsize=1)
def lines() -> tuple[Line, ...]:
    """Return the lines of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(
            Line(
                row["label"],
                row["wanted"] == "yes",
                tuple(filter(None, (row["before"], f"{row['speaker']}: {row['said']}"))),
            )
            for row in rows
        )


@lru_cache(maxsize=1)
def overdue() -> tuple[Script, Ruleset]:
    """Return the shipped pack with everything it uses, and its rules ready to judge."""
    script = Library((shipped_folder(),)).load("overdue").script
    assert script is not None
    return script, Ruleset(script.rules, store=PHRASES)


def is_heard(line: Line) -> bool:
    """Tell whether the last turn of a line gets its label."""
    script, rules = overdue()
    listener = Listener(rules, {"language": "en"})
    hits: list[RuleHit] = []
    for at, turn in enumerate(line.turns):
        speaker, _, text = turn.partition(": ")
        hits += listener.hear(Said(SPEAKERS[speaker], text, at * 5.0, at * 5.0 + 4))
    hits += listener.end()
    last = len(line.turns) - 1
    return any(
        hit.utterance == last and line.label in script.rules[hit.rule].labels for hit in hits
    )


@pytest.mark.parametrize("of_threats", [True, False], ids=["threats", "the rest"])
def test_agents_are_heard_and_others_are_not_accused(of_threats: bool) -> None:
    some = [line for line in lines() if (line.label == "threat_or_pressure") is of_threats]
    heard = [line for line in some if is_heard(line)]
    right = sum(line.is_wanted for line in heard)
    assert right >= 0.8 * sum(line.is_wanted for line in some)
    assert right >= 0.88 * len(heard)
