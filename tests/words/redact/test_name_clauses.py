"""Names that a clause says to be some, and clauses about other things."""

import pytest

from callcoach.words.redact import find
from tests.words.redact.marked import told, unmark

_DATA = """
{name:rose} is the first name
{name:mbeki} is my surname
that was {name:joy tumwebaze} on the other line
{name:kowal} it's polish
have you got {name:joy's} number
{name:mark's} here now
is {name:rusty} your husband
""".strip().splitlines()
_OTHERS = """
there is a grace period on the march bill
the card's number is on the back
my wife's name's not on it
faith in you is gone
""".strip().splitlines()


@pytest.mark.parametrize("marked", _DATA)
def test_a_name_is_found_by_its_clause(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _OTHERS)
def test_a_word_that_is_a_name_too_stays(text: str) -> None:
    assert told(text, find(text)) == []


def test_a_verb_before_a_name_is_none_of_it() -> None:
    text = "will adebayo call me back"
    assert told(text, find(text)) == [("name", "adebayo")]
