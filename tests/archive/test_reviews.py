"""Reviews in the journal: chained, with their form, verified, and in backups."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from callcoach.archive.journal import Journal
from callcoach.archive.migrations import MIGRATIONS
from callcoach.archive.reviews import Queue, Reviews, append_review, save_queue
from callcoach.errors import JournalBusy, JournalDamaged, StorageError
from tests.archive.review_support import FORM, OPENING, ROW, WHEN, event, write_call
from tests.archive.support import CALL


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal with one call in it."""
    path = tmp_path / "journal.db"
    write_call(path, CALL)
    return path


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()


def problems(path: Path) -> list[str]:
    with Reviews(path) as reviews:
        return [problem.what for problem in reviews.check()]


def test_a_review_comes_back_as_it_was_written(journal: Path) -> None:
    append_review(journal, ROW, [event(0), event(1, b"b")], FORM)
    append_review(journal, ROW, [event(2, b"c")])
    with Reviews(journal) as reviews:
        assert reviews.all() == reviews.of_call(CALL) == (replace(ROW, events=3),)
        assert [it.body for it in reviews.stored(ROW.id)] == [OPENING, b"b", b"c"]
        assert reviews.form(FORM.digest) == FORM
        assert reviews.of_call("other") == ()
        assert reviews.check() == ()


@pytest.mark.parametrize("wanted", ["last", ROW.id, ROW.id[-8:], ROW.id[-4:], ROW.id[:6]])
def test_a_review_is_found_by_a_part_of_its_id(journal: Path, wanted: str) -> None:
    append_review(journal, ROW, [event(0)], FORM)
    with Reviews(journal) as reviews:
        assert reviews.find(wanted).id == ROW.id


@pytest.mark.parametrize("wanted", ["nope", "%", "_", ""])
def test_a_review_that_is_not_there_is_told(journal: Path, wanted: str) -> None:
    with Reviews(journal) as reviews, pytest.raises(StorageError, match="there is no review"):
        reviews.find(wanted)


def test_two_windows_do_not_write_over_each_other(journal: Path) -> None:
    append_review(journal, ROW, [event(0)], FORM)
    append_review(journal, ROW, [event(1)])
    with pytest.raises(JournalBusy, match="in another window"):
        append_review(journal, ROW, [event(1, b"mine")])
    with Reviews(journal) as reviews:
        assert [it.body for it in reviews.stored(ROW.id)] == [OPENING, OPENING]


def test_nothing_is_written_of_a_review_of_no_call(journal: Path) -> None:
    with pytest.raises(StorageError):
        append_review(journal, replace(ROW, call="nobody"), [event(0)], FORM)
    with Reviews(journal) as reviews:
        assert reviews.all() == ()
        with pytest.raises(JournalDamaged, match="form"):
            reviews.form(FORM.digest)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE review_event SET body = x'00' WHERE seq = 1", "not as it was written"),
        ("UPDATE review_event SET wall = 'x' WHERE seq = 0", "not as it was written"),
        ("UPDATE review_event SET kind = 'submitted' WHERE seq = 1", "not as it was written"),
        ("DELETE FROM review_event WHERE seq = 1", "not as it was written"),
        ("DELETE FROM review_event WHERE seq = 0", "not as it was written"),
        ("UPDATE review SET reviewer = 'Bo'", "not as it was written"),
        ("UPDATE review SET purpose = 'calibration'", "not as it was written"),
        ("UPDATE review SET events = 1", "not as it was written"),
        ("DELETE FROM review", "missing from the list of reviews"),
        ("DELETE FROM form", "form of the review"),
        ("DELETE FROM call", "call of the review"),
    ],
)
def test_what_was_changed_behind_the_back_is_found(
    journal: Path, statement: str, told: str
) -> None:
    append_review(journal, ROW, [event(0), event(1)], FORM)
    change(journal, statement)
    assert any(told in problem for problem in problems(journal))


def test_reviews_are_part_of_a_backup(journal: Path, tmp_path: Path) -> None:
    append_review(journal, ROW, [event(0)], FORM)
    with Journal(journal) as opened:
        assert opened.backup(tmp_path / "copy.db").is_sound
    with Reviews(tmp_path / "copy.db") as reviews:
        assert reviews.all() == (replace(ROW, events=1),)
        assert reviews.check() == ()


def test_a_journal_of_before_there_were_reviews_has_none(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as db:
        MIGRATIONS["001_calls_events_scripts"](db)
        db.execute("CREATE TABLE migration (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT")
        db.execute("INSERT INTO migration VALUES ('001_calls_events_scripts', 'x')")
        db.commit()
    with Reviews(path) as reviews:
        assert (reviews.all(), reviews.queues(), reviews.check()) == ((), (), ())
    write_call(path, CALL)
    append_review(path, ROW, [event(0)], FORM)
    assert problems(path) == []


def test_a_queue_is_kept_under_its_name(journal: Path) -> None:
    queue = Queue("week", WHEN, "Wang", (CALL, "other"), '{"seed": 1}')
    save_queue(journal, queue)
    with pytest.raises(StorageError, match="already"):
        save_queue(journal, queue)
    with Reviews(journal) as reviews:
        assert (reviews.queue("week"), reviews.queues()) == (queue, (queue,))
        with pytest.raises(StorageError, match="there is no queue") as told:
            reviews.queue("weak")
    assert "week" in told.value.hint
    change(journal, "UPDATE queue SET calls = '{'")
    with Reviews(journal) as reviews, pytest.raises(JournalDamaged):
        reviews.queue("week")
