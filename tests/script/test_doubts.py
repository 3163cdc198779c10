"""What is odd about facts beside one another, on Thursday 26 November 2026."""

from collections.abc import Mapping
from datetime import date

import pytest

from callcoach.script.doubts import doubts, left
from callcoach.script.facts import Fact, FactId, FactValue, canonical, parse
from tests.support import MINIMAL, script_of

TODAY = date(2026, 11, 26)
FACTS = """\
facts:
  owed: {type: money, title: Owed, given: yes}
  due: {type: date, title: Due, given: yes, day: past}
  part: {type: money, title: Part, most: owed}
  rest: {type: money, title: Rest, rest_of: [owed, part]}
  on: {type: date, title: The rest on, day: ahead}
  any: {type: date, title: Any}
"""


def _facts() -> Mapping[FactId, Fact]:
    return script_of(MINIMAL + FACTS).facts


def _known(**texts: str) -> dict[FactId, FactValue]:
    facts = _facts()
    return {
        id: parse(facts[id], text, TODAY)
        for name, text in texts.items()
        for id in facts
        if id.endswith(f".{name}")
    }


def _told(name: str, known: Mapping[FactId, FactValue]) -> list[str]:
    facts = _facts()
    id = next(id for id in facts if id.endswith(f".{name}"))
    return [str(doubt) for doubt in doubts(facts, known, id, TODAY, "en")]


@pytest.mark.parametrize(
    ("name", "day", "is_odd"),
    [
        ("due", "2026-11-25", False),
        ("due", "2026-11-26", False),
        ("due", "2026-11-27", True),
        ("on", "2020-01-01", True),
        ("on", "2026-11-25", True),
        ("on", "2026-11-26", False),
        ("on", "2027-01-01", False),
        ("any", "2020-01-01", False),
    ],
)
def test_a_day_on_the_other_side_of_the_call_is_odd(name: str, day: str, is_odd: bool) -> None:
    assert bool(_told(name, _known(**{name: day}))) is is_odd


def test_a_day_that_is_past_is_named_with_its_year() -> None:
    assert _told("on", _known(on="2020-01-01")) == ["“The rest on” is past: January 1, 2020"]


def test_more_than_the_other_fact_is_odd_whichever_is_told_last() -> None:
    known = _known(owed="1280.50", part="1300")
    told = ["“Part” is CN¥1,300, more than “Owed”: CN¥1,280.50"]
    assert _told("part", known) == _told("owed", known) == told
    assert _told("part", _known(owed="1280.50", part="1280.50")) == []
    assert _told("part", _known(part="1300")) == []
    assert _told("part", _known(owed="1280.50", part="1300 USD")) == []


def test_what_is_left_is_worked_out_and_anything_else_is_odd() -> None:
    facts = _facts()
    rest = next(fact for fact in facts.values() if fact.id.endswith(".rest"))
    known = _known(owed="1280.50", part="300")
    worked_out = left(rest, known)
    assert worked_out is not None
    assert canonical(worked_out) == "980.50 CNY"
    assert _told("rest", known | {rest.id: worked_out}) == []
    wrong = _known(owed="1280.50", part="300", rest="5000")
    told = ["“Rest” is CN¥5,000; the other facts make it CN¥980.50"]
    assert _told("rest", wrong) == _told("part", wrong) == told
    assert _told("on", wrong) == []


@pytest.mark.parametrize(
    "texts",
    [{"owed": "100"}, {"owed": "100", "part": "300"}, {"owed": "100", "part": "30 USD"}, {}],
)
def test_what_is_left_is_not_worked_out_where_it_cannot_be(texts: dict[str, str]) -> None:
    rest = next(fact for fact in _facts().values() if fact.id.endswith(".rest"))
    assert left(rest, _known(**texts)) is None
