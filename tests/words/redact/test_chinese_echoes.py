"""What was spelled before in a Chinese call is found again, however it is said."""

from callcoach.words.redact import find_all
from callcoach.words.redact.chinese_echoes import spelled
from tests.words.redact.marked import told, unmark

_CALL = """
agent: 您的登录名是什么
customer: {username:xiaolu_1995}
agent: 系统显示是{username:xiaolu.1995}，中间是点
agent: 车牌号呢
customer: {plate:湘 e 八 q 二零七}
agent: {plate:e八q二零七}，对吧
customer: 那个 iphone 一五 的壳子还没退
"""


def test_what_was_spelled_is_found_where_it_is_said_again() -> None:
    turns = [line.split(": ", 1) for line in _CALL.strip().splitlines()]
    plain = [(speaker, *unmark(marked)) for speaker, marked in turns]
    found = find_all((speaker, text) for speaker, text, _ in plain)
    for (_, text, expected), one in zip(plain, found, strict=True):
        assert told(text, one) == expected


def test_signs_are_the_same_however_they_are_said() -> None:
    assert spelled("湘 E 八 q 二零七") == spelled("e8Q-207") == "e8q207"
