"""Which numbers are money because somebody pays or promises them, and which never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.normalise import tokenise
from callcoach.words.numbers import find_numbers, is_paid, payments_among


def paid(text: str, *, is_promise: bool = False) -> list[str]:
    """Return the amounts of a text, those that are paid first."""
    tokens = tokenise(text)
    found = payments_among(text, tokens, find_numbers(tokens.words), is_promise=is_promise)
    return [f"{one.value:f} {one.currency or ''}".strip() for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I can manage a hundred and fifty on Friday", ["150"]),
        ("I'll transfer two hundred on Friday", ["200"]),
        ("i will wire two grand tomorrow", ["2000"]),
        ("I can do 1.5k", ["1500"]),
        ("I could do 80 a month", ["80"]),
        ("I can do ten a week", ["10"]),
        ("I could put down 200 now and 100 next week", ["200"]),
        ("I'd send you guys another 150", ["150"]),
        ("let me make it two fifty then", ["250"]),
        ("I can stretch to 300", ["300"]),
        ("a payment of three hundred", ["300"]),
        ("could you manage a hundred and fifty this Friday", ["150"]),
        ("I'll send RM200", ["200 MYR"]),
        ("我周五先转两百", ["200"]),
        ("我明天打一千二过去", ["1200"]),
        ("周五给你三百五", ["350"]),
        ("先给你们两万三", ["23000"]),
        ("转个五百吧", ["500"]),
        ("我转500过去", ["500"]),
        ("能拿出三千", ["3000"]),
        ("凑一千五给你们", ["1500"]),
        ("我先打八百块", ["800 CNY"]),
        ("我 周五 先 转 两百", ["200"]),
        ("我 明天 打 一千二 过去", ["1200"]),
        ("周五 给 你们 三百五", ["350"]),
        ("五百分两次还", []),
        ("先付两百周五再付", ["200"]),
    ],
)
def test_a_verb_of_paying_makes_a_number_money(text: str, expected: list[str]) -> None:
    assert paid(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("the 5th call", "in two days", "I have 3 kids", "I can do 3 o'clock", "I can do 5 pm"),
        *("I can do Friday the 5th", "I can manage 2 payments", "send me 2 letters", "I'm 45"),
        *(
            "I'll call you at 3",
            "send it to 44 High Street",
            "give me 10 minutes",
            "do it at 12:30",
        ),
        *(
            "I've called 30 times",
            "I sent 20 emails",
            "put me through to 200",
            "paid on 12/05/2026",
        ),
        *(
            "I make 3000 a month",
            "I get 900 a month",
            "my number is 4412",
            "pay by 5",
            "pay in two",
        ),
        *("I'll pay by card 4412", "pay 12/12", "half past 50", "pay my account 4412"),
        *("it's 5500 0000 1111 2222", "4111 2222 3333 4444, exp 628", "the third of March, 87"),
        *("call me on 07700 900123", "we have 30 people here", "a couple of hundred on Friday"),
        *("我有两个孩子", "下午三点给你打电话", "打两个电话", "给我三天", "给你打了三次电话"),
        *("我转了三次账", "打12315投诉", "打110", "打95588", "转人工", "请转2", "给我三次机会"),
        *("给他打了20个电话", "还了3次", "再给我20天", "我今年45", "我要养30口人", "还剩12期"),
        *("打 12315 投诉", "给 他 打 了 20 个 电话", "还 了 30 次", "我 在 30 楼"),
        *("第三期", "我电话是13800138000", "付百分之五十", "还三成", "先付三分之一", "还有30天"),
        *("二十几号还", "I'll pay on 29 February", "Feb 29"),
    ],
)
def test_days_times_ages_and_counts_are_no_amounts_even_in_a_promise(text: str) -> None:
    assert paid(text) == paid(text, is_promise=True) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two hundred on Friday", ["200"]),
        ("two hundred next week, please", ["200"]),
        ("ten a week", ["10"]),
        ("五百，周五", ["500"]),
        ("周五五百", ["500"]),
        ("两百 周五 给 你", ["200"]),
        ("一千二行不行", ["1200"]),
        ("I am 45, two hundred on Friday", ["200"]),
    ],
)
def test_a_promise_needs_no_verb(text: str, expected: list[str]) -> None:
    assert paid(text, is_promise=True) == expected
    assert paid(text) == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("I owe 2400 but I'll pay 200", "200"),
        ("I can't pay 2400, I'll pay 200", "200"),
        ("out of the 2400 I can do 200", "200"),
        ("I'll pay 200 of the 2400", "200"),
        ("我欠两千四，周五先还五百", "500"),
        ("两千四还不了，先给五百", "500"),
    ],
)
def test_what_is_paid_comes_before_what_is_owed(text: str, first: str) -> None:
    assert paid(text)[0] == first


def test_what_is_owed_is_not_what_is_paid() -> None:
    text = "I owe $2,400 and pay $200"
    tokens = tokenise(text)
    found = payments_among(text, tokens, find_numbers(tokens.words))
    assert {str(one.value): is_paid(text, one) for one in found} == {"200": True, "2400": False}


@given(st.text(alphabet="pay do 还转 200 一百 at 5,.% k", max_size=40), st.booleans())
def test_payments_lie_inside_any_text(text: str, is_promise: bool) -> None:
    tokens = tokenise(text)
    for one in payments_among(text, tokens, find_numbers(tokens.words), is_promise=is_promise):
        assert 0 <= one.start < one.end <= len(text)
