"""Rows of characters are looked up by their sounds; no place at which one fits may be missed."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.words import sound_index
from callcoach.words.normalise import tokenise
from callcoach.words.pinyin import syllables
from callcoach.words.sound import SoundMatcher, SoundPattern
from callcoach.words.sound_cost import LEAST_WEIGHT, heaviness
from callcoach.words.sound_fit import fit, fit_by_sound
from callcoach.words.sound_index import Found, RowFinder, index_of
from tests.words.test_sound import HEARD, KEYS, PHRASES, SOUND

WANTED = "还换款宽长行不我的得地"
"""Among them characters with two readings, of one syllable, and such as say who or no."""
SAID = [*WANTED, "夯", "常", "张", "航", "弹", "曈", "龟", "5", "the", "um", "app", "§"]
"""Also such as have two readings and are in no row, near ones, and what is no character."""
ROWS = st.lists(st.text(WANTED, min_size=1, max_size=9), min_size=1, max_size=6, unique=True)


@st.composite
def rows_and_words(draw: st.DrawFn) -> tuple[list[str], tuple[str, ...]]:
    """Return rows, and words that hold one of them with a few changes."""
    rows = draw(ROWS)
    words = list(draw(st.sampled_from(rows)))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(words)))
        if draw(st.booleans()):
            words.insert(at, draw(st.sampled_from(SAID)))
        else:
            words[at : at + 1] = draw(st.lists(st.sampled_from(SAID), max_size=1))
    return rows, tuple(words)


@given(rows_and_words())
@settings(max_examples=200)
def test_no_place_is_missed(case: tuple[list[str], tuple[str, ...]]) -> None:
    rows, words = case
    found = RowFinder(index_of(rows)).find(words)
    for number, row in enumerate(rows):
        for past in range(1, len(words) + 1):
            laid = fit_by_sound(tuple(row), words, past)
            if laid is None or (laid.errors and heaviness(row) < LEAST_WEIGHT):
                continue
            assert past in found.places[number]
            assert laid.errors or number in found.clean


@given(rows_and_words())
@settings(max_examples=200)
def test_a_row_of_characters_fits_as_any_row_does(case: tuple[list[str], tuple[str, ...]]) -> None:
    rows, words = case
    for row in map(tuple, rows):
        for past in range(1, len(words) + 1):
            level = fit(row, words, past, is_clean=True) if past >= len(row) else None
            is_clean = level is not None and not level.errors
            assert fit_by_sound(row, words, past) == fit(row, words, past, is_clean=is_clean)


def everywhere(finder: RowFinder, words: Sequence[str]) -> Found:
    """Return all rows at all places."""
    rows = range(len(finder.rows))
    return Found({row: set(range(1, len(words) + 1)) for row in rows}, set(rows))


LONGER = (
    "能不能...3还款(金额|日期)",
    "(什么时候|哪天)...4(方便|还款)",
    "请您说一下",
    "跟您核对一下",
)
MATCHER = SoundMatcher(SoundPattern(str(at), phrase) for at, phrase in enumerate(LONGER))
CHARS = st.lists(
    st.sampled_from("能嫩不部还换款宽金额日起期什么是时候后请您说一下跟核对"), max_size=16
)


@given(HEARD, CHARS.map("".join))
@settings(max_examples=150)
def test_looking_everywhere_finds_no_more(text: str, more: str) -> None:
    found = [SOUND.hits(text), MATCHER.hits(more)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(RowFinder, "find", everywhere)
        assert [SOUND.hits(text), MATCHER.hits(more)] == found


def test_syllables_of_one_character_are_one_sound() -> None:
    sounds = index_of(["还款", "换"]).sounds
    assert {sounds[it] for it in (*syllables("还"), *syllables("换"))} == {sounds["hai"]}
    assert sounds["kuan"] != sounds["hai"]


def test_what_is_forgotten_is_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["您的换款金额", "不号意是啊", "什么是后您芳便"]
    matcher = SoundMatcher(SoundPattern(key, it) for key, it in zip(KEYS, PHRASES, strict=True))
    kept = [matcher.hits(text) for text in texts]
    monkeypatch.setattr(sound_index, "_MOST_KEPT", 1)
    monkeypatch.setattr(sound_index, "_MOST_MET", 1)
    assert [matcher.hits(text) for text in texts] == kept
    assert all(kept)


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert RowFinder(index_of([])).find(tokenise("还款").words) == Found({}, set())
    assert RowFinder(index_of(["还款"])).find(()) == Found({}, set())
