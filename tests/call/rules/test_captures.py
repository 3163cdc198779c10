"""Which amount and day are kept of a promise: what was said, a part of the sum, or none."""

import pytest

from callcoach.call.rules.listener import Listener
from tests.call.rules.calls import ruleset, said

RULES = ruleset(
    promise={
        "title": {"en": "Promises"},
        "internal": "yes",
        "speaker": "customer",
        "captures": ["amount", "day"],
        "en": ["(i will|i can|could|on|tomorrow|works|yes|周五|明天|可以|号)"],
    }
)
EN = "A: You owe two thousand four hundred dollars. What can you pay?"
ZH = "A: 您一共欠两千四百元，您看什么时候能还？"


def kept(*lines: str) -> tuple[str, str]:
    """Return the amount and the day that the last hit keeps; empty where there is none."""
    listener = Listener(RULES)
    hits = [hit for one in said(*lines) for hit in listener.hear(one)]
    values = dict(hits[-1].values)
    return values.get("amount", ""), values.get("day", "")


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("I can manage a hundred and fifty on Friday", "150 USD"),
        ("I'll transfer two hundred on Friday", "200 USD"),
        ("I'll wire two grand tomorrow", "2000 USD"),
        ("I will send RM200 tomorrow", "200 MYR"),
        ("I can't pay the 2400 but I can do 200 on Friday", "200 USD"),
        ("I owe 2400 and I will pay it on Friday", "2400 USD"),
        ("I will pay 1.234,56 € tomorrow", "1234.56 EUR"),
        ("two fifty on Friday", "250 USD"),
        ("I can pay a pound a week", "1 GBP"),
        ("I'll pay a third of it tomorrow", "800 USD"),
        ("I can pay half on Friday", "1200 USD"),
        ("I will pay 30 percent tomorrow", "720 USD"),
        ("I can't pay 2400, half on Friday", "1200 USD"),
        ("I will pay 1200, that's half, tomorrow", "1200 USD"),
        ("half on Friday, 1200", "1200 USD"),
        ("a third of it tomorrow, so 800", "800 USD"),
        ("yes, that works", "2400 USD"),
        ("this is your 5th call today, but yes", "2400 USD"),
        ("I will pay it on the 5th", "2400 USD"),
        ("I will pay it in two days", "2400 USD"),
        ("I will pay it in half an hour", "2400 USD"),
        ("I will pay it on 12/12", "2400 USD"),
        ("yes, tomorrow at half past five", "2400 USD"),
        ("I will pay by card 4412 on Friday", "2400 USD"),
    ],
)
def test_an_english_promise_is_of_what_it_names(words: str, amount: str) -> None:
    assert kept(EN, f"C: {words}")[0] == amount


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("我周五先转两百", "200 CNY"),
        ("我明天打一千二过去", "1200 CNY"),
        ("周五给你三百五", "350 CNY"),
        ("周五五百", "500 CNY"),
        ("我 周五 先 给 两万三", "23000 CNY"),
        ("我欠两千四，周五先还五百", "500 CNY"),
        ("我明天先还一半", "1200 CNY"),
        ("我 明天 先 还 一 半", "1200 CNY"),
        ("两百 周五 给 你", "200 CNY"),
        ("我明天还三分之一", "800 CNY"),
        ("我周五先还一半，一千二", "1200 CNY"),
        ("周五还三成", "720 CNY"),
        ("可以，周五", "2400 CNY"),
        ("我十五号还", "2400 CNY"),
        ("我明天下午三点还", "2400 CNY"),
    ],
)
def test_a_chinese_promise_is_of_what_it_names(words: str, amount: str) -> None:
    assert kept(ZH, f"C: {words}")[0] == amount


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (EN, "I have 3 kids, but I will pay on Friday"),
        (EN, "I will pay part of it tomorrow"),
        (EN, "I will pay it in three instalments"),
        (ZH, "我分三期还，周五开始"),
        (EN, "I will pay a couple of hundred tomorrow"),
        (ZH, "我有两个孩子，周五还"),
        (ZH, "明天先还一点"),
        (ZH, "周五先还几百"),
        ("A: You owe 2,400 dollars and a fee of 30 dollars.", "I will pay half on Friday"),
        ("A: Hello, can you talk?", "I will pay half on Friday"),
        ("A: 您欠两千四百元，利息三十元", "明天先还一半"),
    ],
)
def test_who_names_something_else_is_not_taken_to_mean_the_whole_sum(told: str, words: str) -> None:
    assert kept(told, f"C: {words}")[0] == ""


@pytest.mark.parametrize(
    ("told", "amount"),
    [
        ("A: You owe 2,400 dollars. Could you manage a hundred and fifty this Friday?", "150 USD"),
        ("A: You owe 2,400 dollars. Could you pay half of it this Friday?", "1200 USD"),
        ("A: You owe 2,400 dollars. Could you pay a bit of it this Friday?", ""),
    ],
)
def test_a_yes_is_to_what_was_proposed(told: str, amount: str) -> None:
    assert kept(told, "C: yes, that works") == (amount, "this Friday")


@pytest.mark.parametrize(
    ("words", "amount"),
    [("周五先还一半，六百四", "640"), ("half on Friday, that's 640", "640")],
)
def test_a_part_and_the_sum_it_comes_to_are_one(words: str, amount: str) -> None:
    assert kept("A: Hello, can you talk?", f"C: {words}")[0] == amount


def test_the_sum_may_have_been_told_long_before_the_part() -> None:
    lines = (
        "A: You owe 900 dollars.",
        "C: so much",
        "A: How could you do it?",
        "C: half on Friday",
    )
    assert kept(*lines) == ("450 USD", "Friday")
    thirds = ("A: You owe 1000 dollars.", "C: I will pay a third of it tomorrow")
    assert kept(*thirds) == ("333.33 USD", "tomorrow")


@pytest.mark.parametrize(
    ("told", "words", "day"),
    [
        ("A: Your payment of £90 was due on the 3rd.", "I could manage twenty a week", ""),
        ("A: Your June payment, due on the 3rd, has not come.", "I can pay it", ""),
        ("A: You missed last Friday's payment of £90.", "yes, I can pay it", ""),
        ("A: £90 is due on the 3rd.", "yes, I can pay that then", "the 3rd"),
        ("A: Your next payment is due on the 3rd, £90.", "yes, I will", "the 3rd"),
        ("A: You owe £90.", "Fine, on my card now.", "now"),
        ("A: You owe £90.", "I can't pay right now, tomorrow", "tomorrow"),
        ("A: You owe £90.", "I could not do it now", ""),
        ("A: You owe £90.", "I can do thirty this afternoon, the rest on Friday", "this afternoon"),
        ("A: 您11月5号应还的九百元还没到。", "可以，我分三期还", ""),
        ("A: 您的还款日是5号，九百元。", "可以，我分三期还", ""),
        ("A: 您一共欠九百元。", "可以，我马上还", "马上"),
        ("A: 您一共欠九百元。", "可以，我现在不方便，周五还", "周五"),
    ],
)
def test_a_day_that_has_gone_is_none_of_a_promise(told: str, words: str, day: str) -> None:
    assert kept(told, f"C: {words}")[1] == day


PARTS = (
    (
        "I will pay 300 on the first and 300 on the fifteenth",
        "300 USD the first, 300 USD the fifteenth",
    ),
    ("300 now and 300 on the fifteenth, I can do that", "300 USD now, 300 USD the fifteenth"),
    ("I can pay £150 today and the other £150 on the 28th", "150 GBP today, 150 GBP the 28th"),
    ("on the 1st I'll send 200 and the 15th another 200", "200 USD the 1st, 200 USD the 15th"),
    (
        "I owe 2400, I will do 200 this Friday and 250 next Friday",
        "200 USD this Friday, 250 USD next Friday",
    ),
    (
        "I'm driving now and I can pay 300 on Friday and 200 on Monday",
        "300 USD Friday, 200 USD Monday",
    ),
    ("yes, the 500 on Friday or 400 on Monday", ""),
    ("I will pay 300 on Friday, no, sorry, 400 on Monday", ""),
    ("I get paid 900 on the 1st and I will pay 300 on the 2nd", ""),
    ("I paid 300 last Friday and I will pay 300 this Friday", ""),
    (
        "two hundred on Friday, then a hundred and fifty the Friday after",
        "200 USD Friday, 150 USD the Friday after",
    ),
    ("I will pay 300 on Friday", ""),
    ("I will pay 300 and 200 on Friday", ""),
)
PARTS_ZH = (
    ("可以，这个月还三百，下个月再还五百", "300 CNY 这个月, 500 CNY 下个月"),
    ("可以，十五号先还两百，月底再还三百", "200 CNY 十五号, 300 CNY 月底"),
    ("可以，一号还300，十五号还300", "300 CNY 一号, 300 CNY 十五号"),
    ("可以 我 这个 月 还 三百 下个 月 再 还 五百", "300 CNY 这个月, 500 CNY 下个月"),
    ("可以，今天先还两百，周五再还两百，月底还三百", "200 CNY 今天, 200 CNY 周五, 300 CNY 月底"),
    ("可以，周五还三百，还是下周五还五百", ""),
    ("可以，周五还三百，不对，下周五还五百", ""),
    ("可以，分三期，每期三百，一号开始", ""),
    ("我一号发工资五千，二号可以还五百", ""),
)


def parts(*lines: str) -> str:
    """Return the parts that the last hit keeps, and check that the first is what it is told by."""
    listener = Listener(RULES)
    found = [hit for one in said(*lines) for hit in listener.hear(one)][-1]
    if found.parts:
        first = found.parts[0]
        assert dict(found.values) == {"amount": first.amount, "day": first.day}
    return ", ".join(f"{part.amount} {part.day}" for part in found.parts)


@pytest.mark.parametrize(("words", "wanted"), PARTS)
def test_a_promise_in_parts_keeps_each_sum_and_its_day(words: str, wanted: str) -> None:
    assert parts(EN, f"C: {words}") == wanted


@pytest.mark.parametrize(("words", "wanted"), PARTS_ZH)
def test_a_chinese_promise_in_parts_keeps_each_sum_and_its_day(words: str, wanted: str) -> None:
    assert parts(ZH, f"C: {words}") == wanted


def test_who_agrees_to_parts_promises_all_of_them() -> None:
    offer = "A: So 300 dollars on the first and 300 dollars on the fifteenth?"
    assert parts(EN, offer, "C: yes, that works") == "300 USD the first, 300 USD the fifteenth"


def test_who_names_a_sum_of_their_own_does_not_take_the_parts() -> None:
    offer = "A: So 300 dollars on the first and 300 dollars on the fifteenth?"
    assert parts(EN, offer, "C: I can do 200 on Friday") == ""
