"""The findings about forms: each is true of its own example, complete, and used."""

import re
from pathlib import Path
from string import Formatter

import pytest

import callcoach.review.form
from callcoach.review.form.check import check_loaded
from callcoach.review.form.load import load_form
from callcoach.script.diagnostic import Diagnostic, Entry, codes, entry, hint, message
from callcoach.script.load import PackFiles
from callcoach.script.model import PackId
from tests.support import script_of

HAN = "[\u4e00-\u9fff]"
CODES = tuple(code for code in codes() if code >= "CC100")


def found(of: Entry) -> tuple[Diagnostic, ...]:
    """Return what is wrong with an entry's example."""
    loaded = load_form(of.example["form.yaml"], "form.yaml")
    pack = of.example.get("pack.yaml")
    script = script_of(PackFiles(PackId("example"), {"pack.yaml": pack})) if pack else None
    return (*loaded.findings, *check_loaded(loaded, script))


@pytest.mark.parametrize("code", CODES)
def test_an_example_triggers_its_own_code_and_no_other(code: str) -> None:
    of = entry(code)
    assert {(it.code, it.place.file, it.place.line) for it in found(of)} == {
        (code, "form.yaml", of.line)
    }


@pytest.mark.parametrize("code", CODES)
def test_what_an_example_triggers_is_said_in_both_languages(code: str) -> None:
    of = entry(code)
    for finding in found(of):
        for texts in (of.message, of.hint):
            names = [
                {name for _, name, _, _ in Formatter().parse(it) if name} for it in texts.values()
            ]
            assert names[0] == names[1] <= set(finding.arguments)
        for said in (message(finding, "zh"), hint(finding, "zh")):
            assert re.search(HAN, said)
            own_words = re.sub("“.*?”|{.*?}|callcoach [a-z ]+", "", said)
            assert not re.search(r"[A-Za-z]+( [A-Za-z]+){2,}", own_words), own_words
        assert not re.search(HAN, message(finding, "en") + hint(finding, "en"))
    assert set(of.message) == set(of.hint) == set(of.why) == {"en", "zh"}
    assert not of.message["en"].endswith(".")
    assert not of.message["zh"].endswith("。")


def test_the_codes_of_the_catalogue_are_those_that_the_program_uses() -> None:
    folder = Path(next(iter(callcoach.review.form.__path__)))
    used = {
        code
        for file in folder.rglob("*.py")
        for code in re.findall(r'"(CC1\d\d)"', file.read_text(encoding="utf-8"))
    }
    assert used == set(CODES)
