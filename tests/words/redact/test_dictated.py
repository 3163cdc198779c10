"""Numbers that are written in groups: none of their groups is left, and a list of sums stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.redact import redact

GROUPS = {
    "mobile": ((3, 4, 4), (3, 3, 5), (4, 3, 4), (11,)),
    "card": ((4, 4, 4, 4), (16,)),
    "landline": ((5, 6), (5, 3, 3), (4, 3, 4)),
}
BETWEEN = st.sampled_from([" ", "-", "，", ", ", "、", "–", ","])
AROUND = st.sampled_from(["{}", "it's {}", "记一下{}", "use {} please", "{}，对的", "是{}"])


def checked(digits: str) -> str:
    """Return digits with the one behind that checks them (Luhn)."""
    doubled = [int(one) * (2 - at % 2) for at, one in enumerate(reversed(digits))]
    return digits + str(-sum(one - 9 * (one > 9) for one in doubled) % 10)


MADE = st.one_of(
    st.tuples(st.just("mobile"), st.from_regex(r"1[3-79]\d{9}", fullmatch=True)),
    st.tuples(st.just("card"), st.from_regex(r"4[0-9]{14}", fullmatch=True).map(checked)),
    st.tuples(st.just("landline"), st.from_regex(r"07\d{9}", fullmatch=True)),
).filter(lambda made: made[1].isascii() and len(set(made[1])) > 3)


@given(MADE, st.data(), BETWEEN, AROUND)
def test_no_group_of_a_number_is_left(
    made: tuple[str, str], data: st.DataObject, between: str, around: str
) -> None:
    kind, digits = made
    groups, at = [], 0
    for size in data.draw(st.sampled_from(GROUPS[kind])):
        groups.append(digits[at : at + size])
        at += size
    if all(one.endswith("0") and not one.startswith("0") for one in groups):
        return  # as likely a list of round sums
    assert not any(map(str.isdecimal, redact(around.format(between.join(groups)))))


@pytest.mark.parametrize(
    "text",
    [
        "payments of 250, 250, 1000",
        "三期是1500，2300，1800",
        "they are $350, 420, 1285 in all",
        "2019, 2020, 2021",
        "100, 200, 300, 400",
    ],
)
def test_a_list_of_sums_stays(text: str) -> None:
    assert redact(text) == text
