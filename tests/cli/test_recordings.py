"""callcoach recordings: what is kept, for how long, whether it is whole, and away with it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.journal import Journal
from callcoach.archive.writer import lock_call
from callcoach.hearing.keeping.kept import RECORD, Kept, Stretch, close_record, write_record
from callcoach.hearing.keeping.recordings import folder_for, recordings_folder
from callcoach.script.model import Speaker
from tests.cli.home import Home


def keep(home: Home, days_ago: float = 0, *, close: bool = True, call: str = "") -> Path:
    """Keep the sound of a call that began so many days ago; return the call's folder."""
    now = datetime.now(UTC)
    began = now - timedelta(days=days_ago)
    folder = folder_for(root(home), call or new_call_id(int(began.timestamp() * 1000)))
    (folder / "agent-0.flac").write_bytes(b"fLaC")
    stretch = Stretch("agent-0.flac", 0, Speaker.AGENT, 0.5, 16_000, 16_000 * 90)
    write_record(folder, Kept("flac", (stretch,)))
    if close:
        close_record(folder, folder.parent.name, 4.25, now)
    return folder.parent


def journal(home: Home) -> Path:
    return Path(home.run("journal", "path").out.strip())


def root(home: Home) -> Path:
    return recordings_folder(journal(home))


def test_it_lies_beside_the_journal(home: Home) -> None:
    assert home.run("recordings", "path").out.strip() == str(root(home))
    folder = keep(home)
    assert home.run("recordings", "path", "last", "--json").json == {"path": str(folder)}


@pytest.mark.parametrize(("language", "said"), [("en", "No audio is kept."), ("zh", "没有录音")])
def test_where_nothing_is_kept_that_is_said(home: Home, language: str, said: str) -> None:
    assert said in home.run("recordings", "list", language=language).err
    assert said in home.run("recordings", "verify", language=language).out
    assert home.run("recordings", "list", "--json").json["calls"] == []
    assert not root(home).exists()


def test_the_list_says_what_is_kept_and_until_when(home: Home) -> None:
    folder = keep(home, 2)
    told = home.run("recordings", "list").out
    until = (datetime.now(UTC) + timedelta(days=28)).astimezone().date().isoformat()
    for part in (folder.name[-8:], "flac", "1:30", until):
        assert part in told
    (row,) = home.run("recordings", "list", "--json").json["calls"]
    assert (row["call"], row["seconds"], row["is_closed"]) == (folder.name, 90.0, True)
    (take,) = row["takes"]
    assert (take["folder"], take["format"], take["opened"]) == ("1", "flac", 4.25)
    assert take["files"][0]["speaker"] == "agent"
    home.environment["CALLCOACH_KEEP_AUDIO_DAYS"] = "0"
    assert "for good" in home.run("recordings", "list").out
    assert home.run("recordings", "list", "--json").json["calls"][0]["expires"] is None


@pytest.mark.parametrize(
    ("close", "record", "told"),
    [(False, None, "not closed"), (True, b"{", "cannot be read")],
)
def test_the_list_says_what_is_amiss(
    home: Home, close: bool, record: bytes | None, told: str
) -> None:
    folder = keep(home, close=close)
    if record is not None:
        (folder / "1" / RECORD).write_bytes(record)
    assert told in home.run("recordings", "list").out
    assert home.run("recordings", "list", "--json").code == 0


def test_what_is_whole_is_called_so_and_what_was_changed_is_found(home: Home) -> None:
    good, bad, broken_off = keep(home, 1), keep(home, 2), keep(home, 3, close=False)
    assert home.run("recordings", "verify").code == 0
    (bad / "1" / "agent-0.flac").write_bytes(b"fLaD")
    found = home.run("recordings", "verify")
    assert found.code == 3
    assert f"! {bad.name[-8:]}: 1/agent-0.flac was changed" in found.out
    assert f"{good.name[-8:]}: every file is as it was written" in found.out
    assert f"{broken_off.name[-8:]}: no file is missing" in found.out
    assert bad.name[-8:] in found.err
    assert home.run("recordings", "verify", good.name).code == 0
    assert len(home.run("recordings", "verify", "--json").json) == 3


def test_deleting_asks_first_and_leaves_other_calls(home: Home) -> None:
    first, second, third = keep(home, 1), keep(home, 2), keep(home, 3)
    asked = home.run("recordings", "delete", first.name)
    assert asked.code == 2
    assert "--yes" in asked.err
    assert first.exists()
    done = home.run("recordings", "delete", first.name, third.name[-8:], first.name, "--yes")
    assert done.code == 0
    assert done.out.count("deleted") == 2
    assert [it.exists() for it in (first, second, third)] == [False, True, False]
    assert home.run("recordings", "delete", first.name, "--yes").code == 2


@pytest.mark.parametrize("call", ["..", "../..", "/", "", "%", "recordings"])
def test_nothing_outside_can_be_named(home: Home, call: str) -> None:
    keep(home)
    home.make_call()
    before = sorted(home.path.rglob("*"))
    assert home.run("recordings", "delete", call, "--yes").code == 2
    assert sorted(home.path.rglob("*")) == before


def test_a_call_that_goes_on_keeps_its_sound(home: Home) -> None:
    home.make_call()
    with Journal(journal(home)) as opened:
        (summary,) = opened.calls()
    folder = keep(home, call=summary.id)
    with lock_call(journal(home), CallId(folder.name)):
        refused = home.run("recordings", "delete", "last", "--yes")
    assert refused.code == 3
    assert "goes on" in refused.err
    assert folder.exists()
    assert home.run("recordings", "delete", "last", "--yes").code == 0


def test_what_is_old_goes_by_the_setting_or_the_flag(home: Home) -> None:
    new, old, older = keep(home, 1), keep(home, 10), keep(home, 31)
    assert home.run("recordings", "prune", "--json").json == [{"call": older.name}]
    assert "Nothing to delete" in home.run("recordings", "prune").out
    home.environment["CALLCOACH_KEEP_AUDIO_DAYS"] = "0"
    assert "Nothing to delete" in home.run("recordings", "prune").out
    assert "deleted" in home.run("recordings", "prune", "--days", "5").out
    assert [it.exists() for it in (new, old, older)] == [True, False, False]


@pytest.mark.parametrize("words", [("prune", "--days", "soon"), ("prune", "--days", "-3")])
def test_days_that_are_none_are_told(home: Home, words: tuple[str, ...]) -> None:
    keep(home, 400)
    made = home.run("recordings", *words)
    assert made.code == 2
    assert "--days" in made.err
    home.environment["CALLCOACH_KEEP_AUDIO_DAYS"] = "a month"
    assert "keep_audio_days" in home.run("recordings", "prune").err
    assert len(home.run("recordings", "path", "last").out.strip()) > 1
