"""Homes that are told by what stands beside them, by a postcode, or as an answer."""

import pytest

from callcoach.words.redact import Redactor, find
from tests.words.redact.marked import told, unmark

_DATA = """
I live {address:behind the mosque in kawempe}
I'm at {address:The Old Smiddy, Kirk Wynd, Pittenweem KY10 2LE}.
send it to the {address:corner of elm and fourth}
it's at {address:o'corner of elm and fourth}
我在{address:老火车站后面的巷子里}住
就在{address:菜市场对面}
{address:滨海路与人民路交叉口}那边
""".strip().splitlines()
_OTHERS = """
we drove past the church
he parked behind the van
i was behind on payments
near enough forty quid
我去银行对面吃饭
超市门口那个取款机坏了
""".strip().splitlines()
_ANSWERS = """
{address:the flat above the bakery on tanner street}
{address:fourteen silver birch caravan park}
{address:nine mile post kumasi road}
{address:gatehouse farm}
it's {address:the third house after the borehole in zuba}
{address:behind winners chapel, mararaba}
""".strip().splitlines()
_OTHER_ANSWERS = """
he parked behind the van
i was behind on payments
why do you need it
Lovely. The courier comes between 9 and 12.
""".strip().splitlines()


@pytest.mark.parametrize("marked", _DATA)
def test_a_home_beside_something_is_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _OTHERS)
def test_a_place_that_is_no_home_stays(text: str) -> None:
    assert told(text, find(text)) == []


def _answered(text: str) -> list[tuple[str, str]]:
    redactor = Redactor()
    redactor.hear("agent", "what is your address please")
    return told(text, redactor.hear("customer", text))


@pytest.mark.parametrize("marked", _ANSWERS)
def test_an_answer_is_an_address_as_a_whole(marked: str) -> None:
    text, expected = unmark(marked)
    assert _answered(text) == expected


@pytest.mark.parametrize("text", _OTHER_ANSWERS)
def test_an_answer_that_is_a_sentence_stays(text: str) -> None:
    assert _answered(text) == []
