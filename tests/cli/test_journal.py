"""callcoach journal: where it is, whether it is sound, copies, and calls taken back."""

import sqlite3
from pathlib import Path

import pytest

from callcoach.archive.ids import new_call_id
from callcoach.archive.rescue import RescueFile
from tests.archive.search.support import call_of
from tests.archive.support import as_stored, change
from tests.cli.home import Home


def test_it_lies_in_the_platforms_folder_and_only_its_owner_reads_it(home: Home) -> None:
    home.make_call()
    path = Path(home.run("journal", "path").out.strip())
    assert path.is_relative_to(home.path)
    assert path.stat().st_mode & 0o077 == 0
    assert home.run("journal", "path", "--json").json == {"path": str(path)}


@pytest.mark.parametrize(("language", "said"), [("en", "Sound:"), ("zh", "完好")])
def test_a_sound_journal_is_called_sound(home: Home, language: str, said: str) -> None:
    home.make_call()
    assert said in home.run("journal", "verify", language=language).out
    assert home.run("journal", "verify", "--json").json["problems"] == []


def test_a_changed_event_is_found(home: Home) -> None:
    home.make_call()
    path = home.run("journal", "path").out.strip()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE event SET at = at + 1 WHERE seq = 2")
    db.close()
    found = home.run("journal", "verify")
    assert found.code == 3
    assert "is damaged" in found.err
    assert len(home.run("journal", "verify", "--json").json["problems"]) == 1


def test_a_backup_is_verified_and_never_overwrites(home: Home) -> None:
    home.make_call()
    assert home.run("journal", "backup", "copy.db").code == 0
    assert home.run("journal", "backup", "copy.db").code == 3
    assert home.run("journal", "backup", "--json").json["calls"] == 1
    home.environment["CALLCOACH_JOURNAL"] = str(home.desk / "copy.db")
    assert len(home.run("calls", "--json").json) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("verify",), "there is no journal"),
        (("backup",), "there is no journal"),
        (("import", "missing.jsonl"), "cannot be read"),
        (("import", "garbage"), "is no rescue file"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_not_there_is_a_matter_of_storage(
    home: Home, words: tuple[str, ...], told: str, language: str
) -> None:
    home.write("garbage", b"\x00\xff\x91")
    made = home.run("journal", *words, language=language)
    assert made.code == 3
    assert (told in made.err) is (language == "en"), made.err


def test_a_read_only_folder_is_told_with_what_to_do(home: Home) -> None:
    home.environment["CALLCOACH_JOURNAL"] = "/proc/callcoach/journal.db"
    made = home.make_call()
    assert made.code == 3
    assert "--journal" in made.err


def test_what_verifying_cannot_see_is_said(home: Home) -> None:
    home.make_call()
    home.make_call()
    with sqlite3.connect(home.run("journal", "path").out.strip()) as db:
        (call,) = db.execute("SELECT id FROM call LIMIT 1").fetchone()
        db.execute("DELETE FROM event WHERE call = ?", (call,))
        db.execute("DELETE FROM call WHERE id = ?", (call,))
    db.close()
    assert "deleted whole" in home.run("journal", "verify").out


def test_a_journal_that_is_none_is_not_sent_to_the_command_that_just_failed(home: Home) -> None:
    home.environment["CALLCOACH_JOURNAL"] = home.write("j.db", b"SQLite format 3\x00" + b"x" * 500)
    found = home.run("journal", "verify")
    assert found.code == 3
    assert "restore a backup" in found.err
    assert "verify" not in found.err


READING = [
    ("calls",),
    ("show", "last"),
    ("search", "hello"),
    ("report", "team"),
    ("review", "list"),
    ("review", "queue", "list"),
    ("script", "coverage", "courtesy", "--calls"),
    ("journal", "verify"),
]


@pytest.mark.parametrize("words", READING)
def test_a_journal_that_was_named_and_is_not_there_is_told(
    home: Home, words: tuple[str, ...]
) -> None:
    for path, told in (("x.db", "no journal at x.db"), ("no/x.db", "there is no folder no")):
        made = home.run("--journal", path, *words)
        assert (made.code, told in made.err) == (3, True), made.err
    assert list(home.desk.iterdir()) == []


def test_a_journal_is_made_where_it_was_named_but_not_its_folder(home: Home) -> None:
    told = "there is no folder no for the journal"
    for words in (("call", "courtesy", "--line-mode"), ("config", "set", "journal", "no/x.db")):
        made = home.run("--journal", "no/x.db", *words, given="quit\n")
        assert (made.code, told in made.err) == (3, True), made.err
    assert home.run("--journal", "no/x.db", "doctor").code == 1
    assert list(home.desk.iterdir()) == []
    home.run("--journal", "x.db", "call", "courtesy", "--line-mode", given="quit\n")
    assert len(home.run("--journal", "x.db", "calls", "--json").json) == 1


def rescued(home: Home, *texts: str) -> list[str]:
    """Return the rescue files of calls that each have a text."""
    files: list[str] = []
    for text in texts:
        file = RescueFile(new_call_id(), (), (home.desk / "rescue",))
        assert file.keep(as_stored(call_of([("agent", text)])))
        files.append(str(file.path))
    return files


@pytest.mark.parametrize("flags", [(), ("--json",)])
def test_what_is_taken_back_before_one_that_cannot_be_is_told(
    home: Home, flags: tuple[str, ...]
) -> None:
    first, last = rescued(home, "one", "two")
    made = home.run("journal", "import", first, home.write("garbage", b"x"), last, *flags)
    assert (made.code, "garbage is no rescue file" in made.err) == (3, True)
    if flags:
        assert [(it["file"], it["events"]) for it in made.json] == [(first, 3)]
    else:
        assert "3 events are in the journal now" in made.out
    assert [it.name for it in (home.desk / "rescue").iterdir()] == [Path(last).name]


def test_a_note_that_the_journal_cannot_take_is_kept_and_can_be_taken_back(home: Home) -> None:
    home.make_call()
    path = Path(home.run("journal", "path").out.strip())
    refuse = "CREATE TRIGGER no BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no'); END"
    change(path, refuse)
    made = home.run("note", "last", "he", "called", "back")
    (file,) = (path.parent / "rescue").iterdir()
    assert (made.code, f"kept in {file}" in made.err) == (3, True), made.err
    change(path, "DROP TRIGGER no")
    assert home.run("journal", "import", str(file)).code == 0
    assert "he called back" in home.run("show", "last").out


def test_a_call_that_the_list_has_lost_can_still_be_looked_at(home: Home) -> None:
    home.make_call()
    (call,) = [row["id"] for row in home.run("calls", "--json").json]
    whole = home.run("show", call).out
    change(Path(home.run("journal", "path").out.strip()), "DELETE FROM call")
    found = home.run("journal", "verify")
    assert (found.code, f"! {call}: the call is missing from the list" in found.out) == (3, True)
    assert (home.run("show", call).out, home.run("show", call[-8:]).out) == (whole, whole)
    assert call in home.run("export", call, "--format", "json", "-o", "-").out
    for words in (("note", call, "x"), ("call", "--resume", call, "--line-mode")):
        assert "there is no call" in home.run(*words).err


def test_where_nothing_could_be_erased_nothing_else_is_said(home: Home) -> None:
    home.make_call()
    path = Path(home.run("journal", "path").out.strip())
    change(path, "CREATE TRIGGER no BEFORE DELETE ON call BEGIN SELECT RAISE(ABORT, 'no'); END")
    made = home.run("journal", "forget", "last", "--yes")
    assert (made.code, made.out) == (3, "")
    assert "cannot be written (no)" in made.err
