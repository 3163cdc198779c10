"""The notation of phrases, and the sequences of words that a phrase stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.phrase import (
    DEFAULT_GAP,
    MAX_GAP,
    MAX_SEQUENCES,
    Gap,
    PhraseError,
    edges,
    sequences,
)
from tests.support import counted


def said(phrase: str) -> set[str]:
    """Return what a phrase stands for, its words joined by spaces, gaps as `<5>`."""
    return {
        " ".join(f"<{item.most}>" if isinstance(item, Gap) else item for item in sequence)
        for sequence in sequences(phrase)
    }


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("how are you", {"how are you"}),
        ("How ARE, you?", {"how are you"}),
        ("(lend|give) me", {"lend me", "give me"}),
        ("thank you [so]", {"thank you", "thank you so"}),
        ("thank [you [so much]]", {"thank", "thank you", "thank you so much"}),
        ("pay ... today", {f"pay <{DEFAULT_GAP}> today"}),
        ("pay … today", {f"pay <{DEFAULT_GAP}> today"}),
        ("pay ...2 today", {"pay <2> today"}),
        ("pay ...... today", {f"pay <{DEFAULT_GAP}> today"}),
        ("owe us #", {"owe us #"}),
        ("#月#(日|号)", {"# 月 # 日", "# 月 # 号"}),
        ("您好", {"您 好"}),
        ("(您|你)好", {"您 好", "你 好"}),
        ("我是...12的", {"我 是 <12> 的"}),
        ("(a|) b", {"a b", "b"}),
        ("(a|b|a) c", {"a c", "b c"}),
        ("a|b c", {"a", "b c"}),
        ("I'm here", {"i am here"}),
        ("(f***|f*ck) you", {"f* you", "f*ck you"}),
        ("收到還款", {"收 到 还 款"}),
        ("... a ...", {"a"}),
        ("a ...2 ...3 b", {"a <5> b"}),
        (f"a ...{MAX_GAP} ...{MAX_GAP} b", {f"a <{MAX_GAP}> b"}),
        ("a [...] b", {f"a <{DEFAULT_GAP}> b", "a b"}),
        ("[a ...] b", {f"a <{DEFAULT_GAP}> b", "b"}),
        ("(for|on) ...2", {"for", "on"}),
    ],
)
def test_a_phrase_stands_for_these_sequences(phrase: str, expected: set[str]) -> None:
    assert said(phrase) == expected


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "   ",
        "，。",
        "[a]",
        "(a|)",
        "...",
        "[a] [b]",
        "(a",
        "a)",
        "[a",
        "a]",
        "(a]",
        "(a|b",
        "a ...0 b",
        f"a ...{MAX_GAP + 1} b",
        "(a|b)? c",
        "(a|b)* c",
        "(a|b)+ c",
        "(a){2}",
    ],
)
def test_what_is_not_in_the_notation_is_refused_with_a_remedy(phrase: str) -> None:
    with pytest.raises(PhraseError) as refused:
        sequences(phrase)
    assert refused.value.hint


@pytest.mark.parametrize(
    ("phrase", "room"),
    [
        ("hello", (0, 0)),
        ("hello ...2", (0, 2)),
        ("...3 from", (3, 0)),
        ("... from ...", (DEFAULT_GAP, DEFAULT_GAP)),
        ("pay ...4 today", (0, 0)),
        ("...2好", (2, 0)),
    ],
)
def test_a_gap_at_its_edge_is_room_beside_a_phrase(phrase: str, room: tuple[int, int]) -> None:
    assert edges(phrase) == room


@pytest.mark.parametrize("phrase", ["[ab]+ c", "[ab]* c", "[ab]? c", "[0-9]{4} c"])
def test_a_regular_expression_is_refused_after_a_square_bracket_too(phrase: str) -> None:
    with pytest.raises(PhraseError):
        sequences(phrase)


def test_too_many_sequences_are_refused() -> None:
    with pytest.raises(PhraseError, match=str(MAX_SEQUENCES)):
        sequences("(a|b) " * 11)
    assert len(sequences("(a|b) " * 10)) == 1024


def test_too_many_sequences_are_refused_as_alternatives_of_the_whole_phrase_too() -> None:
    rows = [" ".join(f"[{name}{letter}]" for letter in "abcdefghij") + " z" for name in "xyw"]
    with pytest.raises(PhraseError, match=str(MAX_SEQUENCES)):
        sequences("|".join(rows))


def test_a_phrase_that_explodes_is_refused_before_it_does() -> None:
    with pytest.raises(PhraseError):
        counted(20_000, lambda: sequences("(a|b|c|d|e|f|g|h)" * 60))


def test_brackets_nested_too_deeply_are_refused() -> None:
    with pytest.raises(PhraseError):
        sequences("(" * 2000 + "a" + ")" * 2000)


def test_a_gap_too_long_to_read_is_refused() -> None:
    with pytest.raises(PhraseError):
        sequences(f"a ...{'9' * 5000} b")


@given(st.text(alphabet="ab您好 ()[]|.…#0123'，?", max_size=40))
def test_any_text_is_read_or_refused(phrase: str) -> None:
    try:
        found = sequences(phrase)
    except PhraseError:
        return
    assert 0 < len(found) <= MAX_SEQUENCES
    assert len(set(found)) == len(found)
    for sequence in found:
        assert not isinstance(sequence[0], Gap)
        assert not isinstance(sequence[-1], Gap)
        assert all(1 <= item.most <= MAX_GAP for item in sequence if isinstance(item, Gap))


@given(st.lists(st.sampled_from(["pay", "now", "您", "好", "3"]), min_size=1, max_size=6))
def test_plain_words_are_one_sequence_of_themselves(spoken: list[str]) -> None:
    joined = " ".join(spoken)
    assert said(joined.replace("3", "three")) == {joined.replace("3", "three")}
