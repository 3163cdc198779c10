"""Tests of backups of the journal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from callcoach.archive.journal import Journal
from callcoach.archive.verify import Verdict
from callcoach.errors import JournalDamaged, JournalUnwritable, StorageError
from tests.archive.pool import Order, Pool
from tests.archive.support import (
    full,
    mode_of,
    ordinary_user,
    read_all,
    scripted_call,
    umask,
    write_call,
)


def test_a_backup_holds_everything(journal: Path, tmp_path: Path) -> None:
    for _ in range(3):
        write_call(journal)
    copy = tmp_path / "backup.db"
    with Journal(journal) as opened, umask(0o000):
        found = opened.backup(copy)
        assert found == opened.verify()
    assert [it.name for it in tmp_path.iterdir() if it.is_file()] == ["backup.db"]
    assert found == Verdict(3, 3 * len(scripted_call().events), ())
    assert read_all(copy) == read_all(journal)
    assert mode_of(copy) == 0o600


def test_a_backup_makes_no_folder(journal: Path, tmp_path: Path) -> None:
    write_call(journal)
    copy = tmp_path / "copies" / "backup.db"
    with Journal(journal) as opened, pytest.raises(StorageError, match="cannot be written"):
        opened.backup(copy)
    assert not copy.parent.exists()


def test_a_backup_can_be_written_to(journal: Path, tmp_path: Path) -> None:
    write_call(journal)
    copy = tmp_path / "backup.db"
    with Journal(journal) as opened:
        opened.backup(copy)
    call = write_call(copy)
    assert call in {summary.id for summary in read_all(copy).calls}
    assert len(read_all(journal).calls) == 1


@pytest.mark.parametrize("what", [Path.touch, Path.mkdir])
def test_a_backup_never_replaces_anything(
    journal: Path, tmp_path: Path, what: Callable[[Path], None]
) -> None:
    write_call(journal)
    copy = tmp_path / "backup.db"
    what(copy)
    with Journal(journal) as opened, pytest.raises(StorageError, match="exists"):
        opened.backup(copy)
    with Journal(journal) as opened, pytest.raises(StorageError, match="exists"):
        opened.backup(journal)
    assert copy.stat().st_size == 0 or copy.is_dir()


def test_a_backup_needs_a_folder_that_takes_it(own_folder: Path) -> None:
    path = own_folder / "journal.db"
    with ordinary_user():
        write_call(path)
        locked = own_folder / "locked"
        locked.mkdir(mode=0o500)
        with Journal(path) as opened, pytest.raises(StorageError, match="locked") as caught:
            opened.backup(locked / "backup.db")
    assert "the folder" in caught.value.hint


def test_a_name_that_no_disk_takes_is_told(journal: Path, tmp_path: Path) -> None:
    write_call(journal)
    with Journal(journal) as opened, pytest.raises(StorageError, match="cannot be written"):
        opened.backup(tmp_path / f"{'x' * 300}.db")


def test_a_key_that_stops_it_leaves_nothing_behind(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_call(journal)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with Journal(journal) as opened:
        monkeypatch.setattr("callcoach.archive.journal.open_database", stop)
        with pytest.raises(KeyboardInterrupt):
            opened.backup(tmp_path / "backup.db")
    assert not (tmp_path / "backup.db").exists()


def test_a_backup_that_does_not_fit_leaves_nothing_behind(journal: Path, tmp_path: Path) -> None:
    write_call(journal)
    copy = tmp_path / "backup.db"
    with Journal(journal) as opened:
        with full(40_000), pytest.raises(JournalUnwritable):
            opened.backup(copy)
        assert not copy.exists()
        assert opened.backup(copy).is_sound


def test_a_backup_of_a_damaged_journal_says_which_is_damaged(journal: Path, tmp_path: Path) -> None:
    write_call(journal)
    with Journal(journal) as opened:
        data = bytearray(journal.read_bytes())
        data[4096:] = b"\xff" * (len(data) - 4096)
        journal.write_bytes(data)
        copy = tmp_path / "backup.db"
        try:
            found = opened.backup(copy)
        except JournalDamaged as error:
            assert str(journal) in error.message  # noqa: PT017 - either answer is right
        else:
            assert not found.is_sound


def test_backups_are_sound_while_another_process_writes(
    journal: Path, tmp_path: Path, pool: Pool
) -> None:
    child = pool.start(Order(task="write_on", journal=str(journal)))
    written = list(child.expect().calls)
    for number in range(10):
        copy = tmp_path / f"{number}.db"
        with Journal(journal) as opened:
            found = opened.backup(copy)
        assert found.is_sound
        content = read_all(copy)
        assert {call.id for call in content.calls} >= set(written)
        for events in content.events:
            assert events == scripted_call().events[: len(events)]
        written += child.expect().calls
    child.kill()
    assert len(written) > 10
