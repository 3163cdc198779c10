"""What hearing costs: the whole ear against a bare loop of Vosk, its delay, and its memory."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean, median, quantiles

import msgspec

from tests.bench.hearing_paint import painted
from tests.bench.hearing_run import Run
from tests.bench.hearing_sound import copy_model, write_calls
from tests.bench.table import Row

ROUNDS = 3
VOICES = 2
SHORT = 10.0
"""Seconds of sound: what a longer one takes more has nothing of starting and loading."""
FAST, LIVE = 120.0, 30.0
"""Seconds more, as fast as it goes and as fast as it is spoken."""
MANY = 4
"""Channels."""
HOURS_SPEED = 50.0
AIM = "<= 1.05x"
_ROOT = Path(__file__).parents[2]


def hearing_rows() -> Iterator[Row]:
    """Yield what an ear costs. Two voices, unless a row says otherwise."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        tiny = copy_model(folder / "tiny-en", is_wide=False)
        wide = copy_model(folder / "wide-en", is_wide=True)
        yield from _work_rows(folder, "tiny", tiny, FAST)
        yield from _work_rows(folder, "heavy", wide, LIVE)
        for name, model in (("tiny", tiny), ("heavy", wide)):
            yield from _live_rows(folder, name, model)
        late, flags = painted()
        yield _late_row("told to painted", late, f"{flags} flags", "")
        yield from _many_rows(folder, tiny, wide)
        yield from _memory_rows(folder, tiny)


def ten_hours_rows() -> Iterator[Row]:
    """Yield whether memory grows in a call of ten hours, heard fifty times as fast as spoken."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        tiny = copy_model(folder / "tiny-en", is_wide=False)
        run = _run("hours", tiny, write_calls(folder / "calls.wav", 600.0), HOURS_SPEED)
        figure = f"{36_000 / run.wall:.0f}x as fast as spoken"
        heard = f"{run.finals:,} utterances, {run.dropped:.1f} s lost"
        yield Row("ten hours", figure, heard, f"{HOURS_SPEED:.0f}x")
        yield from _growth_rows(run)


def _work_rows(folder: Path, name: str, model: Path, more: float) -> Iterator[Row]:
    """Yield the processor time of a second of sound, as fast as it goes, by turns."""
    short = write_calls(folder / "short.wav", SHORT)
    long = write_calls(folder / "long.wav", SHORT + more)
    taken: dict[str, list[float]] = {"bare": [], "adapter": [], "ear": []}
    for _ in range(ROUNDS):
        for kind, seconds in taken.items():
            work = _run(kind, model, long).work - _run(kind, model, short).work
            seconds.append(work / more / VOICES)
    bare = median(taken["bare"])
    load = f"{bare * 1e3:.1f} ms a second and voice"
    yield Row(f"bare Vosk, {name}", load, f"real-time factor {bare:.3f}", "")
    for kind, what in (("adapter", "our recogniser"), ("ear", "whole ear")):
        ratio = median(a / b for a, b in zip(taken[kind], taken["bare"], strict=True))
        extra = (median(taken[kind]) - bare) * 1e3
        yield Row(f"{what}, {name}", f"{ratio:.2f}x", f"{extra:+.1f} ms a second and voice", AIM)


def _live_rows(folder: Path, name: str, model: Path) -> Iterator[Row]:
    """Yield the same as fast as it is spoken, and how late words are told."""
    short = write_calls(folder / "short.wav", SHORT)
    long = write_calls(folder / "live.wav", SHORT + LIVE)
    seconds = LIVE * VOICES
    bare = (_run("bare", model, long, 1.0).work - _run("bare", model, short, 1.0).work) / seconds
    first, run = _run("ear", model, short, 1.0), _run("ear", model, long, 1.0)
    ours, own = (run.work - first.work) / seconds, (run.own - first.own) / seconds
    more = f"{(ours - bare) * 1e3:+.1f} ms a second and voice, {own * 1e3:.1f} of it the parent's"
    yield Row(f"live ear, {name}", f"{ours / bare:.2f}x", more, AIM)
    yield _late_row(f"spoken to told, {name}", run.late, f"{len(run.late)} results", "p95 < 50 ms")


def _many_rows(folder: Path, tiny: Path, wide: Path) -> Iterator[Row]:
    """Yield whether four channels at once are kept up with."""
    file = write_calls(folder / "many.wav", SHORT + LIVE, MANY)
    for name, model in (("tiny", tiny), ("heavy", wide)):
        fast, live = _run("ear", model, file), _run("ear", model, file, 1.0)
        figure = f"{fast.wall / (SHORT + LIVE):.2f} s for a second of all"
        lost = f"live: p95 {_cut(live.late, 95):.0f} ms, {live.dropped:.1f} s lost"
        yield Row(f"{MANY} channels, {name}", figure, lost, "0 lost")


def _memory_rows(folder: Path, model: Path) -> Iterator[Row]:
    """Yield what a channel takes, and whether it grows over half an hour of sound."""
    peaks = {}
    for channels in (1, MANY):
        file = write_calls(folder / "memory.wav", SHORT + LIVE, channels)
        run = _run("ear", model, file)
        peaks[channels] = {name: max(sizes) for name, sizes in run.memory.items()}
    for name, size in peaks[1].items():
        each = (peaks[MANY][name] - size) / (MANY - 1)
        yield Row(f"memory: {name}", f"{size:.0f} MB", f"{each:+.1f} MB a channel more", "")
    run = _run("ear", model, write_calls(folder / "half_hour.wav", 1_800.0))
    yield from _growth_rows(run)


def _growth_rows(run: Run) -> Iterator[Row]:
    for name, sizes in run.memory.items():
        known = [size for size in sizes if size]
        third = len(known) // 3
        before, after = mean(known[third : 2 * third]), mean(known[2 * third :])
        more = f"{before:.1f} MB, then {after:.1f} MB (thirds two and three)"
        yield Row(f"growth: {name}", f"{after / before:.2f}x", more, "flat")


def _run(kind: str, model: Path, file: Path, speed: float = 0.0) -> Run:
    """Return what a run took, in a process of its own."""
    words = (kind, str(model), str(file), str(speed))
    command = [sys.executable, "-m", "tests.bench.hearing_run", *words]
    done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True)
    return msgspec.json.decode(done.stdout, type=Run)


def _late_row(what: str, late: Sequence[float], counted: str, aim: str) -> Row:
    more = f"p50 {_cut(late, 50):.0f} ms, p99 {_cut(late, 99):.0f} ms; {counted}"
    return Row(what, f"p95 {_cut(late, 95):.0f} ms", more, aim)


def _cut(late: Sequence[float], percent: int) -> float:
    """Return the milliseconds that so many percent are told in."""
    return quantiles(late, n=100)[percent - 1] * 1e3
