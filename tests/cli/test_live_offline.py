"""A call made here, exported, and judged elsewhere: it comes to the same in every way there is."""

import csv
from pathlib import Path
from typing import Any

import pytest

from callcoach.archive.export.data import read_record
from callcoach.call.session import Session
from callcoach.cli.lines.summary import summary_json
from callcoach.locale import Messages
from tests.cli.home import Home
from tests.sessions import shipped_coach

CALL = """\
say
1
customer: Who is this?
agent: You must pay today or we will have you arrested.
tick 2
customer: I cannot pay.
agent: I am sorry about that.
end hung_up
"""


@pytest.fixture(params=["courtesy", "overdue"])
def pack(request: pytest.FixtureRequest) -> str:
    """Return a shipped pack: by rules alone, and with judges beside them."""
    return str(request.param)


@pytest.fixture
def exported(home: Home, pack: str) -> Path:
    """Return the export of a call in which words were typed and keys were pressed."""
    made = home.make_call(CALL, pack)
    assert made.code == 0, made.err
    words = ("--format", "json", "--unredacted", "a test", "--output", "call.json")
    told = home.run("export", "last", *words)
    assert told.code == 0, told.err
    return home.desk / "call.json"


def lived(export: Path, pack: str) -> Any:
    """Return what a call came to when it was made."""
    events = read_record(export.read_text("utf-8")).events
    told = summary_json(Session(shipped_coach(pack), events), events, Messages("en"))
    assert told["flags"], "a call without flags shows little"
    return told


def test_a_call_replayed_from_its_export_comes_to_the_same(
    home: Home, exported: Path, pack: str
) -> None:
    replayed = home.run("replay", str(exported), "--pack", pack, "--json").json
    live = lived(exported, pack)
    assert {key: replayed[key] for key in live} == live


def test_words_that_were_changed_in_an_export_are_judged_as_they_stand(
    home: Home, exported: Path, pack: str
) -> None:
    words = ("replay", str(exported), "--pack", pack, "--json")
    assert "threat" in str(home.run(*words).json["flags"])
    told = "You must pay today or we will have you arrested."
    text = exported.read_text("utf-8").replace(told, "You may pay when you can.", 1)
    exported.write_text(text, "utf-8")
    assert "threat" not in str(home.run(*words).json["flags"])


def test_an_exported_call_is_the_same_call_in_another_journal(
    home: Home, exported: Path, pack: str
) -> None:
    live = home.run("show", "last", "--json").json
    known = home.run("review", "import", str(exported), "--json").json
    assert (known["new"], known["known"]) == (0, 1)
    home.environment["CALLCOACH_JOURNAL"] = "other.db"
    words = ("review", "import", str(exported), "--pack", pack, "--json")
    taken = home.run(*words).json
    assert (taken["new"], taken["calls"][0]["call"]) == (1, live["call"]["id"])
    assert home.run(*words).json["known"] == 1
    there = home.run("show", "last", "--json").json
    assert there["call"] == live["call"]
    assert [it for it in there["events"] if it["kind"] != "call_started"] == [
        it for it in live["events"] if it["kind"] != "call_started"
    ]
    assert home.run("journal", "verify").code == 0


def test_an_exported_call_is_judged_in_a_batch_as_it_was(
    home: Home, exported: Path, pack: str
) -> None:
    live, id = lived(exported, pack), home.run("show", "last", "--json").json["call"]["id"]
    words = ("--pack", pack, "--format", "csv", "--out", "judged", "--workers", "1")
    assert home.run("review", "batch", str(exported), *words).code == 0
    with (home.desk / "judged" / "calls.csv").open(encoding="utf-8-sig", newline="") as table:
        (call,) = csv.DictReader(table)
    assert (call["own_id"], call["is_timed"]) == (id, "0")
    assert int(call["flags"]) == len(live["flags"])
    assert call["outcome"] == live["outcome"]
