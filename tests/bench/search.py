"""How long a search takes in a journal with a million utterances, against a scan without index.

Times are those of this process, so that whatever else the machine does is left out.
"""

import csv
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

from callcoach.archive.chain import StoredEvent
from callcoach.archive.database import open_database
from callcoach.archive.ids import new_call_id
from callcoach.archive.insert import insert_events
from callcoach.archive.search.find import Finder
from callcoach.archive.search.index import catch_up
from callcoach.call.events import (
    CallEnded,
    CallStarted,
    CueHeard,
    Event,
    FlagRaised,
    Heard,
    Span,
    encode,
    kind_of,
)
from callcoach.script.model import (
    CueId,
    FlagKind,
    OutcomeId,
    PackId,
    Severity,
    Speaker,
    StepId,
)
from tests.bench.table import Row

UTTERANCES = 1_000_000
IN_A_CALL = 40
TIMES = 15
"""How often each search is made, the first time left out: its pages are not in memory yet."""
TODAY = date(2026, 11, 26)
_CALLS = Path(__file__).parents[1] / "script" / "packs"
_OUTCOMES = ("promise", "dispute", "paid_claim", "support", "no_agreement")
_CUES = ("greet", "say_name", "verify_identity", "offer_plan", "repeat_terms")
_AGENTS = ("Anna", "Ben", "王芳", "李明", "Chidi", "Dora")
ZH = (
    *("的", "我", "分期", "逾期", "身份证", "您好", "承诺还款", "王先生", "工资"),
    *("分期 说话人：客户", "还款 -您", "逾期 OR 分期", "您 结果：dispute", "的 坐席：王芳"),
    *("分期 之后：2026-11-20", "的 要点：greet", "结果：promise 提醒：漏说", "的 短于：1m"),
)
EN = (
    *("the", "payment", "instalment", "bank", '"payment plan"', "pay*", "thank you", "1280*"),
    *("payment speaker:customer", "payment -plan", "bank OR card", "the outcome:dispute"),
    *("the agent:Ben", "pay after:2026-11-20", "you cue:greet", "outcome:promise flag:missing"),
    *("you longer:1m", "-payment outcome:support"),
)


def search_rows() -> Iterator[Row]:
    """Yield the figures of the index and of searches in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        _fill(path, UTTERANCES // IN_A_CALL)
        before = path.stat().st_size
        began = time.process_time()
        catch_up(path)
        taken = time.process_time() - began
        size = (path.stat().st_size - before) / before
        rate = f"{UTTERANCES / taken:,.0f} utterances/s"
        yield Row("index made", rate, f"{taken:.0f} s, {size:.0%} of the journal's size", "")
        _write(path, 1, random.Random(1))
        began = time.process_time()
        catch_up(path)
        yield Row("one new call", f"{(time.process_time() - began) * 1e3:.1f} ms", "", "< 100 ms")
        for language, queries in (("zh", ZH), ("en", EN)):
            yield from _searches(path, language, queries)


def _searches(path: Path, language: str, queries: Sequence[str]) -> Iterator[Row]:
    taken: dict[str, list[float]] = {}
    first: list[float] = []
    with Finder(path) as finder:
        for query in queries:
            times: list[float] = []
            for _ in range(TIMES + 1):
                began = time.process_time()
                finder.find(query, TODAY)
                times.append(time.process_time() - began)
            first.append(times[0])
            taken[query] = times[1:]
    every = [one for times in taken.values() for one in times]
    slowest = max(taken, key=lambda query: median(taken[query]))
    figure = f"p50 {median(every) * 1e3:.1f} ms, p95 {quantiles(every, n=20)[18] * 1e3:.1f} ms"
    more = f"slowest: {slowest} {median(taken[slowest]) * 1e3:.0f} ms"
    yield Row(f"searches, {language}", figure, more, "p95 < 100 ms")
    yield Row(f"first time, {language}", f"max {max(first) * 1e3:.1f} ms", "", "")
    word = queries[2]
    scan = _scan(path, word)
    ratio = f"{scan / median(taken[word]):.0f}x faster than a scan"
    yield Row(f"{word}, {language}", ratio, f"scan: {scan * 1e3:.0f} ms", "")


def _scan(path: Path, word: str) -> float:
    """Return how long it takes to look through all events without an index."""
    sql = "SELECT count(*) FROM event WHERE kind = 'heard' AND instr(body, ?)"
    with closing(sqlite3.connect(path)) as db:
        times: list[float] = []
        for _ in range(3):
            began = time.process_time()
            db.execute(sql, (word.encode(),)).fetchone()
            times.append(time.process_time() - began)
    return min(times)


def _fill(path: Path, calls: int) -> None:
    chance = random.Random(0)
    for _ in range(calls // 500):
        _write(path, 500, chance)


def _write(path: Path, calls: int, chance: random.Random) -> None:
    """Add calls made of the written ones, cut and joined, with names and amounts put in."""
    texts = {language: _texts(language) for language in ("zh", "en")}
    with closing(open_database(path, write=True)) as db:
        db.execute("BEGIN IMMEDIATE")
        for _ in range(calls):
            events = list(_call(texts, chance))
            stored = [
                StoredEvent(it.seq, kind_of(it), it.version, it.at, "", encode(it)) for it in events
            ]
            insert_events(db, new_call_id(), stored, ())
        db.execute("COMMIT")


def _texts(language: str) -> list[str]:
    with (_CALLS / f"{language}_calls.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["text"] for row in rows]


def _call(texts: dict[str, list[str]], chance: random.Random) -> Iterator[Event]:
    language = chance.choice(("zh", "en"))
    at = datetime(2025, 11, 26, tzinfo=UTC) + timedelta(seconds=chance.randrange(365 * 86_400))
    yield CallStarted(
        seq=0,
        at=0.0,
        script=PackId("overdue"),
        digest="bench",
        script_version="1",
        language=language,
        started=at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        day=at.date().isoformat(),
        seed=0,
        mode="call",
        agent=chance.choice(_AGENTS),
    )
    for number in range(IN_A_CALL):
        end = (number + 1) * chance.uniform(2.5, 3.5)
        yield Heard(
            seq=number + 1,
            at=IN_A_CALL * 4.0,
            speaker=Speaker.AGENT if number % 2 else Speaker.CUSTOMER,
            text=_said(texts[language], language, chance),
            start=end - 2,
            end=end,
        )
    seq = IN_A_CALL + 1
    for cue in chance.sample(_CUES, 3):
        span = Span(1, 0, 1)
        yield CueHeard(seq=seq, at=200.0, cue=CueId(f"courtesy.{cue}"), span=span, phrase="")
        seq += 1
    if chance.random() < 0.3:
        yield FlagRaised(
            seq=seq,
            at=200.0,
            flag=1,
            what=chance.choice((FlagKind.MISSING, FlagKind.LATE)),
            cue=CueId("courtesy.say_goodbye"),
            severity=Severity.MINOR,
            reason="call_ended",
        )
        seq += 1
    outcome = OutcomeId(f"overdue.{chance.choice(_OUTCOMES)}")
    yield CallEnded(seq=seq, at=200.0, step=StepId("overdue.end"), outcome=outcome)


def _said(texts: Sequence[str], language: str, chance: random.Random) -> str:
    one, other = chance.choice(texts), chance.choice(texts)
    amount = f"{chance.randrange(100, 5000)}.{chance.randrange(100):02}"
    if language == "zh":
        name = "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(3))
        return one[: len(one) // 2] + name + other[len(other) // 2 :] + amount
    words, others = one.split(), other.split()
    name = "".join(chance.choice("abcdefghijklmnoprstuvwyz") for _ in range(7))
    return " ".join((*words[: len(words) // 2], name, *others[len(others) // 2 :], amount))
