"""Homes that are described by a house and what it is beside, and descriptions of other things."""

import pytest

from callcoach.words.redact import Redactor, find
from tests.words.redact.marked import told, unmark

_ANSWERS = """
it's {address:the flat over the fish shop on the corner of mill street}
{address:the third compound after the mosque behind the borehole}
it's {address:the white cottage at the end of drury lane}
sure {address:apartment two at the old post office church walk}
""".strip().splitlines()
_OTHERS = """
the car is at the garage
the letter is on the table by the door
we talked about the house for an hour
""".strip().splitlines()


@pytest.mark.parametrize("marked", _ANSWERS)
def test_a_description_that_was_asked_for_is_found_whole(marked: str) -> None:
    text, expected = unmark(marked)
    redactor = Redactor()
    redactor.hear("agent", "what's the address for the courier")
    assert told(text, redactor.hear("customer", text)) == expected


def test_a_description_that_is_most_of_a_turn_needs_no_question() -> None:
    text, expected = unmark("it's {address:the top floor of the old mill behind the canal}")
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _OTHERS)
def test_what_is_told_of_other_things_stays(text: str) -> None:
    assert told(text, find(text)) == []
