"""How long a session takes for an utterance: in whole calls, in a long one, with a journal.

All but what waits for a disc is in processor time, which a busy machine disturbs less than a clock.
"""

import csv
import gc
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from statistics import mean, quantiles

from callcoach.archive.ids import new_call_id
from callcoach.archive.writer import CallWriter
from callcoach.call.coach import Coach
from callcoach.call.events import Event
from callcoach.call.inputs import Hear, Input
from callcoach.call.playback import Playback
from callcoach.call.ports import Recorder, Saving
from callcoach.call.replay import Row as Utterance
from callcoach.call.replay import beats
from callcoach.call.session import Session
from callcoach.script.library import Library, shipped_folder
from callcoach.script.load import PackFiles
from callcoach.script.model import Speaker
from tests.bench.table import Row
from tests.sessions import started

PACK = "overdue"
WARM = 20
"""Calls before those that are measured; they warm what is made when it is first needed."""
EVERY = 1
"""Of the written calls every how many-th is taken."""
LONG = 10_000
"""Utterances of a call of ten hours."""
JOURNALLED = 500
_COLD = """
import sys, time
from pathlib import Path
from callcoach.archive.phrases import PhraseFiles
from callcoach.call.coach import Coach
from callcoach.script.library import Library, shipped_folder

script = Library((shipped_folder(),)).load(sys.argv[1]).script
began = time.perf_counter()
Coach(script, store=PhraseFiles(Path(sys.argv[2])))
print(time.perf_counter() - began)
"""
_CALLS = Path(__file__).parents[1] / "script" / "packs"
_PACE = 3.6
"""Seconds from the end of one utterance to that of the next."""

Call = tuple[str, Sequence[Utterance]]
"""Its language, and what was said."""


class _Nowhere:
    """A recorder that keeps nothing."""

    def append(self, events: Sequence[Event]) -> Saving:
        return Saving(0)

    def close(self) -> Saving:
        return Saving(0)


def session_rows() -> Iterator[Row]:
    """Yield the figures of a session, without a journal and with a durable one."""
    loaded = Library((shipped_folder(),)).load(PACK)
    if loaded.script is None:
        raise RuntimeError("the shipped pack does not load")
    yield from _cold()
    calls = [*_calls("en"), *_calls("zh")][::EVERY]
    said = f"{len(calls)} calls"
    for what, is_timed in (("typed", False), ("as heard", True)):
        coach = Coach(loaded.script)  # that has read nothing yet
        _whole(coach, calls[:WARM], is_timed)
        taken, whole = _whole(coach, calls, is_timed)
        figure = f"{whole / len(taken) * 1e6:,.0f} us an utterance, {said}"
        yield Row(f"whole calls, {what}", figure, _tail(taken), "p99 < 1 ms")
    long = _feed(coach, _Nowhere(), islice(cycle(_all(calls)), LONG))
    third = LONG // 3
    growth = mean(long[-third:]) / mean(long[third : 2 * third])
    yield Row(f"a call of {LONG:,}", f"{growth:.2f}x (last third / second)", _tail(long), "flat")
    with tempfile.TemporaryDirectory() as folder:
        durable = _journalled(coach, loaded.sources, Path(folder), _all(calls))
        bare = _bare(Path(folder), _all(calls))
    rate = f"{len(durable) / sum(durable):,.0f} utterances/s"
    yield Row("with a durable journal", rate, _tail(durable), "p99 < 3 ms")
    ratio = f"{_p99(durable) / _p99(bare):.2f}x (p99 / a bare commit's)"
    yield Row("over one bare commit", ratio, f"bare: {_tail(bare)}", "")


def _cold() -> Iterator[Row]:
    """Yield how long it takes to make a coach of a script that is loaded, in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        for what, aim in (("phrases not kept", "< 1.5 s"), ("phrases kept", "< 0.5 s")):
            command = [sys.executable, "-c", _COLD, PACK, folder]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            yield Row(f"coach, {what}", f"{float(done.stdout):.2f} s", "", aim)


def _calls(language: str) -> list[Call]:
    """Return the written calls of a language, with times as they may have been."""
    rows: dict[str, list[tuple[Speaker, str]]] = {}
    with (_CALLS / f"{language}_calls.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows.setdefault(row["call"], []).append((Speaker(row["speaker"]), row["text"]))
    return [(language, list(_timed(said))) for said in rows.values()]


def _timed(said: Iterable[tuple[Speaker, str]]) -> Iterator[Utterance]:
    for number, (speaker, text) in enumerate(said, 1):
        yield Utterance(speaker, text, number * _PACE - 3, number * _PACE)


def _all(calls: Iterable[Call]) -> list[Utterance]:
    """Return the utterances of all calls, one after another."""
    said = ((row.speaker, row.text) for _, rows in calls for row in rows)
    return list(_timed(said))


def _whole(coach: Coach, calls: Iterable[Call], is_timed: bool) -> tuple[list[float], float]:
    """Return how long each utterance took, and all the calls with everything, in seconds.

    Each is a session of its own that follows the words, as `callcoach replay` does; what was
    typed cannot have been misheard, so it is not listened to for sounds.
    """
    taken: list[float] = []
    gc.collect()
    start = time.thread_time()
    for language, rows in calls:
        session, _ = Session.start(coach, started(coach.script, language))

        def feed(given: Input, at: float, session: Session = session) -> Sequence[Event]:
            began = time.thread_time()
            events = session.feed(given, at)
            if isinstance(given, Hear):
                taken.append(time.thread_time() - began)
            return events

        list(Playback(feed, beats(session, rows, is_timed=is_timed)))
    return taken, time.thread_time() - start


def _bare(folder: Path, said: Iterable[Utterance]) -> list[float]:
    """Return how long one row committed by sqlite3 alone takes: WAL, synchronous=FULL."""
    taken: list[float] = []
    with closing(sqlite3.connect(folder / "bare.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("CREATE TABLE event (seq INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        for seq, row in enumerate(islice(said, JOURNALLED)):
            began = time.perf_counter()
            db.execute("INSERT INTO event VALUES (?, ?)", (seq, row.text))
            taken.append(time.perf_counter() - began)
    return taken


def _journalled(
    coach: Coach, sources: Sequence[PackFiles], folder: Path, said: Iterable[Utterance]
) -> list[float]:
    writer = CallWriter(folder / "journal.db", new_call_id(), sources)
    taken = _feed(coach, writer, islice(said, JOURNALLED))
    writer.close()
    return taken


def _feed(coach: Coach, recorder: Recorder, said: Iterable[Utterance]) -> list[float]:
    """Return how long each utterance of one call took with its recorder, in seconds."""
    session, opening = Session.start(coach, started(coach.script, "en"))
    recorder.append(opening)
    taken: list[float] = []
    gc.collect()
    for number, row in enumerate(said, 1):
        at = number * _PACE
        began = time.perf_counter()
        recorder.append(session.feed(Hear(row.speaker, row.text, at - 3, at), at))
        taken.append(time.perf_counter() - began)
    return taken


def _p99(taken: Sequence[float]) -> float:
    return quantiles(taken, n=100)[98]


def _tail(taken: Sequence[float]) -> str:
    cuts = quantiles(taken, n=100)
    times = (mean(taken), cuts[49], cuts[98])
    return "mean {:.3f} ms, p50 {:.3f} ms, p99 {:.3f} ms".format(*(it * 1e3 for it in times))
