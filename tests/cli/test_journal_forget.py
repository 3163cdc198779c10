"""callcoach journal forget: asks, erases, says what stays, and no list stumbles over it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from callcoach.archive.chain import StoredEvent
from callcoach.archive.forget import erase
from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.rescue import PREFIX
from callcoach.archive.reviews import KeptForm, ReviewRow, append_review
from callcoach.archive.writer import lock_call
from callcoach.hearing.keeping.recordings import folder_for, recordings_folder
from callcoach.review.events import Appealed, Mark, Pins, ReviewOpened, Submitted, encode, kind_of
from tests.archive.search.support import call_of, write
from tests.cli.home import Home

WHEN = "2026-12-01T06:00:00.000Z"
FORM = KeptForm("f" * 64, "courtesy", "1", "form: courtesy\n")


@pytest.fixture
def calls(home: Home) -> list[str]:
    """Return the ids of two calls by Anna and one by nobody, oldest first."""
    said = [("agent", "Hello"), ("customer", "Yes, hello.")]
    days = {"2026-11-01": "Anna", "2026-11-02": "Anna", "2026-11-03": ""}
    made = (call_of(said, agent=it, started=f"{day}T09:00:00.000Z") for day, it in days.items())
    return [str(call) for call in write(path_of(home), *made)]


def path_of(home: Home) -> Path:
    return Path(home.run("journal", "path").out.strip())


def left(home: Home) -> list[str]:
    """Return the calls that are there, oldest first."""
    return [row["id"] for row in reversed(home.run("calls", "--json").json)]


def appeal(home: Home, call: str) -> None:
    """Let a review of a call wait for the answer to an appeal."""
    id = f"0199aaaa-bbbb-7ccc-8ddd-{call[-12:]}"
    pins = Pins(
        form="courtesy",
        form_version="1",
        form_digest=FORM.digest,
        script="courtesy",
        script_version="1",
        script_digest="x",
        program="1",
    )
    opened = ReviewOpened(seq=0, by="Wang", when=WHEN, call=call, agent="Anna", pins=pins)
    events = (
        opened,
        Submitted(seq=1, by="Wang", when=WHEN, mark=Mark(50.0, 1.0, 2.0)),
        Appealed(seq=2, by="Anna", when=WHEN, questions=(), why="no"),
    )
    stored = [StoredEvent(it.seq, kind_of(it), 1, 0.0, WHEN, encode(it)) for it in events]
    append_review(
        path_of(home), ReviewRow(id, call, FORM.digest, "Wang", "standard", WHEN), stored, FORM
    )


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Return a list of what will be answered, one after another; what is asked stays unseen."""
    answers: list[str] = []

    def agrees(*lines: str) -> bool:
        assert lines[-1].endswith("[y/N] ")
        return answers.pop(0) == "y"

    monkeypatch.setattr("callcoach.cli.journal_forget.agrees", agrees)
    yield answers
    assert answers == []


@pytest.mark.parametrize(("language", "said"), [("en", "Erased: 1 call."), ("zh", "1 通电话。")])
def test_a_call_is_erased_and_it_is_said_what_stays(
    home: Home, calls: list[str], language: str, said: str
) -> None:
    made = home.run("journal", "forget", calls[0], "--yes", "--why", "request 7", language=language)
    assert (made.code, said in made.out) == (0, True), made.err
    assert left(home) == calls[1:]
    checked = home.run("journal", "verify", "--json").json
    assert (checked["calls"], checked["erased"], checked["problems"]) == (2, 1, [])
    (row,) = home.run("journal", "erased", "--json").json
    assert (row["call"], row["why"], row["rest"]) == (calls[0], "request 7", False)
    assert "request 7" in home.run("journal", "erased").out
    assert "1 call was erased on purpose" in home.run("journal", "verify").out
    again = home.run("journal", "forget", calls[0], "--yes")
    assert (again.code, "was erased on" in again.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "nobody says which calls"),
        (("nope", "--yes"), "there is no call"),
        (("last",), "--yes"),
        (("last", "--before", "2027-01-01", "--yes"), "do not go together"),
        (("last", "--finish"), "do not go together"),
        (("--before", "soon", "--yes"), "is no day"),
        (("--before", "", "--agent", "Anna", "--yes"), "behind --before"),
        (("--agent", " ", "--before", "2027-01-01", "--yes"), "behind --agent"),
        (("--agent", "Ana", "--yes"), "Anna"),
    ],
)
def test_a_slip_erases_nothing(
    home: Home, calls: list[str], words: tuple[str, ...], told: str
) -> None:
    made = home.run("journal", "forget", *words)
    assert (made.code, told in made.err) == (2, True), made.err
    assert left(home) == calls


@pytest.mark.parametrize(
    ("words", "stay"),
    [
        (("--agent", "Anna"), [2]),
        (("--before", "2027-01-01"), []),
        (("--before", "2020-01-01"), [0, 1, 2]),
        (("--agent", "Anna", "--before", "2020-01-01"), [0, 1, 2]),
    ],
)
def test_calls_are_chosen_by_agent_and_day(
    home: Home, calls: list[str], words: tuple[str, ...], stay: list[int]
) -> None:
    home.environment["CALLCOACH_AGENT"] = "Wang"
    planned = home.run("journal", "forget", *words, "--dry-run", "--json").json["calls"]
    assert left(home) == calls
    made = home.run("journal", "forget", *words, "--yes", "--json").json
    assert [it["call"] for it in made["erased"]] == [id for it in planned for id in it["calls"]]
    assert left(home) == [calls[number] for number in stay]
    assert {it["by"] for it in home.run("journal", "erased", "--json").json} <= {"Wang"}


@pytest.mark.parametrize(("typed", "stay"), [("n", 3), ("y", 2)])
def test_only_a_clear_yes_erases(
    home: Home, calls: list[str], terminal: list[str], typed: str, stay: int
) -> None:
    terminal.append(typed)
    home.run("journal", "forget", calls[0])
    assert len(left(home)) == stay


@pytest.mark.parametrize(
    ("words", "typed", "stay"),
    [
        (("--agent", "Anna", "--yes"), "", [0, 2]),
        (("--agent", "Anna", "--yes", "--even-appealed"), "", [2]),
        (("--agent", "Anna"), "yn", [0, 2]),
        (("--agent", "Anna"), "yy", [2]),
        (("--agent", "Anna"), "n", [0, 1, 2]),
        (("last",), "y", [0, 1]),
    ],
)
def test_a_call_under_appeal_is_asked_about_by_itself(
    home: Home, calls: list[str], terminal: list[str], words: tuple[str, ...], typed: str,
    stay: list[int],
) -> None:  # fmt: skip
    appeal(home, calls[0])
    terminal += typed
    made = home.run("journal", "forget", *words)
    assert left(home) == [calls[number] for number in stay]
    assert ("under appeal" in made.out) is (stay == [0, 2])


def test_a_call_under_appeal_that_is_named_is_refused(home: Home, calls: list[str]) -> None:
    appeal(home, calls[0])
    made = home.run("journal", "forget", *calls, "--yes")
    assert (made.code, "is under appeal" in made.err) == (2, True)
    assert left(home) == calls
    assert home.run("journal", "forget", *calls, "--yes", "--even-appealed").code == 0
    assert home.run("review", "list", "--json").json == []


def test_a_call_that_is_open_in_another_window_stays(home: Home, calls: list[str]) -> None:
    lock = lock_call(path_of(home), CallId(calls[1]))
    made = home.run("journal", "forget", *calls, "--yes")
    assert (made.code, "open in another window" in made.err) == (3, True)
    assert left(home) == calls
    made = home.run("journal", "forget", "--before", "2027-01-01", "--yes")
    assert (made.code, "1 call stays" in made.out) == (0, True)
    lock.release()
    assert left(home) == [calls[1]]


def test_sound_rescue_files_and_locks_go_with_it(home: Home, calls: list[str]) -> None:
    path = path_of(home)
    sound = folder_for(recordings_folder(path), calls[0])
    (sound / "agent-0.flac").write_bytes(b"fLaC")
    rescue = path.parent / "rescue"
    rescue.mkdir()
    (rescue / f"{PREFIX}{calls[0]}.jsonl").write_text("x", encoding="utf-8")
    other = rescue / f"{PREFIX}{calls[1]}.jsonl"
    other.write_text("x", encoding="utf-8")
    assert "sound of 1 call" in home.run("journal", "forget", calls[0], "--yes").out
    here = [it for it in path.parent.rglob("*") if calls[0] in it.name]
    assert (here, other.exists()) == ([], True)


def test_what_could_not_be_deleted_is_told_and_gone_on_with(home: Home, calls: list[str]) -> None:
    sound = folder_for(recordings_folder(path_of(home)), calls[0])
    (sound / "agent-0.flac").write_bytes(b"fLaC")
    (sound / "own").mkdir()  # a folder of somebody else's is not deleted
    made = home.run("journal", "forget", calls[0], "--yes")
    assert (made.code, "--finish" in made.err, "Erased: 1 call" in made.out) == (3, True, True)
    assert left(home) == calls[1:]
    for command in ("verify", "erased"):
        assert "journal forget --finish" in home.run("journal", command).out
    (sound / "own").rmdir()
    assert home.run("journal", "forget", "--finish", "--json").json == {"finished": [calls[0]]}
    assert "--finish" not in home.run("journal", "verify").out
    assert "Nothing broke off" in home.run("journal", "forget", "--finish").out


def test_a_backup_is_named_and_takes_the_same_erasures(home: Home, calls: list[str]) -> None:
    home.run("journal", "backup", str(path_of(home).with_name("old.db")))
    made = home.run("journal", "forget", *calls[:2], "--yes")
    (line,) = [it for it in made.out.splitlines() if "has 2 of them" in it]
    words = line.partition(": callcoach ")[2].split()
    assert home.run(*words, "--yes").code == 0
    assert [it["id"] for it in home.run(*words[:2], "calls", "--json").json] == [calls[2]]
    assert home.run(*words[:2], "journal", "verify").code == 0
    assert "as asked for" in home.run(*words, "--yes").out


READING = [
    ("calls",),
    ("search", "hello"),
    ("search", "agent:Anna"),
    ("report", "team", "-o", "-"),
    ("report", "agent", "Anna", "-o", "-"),
    ("review", "list"),
    ("review", "queue", "list"),
    ("review", "queue", "show", "week"),
    ("review", "sample", "--count", "2"),
    ("script", "coverage", "courtesy", "--calls"),
    ("recordings", "list"),
    ("journal", "backup"),
    ("journal", "verify"),
]


@pytest.mark.parametrize("all_of_them", [False, True])
def test_no_list_stumbles_over_what_is_gone(
    home: Home, calls: list[str], all_of_them: bool
) -> None:
    home.run("review", "sample", "--count", "3", "--save", "week")
    home.run("report", "team", "-o", "-")
    home.run("search", "hello")
    gone = calls if all_of_them else calls[:1]
    assert home.run("journal", "forget", *gone, "--yes").code == 0
    for words in READING:
        made = home.run(*words)
        assert made.code in (0, 1, 2), (words, made.err)
        assert not any(call[-8:] in made.out + made.err for call in gone), words
    for words in (("show", gone[0]), ("export", gone[0]), ("note", gone[0], "x")):
        made = home.run(*words)
        assert (made.code, "was erased on" in made.err) == (2, True), words


def test_an_erasure_that_broke_off_is_finished_by_the_next(home: Home, calls: list[str]) -> None:
    erase(path_of(home), [CallId(calls[0])])
    assert home.run("journal", "verify", "--json").json["unfinished"] == 1
    home.run("journal", "forget", calls[1], "--yes")
    assert home.run("journal", "verify", "--json").json["unfinished"] == 0
    with Journal(path_of(home)) as journal:
        assert len(journal.calls()) == 1


def test_without_a_journal_there_is_nothing_to_erase(home: Home) -> None:
    for words in (("forget", "last", "--yes"), ("forget", "--finish"), ("erased",)):
        made = home.run("journal", *words)
        assert (made.code, "there is no journal" in made.err) == (3, True)
