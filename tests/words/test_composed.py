"""Accents that stand apart from letters, and what has no width, change no word and no span."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.composed import composed, plain
from callcoach.words.normalise import tokenise

LETTERS = st.text(alphabet="aeou éñüçÅø您好が 12,.'", max_size=40)
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u202a"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cafe\u0301", ["café"]),
        ("Jose\u0301 Garci\u0301a\u2019s", ["josé", "garcía", "is"]),
        ("he\u00adllo", ["hello"]),
        ("zero\u200bwidth", ["zerowidth"]),
        ("I\u200b\u2019m", ["i", "am"]),
        ("1,2\u200b80", ["1280"]),
        ("您\u200b好\ufeff吗", ["您", "好", "吗"]),
        ("か\u3099", ["が"]),
        ("e\u200b\u0301", ["é"]),
        ("x\u0302y", ["xy"]),
        ("\u0301ab", ["ab"]),
        ("\u200b\u00ad", []),
        ("one\u200b two", ["one", "two"]),
    ],
)
def test_a_word_is_what_one_sees(text: str, words: list[str]) -> None:
    assert list(tokenise(text).words) == words


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("cafe\u0301!", ["cafe\u0301"]),
        ("he\u00adllo\u00ad you", ["he\u00adllo", "you"]),
        ("\ufeffcafe\u0301\u200b", ["cafe\u0301"]),
        ("您\u200b好", ["您", "好"]),
    ],
)
def test_a_span_holds_the_accents_and_ends_before_what_is_unseen(
    text: str, spans: list[str]
) -> None:
    tokens = tokenise(text)
    pairs = zip(tokens.starts, tokens.ends, strict=True)
    assert [text[start:end] for start, end in pairs] == spans


@given(LETTERS)
def test_parted_accents_are_read_like_whole_ones(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    assert tokenise(apart).words == tokenise(unicodedata.normalize("NFC", text)).words
    assert plain(apart) == unicodedata.normalize("NFC", text)


@given(LETTERS, st.lists(st.tuples(st.integers(0, 40), st.sampled_from(UNSEEN)), max_size=5))
def test_what_has_no_width_parts_nothing(text: str, marks: list[tuple[int, str]]) -> None:
    strewn = text
    for place, mark in marks:
        strewn = strewn[:place] + mark + strewn[place:]
    found, expected = tokenise(strewn), tokenise(text)
    assert found.words == expected.words
    for one, other in zip(
        zip(found.starts, found.ends, strict=True),
        zip(expected.starts, expected.ends, strict=True),
        strict=True,
    ):
        assert plain(strewn[slice(*one)]) == text[slice(*other)]


@given(st.text(max_size=40))
def test_places_lie_in_order_inside_the_text(text: str) -> None:
    whole = composed(text)
    if whole is None:
        return
    past = 0
    for start, end in zip(whole.starts, whole.ends, strict=True):
        assert past <= start < end <= len(text)
        past = end
    assert composed(whole.text) is None


def test_a_text_without_them_is_not_copied() -> None:
    assert composed("naïve café 您好") is None
