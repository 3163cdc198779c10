"""Rules put together from classes of words hear what they were not written with, and little else.

`zh_classes.tsv` holds single utterances with the turns before them, as many that must not be heard
as that must. The errors of those marked as read were looked at to write the rules; of the others
only the totals, which are measured here. The floors stand a little below what was found.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener
from callcoach.call.rules.talk import Said
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import Speaker
from callcoach.script.walk import needed

TABLE = Path(__file__).with_name("zh_classes.tsv")
SPEAKERS = {"A": Speaker.AGENT, "C": Speaker.CUSTOMER}


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


@lru_cache(maxsize=1)
def counts() -> Counter[tuple[str, bool, bool]]:
    """Return how often each label was wanted or not, and heard or not, where nobody read."""
    script = Library((shipped_folder(),)).load("overdue").script
    assert script is not None
    labels = {floor.label for floor in FLOORS}
    labelled = {id: rule for id, rule in script.rules.items() if labels & set(rule.labels)}
    wanted = needed(script.rules, *labelled)
    rules = Ruleset({id: script.rules[id] for id in wanted}, script.lineages)
    found: Counter[tuple[str, bool, bool]] = Counter()
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["read"] == "yes":
                continue
            turns = [turn for turn in row["before"].split(" / ") if turn]
            turns.append(f"{row['speaker']}: {row['text']}")
            listener = Listener(rules, {"language": "zh"})
            hits = [hit for at, turn in enumerate(turns) for hit in listener.hear(said(turn, at))]
            hits += listener.end()
            heard = any(
                row["label"] in labelled[hit.rule].labels
                for hit in hits
                if hit.utterance == len(turns) - 1 and hit.rule in labelled
            )
            found[row["label"], row["wanted"] == "yes", heard] += 1
    return found


def said(turn: str, at: int) -> Said:
    """Return a turn of the table, five seconds after the one before."""
    speaker, _, text = turn.partition(": ")
    return Said(SPEAKERS[speaker], text, at * 5.0, at * 5.0 + 4)


@pytest.mark.parametrize("floor", FLOORS, ids=[floor.label for floor in FLOORS])
def test_what_nobody_read_is_heard_and_little_else(floor: Floor) -> None:
    right = counts()[floor.label, True, True]
    missed = counts()[floor.label, True, False]
    wrong = counts()[floor.label, False, True]
    assert right / (right + missed) >= floor.recall
    assert right / (right + wrong) >= floor.precision
