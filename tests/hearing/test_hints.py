"""What a pack makes a recogniser expect, and how it is told to Vosk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.hints import in_words, phrases_of
from callcoach.script.facts import FactId
from callcoach.script.library import Library, shipped_folder
from callcoach.script.model import Script

PACK = """
callcoach: 1
pack: small
version: "1"
title: {en: Small, zh: 小}
languages: [en, zh]
start: hello
facts:
  customer_name: {type: text, given: yes, title: {en: Name, zh: 姓名}, example: Ms Lee}
  amount: {type: money, given: yes, title: {en: Amount, zh: 金额}, example: "10"}
steps:
  hello:
    title: {en: Hello, zh: 您好}
    say:
      opening:
        en:
          - "Good morning, {{ customer_name }}. Don't worry!"
          - "Hello{% if amount %} again{% endif %}"
        zh: "{{ customer_name }}您好，别担心。"
    heard: {en: ["wrong number", "(you|they) owe", "pay ... today"], zh: [打错了]}
    outcome: done
outcomes:
  done: {code: DONE, title: {en: Done, zh: 完成}, early: yes}
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Script:
    folder = tmp_path_factory.mktemp("packs") / "small"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    loaded = Library((folder.parent,)).load("small")
    assert loaded.script is not None, loaded
    return loaded.script


def test_lines_phrases_and_known_names_are_expected(script: Script) -> None:
    name = next(id for id in script.facts if id.endswith("customer_name"))
    found = phrases_of(script, "en", {name: "Ms Wang"})
    assert found[:6] == (
        *("good morning", "don't worry", "hello", "again"),
        *("wrong number", "ms wang"),
    )
    assert {"seven", "hundred", "friday"} <= set(found)
    assert not any("owe" in phrase or "today" in phrase for phrase in found)


def test_each_language_has_its_own(script: Script) -> None:
    found = phrases_of(script, "zh", {FactId("none"): True})
    assert found[:3] == ("您好", "别担心", "打错了")
    assert set("零一千万") <= set(found)
    assert phrases_of(script, "fr") == ()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_shipped_pack_has_hundreds_each_once(language: str) -> None:
    loaded = Library((shipped_folder(),)).load("overdue").script
    assert loaded is not None
    found = phrases_of(loaded, language)
    assert 200 < len(found) < 2000
    assert len(set(found)) == len(found)
    assert all(phrase == phrase.lower() and "{" not in phrase for phrase in found)


@pytest.mark.parametrize(
    ("phrases", "known", "wanted"),
    [
        (("good morning", "good"), {"good", "morning"}, ("good morning", "good")),
        (("good old morning",), {"good", "morning"}, ("good", "morning")),
        (("您好我是",), {"您好", "您", "好", "我", "是"}, ("您好 我 是",)),
        (("您好吗我",), {"您好", "我"}, ("您好", "我")),
        (("加 wechat 吗",), {"加", "吗", "wechat"}, ("加 wechat 吗",)),
        (("nothing",), set(), ()),
    ],
)
def test_phrases_are_cut_into_the_words_of_a_model(
    phrases: tuple[str, ...], known: set[str], wanted: tuple[str, ...]
) -> None:
    assert in_words(phrases, known.__contains__) == wanted


@given(
    st.lists(st.text("ab 您好我", max_size=9)),
    st.sets(st.text("ab您好", min_size=1, max_size=2)),
)
def test_a_grammar_has_known_words_only(phrases: list[str], known: set[str]) -> None:
    for phrase in in_words(phrases, known.__contains__):
        assert set(phrase.split()) <= known
        assert phrase == " ".join(phrase.split()) != ""
