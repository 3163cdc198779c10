"""What a turn in Chinese asks for, and what is answered."""

import pytest

from callcoach.words.redact import find_all
from callcoach.words.redact.chinese_questions import is_again, kinds_asked
from callcoach.words.redact.model import Kind
from tests.words.redact.marked import told, unmark

_CALLS = (
    """
    agent: 第二个问题，您的第一只宠物叫什么？
    customer: {secret:豆沙包}。
    """,
    """
    agent: 请您设一个语音暗语。
    customer: 那就用{secret:青海湖的鱼}。
    """,
    """
    agent: 请您提供一下刚才收到的六位验证码。
    customer: 我看看啊……{secret:739 204}。
    agent: 麻烦再说一遍？
    customer: {secret:7、3、9、2、0、4}。
    """,
    """
    agent: 您的微信号报一下
    customer: 嗯 {username:x i a o m a o 七七}
    """,
    """
    agent: 车牌号报一下
    customer: {plate:川A 9F3L2}
    """,
)


@pytest.mark.parametrize("call", _CALLS)
def test_what_was_asked_for_is_found(call: str) -> None:
    turns = [line.strip().split(": ", 1) for line in call.strip().splitlines()]
    plain = [(speaker, *unmark(marked)) for speaker, marked in turns]
    found = find_all((speaker, text) for speaker, text, _ in plain)
    for (_, text, expected), one in zip(plain, found, strict=True):
        assert told(text, one) == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("您的登录名是什么", {Kind.USERNAME}),
        ("车牌号多少", {Kind.PLATE}),
        ("您属什么的", {Kind.BIRTH}),
        ("您的第一辆车是什么颜色", {Kind.SECRET}),
        ("今天能还多少", set()),
    ],
)
def test_a_question_names_what_it_wants(text: str, kinds: set[Kind]) -> None:
    assert kinds_asked(text) == kinds


def test_the_same_may_be_wanted_once_more() -> None:
    assert is_again("麻烦再说一遍？")
    assert not is_again("那您明天再说吧")
