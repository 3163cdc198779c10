"""The rules about agents and about courtesy hear what they have to, and nothing else."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import Script, Speaker
from tests.support import PHRASES

TABLE = Path(__file__).with_name("agent.txt")
SPEAKERS = {"A": Speaker.AGENT, "C": Speaker.CUSTOMER}
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


def cases() -> Iterator[tuple[str, str, str]]:
    """Yield what was said before, what is judged, and the labels, of each line of the table."""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            before, said, labels = (part.strip() for part in line.split("|"))
            yield before, said, labels


@lru_cache(maxsize=1)
def overdue() -> tuple[Script, Ruleset]:
    """Return the shipped pack with everything it uses, and its rules ready to judge."""
    script = Library((shipped_folder(),)).load("overdue").script
    assert script is not None
    return script, Ruleset(script.rules, store=PHRASES)


def labels_of(before: str, judged: str) -> set[str]:
    """Return the labels that the last of some turns gets."""
    script, rules = overdue()
    turns = [turn.strip() for turn in before.split(" / ") if turn.strip()] + [judged]
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


@lru_cache(maxsize=1)
def owned() -> frozenset[str]:
    """Return the labels of the rules that this table is for."""
    script, _ = overdue()
    return frozenset(
        label
        for rule in script.rules.values()
        if rule.place.file.endswith(FILES)
        for label in rule.labels
    )


@pytest.mark.parametrize(("before", "said", "labels"), list(cases()))
def test_what_is_heard(before: str, said: str, labels: str) -> None:
    found = labels_of(before, said)
    if labels.startswith("="):
        assert found & COMPLETE[said[0]] == set(labels[1:].split())
        return
    wanted = {label[1:] for label in labels.split() if label.startswith("+")}
    unwanted = {label[1:] for label in labels.split() if label.startswith("-")}
    assert wanted - found == set(), "not heard"
    assert unwanted & found == set(), "heard, but not said"


def test_the_table_has_wordings_and_traps_for_each_label_of_the_agents() -> None:
    marks = Counter(label for _, _, labels in cases() for label in labels.split())
    assert {label for label in owned() if not marks[f"+{label}"]} == set()
    assert sum(count for mark, count in marks.items() if mark.startswith("-")) >= 150
