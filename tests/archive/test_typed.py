"""Texts that were typed in a review and are not written yet."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from callcoach.archive.migrations import MIGRATIONS
from callcoach.archive.typed import Place, TypedTexts, keep_text
from callcoach.errors import StorageError
from tests.archive.search.support import call_of, write

TEXT = "太急了，\n没听完。"


def texts(path: Path, place: Place) -> dict[str, str]:
    with TypedTexts(path) as found:
        return dict(found.at(place))


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "journal.db"
    write(path, call_of([("agent", "hello")]))
    return path


def test_a_text_is_kept_where_it_was_typed_and_nowhere_else(journal: Path) -> None:
    place = Place("c1", "f1", "Wang", "standard")
    keep_text(journal, place, "line 3.0", TEXT)
    keep_text(journal, place, "question clear", "Was it?")
    keep_text(journal, place, "question clear", "It was.")
    assert texts(journal, place) == {"line 3.0": TEXT, "question clear": "It was."}
    others = ({"call": "c2"}, {"form": "f2"}, {"person": "Bo"}, {"purpose": "calibration"})
    for other in others:
        assert texts(journal, replace(place, **other)) == {}


@pytest.mark.parametrize("nothing", ["", " \n"])
def test_a_text_that_is_written_or_thrown_away_is_gone(journal: Path, nothing: str) -> None:
    place = Place("c1", "f1", "Wang", "standard")
    keep_text(journal, place, "line 3.0", TEXT)
    keep_text(journal, place, "line 3.0", nothing)
    assert texts(journal, place) == {}


def test_it_goes_with_its_call(journal: Path) -> None:
    with closing(sqlite3.connect(journal)) as db:
        (call,) = db.execute("SELECT id FROM call").fetchone()
    place = Place(call, "f1", "Wang", "standard")
    keep_text(journal, place, "line 3.0", TEXT)
    with closing(sqlite3.connect(journal)) as db, db:
        db.execute("DELETE FROM event")
        db.execute("DELETE FROM call")
    assert texts(journal, place) == {}


def test_an_older_journal_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.db"
    older = {name: it for name, it in MIGRATIONS.items() if name < "007"}
    with monkeypatch.context() as patch:
        patch.setattr("callcoach.archive.migrations.MIGRATIONS", older)
        patch.setattr("callcoach.archive.database.MIGRATIONS", older)
        write(path, call_of([("agent", "hello")]))
    assert texts(path, Place("c1", "f1", "Wang", "standard")) == {}


def test_without_a_journal_that_can_be_written_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "journal.db").mkdir()
    with pytest.raises(StorageError):
        keep_text(tmp_path / "journal.db", Place("c", "f", "W", "standard"), "line", TEXT)
