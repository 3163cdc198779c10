"""The figures of a report as CSV and Parquet: the same numbers, and no formula among them."""

import csv
import io
from pathlib import Path

import pytest

from callcoach.archive.export.table import BOM, defuse
from callcoach.archive.parquet.read import read_batches
from callcoach.reports.many import About, report_of
from callcoach.reports.sheet import Report
from callcoach.reports.tables import COLUMNS, rows, write_csv, write_parquet
from callcoach.script.model import CueId
from callcoach.words.display import display
from tests.reports.calls import NAMES, figured, flagged

FORMULAS = (
    "=1+1",
    "+1",
    "-2",
    "@SUM(A1)",
    "|x",
    " =1",
    "＝1",
    "\t=1",
    '=HYPERLINK("x")',
    "\u200b=1",
)


def report(*agents: str) -> Report:
    calls = [
        figured(at, agent=agent, flags=(flagged(CueId(agent)),)) for at, agent in enumerate(agents)
    ]
    return report_of(About("team"), calls, NAMES)


def read(text: str) -> list[dict[str, str]]:
    assert text.startswith(BOM)
    return list(csv.DictReader(io.StringIO(text.removeprefix(BOM))))


def test_the_table_has_every_figure_of_the_report() -> None:
    made = report("Li", "Bo")
    found = read(write_csv(made))
    assert len(found) == sum(len(section.figures) for section in made.sections) > 20
    for row in found:
        assert int(row["n"]) > 0
        assert set(row) == set(COLUMNS)


@pytest.mark.parametrize("agent", FORMULAS)
def test_no_name_becomes_a_formula(agent: str) -> None:
    for row in read(write_csv(report(agent, "Li"))):
        for column, cell in row.items():
            if COLUMNS[column] is str:
                assert defuse(cell) == cell
    agents = [row for row in read(write_csv(report(agent, "Li"))) if row["section"] == "agents"]
    assert defuse(display(agent)) in {row["item"] for row in agents}


def test_parquet_holds_the_same_as_the_report(tmp_path: Path) -> None:
    made = report("Li", "王", "=1")
    (tmp_path / "made.parquet").write_bytes(write_parquet(made))
    found = [row for batch in read_batches(tmp_path / "made.parquet") for row in batch]
    assert [tuple(row.values()) if isinstance(row, dict) else tuple(row) for row in found] == list(
        rows(made)
    )
    assert len(read(write_csv(made))) == len(found)


def test_a_report_about_nothing_is_a_table_of_nothing(tmp_path: Path) -> None:
    made = report()
    assert read(write_csv(made)) == []
    (tmp_path / "made.parquet").write_bytes(write_parquet(made))
    assert [row for batch in read_batches(tmp_path / "made.parquet") for row in batch] == []
