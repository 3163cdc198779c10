"""What was made from what: made again only where something has changed, never over another's."""

import os
from pathlib import Path

import pytest

from callcoach.archive.made import LIST, Made, State, origin_of
from callcoach.errors import StorageError


def source(folder: Path, name: str = "a.wav", content: bytes = b"sound") -> Path:
    """Return a file that something is made from."""
    file = folder / name
    file.write_bytes(content)
    os.utime(file, ns=(10**18, 10**18))
    return file


def test_what_was_made_is_done_until_the_original_or_the_way_changes(tmp_path: Path) -> None:
    original, file = source(tmp_path), tmp_path / "out" / "deep" / "a.json"
    origin = origin_of(original, "one way")
    assert Made().state(file, origin) is State.MISSING
    Made().write(file, "text", origin)
    assert file.read_text("utf-8") == "text"
    assert Made().state(file, origin) is State.DONE
    assert Made().state(file, origin_of(original, "another")) is State.STALE
    original.write_bytes(b"more sound")
    assert Made().state(file, origin_of(original, "one way")) is State.STALE


def test_a_recording_that_was_moved_is_done_all_the_same(tmp_path: Path) -> None:
    original, file = source(tmp_path), tmp_path / "a.json"
    Made().write(file, "text", origin_of(original, "way"))
    moved = original.rename(tmp_path / "b.wav")
    assert Made().state(file, origin_of(moved, "way")) is State.DONE


def test_what_somebody_else_made_or_changed_is_strange(tmp_path: Path) -> None:
    original, file = source(tmp_path), tmp_path / "a.json"
    origin = origin_of(original, "way")
    file.write_text("by hand", "utf-8")
    assert Made().state(file, origin) is State.STRANGE
    Made().write(file, "text", origin)
    file.write_text("text, corrected", "utf-8")
    assert Made().state(file, origin) is State.STRANGE
    other = origin_of(source(tmp_path, "other.wav", b"another sound"), "way")
    Made().write(file, "text", origin)
    assert Made().state(file, other) is State.STRANGE
    folder = tmp_path / "folder.json"
    folder.mkdir()
    assert Made().state(folder, origin) is State.STRANGE


def test_a_run_that_ends_before_the_file_is_there_leaves_what_was(tmp_path: Path) -> None:
    original, file = source(tmp_path), tmp_path / "a.json"
    old, new = origin_of(original, "old"), origin_of(original, "new")
    Made().write(file, "old", old)
    before = (tmp_path / LIST).read_bytes()
    Made().write(file, "new", new)
    file.write_text("old", "utf-8")
    assert Made().state(file, new) is State.STALE, "it will be made, not refused"
    (tmp_path / LIST).write_bytes(before + b'\n{"name": "a.js')
    assert Made().state(file, old) is State.DONE, "a line that was cut off harms no other"
    Made().write(file, "new", new)
    assert Made().state(file, new) is State.DONE


@pytest.mark.parametrize("content", [b"\xff\xfe\n{}\n[]\n", b"\0" * 99])
def test_a_list_that_cannot_be_read_says_nothing(tmp_path: Path, content: bytes) -> None:
    original, file = source(tmp_path), tmp_path / "a.json"
    (tmp_path / LIST).write_bytes(content)
    assert Made().state(file, origin_of(original, "way")) is State.MISSING
    Made().write(file, "text", origin_of(original, "way"))
    assert Made().state(file, origin_of(original, "way")) is State.DONE


def test_one_that_knows_sees_what_it_has_made_itself(tmp_path: Path) -> None:
    made, origin = Made(), origin_of(source(tmp_path), "way")
    made.write(tmp_path / "a.json", "text", origin)
    assert made.state(tmp_path / "a.json", origin) is State.DONE


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    origin = origin_of(source(tmp_path), "way")
    with pytest.raises(StorageError):
        Made().write(tmp_path / "a.wav" / "a.json", "text", origin)
    blocked = tmp_path / "b"
    (blocked / LIST).mkdir(parents=True)
    with pytest.raises(StorageError):
        Made().write(blocked / "a.json", "text", origin)
    assert not (blocked / "a.json").exists()


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    Made().write(tmp_path / "new" / "a.json", "text", origin_of(source(tmp_path), "way"))
    if os.name != "nt":
        modes = [(tmp_path / "new" / name).stat().st_mode & 0o777 for name in ("a.json", LIST)]
        assert modes == [0o600, 0o600]
