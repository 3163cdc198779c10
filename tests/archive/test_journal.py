"""Tests of reading the journal."""

import resource
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcoach.archive.ids import CallId, new_call_id, short
from callcoach.archive.journal import Journal
from callcoach.archive.verify import Verdict
from callcoach.archive.writer import CallWriter
from callcoach.call.events import CallEnded, CallStarted, Event
from callcoach.call.inputs import EndCall, Undo
from callcoach.call.session import Session
from callcoach.errors import JournalDamaged, JournalUnwritable, StorageError
from callcoach.script.load import PackFiles
from callcoach.script.model import PackId
from tests.archive.pool import Order, Pool
from tests.archive.support import (
    Content,
    chances,
    change,
    mode_of,
    ordinary_user,
    read_all,
    scripted_call,
    umask,
    write_call,
)

FLIPS = 80


def begun(started: str, **fields: str) -> tuple[Event, ...]:
    """Return the opening of a call that began at another instant."""
    opening = scripted_call().batches[0]
    first = opening[0]
    assert isinstance(first, CallStarted)
    return (_with(first, started=started, **fields), *opening[1:])


def _with(first: CallStarted, **fields: str) -> CallStarted:
    known = {name: getattr(first, name) for name in first.__struct_fields__}
    return CallStarted(**{**known, **fields})


def last_end() -> CallEnded:
    """Return the end of the scripted call."""
    return next(event for event in scripted_call().events if isinstance(event, CallEnded))


def verdict(path: Path) -> Verdict:
    """Return what verifying a journal comes to."""
    with Journal(path) as journal:
        return journal.verify()


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
        is_named = bool(plain) and (call.startswith(plain) or call.endswith(plain))
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


# Backups


def test_a_backup_holds_everything(journal: Path, tmp_path: Path) -> None:
    for _ in range(3):
        write_call(journal)
    copy = tmp_path / "copies" / "backup.db"
    with Journal(journal) as opened, umask(0o000):
        found = opened.backup(copy)
        assert found == opened.verify()
    assert found == Verdict(3, 3 * len(scripted_call().events), ())
    assert read_all(copy) == read_all(journal)
    assert mode_of(copy) == 0o600
    assert mode_of(copy.parent) == 0o700


def test_a_backup_can_be_written_to(journal: Path, tmp_path: Path) -> None:
    write_call(journal)
    copy = tmp_path / "backup.db"
    with Journal(journal) as opened:
        opened.backup(copy)
    call = write_call(copy)
    assert call in {summary.id for summary in read_all(copy).calls}
    assert len(read_all(journal).calls) == 1


@pytest.mark.parametrize("what", [Path.touch, Path.mkdir])
def test_a_backup_never_replaces_anything(
    journal: Path, tmp_path: Path, what: Callable[[Path], None]
) -> None:
    write_call(journal)
    copy = tmp_path / "backup.db"
    what(copy)
    with Journal(journal) as opened, pytest.raises(StorageError, match="exists"):
        opened.backup(copy)
    with Journal(journal) as opened, pytest.raises(StorageError, match="exists"):
        opened.backup(journal)
    assert copy.stat().st_size == 0 or copy.is_dir()


def test_a_backup_needs_a_folder_that_takes_it(own_folder: Path) -> None:
    path = own_folder / "journal.db"
    with ordinary_user():
        write_call(path)
        locked = own_folder / "locked"
        locked.mkdir(mode=0o500)
        with Journal(path) as opened, pytest.raises(JournalUnwritable) as caught:
            opened.backup(locked / "backup.db")
    assert caught.value.hint


def test_a_backup_that_does_not_fit_leaves_nothing_behind(journal: Path, tmp_path: Path) -> None:
    write_call(journal)
    copy = tmp_path / "backup.db"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Journal(journal) as opened:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[1]))
        try:
            with pytest.raises(JournalUnwritable):
                opened.backup(copy)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert not copy.exists()
        assert opened.backup(copy).is_sound


def test_a_backup_of_a_damaged_journal_says_which_is_damaged(journal: Path, tmp_path: Path) -> None:
    write_call(journal)
    with Journal(journal) as opened:
        data = bytearray(journal.read_bytes())
        data[4096:] = b"\xff" * (len(data) - 4096)
        journal.write_bytes(data)
        copy = tmp_path / "backup.db"
        try:
            found = opened.backup(copy)
        except JournalDamaged as error:
            assert str(journal) in error.message  # noqa: PT017 - either answer is right
        else:
            assert not found.is_sound


def test_backups_are_sound_while_another_process_writes(
    journal: Path, tmp_path: Path, pool: Pool
) -> None:
    child = pool.start(Order(task="write_on", journal=str(journal)))
    written = list(child.expect().calls)
    for number in range(10):
        copy = tmp_path / f"{number}.db"
        with Journal(journal) as opened:
            found = opened.backup(copy)
        assert found.is_sound
        content = read_all(copy)
        assert {call.id for call in content.calls} >= set(written)
        for events in content.events:
            assert events == scripted_call().events[: len(events)]
        written += child.expect().calls
    child.kill()
    assert len(written) > 10


# Verifying


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
        ("UPDATE event SET version = 2 WHERE seq = 8 AND call = :call", 8),
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


def test_a_file_that_was_cut_is_found(journal: Path) -> None:
    write_call(journal)
    whole = journal.read_bytes()
    for length in range(0, len(whole), len(whole) // 23):
        journal.write_bytes(whole[:length])
        assert is_noticed(journal), f"cut to {length} bytes"


def is_noticed(path: Path) -> bool:
    """Tell whether opening or verifying a journal shows that something is wrong."""
    try:
        return not verdict(path).is_sound
    except StorageError:
        return True


def hidden_damage(path: Path, whole: Content) -> str:
    """Return how the damage of a journal hides; empty where it shows or changes nothing."""
    try:
        if is_noticed(path):
            return ""
        return "" if read_all(path) == whole else "read as sound, but not as it was written"
    except StorageError:
        return "found sound, but it cannot be read"
    except Exception as error:  # noqa: BLE001 - whatever it is, damage must not raise it
        return f"{type(error).__name__}: {error}"


def three_calls(path: Path) -> bytes:
    """Write three calls and return the bytes of the file."""
    early = begun("2026-11-20T08:00:00.000Z", agent="zhang")
    write_call(
        path,
        [early, *scripted_call().batches[1:20]],
        CallId("0199aaaa-0000-7000-8000-000000000001"),
    )
    write_call(path, scripted_call().batches[:40], CallId("0199bbbb-0000-7000-8000-000000000002"))
    write_call(path, call=CallId("0199cccc-0000-7000-8000-000000000003"))
    assert not path.with_name(f"{path.name}-wal").exists()
    return path.read_bytes()


def flipped(whole: bytes, bits: Sequence[int]) -> bytes:
    """Return bytes with some bits, counted from the first byte's lowest, turned over."""
    data = bytearray(whole)
    for bit in bits:
        data[bit // 8] ^= 1 << bit % 8
    return bytes(data)


@pytest.mark.parametrize("at_once", [1, 8])
def test_flipped_bits_are_found_or_change_nothing(journal: Path, at_once: int) -> None:
    whole = three_calls(journal)
    content = read_all(journal)
    chance = chances(at_once)
    hidden: list[str] = []
    noticed = 0
    for _ in range(FLIPS):
        bits = [chance.randrange(len(whole) * 8) for _ in range(at_once)]
        journal.write_bytes(flipped(whole, bits))
        if damage := hidden_damage(journal, content):
            hidden.append(f"{damage} (bits {bits})")
        noticed += is_noticed(journal) if not damage else 0
    assert not hidden, f"{len(hidden)} of {FLIPS}: " + "; ".join(hidden[:9])
    assert noticed > FLIPS // 4


@pytest.mark.parametrize("words", ["zhang", "2026-11-20T08", "0199bbbb", "practice"])
def test_flipped_bits_in_a_word_are_found_wherever_it_stands(journal: Path, words: str) -> None:
    """In the row of the call, in an index over it and in the events."""
    whole = three_calls(journal)
    content = read_all(journal)
    wanted = words.encode()
    places = [at for at in range(len(whole)) if whole.startswith(wanted, at)]
    assert places
    hidden: list[str] = []
    for place in places[:40]:
        journal.write_bytes(flipped(whole, [place * 8 + 1]))
        if damage := hidden_damage(journal, content):
            hidden.append(f"{damage} (byte {place})")
    assert not hidden, f"{len(hidden)} of {len(places[:40])}: " + "; ".join(hidden[:9])


def untyped(path: Path, statement: str) -> None:
    """Put a value where SQLite would not have it, as a damaged disk does."""
    change(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(replace(sql, 'STRICT, ', ''), 'STRICT', '')",
        "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '')",
        "PRAGMA writable_schema = RESET",
        statement,
    )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = 'text' WHERE seq = 8",
        "UPDATE event SET body = NULL WHERE seq = 8",
        "UPDATE event SET body = 9223372036854775807 WHERE seq = 8",
        "UPDATE event SET hash = 'text' WHERE seq = 8",
        "UPDATE event SET hash = NULL WHERE seq = 8",
        "UPDATE event SET hash = 9223372036854775807 WHERE seq = 8",
        "UPDATE event SET at = 'noon' WHERE seq = 8",
        "UPDATE event SET at = NULL WHERE seq = 8",
        "UPDATE event SET at = x'ff' WHERE seq = 8",
        "UPDATE event SET kind = x'ff' WHERE seq = 8",
        "UPDATE event SET kind = CAST(x'ff' AS TEXT) WHERE seq = 8",
        "UPDATE event SET wall = NULL WHERE seq = 8",
        "UPDATE event SET version = 'text' WHERE seq = 8",
        "UPDATE call SET head = 'text'",
        "UPDATE call SET head = NULL",
        "UPDATE call SET head = 9223372036854775807",
        "UPDATE call SET events = 'many'",
        "UPDATE call SET events = NULL",
        "UPDATE call SET outcome = x'ff'",
        "UPDATE call SET agent = CAST(x'ff' AS TEXT)",
        "UPDATE call SET id = CAST(x'ff' AS TEXT)",
        "UPDATE call SET id = x'ff'",
        "UPDATE script SET sources = 'text'",
        "UPDATE script SET sources = NULL",
        "UPDATE script SET sources = 9223372036854775807",
    ],
)
def test_a_value_of_the_wrong_type_is_found(journal: Path, statement: str) -> None:
    write_call(journal)
    content = read_all(journal)
    untyped(journal, statement)
    assert not hidden_damage(journal, content)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sqlite_master SET sql = :value WHERE name = 'event'",
        "UPDATE sqlite_master SET name = :value WHERE name = 'event'",
        "UPDATE sqlite_master SET name = CAST(:value AS TEXT) WHERE name = 'event'",
        "UPDATE sqlite_master SET tbl_name = :value WHERE name = 'event'",
        "UPDATE sqlite_master SET type = :value WHERE name = 'event'",
    ],
)
@pytest.mark.parametrize("value", [b"\xff", "x", None, 12])
def test_a_schema_that_cannot_be_read_is_found(
    journal: Path, statement: str, value: bytes | str | int | None
) -> None:
    write_call(journal)
    content = read_all(journal)
    change(journal, "PRAGMA writable_schema = ON", statement, value=value)
    assert not hidden_damage(journal, content)


def test_any_bit_of_the_files_head_may_flip(journal: Path) -> None:
    whole = three_calls(journal)
    content = read_all(journal)
    hidden: list[str] = []
    for bit in chances(100).sample(range(100 * 8), 160):
        journal.write_bytes(flipped(whole, [bit]))
        if damage := hidden_damage(journal, content):
            hidden.append(f"{damage} (bit {bit})")
    assert not hidden, f"{len(hidden)}: " + "; ".join(hidden[:9])


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
