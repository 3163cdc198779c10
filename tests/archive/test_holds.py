"""Holds: they stand until they are released, are chained, and are no business of the call's own."""

from pathlib import Path

import pytest

from callcoach.archive.forget import clean, erase
from callcoach.archive.holds import HoldError, Holds, hold, release, standing_holds
from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.migrations import MIGRATIONS
from callcoach.errors import NotFound
from tests.archive.search.support import call_of, write
from tests.archive.support import change, verdict

SAID = [("agent", "hello")]


@pytest.fixture
def calls(journal: Path) -> tuple[CallId, ...]:
    """Return three calls: the first is on hold, the second was, the third never."""
    found = tuple(write(journal, *[call_of(SAID)] * 3))
    hold(journal, found[:2], "Wang", "lawsuit")
    release(journal, found[1:2], "Anna", "settled")
    return found


def test_a_hold_stands_until_it_is_released(journal: Path, calls: tuple[CallId, ...]) -> None:
    (held,) = standing_holds(journal).values()
    assert (held.call, held.by, held.why, len(held.day)) == (calls[0], "Wang", "lawsuit", 10)
    assert (verdict(journal).held, verdict(journal).problems) == (1, ())
    hold(journal, calls[1:], "Wang", "complaint")
    assert list(standing_holds(journal)) == list(calls)
    release(journal, calls, "Wang", "over")
    assert standing_holds(journal) == {}
    with Holds(journal) as holds:
        assert [it.is_release for it in holds.all()] == [False] * 2 + [True] + [False] * 2 + [
            True
        ] * 3


@pytest.mark.parametrize(
    ("change_it", "which", "told"),
    [
        (hold, (2, 0), "on hold since .*: lawsuit"),
        (release, (0, 1), "is not on hold"),
        (release, (0, 2), "is not on hold"),
    ],
)
def test_it_is_all_of_them_or_none(
    journal: Path, calls: tuple[CallId, ...], change_it: object, which: tuple[int, ...], told: str
) -> None:
    assert callable(change_it)
    with pytest.raises(HoldError, match=told):
        change_it(journal, [calls[number] for number in which], "Wang", "again")
    assert list(standing_holds(journal)) == [calls[0]]


def test_what_is_not_there_cannot_be_held(journal: Path, calls: tuple[CallId, ...]) -> None:
    with pytest.raises(NotFound, match="no call"):
        hold(journal, [CallId("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0009")], "Wang", "x")
    erase(journal, calls[2:])
    clean(journal)
    with pytest.raises(NotFound, match="was erased"):
        hold(journal, calls[2:], "Wang", "x")
    assert standing_holds(journal.with_name("none.db")) == {}


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE hold SET body = CAST(replace(body, 'law', 'pur') AS BLOB) WHERE seq = 0",
            "changed",
        ),
        ("UPDATE hold SET wall = '2020-01-01T00:00:00.000Z' WHERE seq = 1", "changed"),
        ("UPDATE hold SET kind = 'call_released' WHERE seq = 0", "changed"),
        ("UPDATE hold SET id = 'x' WHERE seq = 2", "changed"),
        ("UPDATE hold SET body = X'00' WHERE seq = 2", "changed"),
        ("DELETE FROM hold WHERE seq = 0", "changed"),
        ("DELETE FROM hold WHERE seq = 2", "is missing"),
        ("DELETE FROM hold", "is missing"),
        ("DELETE FROM hold_head", "is missing"),
        ("DELETE FROM event WHERE call = :call; DELETE FROM call WHERE id = :call", "is gone"),
    ],
)
def test_what_was_done_behind_the_back_is_found(
    journal: Path, calls: tuple[CallId, ...], statement: str, told: str
) -> None:
    for step in statement.split(";"):
        change(journal, step, **({"call": calls[0]} if ":call" in step else {}))
    assert [it for it in verdict(journal).problems if "hold" in it.what and told in it.what]


def test_a_record_that_cannot_be_read_holds_all_the_same(
    journal: Path, calls: tuple[CallId, ...]
) -> None:
    change(journal, "UPDATE hold SET body = X'00'")
    assert [(it.call, it.why) for it in standing_holds(journal).values()] == [(calls[0], "")]
    with pytest.raises(HoldError, match="on hold since"):
        erase(journal, calls[:1])


def test_a_call_that_the_list_has_lost_can_be_held(
    journal: Path, calls: tuple[CallId, ...]
) -> None:
    change(journal, "DELETE FROM call WHERE id = :call", call=calls[2])
    hold(journal, calls[2:], "Wang", "x")
    assert not [it for it in verdict(journal).problems if "hold" in it.what]


def test_a_backup_has_the_holds_too(
    journal: Path, calls: tuple[CallId, ...], tmp_path: Path
) -> None:
    with Journal(journal) as opened:
        assert opened.backup(tmp_path / "copy.db").held == 1
    assert list(standing_holds(tmp_path / "copy.db")) == [calls[0]]


def test_a_journal_of_before_it_could_be_done_has_none(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = {name: it for name, it in MIGRATIONS.items() if name < "009"}
    with monkeypatch.context() as patch:
        patch.setattr("callcoach.archive.migrations.MIGRATIONS", older)
        patch.setattr("callcoach.archive.database.MIGRATIONS", older)
        (call,) = write(journal, call_of(SAID))
    assert (standing_holds(journal), verdict(journal).problems) == ({}, ())
    hold(journal, [call], "Wang", "lawsuit")
    assert list(standing_holds(journal)) == [call]
