"""Which numbers, amounts and days people say, in words and in digits, in both languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.normalise import tokenise
from callcoach.words.numbers import find_amounts, find_days, find_numbers, numbers_among


def _row(text: str) -> list[str]:
    return text.split()


MOST = 10**12 - 1
WORDS = _row(
    "per cent 美 金 港 币 星 期 礼 拜 半 half grand tenner lakh p"
    " one two three four twenty fifty hundred thousand million point and a half oh double first"
    " the on of dollars cents percent days may 5 12 1280.40 0 007 第 一 二 两 三 十 百 千 万 亿"
    " 零 〇 点 分 之 块 毛 元 月 号 天 个 周 几 多 下"
)
ONES = _row(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
TENS = _row("zero ten twenty thirty forty fifty sixty seventy eighty ninety")


def english(number: int, joint: str) -> str:
    """Spell a number below a million million; `joint` stands behind hundreds: ` and `."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return TENS[number // 10] + (f" {ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = number % 100
        return f"{ONES[number // 100]} hundred" + (f"{joint}{english(rest, joint)}" if rest else "")
    sizes = ((1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"))
    size, name = next((size, name) for size, name in sizes if number >= size)
    rest = number % size
    between = joint if rest < 100 else " "
    head = f"{english(number // size, joint)} {name}"
    return head + (f"{between}{english(rest, joint)}" if rest else "")


def chinese(number: int, digits: str = "零一二三四五六七八九", two: str = "二") -> str:
    """Spell a number below a million million; `two` stands before 千 and 万."""

    def below(value: int, is_first: bool) -> str:
        said, is_gap = "", False
        for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit = value // size % 10
            if digit == 0:
                is_gap = bool(said) or not is_first
                continue
            if is_gap and (said or not is_first):
                said += "零"
            is_gap = False
            bare_ten = size == 10 and digit == 1 and not said and is_first
            shown = two if digit == 2 and size >= 1000 else digits[digit]
            said += ("" if bare_ten else shown) + name
        return said

    if number == 0:
        return "零"
    said = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, size)
        if part:
            said += below(part, is_first=not said) + name
        elif said and number and not said.endswith("零"):
            said += "零" if number >= 1000 else ""
    return said


def told(text: str) -> list[tuple[str, str | None]]:
    """Return the value and unit of every number in a text."""
    return [(f"{n.value.normalize():f}", n.unit) for n in find_numbers(tokenise(text).words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I can pay five hundred and twenty dollars", [("520", "USD")]),
        ("five hundred twenty", [("520", None)]),
        ("twelve hundred bucks", [("1200", "USD")]),
        ("a thousand", [("1000", None)]),
        ("a hundred and five pounds", [("105", "GBP")]),
        ("hundred percent", [("100", "percent")]),
        ("one point five percent", [("1.5", "percent")]),
        ("zero point oh five", [("0.05", None)]),
        ("two and a half thousand", [("2500", None)]),
        ("three and a half years", [("3.5", "year")]),
        ("2 thousand five hundred", [("2500", None)]),
        ("1.2 million yuan", [("1200000", "CNY")]),
        ("5k", [("5000", None)]),
        ("twelve fifty", [("1250", None)]),
        ("three fifty", [("350", None)]),
        ("nineteen eighty five", [("1985", None)]),
        ("nineteen oh five", [("1905", None)]),
        ("twenty twenty six", [("2026", None)]),
        ("five dollars and fifty cents", [("5.5", "USD")]),
        ("five dollars fifty", [("5.5", "USD")]),
        ("ninety nine cents", [("0.99", "USD")]),
        ("between one hundred and two hundred", [("100", None), ("200", None)]),
        ("five or six days", [("5", "day"), ("6", "day")]),
        ("five to six hundred", [("500", None), ("600", None)]),
        ("three or four grand", [("3000", None), ("4000", None)]),
        ("between five and six hundred quid", [("500", "GBP"), ("600", "GBP")]),
        ("300 to 400 dollars", [("300", "USD"), ("400", "USD")]),
        ("two dozen", [("24", None)]),
        ("two and six hundred", [("2", None), ("600", None)]),
        ("six to five hundred", [("6", None), ("500", None)]),
        ("the 5th or 6 weeks", [("5", "day"), ("6", "week")]),
        ("三到五百块", [("300", "CNY"), ("500", "CNY")]),
        ("三百到五百块", [("300", "CNY"), ("500", "CNY")]),
        ("五号或者六天", [("5", "day"), ("6", "day")]),
        ("十五六块", [("15", "CNY")]),
        ("二十五六", [("25", None)]),
        ("三百五六", [("350", None)]),
        ("这个月十五，十六号", [("15", None), ("16", "day")]),
        ("二十，三十块", [("20", None), ("30", "CNY")]),
        ("十五，六号", [("15", None), ("6", "day")]),
        ("一千出头", [("1000", None)]),
        ("三百来块", [("300", "CNY")]),
        ("三百块钱五毛", [("300.5", "CNY")]),
        ("三百块钱五毛五", [("300.55", "CNY")]),
        ("三百块钱五天", [("300", "CNY"), ("5", "day")]),
        ("91块25", [("91.25", "CNY")]),
        ("91块25号还", [("91", "CNY"), ("25", "day")]),
        ("还300，十五号", [("300", None), ("15", "day")]),
        ("91 pounds 25", [("91.25", "GBP")]),
        ("a grand and a half", [("1500", None)]),
        ("two three days", [("2", "day")]),
        ("ten business days", [("10", "day")]),
        ("three more months", [("3", "month")]),
        ("six instalments", [("6", "instalment")]),
        ("two of us", [("2", None)]),
        ("one payment", [("1", None)]),
        ("1,280.40", [("1280.4", None)]),
        ("forty-two", [("42", None)]),
        ("on the fifteenth", [("15", "day")]),
        ("the twenty first of May", [("21", "day")]),
        ("by the 15th", [("15", "day")]),
        ("March third", [("3", "day")]),
        ("10 percent", [("10", "percent")]),
        ("一千二百八十元", [("1280", "CNY")]),
        ("两千", [("2000", None)]),
        ("三万五", [("35000", None)]),
        ("两千三", [("2300", None)]),
        ("一百五", [("150", None)]),
        ("一百零五", [("105", None)]),
        ("一万零五百", [("10500", None)]),
        ("一亿二千万", [("120000000", None)]),
        ("三万亿", [("3000000000000", None)]),
        ("十二块五", [("12.5", "CNY")]),
        ("两块八毛五", [("2.85", "CNY")]),
        ("十二元五角六分", [("12.56", "CNY")]),
        ("五毛", [("0.5", "CNY")]),
        ("三块零五分", [("3.05", "CNY")]),
        ("十二块五天", [("12", "CNY"), ("5", "day")]),
        ("一块钱", [("1", "CNY")]),
        ("百分之十", [("10", "percent")]),
        ("百分之十二点五", [("12.5", "percent")]),
        ("万分之五", [("0.05", "percent")]),
        ("零点五", [("0.5", None)]),
        ("一点五万", [("15000", None)]),
        ("3.5万", [("35000", None)]),
        ("3万5", [("35000", None)]),
        ("5千块", [("5000", "CNY")]),
        ("三千六百人民币", [("3600", "CNY")]),
        ("五百美元", [("500", "USD")]),
        ("三十多天", [("30", "day")]),
        ("十二期", [("12", "instalment")]),
        ("三个月", [("3", "month")]),
        ("一个月", [("1", "month")]),
        ("一年", [("1", "year")]),
        ("一个星期", [("1", "week")]),
        ("两周", [("2", "week")]),
        ("十分钟", [("10", "minute")]),
        ("半年六期", [("0.5", "year"), ("6", "instalment")]),
        ("半个月工资", [("0.5", "month")]),
        ("一个半月", [("1.5", "month")]),
        ("两年半", [("2.5", "year")]),
        ("两块半", [("2.5", "CNY")]),
        ("七百八百", [("700", None), ("800", None)]),
        ("三万五万", [("30000", None), ("50000", None)]),
        ("一亿两亿", [("100000000", None), ("200000000", None)]),
        ("二百美金", [("200", "USD")]),
        ("thirty per cent", [("30", "percent")]),
        ("29 February or Mar 3", [("29", "day"), ("3", "day")]),
        ("Feb 29, December the third", [("29", "day"), ("3", "day")]),
        ("20 may not do, I may 5", [("20", None), ("5", None)]),
        ("the thirty first", [("31", "day")]),
        ("the fifteenth", [("15", "day")]),
        ("a fiver or two tenners", [("5", None), ("20", None)]),
        ("half a million", [("500000", None)]),
        ("a grand", [("1000", None)]),
        ("a million and a half", [("1500000", None)]),
        ("five lakh rupees", [("500000", "INR")]),
        ("one crore five lakh", [("10500000", None)]),
        ("50p", [("0.5", "GBP")]),
        ("5 p.m.", [("5", None)]),
        ("12 pounds 50", [("12.5", "GBP")]),
        ("12 pounds 50 times", [("12", "GBP"), ("50", None)]),
        ("手机分期两千八", [("2800", None)]),
        ("这一期四百五", [("1", "instalment"), ("450", None)]),
        ("宽限期三天", [("3", "day")]),
        ("十五号", [("15", "day")]),
        ("二十五日", [("25", "day")]),
        ("二零二六年", [("2026", "year")]),
        ("九五年", [("95", "year")]),
        ("两三千", [("2000", None)]),
        ("三五天", [("3", "day")]),
        ("兩萬五千塊", [("25000", "CNY")]),
        ("壹仟贰佰元", [("1200", "CNY")]),
        ("三分之一", [(f"{Decimal(1) / 3:f}", None)]),
        ("三点五十", [("3", None), ("50", None)]),
        ("您还欠 1280.40 元", [("1280.4", "CNY")]),
        ("周五五百", [("500", None)]),
        ("下周二两百", [("200", None)]),
        ("每周五百", [("500", None)]),
        ("周二十五号", [("15", "day")]),
        ("星期五一千", [("1000", None)]),
        ("本期三百五十块", [("350", "CNY")]),
        ("先转两百周五再说", [("200", None)]),
        ("三百月底", [("300", None)]),
        ("两周一次", [("2", "week")]),
        ("五百令吉", [("500", "MYR")]),
        ("三千台币", [("3000", "TWD")]),
        ("2 fifty", [("250", None)]),
        ("1.5k", [("1500", None)]),
        ("five thousand naira", [("5000", "NGN")]),
        ("200 Canadian dollars", [("200", "CAD")]),
    ],
)
def test_a_number_has_a_value_and_a_unit(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("等一下", "有一点", "一点儿", "一会儿", "一起", "一直", "一定", "一样", "一些", "万一"),
        *("统一", "唯一", "第一", "第三期", "一个问题", "周三", "星期五", "礼拜二", "十分感谢"),
        *("千万不要", "万分抱歉", "百度", "几十块", "几千", "数百", "张三", "三方", "二维码"),
        *("一块儿去", "一次性", "零钱", "陆续", "参加", "四川", "一旦", "一般", "一共", "初一"),
        *("one moment", "no one", "someone", "anyone", "one second please", "that one"),
        *("one of them", "the first payment", "a second", "oh I see", "double check"),
        *("一分钱都不给", "一分钱没有", "半天", "上半年", "半夜", "一个半", "百八十"),
        *(
            "twenty first payment",
            "the fifteenth call",
            "a grand total",
            "that's grand",
            "a few tenners",
            "half past",
        ),
        *("a few hundred", "a couple of thousand", "several hundred", "周五", "礼拜六"),
        *("a few hundreds", "point taken", "May I", "thousands of people", "", "hello"),
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("four four one two", "4412"),
        ("double four one triple two", "441222"),
        ("oh one two", "012"),
        ("nine one one", "911"),
        ("4 4 1 2", "4412"),
        ("one 2 three", "123"),
        ("一三八零零", "13800"),
        ("幺三八", "138"),
        ("二〇", "20"),
        ("八八", "88"),
        ("4412", "4412"),
        ("007", "007"),
        ("twelve", ""),
        ("1280.40", ""),
        ("三百", ""),
    ],
)
def test_digits_said_one_by_one_are_one_span(text: str, digits: str) -> None:
    (number,) = find_numbers(tokenise(text).words)
    assert number.digits == digits
    assert (number.first, number.past) == (0, len(tokenise(text).words))
    if digits:
        assert number.value == Decimal(digits)


@pytest.mark.parametrize(
    ("text", "span", "whole"),
    [
        ("owe five hundred dollars now", (1, 3), 4),
        ("还五百块钱吧", (1, 3), 5),
        ("付百分之十", (1, 5), 5),
        ("十二块五", (0, 4), 4),
        ("三十多天", (0, 2), 4),
    ],
)
def test_the_span_ends_before_the_unit_and_the_whole_behind_it(
    text: str, span: tuple[int, int], whole: int
) -> None:
    (number,) = find_numbers(tokenise(text).words)
    assert (number.first, number.past) == span
    assert number.whole == whole


def test_a_number_in_digits_is_not_spoken() -> None:
    spoken = [n.spoken for n in find_numbers(tokenise("12, twelve, 十二, 3万").words)]
    assert spoken == [False, True, True, True]


@given(st.integers(0, MOST), st.sampled_from([" and ", " "]))
def test_an_english_number_comes_back(number: int, joint: str) -> None:
    spelt = english(number, joint)
    (found,) = find_numbers(tuple(spelt.split()))
    assert found.value == number
    assert found.past == len(spelt.split())


@given(st.integers(2, MOST), st.sampled_from("二两"))
def test_a_chinese_number_comes_back(number: int, two: str) -> None:
    spelt = chinese(number, two=two)
    (found,) = find_numbers(tuple(spelt))
    assert found.value == number
    assert found.past == len(spelt)


@given(st.integers(1, 9999), st.integers(1, 9), st.sampled_from(["块", "块钱", "块零"]))
def test_small_change_behind_yuan_comes_back(yuan: int, jiao: int, name: str) -> None:
    (found,) = find_amounts(f"{chinese(yuan)}{name}{chinese(jiao)}毛")
    assert (found.value, found.currency) == (Decimal(yuan) + Decimal(jiao) / 10, "CNY")


@given(st.integers(1, 999), st.integers(10, 99))
def test_pounds_and_pence_come_back(pounds: int, pence: int) -> None:
    for said in (
        f"{pounds} pounds {pence}",
        f"{english(pounds, ' and ')} pounds {english(pence, '')}",
    ):
        (found,) = find_amounts(said)
        assert (found.value, found.currency) == (Decimal(pounds) + Decimal(pence) / 100, "GBP")


@given(
    st.integers(2, 8).flatmap(lambda low: st.tuples(st.just(low), st.integers(low + 1, 9))),
    st.sampled_from([("hundred", "百", 100), ("thousand", "千", 1000), ("grand", "万", None)]),
)
def test_both_ends_of_a_range_are_of_the_same_size(
    ends: tuple[int, int], size: tuple[str, str, int | None]
) -> None:
    name, character, times = size
    for said, by in (
        (f"{ONES[ends[0]]} to {ONES[ends[1]]} {name} pounds", times or 1000),
        (f"{chinese(ends[0])}到{chinese(ends[1])}{character}块", times or 10_000),
    ):
        assert [int(one.value) for one in find_amounts(said)] == [end * by for end in ends]


@given(st.integers(1, 19), st.sampled_from(["thousand", "grand", "million"]))
def test_halves_of_large_numbers_come_back(count: int, name: str) -> None:
    size = {"thousand": 1000, "grand": 1000, "million": 10**6}[name]
    for said in (f"{ONES[count]} and a half {name}", f"{ONES[count]} {name} and a half"):
        (found,) = find_numbers(tuple(said.split()))
        assert found.value == count * size + size // 2


@given(st.integers(0, MOST), st.integers(0, 99))
def test_an_amount_in_digits_comes_back(whole: int, cents: int) -> None:
    (found,) = find_amounts(f"¥{whole:,}.{cents:02}")
    assert found.value == Decimal(f"{whole}.{cents:02}")
    assert found.currency == "CNY"


@given(st.lists(st.sampled_from(WORDS), max_size=14))
def test_numbers_stand_in_order_inside_the_words(words: list[str]) -> None:
    past = 0
    for number in find_numbers(tuple(words)):
        assert past <= number.first < number.past <= number.whole <= len(words)
        assert number.value >= 0
        past = number.past


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("that's $1,280.40 today", [("$1,280.40", "1280.40", "USD")]),
        ("US$ 300", [("US$ 300", "300", "USD")]),
        ("￥3456", [("￥3456", "3456", "CNY")]),
        ("£20 or 30 dollars", [("£20", "20", "GBP"), ("30 dollars", "30", "USD")]),
        ("20 or 30 dollars", [("20", "20", "USD"), ("30 dollars", "30", "USD")]),
        ("a grand and a half", [("a grand and a half", "1500", None)]),
        ("a pound a week or £5", [("a pound", "1", "GBP"), ("£5", "5", "GBP")]),
        ("a dollar per day, a pound coin, a pound of flour a week", [("a dollar", "1", "USD")]),
        ("RMB 200 or 300 rmb", [("RMB 200", "200", "CNY"), ("300 rmb", "300", "CNY")]),
        ("50€ and £20", [("50€", "50", "EUR"), ("£20", "20", "GBP")]),
        ("1,280 by Friday", [("1,280", "1280", None)]),
        ("you owe 300", [("300", "300", None)]),
        ("您一共欠三千二百", [("三千二百", "3200", None)]),
        ("还 1280.40 元", [("1280.40 元", "1280.40", "CNY")]),
        ("五百块钱", [("五百块钱", "500", "CNY")]),
        ("1.234,56 €", [("1.234,56 €", "1234.56", "EUR")]),
        ("1234,56 € or €12,50", [("1234,56 €", "1234.56", "EUR"), ("€12,50", "12.50", "EUR")]),
        ("1.280 €", [("1.280 €", "1280", "EUR")]),
        ("Rs 1,25,000", [("Rs 1,25,000", "125000", "INR")]),
        ("RM200, RM 50.", [("RM200", "200", "MYR"), ("RM 50", "50", "MYR")]),
        ("R500 on Friday", [("R500", "500", "ZAR")]),
        ("S$50 or A$60", [("S$50", "50", "SGD"), ("A$60", "60", "AUD")]),
        ("NT$3000", [("NT$3000", "3000", "TWD")]),
        ("₦5,000", [("₦5,000", "5000", "NGN")]),
        ("two grand", [("two grand", "2000", None)]),
        ("pay by Feb 29", []),
        ("a tenner", [("a tenner", "10", None)]),
        ("$1.2m", [("$1.2m", "1200000", "USD")]),
        ("$1.5k", [("$1.5k", "1500", "USD")]),
        ("R4 600 or 31 000 rand", [("R4 600", "4600", "ZAR"), ("31 000 rand", "31000", "ZAR")]),
        ("1 234 567 €", [("1 234 567 €", "1234567", "EUR")]),
        ("call 020 7946 for $50", [("$50", "50", "USD")]),
        ("I will pay one emi and two rents", []),
        ("rm 200, plate R500 ABC", []),
        ("pay at 5, pay by 6, pay in two", []),
        ("I paid 3 cards and 2 of them twice", []),
        ("pay 50% or 百分之五十 or 三分之一", []),
        ("5 days, 3 months, 15号", []),
        ("call 4412", []),
        ("pay in 3 days", []),
    ],
)
def test_an_amount_is_found_with_its_currency(
    text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    found = find_amounts(text)
    told = [(text[one.start : one.end], f"{one.value:f}", one.currency) for one in found]
    assert told == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'll pay next Friday", ["next Friday"]),
        ("on the 15th", ["the 15th"]),
        ("by the fifteenth", ["the fifteenth"]),
        ("the fifteenth of March", ["the fifteenth of March"]),
        ("March 3rd, 2026 or 3 April", ["March 3rd, 2026", "3 April"]),
        ("tomorrow, or the day after tomorrow", ["tomorrow", "the day after tomorrow"]),
        ("at the end of the month", ["the end of the month"]),
        ("in three days", ["in three days"]),
        ("2026-12-01 and 12/05/2026", ["2026-12-01", "12/05/2026"]),
        ("this may be the second call", []),
        ("$500 on Fri, or by Mon", ["Fri", "Mon"]),
        ("next Tue or Weds", ["next Tue", "Weds"]),
        ("Thurs. Thu. Tues.", ["Thurs", "Thu", "Tues"]),
        ("Sat morning or on Sun", ["Sat", "Sun"]),
        ("Mon the 3rd", ["Mon", "the 3rd"]),
        ("he sat down in the sun and I wed her, mon ami", []),
        ("for three days", []),
        ("the thirty first, not the thirty first payment", ["the thirty first"]),
        ("the fifteenth.", ["the fifteenth"]),
        ("the fifteenth call", []),
        ("in a couple of days", ["in a couple of days"]),
        ("in three more business days", ["in three more business days"]),
        ("in one of those days", []),
        ("within 48 hours or in a fortnight", ["within 48 hours", "in a fortnight"]),
        ("at month end, on payday", ["month end", "payday"]),
        ("before Christmas, New Year's Eve", ["before Christmas", "New Year's Eve"]),
        ("a week on Friday, not this Friday", ["a week on Friday", "this Friday"]),
        ("two weeks today or tomorrow week", ["two weeks today", "tomorrow week"]),
        ("the Friday after, by the weekend", ["the Friday after", "by the weekend"]),
        ("every week on Friday", ["Friday"]),
        ("after lunch on Friday", ["Friday"]),
        ("本月中旬，月中，七月中国", ["本月中旬", "月中"]),
        ("两天后或半个月内", ["两天后", "半个月内"]),
        ("两个星期以后", ["两个星期以后"]),
        ("24小时之内", ["24小时之内"]),
        ("今晚或明早", ["今晚", "明早"]),
        ("春节前", ["春节前"]),
        ("早就还了，早上好，国庆节放假，吃完后晚上再说", []),
        ("下周五还", ["下周五"]),
        ("十五号或者20号", ["十五号", "20号"]),
        ("本月底", ["本月底"]),
        ("12月1日，下个月15号", ["12月1日", "下个月15号"]),
        ("明天或后天", ["明天", "后天"]),
        ("三天内还清", ["三天内"]),
        ("月底发工资", ["月底"]),
        ("十五号楼", []),
        ("您好", []),
    ],
)
def test_a_day_is_found_where_it_is_named(text: str, expected: list[str]) -> None:
    found = find_days(text)
    assert [one.text for one in found] == expected
    assert all(text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("我 下 周五 还", "下周五", "下 周五"),
        ("二 十 五 号 之前", "二十五号", "二 十 五 号"),
        ("这个 月 还 300 ，下个 月 还", "这个月", "这个 月"),
        ("pay 300 5 号", "5号", "5 号"),
    ],
)
def test_spaces_inside_of_chinese_part_no_day(text: str, day: str, words: str) -> None:
    found = find_days(text)[0]
    assert found.text == day
    assert text[found.start : found.end] == words


@pytest.mark.parametrize("text", ["30% of it", "30 % now", "先还30％", "thirty percent"])
def test_the_sign_for_percent_is_a_unit(text: str) -> None:
    (found,) = numbers_among(text, tokenise(text))
    assert (found.value, found.unit) == (Decimal(30), "percent")
    assert find_amounts(f"pay {text}") == ()


def test_the_sign_of_another_number_is_none_of_its_own() -> None:
    text = "300, that is 20% of it"
    assert [it.unit for it in numbers_among(text, tokenise(text))] == [None, "percent"]


@given(st.text(max_size=60))
def test_amounts_and_days_lie_inside_any_text(text: str) -> None:
    spans = [(one.start, one.end) for one in find_amounts(text)]
    spans += [(one.start, one.end) for one in find_days(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize("text", ["2.5 百 点 二", "1.5 点 五", "百点", "点二点三", "3.2 万 点 一"])
def test_what_is_no_number_in_a_row_of_numerals_is_no_reason_to_fail(text: str) -> None:
    words = tokenise(text).words
    for number in find_numbers(words):
        assert 0 <= number.first < number.past <= len(words)


@pytest.mark.parametrize("part", ["一十", "一两", "一", "零十", "oh ", "double ", "two three "])
def test_numerals_without_end_are_read_to_their_end(part: str) -> None:
    words = tokenise(part * 5_000 + " and five hundred dollars").words
    assert find_numbers(words)[-1].value == 500
