"""How many utterances a second a session takes, and how the slowest ones fare in a long call."""

import gc
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import quantiles

from callcoach.archive.ids import new_call_id
from callcoach.archive.writer import CallWriter
from callcoach.call.coach import Coach
from callcoach.call.events import CallStarted, Event
from callcoach.call.inputs import Hear
from callcoach.call.ports import Recorder, Saving
from callcoach.call.session import Session
from callcoach.script.library import Library, shipped_folder
from callcoach.script.load import PackFiles
from callcoach.script.model import Speaker
from tests.bench.table import Row

UTTERANCES = 50_000
JOURNALLED = 5_000
_SAID = (
    (Speaker.AGENT, "您好，我是安心分期的林晓，请问您是王女士吗？"),
    (Speaker.CUSTOMER, "我就是，你说。"),
    (Speaker.AGENT, "好的，这个月的情况我帮您看一下，稍等。"),
    (Speaker.CUSTOMER, "嗯，这两个月厂里订单少，家里还有房租要交。"),
    (Speaker.AGENT, "I understand, let me see what we can do for you today."),
    (Speaker.CUSTOMER, "I could pay part of it next week, around the tenth."),
    (Speaker.AGENT, "That sounds good, shall we write it down together?"),
    (Speaker.CUSTOMER, "Yes, please send it to me."),
)


class _Nowhere:
    """A recorder that keeps nothing."""

    def append(self, events: Sequence[Event]) -> Saving:
        return Saving(0)

    def close(self) -> Saving:
        return Saving(0)


def session_rows() -> Iterator[Row]:
    """Yield the figures of a session, without a journal and with a durable one."""
    loaded = Library((shipped_folder(),)).load("overdue")
    if loaded.script is None:
        raise RuntimeError("the shipped pack does not load")
    coach = Coach(loaded.script)
    slow = _feed(coach, _Nowhere(), UTTERANCES)
    yield Row(
        "session alone", f"{len(slow) / sum(slow):,.0f} utterances/s", _tail(slow), "p99 < 1 ms"
    )
    half = len(slow) // 2
    growth = _p99(slow[half:]) / _p99(slow[:half])
    yield Row(f"growth over {UTTERANCES:,}", f"{growth:.2f}x (second half p99 / first)", "", "flat")
    with tempfile.TemporaryDirectory() as folder:
        durable = _journalled(coach, loaded.sources, Path(folder))
        bare = _bare(Path(folder))
    rate = f"{len(durable) / sum(durable):,.0f} utterances/s"
    yield Row("with a durable journal", rate, _tail(durable), "p99 < 3 ms")
    ratio = f"{_p99(durable) / _p99(bare):.2f}x (p99 / a bare commit's)"
    yield Row("over one bare commit", ratio, f"bare: {_tail(bare)}", "")


def _bare(folder: Path) -> list[float]:
    """Return how long one row committed by sqlite3 alone takes: WAL, synchronous=FULL."""
    taken: list[float] = []
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        for seq in range(JOURNALLED):
            began = time.perf_counter()
            db.execute("INSERT INTO event VALUES (?, ?)", (seq, _SAID[seq % len(_SAID)][1]))
            taken.append(time.perf_counter() - began)
    return taken


def _journalled(coach: Coach, sources: Sequence[PackFiles], folder: Path) -> list[float]:
    writer = CallWriter(folder / "journal.db", new_call_id(), sources)
    taken = _feed(coach, writer, JOURNALLED)
    writer.close()
    return taken


def _feed(coach: Coach, recorder: Recorder, count: int) -> list[float]:
    """Return how long each utterance took, in seconds."""
    script = coach.script
    started = CallStarted(
        seq=0,
        at=0.0,
        script=script.id,
        digest=script.digest,
        script_version=script.version,
        language="zh",
        started="2026-11-23T08:00:00Z",
        day="2026-11-23",
        seed=1,
        mode="call",
    )
    session, opening = Session.start(coach, started)
    recorder.append(opening)
    taken: list[float] = []
    gc.collect()
    for number in range(count):
        speaker, text = _SAID[number % len(_SAID)]
        at = number * 3.0
        began = time.perf_counter()
        recorder.append(session.feed(Hear(speaker, text, at, at + 2.5), at + 2.5))
        taken.append(time.perf_counter() - began)
    return taken


def _p99(taken: Sequence[float]) -> float:
    return quantiles(taken, n=100)[98]


def _tail(taken: Sequence[float]) -> str:
    cuts = quantiles(taken, n=100)
    return f"p50 {cuts[49] * 1e3:.3f} ms, p99 {cuts[98] * 1e3:.3f} ms"
