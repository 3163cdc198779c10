"""A pack is loaded once, and again when one of its files changes."""

import gc
from pathlib import Path

import pytest

from callcoach.cli.shelf import Shelf, uncollected
from callcoach.errors import PackError
from callcoach.script.library import Library
from callcoach.script.model import PackId
from callcoach.script.skeleton import skeleton


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Return a library whose only pack is a new one, called `survey`."""
    for name, text in skeleton(PackId("survey"), ["en"], "en").items():
        file = tmp_path / "survey" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Library((tmp_path,))


def head(library: Library) -> Path:
    return library.folders[0] / "survey" / "pack.yaml"


def test_an_unchanged_pack_is_neither_loaded_nor_compiled_again(library: Library) -> None:
    shelf = Shelf()
    coach, loaded = shelf.coach(library, "survey", "en")
    assert shelf.load(library, "survey") is loaded
    assert shelf.coach(library, "survey", "en")[0] is coach


def test_a_change_is_seen_at_once(library: Library) -> None:
    shelf = Shelf()
    first, before = shelf.coach(library, "survey", "en")[0], shelf.stamp(library, "survey")
    text = head(library).read_text(encoding="utf-8")
    head(library).write_text(text.replace('version: "0.1"', 'version: "0.2"'), encoding="utf-8")
    assert shelf.stamp(library, "survey") != before
    second = shelf.coach(library, "survey", "en")[0]
    assert (first.script.version, second.script.version) == ("0.1", "0.2")


def test_a_file_that_is_added_counts(library: Library) -> None:
    shelf = Shelf()
    before = shelf.stamp(library, "survey")
    (head(library).parent / "more.yaml").write_text("outcomes: {}\n", encoding="utf-8")
    after = shelf.stamp(library, "survey")
    assert after != before
    (head(library).parent / "judges.json").write_text("{}", encoding="utf-8")
    assert shelf.stamp(library, "survey") != after


def test_a_pack_that_broke_is_an_error_and_one_that_was_mended_is_none(library: Library) -> None:
    shelf = Shelf()
    shelf.coach(library, "survey", "en")
    text = head(library).read_text(encoding="utf-8")
    head(library).write_text(text + "nonsense: 1\n", encoding="utf-8")
    with pytest.raises(PackError, match="nonsense"):
        shelf.coach(library, "survey", "en")
    head(library).write_text(text, encoding="utf-8")
    assert shelf.coach(library, "survey", "en")[0].script.id == "survey"


def test_there_is_no_stamp_of_a_pack_that_is_not_there(library: Library) -> None:
    assert Shelf().stamp(library, "nowhere") is None


def test_garbage_is_looked_for_again_whatever_comes_of_loading() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        _ = 1 / gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
