"""Which phrases occur in an utterance: examples, and a naive matcher that must agree."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.words.match import Hit, Matcher, Pattern
from callcoach.words.normalise import tokenise
from callcoach.words.phrase import ANY_NUMBER, PhraseError, sequences
from tests.support import counted
from tests.words.naive import naive_hits


def hits(text: str, *phrases: str, unless: Sequence[str] = ()) -> list[str]:
    """Return the parts of a text that one key's phrases match."""
    patterns = [Pattern("cue", phrase) for phrase in phrases]
    patterns += [Pattern("cue", phrase, veto=True) for phrase in unless]
    return [text[hit.start : hit.end] for hit in Matcher(patterns).hits(text)]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("good morning", "Well, good   MORNING!", ["good   MORNING"]),
        ("good morning", "good old morning", []),
        ("好", "您好，好的", ["好", "好"]),
        ("(您|你)好", "你 好", ["你 好"]),
        ("thank you [so]", "thank you so much", ["thank you so"]),
        ("pay ... today", "pay it all off if you can today", []),
        ("pay ... today", "pay it all off maybe today", ["pay it all off maybe today"]),
        ("pay ... today", "pay today", ["pay today"]),
        ("pay ...1 today", "pay it today", ["pay it today"]),
        ("owe us #", "You owe us 1,280.50 yuan", ["owe us 1,280.50"]),
        ("# yuan", "five yuan", ["five yuan"]),
        ("pay #", "pay five hundred dollars", ["pay five hundred"]),
        ("# dollars", "1,280.40 dollars", ["1,280.40 dollars"]),
        ("#元", "还一千二百八十元", ["一千二百八十元"]),
        ("#点", "等一下，一点就好", []),
        ("one moment", "One moment please", ["One moment"]),
        ("# moment", "One moment please", []),
        ("分#期", "分3期", ["分3期"]),
        ("i am", "I'm Anna", ["I'm"]),
        ("am anna", "I'm Anna", ["I'm Anna"]),
        ("do not call", "don’t call me", ["don’t call"]),
        ("a b", "a b a b", ["a b", "a b"]),
        ("a ... a", "a a a", ["a a a"]),
        ("a ... b ... c ... d", "a b c x d", ["a b c x d"]),
        ("a ... b ... c ... d", "a b c x", []),
        ("a ... b ... c ... d", "a b " * 20 + "c", []),
        ("# ... #", "five of twelve", ["five of twelve"]),
        ("# ... #", "five of them", []),
        ("hello", "", []),
        ("hello", "，。", []),
    ],
)
def test_a_phrase_is_found_where_its_words_stand(phrase: str, text: str, found: list[str]) -> None:
    assert hits(text, phrase) == found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("i am sorry", "I am, um, sorry", ["I am, um, sorry"]),
        ("i am sorry", "I um I am sorry", ["I am sorry"]),
        ("i am", "I I am am here", ["I am"]),
        ("thank you very much", "thank you uh er very much", ["thank you uh er very much"]),
        ("that is for you", "that that is for for you", ["that is for for you"]),
        ("我同意", "我嗯，同意", ["我嗯，同意"]),
        ("我是王", "我我是是王芳", ["我是是王"]),
        ("谢谢您", "谢您", []),
        ("pay ...1 today", "pay um it today", ["pay um it today"]),
        ("pay ...1 today", "pay it it now today", []),
        ("pay # now", "pay five uh hundred now", ["pay five uh hundred now"]),
        ("um no", "um no", ["um no"]),
        ("嗯", "嗯，好的", ["嗯"]),
        ("no no", "no um no", ["no um no"]),
        ("bye bye", "bye", []),
        ("f*ck", "what the F**CK", ["F**CK"]),
        ("good day", "um good day uh", ["good day"]),
        ("on the first", "on the first um", ["on the first"]),
        ("on the #", "on the fifth um", ["on the fifth"]),
        ("(f***|f*ck) you", "f*** you", ["f*** you"]),
    ],
)
def test_hesitations_and_stutters_do_not_break_a_phrase(
    phrase: str, text: str, found: list[str]
) -> None:
    assert hits(text, phrase) == found


def test_a_veto_is_heard_through_a_hesitation() -> None:
    assert hits("what a um shame", "shame", unless=["a shame"]) == []


def test_words_as_they_stand_count_before_what_hesitations_were_left_out_of() -> None:
    assert hits("you um are you are", "you are") == ["you um are", "you are"]
    assert hits("pay um today we pay today", "pay today", "today we") == ["today we", "pay today"]


def test_of_overlapping_hits_the_leftmost_counts_and_of_those_the_longest() -> None:
    assert hits("say good morning all", "good morning", "morning all", "good morning all") == [
        "good morning all"
    ]
    assert hits("a b c", "a b", "b c") == ["a b"]


def test_hits_of_different_keys_may_overlap_and_come_in_order_of_place() -> None:
    matcher = Matcher([Pattern("two", "b c"), Pattern("one", "a b"), Pattern("three", "a b")])
    assert [(hit.key, hit.start, hit.end) for hit in matcher.hits("a b c")] == [
        ("one", 0, 3),
        ("three", 0, 3),
        ("two", 2, 5),
    ]


def test_a_veto_takes_back_the_hits_of_its_key_that_it_overlaps() -> None:
    assert hits("what a shame", "shame", unless=["a shame"]) == []
    assert hits("what a shame, shame on you", "shame", unless=["a shame"]) == ["shame"]
    assert hits("我是想问", "我是", unless=["我是想"]) == []


def test_a_veto_does_not_touch_other_keys() -> None:
    matcher = Matcher(
        [Pattern("one", "shame"), Pattern("one", "a shame", veto=True), Pattern("two", "shame")]
    )
    assert [hit.key for hit in matcher.hits("a shame")] == ["two"]


def test_a_vetoed_hit_does_not_hide_the_one_behind_it() -> None:
    assert hits("x a b c", "a b", "b c", unless=["x a"]) == ["b c"]


def test_a_hit_names_the_phrase_that_matched() -> None:
    matcher = Matcher([Pattern("greet", "good (morning|evening)"), Pattern("greet", "hello")])
    assert matcher.hits("Hello and good evening") == (
        Hit("greet", "hello", 0, 5, 0, 1),
        Hit("greet", "good (morning|evening)", 10, 22, 2, 4),
    )


def test_a_phrase_that_is_not_in_the_notation_is_refused() -> None:
    with pytest.raises(PhraseError):
        Matcher([Pattern("key", "(a")])


def test_a_matcher_without_phrases_finds_nothing() -> None:
    assert Matcher([]).hits("anything at all") == ()


def test_many_gaps_on_a_stuttered_word_do_not_explode() -> None:
    matcher = Matcher([Pattern("key", "no ...40 no ...40 no ...40 no ...40 no")])
    found = counted(500_000, lambda: matcher.hits("no " * 45))
    assert [(hit.start, hit.end) for hit in found] == [(0, len("no " * 45) - 1)]


def test_a_long_utterance_full_of_hits_takes_time_in_line_with_its_length() -> None:
    matcher = Matcher([Pattern("key", "pay it"), Pattern("other", "it ...3 pay")])
    text = "pay it, " * 3_000
    found = counted(700_000, lambda: matcher.hits(text))
    assert [text[hit.start : hit.end] for hit in found if hit.key == "key"] == ["pay it"] * 3_000


ENGLISH = ["i", "am", "i'm", "not", "dont", "pay", "3", "um", "five", "hundred", "you", "1,280.50"]
CHINESE = ["您", "好", "我", "是", "分", "期", "3", "嗯", "二", "十", "100", "的", "個"]


@st.composite
def cases(draw: st.DrawFn, words: list[str], space: str) -> tuple[list[Pattern], str]:
    """Return random patterns of two keys, some of them vetoes, and a random utterance.

    One seed decides it all: cases that are drawn choice by choice are near copies of one another.
    """
    chance = draw(st.randoms(use_true_random=True))
    wanted: list[Pattern] = []
    while not wanted or chance.random() < 0.75:
        key, veto = chance.choice([("one", False), ("one", False), ("two", False), ("one", True)])
        phrase = space.join(_item(chance, words, space) for _ in range(chance.choice([1, 1, 2, 3])))
        if _is_phrase(phrase):
            wanted.append(Pattern(key, phrase, veto))
    return wanted, space.join(chance.choices(words, k=chance.randint(0, 10)))


def _item(chance: Random, words: list[str], space: str, depth: int = 2) -> str:
    """Return a random part of a phrase: a word, a number, alternatives, an optional part, a gap."""

    def inner() -> str:
        return _item(chance, words, space, depth - 1)

    match chance.randrange(6) if depth else 0:
        case 0 | 1 | 2:
            return chance.choice([*words[:6], ANY_NUMBER])
        case 3:
            return f"({'|'.join(inner() for _ in range(chance.randint(1, 3)))})"
        case 4:
            return f"[{space.join(inner() for _ in range(chance.randint(1, 2)))}]"
        case _:
            return f"{inner()} {chance.choice(['...', '...1', '...2', '…'])} {inner()}"


def _is_phrase(text: str) -> bool:
    try:
        return bool(sequences(text))
    except PhraseError:
        return False


@settings(max_examples=400)
@given(cases(ENGLISH, " "))
def test_english_hits_are_those_of_a_naive_matcher(case: tuple[list[Pattern], str]) -> None:
    assert_as_naive(*case)


@settings(max_examples=400)
@given(cases(CHINESE, ""))
def test_chinese_hits_are_those_of_a_naive_matcher(case: tuple[list[Pattern], str]) -> None:
    assert_as_naive(*case)


def assert_as_naive(wanted: list[Pattern], text: str) -> None:
    """Assert that every way to match finds what the naive matcher finds."""
    expected = naive_hits(wanted, text)
    matcher = Matcher(wanted)
    assert matcher.hits(text) == expected
    tokens = tokenise(text)
    assert matcher.find(tokens) == expected
    hits = matcher.by_key(tokens)
    assert {key: hits.of(key) for key in hits} == {
        key: tuple(hit for hit in expected if hit.key == key) for key in {it.key for it in expected}
    }
