"""The words of the interface: every text of the source in both languages, and nothing else."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from callcoach.errors import CallcoachError, Told, UsageError, suggest
from callcoach.locale import LANGUAGES, Messages, detect, mark
from callcoach.locale.catalogue import (
    SOURCE,
    called,
    compiled,
    error_classes,
    file_of,
    load,
    template,
)

ZH = load("zh")
TEXTS = [message for message in ZH if message.id]
GUIDES = SOURCE.parents[1] / "docs"
PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@cache
def trees() -> Mapping[Path, ast.Module]:
    """Return the source, parsed."""
    return {file: ast.parse(file.read_bytes()) for file in sorted(SOURCE.rglob("*.py"))}


@cache
def errors() -> frozenset[str]:
    """Return the names of all classes of errors."""
    return error_classes(trees().values())


def forms(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a message's texts and its translations."""
    texts = message.id if isinstance(message.id, tuple) else (message.id,)
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return tuple(map(str, texts)), tuple(map(str, said))


def test_the_catalogue_has_the_texts_of_the_source_and_no_others() -> None:
    used = {message.id for message in template() if message.id}
    known = {message.id for message in TEXTS}
    assert used - known == set(), "python3 make.py messages brings them in"
    assert known - used == set(), "python3 make.py messages takes them out"


def test_every_text_is_translated_and_none_is_doubtful() -> None:
    assert [message.id for message in TEXTS if not all(forms(message)[1])] == []
    assert [message.id for message in TEXTS if message.fuzzy] == []
    assert list(ZH.obsolete) == []


def test_a_translation_has_the_placeholders_of_its_text() -> None:
    wrong = [
        translation
        for texts, said in map(forms, TEXTS)
        for translation in said
        if set(PLACEHOLDER.findall(translation)) != set(PLACEHOLDER.findall(texts[-1]))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    file = file_of("zh").with_suffix(".mo")
    assert file.read_bytes() == compiled("zh"), "python3 make.py messages compiles it"


@pytest.mark.parametrize(
    "other", ["抢救", "撤回", "挽回", "社区沟通", "通通话", "(?<!通话)(?<!运行)日志"]
)
def test_a_thing_has_one_name_in_chinese(other: str) -> None:
    """The names: 救援文件, 撤销, 已补救, 社区交流, 电话, 通话日志."""
    said = [text for message in TEXTS for text in forms(message)[1]]
    guides = [GUIDES / name for name in ("README.zh.md", "packs.zh.md")]
    said += [line for guide in guides for line in guide.read_text(encoding="utf-8").splitlines()]
    assert [text for text in said if re.search(other, text)] == []


def raised() -> Iterator[tuple[Path, ast.Call]]:
    """Yield every error that the source makes."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in errors():
                yield file, node


def test_an_errors_words_are_texts_with_placeholders_and_not_built_in_english() -> None:
    """A text that is built from pieces is in no catalogue; a diagnostic's has its own."""
    built = [
        f"{file.relative_to(SOURCE)}:{part.lineno}"
        for file, node in raised()
        for part in node.args[:2]
        if isinstance(part, (ast.JoinedStr, ast.BinOp))
        and file.name not in ("guard.py", "template.py")
    ]
    assert built == []


def test_there_are_many_errors() -> None:
    assert len(list(raised())) > 80
    assert {"UsageError", "JournalBusy", "EditRefused"} <= errors()


def test_an_error_is_told_in_english_and_said_in_any_language() -> None:
    error = UsageError("there is no command “{name}”", suggest("shwo", ["show"]), name="shwo")
    assert str(error) == "there is no command “shwo”. did you mean show?"
    assert Messages("en").tell(error) == str(error)
    assert "shwo" in Messages("zh").tell(error)
    assert not Messages("zh").tell(error).startswith("there is")
    assert "。" in Messages("zh").tell(error)


def test_an_error_without_values_is_said_as_it_stands() -> None:
    assert str(CallcoachError("{not a placeholder}")) == "{not a placeholder}"
    assert Messages("zh").say(CallcoachError("{x}").message) == "{x}"


def test_a_told_text_may_stand_in_another() -> None:
    outer = Told("{hint} ({more} more)", hint=Told("there are none"), more=2)
    assert outer == "there are none (2 more)"
    said = Messages("zh").say(outer)
    assert said.endswith("(2 more)")
    assert "there are none" not in said


def test_suggestions() -> None:
    assert suggest("shwo", ["show", "calls"]) == "did you mean show?"
    assert suggest("x", ["show", "calls"]) == "there are show, calls"
    assert suggest("x", []) == "there are none"


@pytest.mark.parametrize(("n", "en"), [(0, "0 errors"), (1, "1 error"), (2, "2 errors")])
def test_numbers_choose_the_form(n: int, en: str) -> None:
    assert Messages("en").count("{n} error", "{n} errors", n) == en
    assert Messages("zh").count("{n} error", "{n} errors", n) == f"{n} 个错误"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "ZH_tw"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANGUAGE": "zh:en", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_GB.UTF-8"}, "zh"),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], language: str) -> None:
    assert detect(environment) == language


def test_an_unknown_language_is_english_and_marking_changes_nothing() -> None:
    assert Messages("fr").language == "en"
    assert mark("anything") == "anything"
    assert set(LANGUAGES) == {"en", "zh"}
    assert Messages("zh").say("") == ""
