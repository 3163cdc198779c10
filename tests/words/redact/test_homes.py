"""Homes that no street with a number tells: towns, farms, roads of the country, other languages."""

import pytest

from callcoach.words.redact import Redactor, find
from tests.words.redact.marked import told, unmark

_DATA = """
i'm in {address:polokwane} now
we've moved to {address:pebble bay}
the farm's called {address:long barrow} and it's cold
we live out on {address:county road twelve}
send it to {address:rural route two}
the house is on {address:calle de la luna}
it's {address:14 dorpstraat} in the book
i stay on a sofa in {address:salford} these days
i've got {address:twenty two ashfield} and then it stops
""".strip().splitlines()
_OTHERS = """
i'm in debt and in trouble
we moved to a cheaper plan
she's at work till six
i'm on universal credit
he is in a meeting at tesco
i have 2 smore pies
""".strip().splitlines()


@pytest.mark.parametrize("marked", _DATA)
def test_where_somebody_lives_is_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _OTHERS)
def test_where_nobody_lives_stays(text: str) -> None:
    assert told(text, find(text)) == []


def test_a_town_that_mends_an_address_is_found() -> None:
    redactor = Redactor()
    redactor.hear("agent", "are you still at 12 tanner street in leeds?")
    text = "no in mankweng"
    assert told(text, redactor.hear("customer", text)) == [("address", "mankweng")]
