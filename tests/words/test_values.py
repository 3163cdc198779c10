"""What is known before a call, found where it is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.normalise import tokenise
from callcoach.words.values import find_value


def said(text: str, value: str, in_part: bool) -> list[str]:
    """Return the pieces of a text in which a value is said."""
    tokens = tokenise(text)
    found = find_value(tokens.words, value, in_part)
    return [text[tokens.starts[first] : tokens.ends[past - 1]] for first, past in found]


@pytest.mark.parametrize(
    ("text", "value", "whole", "in_part"),
    [
        ("Hello, this is Maria Lopez.", "Maria Lopez", ["Maria Lopez"], ["Maria Lopez"]),
        ("my name is maria", "Maria Lopez", [], ["maria"]),
        ("Is that Ms Lopez?", "Maria Lopez", [], ["Ms Lopez"]),
        ("I will pay the bill in May.", "Will May", [], []),
        ("Mr May, I will wait. Will, will you?", "Will May", [], ["Mr May"]),
        ("Mr Ng? Is it Ng?", "Tony Ng", [], ["Mr Ng"]),
        ("Ms Wang, is that you, Ms Wang?", "Ms Wang", ["Ms Wang"] * 2, ["Ms Wang"] * 2),
        ("Mrs Wang here", "Ms Wang", [], ["Mrs Wang"]),
        ("Ms Jones?", "Ms Wang", [], []),
        ("Al and Bo", "Al Bo", [], []),
        ("a lopezian thing", "Maria Lopez", [], []),
        ("您好，我是王小明", "王小明", ["王小明"], ["王小明"]),
        ("请问是王先生吗", "王小明", [], ["王先生"]),
        ("小明在吗", "王小明", [], ["小明"]),
        ("欧阳女士您好", "欧阳若兰", [], ["欧阳女士"]),
        ("王小姐", "王女士", [], ["王小姐"]),
        ("王府井见", "王女士", [], []),
        ("northline recoveries speaking", "Northline", ["northline"], ["northline"]),
        ("Jose\u0301 speaking", "José", ["Jose\u0301"], ["Jose\u0301"]),
        ("José speaking", "Jose\u0301", ["José"], ["José"]),
        ("anything", "", [], []),
        ("anything", "…", [], []),
    ],
)
def test_a_value_is_found_as_a_whole_and_a_name_in_part(
    text: str, value: str, whole: list[str], in_part: list[str]
) -> None:
    assert said(text, value, in_part=False) == whole
    assert said(text, value, in_part=True) == in_part


@given(st.text("王李明 abMs.", max_size=12), st.text("王李明先生 abMs.", max_size=8), st.booleans())
def test_places_lie_apart_and_in_order(text: str, value: str, in_part: bool) -> None:
    words = tokenise(text).words
    found = list(find_value(words, value, in_part))
    ends = [0, *(end for place in found for end in place)]
    assert ends == sorted(ends)
    assert ends[-1] <= len(words)
    assert all(first < past for first, past in found)
