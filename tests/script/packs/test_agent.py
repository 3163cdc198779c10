"""The rules about agents and about courtesy hear what they have to, and nothing else."""

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from tests.script.packs.judging import cases, labels_of, misjudged, overdue, turns_of

TABLE = Path(__file__).with_name("agent.txt")
FILES = ("courtesy/rules.yaml", "compliance/rules_agent.yaml", "overdue/rules.yaml")
COURTESY = frozenset({"greeting", "thanks", "closing", "apology"})
COMPLETE = {
    "A": COURTESY
    | {
        "self_introduction",
        "company_introduction",
        "right_party_check",
        "identity_request",
        "debt_disclosure",
        "recording_notice",
        "empathy",
        "probing_question",
        "proposal",
        "commitment_recap",
        "written_confirmation",
        "callback_offer",
        "more_help",
    },
    "C": COURTESY,
}
"""The labels of which a line with “=” names all that come, by speaker."""


@lru_cache(maxsize=1)
def owned() -> frozenset[str]:
    """Return the labels of the rules that this table is for."""
    return frozenset(
        label
        for rule in overdue().rules.values()
        if rule.place.file.endswith(FILES)
        for label in rule.labels
    )


@pytest.mark.parametrize(("before", "said", "labels"), list(cases(TABLE)))
def test_what_is_heard(before: str, said: str, labels: str) -> None:
    found = labels_of([*turns_of(before), said])[-1]
    if labels.startswith("="):
        assert found & COMPLETE[said[0]] == set(labels[1:].split())
        return
    assert misjudged(found, labels) == []


def test_the_table_has_wordings_and_traps_for_each_label_of_the_agents() -> None:
    marks = Counter(label for _, _, labels in cases(TABLE) for label in labels.split())
    assert {label for label in owned() if not marks[f"+{label}"]} == set()
    assert sum(count for mark, count in marks.items() if mark.startswith("-")) >= 150
