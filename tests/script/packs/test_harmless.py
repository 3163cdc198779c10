"""What only sounds like a threat or an insult accuses nobody, and what is one is heard.

`harmless.tsv` holds sentences of agents with words of the law, the police, the credit record or
abuse that threaten nobody; `threats.tsv` ones that do. Both with the turn before, if it matters.
"""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from callcoach.script.rules import RuleId
from tests.script.packs.judging import hits_of, overdue, rows, turns_of

HARMLESS = Path(__file__).with_name("harmless.tsv")
THREATS = Path(__file__).with_name("threats.tsv")
ACCUSING = frozenset(("threat_or_pressure", "profanity", "insult"))
FLAGGED = frozenset(("courtesy.threatens", "courtesy.insults", "courtesy.threatens_otherwise"))
"""The rules that flags rest on."""
SURE = 0.9
"""What a guess that accuses has to reach at least."""


@cache
def accused(path: Path) -> Mapping[str, bool]:
    """Return of each sentence whether it is taken for a threat, an insult or swearing."""
    return {row["said"]: _is_accused(row) for row in rows(path)}


def _is_accused(row: Mapping[str, str]) -> bool:
    turns = [*turns_of(row["before"]), f"A: {row['said']}"]
    hits = hits_of(turns, row["language"])
    said = {hit.rule for hit in hits if hit.utterance == len(turns) - 1}
    return any(rule in FLAGGED or ACCUSING & set(_labels(rule)) for rule in said)


def _labels(rule: RuleId) -> tuple[str, ...]:
    return overdue().rules[rule].labels


def test_what_is_harmless_accuses_nobody() -> None:
    assert [said for said, is_accused in accused(HARMLESS).items() if is_accused] == []


def test_what_is_a_threat_or_an_insult_is_heard() -> None:
    assert [said for said, is_accused in accused(THREATS).items() if not is_accused] == []


def test_there_is_enough_of_both_in_each_language() -> None:
    harmless = Counter(row["language"] for row in rows(HARMLESS))
    threats = Counter(row["language"] for row in rows(THREATS))
    assert min(harmless["en"], harmless["zh"]) >= 150
    assert min(threats["en"], threats["zh"]) >= 60


@pytest.mark.parametrize("label", [*sorted(ACCUSING), "early", "third_party_disclosure"])
def test_what_accuses_has_to_be_surer_than_what_reminds(label: str) -> None:
    rules = [rule for rule in overdue().rules.values() if label in rule.labels]
    assert rules
    assert min(rule.threshold for rule in rules) >= SURE
    reminding = [rule for rule in overdue().rules.values() if "greeting" in rule.labels]
    assert max(rule.threshold for rule in reminding) < SURE
