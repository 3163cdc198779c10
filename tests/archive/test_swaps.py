"""Of two calls that differ in who is who one counts; what calls are called where they come from."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.imports import OwnName, import_call, name_call, set_aside
from callcoach.archive.journal import Journal
from callcoach.archive.migrations import MIGRATIONS
from callcoach.archive.swaps import find_swapped, swap_digest
from callcoach.errors import StorageError
from tests.archive.support import CALL
from tests.sessions import start
from tests.support import MINIMAL, files

SWAP = CallId("0199ffff-0000-7000-8000-0000000051ab")


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal with a call and the same call with the roles swapped."""
    path = tmp_path / "journal.db"
    _, events = start(MINIMAL)
    own = OwnName("C-77", "wang_long.json")
    import_call(path, CALL, events, (files(MINIMAL),), "d1", own)
    import_call(path, SWAP, events, (files(MINIMAL),), swap_digest(CALL), own)
    return path


def listed(path: Path) -> set[str]:
    with Journal(path) as journal:
        return {call.id for call in journal.calls()}


def test_exactly_one_of_two_counts_and_nothing_is_lost(journal: Path) -> None:
    assert listed(journal) == {CALL, SWAP}
    for counts, other in ((SWAP, CALL), (CALL, SWAP), (SWAP, CALL)):
        set_aside(journal, other, counts)
        assert listed(journal) == {counts}
        with Journal(journal) as opened:
            assert opened.set_aside() == {other: counts}
            assert opened.find(other).id == other
            assert opened.events(CallId(other))
            assert opened.verify().is_sound


def test_a_call_that_is_not_there_is_not_set_aside(journal: Path) -> None:
    with pytest.raises(StorageError):
        set_aside(journal, "nobody", CALL)
    assert listed(journal) == {CALL, SWAP}


@pytest.mark.parametrize("wanted", ["C-77", "wang_long.json"])
def test_a_call_is_found_by_its_own_name(journal: Path, wanted: str) -> None:
    with Journal(journal) as opened, pytest.raises(StorageError, match="more than one"):
        opened.find(wanted)
    set_aside(journal, CALL, SWAP)
    with Journal(journal) as opened:
        assert opened.find(wanted).id == SWAP
        assert opened.own_names()[CALL] == OwnName("C-77", "wang_long.json")


def test_a_name_is_added_to_both_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    _, events = start(MINIMAL)
    import_call(path, CALL, events, (files(MINIMAL),), "d1")
    import_call(path, SWAP, events, (files(MINIMAL),), swap_digest(CALL))
    name_call(path, CALL, OwnName("a", "a.json"))
    name_call(path, CALL, OwnName("b", "b.json"))
    with Journal(path) as opened:
        assert opened.own_names() == dict.fromkeys((CALL, SWAP), OwnName("a", "a.json"))


@pytest.mark.parametrize(
    ("judged", "aside"),
    [((), CALL), ((CALL,), SWAP), ((SWAP,), CALL), ((CALL, SWAP), CALL)],
)
def test_which_counts_of_swaps_that_are_there_already(judged: tuple[str, ...], aside: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        for name in ("001_calls_events_scripts", "003_reviews"):
            MIGRATIONS[name](db)
        other = new_call_id()
        rows = [("d1", CALL), (swap_digest(CALL), SWAP), ("d2", other)]
        db.executemany("INSERT INTO imported VALUES (?, ?)", rows)
        for call in judged:
            row = (call, call, "f", "Wang", "standard", "x", 1, b"")
            db.execute("INSERT INTO review VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            event = (call, 0, "submitted", 1, "x", b"", b"")
            db.execute("INSERT INTO review_event VALUES (?, ?, ?, ?, ?, ?, ?)", event)
        counts = SWAP if aside == CALL else CALL
        assert find_swapped(db) == {aside: counts}


def test_a_journal_of_before_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as db:
        MIGRATIONS["001_calls_events_scripts"](db)
        db.execute("CREATE TABLE migration (name TEXT PRIMARY KEY, applied TEXT NOT NULL) STRICT")
        db.execute("INSERT INTO migration VALUES ('001_calls_events_scripts', 'x')")
        db.commit()
    with Journal(path) as journal:
        assert (journal.calls(), journal.set_aside(), journal.own_names()) == ((), {}, {})
