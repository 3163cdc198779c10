"""What a command writes is there whole, or nothing has changed."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from callcoach.cli.output import replace_file, write_file
from callcoach.errors import UsageError
from tests.archive.support import full, mode_of, ordinary_user

LONG = b"new" * 1000


def refused(file: Path, remedy: str = "name another file") -> None:
    """See that a file cannot be written."""
    with pytest.raises(UsageError, match="cannot be written") as told:
        write_file(file, LONG)
    assert str(file) in told.value.message
    assert told.value.hint == remedy


def test_a_new_file_that_there_was_no_room_for_does_not_stay_half_written(tmp_path: Path) -> None:
    with full(100):
        refused(tmp_path / "form.yaml", "free some space")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [write_file, replace_file])
def test_what_was_there_stays_where_there_is_no_room(
    tmp_path: Path, write: Callable[[Path, bytes], None]
) -> None:
    file = tmp_path / "table.csv"
    file.write_bytes(b"old")
    with full(100), pytest.raises((UsageError, OSError)):
        write(file, LONG)
    assert [it.name for it in tmp_path.iterdir()] == ["table.csv"]
    assert file.read_bytes() == b"old"


def test_what_is_replaced_keeps_its_rights_and_the_links_to_it(tmp_path: Path) -> None:
    file, link = tmp_path / "real.csv", tmp_path / "link.csv"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    write_file(link, LONG)
    assert (file.read_bytes(), mode_of(file), link.is_symlink()) == (LONG, 0o640, True)


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """Return a folder that every user can look into: that of the tests is for one alone."""
    with TemporaryDirectory() as name:
        yield Path(name)
        Path(name).chmod(0o755)


def test_in_a_folder_that_takes_no_second_file_it_is_written_in_place(shared_folder: Path) -> None:
    shared, locked = shared_folder / "shared.csv", shared_folder / "locked.csv"
    for file, mode in ((shared, 0o666), (locked, 0o444)):
        file.write_bytes(b"old")
        file.chmod(mode)
    shared_folder.chmod(0o555)
    with ordinary_user():
        write_file(shared, LONG)
        refused(locked)
        refused(shared_folder / "new.csv")
    assert (shared.read_bytes(), locked.read_bytes()) == (LONG, b"old")


def test_a_file_that_may_not_be_written_is_not_replaced_either(shared_folder: Path) -> None:
    file = shared_folder / "locked.csv"
    file.write_bytes(b"old")
    file.chmod(0o444)
    shared_folder.chmod(0o777)
    with ordinary_user():
        refused(file)
    assert file.read_bytes() == b"old"


def test_a_file_that_cannot_be_seen_is_refused_like_any(shared_folder: Path) -> None:
    inner = shared_folder / "inner"
    inner.mkdir(mode=0o000)
    with ordinary_user():
        refused(inner / "new.csv")


def test_what_is_being_read_from_is_written_to(tmp_path: Path) -> None:
    """As `/dev/stdout`, which may lead to a file that the shell has open."""
    with (tmp_path / "out.txt").open("wb+") as opened:
        write_file(Path(f"/dev/fd/{opened.fileno()}"), b"new")
        assert os.fstat(opened.fileno()).st_nlink == 1
        assert opened.read() == b"new"


def test_a_key_that_stops_it_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        replace_file(tmp_path / "new.csv", LONG)
    assert list(tmp_path.iterdir()) == []
