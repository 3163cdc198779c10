"""What judging many calls costs: beside a loop of regular expressions, spaCy and mere parsing.

`python -m tests.bench.batch [calls]`. Everything is measured in one run, in turns, in seconds of
processor time, which a busy machine disturbs less than a clock does. The calls are those that our
packs are tested with, heard badly at several rates; each is judged once, after as many others.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median

from callcoach.archive.transcripts import find_calls
from callcoach.call.coach import Coach
from callcoach.call.replay import without_deadlines
from callcoach.cli.replay import spoken_language
from callcoach.review.batch import sheets
from callcoach.review.batch.judge import Terms
from callcoach.review.batch.part import judge_part
from callcoach.review.form.library import read_form, shipped_forms
from callcoach.script.library import Library, shipped_folder
from callcoach.words.match import Pattern
from callcoach.words.noise import Noise
from callcoach.words.normalise import tokenise
from tests.bench.rivals import expression, normalised, phrase_matcher
from tests.bench.session import _calls as own_calls
from tests.bench.table import Row

PACK, FORM = "overdue", "courtesy"
CALLS = 600
_PART = 50
"""Calls that are judged between two of the other's turns."""
_LONGER = 4
"""So many times as many calls are judged by the command, so that its start weighs little."""
_SAMPLE = 100
"""Utterances that the loop of regular expressions is given in its turn."""
_NOISES = (0.0, 0.0, 0.05, 0.1)
"""Shares of words that are wrong, in turn: two calls in four are as they were written."""


def batch_rows(calls: int = CALLS) -> Iterator[Row]:
    """Yield how many calls and utterances are judged in a second, and the ratios to others."""
    with tempfile.TemporaryDirectory() as folder:
        file = write_corpus(Path(folder) / "calls.jsonl", calls)
        yield from by_rivals(file)
        yield from _by_cores(Path(folder), calls * _LONGER)


def write_corpus(file: Path, count: int) -> Path:
    """Write calls as lines of JSON, the same ones each time."""
    random = Random(1)
    known = [*own_calls("en"), *own_calls("zh")]
    noise = Noise({word for _, said in known for row in said for word in tokenise(row.text).words})
    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            _, said = known[number % len(known)]
            rate = _NOISES[number // len(known) % len(_NOISES)]
            utterances = [
                {
                    "speaker": row.speaker,
                    "text": noise.corrupt(row.text, rate, random) or row.text,
                    "stime": round(row.start, 2),
                    "etime": round(row.end, 2),
                }
                for row in said
            ]
            line = {"id": f"C{number}", "agent": f"A{number % 7}", "utterances": utterances}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return file


def by_rivals(file: Path) -> Iterator[Row]:
    script = Library((shipped_folder(),)).load(PACK).script
    form = read_form(shipped_forms() / f"{FORM}.yaml").form
    if script is None or form is None:
        raise RuntimeError("the shipped pack or form does not load")
    coach = Coach(script)
    terms = Terms(coach, Coach(without_deadlines(script)), form, "2026-12-01")
    found = list(find_calls((file,)))
    read = [call.read() for call in found]
    texts = [row.text for transcript in read for row in transcript.rows]
    plain = [normalised(text) for text in texts]
    size = len(texts) / len(found)
    patterns = [pattern for pattern in coach.judge.rules.matcher.patterns if not pattern.veto]
    tongues = {
        language: [it for it in patterns if it.phrase.isascii() is (language == "en")]
        for language in ("en", "zh")
    }
    expressions = _compiled(patterns)
    own = {language: _compiled(few) for language, few in tongues.items()}
    spacy = phrase_matcher(patterns, plain)
    lines = file.read_text(encoding="utf-8").splitlines()
    random = Random(2)

    def loop() -> int:
        some = random.sample(plain, _SAMPLE)
        return sum(1 for text in some for one in expressions if one.search(text))

    def loop_of_own() -> int:
        some = random.sample(plain, _SAMPLE)
        return sum(
            1 for text in some for one in own["en" if text.isascii() else "zh"] if one.search(text)
        )

    parts = [found[at : at + _PART] for at in range(0, len(found), _PART)]
    middle = len(parts) // 2
    ahead = iter(parts[middle:])

    def ours() -> int:
        return judge_part(next(ahead), terms, sheets.encode, spoken_language).tally.utterances

    def parse() -> int:
        return sum(len(json.loads(line)["utterances"]) for line in lines)

    def take() -> int:
        return sum(len(call.read().rows) for call in found)

    for part in parts[:middle]:  # memories as they are in the middle of a long run
        judge_part(part, terms, sheets.encode, spoken_language)
    costs: dict[str, list[float]] = {}
    for _ in parts[middle:]:
        _measure(costs, "ours", ours, None)
        _measure(costs, "loop", loop, _SAMPLE)
        _measure(costs, "own", loop_of_own, _SAMPLE)
        _measure(costs, "parse", parse, len(texts))
        _measure(costs, "read", take, len(texts))
        if spacy is not None:
            _measure(costs, "spacy", spacy, len(texts))
    each = {name: median(taken) for name, taken in costs.items()}
    mine = each["ours"]
    before = {row.text for transcript in read[: middle * _PART] for row in transcript.rows}
    judged = [row.text for transcript in read[middle * _PART :] for row in transcript.rows]
    fresh = sum(text not in before for text in judged) / len(judged)
    new = f"{fresh:.0%} of {len(judged):,} utterances are new"
    yield Row("session, form, tables", _rate(mine, size), new, "")
    more = f"{len(expressions):,} expressions, {_rate(each['loop'], size)}"
    yield Row("over the re loop", f"{each['loop'] / mine:.1f}x", more, ">= 20x a core")
    more = f"those of the call's language, {_rate(each['own'], size)}"
    yield Row("over a smaller re loop", f"{each['own'] / mine:.1f}x", more, "")
    if spacy is not None:
        more = f"literals only, no session, {_rate(each['spacy'], size)}"
        yield Row("over PhraseMatcher", f"{each['spacy'] / mine:.2f}x", more, "")
    yield Row(
        "over json.loads", f"{each['parse'] / mine:.3f}x", _rate(each["parse"], size), ">= 0.25x"
    )
    yield Row("over our reading", f"{each['read'] / mine:.3f}x", _rate(each["read"], size), "")


def _by_cores(folder: Path, calls: int) -> Iterator[Row]:
    """Yield how much faster two processes are: as a user has it, and without their start.

    The start is a run over one call. A machine that does other work has fewer than two cores to
    give; how many seconds of them the two had is told beside.
    """
    start = _command(write_corpus(folder / "one.jsonl", 1), 1)[0]
    file = write_corpus(folder / "many.jsonl", calls)
    one, _ = _command(file, 1)
    two, used = _command(file, 2)
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    more = (
        f"{calls:,} calls: 1: {one:.0f} s, 2: {two:.0f} s; start {start:.1f} s;"
        f" {os.cpu_count() or 1} cores, of which two had {used / two:.2f}, {load}"
    )
    yield Row("two processes over one", f"{one / two:.2f}x", more, ">= 1.7x")
    without = (one - start) / (two - start)
    yield Row("the same without the start", f"{without:.2f}x", "", "")


def _command(file: Path, workers: int) -> tuple[float, float]:
    """Return how many seconds the command takes, and how many of processors it has used."""
    with tempfile.TemporaryDirectory() as out:
        words = ["review", "batch", str(file), "--pack", PACK, "--form", FORM, "--out", f"{out}/o"]
        line = [sys.executable, "-m", "callcoach", *words, "--workers", str(workers)]
        before, began = os.times(), time.perf_counter()
        subprocess.run(line, check=True, capture_output=True)
        passed, after = time.perf_counter() - began, os.times()
        used = after.children_user + after.children_system
        return passed, used - before.children_user - before.children_system


def _compiled(patterns: Sequence[Pattern]) -> list[re.Pattern[str]]:
    phrases = dict.fromkeys((it.key, it.phrase) for it in patterns)
    return [re.compile(expression(phrase)) for _, phrase in phrases]


def _measure(
    costs: dict[str, list[float]], name: str, run: Callable[[], int], count: int | None
) -> None:
    """Take note of how long one utterance takes; without `count`, `run` tells how many it had."""
    began = time.process_time()
    done = run()
    taken = time.process_time() - began
    costs.setdefault(name, []).append(taken / (count or done))


def _rate(each: float, size: float) -> str:
    return f"{each * 1e6:,.0f} us an utterance, {1 / (each * size):,.0f} calls/s"


def main(words: Sequence[str]) -> None:
    """Print the rows."""
    for row in batch_rows(int(words[0]) if words else CALLS):
        print(f"{row.what:26} {row.figure:40} {row.more:70} {row.aim}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
