"""Tests of the files that keep a call while the journal cannot take it."""

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from callcoach.archive.ids import new_call_id
from callcoach.archive.journal import Journal
from callcoach.archive.rescue import RescueFile, find_rescue_files, read_rescue
from callcoach.archive.writer import CallWriter, import_rescue
from callcoach.call.events import decode
from tests.archive.support import (
    CALL,
    as_stored,
    bodies,
    full,
    mode_of,
    scripted_call,
    umask,
    write_call,
)

BATCHES = scripted_call().batches
EVENTS = scripted_call().events
SOURCES = scripted_call().sources

pytestmark = pytest.mark.usefixtures("short_waits")


def test_a_rescue_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    with umask(0o000):
        file = RescueFile(CALL, (), (tmp_path / "a" / "rescue",))
        assert file.keep(as_stored(EVENTS[:3]))
    assert file.path is not None
    assert mode_of(file.path) == 0o600
    assert mode_of(file.path.parent) == 0o700


def test_what_is_kept_already_is_not_written_again(tmp_path: Path) -> None:
    file = RescueFile(CALL, SOURCES, (tmp_path,))
    sizes = []
    for count in range(1, 20):
        assert file.keep(as_stored(EVENTS[:count]))
        assert file.path is not None
        assert len(read_rescue(file.path).events) == count
        sizes.append(file.path.stat().st_size)
        assert file.keep(as_stored(EVENTS[:count]))
        assert file.path.stat().st_size == sizes[-1]
    assert sizes == sorted(set(sizes))


def test_what_is_kept_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes and, for a new file, its name."""
    synced: list[str] = []
    sync = os.fsync

    def watch(handle: int) -> None:
        synced.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    monkeypatch.setattr(os, "fsync", watch)
    file = RescueFile(CALL, (), (tmp_path,))
    file.keep(as_stored(EVENTS[:2]))
    assert sorted(set(synced)) == ["file", "folder"]
    synced.clear()
    file.keep(as_stored(EVENTS[:3]))
    assert "file" in synced


def test_writing_in_small_pieces_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:7]))
    file = RescueFile(CALL, SOURCES, (tmp_path,))
    assert file.keep(as_stored(EVENTS[:20]))
    assert file.path is not None
    assert list(read_rescue(file.path).events) == as_stored(EVENTS[:20])


def test_a_folder_that_is_gone_hands_over_to_the_next(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    events = as_stored(EVENTS)
    file = RescueFile(CALL, (), (one, other))
    assert file.keep(events[:3])
    assert find_rescue_files((one,))
    one.rename(tmp_path / "unplugged")
    one.touch()
    assert file.keep(events[:5])
    assert file.path is not None
    assert file.path.parent == other
    assert list(read_rescue(file.path).events) == events[:5]


@pytest.mark.parametrize("room", [0, 1, 100, 1000, 4000])
def test_a_rescue_file_that_broke_off_is_whole_after_the_next_try(
    tmp_path: Path, room: int
) -> None:
    """As when journal and rescue file are on the same full disk, and a little space is freed."""
    events = as_stored(EVENTS)
    file = RescueFile(CALL, (), (tmp_path,))
    with full(room):
        while file.keep(events[:10]) and len(events) > 10:
            del events[10:]
            assert room >= 1000
    assert file.keep(as_stored(EVENTS[:20]))
    assert file.path is not None
    assert list(read_rescue(file.path).events) == as_stored(EVENTS[:20])
    file.drop()
    assert list(tmp_path.iterdir()) == []


def test_a_rescue_file_that_grows_until_the_disk_is_full_is_whole_afterwards(
    tmp_path: Path,
) -> None:
    file = RescueFile(CALL, (), (tmp_path,))
    kept = 0
    with full(3000):
        while file.keep(as_stored(EVENTS[: kept + 1])):
            kept += 1
    assert 0 < kept < len(EVENTS)
    (path,) = find_rescue_files((tmp_path,))
    assert list(read_rescue(path).events)[:kept] == as_stored(EVENTS[:kept])
    assert file.keep(as_stored(EVENTS[: kept + 5]))
    assert file.path is not None
    assert list(read_rescue(file.path).events) == as_stored(EVENTS[: kept + 5])
    file.drop()
    assert list(tmp_path.iterdir()) == []


def test_a_rescue_file_that_could_never_be_written_is_gone_when_the_journal_can(
    journal: Path, tmp_path: Path
) -> None:
    write_call(journal, BATCHES[:1])
    rescue = tmp_path / "rescue"
    writer = CallWriter(journal, CALL, SOURCES, (rescue,))
    with closing(sqlite3.connect(journal)) as db:
        db.execute("BEGIN EXCLUSIVE")
        with full(200):
            saving = writer.append(BATCHES[0])
        assert saving.rescue == ""
    assert writer.append(()).is_durable
    writer.close()
    assert not rescue.exists() or list(rescue.iterdir()) == []


def test_a_rescue_file_of_an_earlier_run_is_not_spoilt(journal: Path, tmp_path: Path) -> None:
    """The program died while the journal was locked; the call is taken up, and it still is."""
    folder = tmp_path / "rescue"
    write_call(journal, BATCHES[:3], CALL)
    before = sum(map(len, BATCHES[:3]))
    with closing(sqlite3.connect(journal)) as db:
        db.execute("BEGIN EXCLUSIVE")
        for _ in range(2):
            writer = CallWriter(journal, CALL, SOURCES, (folder,))
            writer.append(BATCHES[3])
            writer.close()
    found = [read_rescue(path) for path in find_rescue_files((folder,))]
    assert found
    for rescued in found:
        assert bodies(rescued.events) == bodies(as_stored(BATCHES[3]))
        import_rescue(journal, rescued)
    with Journal(journal) as opened:
        assert opened.events(CALL) == EVENTS[: before + len(BATCHES[3])]


def test_rescue_files_are_found_oldest_call_first(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "other", tmp_path / "missing"]
    calls = [new_call_id(stamp) for stamp in (3, 1, 2)]
    for call, folder in zip(calls, [folders[0], folders[1], folders[0]], strict=True):
        assert RescueFile(call, (), (folder,)).keep(as_stored(EVENTS[:1]))
    (folders[0] / "notes.txt").write_text("no rescue file")
    found = find_rescue_files(folders)
    assert [read_rescue(path).call for path in found] == sorted(calls)
    assert find_rescue_files([folders[0], folders[0]]) == (found[1], found[2])


def test_every_line_holds_one_event(rescue: Path) -> None:
    head, *lines, end = rescue.read_bytes().split(b"\n")
    assert end == b""
    assert msgspec.json.decode(head)["call"] == CALL
    for line, event in zip(lines, EVENTS[:30], strict=True):
        read: dict[str, object] = msgspec.json.decode(line)
        body = msgspec.json.encode(read["body"])
        assert decode(str(read["kind"]), 1, body) == event
