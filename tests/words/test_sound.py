"""Phrases that were heard badly: what is found, what it says of itself, and what must not be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.words import sound_scan
from callcoach.words.match import Matcher, Pattern
from callcoach.words.pinyin import syllables, table
from callcoach.words.sound import (
    LEAST_CONFIDENCE,
    SoundHit,
    SoundMatcher,
    SoundPattern,
    Tolerance,
    Way,
)
from callcoach.words.sound_cost import LEAST_WEIGHT, NEGATIONS, heaviness
from callcoach.words.sound_fit import fit
from callcoach.words.sound_grid import grid_of
from callcoach.words.sound_scan import Scan

PHRASES = (
    "thank you for calling",
    "my name is",
    "i can pay",
    "payment (plan|option|options)",
    "have a (nice|great|good) day",
    "when ...4 able to pay",
    "owe us # dollars",
    "还款(金额|日期)",
    "不好意思",
    "跟您核对",
    "什么时候...4方便",
    "还不上",
)
KEYS = tuple(f"cue{at}" for at in range(len(PHRASES)))
EXACT = Matcher(Pattern(key, phrase) for key, phrase in zip(KEYS, PHRASES, strict=True))
SOUND = SoundMatcher(SoundPattern(key, phrase) for key, phrase in zip(KEYS, PHRASES, strict=True))
SAID = """
thank think you your for calling my name is his i can can't not pay bay payment plan plants have a
nice great day when able to owe us 100 dollars um thankyou 还 换 款 宽 金 额 日 期 不 部 好 意 思
跟 您 核 对 什 么 时 候 方 便 上 。 ?
"""
HEARD = st.lists(st.sampled_from(SAID.split()), max_size=14).map(" ".join)


def found(text: str, *phrases: str, tolerance: Tolerance = Tolerance.NEAR) -> list[SoundHit]:
    """Return what is found of one key's phrases."""
    exact = Matcher(Pattern("cue", phrase) for phrase in phrases).hits(text)
    matcher = SoundMatcher(SoundPattern("cue", phrase, tolerance) for phrase in phrases)
    return list(matcher.hits(text, exact))


@pytest.mark.parametrize(
    ("phrase", "text", "heard", "taken_for", "way"),
    [
        ("还款金额", "您的换款金额是", "换款金额", "还款金额", Way.SAME_SOUND),
        ("还款日期", "宽的孩款日旗是", "孩款日旗", "还款日期", Way.SAME_SOUND),
        ("跟您核对", "我 根 您 和 队 一 下", "根 您 和 队", "跟您核对", Way.SAME_SOUND),
        ("不好意思", "不号意是啊", "不号意是", "不好意思", Way.NEAR_SOUND),
        ("不好意思", "不好的意思", "不好的意思", "不好意思", Way.WORD_ADDED),
        ("请您说一下", "请您说下", "请您说下", "请您说一下", Way.WORD_LOST),
        ("什么时候...4方便", "什么是后您芳便", "什么是后您芳便", "什么时候…方便", Way.SAME_SOUND),
        ("thank you for calling", "think you for calling", None, None, Way.NEAR_SOUND),
        ("the right time", "at the write time", "the write time", None, Way.SAME_SOUND),
        ("payment plan", "a pavement plan", "pavement plan", "payment plan", Way.NEAR_SOUND),
        ("my name is", "my name as anna", "my name as", "my name is", Way.NEAR_SOUND),
        ("have a great day", "have great day", None, None, Way.WORD_LOST),
        ("am i speaking with", "am i now speaking with", None, None, Way.WORD_ADDED),
        ("thank you", "thankyou very much", "thankyou", "thank you", Way.WORDS_JOINED),
        ("payment today", "a pay ment today", "pay ment today", None, Way.WORDS_JOINED),
        ("thank you for calling", "thank um you for falling", None, None, Way.NEAR_SOUND),
        ("when ...4 able to pay", "when might you be able to bay", None, None, Way.NEAR_SOUND),
    ],
)
def test_a_phrase_is_found_by_its_sound(
    phrase: str, text: str, heard: str | None, taken_for: str | None, way: Way
) -> None:
    (hit,) = found(text, phrase)
    assert hit.way is way
    assert LEAST_CONFIDENCE <= hit.confidence < 1
    assert hit.heard == text[hit.start : hit.end]
    assert heard in (None, hit.heard)
    assert taken_for in (None, hit.taken_for)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("i can pay", "i can not pay"),
        ("i can pay", "i can't pay"),
        ("i can pay", "you can pay"),
        ("i will pay", "i will not pay"),
        ("还得上", "还不得上"),
        ("可以还款", "不以还款"),
        ("能按时还款", "能按时不还款"),
        ("my name is", "your name is"),
        ("我会按时还款", "你会按时还款"),
        ("分成四期还款", "分成十期还款"),
        ("payment plan", "statement plan"),
        ("good morning", "morning"),
        ("您好", "宁号"),
        ("hello", "yellow"),
        ("five hundred dollars", "nine hundred dollars"),
        ("owe us # dollars", "owe us some dollars"),
        ("that is me", "about this is. me"),
        ("抱歉我们", "抱。潜我们"),
        ("thank you for calling", "thank you for calling"),
    ],
)
def test_what_means_something_else_is_not_found(phrase: str, text: str) -> None:
    assert found(text, phrase) == []


def test_forbidden_phrases_take_the_same_sound_at_most() -> None:
    assert found("别找界口", "别找借口", tolerance=Tolerance.SAME_SOUND)
    assert not found("别找节狗", "别找借口", tolerance=Tolerance.SAME_SOUND)
    assert not found("别找个借口", "别找借口", tolerance=Tolerance.SAME_SOUND)


def test_words_that_were_surely_something_else_are_left_alone() -> None:
    text = "抱歉我们来晚了"
    sorry = Matcher([Pattern("sorry", "抱歉")]).hits(text)
    matcher = SoundMatcher([SoundPattern("debt", "欠我们")])
    assert matcher.hits(text)
    assert not matcher.hits(text, sorry)


@pytest.mark.parametrize("text", ["你要是换款金额不对", "你要是换款金鹅不对"])
def test_a_veto_takes_back_what_was_found_by_sound(text: str) -> None:
    patterns = [SoundPattern("cue", "还款金额")]
    veto = Pattern("cue", "换款金额不对", veto=True)
    assert SoundMatcher(patterns).hits(text)
    assert not SoundMatcher(
        [*patterns, SoundPattern("cue", "换款金额不对", veto=True)], [veto]
    ).hits(text)


def test_a_veto_by_sound_alone_finds_nothing() -> None:
    assert not SoundMatcher([SoundPattern("cue", "还款金额", veto=True)]).hits("换款金额")


def test_nothing_is_compiled_of_what_is_too_short() -> None:
    assert not SoundMatcher([SoundPattern("cue", "(您好|hi|pay me)")]).hits("宁好 hey pay my")
    assert not SoundMatcher(()).hits("thank you")


BRIEF = [
    ("你号", ["你好"]),
    ("拟好", ["你好"]),
    ("拟号", []),
    ("你好", []),
    ("你牛", []),
    ("hallo", []),
]


@pytest.mark.parametrize(("heard", "taken_for"), BRIEF)
def test_of_two_characters_one_may_be_another_of_the_same_sound(
    heard: str, taken_for: list[str]
) -> None:
    matcher = SoundMatcher([SoundPattern("cue", "(你好|hello)", is_brief=True)])
    assert [hit.taken_for for hit in matcher.hits(heard)] == taken_for


def test_what_is_brief_for_one_is_too_short_for_another() -> None:
    brief = SoundPattern("brief", "你好", is_brief=True)
    matcher = SoundMatcher([brief, SoundPattern("other", "你好")])
    assert [hit.key for hit in matcher.hits("你号")] == ["brief"]


@given(HEARD)
@settings(max_examples=200)
def test_guesses_stand_beside_exact_hits_and_say_what_they_are(text: str) -> None:
    exact = EXACT.hits(text)
    guesses = SOUND.hits(text, exact)
    certain = {at for hit in exact for at in range(hit.start, hit.end)}
    assert guesses == tuple(sorted(guesses, key=lambda hit: (hit.start, hit.end, hit.key)))
    for guess in guesses:
        assert guess.heard == text[guess.start : guess.end]
        assert LEAST_CONFIDENCE <= guess.confidence < 1
        own = [hit for hit in exact if hit.key == guess.key]
        assert all(hit.end <= guess.start or guess.end <= hit.start for hit in own)
        assert not set(range(guess.start, guess.end)) <= certain or guess.way is Way.WORD_LOST
        added = set(guess.heard.split()) & NEGATIONS - {"不"}
        assert added <= set(guess.taken_for.split())


@given(st.data())
def test_homophones_are_always_undone(data: st.DataObject) -> None:
    phrase = data.draw(st.sampled_from(("还款金额", "跟您核对", "什么时候", "欢迎再来")))
    heard = ""
    for char in phrase:
        sound = data.draw(st.sampled_from(syllables(char)))
        same = "".join(table().characters.get(sound, {}).values()) or char
        heard += data.draw(st.sampled_from(sorted(set(same) - NEGATIONS)))
    exact = Matcher([Pattern("cue", phrase)]).hits(heard)
    assert exact or [hit.key for hit in SoundMatcher([SoundPattern("cue", phrase)]).hits(heard)]


ROWS = st.lists(
    st.lists(
        st.sampled_from(["thank", "you", "your", "not", "a", "calling", "还", "款", "日", "不"]),
        min_size=1,
        max_size=5,
    ).map(tuple),
    min_size=1,
    max_size=6,
    unique=True,
)
WORDS = st.lists(
    st.sampled_from(
        [
            "thank",
            "think",
            "you",
            "your",
            "not",
            "a",
            "the",
            "falling",
            "还",
            "换",
            "款",
            "日",
            "不",
        ]
    ),
    max_size=10,
)


@given(ROWS, WORDS)
@settings(max_examples=300)
def test_the_scan_misses_no_row_that_can_be_laid(
    rows: list[tuple[str, ...]], words: list[str]
) -> None:
    grid = grid_of(rows)
    states = Scan(grid).scan(words)
    for number, row in enumerate(rows):
        place = grid.place_of(number)
        assert (grid.row(number), grid.row_at(place)) == (row, number)
        for past, state in enumerate(states, 1):
            ended = bool(state.ended >> place & 1)
            laid = fit(row, tuple(words), past, is_clean=False)
            if laid is not None and (not laid.errors or heaviness(row) >= LEAST_WEIGHT):
                assert ended
            is_exact = row == tuple(words[max(past - len(row), 0) : past])
            assert bool(state.exact >> place & 1) is is_exact
            assert bool(state.wrong >> place & 1) is (ended and not is_exact)


def test_what_is_forgotten_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["您的换款金额", "think you for calling", "thankyou for calling", "my name as"]
    kept = [SOUND.hits(text) for text in texts]
    monkeypatch.setattr(sound_scan, "_MOST_STEPS", 0)
    monkeypatch.setattr(sound_scan, "_MOST_KEPT", 1)
    assert [SOUND.hits(text) for text in texts] == kept
    assert all(kept)
