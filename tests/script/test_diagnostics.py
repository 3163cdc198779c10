"""The catalogue of findings: each entry is true of its own example, complete, and used."""

import re
from pathlib import Path
from string import Formatter

import pytest

import callcoach.script
from callcoach.script.check import check
from callcoach.script.diagnostic import Diagnostic, Entry, Level, codes, entry, hint, message
from callcoach.script.place import Place
from callcoach.script.reference import load_example
from tests.support import MINIMAL, load

HAN = "[\u4e00-\u9fff]"
LANGUAGES = {"en", "zh"}
CODES = tuple(code for code in codes() if code < "CC100")
"""Those of packs; forms have theirs, which `tests/review/form` proves."""
FACTS = """\
facts:
  age: {type: number, title: Age, given: yes}
  mood: {type: choice, title: Mood, given: yes, choices: {good: Good, bad: Bad}}
"""
VOCABULARIES = {"CC032": {"i", "shall", "you", "good", "morning"}}
"""What a speech model can hear, for the findings that depend on it."""


def found(of: Entry) -> tuple[Diagnostic, ...]:
    """Return what is wrong with an entry's example."""
    return check(load_example(of), VOCABULARIES.get(of.code))


def placeholders(text: str) -> set[str]:
    """Return the names in braces in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", CODES)
def test_an_example_triggers_its_own_code_and_no_other_on_its_line(code: str) -> None:
    of = entry(code)
    first_file = next(iter(of.example))
    assert {(it.code, it.place.file, it.place.line) for it in found(of)} == {
        (code, first_file, of.line)
    }


@pytest.mark.parametrize("code", CODES)
def test_what_an_example_triggers_is_said_in_both_languages(code: str) -> None:
    for finding in found(entry(code)):
        for language in LANGUAGES:
            for said in (message(finding, language), hint(finding, language)):
                assert said
                assert not re.search(r"\{\w*\}", said)


@pytest.mark.parametrize("code", CODES)
def test_a_message_names_only_what_a_finding_knows(code: str) -> None:
    of = entry(code)
    for finding in found(of):
        for texts in (of.message, of.hint):
            for text in texts.values():
                assert placeholders(text) <= set(finding.arguments)


@pytest.mark.parametrize("code", CODES)
def test_both_languages_say_the_same_things(code: str) -> None:
    of = entry(code)
    for texts in (of.message, of.hint, of.why):
        assert set(texts) == LANGUAGES
        assert placeholders(texts["en"]) == placeholders(texts["zh"])
        assert all(text.strip() == text != "" for text in texts.values())


@pytest.mark.parametrize("code", CODES)
def test_a_message_is_one_sentence_in_its_language(code: str) -> None:
    of = entry(code)
    assert not of.message["en"].endswith(".")
    assert not of.message["zh"].endswith("。")
    assert re.search(HAN, of.message["zh"])
    assert re.search(HAN, of.why["zh"])
    assert not re.search(HAN, of.message["en"] + of.hint["en"] + of.why["en"])


@pytest.mark.parametrize("code", CODES)
def test_a_chinese_reader_is_told_in_chinese(code: str) -> None:
    for finding in found(entry(code)):
        assert re.search(HAN, hint(finding, "zh"))
        said = message(finding, "zh") + "；" + hint(finding, "zh")
        own_words = re.sub("“.*?”|{%.*?%}|{{.*?}}|callcoach [a-z ]+", "", said)
        assert not re.search(r"[A-Za-z]+( [A-Za-z]+){2,}", own_words), own_words


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("to: bye}", "to: by}"), "没有名为“by”的步骤"),
        (("outcome: done", "outcome: sold"), "没有名为“sold”的结果"),
        (("to: bye}", "to: bye, after: [of]}"), "没有名为“of”的出口"),
        (("    title: Hello\n", ""), "步骤 hello 缺少“title”"),
        (("title: Done}", "titel: Done}"), "结果 done 没有“titel”这个键"),
        (("to: bye}", "to: bye, stay: soon}"), "出口 on 的 stay 不能是“soon”，可以是：yes 或 no"),
        (("say: {hi: Good morning.}", "say: {hi: [[a]]}"), "应当是：一段文字，或文字的列表"),
        (("languages: [en]", "languages: [en, en]"), "可以是：每种语言只写一次"),
        (("outcomes:", "a: *b\noutcomes:"), "不允许出现：别名（*name）"),
        (("to: bye}", "to: bye, when: age == yes}"), "age 的类型是 number"),
        (("to: bye}", "to: bye, when: 'mood == \"x\"'}"), "mood 只能是 good, bad"),
    ],
)
def test_what_the_program_calls_things_is_said_in_chinese(
    change: tuple[str, str], said: str
) -> None:
    source = MINIMAL.replace(*change) + FACTS
    assert source != MINIMAL + FACTS
    assert any(said in message(finding, "zh") for finding in check(load(source)))


@pytest.mark.parametrize("code", CODES)
def test_a_message_names_nothing_twice(code: str) -> None:
    for finding in found(entry(code)):
        what = finding.arguments.get("what", "")
        inner = re.search(r"\((.*)\)$", what)
        assert inner is None or not what.startswith(inner[1]), what


def test_the_codes_of_the_catalogue_are_those_that_the_program_uses() -> None:
    folder = Path(next(iter(callcoach.script.__path__)))
    used = {
        code
        for file in folder.rglob("*.py")
        for code in re.findall(r'"(CC\d{3})"', file.read_text(encoding="utf-8"))
    }
    assert used == set(CODES)


def test_codes_are_numbered_and_names_are_words_and_unique() -> None:
    assert list(CODES) == sorted(set(CODES))
    assert all(re.fullmatch(r"CC\d{3}", code) for code in CODES)
    names = [entry(code).name for code in CODES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


def test_every_level_is_used() -> None:
    assert {entry(code).level for code in CODES} == set(Level)


@pytest.mark.parametrize("code", ["CC999", "CC", "", "../CC001", "CC001.toml", "cc001", "XX001"])
def test_a_code_that_does_not_exist_is_no_entry(code: str) -> None:
    with pytest.raises(KeyError):
        entry(code)


def test_a_guess_comes_before_the_hint() -> None:
    place = Place("x.yaml")
    guessed = Diagnostic("CC040", place, {"name": "amuont"}, nearest="amount")
    plain = Diagnostic("CC040", place, {"name": "amuont"})
    for language in LANGUAGES:
        advice = hint(plain, language)
        assert hint(guessed, language).endswith(advice)
        assert "amount" in hint(guessed, language).removesuffix(advice)


def test_an_unknown_language_is_answered_in_english() -> None:
    finding = Diagnostic("CC040", Place("x.yaml"), {"name": "amuont"})
    assert message(finding, "fr") == message(finding, "en")
    assert hint(finding, "fr") == hint(finding, "en")


def test_what_the_user_wrote_is_never_read_as_a_placeholder() -> None:
    finding = Diagnostic("CC040", Place("x.yaml"), {"name": "{name} {0} {x.__class__}"})
    assert "{name} {0} {x.__class__}" in message(finding, "en")
