"""Short and plain turns are heard as what they are, in calls whose language is known."""

from pathlib import Path

import pytest

from callcoach.script.wording import Language
from tests.script.packs.judging import cases, labels_of, misjudged, turns_of

TABLE = Path(__file__).with_name("plain.txt")


@pytest.mark.parametrize(("before", "said", "labels"), list(cases(TABLE)))
def test_what_is_heard(before: str, said: str, labels: str) -> None:
    found = labels_of([*turns_of(before), said], _language_of(said))[-1]
    assert misjudged(found, labels) == []


def _language_of(said: str) -> Language:
    return "zh" if any("\u4e00" <= char <= "\u9fff" for char in said) else "en"
