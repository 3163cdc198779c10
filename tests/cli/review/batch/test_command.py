"""callcoach review batch: killed, damaged, on one core or several, it comes to the same files."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest

from callcoach.archive.transcripts.find import Found
from callcoach.cli.review.batch import command as review_batch
from callcoach.cli.review.batch.tell import Teller
from callcoach.cli.workplace import Workplace
from callcoach.errors import CallcoachError, PackError, StorageError, TranscriptError, UsageError
from callcoach.locale import Messages
from callcoach.review.batch.results import Recipe
from callcoach.review.batch.tally import Tally
from callcoach.review.form.library import shipped_forms
from tests.cli.home import Home
from tests.review.batch import killing_worker
from tests.review.batch.calls import SAID, rows, write_calls
from tests.review.batch.killing_worker import DEADLY

PATIENCE = 60.0
"""Seconds that a busy machine may take until a process has begun."""
RUN = """
import signal
import sys
from callcoach.archive.transcripts.find import Found
from callcoach.cli.review.batch import command as review_batch
from callcoach.cli.workplace import Workplace
from callcoach.review.batch.results import Results
from tests.review.batch import waiting_worker
review_batch.PROGRAM = waiting_worker.__name__
Results.write = waiting_worker.write
signal.signal(signal.SIGINT, signal.default_int_handler)
place = Workplace({"pack": "courtesy"})
with review_batch.batch.make_context("batch", sys.argv[1:], obj=place) as context:
    sys.exit(review_batch.batch.invoke(context))
"""
"""Judges the first part, and then waits; Ctrl+C counts wherever the tests are started."""


@pytest.fixture
def place(home: Home, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    for name, value in home.variables().items():
        if name != "PATH":
            monkeypatch.setenv(name, value)
    return Workplace({"pack": "courtesy", "language": "en"})


def judged(place: Workplace, *words: object, form: str = "courtesy") -> int:
    """Run the command; return its exit code."""
    line = [*map(str, words), *(("--form", form) if form else ())]
    with review_batch.batch.make_context("batch", line, obj=place) as context:
        code = review_batch.batch.invoke(context)
    assert isinstance(code, int)
    return code


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name != ".lock"}


def records(file: str) -> list[dict[str, object]]:
    """Return the records of a table of Parquet."""
    from pyarrow import parquet  # its threads would keep this process from being copied

    found: list[dict[str, object]] = parquet.read_table(file).to_pylist()
    return found


def lines(file: str) -> list[dict[str, str]]:
    """Return the lines of a table of CSV."""
    with Path(file).open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def begun(home: Home, *words: str) -> "subprocess.Popen[str]":
    """Return a run that has judged its first part and goes no further."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "calls.jsonl", "--out", "out", *words],
        env={**home.variables(), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    until = time.monotonic() + PATIENCE
    while not any(Path("out/parts").glob("*.part")):
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)
    return process


def test_a_run_that_is_killed_goes_on_and_comes_to_what_two_processes_do(
    place: Workplace, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_calls(Path("calls.jsonl"), 40, damaged=(7, 39))
    more = ("--form", "courtesy", "--format", "csv")
    process = begun(home, *more, "--workers", "1")
    process.kill()
    process.communicate()
    (kept,) = Path("out/parts").glob("*.part")
    judged_at = kept.stat().st_mtime_ns
    (Path("out/parts") / "000001.part").write_bytes(b"")
    with pytest.raises(StorageError, match="is damaged, and was removed"):
        judged(place, "calls.jsonl", "--out", "out", *more[2:], "--workers", 1)
    assert kept.stat().st_mtime_ns == judged_at, "what is judged is not judged again"
    assert judged(place, "calls.jsonl", "--out", "out", *more[2:], "--workers", 1) == 1
    monkeypatch.setattr(review_batch, "can_copy", lambda: False)  # as on other systems
    assert judged(place, "calls.jsonl", "--out", "two", *more[2:], "--workers", 2) == 1
    assert contents(Path("out")) == contents(Path("two"))
    assert not Path("out/parts").exists()
    made = {name: lines(f"out/{name}.csv") for name in ("calls", "problems")}
    assert [len(table) for table in made.values()] == [38, 2]
    assert made["calls"][0]["agent"] == "agent 0"
    summary = json.loads(Path("out/summary.json").read_text(encoding="utf-8"))
    assert (summary["figures"]["calls"], summary["damaged"]) == (38, 2)
    told = [
        example for kind in summary["figures"]["damaged"].values() for example in kind["examples"]
    ]
    assert sorted(it["call"] for it in told) == ["calls.jsonl:40", "calls.jsonl:8"]


def test_ctrl_c_ends_it_and_its_processes(home: Home) -> None:
    write_calls(Path("calls.jsonl"), 40)
    process = begun(home, "--workers", "2")
    os.kill(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "16 of 40 are judged; the same command goes on." in told


def test_a_run_that_is_over_is_not_run_again(
    place: Workplace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_calls(Path("calls.jsonl"), 3)
    assert judged(place, "calls.jsonl", "--out", "out", "--format", "csv") == 0
    before = contents(Path("out"))
    monkeypatch.setattr(review_batch, "PROGRAM", "no.such.program")
    assert judged(place, "calls.jsonl", "--out", "out", "--format", "csv", "--json") == 0
    printed = capsys.readouterr().out
    shown = json.loads(printed[printed.index("{") :])
    assert shown["figures"]["calls"] == 3
    assert contents(Path("out")) == before
    assert [row["call"] for row in lines("out/calls.csv")] == [
        f"calls.jsonl:{n}" for n in (1, 2, 3)
    ]


def test_files_of_a_pattern_that_were_changed_are_noticed(place: Workplace) -> None:
    Path("calls").mkdir()
    write_calls(Path("calls/a.jsonl"), 2)
    line = ("calls/*.jsonl", "--out", "out", "--format", "csv")
    assert judged(place, *line) == 0
    assert judged(place, *line) == 0
    text = Path("calls/a.jsonl").read_text(encoding="utf-8")
    Path("calls/a.jsonl").write_text(text.replace("e", "e "), encoding="utf-8")
    with pytest.raises(UsageError, match="other calls"):
        judged(place, *line)


def test_results_that_stand_among_the_calls_are_none(place: Workplace) -> None:
    for name in ("a", "z"):
        Path("calls", name).mkdir(parents=True)
        write_calls(Path("calls", name, "x.jsonl"), 8)
    for format in ("csv", "parquet"):  # a part has 16 calls
        for _ in range(2):
            assert judged(place, "calls", "--out", f"calls/{format}", "--format", format) == 0
    assert len(lines("calls/csv/calls.csv")) == 16
    assert judged(place, "calls/**/*.*", "--out", "calls/a", "--format", "csv") == 0
    assert lines("calls/a/calls.csv") == lines("calls/csv/calls.csv")


def test_other_calls_do_not_take_the_place_of_results(place: Workplace) -> None:
    write_calls(Path("calls.jsonl"), 2)
    Path("mine").mkdir()
    Path("mine/calls.csv").write_text("my own", encoding="utf-8")
    Path("batch.json").write_text('{"utterances": []}', encoding="utf-8")
    for folder in ("mine", "."):
        with pytest.raises(UsageError, match="no batch has made"):
            judged(place, "calls.jsonl", "--out", folder)
    line = ("calls.jsonl", "--out", "out", "--format", "csv")
    assert judged(place, *line) == 0
    write_calls(Path("calls.jsonl"), 4)
    with pytest.raises(UsageError, match="other calls"):
        judged(place, *line)
    assert judged(place, *line, "--again") == 0
    assert len(lines("out/calls.csv")) == 4


def test_a_call_that_kills_its_process_costs_itself_alone(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("calls").mkdir()
    for number in range(5):
        words = DEADLY if number == 2 else SAID[number][1]
        said = [{"speaker": "agent", "text": words, "stime": 0, "etime": 3}]
        Path(f"calls/{number}.json").write_text(json.dumps(said), encoding="utf-8")
    monkeypatch.setattr(Found, "read", killing_worker.read)
    monkeypatch.setattr(review_batch, "PROGRAM", killing_worker.__name__)
    assert judged(place, "calls", "--out", "out", "--format", "csv", "--workers", 1) == 1
    assert [Path(it["call"]).name for it in lines("out/problems.csv")] == ["2.json"]
    assert len(lines("out/calls.csv")) == 4


@pytest.mark.parametrize("form", ["no-such-form", ""])
def test_what_is_missing_is_told_before_anything_begins(place: Workplace, form: str) -> None:
    Path("empty").mkdir()
    with pytest.raises((CallcoachError, click.ClickException)) as raised:
        judged(place, "empty", "--out", "out", form=form)
    assert isinstance(raised.value, CallcoachError)
    assert raised.value.hint
    assert not Path("out/batch.json").exists()


def test_a_form_that_asks_what_the_script_cannot_tell_is_refused(place: Workplace) -> None:
    write_calls(Path("calls.jsonl"), 1)
    shipped = (shipped_forms() / "courtesy.yaml").read_text(encoding="utf-8")
    Path("odd.yaml").write_text(shipped.replace("say_name", "sing_a_song"), encoding="utf-8")
    with pytest.raises(PackError, match="sing_a_song"):
        judged(place, "calls.jsonl", "--out", "out", form="odd.yaml")


def test_a_batch_agrees_with_replay(place: Workplace, home: Home) -> None:
    said = [
        {"speaker": it.speaker, "text": it.text, "stime": it.start, "etime": it.end}
        for it in rows(SAID)
    ]
    Path("one.json").write_text(json.dumps(said), encoding="utf-8")
    assert judged(place, "one.json", "--out", "out", form="") == 0
    replayed = home.run("replay", "one.json", "--pack", "courtesy", "--json").json
    (call,) = records("out/calls.parquet")
    cues = [it for it in records("out/cues.parquet") if it["counts"]]
    flags = records("out/flags.parquet")
    assert (call["outcome"], call["step"]) == (replayed["outcome"], replayed["step"])
    assert [(it["cue"], it["at"]) for it in cues] == [
        (it["cue"], it["at"]) for it in replayed["heard"]
    ]
    assert len(flags) == len(replayed["flags"])
    assert call["talk_ratio"] == replayed["metrics"]["talk_ratio"]


def test_what_could_not_be_judged_is_told_in_the_reader_s_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    problem = TranscriptError(
        "there is no transcript in {folder}", "name another folder, or a file", folder="calls"
    )
    tally = Tally()
    for number in range(5):
        tally.refuse(f"call {number}", problem)
    chinese = Messages("zh")
    texts: dict[str, Any] = dict.fromkeys(
        ("program", "pack", "pack_digest", "form", "form_digest"), ""
    )
    texts |= dict.fromkeys(("learned", "known", "inputs", "day", "format"), "")
    recipe = Recipe(**texts, paths=("calls",), swap=False, calls=5, size=16)
    Teller(chinese).finish(recipe, tally, (), is_done=False)
    printed = capsys.readouterr().out
    assert printed.count(chinese.tell(problem)) == 3
    assert str(problem) not in printed
