"""Phrases and packs are kept in files; whatever happens to these, the same is found."""

import os
from pathlib import Path

import pytest

from callcoach.archive.phrases import MOST, PhraseFiles, ScriptFiles
from callcoach.words.match import Matcher, Pattern

PATTERNS = (Pattern("thanks", "(thank you|谢谢)"), Pattern("pay", "pay ... #"))
TEXT = "thank you, I pay you 500"


def found(folder: Path) -> list[tuple[str, int, int]]:
    matcher = Matcher(PATTERNS, store=PhraseFiles(folder))
    return [(hit.key, hit.start, hit.end) for hit in matcher.hits(TEXT)]


def test_what_was_kept_finds_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "phrases"
    first = found(folder)
    assert len(first) == 2
    assert list(folder.iterdir())
    assert found(folder) == first


@pytest.mark.parametrize("damage", [b"", b"\x00" * 50, b"not what it was"])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    first = found(tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(damage)
    assert found(tmp_path) == first
    assert all(file.read_bytes() != damage for file in tmp_path.iterdir())


def test_a_folder_that_takes_nothing_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert len(found(tmp_path / "file" / "below")) == 2


def test_what_was_written_longest_ago_is_let_go(tmp_path: Path) -> None:
    files = PhraseFiles(tmp_path)
    for number in range(MOST + 3):
        files.put(f"{number:03}", b"x")
        os.utime(tmp_path / f"{number:03}.phrases", (number, number))
    files.put("last", b"y")
    assert files.get("last") == b"y"
    assert files.get("000") is None
    assert len(list(tmp_path.iterdir())) == MOST


def test_what_is_asked_for_stays(tmp_path: Path) -> None:
    files = PhraseFiles(tmp_path)
    for number in range(MOST):
        files.put(f"{number:03}", b"x")
        os.utime(tmp_path / f"{number:03}.phrases", (number, number))
    assert files.get("000") == b"x"
    files.put("last", b"y")
    assert files.get("000") == b"x"
    assert files.get("001") is None


def test_what_belongs_to_somebody_else_counts_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = PhraseFiles(tmp_path)
    files.put("one", b"x")
    assert files.get("one") == b"x"
    owner = (tmp_path / "one.phrases").stat().st_uid
    monkeypatch.setattr(os, "getuid", lambda: owner + 1, raising=False)
    assert files.get("one") is None


def test_loaded_packs_have_names_of_their_own(tmp_path: Path) -> None:
    phrases, scripts = PhraseFiles(tmp_path), ScriptFiles(tmp_path)
    phrases.put("same", b"phrases")
    scripts.put("same", b"script")
    assert (phrases.get("same"), scripts.get("same")) == (b"phrases", b"script")
