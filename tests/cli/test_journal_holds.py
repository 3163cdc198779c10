"""callcoach journal hold, release, holds: what is on hold stays, and everybody is told why."""

import pytest

from callcoach.archive.ids import CallId
from callcoach.archive.imports import import_call
from callcoach.cli.hearing.ears import let_go
from callcoach.hearing.keeping.recordings import find_recorded, folder_for, recordings_folder
from tests.archive.search.support import call_of
from tests.archive.support import change
from tests.cli.home import Home
from tests.cli.test_journal_forget import appeal, calls, left, path_of

__all__ = ["calls"]
LAWSUIT = ("--why", "lawsuit 7", "--as", "Wang")


@pytest.fixture
def held(home: Home, calls: list[str]) -> list[str]:
    """Return the ids of three calls, oldest first; the first is on hold."""
    made = home.run("journal", "hold", calls[0][-8:], *LAWSUIT)
    assert (made.code, "is on hold" in made.out) == (0, True), made.err
    return calls


def test_a_reason_that_is_kept_for_good_is_short(home: Home, calls: list[str]) -> None:
    call = calls[0]
    for words in (("hold", call), ("forget", call, "--yes")):
        told = home.run("journal", *words, "--why", "x" * 1001)
        assert told.code == 2
        assert "1,001 characters" in told.err
    told = home.run("export", call, "--unredacted", "x" * 1001, "-o", "-")
    assert (told.code, told.out) == (2, "")
    assert home.run("journal", "hold", call, "--why", " x" + "y" * 999 + " ").code == 0


def test_a_call_on_hold_that_is_named_is_refused(home: Home, held: list[str]) -> None:
    made = home.run("journal", "forget", *held, "--yes", "--even-appealed")
    assert (made.code, left(home)) == (2, held)
    assert "on hold since 20" in made.err
    assert "lawsuit 7" in made.err
    assert f"callcoach journal release {held[0][-8:]} --why" in made.err
    assert home.run("journal", "release", held[0], "--why", "settled", "--as", "Anna").code == 0
    assert home.run("journal", "forget", *held, "--yes").code == 0
    assert left(home) == []


def test_of_many_calls_those_on_hold_stay(home: Home, held: list[str]) -> None:
    appeal(home, held[0])
    words = ("journal", "forget", "--before", "2027-01-01")
    planned = home.run(*words, "--dry-run", "--json").json
    assert [(it["calls"], it["is_held"]) for it in planned["kept"]] == [(held[:1], True)]
    made = home.run(*words, "--yes")
    assert (made.code, left(home)) == (0, held[:1])
    assert "1 call stays: it is on hold" in made.out
    assert "under appeal" not in made.out


def test_it_is_told_wherever_calls_are_told(home: Home, held: list[str]) -> None:
    assert [it["is_held"] for it in home.run("calls", "--json").json] == [False, False, True]
    told = [line for line in home.run("calls").out.splitlines() if "not to be erased" in line]
    assert [line[:8] for line in told] == [held[0][-8:]]
    assert "by Wang: lawsuit 7" in home.run("show", held[0]).out
    assert "lawsuit" not in home.run("show", held[1]).out
    assert home.run("journal", "verify", "--json").json["held"] == 1
    assert "1 call is on hold" in home.run("journal", "verify").out


def test_holds_are_listed(home: Home, held: list[str]) -> None:
    home.run("journal", "hold", held[1], held[2], held[1], "--why", "complaint", "--as", "Wang")
    home.run("journal", "release", held[0], "--why", "settled", "--as", "Anna")
    listed = home.run("journal", "holds").out.splitlines()
    assert [line.split()[0] for line in listed] == [held[2][-8:], held[1][-8:]]
    rows = home.run("journal", "holds", "--all", "--json").json
    assert [(it["call"], it["what"], it["by"], it["why"]) for it in rows] == [
        (held[0], "held", "Wang", "lawsuit 7"),
        (held[1], "held", "Wang", "complaint"),
        (held[2], "held", "Wang", "complaint"),
        (held[0], "released", "Anna", "settled"),
    ]
    assert "released  Anna  settled" in home.run("journal", "holds", "--all").out.splitlines()[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("hold", "last"), "nobody says why"),
        (("hold", "last", "--why", " "), "nobody says why"),
        (("hold", "nope", "--why", "x"), "there is no call"),
        (("hold", "--why", "x"), "CALLS"),
        (("hold", "0", "--why", "x"), "more than one call"),
        (("release", "last", "--why", "x"), "is not on hold"),
        (("release", "last"), "nobody says why"),
    ],
)
def test_a_slip_holds_and_releases_nothing(
    home: Home, held: list[str], words: tuple[str, ...], told: str
) -> None:
    made = home.run("journal", *words)
    assert (made.code, told in made.err) == (2, True), made.err
    assert [it["call"] for it in home.run("journal", "holds", "--json").json] == held[:1]


def test_it_cannot_be_held_twice(home: Home, held: list[str]) -> None:
    made = home.run("journal", "hold", held[1], held[0], "--why", "complaint")
    assert (made.code, "has been on hold since 20" in made.err) == (2, True)
    assert "lawsuit 7" in made.err
    assert len(home.run("journal", "holds", "--json").json) == 1


@pytest.fixture
def heard(home: Home) -> list[CallId]:
    """Return two calls of long ago of which there is sound; the first is on hold."""
    path, old = path_of(home), [CallId(f"018baaaa-bbbb-7ccc-8ddd-eeeeffff000{n}") for n in "12"]
    for call in old:
        import_call(path, call, call_of([("agent", "Hello")]), (), call)
        (folder_for(recordings_folder(path), call) / "agent-0.flac").write_bytes(b"fLaC")
    home.run("journal", "hold", old[0], *LAWSUIT)
    return old


def test_when_a_call_begins_the_sound_of_one_on_hold_stays(home: Home, heard: list[CallId]) -> None:
    let_go(path_of(home), 1)
    assert [it.call for it in find_recorded(recordings_folder(path_of(home)))] == heard[:1]


def test_its_sound_is_not_deleted_either(home: Home, heard: list[CallId]) -> None:
    made = home.run("recordings", "delete", *heard, "--yes")
    assert (made.code, "lawsuit 7" in made.err) == (2, True)
    assert home.run("recordings", "prune", "--days", "1", "--json").json == [{"call": heard[1]}]
    home.run("journal", "release", heard[0], "--why", "settled")
    assert home.run("recordings", "prune", "--days", "1", "--json").json == [{"call": heard[0]}]


def test_a_call_that_the_list_has_lost_is_held_and_erased(home: Home, held: list[str]) -> None:
    change(path_of(home), "DELETE FROM call WHERE id = :id", id=held[0])
    assert "lawsuit 7" in home.run("journal", "forget", held[0], "--yes").err
    home.run("journal", "release", held[0], "--why", "settled")
    assert home.run("journal", "forget", held[0][-8:], "--yes").code == 0
    assert home.run("journal", "verify", "--json").json["problems"] == []
    change(path_of(home), "DELETE FROM call WHERE id = :id", id=held[1])
    change(path_of(home), "DELETE FROM event WHERE seq = 0 AND call = :id", id=held[1])
    assert " ?\n" in home.run("journal", "forget", held[1], "--dry-run").out
    assert home.run("journal", "forget", "--before", "2100-01-01", "--yes").code == 0
    assert home.run("journal", "verify", "--json").json["erased"] == 3


def test_without_a_journal_there_is_nothing_to_hold(home: Home) -> None:
    for words in (("hold", "last", "--why", "x"), ("release", "last", "--why", "x"), ("holds",)):
        made = home.run("journal", *words)
        assert (made.code, "there is no journal" in made.err) == (3, True)
