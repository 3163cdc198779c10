"""The rules hear who is on the line, how they prove it, and what was told before that.

`zh_proof.txt` holds openings in the words of many trades: what is asked for is not in the rules.
"""

from pathlib import Path

import pytest

from tests.script.packs.judging import cases, labels_of, misjudged, turns_of

TABLE = Path(__file__).with_name("zh_proof.txt")


@pytest.mark.parametrize(("before", "said", "labels"), list(cases(TABLE)))
def test_what_is_heard(before: str, said: str, labels: str) -> None:
    assert misjudged(labels_of([*turns_of(before), said], "zh")[-1], labels) == []


def test_both_judgements_are_asked_for_and_refused() -> None:
    marks = {label for _, _, labels in cases(TABLE) for label in labels.split()}
    assert {"+verified", "-verified", "+early", "-early"} <= marks
