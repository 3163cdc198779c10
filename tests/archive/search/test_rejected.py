"""Flags that reviewers call wrong are found by `rejected:` and by nothing else."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from callcoach.archive.search.facts import facts
from callcoach.archive.search.find import Finder
from callcoach.archive.search.index import catch_up
from callcoach.call.events import FlagCleared, FlagRaised
from callcoach.call.summary import FlagStory
from callcoach.script.model import CueId, FlagKind, Severity
from tests.archive.search.support import TODAY, call_of, find, write
from tests.archive.search.test_reviewed import review


def flag(number: int, cue: str, what: FlagKind, severity: Severity) -> FlagRaised:
    return FlagRaised(
        seq=number + 1, at=3.0, flag=number, what=what, cue=CueId(cue), severity=severity,
        reason="said",
    )  # fmt: skip


FLAGGED = call_of(
    [("agent", "hello")],
    more=[
        flag(1, "courtesy.greet", FlagKind.MISSING, Severity.MAJOR),
        flag(2, "courtesy.threat", FlagKind.FORBIDDEN, Severity.CRITICAL),
        flag(3, "courtesy.insult", FlagKind.FORBIDDEN, Severity.CRITICAL),
        FlagCleared(seq=5, at=3.0, flag=3, by="repaired"),
    ],
)


def wrong(_call: str, flags: Sequence[FlagStory]) -> list[int]:
    """Say that all flags are wrong but the insult."""
    return [it.raised.flag for it in flags if it.raised.cue != "courtesy.insult"]


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """Return a journal with two flagged calls, one of which has a review."""
    path = tmp_path / "journal.db"
    first, _second = write(path, FLAGGED, FLAGGED)
    review(path, first, 1, [("submitted", 40.0)])
    catch_up(path, wrong=wrong)
    return path


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("flag:greet", 1),
        ("flag:missing", 1),
        ("missed:greet", 1),
        ("open:threat", 1),
        ("flag:critical", 2),
        ("repaired:insult", 2),
        ("rejected:threat", 1),
        ("rejected:missing", 1),
        ("rejected:insult", 0),
        ("rejected:any", 1),
        ("不成立：任何", 1),
        ("被否：严重", 1),
        ("-rejected:any", 1),
    ],
)
def test_a_flag_is_found_by_what_it_turned_out_to_be(judged: Path, query: str, total: int) -> None:
    assert find(judged, query).total == total


@pytest.mark.parametrize(
    ("kind", "waits"), [("submitted", 1), ("decided", 1), ("reopened", 1), ("answered", 0)]
)
def test_what_is_handed_in_makes_its_call_wait(judged: Path, kind: str, waits: int) -> None:
    with Finder(judged) as finder:
        second = finder.find("flag:greet", TODAY).hits[0].call.id
    review(judged, second, 2, [(kind, None)])
    asked: list[str] = []

    def right(call: str, _flags: Sequence[FlagStory]) -> list[int]:
        asked.append(call)
        return []

    assert catch_up(judged, wrong=right) == waits
    assert asked == [second] * waits


def test_an_older_journal_that_is_only_read_has_no_rejected_flags(judged: Path) -> None:
    with closing(sqlite3.connect(judged)) as db:
        db.executescript(
            "DROP TRIGGER search_judged; ALTER TABLE search_flag DROP COLUMN is_rejected;"
            "DROP TABLE typed_text; DROP TRIGGER typed_text_deleted; DROP TRIGGER counted_erased;"
            "DROP TABLE erased; DROP TABLE erased_head; DROP TABLE erased_rest;"
            "DROP INDEX imported_call; DROP INDEX set_aside_counts;"
            "DROP TABLE hold; DROP TABLE hold_head;"
            "DELETE FROM migration WHERE name >= '006'"
        )
    with Finder(judged) as finder:
        assert finder.find("rejected:any", TODAY).total == 0
        assert finder.find("flag:threat", TODAY).total == 2
    catch_up(judged, wrong=wrong)
    assert find(judged, "flag:threat").total == 1, "it was brought up to date"


def test_what_nobody_could_have_heard_was_not_missed() -> None:
    missing = flag(1, "courtesy.greet", FlagKind.MISSING, Severity.MAJOR)
    assert facts((missing,)).missed() == {"courtesy.greet"}
    assert facts((replace(missing, is_unheard=True),)).missed() == set()
