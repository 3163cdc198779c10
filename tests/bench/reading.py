"""What reading transcripts costs beside bare parsing: `python -m tests.bench reading`."""

import csv
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from callcoach.archive.transcripts import find_calls
from tests.bench.batch import write_corpus
from tests.bench.table import Row

CALLS = 3_000
LONG, TIMES = 20, 80
"""Long calls, and so many short ones make up one."""
ROUNDS = 5


def reading_rows() -> Iterator[Row]:
    """Yield how much longer than bare parsing it takes to find calls, and to find and read them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        lines = write_corpus(folder / "calls.jsonl", CALLS)
        calls = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
        yield from _beside("JSON Lines", lines, _parse_json, "json.loads")
        long = _write_long(folder / "long.jsonl", calls)
        yield from _beside("JSON Lines, long calls", long, _parse_json, "json.loads")
        yield from _beside("CSV", _write_table(folder / "calls.csv", calls), _parse_csv, "csv")


def _write_long(file: Path, calls: list[dict[str, list[dict[str, object]]]]) -> Path:
    with file.open("w", encoding="utf-8") as out:
        for number in range(LONG):
            said = [row for call in calls[number::LONG][:TIMES] for row in call["utterances"]]
            timed = [
                {**row, "stime": at * 3.5, "etime": at * 3.5 + 3} for at, row in enumerate(said)
            ]
            out.write(json.dumps({"id": number, "utterances": timed}, ensure_ascii=False) + "\n")
    return file


def _write_table(file: Path, calls: list[dict[str, list[dict[str, object]]]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(("call", "speaker", "text", "start", "end"))
        for call in calls:
            table.writerows((call["id"], *row.values()) for row in call["utterances"])
    return file


def _parse_json(file: Path) -> int:
    with file.open(encoding="utf-8") as lines:
        return len([json.loads(line) for line in lines])


def _parse_csv(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as lines:
        return len(list(csv.reader(lines)))


def _find(file: Path) -> int:
    return sum(1 for _ in find_calls((file,)))


def _read(file: Path) -> int:
    return sum(len(call.read().rows) for call in find_calls((file,)))


def _beside(what: str, file: Path, bare: Callable[[Path], int], name: str) -> Iterator[Row]:
    finding: list[float] = []
    reading: list[float] = []
    for _ in range(ROUNDS):
        least, find, read = (_taken(run, file) for run in (bare, _find, _read))
        finding.append(find / least)
        reading.append(read / least)
    more = f"{file.stat().st_size / 1e6:,.1f} MB; of it finding {median(finding):.1f}x"
    yield Row(f"reading: {what}", f"{median(reading):.1f}x {name}", more, "2x")


def _taken(run: Callable[[Path], int], file: Path) -> float:
    begin = time.process_time()
    run(file)
    return time.process_time() - begin
