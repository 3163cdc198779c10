"""callcoach report: pages and tables of what is in the journal, masked unless somebody says why."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing

import pytest
from pyarrow import parquet

from callcoach.archive.counted import Counted
from callcoach.archive.ids import CallId
from callcoach.cli.group import Lazy
from callcoach.cli.report.options import Output
from callcoach.cli.report.write import reason_of
from callcoach.cli.root import ROOT
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.reports.unredacted import LOG
from tests.cli.home import Answer, Home
from tests.cli.review.test_commands import FORM

PHONE = "13812345678"
COMMANDS = f"say\n1\nnote the customer's number is {PHONE}\nend hung_up\n"


@pytest.fixture
def place(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return an empty home."""
    monkeypatch.setitem(ROOT.lazy, "report", Lazy("callcoach.cli.report.commands:report", ""))
    return home


@pytest.fixture
def calls(place: Home) -> Home:
    """Return a home with two calls: one by Bo, then one by Li."""
    for agent in ("Bo", "Li"):
        place.environment["CALLCOACH_AGENT"] = agent
        place.make_call(COMMANDS)
    del place.environment["CALLCOACH_AGENT"]
    return place


def page(home: Home, *words: str, language: str = "en") -> str:
    """Return the page of a report."""
    made = home.run("report", *words, "--out", "-", language=language)
    assert made.code == 0, made.err
    assert made.out.startswith("<!DOCTYPE html>")
    return made.out


def table(made: Answer) -> list[dict[str, str]]:
    assert made.code == 0, made.err
    return list(csv.DictReader(io.StringIO(made.out.removeprefix("\ufeff"))))


KINDS = [
    (("team",), "Calls of the team"),
    (("agent", "Li"), "Calls by Li"),
    (("script", "courtesy"), "Calls with “Courtesy"),
    (("call", "last"), "A call by Li"),
]


def test_each_kind_of_report_is_written(calls: Home) -> None:
    for words, title in KINDS:
        made = calls.run("report", *words, "--json").json
        text = (calls.desk / made["path"]).read_text("utf-8")
        assert title in text
        assert (made["format"], made["redacted"]) == ("html", True)
    again = calls.run("report", "team")
    assert (again.code, "exists already" in again.err) == (2, True)
    assert calls.run("report", "team", "--force").code == 0
    text = page(calls, "team", language="zh")
    assert '<html lang="zh-Hans">' in text
    assert "问好" in text


def test_the_agent_the_script_and_the_time_choose_the_calls(calls: Home) -> None:
    def counted(*words: str) -> int:
        rows = table(calls.run("report", *words, "--format", "csv", "--out", "-"))
        return sum(int(float(row["value"])) for row in rows if row["section"] == "calls_over_time")

    assert counted("team") == 2
    assert counted("agent", "Li") == 1
    assert counted("script", "courtesy") == 2
    assert counted("team", "--until", "2020-01-01") == 0
    assert counted("team", "--practice") == 0
    rows = table(calls.run("report", "team", "--format", "csv", "--out", "-"))
    made = calls.run("report", "team", "--format", "parquet", "--json").json
    assert parquet.read_table(calls.desk / made["path"]).num_rows == len(rows)


def test_what_is_kept_of_calls_is_read_once_for_a_report_and_the_days_before(
    calls: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    prints = Counted.prints

    def counted(self: Counted, since: str = "") -> Mapping[CallId, bytes]:
        read.append(since)
        return prints(self, since)

    calls.run("report", "team", "--force")  # keeps the figures
    monkeypatch.setattr(Counted, "prints", counted)
    day = calls.run("calls", "--json").json[0]["started"][:10]
    assert calls.run("report", "team", "--since", day, "--until", day, "--force").code == 0
    assert len(read) == 1
    assert read[0] < day


def test_without_calls_a_report_is_friendly(place: Home) -> None:
    for words, _ in KINDS[:3]:
        assert "Nothing is wrong" in page(place, *words)
        assert table(place.run("report", *words, "--format", "csv", "--out", "-")) == []


SLIPS = [
    (("agent", "Lii"), "did you mean Li"),
    (("script", "curtesy"), "did you mean courtesy"),
    (("call", "nope"), "there is no call"),
    (("team", "--since", "soon"), "write it as 2026-12-01"),
    (("team", "--since", "2026-12-01", "--until", "2026-11-01"), "is after 2026-11-01"),
    (("team", "--reason", "x"), "add --unredacted"),
    (("team", "--unredacted", "--reason", "x", "--format", "csv"), "leave out --unredacted"),
    (("team", "--unredacted"), "--reason"),
    (("team", "--out", "no/such/folder/x.html"), "cannot be written"),
    (("team", "--format", "parquet", "--out", "no/such/folder/x"), "cannot be written"),
]


def test_a_slip_is_told_with_a_remedy(calls: Home) -> None:
    for words, told in SLIPS:
        made = calls.run("report", *words)
        assert made.code in (2, 3)
        assert told in made.err


def test_an_agent_whom_no_call_names_is_told_where_none_names_any(home: Home) -> None:
    home.make_call()
    made = home.run("report", "agent", "Nobody")
    assert (made.code, "no call says who made it" in made.err) == (2, True), made.err
    assert list(home.desk.iterdir()) == []


def log(home: Home) -> list[dict[str, str]]:
    (file,) = home.path.rglob(LOG)
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_personal_data_stay_in_only_for_a_reason_that_is_noted(calls: Home) -> None:
    calls.environment["CALLCOACH_AGENT"] = "Chen"
    words = ("report", "call", "last", "--unredacted")
    assert calls.run(*words).code == 2
    assert list(calls.path.rglob(LOG)) == []
    why = f"complaint of {PHONE}"
    made = calls.run(*words, "--reason", why, "--out", "whole.html", "--json").json
    assert made["redacted"] is False
    (note,) = log(calls)
    assert (note["who"], note["file"]) == ("Chen", "whole.html")
    assert note["what"].startswith("report call-")
    assert PHONE not in json.dumps(note)
    assert "complaint" in note["why"]
    assert "complaint" in (calls.desk / "whole.html").read_text("utf-8")
    team = page(calls, "team", "--unredacted", "--reason", "yearly audit")
    assert "yearly audit" in team
    assert [note["why"] for note in log(calls)][1:] == ["yearly audit"]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(("typed", "why"), [("an audit\n", "an audit"), ("\n", ""), ("", "")])
def test_at_a_terminal_the_reason_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, typed: str, why: str
) -> None:
    asked = _Terminal()
    monkeypatch.setattr("sys.stdin", _Terminal(typed))
    monkeypatch.setattr("sys.stderr", asked)
    output = Output("html", "", False, True, "")
    workplace = Workplace({"language": "en"})
    if why:
        assert reason_of(workplace, output) == why
    else:
        with pytest.raises(UsageError, match="nobody says why"):
            reason_of(workplace, output)
    assert "Why must" in asked.getvalue()


def test_where_no_note_can_be_kept_nothing_is_written(calls: Home) -> None:
    data = next(calls.path.rglob("journal.db")).parent
    (data / LOG).mkdir()
    made = calls.run("report", "team", "--unredacted", "--reason", "audit", "--out", "x.html")
    assert made.code == 3
    assert not (calls.desk / "x.html").exists()


def test_a_review_is_in_the_report_of_its_call_and_in_the_scores(calls: Home) -> None:
    calls.write("mine.yaml", FORM)
    run = calls.run
    assert run("review", "start", "last", "--form", "mine.yaml", "--as", "Wang").code == 0
    run("review", "answer", "last", "clear", "yes", "--as", "Wang")
    comment = ("review", "comment", "last", f"Call {PHONE} back.", "--coaching", "--as", "Wang")
    run(*comment)
    assert "Coaching" not in page(calls, "call", "last")
    assert run("review", "submit", "last", "--as", "Wang").code == 0
    text = page(calls, "call", "last")
    assert "Coaching" in text
    assert "100%" in text
    assert PHONE not in text
    assert "of 1 review" in page(calls, "team")


def test_what_a_review_says_was_said_is_told_as_such(place: Home) -> None:
    place.write("mine.yaml", FORM)
    place.write("one.txt", "Agent: Good morning, I am Li.\nCustomer: Yes?\nAgent: All right.\n")
    assert place.run("review", "import", "one.txt").code == 0
    place.run("review", "start", "last", "--form", "mine.yaml", "--as", "Wang")
    shown = place.run("review", "show", "last", "--as", "Wang").out
    number = next(line.split()[0] for line in shown.splitlines() if "Say goodbye" in line)
    place.run("review", "reject", "last", number, "It was said.", "--as", "Wang")
    place.run("review", "answer", "last", "clear", "yes", "--as", "Wang")
    assert "said, as the review found" not in page(place, "call", "last")
    assert place.run("review", "submit", "last", "--as", "Wang").code == 0
    told = re.findall("<li class=.met.>.*?</li>", page(place, "call", "last"))
    (goodbye,) = [it for it in told if "Say goodbye" in it]
    assert "said, as the review found" in goodbye
    assert "质检认定说过" in page(place, "call", "last", language="zh")


def test_a_call_that_was_damaged_after_it_was_counted_is_left_out_and_named(calls: Home) -> None:
    assert "damaged" not in page(calls, "team")
    (newest,) = calls.run("calls", "--limit", "1", "--json").json
    with closing(sqlite3.connect(next(calls.path.rglob("journal.db")))) as db, db:
        db.execute(
            "UPDATE event SET body = CAST(replace(body, 'number is', 'number was') AS BLOB)"
            " WHERE call = ?",
            (newest["id"],),
        )
    assert "1 call is damaged and left out" in page(calls, "team")
    made = calls.run("report", "team", "--format", "csv", "--out", "-")
    assert newest["id"][-8:] in made.err
    assert "This call is not as it was written" in page(calls, "call", "last")
