"""callcoach transcribe: recordings become text, once, whole, and as replay reads it."""

import importlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from callcoach.cli.transcribe.plan import plan
from callcoach.cli.transcribe.progress import Progress
from callcoach.errors import UsageError
from callcoach.locale import Messages
from tests.cli.home import Answer, Home
from tests.hearing.recordings import MODELS, SETS

SOON = 60.0
EN = SETS / "en"


def take(home: Home, *names: str, folder: str = "in") -> list[str]:
    """Copy recordings of the test set into the present folder; return their paths."""
    (home.desk / folder).mkdir(exist_ok=True)
    for name in names:
        shutil.copy(EN / name, home.desk / folder / name)
    return [f"{folder}/{name}" for name in names]


def words(*more: str, language: str = "en") -> tuple[str, ...]:
    """Return a command line with a tiny model."""
    return ("transcribe", *more, "--model", str(MODELS / f"tiny-{language}"))


def run(home: Home, *more: str, language: str = "en") -> Answer:
    return home.run(*words(*more), language=language)


def test_a_call_becomes_a_transcript_that_replay_reads(home: Home) -> None:
    made = run(home, *take(home, "call-1.wav"))
    assert (made.code, made.err) == (0, "")
    assert "in/call-1.wav (0:16) -> in/call-1.json" in made.out
    first = (home.desk / "in/call-1.json").read_bytes()
    read = json.loads(first)
    assert read["channels"] == ["agent", "customer"]
    assert {one["speaker"] for one in read["utterances"]} == {"agent", "customer"}
    judged = home.run("replay", "in/call-1.json", "--json", "--pack", "courtesy")
    assert judged.code == 0
    assert judged.json["metrics"]["is_timed"]
    assert judged.json["metrics"]["duration"] == read["seconds"]
    met = {cue["cue"] for cue in judged.json["cues"] if cue["met"]}
    assert {"courtesy.say_company", "courtesy.recording_notice"} <= met
    again = run(home, "in/call-1.wav", "--again", "--jobs", "1")
    assert again.code == 0
    assert (home.desk / "in/call-1.json").read_bytes() == first, "the same sound, the same bytes"


def test_it_is_done_once_and_again_where_something_has_changed(home: Home) -> None:
    files = take(home, "clean-02.wav", "clean-06.wav")
    states = []
    for more in (
        [],
        [],
        ["--roles", "agent"],
        ["--roles", "agent", "--format", "srt"],
        ["--again"],
    ):
        told = run(home, *files, "--out", "out", "--json", *more).json
        states.append([one["state"] for one in told["recordings"]])
    done, made = ["done_already"] * 2, ["transcribed"] * 2
    assert states == [made, done, made, made, made]
    os.utime(home.desk / files[0], (1, 1))
    told = run(home, *files, "--out", "out", "--json").json["recordings"]
    assert [one["state"] for one in told] == ["transcribed", "done_already"]
    assert sorted(it.name for it in (home.desk / "out").iterdir()) == [
        ".callcoach-made.jsonl",
        "clean-02.json",
        "clean-02.srt",
        "clean-06.json",
        "clean-06.srt",
    ]


def test_what_somebody_else_wrote_is_left_alone(home: Home) -> None:
    (file,) = take(home, "clean-02.wav")
    (home.desk / "in/clean-02.txt").write_text("i need more time", "utf-8")
    refused = run(home, file, "--format", "txt")
    assert (refused.code, "--again writes over it" in refused.err) == (2, True)
    assert (home.desk / "in/clean-02.txt").read_text("utf-8") == "i need more time"
    assert run(home, file, "--format", "txt", "--again").code == 0
    assert "need more time" in (home.desk / "in/clean-02.txt").read_text("utf-8")


def test_a_recording_is_never_written_over(home: Home) -> None:
    (file,) = take(home, "clean-02.wav")
    (home.desk / file).rename(home.desk / "in/odd.json")
    refused = run(home, "in/odd.json", "--again")
    assert (refused.code, "take the place" in refused.err) == (2, True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_speaks_in_one_channel_is_not_guessed(home: Home, language: str) -> None:
    (file,) = take(home, "clean-02.wav")
    made = run(home, file, "--format", "txt", language=language)
    assert "--roles agent" in made.err
    label = {"en": "Other: ", "zh": "第三人："}[language]
    assert label in (home.desk / "in/clean-02.txt").read_text("utf-8")
    named = run(home, file, "--format", "txt", "--roles", "customer", language=language)
    assert named.err == ""
    label = {"en": "Customer: ", "zh": "客户："}[language]
    assert label in (home.desk / "in/clean-02.txt").read_text("utf-8")


def test_transcripts_are_printed_in_the_order_of_the_recordings(home: Home) -> None:
    files = take(home, "call-1.wav", "clean-02.wav", "clean-06.wav")
    made = run(home, *files, "--out", "-", "--format", "jsonl")
    heads = [it for it in map(json.loads, made.out.splitlines()) if "file" in it]
    assert [it["file"] for it in heads] == ["call-1.wav", "clean-02.wav", "clean-06.wav"]
    assert sorted(it.name for it in (home.desk / "in").iterdir()) == [
        "call-1.wav",
        "clean-02.wav",
        "clean-06.wav",
    ]


def test_one_that_cannot_be_heard_does_not_stop_the_others(home: Home) -> None:
    (file,) = take(home, "clean-02.wav")
    home.write("bad.wav", b"RIFF no sound" * 9)
    made = run(home, "bad.wav", file, "missing.wav", "--json")
    assert made.code == 6
    states = [one["state"] for one in made.json["recordings"]]
    assert states == ["failed", "transcribed", "failed"]
    assert all(name in made.err for name in ("bad.wav", "missing.wav"))
    alone = run(home, "bad.wav")
    assert (alone.code, len(alone.err.splitlines())) == (6, 2)


def test_one_that_breaks_off_is_written_as_far_as_it_goes(home: Home) -> None:
    (file,) = take(home, "call-1.wav")
    data = (home.desk / file).read_bytes()
    (home.desk / file).write_bytes(data[: len(data) // 2])
    made = run(home, file, "--json")
    assert (made.code, "breaks off after 0:08" in made.err) == (0, True)
    assert made.json["recordings"][0]["is_cut"] is True
    assert json.loads((home.desk / "in/call-1.json").read_bytes())["is_cut"] is True


def test_personal_data_are_masked_where_that_is_wanted(home: Home) -> None:
    (file,) = take(home, "call-1.wav")
    run(home, file, "--redact", "--format", "json", "--format", "txt")
    for name in ("in/call-1.json", "in/call-1.txt"):
        text = (home.desk / name).read_text("utf-8")
        assert "anna" not in text
        assert "nineteen ninety" not in text
    assert json.loads((home.desk / "in/call-1.json").read_bytes())["is_redacted"] is True


@pytest.mark.parametrize(
    ("more", "code", "told"),
    [
        ((), 2, "no recording is named"),
        (("a.wav", "--format", "doc"), 2, "--format"),
        (("a.wav", "--roles", "boss"), 2, "boss"),
        (("a.wav", "--out", "-", "--json"), 2, "--out -"),
        (("a.wav", "--jobs", "0"), 2, "--jobs"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    home: Home, more: tuple[str, ...], code: int, told: str
) -> None:
    refused = run(home, *more)
    assert (refused.code, told in refused.err) == (code, True)


def test_a_folder_without_recordings_is_told(home: Home) -> None:
    (home.desk / "empty").mkdir()
    refused = run(home, "empty")
    assert (refused.code, "no recording in empty" in refused.err) == (6, True)


def test_a_missing_model_is_told_with_its_remedy(home: Home) -> None:
    (file,) = take(home, "clean-02.wav")
    for more in ((), ("--for", "zh"), ("--model", "nothing")):
        refused = home.run("transcribe", file, *more)
        assert refused.code == 6
        assert len(refused.err.splitlines()) == 2


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("out", "Interrupted; run the same command again for the rest."),
        ("-", "Interrupted; the same command begins anew."),
    ],
)
def test_one_that_is_interrupted_at_once_says_what_to_do(
    home: Home, monkeypatch: pytest.MonkeyPatch, out: str, told: str
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(
        importlib.import_module("callcoach.cli.transcribe.command"), "_work", interrupted
    )
    ended = run(home, *take(home, "clean-02.wav"), "--out", out)
    assert (ended.code, ended.err.splitlines()) == (130, [told])


# As a process


def begin(home: Home, *more: str) -> "subprocess.Popen[str]":
    """Start the command as a shell would."""
    return subprocess.Popen(
        [sys.executable, "-m", "callcoach", *words(*more)],
        env=home.variables(),
        cwd=home.desk,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_one_that_was_interrupted_goes_on_and_leaves_nothing_half(home: Home) -> None:
    names = [it.name for it in sorted(EN.glob("*-*.wav"))]
    take(home, *names)
    process = begin(home, "in", "--out", "out")
    assert process.stdout is not None
    assert "->" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=SOON)
    assert (process.returncode, "Traceback" in err) == (130, False)
    assert "Not done: " in out
    assert err.splitlines()[-1] == "Interrupted; run the same command again for the rest."
    made = list((home.desk / "out").glob("*.json"))
    assert 0 < len(made) < len(names)
    assert all(json.loads(it.read_bytes())["callcoach_transcript"] == 1 for it in made)
    assert not [it for it in (home.desk / "out").iterdir() if it.name.startswith(".callcoach--")]
    rest = run(home, "in", "--out", "out", "--json").json["recordings"]
    assert len(rest) == len(names)
    assert sum(one["state"] == "done_already" for one in rest) >= len(made)


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_a_folder_is_watched_until_it_is_interrupted(home: Home) -> None:
    take(home, "clean-02.wav")
    process = begin(home, "--watch", "in", "--out", "out")
    wait_for(home.desk / "out/clean-02.json")
    (home.desk / "in/deep").mkdir()
    shutil.copy(EN / "clean-06.wav", home.desk / "in/deep/clean-06.wav.part")
    (home.desk / "in/deep/clean-06.wav.part").rename(home.desk / "in/deep/clean-06.wav")
    wait_for(home.desk / "out/deep/clean-06.json")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=SOON)
    assert (process.returncode, "Traceback" in err) == (130, False)
    assert err.splitlines()[0] == "Waiting for recordings in in and its folders; Ctrl-C ends it."
    assert err.count("Waiting") == 1
    assert out.splitlines()[-1].startswith("Came in: 2. Transcribed: 2 ")
    assert "Interrupted" not in err, "so it is meant to end"


def wait_for(file: Path) -> None:
    until = time.monotonic() + SOON
    while not file.exists():
        assert time.monotonic() < until, file
        time.sleep(0.05)


# What is planned, and how it is shown


def test_recordings_of_a_folder_keep_their_places(tmp_path: Path) -> None:
    for name in ("b.wav", "deep/er/a.FLAC", ".hidden/c.wav", ".d.wav", "note.txt", "e.wav.part"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).touch()
    source, out = tmp_path / "in", tmp_path / "out"
    found = [it.output("json").relative_to(tmp_path).as_posix() for it in plan([source], out)]
    assert found == ["out/b.json", "out/deep/er/a.json"]
    beside = [it.output("srt").relative_to(tmp_path).as_posix() for it in plan([source], None)]
    assert beside == ["in/b.srt", "in/deep/er/a.srt"]
    twice = plan([source, source / "b.wav", source / "b.wav"], None)
    assert len(twice) == 2
    assert plan([tmp_path / "x.y.wav"], None)[0].output("vtt").name == "x.y.vtt"


def test_two_recordings_never_have_one_transcript(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        plan([tmp_path / "a.wav", tmp_path / "a.mp3"], None)
    assert "the same transcript" in caught.value.message


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def progress(bar: io.StringIO, times: list[float]) -> tuple[Progress, list[str]]:
    lines: list[str] = []
    now: Callable[[], float] = iter(times).__next__
    return Progress(lines.append, bar, Messages("en"), now), lines


def test_a_terminal_sees_a_bar_and_the_time_that_is_left() -> None:
    bar = Terminal()
    shown, lines = progress(bar, [0.0, 10.0, 10.05, 20.0])
    shown.show(1, 4, 300.0, 1200.0)
    assert (
        bar.getvalue().split("\r")[-1].rstrip() == f"1/4 [{'#' * 6}{'.' * 18}]  25% 30x 0:30 left"
    )
    before = bar.getvalue()
    shown.show(1, 4, 301.0, 1200.0)
    assert bar.getvalue() == before, "not more often than the eye sees"
    shown.say("a line")
    assert bar.getvalue().endswith(" \r")
    assert lines == ["a line"]


def test_elsewhere_there_is_no_bar() -> None:
    bar = io.StringIO()
    shown, _ = progress(bar, [0.0, 10.0])
    shown.show(1, 4, 300.0, 1200.0)
    shown.clear()
    assert bar.getvalue() == ""
