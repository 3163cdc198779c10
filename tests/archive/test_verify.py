"""Tests of verifying the journal: what was changed behind callcoach's back is found."""

from pathlib import Path

import pytest

from callcoach.archive.journal import Journal
from callcoach.archive.verify import Verdict
from tests.archive.support import change, scripted_call, verdict, write_call


def test_a_journal_that_was_left_alone_is_sound(journal: Path) -> None:
    for _ in range(3):
        write_call(journal)
    assert verdict(journal) == Verdict(3, 3 * len(scripted_call().events), ())


def test_an_unfinished_call_is_sound(journal: Path) -> None:
    write_call(journal, scripted_call().batches[:4])
    assert verdict(journal).is_sound


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE event SET body = substr(body, 2) WHERE seq = 8 AND call = :call", 8),
        ("UPDATE event SET body = CAST(body || ' ' AS BLOB) WHERE seq = 8 AND call = :call", 8),
        ("UPDATE event SET at = at + 0.001 WHERE seq = 8 AND call = :call", 8),
        ("UPDATE event SET wall = '2026-11-23T09:30:00.999Z' WHERE seq = 8 AND call = :call", 8),
        ("UPDATE event SET kind = 'note_written' WHERE seq = 8 AND call = :call", 8),
        ("UPDATE event SET version = 99 WHERE seq = 8 AND call = :call", 8),
        ("UPDATE event SET hash = zeroblob(32) WHERE seq = 8 AND call = :call", 8),
        ("DELETE FROM event WHERE seq = 8 AND call = :call", 8),
        ("DELETE FROM event WHERE seq = 0 AND call = :call", 0),
        ("DELETE FROM event WHERE seq > 8 AND call = :call", None),
        ("DELETE FROM event WHERE call = :call", None),
    ],
)
def test_an_event_that_was_changed_or_deleted_is_found(
    journal: Path, statement: str, seq: int | None
) -> None:
    call = write_call(journal)
    write_call(journal)
    change(journal, statement, call=call)
    found = verdict(journal)
    assert found.calls == 2
    assert [(problem.call, problem.seq) for problem in found.problems] == [(call, seq)]
    assert all(problem.what for problem in found.problems)


def test_events_that_were_swapped_are_found(journal: Path) -> None:
    call = write_call(journal)
    change(
        journal,
        "UPDATE event SET seq = 1000 WHERE seq = 8",
        "UPDATE event SET seq = 8 WHERE seq = 10",
        "UPDATE event SET seq = 10 WHERE seq = 1000",
    )
    assert [(p.call, p.seq) for p in verdict(journal).problems] == [(call, 8)]


def test_an_event_that_was_inserted_is_found(journal: Path) -> None:
    call = write_call(journal)
    change(
        journal,
        "UPDATE event SET seq = seq + 1001 WHERE seq > 8",
        "UPDATE event SET seq = seq - 1000 WHERE seq > 1000",
        "INSERT INTO event SELECT call, 9, kind, version, at, wall, body, hash FROM event"
        " WHERE seq = 8",
    )
    assert [(p.call, p.seq) for p in verdict(journal).problems] == [(call, 9)]


def test_an_event_that_was_appended_is_found(journal: Path) -> None:
    call = write_call(journal)
    change(
        journal,
        "INSERT INTO event SELECT call, seq + 1, kind, version, at, wall, body, hash FROM event"
        " ORDER BY seq DESC LIMIT 1",
    )
    count = len(scripted_call().events)
    assert [(p.call, p.seq) for p in verdict(journal).problems] == [(call, count)]


def test_an_event_that_was_moved_to_another_call_is_found(journal: Path) -> None:
    one, other = write_call(journal), write_call(journal)
    last = len(scripted_call().events) - 1
    change(
        journal,
        "DELETE FROM event WHERE call = :other AND seq = :last",
        "UPDATE event SET call = :other WHERE call = :one AND seq = :last",
        one=one,
        other=other,
        last=last,
    )
    problems = verdict(journal).problems
    assert {(p.call, p.seq) for p in problems} == {(one, None), (other, last)}


def test_a_call_whose_row_was_deleted_is_found(journal: Path) -> None:
    call = write_call(journal)
    write_call(journal)
    change(journal, "DELETE FROM call WHERE id = :call", call=call)
    assert call in {problem.call for problem in verdict(journal).problems}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE call SET outcome = 'overdue.dispute'",
        "UPDATE call SET outcome = NULL",
        "UPDATE call SET code = 'PAID'",
        "UPDATE call SET ended_at = NULL",
        "UPDATE call SET ended_at = 1.0",
        "UPDATE call SET last_at = 1.0",
        "UPDATE call SET agent = 'somebody else'",
        "UPDATE call SET mode = 'call'",
        "UPDATE call SET language = 'en'",
        "UPDATE call SET started = '2020-01-01T00:00:00.000Z'",
        "UPDATE call SET day = '2020-01-01'",
        "UPDATE call SET script = 'courtesy'",
        "UPDATE call SET digest = 'another'",
        "UPDATE call SET events = events + 1",
        "UPDATE call SET head = zeroblob(32)",
        "UPDATE call SET id = 'another'",
    ],
)
def test_a_list_of_calls_that_does_not_say_what_the_events_say_is_found(
    journal: Path, statement: str
) -> None:
    write_call(journal)
    assert verdict(journal).is_sound
    change(journal, statement)
    assert not verdict(journal).is_sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE script SET sources = zeroblob(40)",
        "UPDATE script SET digest = 'another'",
        "DELETE FROM script",
    ],
)
def test_a_script_that_was_changed_is_found(journal: Path, statement: str) -> None:
    write_call(journal)
    assert verdict(journal).is_sound
    change(journal, statement)
    assert not verdict(journal).is_sound


def test_what_is_found_names_the_call_and_does_not_hide_the_others(journal: Path) -> None:
    one, other = write_call(journal), write_call(journal)
    for call in (one, other):
        change(journal, "UPDATE event SET at = 0.5 WHERE seq = 3 AND call = :call", call=call)
    problems = verdict(journal).problems
    assert [(problem.call, problem.seq) for problem in problems] == [
        (call, 3) for call in sorted((one, other))
    ]


def test_what_is_sound_in_a_changed_call_can_still_be_read(journal: Path) -> None:
    call = write_call(journal)
    change(journal, "UPDATE event SET at = 0.5 WHERE seq = 3")
    with Journal(journal) as opened:
        assert opened.events(call) == scripted_call().events
