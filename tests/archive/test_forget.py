"""Erasing calls: nothing of them is left in any file, others stay, what broke off goes on."""

import sqlite3
import sys
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.archive.counted import keep_counted
from callcoach.archive.database import open_database
from callcoach.archive.erased import ErasedCalls
from callcoach.archive.forget import clean, copies_with, erase, rescue_files_of
from callcoach.archive.holds import HoldError, Holds, hold, release
from callcoach.archive.ids import CallId
from callcoach.archive.imports import OwnName, import_call, imported, name_call, set_aside
from callcoach.archive.journal import Journal
from callcoach.archive.rescue import RescueFile
from callcoach.archive.reviews import Queue, Reviews, append_review, save_queue
from callcoach.archive.search.index import catch_up
from callcoach.archive.typed import Place, keep_text
from callcoach.archive.writer import lock_call
from callcoach.errors import JournalBusy, JournalUnwritable, NotFound, StorageError
from tests.archive.review_support import FORM, ROW, WHEN, event
from tests.archive.search.support import call_of, find, write
from tests.archive.support import as_stored, change, umask, verdict

SECRET = ("Okonkwo", "欧阳娜娜", "zebrawerk", "13800138000")
"""Words that may be nowhere afterwards."""
SAID = [("agent", "您好，是欧阳娜娜吗"), ("customer", "我叫Okonkwo，在zebrawerk，电话13800138000")]


def everything(folder: Path) -> bytes:
    """Return what is in all files of a folder, and what they are called, in small letters."""
    files = [it for it in sorted(folder.rglob("*")) if it.is_file()]
    return b"".join(str(it).encode() + it.read_bytes() for it in files).lower()


def left_of(folder: Path, *words: str) -> list[str]:
    """Return which words are anywhere in a folder."""
    found = everything(folder)
    return [word for word in words if word.lower().encode() in found]


@pytest.fixture
def calls(journal: Path) -> tuple[CallId, CallId]:
    """Return two calls: one to be erased, of which all is known that may be, and another."""
    kept = write(journal, call_of([("agent", "您好"), ("customer", "你好 Fairway")]))[0]
    made = import_call(
        journal,
        CallId("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0001"),
        call_of(SAID, agent="Zebrawerk"),
        (),
        "c" * 64,
        OwnName("Okonkwo-13800138000", "Okonkwo.json"),
    )
    body = event(0).body.replace(ROW.call.encode(), made.encode())
    row = type(ROW)(ROW.id, made, ROW.form, ROW.reviewer, ROW.purpose, ROW.opened)
    append_review(journal, row, [event(0, body), event(1, b'"Okonkwo"')], FORM)
    keep_text(journal, Place(made, FORM.digest, "Wang", "standard"), "call", "欧阳娜娜!")
    with closing(open_database(journal, write=False)) as db:
        (head,) = db.execute("SELECT head FROM call WHERE id = ?", (made,)).fetchone()
    keep_counted(journal, "1", [(made, head, b"zebrawerk")])
    save_queue(journal, Queue("week", WHEN, "Wang", (made, kept), "{}"))
    catch_up(journal)
    assert left_of(journal.parent, *SECRET) == list(SECRET)
    return made, kept


def test_no_word_is_left_in_any_file_and_verify_stays_green(
    journal: Path, calls: tuple[CallId, CallId]
) -> None:
    gone, kept = calls
    told = erase(journal, [gone], "Wang", "request 7")
    clean(journal)
    assert left_of(journal.parent, *SECRET) == []
    assert (told[gone].events, told[gone].reviews, told[gone].was_sound) == (4, 1, True)
    assert (told[gone].by, told[gone].why, told[gone].content) == ("Wang", "request 7", "c" * 64)
    found = verdict(journal)
    assert (found.calls, found.problems, found.erased, found.unfinished) == (1, (), 1, 0)
    with Journal(journal) as opened, Reviews(journal) as reviews:
        assert [it.id for it in opened.calls()] == [kept]
        assert reviews.all() == ()
        assert reviews.queue("week").calls == (kept,)
    assert imported(journal) == {}
    assert [hit.call.id for hit in find(journal, "好").hits] == [kept, kept]
    assert find(journal, "欧阳").total == 0


@settings(max_examples=12)
@given(
    st.lists(st.tuples(st.text("abcdefgh", min_size=5, max_size=2000), st.booleans()), max_size=6)
)
def test_whatever_was_said_goes_and_whatever_others_said_stays(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, bool]]
) -> None:
    journal = tmp_path_factory.mktemp("many") / "journal.db"
    texts = [f"x{number}x{text}x" for number, (text, _) in enumerate(said)]
    ids = write(journal, call_of([("agent", "hello")]), *(call_of([("agent", it)]) for it in texts))
    catch_up(journal)
    wanted = [id for id, (_, is_gone) in zip(ids[1:], said, strict=True) if is_gone]
    erase(journal, wanted)
    clean(journal)
    stay = [text for text, (_, is_gone) in zip(texts, said, strict=True) if not is_gone]
    assert left_of(journal.parent, *texts) == stay
    assert verdict(journal).is_sound
    assert all(find(journal, text).total == 1 for text in stay)


def test_it_is_all_of_them_or_none(journal: Path, calls: tuple[CallId, CallId]) -> None:
    gone, kept = calls
    refuse = f"BEFORE DELETE ON call WHEN old.id = '{kept}' BEGIN SELECT RAISE(ABORT, 'no'); END"
    change(journal, f"CREATE TRIGGER refused {refuse}")
    with pytest.raises(JournalUnwritable):
        erase(journal, [gone, kept])
    found = verdict(journal)
    assert (found.calls, found.erased, found.is_sound) == (2, 0, True)
    assert find(journal, "欧阳").total == 1
    with Reviews(journal) as reviews:
        assert (len(reviews.all()), reviews.queue("week").calls) == (1, (gone, kept))


def test_a_call_that_is_open_in_another_window_stays(
    journal: Path, calls: tuple[CallId, CallId]
) -> None:
    lock = lock_call(journal, calls[1])
    with pytest.raises(JournalBusy, match="open in another window"):
        erase(journal, calls)
    lock.release()
    assert verdict(journal).calls == 2
    assert erase(journal, calls).keys() == set(calls)
    clean(journal)
    assert not list((journal.parent / "locks").iterdir())


def test_what_broke_off_is_known_and_goes_on(journal: Path, calls: tuple[CallId, CallId]) -> None:
    erase(journal, calls[:1])
    assert (verdict(journal).is_sound, verdict(journal).unfinished) == (True, 1)

    def refused(_: CallId) -> None:
        raise StorageError("no")

    with pytest.raises(StorageError, match="no"):
        clean(journal, refused)
    assert verdict(journal).unfinished == 1
    assert left_of(journal.parent, *SECRET) == []  # what can be done is done
    asked: list[CallId] = []
    clean(journal, asked.append)
    clean(journal, asked.append)
    assert asked == [calls[0]]
    assert verdict(journal).unfinished == 0


def test_a_window_that_reads_meanwhile_is_told_and_it_goes_on_later(
    journal: Path, calls: tuple[CallId, CallId], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callcoach.archive.forget.PATIENCE_MS", 5)
    with closing(open_database(journal, write=False)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM event").fetchone()
        erase(journal, calls[:1])
        with pytest.raises(JournalBusy, match="is reading"):
            clean(journal)
        assert verdict(journal).unfinished == 1
    clean(journal)
    assert left_of(journal.parent, *SECRET) == []


@dataclass(slots=True)
class OpenFiles:
    """Which files without a name were open while a journal was written anew."""

    seen: set[tuple[Path, int, int]] = field(default_factory=set)
    """The folder of each, its rights, and how many names it has."""

    def open(self, path: Path, *, write: bool, busy_ms: int = 0) -> sqlite3.Connection:
        """Return a journal that keeps little in memory, and is looked at as it works."""
        db = open_database(path, write=write, busy_ms=busy_ms)
        db.execute("PRAGMA cache_size = 10")
        db.set_progress_handler(self.look, 50)
        return db

    def look(self) -> int:
        for handle in Path("/proc/self/fd").iterdir():
            with suppress(OSError):
                name, found = handle.readlink(), handle.stat()
                if "etilqs" in name.name:
                    self.seen.add((name.parent, found.st_mode & 0o777, found.st_nlink))
        return 0


@pytest.mark.skipif(sys.platform != "linux", reason="which files are open is told by /proc")
@pytest.mark.parametrize(
    ("most", "name", "is_in_file"),
    [(0, "it's", True), (0, "caf\udce9", False), (1 << 30, "data", False)],
)
def test_what_is_too_large_for_memory_lies_beside_the_journal_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, name: str, is_in_file: bool
) -> None:
    journal = tmp_path / name / "journal.db"
    monkeypatch.setattr("callcoach.archive.forget._IN_MEMORY", most)
    said = call_of([("customer", f"Okonkwo {number}" * 50) for number in range(200)])
    gone, stays = write(journal, said, said)
    erase(journal, [gone])
    files = OpenFiles()
    with umask(0), monkeypatch.context() as patch:
        patch.setattr("callcoach.archive.forget.open_database", files.open)
        clean(journal)
    assert files.seen == ({(journal.parent.resolve(), 0o600, 0)} if is_in_file else set())
    assert verdict(journal).unfinished == 0
    names = {it.name for it in journal.parent.iterdir()}
    assert names <= {"journal.db", "journal.db-wal", "journal.db-shm", "locks"}
    with Journal(journal) as opened, closing(sqlite3.connect(":memory:")) as other:
        assert [it.id for it in opened.calls()] == [stays]
        assert other.execute("PRAGMA temp_store_directory").fetchone() is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = X'00' WHERE seq = 2 AND call = :gone",
        "UPDATE event SET body = CAST(replace(body, '138', '1') AS BLOB) WHERE call = :gone",
        "DELETE FROM event WHERE seq = 2 AND call = :gone",
        "UPDATE search_version SET version = 'older'",
    ],
)
def test_of_a_call_that_was_changed_nothing_is_left_in_the_index(
    journal: Path, calls: tuple[CallId, CallId], statement: str
) -> None:
    change(journal, statement, **({"gone": calls[0]} if ":gone" in statement else {}))
    told = erase(journal, calls[:1])
    clean(journal)
    assert told[calls[0]].was_sound is ("search_version" in statement)
    assert left_of(journal.parent, *SECRET) == []
    assert find(journal, "fairway").total == 1


def test_a_call_that_is_not_there_is_passed_over(journal: Path) -> None:
    write(journal, call_of(SAID))
    assert erase(journal, [CallId("0199aaaa-bbbb-7ccc-8ddd-eeeeffff0009")]) == {}
    before = journal.read_bytes()
    clean(journal)
    assert journal.read_bytes() == before


def test_the_same_call_the_other_way_round_is_known(journal: Path) -> None:
    one, other, alone = write(journal, *[call_of(SAID)] * 3)
    set_aside(journal, one, other)
    with Journal(journal) as opened:
        assert opened.twins() == {one: (other,), other: (one,)}
        assert len(opened.chosen("", "")) == 3
    erase(journal, [one, other])
    with Journal(journal) as opened:
        assert [it.id for it in opened.calls()] == [alone]
        assert opened.twins() == {}


@pytest.mark.parametrize("is_readable", [True, False])
def test_a_call_that_the_list_has_lost_is_found_by_its_events_and_erased(
    journal: Path, calls: tuple[CallId, CallId], is_readable: bool
) -> None:
    gone, kept = calls
    change(journal, "DELETE FROM call WHERE id = :gone", gone=gone)
    if not is_readable:
        change(journal, "DELETE FROM event WHERE seq < 2 AND call = :gone", gone=gone)
    with Journal(journal) as opened:
        with pytest.raises(NotFound):
            opened.find(gone)
        found = opened.find_kept(gone[-8:])
        assert (found.id, found.events) == (gone, 4 if is_readable else 2)
        assert found.day == ("2026-11-20" if is_readable else "2025-10-03")  # else the id's
        assert found.agent == ("Zebrawerk" if is_readable else "")
        assert {it.id for it in opened.chosen("", "2100-01-01")} == {gone, kept}
        assert [it.id for it in opened.chosen("Zebrawerk", "")] == [gone] * is_readable
        assert opened.chosen("", found.day) == ()
        with pytest.raises(NotFound, match="more than one"):
            opened.find_kept("01")
    told = erase(journal, [gone])
    clean(journal)
    assert (told[gone].was_sound, told[gone].events) == (False, found.events)
    assert left_of(journal.parent, *SECRET) == []
    assert (verdict(journal).problems, verdict(journal).erased) == ((), 1)


def test_a_lost_call_of_which_not_even_the_id_is_one_is_of_no_day(journal: Path) -> None:
    write(journal, call_of(SAID))
    change(
        journal,
        "PRAGMA foreign_keys = OFF",
        "INSERT INTO event VALUES ('odd', 0, 'x', 1, 0.0, '', X'', X'')",
    )
    with Journal(journal) as opened:
        assert opened.find_kept("odd").local_start == ""
        assert "odd" not in {it.id for it in opened.chosen("", "2100-01-01")}
        assert "odd" in {it.id for it in opened.chosen("", "")}
    assert erase(journal, [CallId("odd")])[CallId("odd")].events == 1


def test_a_call_on_hold_stays_with_all_that_were_named_beside_it(
    journal: Path, calls: tuple[CallId, CallId]
) -> None:
    hold(journal, calls[1:], "Wang", "lawsuit 7")
    with pytest.raises(HoldError, match="lawsuit 7"):
        erase(journal, calls)
    assert (verdict(journal).calls, verdict(journal).erased) == (2, 0)
    release(journal, calls[1:], "Wang", "settled")
    assert erase(journal, calls).keys() == set(calls)
    with Holds(journal) as holds:
        assert [it.why for it in holds.all()] == ["lawsuit 7", "settled"]
    assert verdict(journal).is_sound


def test_calls_are_chosen_by_agent_and_day(journal: Path) -> None:
    days = ("2026-01-01", "2026-01-02", "2026-01-03")
    made = [call_of(SAID, agent=name, started=f"{it}T09:00:00Z") for name in "AB" for it in days]
    ids = write(journal, *made)
    with Journal(journal) as opened:
        assert [it.id for it in opened.chosen("A", "")] == ids[:3]
        assert [it.id for it in opened.chosen("B", "2026-01-02")] == ids[3:4]
        assert len(opened.chosen("", "2026-01-03")) == 4
        assert opened.chosen("", "2026-01-01") == opened.chosen("C", "") == ()


def test_files_beside_the_journal_are_found(journal: Path, tmp_path: Path) -> None:
    gone, _ = write(journal, call_of(SAID), call_of(SAID))
    with Journal(journal) as opened:
        opened.backup(journal.parent / "old.db")
    (journal.parent / "none.db").write_text("x", encoding="utf-8")
    assert copies_with(journal, [gone]) == {journal.parent / "old.db": 1}
    assert copies_with(journal, ["x"]) == {}
    rescue = RescueFile(gone, (), (tmp_path / "rescue",))
    assert rescue.keep(as_stored(call_of(SAID)))
    assert rescue_files_of((tmp_path / "none", tmp_path / "rescue"), gone) == (rescue.path,)


def test_names_are_not_given_to_what_is_erased(journal: Path, calls: tuple[CallId, CallId]) -> None:
    erase(journal, calls[:1])
    with pytest.raises(StorageError):
        name_call(journal, calls[0], OwnName("Okonkwo", "Okonkwo.json"))
    with ErasedCalls(journal) as erased:
        assert [it.id for it in erased.all()] == [calls[0]]
        assert list(erased.check()) == []
