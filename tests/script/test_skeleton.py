"""A new pack: nothing is wrong with it, its rehearsals pass, it explains itself in one tongue."""

import re
from collections.abc import Mapping

import pytest

from callcoach.cli.script.rehearse import covered, play_plans
from callcoach.script.check import check
from callcoach.script.load import PackFiles
from callcoach.script.model import PackId
from callcoach.script.skeleton import LANGUAGES, SCHEMA_FILE, skeleton
from tests.support import load, script_of, show

HAN = re.compile("[\u4e00-\u9fff]")
NAME = PackId("survey")
CHOICES = [("zh",), ("en",), ("zh", "en"), ("en", "zh")]


def pack(languages: tuple[str, ...], reader: str = "en") -> PackFiles:
    """Return a new pack without its schema."""
    made = skeleton(NAME, languages, reader)
    return PackFiles(NAME, {name: text for name, text in made.items() if name != SCHEMA_FILE})


def comments(files: Mapping[str, str]) -> list[str]:
    """Return the comments of some files, without the line that names the schema."""
    lines = [line.strip() for text in files.values() for line in text.splitlines()]
    return [line for line in lines if line.startswith("#") and "yaml-language-server" not in line]


@pytest.mark.parametrize("reader", LANGUAGES)
@pytest.mark.parametrize("languages", CHOICES)
def test_nothing_is_wrong_with_a_new_pack(languages: tuple[str, ...], reader: str) -> None:
    loaded = load(pack(languages, reader))
    assert [show(finding) for finding in check(loaded)] == []
    assert loaded.script is not None
    assert loaded.script.id == NAME
    assert loaded.script.languages == languages


@pytest.mark.parametrize("languages", CHOICES)
def test_the_rehearsals_of_a_new_pack_pass_and_reach_everything(languages: tuple[str, ...]) -> None:
    script = script_of(pack(languages))
    played = tuple(play_plans(script, load(pack(languages)).plans.values()))
    assert played
    assert [failure for one in played for failure in one.failures] == []
    assert covered(script, [one.visit for one in played], ()).is_full


def test_a_new_pack_differs_by_reader_in_its_comments_only() -> None:
    digests = {script_of(pack(("zh", "en"), reader)).digest for reader in LANGUAGES}
    assert len(digests) == 1


@pytest.mark.parametrize("languages", CHOICES)
def test_the_comments_are_in_the_readers_language(languages: tuple[str, ...]) -> None:
    english, chinese = (comments(pack(languages, reader).files) for reader in ("en", "zh"))
    assert len(english) > 20
    assert [line for line in english if HAN.search(line)] == []
    assert len(chinese) > 20
    assert any(HAN.search(line) for line in chinese)
    assert [line for line in english + chinese if re.match("#(zh|en)|.*@", line)] == []


@pytest.mark.parametrize(("languages", "has_chinese"), [(("en",), False), (("zh",), True)])
def test_the_texts_are_in_the_packs_languages(
    languages: tuple[str, ...], has_chinese: bool
) -> None:
    texts = "\n".join(pack(languages, "en").files.values())
    assert bool(HAN.search(texts)) is has_chinese
    assert bool(re.search("^ *en: ", texts, re.MULTILINE)) is not has_chinese


def test_a_new_pack_is_named_where_it_names_itself() -> None:
    files = pack(("en",)).files
    assert f"pack: {NAME}\n" in files["pack.yaml"]
    assert not any("@name@" in text or "@languages@" in text for text in files.values())
    assert f"callcoach script check {NAME}" in files["pack.yaml"]
