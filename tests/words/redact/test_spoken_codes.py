"""Codes that are told letter by letter and digit by digit, and letters and digits that are none."""

import pytest

from callcoach.words.redact import Asked, Kind, find
from tests.words.redact.marked import told, unmark

_DATA = """
the reg is {plate:k t nine w b d}
my plate is {plate:four b n r eight double two} and the tax is paid
it's the blue van {plate:alpha one seven tango lima kilo} parked outside
the reg's {plate:d for delta nine two e for echo four one} i think
my national insurance is {id:a b forty one double two nine seven c}
passport number {id:k seven one four double six two nine}
my licence is {id:KOWAL-471902}
the policy's {account:h x dash four four one nine dash b}
policy {account:PLX 66 20 381}, please
our member number is {account:s c u four eight zero one}
""".strip().splitlines()
_OTHERS = """
i bought a twenty nineteen b m w three twenty
we open at nine a m on the fourth
the order number on that dispute is one zero four four b
it's the model t r five hundred washer
i earn four k a month
the samsung s twenty one is broken
with goat cheese 100 cal please
i owe four hundred and fifty pounds a month
""".strip().splitlines()


@pytest.mark.parametrize("marked", _DATA)
def test_a_code_is_found_as_what_it_is_said_to_be(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _OTHERS)
def test_letters_and_digits_of_a_thing_or_a_sum_stay(text: str) -> None:
    assert told(text, find(text)) == []


def test_a_short_code_is_one_where_it_was_asked_for() -> None:
    asked = Asked(frozenset((Kind.PLATE,)), frozenset((Kind.PLATE,)), is_known=True)
    assert told("b four k t", find("b four k t", asked=asked)) == [("plate", "b four k t")]
    assert told("b four k t", find("b four k t")) == []
