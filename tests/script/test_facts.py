"""Facts: what is understood as a value, and that what is stored is read back the same."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.errors import FactError
from callcoach.script.facts import FactKind, FactValue, Money, canonical, parse
from tests.support import fact, wording

TODAY = date(2026, 12, 1)
CHOICES = {
    "sms": wording(zh="短信", en="text message"),
    "email": wording(zh=["邮件", "电子邮件"], en=["e-mail", "mail"]),
}


def value(kind: FactKind, text: str, currency: str = "CNY") -> FactValue:
    """Return what a text gives a fact of a kind, on 1 December 2026."""
    choices = CHOICES if kind is FactKind.CHOICE else {}
    return parse(fact(kind, choices=choices, currency=currency), text, TODAY)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("3456.78", "3456.78", "CNY"),
        ("3,456.78", "3456.78", "CNY"),
        ("3，456.78", "3456.78", "CNY"),
        ("¥3456.78", "3456.78", "CNY"),
        ("￥ 3456.78", "3456.78", "CNY"),
        ("3456.78元", "3456.78", "CNY"),
        ("500块", "500", "CNY"),
        ("500块钱", "500", "CNY"),
        ("1.5万", "15000", "CNY"),
        ("1.5万元", "15000", "CNY"),
        ("500 CNY", "500", "CNY"),
        ("CNY 500", "500", "CNY"),
        ("500 rmb", "500", "CNY"),
        ("$20", "20", "USD"),
        ("US$20", "20", "USD"),
        ("20 dollars", "20", "USD"),
        ("£5.50", "5.50", "GBP"),
        ("€1,000", "1000", "EUR"),
        ("HK$20", "20", "HKD"),
        ("20港元", "20", "HKD"),
        ("20 jpy", "20", "JPY"),
        ("-20", "-20", "CNY"),
        ("５００", "500", "CNY"),
        ("  500  ", "500", "CNY"),
        ("1,25,000", "125000", "CNY"),
        ("一千二", "1200", "CNY"),
        ("三百块五毛", "300.5", "CNY"),
        ("两千港币", "2000", "HKD"),
        ("1.5k", "1500", "CNY"),
        ("five hundred dollars", "500", "USD"),
    ],
)
def test_money_is_understood_as_people_write_it(text: str, amount: str, currency: str) -> None:
    assert value(FactKind.MONEY, text) == Money(Decimal(amount), currency)


def test_a_bare_amount_is_in_the_currency_of_its_fact() -> None:
    assert value(FactKind.MONEY, "500", "USD") == Money(Decimal(500), "USD")


@pytest.mark.parametrize("text", ["人民币500", "人民币 500元", "500人民币"])
def test_the_name_of_the_chinese_currency_is_understood(text: str) -> None:
    assert value(FactKind.MONEY, text) == Money(Decimal(500), "CNY")


@pytest.mark.parametrize("text", ["$100 CNY", "¥100 USD", "US$100元"])
def test_an_amount_in_two_currencies_is_refused(text: str) -> None:
    with pytest.raises(FactError):
        value(FactKind.MONEY, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2025-12-01", date(2025, 12, 1)),
        ("2026/12/5", date(2026, 12, 5)),
        ("2026.12.5", date(2026, 12, 5)),
        ("2026年12月5日", date(2026, 12, 5)),
        ("12月5日", date(2026, 12, 5)),
        ("12月5号", date(2026, 12, 5)),
        ("12 月 5", date(2026, 12, 5)),
        ("12-05", date(2026, 12, 5)),
        ("12-01", date(2026, 12, 1)),
        ("11-30", date(2027, 11, 30)),
        ("1月5日", date(2027, 1, 5)),
        ("today", date(2026, 12, 1)),
        ("今天", date(2026, 12, 1)),
        ("Tomorrow", date(2026, 12, 2)),
        ("明天", date(2026, 12, 2)),
        ("后天", date(2026, 12, 3)),
    ],
)
def test_a_day_is_understood_and_without_a_year_it_is_the_next_such_day(
    text: str, day: date
) -> None:
    assert value(FactKind.DATE, text) == day


@pytest.mark.parametrize(
    ("today", "next_leap_day"),
    [
        (date(2027, 12, 15), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2028, 3, 1), date(2032, 2, 29)),
    ],
)
def test_the_29th_of_february_without_a_year_is_the_next_leap_day(
    today: date, next_leap_day: date
) -> None:
    assert parse(fact(FactKind.DATE), "2月29日", today) == next_leap_day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3", "3"),
        ("1,234.5", "1234.5"),
        ("-2", "-2"),
        ("0.1", "0.1"),
        ("０３", "3"),
    ],
)
def test_a_number_is_exact(text: str, expected: str) -> None:
    assert value(FactKind.NUMBER, text) == Decimal(expected)


@pytest.mark.parametrize("text", ["yes", "Y", "TRUE", "是", "对", "有", "1"])
def test_yes_is_understood(text: str) -> None:
    assert value(FactKind.YES_NO, text) is True


@pytest.mark.parametrize("text", ["no", "N", "false", "否", "不", "没有", "0"])
def test_no_is_understood(text: str) -> None:
    assert value(FactKind.YES_NO, text) is False


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("sms", "sms"), ("SMS", "sms"), ("短信", "sms"), ("Text Message", "sms"), ("mail", "email")],
)
def test_a_choice_is_understood_by_its_value_or_any_of_its_titles(text: str, chosen: str) -> None:
    assert value(FactKind.CHOICE, text) == chosen


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("400-800-1234", "4008001234"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("(010) 1234.5678", "01012345678"),
    ],
)
def test_a_phone_number_is_its_digits(text: str, digits: str) -> None:
    assert value(FactKind.PHONE, text) == digits


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (FactKind.PHONE, "＋８６（１０）１２３４－５６７８", "+861012345678"),
        (FactKind.PHONE, "٠١٢٣٤٥٦٧٨", "012345678"),
        (FactKind.DATE, "２０２６－１２－０５", date(2026, 12, 5)),
        (FactKind.DATE, "１２月５日", date(2026, 12, 5)),
        (FactKind.MONEY, "￥３，４５６．７８", Money(Decimal("3456.78"), "CNY")),
        (FactKind.NUMBER, "－１，２３４", Decimal(-1234)),
    ],
)
def test_full_width_digits_and_those_of_other_scripts_are_the_same_digits(
    kind: FactKind, text: str, expected: FactValue
) -> None:
    assert value(kind, text) == expected


def test_a_phone_number_in_full_width_digits_is_the_same_number() -> None:
    assert value(FactKind.PHONE, "１３８００１３８０００") == "13800138000"


def test_a_text_loses_only_the_spaces_around_it() -> None:
    assert value(FactKind.TEXT, "  王 女士 ") == "王 女士"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((kind, "   ") for kind in FactKind),
        (FactKind.MONEY, "a lot"),
        (FactKind.MONEY, "5 zloties"),
        (FactKind.MONEY, "--5"),
        (FactKind.MONEY, "1.2.3"),
        (FactKind.MONEY, "12,34"),
        (FactKind.MONEY, "-五百"),
        (FactKind.MONEY, "$1.5k"),
        (FactKind.MONEY, "三期"),
        (FactKind.MONEY, "百分之十"),
        (FactKind.MONEY, "五百，三百"),
        (FactKind.DATE, "2026-13-01"),
        (FactKind.DATE, "2026-02-29"),
        (FactKind.DATE, "0000-01-01"),
        (FactKind.DATE, "30 February"),
        (FactKind.DATE, "2026-12"),
        (FactKind.DATE, "soon"),
        (FactKind.NUMBER, "three"),
        (FactKind.NUMBER, "1e3"),
        (FactKind.NUMBER, "NaN"),
        (FactKind.NUMBER, "3 yuan"),
        (FactKind.YES_NO, "maybe"),
        (FactKind.CHOICE, "pigeon"),
        (FactKind.PHONE, "1234"),
        (FactKind.PHONE, "1" * 16),
        (FactKind.PHONE, "call me"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_forms_that_are(
    kind: FactKind, text: str
) -> None:
    with pytest.raises(FactError) as refused:
        value(kind, text)
    assert refused.value.hint.startswith("write ")


def test_a_refusal_does_not_repeat_what_the_customer_said() -> None:
    with pytest.raises(FactError) as refused:
        value(FactKind.MONEY, "500 borrowed from my sister Anna")
    assert "anna" not in refused.value.message.lower()


@given(
    st.sampled_from(FactKind), st.text(max_size=20) | st.from_regex(r"[-¥$+(]?[\d,.年月万 -]{1,12}")
)
def test_any_text_is_a_value_or_refused_and_a_value_is_read_back_as_itself(
    kind: FactKind, text: str
) -> None:
    try:
        read = value(kind, text)
    except FactError:
        return
    assert value(kind, canonical(read)) == read


NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.from_regex(
    r"-?[0-9]{1,12}(\.[0-9]{1,4})?", fullmatch=True
).map(Decimal)
CURRENCIES = st.sampled_from(["CNY", "USD", "EUR", "KWD", "JPY"])


@given(NUMBERS.filter(lambda number: abs(number) < 10**20))
def test_a_number_is_stored_and_read_back_as_itself(number: Decimal) -> None:
    assert value(FactKind.NUMBER, canonical(number)) == number


@given(NUMBERS.filter(lambda number: abs(number) < 10**20), CURRENCIES, CURRENCIES)
def test_money_is_stored_and_read_back_as_itself_whatever_its_fact_counts_in(
    amount: Decimal, currency: str, bare: str
) -> None:
    money = Money(amount, currency)
    assert value(FactKind.MONEY, canonical(money), bare) == money


@given(st.dates())
def test_a_day_is_stored_and_read_back_as_itself(day: date) -> None:
    assert value(FactKind.DATE, canonical(day)) == day


@given(st.booleans())
def test_yes_and_no_are_stored_and_read_back_as_themselves(answer: bool) -> None:
    assert value(FactKind.YES_NO, canonical(answer)) is answer


@given(st.dates(date(2024, 1, 1), date(2040, 1, 1)), st.integers(min_value=0, max_value=364))
def test_a_day_of_the_coming_year_needs_no_year(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert parse(fact(FactKind.DATE), f"{day.month}月{day.day}日", today) == day


@pytest.mark.parametrize("text", ["0.0000001", "0.0000000", "-0.00000012"])
@pytest.mark.parametrize("kind", [FactKind.NUMBER, FactKind.MONEY])
def test_a_tiny_number_is_stored_and_read_back_as_itself(kind: FactKind, text: str) -> None:
    read = value(kind, text)
    assert value(kind, canonical(read)) == read


@pytest.mark.parametrize("text", ["1" * 30, "1" * 30 + ".25", "9" * 26 + "万"])
def test_a_huge_amount_is_refused_or_exact_and_read_back_as_itself(text: str) -> None:
    try:
        read = value(FactKind.MONEY, text)
    except FactError:
        return
    assert isinstance(read, Money)
    assert f"{read.amount:f}" == text.replace("万", "0000")
    assert value(FactKind.MONEY, canonical(read)) == read


def test_a_choice_is_read_back_as_itself_where_another_one_is_called_like_it() -> None:
    choices = {"sms": wording(en="letter"), "letter": wording(en="post")}
    sent_by = fact(FactKind.CHOICE, choices=choices)
    assert parse(sent_by, "letter", TODAY) == "letter"
