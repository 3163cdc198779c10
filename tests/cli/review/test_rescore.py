"""callcoach review rescore and import: calls judged again, and transcripts taken in once."""

import json
from pathlib import Path

import pytest

from callcoach.archive.journal import Journal
from callcoach.archive.reviews import ReviewRow
from callcoach.call.summary import flag_stories
from callcoach.cli.judging import engine_digest
from callcoach.errors import JournalBusy
from callcoach.script.model import Script
from tests.cli.home import Home
from tests.cli.review.test_commands import FORM

TEXT = "Agent: Good morning.\nCustomer: Who is this?\nAgent: Goodbye.\n"


MORE = """\
  more:
    title: {zh: 另外, en: More}
    questions:
      thanks: {zh: 道谢, en: Thanks, cue: courtesy.say_thanks, unknown: no}
"""
START = ("review", "start", "last", "--form", "mine.yaml")


@pytest.fixture
def reviewed(home: Home) -> Home:
    """Return a home with a call and a submitted review of it."""
    home.make_call()
    home.write("mine.yaml", FORM)
    home.run(*START, "--as", "Wang")
    home.run("review", "answer", "last", "clear", "no", "--as", "Wang")
    assert home.run("review", "submit", "last", "--as", "Wang").code == 0
    return home


def also_reviewed(home: Home, answer: str) -> None:
    """Let a second person review the last call."""
    home.run(*START, "--as", "Bo", "--also")
    home.run("review", "answer", "last", "clear", answer, "--as", "Bo")
    assert home.run("review", "submit", "last", "--as", "Bo").code == 0


def test_what_was_pinned_comes_out_the_same(reviewed: Home) -> None:
    found = reviewed.run("review", "rescore", "--all", "--json").json
    assert (found["judged"], found["changed"], found["skipped"]) == (1, 0, [])
    assert found["results"][0]["after"]["score"]["percent"] == 50.0


def test_a_new_form_says_what_changed_and_writes_only_with_save(reviewed: Home) -> None:
    reviewed.write("new.yaml", FORM.replace("Was clear,", "Was clear, weight: 3,"))
    words = ("review", "rescore", "last", "--with", "new.yaml")
    found = reviewed.run(*words, "--json").json["results"][0]
    assert [(it["question"], it["why"]) for it in found["changes"]] == [("clear", "worth")]
    assert found["before"]["form_digest"] != found["after"]["form_digest"]
    assert (found["before"]["score"]["percent"], found["after"]["score"]["percent"]) == (50.0, 25.0)
    assert reviewed.run("review", "show", "last", "--json").json["rescored"] == []
    assert "50.0% → 25.0%" in reviewed.run(*words, "--save").out
    kept = reviewed.run("review", "show", "last", "--json").json
    assert kept["rescored"][0]["score"]["percent"] == 25.0
    assert kept["submitted"]["score"]["percent"] == kept["score"]["percent"] == 50.0
    assert "计分" in reviewed.run(*words, language="zh").out


def test_what_judged_is_pinned_and_told_where_it_is_another_now(
    reviewed: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned = reviewed.run("review", "show", "last", "--json").json
    assert pinned["engine"] == engine_digest()
    assert pinned["learned"] is None
    monkeypatch.setattr("callcoach.cli.judging.engine_digest", lambda: "another")
    reviewed.write("new.yaml", FORM.replace("Was clear,", "Was clear, weight: 3,"))
    told = reviewed.run("review", "rescore", "last", "--with", "new.yaml").out
    assert f"({engine_digest()}) judged then" in told
    assert "(another) now" in told


def test_the_digest_of_what_judges_is_that_of_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def digest() -> str:
        return engine_digest.__wrapped__()

    for room in ("words", "script", "call", "review", "tui"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "a.py").write_text("a = 1\n", encoding="utf-8")
    monkeypatch.setattr("callcoach.cli.judging.files", lambda _: tmp_path)
    first = digest()
    (tmp_path / "tui" / "a.py").write_text("a = 2\n", encoding="utf-8")
    (tmp_path / "words" / "a.py").write_bytes(b"a = 1\r\n")
    assert digest() == first
    (tmp_path / "call" / "a.py").write_text("a = 2\n", encoding="utf-8")
    assert digest() != first


def test_what_a_team_taught_is_read_once_for_all_reviews(
    reviewed: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    also_reviewed(reviewed, "no")
    read: list[str] = []

    def digest(_: object, script: Script) -> str:
        read.append(script.id)
        return ""

    monkeypatch.setattr("callcoach.cli.judging.learned_digest", digest)
    found = reviewed.run("review", "rescore", "--all", "--json").json
    assert (len(found["results"]), read) == (2, ["courtesy"])


def test_a_review_that_went_on_meanwhile_stops_no_other(
    reviewed: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    also_reviewed(reviewed, "yes")
    reviewed.write("new.yaml", FORM.replace("Was clear,", "Was clear, weight: 3,"))
    saved: list[str] = []

    def save(_: Path, row: ReviewRow, *__: object) -> None:
        if not saved:
            saved.append(row.id)
            raise JournalBusy("the review {id} went on in another window", "try again", id=row.id)
        saved.append(row.id)

    monkeypatch.setattr("callcoach.cli.review.rescore.save", save)
    words = ("review", "rescore", "--all", "--with", "new.yaml", "--save")
    told = reviewed.run(*words)
    assert (told.code, len(set(saved))) == (0, 2)
    assert "went on in another window" in told.err


def test_calls_that_nobody_has_reviewed_are_counted(reviewed: Home) -> None:
    reviewed.make_call()
    assert "nobody has reviewed it" in reviewed.run("review", "rescore", "--all").err
    reviewed.make_call()
    told = reviewed.run("review", "rescore", "--all").err.splitlines()
    assert [line for line in told if "reviewed" in line] == [
        "! 2 calls that nobody has reviewed are left out; name a form to judge them by"
    ]


def test_another_form_is_no_new_version_of_a_review(reviewed: Home) -> None:
    reviewed.write("other.yaml", FORM.replace("form: mine", "form: other"))
    found = reviewed.run("review", "rescore", "last", "--with", "other.yaml", "--json").json
    assert [it["review"] for it in found["results"]] == [None]


def test_another_share_of_a_section_is_told(reviewed: Home) -> None:
    reviewed.write("new.yaml", FORM + MORE)
    told = reviewed.run("review", "rescore", "last", "--with", "new.yaml").out
    assert "100.0% → 50.0% of the score" in told
    assert "More: 0.0% → 50.0% of the score" in told


def test_times_are_those_at_which_lines_begin(home: Home) -> None:
    said = {"speaker": "agent", "text": "Good morning, Ms Wang.", "stime": 12, "etime": 19}
    home.write("a.json", json.dumps([said]))
    home.run("review", "import", "a.json", "--pack", "courtesy")
    home.write("mine.yaml", FORM.replace("cue: courtesy.greet", "cue: courtesy.recording_notice"))
    home.write("new.yaml", FORM)
    home.run("review", "start", "last", "--form", "mine.yaml", "--as", "Wang")
    home.run("review", "answer", "last", "clear", "no", "--as", "Wang")
    assert home.run("review", "submit", "last", "--as", "Wang").code == 0
    words = ("--with", "new.yaml", "--with", "pack:courtesy")
    told = home.run("review", "rescore", "last", *words).out
    assert "0:12 “" in told
    assert "0:19" not in told


def test_a_call_without_a_review_needs_a_form(home: Home) -> None:
    home.make_call()
    home.write("mine.yaml", FORM)
    bare = home.run("review", "rescore", "last", "--json").json
    assert (bare["judged"], len(bare["skipped"])) == (0, 1)
    named = home.run("review", "rescore", "last", "--with", "mine.yaml", "--json").json
    assert (named["judged"], named["changed"]) == (1, 0)


SLIPS: list[tuple[tuple[str, ...], str]] = [
    ((), "--all"),
    (("last", "--all"), "--all"),
    (("last", "--with", "courtesy"), "form:courtesy"),
    (("last", "--with", "nope"), "pack:courtesy"),
    (("last", "--with", "form:courtesy", "--with", "form:compliance"), "two forms"),
    (("last", "--with", "pack:courtesy", "--with", "pack:overdue"), "two packs"),
]


def test_a_slip_is_told_with_a_remedy(reviewed: Home) -> None:
    for words, told in SLIPS:
        made = reviewed.run("review", "rescore", *words)
        assert made.code == 2
        assert told in made.err


def test_transcripts_are_taken_once_and_damage_stops_nothing(home: Home) -> None:
    for name, text in (("a.txt", TEXT), ("b.txt", TEXT), ("bad.json", '{"x":')):
        home.write(name, text)
    rows = [{"speaker": "agent", "text": "Hello.", "stime": 0, "etime": 1}]
    home.write("c.json", json.dumps(rows))
    words = ("review", "import", "a.txt", "b.txt", "bad.json", "c.json", "--pack", "courtesy")
    made = home.run(*words, "--json")
    assert made.code == 1
    told = made.json
    assert (told["new"], told["known"], told["unreadable"]) == (2, 1, 1)
    assert "bad.json" in told["calls"][2]["error"]
    again = home.run(*words, language="zh")
    assert (again.code, "已有" in again.err) == (1, True)
    listed = home.run("calls", "--json").json
    assert [call["mode"] for call in listed] == ["import", "import"]
    assert home.run("journal", "verify").code == 0
    judged = home.run("review", "rescore", "--all", "--with", "form:courtesy", "--json").json
    assert (judged["judged"], judged["changed"]) == (2, 0)


def test_an_imported_call_is_judged_as_a_replayed_one(home: Home) -> None:
    home.write("a.txt", TEXT)
    replayed = home.run("replay", "a.txt", "--pack", "courtesy", "--json").json
    home.run("review", "import", "a.txt", "--pack", "courtesy", "--agent-name", "Li")
    with Journal(home.path / ".local/share/callcoach/journal.db") as journal:
        events = journal.events(journal.find("last").id)
    flags = [story.raised.cue for story in flag_stories(events)]
    assert flags == [flag["cue"] for flag in replayed["flags"]]
    assert home.run("calls", "--json").json[0]["agent"] == "Li"
