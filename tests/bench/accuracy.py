"""Writes the tables of docs/accuracy.md anew: `python -m tests.bench.accuracy`.

Each table is what `callcoach eval` prints, with the day and the versions; the words around stay.
Public data lie beside the project (`../shared/data`), own ones among the tests.
"""

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "accuracy.md"
OWN, PUBLIC = ROOT / "tests" / "script" / "packs", ROOT.parent / "shared" / "data"
_NUMBER = re.compile("[0-9]+")
_TABLE = re.compile(r"\nMeasured on .*?(?=\n#{2,3} |\Z)", re.DOTALL)
_HEARD = re.compile(r"\n\| Heard .*?(?=\n\n|\Z)", re.DOTALL)
_CALLS = re.compile(r"\n\| Whole calls .*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Measured:
    """A table, and what is measured for it."""

    heading: str
    """The lines that it stands under, the last one being its own."""
    data: Path
    pack: str = "overdue"
    is_held: bool = False
    """The part that is held out, and else the calls with even numbers."""
    is_whole: bool = False
    """All its calls, for none was read."""
    has_noise: bool = False
    has_judgements: bool = True
    """Its calls say whether the customer was verified, and when the debt was told."""


TABLES = (
    Measured(
        "## English\n### The held third of the debt calls", PUBLIC / "debt_calls", is_held=True
    ),
    Measured("## English\n### The even-numbered own calls", OWN / "en_calls.tsv"),
    Measured("## English\n### Calls by a writer who had not seen the rules", OWN / "en_more.tsv"),
    Measured("## English\n### Calls by two more writers", OWN / "en_third.tsv"),
    Measured("## English\n### Openings by one more writer", OWN / "en_openings.tsv"),
    Measured("## English\n### Whole calls by one more writer", OWN / "en_fifth.tsv"),
    Measured("## English\n### Calls that were only measured", OWN / "en_sixth.tsv", is_whole=True),
    Measured(
        "## Chinese\n### The held third of CrossWOZ",
        PUBLIC / "crosswoz",
        "courtesy",
        is_held=True,
        has_judgements=False,
    ),
    Measured("## Chinese\n### The even-numbered own calls", OWN / "zh_calls.tsv"),
    Measured("## Chinese\n### Calls by a writer who had not seen the rules", OWN / "zh_more.tsv"),
    Measured("## Chinese\n### Calls by a third writer", OWN / "zh_third.tsv"),
    Measured("## Chinese\n### Calls by a fourth writer", OWN / "zh_fourth.tsv"),
    Measured("## Chinese\n### Openings by one more writer", OWN / "zh_openings.tsv"),
    Measured("## Chinese\n### Calls by a fifth writer", OWN / "zh_fifth.tsv"),
    Measured("## Chinese\n### Calls that were only measured", OWN / "zh_sixth.tsv", is_whole=True),
    Measured(
        "## Chinese\n### Service talk by the same writer",
        OWN / "zh_service.tsv",
        has_judgements=False,
    ),
    *(
        Measured(f"## Heard badly\n{label}:", data, pack, is_held, has_noise=True)
        for label, data, pack, is_held in (
            ("Held third of the debt calls", PUBLIC / "debt_calls", "overdue", True),
            ("Even-numbered own English calls", OWN / "en_calls.tsv", "overdue", False),
            ("Held third of CrossWOZ", PUBLIC / "crosswoz", "courtesy", True),
            ("Even-numbered own Chinese calls", OWN / "zh_calls.tsv", "overdue", False),
        )
    ),
)


def main() -> int:
    """Measure everything, and write the tables."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        printed = list(pool.map(measure, TABLES))
    text = DOCUMENT.read_text("utf-8")
    for table, told in zip(TABLES, printed, strict=True):
        text = put(text, table, told)
    DOCUMENT.write_text(text, "utf-8")
    return 0


def measure(table: Measured) -> str:
    """Return what `callcoach eval` prints of a table's calls."""
    words = ["eval", str(table.data), "--pack", table.pack, "--errors", "0", "--markdown"]
    words += _part(table)
    words += ["--noise", "10"] if table.has_noise else []
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [sys.executable, "-m", "callcoach", *words],
            env={**os.environ, "HOME": home, "LANG": "C.UTF-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"{table.heading}: {done.stderr}")
    return done.stdout.strip()


def _part(table: Measured) -> list[str]:
    if table.is_whole:
        return []
    return ["--part", "held"] if table.is_held else ["--only", ",".join(even(table.data))]


def even(data: Path) -> list[str]:
    """Return the ids of the calls with even numbers in a table."""
    _, *lines = data.read_text("utf-8").splitlines()
    ids = dict.fromkeys(line.split("\t")[0] for line in lines)
    return [id for id in ids if (found := _NUMBER.search(id)) and int(found.group()) % 2 == 0]


def put(text: str, table: Measured, printed: str) -> str:
    """Return a document with a table put in the place of the one that it has."""
    at = 0
    for line in table.heading.split("\n"):
        at = text.index(f"\n{line}\n", at)
    pattern = _HEARD if table.has_noise else _TABLE
    own = pattern.search(text, at)
    if own is None:
        raise SystemExit(f"there is no table under {table.heading}")
    if table.has_noise:
        found = _HEARD.search(printed)
        new = found.group() if found else ""
    else:
        new = "\n" + (printed if table.has_judgements else _CALLS.sub("", printed)).strip() + "\n"
    return text[: own.start()] + new + text[own.end() :]


if __name__ == "__main__":
    sys.exit(main())
