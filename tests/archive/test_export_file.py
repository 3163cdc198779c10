"""Tests of writing exports to files."""

import os
import re
from pathlib import Path

import pytest

from callcoach.archive.export.file import write_export
from callcoach.errors import StorageError
from tests.archive.support import mode_of, ordinary_user, umask


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_as_it_is_for_its_owners_eyes_alone(tmp_path: Path) -> None:
    path = tmp_path / "call.csv"
    with umask(0o000):
        write_export(path, "\ufeff坐席\r\n\n")
    assert path.read_bytes() == "\ufeff坐席\r\n\n".encode()
    assert mode_of(path) == 0o600
    write_export(path, "second")
    assert path.read_text(encoding="utf-8") == "second"
    assert _names(tmp_path) == ["call.csv"]


def test_a_planted_link_is_replaced_and_its_victim_unchanged(tmp_path: Path) -> None:
    victim, folder = tmp_path / "victim", tmp_path / "out"
    victim.write_text("precious", encoding="utf-8")
    victim.chmod(0o644)
    folder.mkdir()
    plants = {
        "link.md": victim,
        "relative.md": Path("../victim"),
        "twice.md": folder / "link.md",
        "dangling.md": tmp_path / "none",
        "to_folder.md": tmp_path,
    }
    for name, target in plants.items():
        (folder / name).symlink_to(target)
    (folder / "hard.md").hardlink_to(victim)
    for name in (*plants, "hard.md"):
        write_export(folder / name, name)
        assert not (folder / name).is_symlink()
        assert (folder / name).read_text(encoding="utf-8") == name
    assert victim.read_text(encoding="utf-8") == "precious"
    assert mode_of(victim) == 0o644
    assert not (tmp_path / "none").exists()


def test_what_cannot_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    for path in (
        tmp_path / "folder",
        tmp_path / "none" / "call.md",
        tmp_path / "file" / "call.md",
        tmp_path / ("x" * 300),
        tmp_path / "a\0b",
    ):
        with pytest.raises(StorageError) as caught:
            write_export(path, "text")
        assert caught.value.hint
    assert _names(tmp_path) == ["file", "folder"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


def test_a_folder_of_somebody_else_is_named_in_the_error(own_folder: Path) -> None:
    own_folder.chmod(0o500)
    with ordinary_user(), pytest.raises(StorageError, match=re.escape(str(own_folder))):
        write_export(own_folder / "call.md", "text")
    assert _names(own_folder) == []


def test_a_device_is_written_to_and_stays_what_it_is(tmp_path: Path) -> None:
    link = tmp_path / "nowhere"
    link.symlink_to(os.devnull)
    write_export(link, "gone")
    assert link.is_symlink()
    assert not Path(os.devnull).is_file()
    with pytest.raises(StorageError):
        write_export(Path("/dev/full"), "no room")
    assert Path("/dev/full").is_char_device()
