"""Every suite that needs no hour runs through, in little, so that none breaks unseen."""

import importlib
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import batch, engine

LITTLE: dict[str, dict[str, object]] = {
    "engine": {
        "PACK": "community",
        "RULES": 30,
        "FEW": 5,
        "MANY": 20,
        "UTTERANCES": 60,
        "ROUNDS": 1,
        "LIVE": 20,
        "TURNS": 1,
        "SAMPLE": 4,
        "STEP": 100,
    },
    "session": {"PACK": "community", "WARM": 1, "EVERY": 60, "LONG": 60, "JOURNALLED": 20},
    "startup": {"ROUNDS": 2},
    "noise": {"PACK_SEEDS": 1, "DATA": None},
    "reading": {"CALLS": 40, "LONG": 2, "TIMES": 2, "ROUNDS": 1},
}
"""By suite, which also names its module: what makes it short."""


@pytest.mark.parametrize("name", LITTLE)
def test_a_suite_runs_through(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    module = importlib.import_module(f"tests.bench.{name}")
    for constant, value in LITTLE[name].items():
        monkeypatch.setattr(module, constant, tmp_path if value is None else value)
    assert bench.main([name]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["what", "figure", "more", "aim"]
    assert rows


def test_judging_many_calls_runs_through(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(batch, "PACK", "community")
    monkeypatch.setattr(batch, "_PART", 4)
    monkeypatch.setattr(batch, "_SAMPLE", 1)
    file = batch.write_corpus(tmp_path / "calls.jsonl", 8)
    whats = [row.what for row in batch.by_rivals(file)]
    assert whats[0] == "session, form, tables"
    assert whats[-1] == "over our reading"


def test_all_shipped_packs_are_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ROUNDS", 1)
    rows = {row.what: row for row in engine.warm_rows([])}
    assert int(rows["ready: overdue"].more.split(" for ")[1].split()[0].replace(",", "")) > 9_000
    assert {"ready: community", "ready: home_visit"} <= rows.keys()


def test_a_suite_that_is_unknown_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["slowness"]) == 2
    assert "there is no slowness; there are engine, session" in capsys.readouterr().out
