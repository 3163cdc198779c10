"""User names in English, said or written, and what only looks like one."""

import pytest

from callcoach.words.redact import Redactor, find
from tests.words.redact.marked import told, unmark

_DATA = """
my username is {username:gran underscore may fifty two}
i log in as {username:gran_may52} i think
it's under {username:ada dot kowal} on the app
the app knows me as {username:bricky907}
my login is {username:mad hatter sixty six} all lower case
""".strip().splitlines()
_OTHERS = """
go to the website harrow dot com
we shut at five on the dot
see harrow.com for the form
the user name is wrong
windows10 will not start
""".strip().splitlines()
_ANSWERS = """
{username:red kite underscore nine}
it's {username:tapper double four} but the old one was {username:tapper fifty}
{username:olive dash branch seven} please
""".strip().splitlines()


@pytest.mark.parametrize("marked", _DATA)
def test_a_user_name_is_found(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text)) == expected


@pytest.mark.parametrize("text", _OTHERS)
def test_a_page_or_a_word_stays(text: str) -> None:
    assert told(text, find(text)) == []


@pytest.mark.parametrize("marked", _ANSWERS)
def test_a_user_name_that_was_asked_for_is_found(marked: str) -> None:
    text, expected = unmark(marked)
    redactor = Redactor()
    redactor.hear("agent", "what do you use to sign in online")
    assert told(text, redactor.hear("customer", text)) == expected


def test_a_user_name_is_found_again_where_it_is_read_back() -> None:
    redactor = Redactor()
    redactor.hear("agent", "what's your username")
    redactor.hear("customer", "mad hatter sixty six")
    text = "okay mad hatter sixty six got it"
    assert told(text, redactor.hear("agent", text)) == [("username", "mad hatter sixty six")]
