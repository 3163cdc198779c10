"""callcoach review import: recordings are found, many calls summed up, nobody's name guessed."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callcoach.archive.imports import OwnName
from callcoach.archive.journal import Journal
from callcoach.cli.review.sounds import Sounds
from callcoach.errors import AudioError
from tests.cli.home import Home
from tests.hearing.sounds import write_wave

SILENCE = bytes(16_000)


def write_call(path: Path, **told: str) -> Path:
    """Write a transcript of two utterances."""
    said = [
        {"speaker": "agent", "text": f"Hello, {path.stem}, this is Fairway.", "start": 0, "end": 2},
        {"speaker": "customer", "text": "Yes, hello.", "start": 3, "end": 4},
    ]
    path.write_text(json.dumps({**told, "utterances": said}), encoding="utf-8")
    return path


def test_recordings_are_found_by_path_by_name_and_by_id(home: Home, tmp_path: Path) -> None:
    calls, sounds = tmp_path / "calls", tmp_path / "sounds" / "november"
    calls.mkdir()
    sounds.mkdir(parents=True)
    for name in ("beside.wav", "none"):
        write_wave(calls / name, SILENCE)
    for name in ("20261101_C-7755_8001.wav", "by_name.wav", "not_mine.wav"):
        write_wave(sounds / name, SILENCE)
    write_call(calls / "a.json", id="1", recording="beside.wav")
    write_call(calls / "b.json", id="C-7755")
    write_call(calls / "by_name.json")
    write_call(calls / "silent.json", id="99")
    words = ("review", "import", str(calls), "--json")
    first = home.run(*words).json
    assert [row["has_sound"] for row in first["calls"]] == [True, False, False, False]
    assert not any(row["notes"] for row in first["calls"])
    again = home.run(*words, "--recordings", str(tmp_path / "sounds")).json
    assert again["known"] == 4
    assert [row["has_sound"] for row in again["calls"]] == [True, True, True, False]
    assert again["calls"][3]["notes"] == ["No recording of it was found."]
    kept = home.run("recordings", "list", "--json").json["calls"]
    files = {Path(it["takes"][0]["files"][0]["file"]).name for it in kept}
    assert files == {"beside.wav", "20261101_C-7755_8001.wav", "by_name.wav"}
    assert all(it["is_elsewhere"] and it["expires"] is None for it in kept)
    assert home.run("recordings", "verify").code == 0


def test_when_a_call_began_is_read_as_spreadsheets_write_it(home: Home, tmp_path: Path) -> None:
    told = {"a": "2026/11/1 9:05", "b": "0001-01-01T00:00:00+14:00", "c": "9999-12-31T23:00-05:00"}
    for name, started in told.items():
        write_call(tmp_path / f"{name}.json", started=started)
    rows = home.run("review", "import", str(tmp_path), "--json").json["calls"]
    assert [len(row["notes"]) for row in rows] == [0, 1, 1]
    days = {it["id"]: it["started"][:10] for it in home.run("calls", "--json").json}
    assert days[rows[0]["call"]] in ("2026-10-31", "2026-11-01")


def test_a_recording_that_holds_no_sound_is_told(home: Home, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_text("no sound", encoding="utf-8")
    write_call(tmp_path / "a.json", recording="a.wav")
    (row,) = home.run("review", "import", str(tmp_path / "a.json"), "--json").json["calls"]
    assert not row["has_sound"]
    assert "no sound that can be read" in row["notes"][0]


def test_what_a_transcript_tells_is_not_asked_for_on_other_machines(tmp_path: Path) -> None:
    write_wave(tmp_path / "a.wav", SILENCE)
    sounds = Sounds([tmp_path])
    for told in ("\\\\server\\share\\a.wav", "//server/a.wav", "https://server/a.wav", "x/a.wav"):
        assert sounds.find(told, (), tmp_path / "none") == tmp_path / "a.wav"
        assert Sounds([]).find(told, (), tmp_path) is None
    assert Sounds([]).find("a.wav", (), tmp_path) == tmp_path / "a.wav"
    assert Sounds([]).find("../a.txt", (), tmp_path) is None


def test_two_recordings_that_could_be_it_are_no_recording(tmp_path: Path) -> None:
    for name in ("C100_a.wav", "C100_b.wav", "C1001.wav"):
        write_wave(tmp_path / name, SILENCE)
    sounds = Sounds([tmp_path])
    with pytest.raises(AudioError, match="2 recordings could be its own"):
        sounds.find("", ("C100",), tmp_path)
    assert sounds.find("", ("C1001",), tmp_path) == tmp_path / "C1001.wav"
    assert sounds.find("", ("100",), tmp_path) is None


def test_many_calls_are_summed_up(home: Home, tmp_path: Path) -> None:
    for number in range(12):
        path = write_call(tmp_path / f"c{number:02}.json")
        if number < 3:
            path.write_text(path.read_text().replace('"start": 3', '"start": 1'))
    answer = home.run("review", "import", str(tmp_path), language="en")
    assert "c05.json" not in answer.out
    assert "      3  utterances begin before the ones before them have ended" in answer.out
    assert "12 new, 0 there already, 0 could not be read" in answer.err
    told = home.run("review", "import", str(tmp_path), "-v").out
    assert "c05.json (there already)" in told
    assert told.count("utterance begins before") == 3


def test_the_names_of_calls_are_kept_and_none_is_guessed(home: Home, tmp_path: Path) -> None:
    write_call(tmp_path / "wang_long.json")
    (row,) = home.run("review", "import", str(tmp_path), "--json").json["calls"]
    with Journal(Path(home.run("journal", "path").out.strip())) as journal:
        assert journal.own_names()[row["call"]] == OwnName("wang_long", "wang_long.json")
        assert journal.find(row["call"]).agent == ""


def test_why_a_file_cannot_be_had_is_told_in_chinese(home: Home, tmp_path: Path) -> None:
    answer = home.run("review", "import", str(tmp_path / "none.json"), language="zh")
    assert answer.code == 1
    assert "没有这个文件或文件夹" in answer.err


def test_a_folder_without_transcripts_and_a_pack_that_there_is_not_are_told(
    home: Home, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    made = home.run("review", "import", str(tmp_path / "empty"))
    assert (made.code, "there is no transcript in" in made.err) == (2, True), made.err
    call = str(write_call(tmp_path / "a.json"))
    assert home.run("review", "import", call, "--pack", "courtesy").code == 0
    again = home.run("review", "import", call, "--pack", "courtsy")
    assert (again.code, "did you mean courtesy?" in again.err) == (1, True), again.err


def test_a_transcript_whose_call_was_erased_is_not_taken_again(home: Home, tmp_path: Path) -> None:
    words = ("review", "import", str(write_call(tmp_path / "a.json", id="1")))
    (row,) = home.run(*words, "--json").json["calls"]
    assert home.run("journal", "forget", row["call"], "--yes").code == 0
    again = home.run(*words)
    assert (again.code, "1 was erased and is not taken again" in again.err) == (0, True)
    assert "is not taken again" in home.run(*words, "-v").out
    told = home.run(*words, "--json").json
    assert (told["new"], told["known"], told["unreadable"]) == (0, 0, 0)
    assert (told["calls"][0]["call"], bool(told["calls"][0]["erased"])) == (None, True)
    assert home.run(*words, "--even-erased", "--json").json["new"] == 1
    assert home.run("journal", "verify").code == 0


def test_a_call_that_was_taken_in_is_swapped_and_not_taken_twice(
    home: Home, tmp_path: Path
) -> None:
    file = str(write_call(tmp_path / "wrong.json"))
    first = home.run("review", "import", file, "--json").json["calls"][0]["call"]
    second = home.run("review", "import", file, "--swap", "--json").json["calls"][0]["call"]
    assert second != first
    told = home.run("calls", "--json").json
    assert [call["id"] for call in told if not call.get("set_aside")] == [second]
    assert home.run("review", "import", file, "--swap", "--json").json["calls"][0]["call"] == second
    back = home.run("review", "swap", second, "--json").json
    assert back == [{"call": second, "swapped": first}]
    assert "counts from now on" in home.run("review", "swap", first).out
    assert home.run("journal", "verify").code == 0


def test_voices_that_no_label_names_are_named_by_whoever_knows(home: Home) -> None:
    rows = [
        {"speaker": "left", "text": "Hello.", "stime": 0, "etime": 1},
        {"speaker": "right", "text": "Hello, goodbye.", "stime": 1, "etime": 2},
    ]
    home.write("two.json", json.dumps(rows))
    said = " ".join(home.run("review", "import", "two.json").out.split())
    assert '--role "right=agent"' in said
    told = home.run("review", "swap", "last")
    assert (told.code, "--role LABEL=agent" in told.err) == (1, True)
    words = ("two.json", "--role", "Left=agent", "--role", "right=客户")
    judged = home.run("replay", *words, "--json").json
    assert judged["is_agent_known"] is True
    assert home.run("review", "batch", *words, "--format", "csv", "--out", "judged").code == 0
    table = (home.desk / "judged" / "calls.csv").read_text("utf-8-sig").splitlines()
    assert int(dict(zip(*(line.split(",") for line in table), strict=True))["cues_owed"]) > 0
    for slip in ("left", "=agent", "left=nobody"):
        told = home.run("replay", "two.json", "--role", slip)
        assert (told.code, "--role left=agent" in told.err) == (2, True)


@pytest.mark.parametrize("name", ["one.json", "many.jsonl", "list.json"])
def test_where_a_file_does_not_tell_when_a_call_began_its_own_time_stands_for_it(
    home: Home, name: str
) -> None:
    call = json.dumps({"utterances": [{"speaker": "agent", "text": f"Hello {name}."}]})
    content = {"one.json": call, "many.jsonl": f"{call}\n{call}\n", "list.json": f"[{call}]"}
    home.write(name, content[name])
    moment = datetime(2026, 3, 2, 12, tzinfo=UTC).timestamp()
    os.utime(home.desk / name, (moment, moment))
    assert home.run("review", "import", name).code == 0
    (call_told,) = home.run("calls", "--json").json
    assert call_told["started"] == "2026-03-02T12:00:00.000Z"
