"""Tests of opening the journal's file."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import pytest

from callcoach.archive import database, migrations
from callcoach.archive.database import check_writable, open_database, translate
from callcoach.archive.journal import Journal
from callcoach.archive.migrations import MIGRATIONS, applied, migrate
from callcoach.archive.writer import CallWriter
from callcoach.errors import JournalBusy, JournalDamaged, JournalUnwritable, StorageError
from tests.archive.pool import Order, Pool
from tests.archive.support import (
    change,
    mode_of,
    ordinary_user,
    read_all,
    scripted_call,
    umask,
    write_call,
)

GARBAGE = b"this was never a journal\n" * 400


def refused(open_it: Callable[[], object], kind: type[StorageError]) -> StorageError:
    """Return the error with which opening is refused: of exactly that kind, with a hint."""
    with pytest.raises(StorageError) as caught:
        open_it()
    assert type(caught.value) is kind
    assert caught.value.message
    assert not caught.value.message.endswith(".")
    assert caught.value.hint
    return caught.value


def for_writing(path: Path) -> Callable[[], object]:
    """Return what opens a journal for writing, and closes it where that works."""
    return lambda: open_database(path, write=True).close()


def for_reading(path: Path) -> Callable[[], object]:
    """Return what reads a journal."""
    return lambda: read_all(path)


# Who may read it


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_everything_that_is_made_is_for_its_owner_alone(journal: Path, mask: int) -> None:
    scripted = scripted_call()
    with umask(mask):
        writer = CallWriter(journal, write_call(journal), scripted.sources)
        with closing(open_database(journal, write=True)) as db:
            db.execute("BEGIN IMMEDIATE")
            db.execute("UPDATE script SET version = '2'")
            db.execute("COMMIT")
            made = {path.relative_to(journal.parent): path for path in journal.parent.rglob("*")}
            files = {str(name): mode_of(path) for name, path in made.items() if path.is_file()}
            folders = {str(name): mode_of(path) for name, path in made.items() if path.is_dir()}
        writer.close()
    locks = [name for name in files if name.startswith("locks/")]
    assert sorted(set(files) - set(locks)) == ["journal.db", "journal.db-shm", "journal.db-wal"]
    assert locks
    assert set(files.values()) == {0o600}
    assert folders == {"locks": 0o700}


def test_the_folder_is_for_its_owner_alone(journal: Path) -> None:
    with umask(0o022):
        for_writing(journal)()
    assert mode_of(journal.parent) == 0o700


def test_the_folder_is_for_its_owner_alone_when_a_call_makes_it(journal: Path) -> None:
    with umask(0o022):
        write_call(journal)
    assert mode_of(journal.parent) == 0o700


# How it is opened


def test_what_is_committed_is_on_the_disk_and_what_is_deleted_is_gone(journal: Path) -> None:
    with closing(open_database(journal, write=True)) as db:
        settings = {
            name: db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }


def test_reading_changes_nothing(journal: Path) -> None:
    write_call(journal)
    before = journal.read_bytes()
    with closing(open_database(journal, write=False)) as db:
        for statement in ("DELETE FROM event", "CREATE TABLE x (y)", "PRAGMA user_version = 9"):
            with pytest.raises(sqlite3.OperationalError, match="readonly"):
                db.execute(statement)
    read_all(journal)
    assert journal.read_bytes() == before


@pytest.mark.parametrize("name", ["a b", "what?x=1#y", "50%41", "催收 记录", "it's", 'a"b', "a;b"])
def test_any_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / f"{name}.db"
    call = write_call(path)
    assert path.is_file()
    assert read_all(path).calls[0].id == call


def test_a_link_to_the_journal_is_the_journal(journal: Path, tmp_path: Path) -> None:
    call = write_call(journal)
    link = tmp_path / "link.db"
    link.symlink_to(journal)
    assert read_all(link).calls[0].id == call


# Migrations


def test_a_new_journal_has_every_migration_once(journal: Path) -> None:
    for _ in range(3):
        for_writing(journal)()
    with closing(open_database(journal, write=False)) as db:
        assert applied(db) == tuple(MIGRATIONS)
        assert db.execute("SELECT count(*) FROM migration").fetchone() == (len(MIGRATIONS),)


def test_migrating_again_does_nothing(journal: Path) -> None:
    with closing(open_database(journal, write=True)) as db:
        before = db.execute("SELECT name, applied FROM migration").fetchall()
        assert migrate(db, "2030-01-01T00:00:00.000Z") == ()
        assert db.execute("SELECT name, applied FROM migration").fetchall() == before
        assert not db.in_transaction


def test_an_older_journal_is_brought_up_to_date_when_it_is_written(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = write_call(journal)
    ran: list[str] = []

    def second(db: sqlite3.Connection) -> None:
        ran.append("002")
        db.execute("CREATE TABLE later (x)")

    def third(db: sqlite3.Connection) -> None:
        ran.append("003")
        db.execute("ALTER TABLE later ADD COLUMN y")

    newer = MappingProxyType({**MIGRATIONS, "002_later": second, "003_more": third})
    monkeypatch.setattr(migrations, "MIGRATIONS", newer)
    monkeypatch.setattr(database, "MIGRATIONS", newer)
    assert read_all(journal).calls[0].id == call
    assert ran == []
    for _ in range(2):
        for_writing(journal)()
    assert ran == ["002", "003"]
    assert read_all(journal).calls[0].id == call


def test_a_migration_that_fails_changes_nothing(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = write_call(journal)

    def fail(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE half (x)")
        db.execute("CREATE TABLE call (x)")

    newer = MappingProxyType({**MIGRATIONS, "002_fails": fail})
    monkeypatch.setattr(migrations, "MIGRATIONS", newer)
    monkeypatch.setattr(database, "MIGRATIONS", newer)
    refused(for_writing(journal), JournalUnwritable)
    with closing(open_database(journal, write=False)) as db:
        assert not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchall()
        assert "002_fails" not in applied(db)
    assert read_all(journal).calls[0].id == call


def test_many_can_make_the_journal_at_once(pool: Pool, tmp_path: Path) -> None:
    for attempt in range(10):
        path = tmp_path / str(attempt) / "journal.db"
        order = Order(task="many_calls", journal=str(path), calls=1)
        children = [pool.start(order) for _ in range(6)]
        for child in children:
            child.expect()
        for child in children:
            child.go_on()
        written = {call for child in children for call in child.expect().calls}
        assert {call.id for call in read_all(path).calls} == written
        assert len(written) == len(children)
        pool.clear()


# What a newer callcoach made


def make_newer(path: Path) -> None:
    """Make a journal look as if a newer callcoach had written it."""
    change(
        path,
        "ALTER TABLE call ADD COLUMN mood TEXT",
        "CREATE TABLE mood (id TEXT PRIMARY KEY) STRICT",
        "INSERT INTO migration (name, applied) VALUES ('900_moods', '2031-01-01T00:00:00.000Z')",
    )


def test_a_newer_journal_is_refused_for_writing_and_left_alone(journal: Path) -> None:
    write_call(journal)
    make_newer(journal)
    before = journal.read_bytes()
    error = refused(for_writing(journal), StorageError)
    assert "newer" in error.message
    assert "update" in error.hint
    assert journal.read_bytes() == before


def test_a_newer_journal_can_be_read(journal: Path) -> None:
    call = write_call(journal)
    before = read_all(journal)
    make_newer(journal)
    assert read_all(journal) == before
    with Journal(journal) as opened:
        assert opened.verify().is_sound
        assert opened.events(call) == scripted_call().events


def test_a_call_goes_on_beside_a_newer_journal(journal: Path, tmp_path: Path) -> None:
    write_call(journal)
    make_newer(journal)
    call = write_call(tmp_path / "other.db")
    writer = CallWriter(journal, call, (), (tmp_path / "rescue",))
    saving = writer.append(scripted_call().batches[0])
    writer.close()
    assert not saving.is_durable
    assert "newer" in saving.problem
    assert Path(saving.rescue).is_file()


# What is no journal


def test_a_missing_journal_cannot_be_read(journal: Path) -> None:
    refused(for_reading(journal), StorageError)
    assert not journal.exists()
    assert not journal.parent.exists()


def test_a_missing_journal_is_made_for_writing(journal: Path) -> None:
    for_writing(journal)()
    assert read_all(journal).calls == ()


@pytest.mark.parametrize("open_it", [for_writing, for_reading])
@pytest.mark.parametrize("garbage", [GARBAGE, b"short", b"SQLite format 3\x00" + GARBAGE])
def test_a_file_that_is_no_database_is_damaged_and_left_alone(
    journal: Path, open_it: Callable[[Path], Callable[[], object]], garbage: bytes
) -> None:
    journal.parent.mkdir()
    journal.write_bytes(garbage)
    error = refused(open_it(journal), JournalDamaged)
    assert str(journal) in error.message
    assert journal.read_bytes() == garbage


def test_an_empty_file_becomes_a_journal_when_it_is_written(journal: Path) -> None:
    journal.parent.mkdir()
    journal.touch()
    call = write_call(journal)
    assert read_all(journal).calls[0].id == call


def test_reading_an_empty_file_does_not_tell_that_it_cannot_be_written(journal: Path) -> None:
    """It is what the disk keeps when it was full while the journal was being made."""
    journal.parent.mkdir()
    journal.touch()
    refused(for_reading(journal), StorageError)


def test_another_programs_database_is_refused_and_left_alone(journal: Path) -> None:
    journal.parent.mkdir()
    with closing(sqlite3.connect(journal)) as db:
        db.execute("CREATE TABLE bookmarks (address TEXT)")
        db.commit()
    before = journal.read_bytes()
    refused(for_writing(journal), JournalDamaged)
    assert journal.read_bytes() == before


def test_a_folder_in_place_of_the_file(journal: Path) -> None:
    journal.mkdir(parents=True)
    refused(for_writing(journal), JournalUnwritable)
    refused(for_reading(journal), StorageError)
    assert list(journal.iterdir()) == []


def test_a_file_in_place_of_the_folder(journal: Path) -> None:
    journal.parent.write_text("in the way")
    refused(for_writing(journal), JournalUnwritable)
    refused(for_reading(journal), StorageError)
    assert journal.parent.read_text() == "in the way"


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.symlink_to(tmp_path / "nowhere" / "journal.db")
    refused(for_writing(path), JournalUnwritable)
    refused(for_reading(path), StorageError)


def test_a_link_that_leads_to_itself(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.symlink_to(path)
    refused(for_writing(path), JournalUnwritable)
    refused(for_reading(path), StorageError)


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300 + ".db")
    refused(for_writing(path), JournalUnwritable)
    refused(for_reading(path), JournalUnwritable)


# What may not be written


def test_a_read_only_file_cannot_be_written_but_read(own_folder: Path) -> None:
    path = own_folder / "journal.db"
    with ordinary_user():
        call = write_call(path)
        path.chmod(0o400)
        with closing(open_database(path, write=True)) as db, pytest.raises(sqlite3.Error) as caught:
            db.execute("UPDATE script SET version = '2'")
        assert type(translate(caught.value, path)) is JournalUnwritable
        assert read_all(path).calls[0].id == call


def test_a_journal_that_takes_no_events_is_told(own_folder: Path) -> None:
    path = own_folder / "journal.db"
    with ordinary_user():
        check_writable(path)
        write_call(path)
        check_writable(path)
        path.chmod(0o400)
        own_folder.chmod(0o500)
        with pytest.raises(JournalUnwritable) as told:
            check_writable(path)
    assert told.value.hint


def test_a_read_only_folder_takes_no_journal(own_folder: Path) -> None:
    path = own_folder / "journal.db"
    with ordinary_user():
        own_folder.chmod(0o500)
        refused(for_writing(path), JournalUnwritable)
        own_folder.chmod(0o700)
        for_writing(path)()


def test_a_journal_in_a_read_only_folder_can_be_read(own_folder: Path) -> None:
    """As on a disc or a share with backups."""
    path = own_folder / "journal.db"
    with ordinary_user():
        call = write_call(path)
        own_folder.chmod(0o500)
        path.chmod(0o400)
        assert read_all(path).calls[0].id == call


def test_a_folder_that_may_not_be_entered(own_folder: Path) -> None:
    path = own_folder / "journal.db"
    with ordinary_user():
        write_call(path)
        own_folder.chmod(0o000)
        refused(for_writing(path), JournalUnwritable)
        refused(for_reading(path), JournalUnwritable)


def test_a_file_that_may_not_be_read(own_folder: Path) -> None:
    path = own_folder / "journal.db"
    with ordinary_user():
        write_call(path)
        path.chmod(0o000)
        refused(for_writing(path), JournalUnwritable)
        refused(for_reading(path), JournalUnwritable)


# What SQLite says


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("file is not a database", JournalDamaged),
        ("database disk image is malformed", JournalDamaged),
        ("no such table: hold", JournalDamaged),
        ("no such column: events", JournalDamaged),
        ("malformed database schema (event)", JournalDamaged),
        ("database or disk is full", JournalUnwritable),
        ("attempt to write a readonly database", JournalUnwritable),
        ("unable to open database file", JournalUnwritable),
        ("disk I/O error", JournalUnwritable),
        ("something that no version has said so far", JournalUnwritable),
        ("database is locked", JournalBusy),
        ("database table is locked: event", JournalBusy),
        ("database schema is locked: main", JournalBusy),
    ],
)
def test_what_sqlite_says_is_told_with_a_remedy(said: str, kind: type[StorageError]) -> None:
    error = translate(sqlite3.OperationalError(said), Path("/data/journal.db"))
    assert type(error) is kind
    assert "/data/journal.db" in error.message
    assert error.hint
    assert error.exit_code == 3


def test_a_full_disk_is_called_full(journal: Path) -> None:
    with closing(open_database(journal, write=True)) as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
        db.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.Error) as caught:
            db.execute("INSERT INTO script VALUES ('d', 'p', '1', zeroblob(100000))")
    error = translate(caught.value, journal)
    assert type(error) is JournalUnwritable
    assert "full" in error.message


def test_a_locked_journal_is_called_busy(journal: Path, pool: Pool) -> None:
    write_call(journal)
    child = pool.start(Order(task="lock_journal", journal=str(journal)))
    child.expect()
    with closing(open_database(journal, write=True, busy_ms=1)) as db:
        with pytest.raises(sqlite3.Error) as caught:
            db.execute("BEGIN IMMEDIATE")
        assert type(translate(caught.value, journal)) is JournalBusy
        child.go_on()
        child.expect()
        db.execute("BEGIN IMMEDIATE")
