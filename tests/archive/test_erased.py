"""The records of erased calls: chained, compared with the rest, and respected by whoever writes."""

from contextlib import closing
from pathlib import Path

import pytest

from callcoach.archive.counted import Counted, keep_counted
from callcoach.archive.database import open_database
from callcoach.archive.erased import ErasedCalls
from callcoach.archive.forget import clean, erase
from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.migrations import MIGRATIONS
from callcoach.archive.rescue import Rescued
from callcoach.archive.reviews import Queue, Reviews, append_review, save_queue
from callcoach.archive.typed import Place, TypedTexts, keep_text
from callcoach.archive.writer import CallWriter, import_rescue
from callcoach.errors import NotFound
from tests.archive.review_support import FORM, ROW, WHEN, event, write_call
from tests.archive.search.support import call_of
from tests.archive.support import CALL, as_stored, change, verdict

OTHER = CallId("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0009")
THIRD = CallId("0199bbbb-bbbb-7ccc-8ddd-eeeeffff0003")


@pytest.fixture
def erased(journal: Path) -> Path:
    """Return a journal with one call, from which two were erased."""
    write_call(journal, THIRD)
    for call, why in ((CALL, "one"), (OTHER, "two")):
        write_call(journal, call)
        erase(journal, [call], "Wang", why)
    clean(journal)
    assert verdict(journal).is_sound
    return journal


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE erased SET body = CAST(replace(body, 'one', 'six') AS BLOB)", "was changed"),
        ("UPDATE erased SET wall = '2020-01-01T00:00:00.000Z' WHERE seq = 1", "was changed"),
        ("UPDATE erased SET id = 'x' WHERE seq = 0", "was changed"),
        ("UPDATE erased SET content = 'x' WHERE seq = 1", "was changed"),
        ("UPDATE erased SET body = X'00' WHERE seq = 1", "was changed"),
        ("DELETE FROM erased WHERE seq = 0", "was changed"),
        ("DELETE FROM erased WHERE seq = 1", "is missing"),
        ("DELETE FROM erased", "is missing"),
        ("DELETE FROM erased_head", "is missing"),
        ("INSERT INTO own_name VALUES (:call, 'Ann', 'a.txt')", "is here again"),
        ("INSERT INTO imported VALUES ('d', :call)", "is here again"),
        ("INSERT INTO set_aside VALUES (:call, 'other')", "is here again"),
    ],
)
def test_what_was_done_behind_the_back_is_found(erased: Path, statement: str, told: str) -> None:
    change(erased, statement.replace(":call", f"'{CALL}'"))
    assert any(told in problem.what for problem in verdict(erased).problems)


def test_a_call_that_came_back_is_found(erased: Path) -> None:
    with closing(open_database(erased, write=True)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("INSERT INTO event VALUES (?, 0, 'x', 1, 0.0, '', X'', X'')", (OTHER,))
    assert OTHER in {it.call for it in verdict(erased).problems if "here again" in it.what}


@pytest.mark.parametrize("wanted", [CALL, CALL[-8:], CALL[-4:]])
def test_who_asks_for_it_is_told_when_it_was_erased(erased: Path, wanted: str) -> None:
    with Journal(erased) as journal, pytest.raises(NotFound, match="was erased on 20") as told:
        journal.find(wanted)
    assert "journal erased" in told.value.hint


def test_what_names_both_is_not_guessed_at(erased: Path) -> None:
    with Journal(erased) as journal, pytest.raises(NotFound, match="there is no call"):
        journal.find(CALL[:12])


def test_nothing_is_written_of_it_any_more(erased: Path) -> None:
    events = call_of([("customer", "Okonkwo")])
    writer = CallWriter(erased, CALL, ())
    saving = writer.append(events)
    assert not saving.is_durable
    assert "was erased" in saving.problem
    writer.close()
    rescued = Rescued(CALL, (), tuple(as_stored(events)), True)
    with pytest.raises(NotFound, match="was erased"):
        import_rescue(erased, rescued)
    with pytest.raises(NotFound, match="was erased"):
        append_review(erased, ROW, [event(0)], FORM)
    place = Place(CALL, FORM.digest, "Wang", "standard")
    with pytest.raises(NotFound, match="was erased"):
        keep_text(erased, place, "call", "Okonkwo")
    keep_text(erased, place, "call", "")
    keep_counted(erased, "1", [(CALL, b"h", b"b")])
    save_queue(erased, Queue("week", WHEN, "Wang", (CALL, "other"), "{}"))
    with TypedTexts(erased) as texts, Counted(erased) as counted, Reviews(erased) as reviews:
        assert (dict(texts.at(place)), dict(counted.bodies("1"))) == ({}, {})
        assert reviews.queue("week").calls == ("other",)
    assert verdict(erased).is_sound


def test_a_backup_has_the_records_too(erased: Path, tmp_path: Path) -> None:
    with Journal(erased) as journal:
        assert journal.backup(tmp_path / "copy.db").erased == 2
    with ErasedCalls(tmp_path / "copy.db") as copy:
        assert [it.told.why for it in copy.all()] == ["one", "two"]


def test_a_journal_of_before_it_could_be_done_has_none(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = {name: it for name, it in MIGRATIONS.items() if name < "008"}
    with monkeypatch.context() as patch:
        patch.setattr("callcoach.archive.migrations.MIGRATIONS", older)
        patch.setattr("callcoach.archive.database.MIGRATIONS", older)
        write_call(journal, CALL)
    assert verdict(journal).is_sound
    with ErasedCalls(journal) as erased:
        assert (erased.all(), erased.rest(), erased.contents()) == ((), (), {})
    erase(journal, [CALL])
    clean(journal)
    assert verdict(journal).erased == 1
