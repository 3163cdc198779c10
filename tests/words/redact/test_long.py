"""Very long turns: they are read in pieces, and what stands in them is found where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.redact import Kind, find

_FILLING = "and so I told them again that it could not be paid "


@given(st.integers(0, 60), st.integers(0, 60))
def test_what_stands_in_a_long_turn_is_found_where_it_stands(before: int, behind: int) -> None:
    text = f"{_FILLING * before}. My card is 4111 1111 1111 1111. {_FILLING * behind}"
    cards = [text[one.start : one.end] for one in find(text) if one.kind is Kind.CARD]
    assert cards == ["4111 1111 1111 1111"]


@pytest.mark.parametrize(
    "part", ["a dot ", "1 ", "a b ", "三", "一十", "路", "a@", "flat 4 ", "地址是"]
)
def test_what_repeats_without_end_is_read_to_its_end(part: str) -> None:
    text = part * (5_000 // len(part)) + "，。, my email is ann@example.com"
    assert any(one.kind is Kind.EMAIL and one.end == len(text) for one in find(text))
