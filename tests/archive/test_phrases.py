"""Compiled phrases are kept in files; whatever happens to these, the same is found."""

import os
from pathlib import Path

import pytest

from callcoach.archive.phrases import MOST, PhraseFiles
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
