"""Which digits pass the checks of cards and identity numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.redact.checks import (
    is_card,
    is_chinese_id,
    is_date,
    is_hotline,
    passes_luhn,
)


@pytest.mark.parametrize(
    ("digits", "passes"),
    [
        ("4111111111111111", True),
        ("5555555555554444", True),
        ("378282246310005", True),
        ("6222021234567890128", True),
        ("4111111111111112", False),
        ("0000000000000000", False),
        ("41111111", False),
    ],
)
def test_a_card_has_an_issuer_and_a_check_digit(digits: str, passes: bool) -> None:
    assert is_card(digits) is passes


@pytest.mark.parametrize(
    ("digits", "passes"),
    [
        ("11010519491231002X", True),
        ("11010519491231002x", True),
        ("440306199207154320", True),
        ("110105194912310021", False),
        ("110105199913310021", False),
        ("991105194912310021", False),
        ("110105491231002", True),
        ("1101054912", False),
        ("一" * 18, False),
    ],
)
def test_a_chinese_identity_number_has_a_place_a_day_and_a_check(digits: str, passes: bool) -> None:
    assert is_chinese_id(digits) is passes


@given(st.text(alphabet="0123456789", min_size=13, max_size=19))
def test_one_wrong_digit_is_always_noticed(digits: str) -> None:
    if passes_luhn(digits):
        other = str((int(digits[3]) + 1) % 10)
        assert not passes_luhn(digits[:3] + other + digits[4:])


def test_exactly_one_check_digit_fits() -> None:
    assert sum(passes_luhn(f"411111111111111{digit}") for digit in range(10)) == 1


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [("20261201", True), ("12012026", True), ("061518", True), ("84900641", False), ("12", False)],
)
def test_digits_without_marks_may_be_a_date(digits: str, is_one: bool) -> None:
    assert is_date(digits) is is_one


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        ("95588", True),
        ("10086", True),
        ("4008208820", True),
        ("18005550199", True),
        ("4412", False),
    ],
)
def test_public_lines_are_known(digits: str, is_one: bool) -> None:
    assert is_hotline(digits) is is_one
