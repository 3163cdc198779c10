"""Tests of the terms of the index, and of the places of words in a text."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.search.terms import TOKENIZER, phrase, spans, terms
from callcoach.words.normalise import tokenise

_SIGNS = st.sampled_from(
    ["我", "们", "逾", "期", "還", "的", "。", "，", " ", "a", "Pay", "12", ".5"]
)
TEXTS = st.lists(_SIGNS, max_size=9).map("".join) | st.text(max_size=12)
WORDS = TEXTS.map(lambda text: tokenise(text).words).filter(bool)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("逾期了", "逾期 期了 了"),
        ("逾，期。", "逾期 期"),
        ("用WeChat还", "用 wechat 还"),
        ("I don't owe 1,280.40", "i do not owe 1280.40 _1280.4"),
        ("還款", "还款 款"),
        ("…！", ""),
    ],
)
def test_the_terms_of_a_text(text: str, expected: str) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("words", "is_prefix", "expected"),
    [
        (("逾",), False, '"逾"*'),
        (("逾", "期"), False, '"逾期"'),
        (("身", "份", "证"), False, '"身份 份证"'),
        (("用", "wechat"), False, '"用 wechat"'),
        (("wechat", "还"), False, '"wechat 还"*'),
        (("pay",), True, '"pay"*'),
    ],
)
def test_the_phrase_for_words(words: tuple[str, ...], is_prefix: bool, expected: str) -> None:
    assert phrase(words, is_prefix) == expected


@pytest.mark.parametrize(
    ("text", "words", "is_prefix", "expected"),
    [
        ("已經逾期，逾期了", ("逾", "期"), False, ["逾期", "逾期"]),
        ("人人人", ("人", "人"), False, ["人人"]),
        ("I don't; do not", ("do", "not"), False, ["don't", "do not"]),
        ("repay, PAYING", ("pay",), True, ["PAYING"]),
        ("repay, PAYING", ("pay",), False, []),
        ("short", ("short", "words"), False, []),
    ],
)
def test_where_words_stand(
    text: str, words: tuple[str, ...], is_prefix: bool, expected: list[str]
) -> None:
    assert [text[start:end] for start, end in spans(text, words, is_prefix)] == expected


@given(st.lists(TEXTS, min_size=1, max_size=6), WORDS, st.booleans())
def test_the_index_finds_just_the_texts_in_which_the_words_stand(
    said: list[str], words: tuple[str, ...], is_prefix: bool
) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        options = f"content='', columnsize=0, prefix='1', tokenize=\"{TOKENIZER}\""
        db.execute(f"CREATE VIRTUAL TABLE t USING fts5(x, {options})")
        db.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", enumerate(map(terms, said)))
        match = phrase(words, is_prefix)
        rows = db.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", (match,))
        found = [row for (row,) in rows]
    assert found == [row for row, text in enumerate(said) if spans(text, words, is_prefix)]
