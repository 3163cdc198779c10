"""Tests of reading the journal."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcoach.archive.ids import CallId, new_call_id, short
from callcoach.archive.journal import Journal
from callcoach.archive.writer import CallWriter
from callcoach.call.events import CallEnded, Event
from callcoach.call.inputs import EndCall, Undo
from callcoach.call.session import Session
from callcoach.errors import JournalDamaged, StorageError
from callcoach.script.load import PackFiles
from callcoach.script.model import PackId
from tests.archive.support import begun, change, read_all, scripted_call, write_call


def last_end() -> CallEnded:
    """Return the end of the scripted call."""
    return next(event for event in scripted_call().events if isinstance(event, CallEnded))


# The list of calls


def test_a_call_is_listed_with_what_its_events_say(journal: Path) -> None:
    call = write_call(journal)
    scripted = scripted_call()
    (summary,) = read_all(journal).calls
    assert summary.id == call
    assert summary.script == "overdue"
    assert summary.digest == scripted.started.digest
    assert (summary.language, summary.mode, summary.agent) == ("zh", "practice", "a17")
    assert (summary.started, summary.day) == ("2026-11-23T09:30:00.000Z", "2026-11-23")
    assert summary.events == len(scripted.events)
    assert summary.last_at == scripted.events[-1].at
    assert summary.ended_at == scripted.events[-1].at
    end = last_end()
    assert summary.outcome == end.outcome is not None
    assert summary.code == end.code != ""


def test_a_call_under_way_is_listed_without_an_end(journal: Path) -> None:
    call = write_call(journal, scripted_call().batches[:9])
    (summary,) = read_all(journal).unfinished
    assert summary.id == call
    assert (summary.ended_at, summary.outcome, summary.code) == (None, None, "")
    assert summary.events == sum(map(len, scripted_call().batches[:9]))


def test_calls_are_listed_newest_first(journal: Path) -> None:
    instants = [f"2026-11-{day:02}T09:30:00.000Z" for day in (5, 23, 1, 14)]
    for instant in instants:
        write_call(journal, [begun(instant)])
    with Journal(journal) as opened:
        assert [call.started for call in opened.calls()] == sorted(instants, reverse=True)
        assert [call.started for call in opened.calls(2)] == sorted(instants, reverse=True)[:2]
        assert opened.calls(0) == ()
        assert opened.unfinished() == opened.calls()


def test_calls_that_began_in_the_same_instant_are_listed_by_id(journal: Path) -> None:
    calls = [write_call(journal, scripted_call().batches[:1]) for _ in range(5)]
    assert [call.id for call in read_all(journal).calls] == sorted(calls, reverse=True)


def test_an_ended_call_is_not_unfinished(journal: Path) -> None:
    ended = write_call(journal)
    open = write_call(journal, scripted_call().batches[:3])
    content = read_all(journal)
    assert {call.id for call in content.calls} == {ended, open}
    assert [call.id for call in content.unfinished] == [open]


def test_an_end_that_is_taken_back_opens_the_call_again(journal: Path) -> None:
    scripted = scripted_call()
    call = write_call(journal)
    session = Session(scripted.coach, scripted.events)
    writer = CallWriter(journal, call, scripted.sources)
    after = session.state.at
    writer.append(session.feed(Undo(), after + 1))
    (undone,) = read_all(journal).unfinished
    assert (undone.ended_at, undone.outcome, undone.code) == (None, None, "")
    writer.append(session.feed(EndCall(last_end().outcome), after + 2))
    writer.close()
    content = read_all(journal)
    assert content.unfinished == ()
    assert (content.calls[0].ended_at, content.calls[0].code) == (after + 2, last_end().code)


def test_another_choice_that_is_taken_back_does_not_open_the_call(journal: Path) -> None:
    scripted = scripted_call()
    session, opening = Session.start(scripted.coach, scripted.started)
    batches: list[Sequence[Event]] = [opening]
    batches += [session.feed(beat.given, beat.at) for beat in scripted.beats[:12]]
    batches.append(session.feed(Undo(), session.state.at))
    outcomes = scripted.coach.script.outcomes
    early = next(id for id, outcome in outcomes.items() if outcome.is_early)
    batches.append(session.feed(EndCall(early), session.state.at))
    write_call(journal, batches)
    content = read_all(journal)
    assert content.unfinished == ()
    assert (content.calls[0].outcome, content.calls[0].code) == (early, outcomes[early].code)


def test_an_empty_journal_has_no_calls(journal: Path) -> None:
    write_call(journal, [])
    CallWriter(journal, new_call_id(), ()).close()
    assert not journal.exists()


# Finding one


@pytest.fixture
def three(journal: Path) -> tuple[Path, tuple[CallId, ...]]:
    """Return a journal with three calls whose ids are known."""
    ids = tuple(CallId(f"0199{place}000-0000-7000-8000-0000abcd00{place}f") for place in (1, 2, 3))
    for place, id in enumerate(ids):
        write_call(journal, [begun(f"2026-11-0{place + 1}T00:00:00.000Z")], id)
    return journal, ids


def test_a_call_is_found_in_every_way(three: tuple[Path, tuple[CallId, ...]]) -> None:
    path, ids = three
    with Journal(path) as journal:
        assert journal.find("last").id == ids[2]
        for id in ids:
            for wanted in (id, id.upper(), id[:5], id[:9], short(id), id[-3:]):
                assert journal.find(wanted).id == id


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("0199", "more than one"),
        ("f", "more than one"),
        ("0000abcd", "no call"),
        ("%", "no call"),
        ("_", "no call"),
        ("0199_", "no call"),
        ("%00f", "no call"),
        ("\\", "no call"),
        ("'", "no call"),
        ("' OR 1=1 --", "no call"),
        ("", "no call"),
        (" ", "no call"),
        ("nobody", "no call"),
        ("\x00", "no call"),
        ("\x000199", "no call"),
        ("0199\x00", "no call"),
        ("\udcff", "no call"),
        ("您好", "no call"),
    ],
)
def test_what_names_no_one_call_is_refused(
    three: tuple[Path, tuple[CallId, ...]], wanted: str, said: str
) -> None:
    with Journal(three[0]) as journal, pytest.raises(StorageError) as caught:
        journal.find(wanted)
    assert said in caught.value.message
    assert caught.value.hint


def test_in_a_journal_of_one_call_only_its_own_id_finds_it(journal: Path) -> None:
    """Where nothing is ambiguous, a pattern that matches too much shows."""
    call = write_call(journal)

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.text(st.characters(min_codepoint=0), max_size=6))
    def find(wanted: str) -> None:
        plain = wanted.lower()
        is_part = any((call.startswith(plain), call.endswith(plain), short(call).startswith(plain)))
        is_named = wanted == "last" or (bool(plain) and is_part)
        with Journal(journal) as opened:
            try:
                assert opened.find(wanted).id == call
                assert is_named
            except StorageError:
                assert not is_named

    find()


def test_there_is_no_last_call_in_an_empty_journal(journal: Path) -> None:
    write_call(journal)
    change(journal, "DELETE FROM event", "DELETE FROM call")
    with Journal(journal) as opened, pytest.raises(StorageError, match="no call"):
        opened.find("last")


# Events and scripts


def test_events_come_back_as_they_were_given(journal: Path) -> None:
    call = write_call(journal)
    with Journal(journal) as opened:
        assert opened.events(call) == scripted_call().events
        assert [event.seq for event in opened.stored(call)] == list(
            range(len(scripted_call().events))
        )


def test_a_call_that_is_not_there_has_no_events(journal: Path) -> None:
    write_call(journal)
    with Journal(journal) as opened:
        assert opened.events(CallId("nobody")) == ()
        assert opened.stored(CallId("nobody")) == ()


def test_the_session_can_be_taken_up_from_the_stored_events(journal: Path) -> None:
    scripted = scripted_call()
    call = write_call(journal)
    with Journal(journal) as opened:
        session = Session(scripted.coach, opened.events(call))
    assert session.state == scripted.states[len(scripted.events)]


def test_sources_come_back_as_they_were_given(journal: Path) -> None:
    write_call(journal)
    with Journal(journal) as opened:
        assert opened.sources(scripted_call().started.digest) == scripted_call().sources


def test_sources_of_a_script_that_was_never_used_are_none(journal: Path) -> None:
    write_call(journal)
    with Journal(journal) as opened:
        assert opened.sources("0" * 64) == ()


def test_a_script_is_kept_once_however_many_calls_use_it(journal: Path) -> None:
    for _ in range(3):
        write_call(journal, scripted_call().batches[:1])
    with closing(sqlite3.connect(journal)) as db:
        assert db.execute("SELECT count(*) FROM script").fetchone() == (1,)


def test_sources_of_any_text_come_back(tmp_path: Path) -> None:
    names = st.text(max_size=12)
    packs = st.builds(
        PackFiles, names.map(PackId), st.dictionaries(names, st.text(max_size=60), max_size=3)
    )

    @settings(max_examples=30)
    @given(st.lists(packs, max_size=3))
    def round_trip(sources: list[PackFiles]) -> None:
        path = tmp_path / new_call_id() / "journal.db"
        write_call(path, scripted_call().batches[:1], sources=sources)
        with Journal(path) as opened:
            assert opened.sources(scripted_call().started.digest) == tuple(sources)

    round_trip()


UNREADABLE = {
    "no json": b"\x00\xff",
    "nothing in it": b"{}",
    "a list": b"[1,2]",
    "no place": b'{"kind":"x"}',
    "a place that is none": b'{"kind":"heard","seq":"here","at":[]}',
    "no utf-8": b'{"kind":"heard","seq":8,"at":1,"text":"\xff"}',
    "too deep": b'{"kind":"heard","seq":8,"at":1,"text":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize("kind", ["heard", "a_kind_of_2031"])
def test_an_event_that_cannot_be_read_is_damaged(journal: Path, body: bytes, kind: str) -> None:
    call = write_call(journal)
    change(
        journal, "UPDATE event SET kind = :kind, body = :body WHERE seq = 8", kind=kind, body=body
    )
    with Journal(journal) as opened, pytest.raises(JournalDamaged) as caught:
        opened.events(call)
    assert "event 8" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "packed", [b"\x00\xff", b"", bytes(50)], ids=["garbage", "nothing", "zeros"]
)
def test_a_script_that_cannot_be_read_is_damaged(journal: Path, packed: bytes) -> None:
    write_call(journal)
    change(journal, "UPDATE script SET sources = :packed", packed=packed)
    with Journal(journal) as opened, pytest.raises(JournalDamaged):
        opened.sources(scripted_call().started.digest)


# Readers beside a writer


def test_a_reader_sees_what_was_appended_before(journal: Path) -> None:
    scripted = scripted_call()
    call = new_call_id()
    writer = CallWriter(journal, call, scripted.sources)
    writer.append(scripted.batches[0])
    seen = len(scripted.batches[0])
    with Journal(journal) as opened:
        for batch in scripted.batches[1:]:
            assert opened.events(call) == scripted.events[:seen]
            writer.append(batch)
            seen += len(batch)
    writer.close()


def test_a_reader_does_not_keep_a_writer_waiting(journal: Path) -> None:
    write_call(journal)
    with closing(sqlite3.connect(journal, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        write_call(journal)
