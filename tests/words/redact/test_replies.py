"""Answers of which no list can know the words: taken whole where they were asked for."""

import pytest

from callcoach.words.redact import find_all
from tests.words.redact.marked import told, unmark

_ANSWERED = """
and the town | {address:keighley}
what street | {address:tulip}
which city is that | {address:Chattanooga}
what's your memorable word | it's {secret:starfish}
and the answer to your security question | oh gosh is it {secret:larch avenue}
what's the security phrase please | i think it's {secret:bluebell seven}
and your first name is | {name:precious}
and your full name please | {name:tapiwa moyo} but they call me something else
where were you born | {secret:iloilo}
where's home | {address:the annex}
and year of birth | {birth:seventy six}
what month were you born in | {birth:February}
how do you spell it, your birthday | {birth:the twenty-second of the eleventh, eighty-four}.
几栋几单元 | {address:五栋}
哪个小区 | {address:百步亭}
您现在住哪 | {address:菜市场后头那个红砖楼}
口令是什么 | {secret:风调雨顺}
您预留的验证问题是第一只宠物的名字 | {secret:咪咪}
您几几年的 | {birth:九五的}
身份证上的生日是哪天 | 农历{birth:五月初三}
""".strip().splitlines()
_LEFT = """
and the town | why do you need that
what street | i have not moved
what's your memorable word | i forgot it
and your first name is | my husband deals with it
which city is that | that's right
and year of birth | no idea
are you still at 5 cedar close | absolutely
几栋几单元 | 你问这个干什么
口令是什么 | 忘了
哪个小区 | 随便
您几几年的 | 为什么要问
""".strip().splitlines()


def _answer(row: str) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
    """Return an answer without its marks, what is marked in it, and what is found."""
    question, marked = row.split(" | ")
    text, expected = unmark(marked)
    _, found = find_all([("agent", question), ("customer", text)])
    return text, expected, told(text, found)


@pytest.mark.parametrize("row", _ANSWERED)
def test_a_short_answer_is_what_was_asked_for(row: str) -> None:
    _, expected, found = _answer(row)
    assert found == expected


@pytest.mark.parametrize("row", _LEFT)
def test_another_answer_stays(row: str) -> None:
    assert _answer(row)[2] == []


def test_an_answer_goes_on_over_turns() -> None:
    turns = ["i'll need the full address", "it's apartment three", "fourteen merrion square"]
    speakers = ["agent", "customer", "customer", "customer"]
    found = list(find_all(zip(speakers, [*turns, "dublin two"], strict=True)))
    assert [one.kind.value for part in found[1:] for one in part] == ["address"] * 3


def test_what_is_read_back_is_found_wherever_it_is_said() -> None:
    turns = [
        ("agent", "what's your memorable word"),
        ("customer", "kingfisher"),
        ("agent", "kingfisher yes that's the one"),
        ("customer", "i live at twenty two tannery close leeds"),
        ("agent", "so tannery close then"),
        ("agent", "the close is on friday"),
    ]
    found = [told(text, part) for (_, text), part in zip(turns, find_all(turns), strict=True)]
    assert found[2] == [("secret", "kingfisher")]
    assert found[4] == [("address", "tannery close")]
    assert found[5] == []


def test_a_name_that_is_a_word_is_found_again_where_a_person_is_called() -> None:
    turns = [
        ("customer", "it's rose well rosalind penhaligon in full"),
        ("agent", "my name is Rose"),
        ("agent", "thanks rose"),
        ("customer", "the bill rose by ten pounds"),
    ]
    found = [told(text, part) for (_, text), part in zip(turns, find_all(turns), strict=True)]
    assert found[2] == [("name", "rose")]
    assert found[3] == []
