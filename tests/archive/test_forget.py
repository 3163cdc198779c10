"""Erasing calls: nothing of them is left in any file, others stay, what broke off goes on."""

from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.archive.counted import keep_counted
from callcoach.archive.database import open_database
from callcoach.archive.erased import ErasedCalls
from callcoach.archive.forget import clean, copies_with, erase, rescue_files_of
from callcoach.archive.ids import CallId
from callcoach.archive.imports import OwnName, import_call, imported, name_call, set_aside
from callcoach.archive.journal import Journal
from callcoach.archive.rescue import RescueFile
from callcoach.archive.reviews import Queue, Reviews, append_review, save_queue
from callcoach.archive.search.index import catch_up
from callcoach.archive.typed import Place, keep_text
from callcoach.archive.writer import lock_call
from callcoach.errors import JournalBusy, JournalUnwritable, StorageError
from tests.archive.review_support import FORM, ROW, WHEN, event
from tests.archive.search.support import call_of, find, write
from tests.archive.support import as_stored, change, verdict

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
