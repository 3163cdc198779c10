"""The formulas of Aliyun rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.script.exchange import ExchangeError
from callcoach.script.exchange.aliyun_formula import (
    And,
    Formula,
    Name,
    Not,
    Or,
    names_in,
    read_formula,
    write_formula,
)

a, b, c = Name("1"), Name("2"), Name("c3")


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("1", a),
        (" 1 && 2 ", And((a, b))),
        ("1||2&&c3", Or((a, And((b, c))))),
        ("(1||2)&&c3", And((Or((a, b)), c))),
        ("1&&(2||!c3)", And((a, Or((b, Not(c)))))),
        ("!!1", Not(Not(a))),
        ("((1))", a),
    ],
)
def test_a_formula_is_read(text: str, formula: Formula) -> None:
    assert read_formula(text, "$") == formula


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 1),
        ("1&&", 4),
        ("1 & 2", 3),
        ("1&&(2||3", 9),
        ("1)", 2),
        ("&&1", 1),
        ("1 2", 3),
        ("1&&！2", 4),
        ("!" * 40 + "1", 10),
        ("(" * 5000, 10),
    ],
)
def test_a_slip_is_told_with_its_place(text: str, at: int) -> None:
    with pytest.raises(ExchangeError, match=rf"\$\.rules\[0\]\.lambda .*at character {at}\b"):
        read_formula(text, "$.rules[0].lambda")


formulas = st.recursive(
    st.sampled_from([a, b, c]),
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(And, st.lists(parts, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(parts, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=5,
)


@given(formulas)
def test_what_is_written_is_read_again(formula: Formula) -> None:
    assert read_formula(write_formula(formula), "$") == formula


def test_names_come_in_order() -> None:
    assert list(names_in(read_formula("2&&(1||!c3)&&1", "$"))) == ["2", "1", "c3", "1"]
