"""callcoach cues: what reviewed calls teach, is kept only where it is better, and is then used."""

import json
import sqlite3
from pathlib import Path

import pytest

from callcoach.cli.cues.reviewed import unlabelled
from callcoach.cli.workplace import Workplace
from callcoach.script.judges import FILE, Judge
from callcoach.script.library import Library
from callcoach.script.load.judges import write_judges
from callcoach.script.rules import RuleId
from tests.cli.home import Home
from tests.review.learning.calls import team_calls
from tests.sessions import shipped_coach
from tests.support import dump, minimal

PACK = minimal(
    rules={"thanks": {"title": "Thanks", "labels": "thanks", "heard": ["(thank you|thanks)"]}},
    cues={"thank": {"title": "Thank them", "in": "hello", "rule": "thanks"}},
)


@pytest.fixture
def reviewed(home: Home) -> Path:
    """Return a table of reviewed calls; the pack that they are about is the one that is set."""
    folder = home.path / "packs" / "example"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(dump(PACK), encoding="utf-8")
    home.environment["CALLCOACH_PACKS"] = str(folder.parent)
    home.environment["CALLCOACH_PACK"] = "example"
    rows = ["call\tspeaker\ttext\tlabels"]
    rows += [
        f"{call.id}\t{one.speaker}\t{one.text}\t{','.join(one.labels)}"
        for call in team_calls()
        for one in call.utterances
    ]
    file = home.path / "reviewed.tsv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def thanked(home: Home) -> list[dict[str, object]]:
    """Return the times that a transcript meets the cue by the team's own words."""
    transcript = home.path / "call.json"
    said = {"speaker": "agent", "text": "We are much obliged to you", "stime": 0, "etime": 2}
    transcript.write_text(json.dumps([said]), encoding="utf-8")
    told = home.run("replay", str(transcript), "--json").json
    return list(told["heard"])


def bring_judge(home: Home) -> Path:
    """Add a judge of thanks to the pack; return its file."""
    loaded = Library((home.path / "packs",)).load("example")
    assert loaded.script is not None
    weights = {"obliged": 100, "rule example.thanks": 127}
    judge = Judge(bias=-3.0, scale=0.1, weights=weights, gain=0.125, calls=77)
    file = home.path / "packs" / "example" / FILE
    judges = {"en": {RuleId("example.thanks"): judge}}
    file.write_text(write_judges(loaded.script.of_rules, judges), encoding="utf-8")
    return file


def test_what_is_learned_is_used_until_it_is_forgotten(home: Home, reviewed: Path) -> None:
    assert thanked(home) == []
    told = home.run("cues", "learn", str(reviewed), "--json").json
    (rule,) = told["rules"]
    assert (rule["rule"], rule["used"]) == ("example.thanks", True)
    assert rule["judge_f1"] > rule["rule_f1"]
    (found,) = thanked(home)
    assert (found["by"], found["words"]) == ("model", "We are much obliged to you")
    assert home.run("cues", "show", "--json").json["is_current"] is True
    forget = ("cues", "forget", "--json")
    assert home.run(*forget).json == {"pack": "example", "forgotten": True}
    assert home.run(*forget).json == {"pack": "example", "forgotten": False}
    assert thanked(home) == []


def test_a_dry_run_keeps_nothing(home: Home, reviewed: Path) -> None:
    told = home.run("cues", "learn", str(reviewed), "--dry-run", "--json").json
    assert told["file"] is None
    assert home.run("cues", "show", "--json").json["rules"] == {}


def test_what_was_learned_for_another_version_of_the_pack_is_not_used(
    home: Home, reviewed: Path
) -> None:
    home.run("cues", "learn", str(reviewed))
    pack = home.path / "packs" / "example" / "pack.yaml"
    pack.write_text(dump({**PACK, "version": "2"}), encoding="utf-8")
    assert thanked(home) == []
    assert "learn anew" in home.run("cues", "show").out


@pytest.mark.usefixtures("reviewed")
def test_judges_that_the_pack_brings_are_told(home: Home) -> None:
    assert "its rules judge alone" in home.run("cues", "show").out
    assert home.run("cues", "show", "--json").json["brought"] == {}
    bring_judge(home)
    told = home.run("cues", "show").out
    assert "Thanks" + 30 * " " + "English  +0.12 F1, taught by 77 calls" in told
    assert "alone" not in told
    assert "由 77 通电话教出来" in home.run("cues", "show", language="zh").out
    brought = {"en": {"example.thanks": {"gain": 0.125, "calls": 77, "weights": 2}}}
    assert home.run("cues", "show", "--json").json["brought"] == brought
    (found,) = thanked(home)
    assert (found["by"], found["words"]) == ("model", "obliged")


def test_judges_of_both_are_told_apart(home: Home, reviewed: Path) -> None:
    home.run("cues", "learn", str(reviewed))  # while the rules judge alone
    bring_judge(home)
    told = home.run("cues", "show").out
    assert told.index("of your own:") < told.index("learn anew") < told.index("Brought by the pack")
    assert "goes before" not in told
    home.run("cues", "learn", str(reviewed))
    assert "it goes before the pack's" in home.run("cues", "show").out
    (found,) = thanked(home)
    assert found["words"] == "We are much obliged to you"  # the pack's would name the one word
    assert "judge, and the judges that it brings" in home.run("cues", "forget").out
    (found,) = thanked(home)
    assert found["words"] == "obliged"


@pytest.mark.usefixtures("reviewed")
def test_judges_of_other_rules_are_told_to_be_unused(home: Home) -> None:
    bring_judge(home)
    pack = home.path / "packs" / "example" / "pack.yaml"
    text = pack.read_text(encoding="utf-8")
    assert text.count("(thank you|thanks)") == 1
    pack.write_text(text.replace("(thank you|thanks)", "thank you"), encoding="utf-8")
    told = home.run("cues", "show").out
    assert "its rules judge alone" in told
    assert "judges.json:1:1: these judges were taught beside other rules" in told
    assert thanked(home) == []


def test_a_damaged_file_is_told_and_not_passed_over(home: Home, reviewed: Path) -> None:
    file = Path(home.run("cues", "learn", str(reviewed), "--json").json["file"])
    file.write_bytes(b"{")
    done = home.run("cues", "show")
    assert done.code == 2
    assert "cues learn" in done.err


def test_the_table_says_what_was_gained(home: Home, reviewed: Path) -> None:
    out = home.run("cues", "learn", str(reviewed)).out
    assert "Thanks" in out
    assert "✓ Thanks" in out
    assert max(map(len, out.splitlines()[:3])) <= 80
    chinese = home.run("--language", "zh", "cues", "learn", str(reviewed), "--dry-run").out
    assert "✓ Thanks" in chinese
    assert "used" not in chinese


def test_phrases_are_proposed(home: Home, reviewed: Path) -> None:
    found = home.run("cues", "suggest", str(reviewed), "--json").json
    assert any("obliged" in it["phrase"] and not it["unless"] for it in found)
    assert "obliged" in home.run("cues", "suggest", str(reviewed), "--label", "thanks").out
    wrong = home.run("cues", "suggest", str(reviewed), "--label", "thank")
    assert wrong.code == 2
    assert "thanks" in wrong.err


def test_what_was_learned_before_is_told_where_nothing_is_kept(home: Home, reviewed: Path) -> None:
    few = home.path / "few.tsv"
    lines = reviewed.read_text(encoding="utf-8").splitlines()
    calls = {line.split("\t")[0] for line in lines[1:]}
    some = sorted(calls)[:3]
    few.write_text(
        "\n".join([lines[0], *(it for it in lines[1:] if it.split("\t")[0] in some)]),
        encoding="utf-8",
    )
    learn = ("cues", "learn", str(few))
    assert "still used" not in home.run(*learn).out
    home.run("cues", "learn", str(reviewed))
    assert "still used" in home.run(*learn).out
    assert len(thanked(home)) == 1


def test_one_call_teaches_nothing(home: Home, reviewed: Path) -> None:
    lines = reviewed.read_text(encoding="utf-8").splitlines()
    reviewed.write_text("\n".join(lines[:3]), encoding="utf-8")
    done = home.run("cues", "learn", str(reviewed))
    assert done.code == 2
    assert "more reviewed calls" in done.err


def test_what_is_learned_is_for_its_owner_alone(home: Home, reviewed: Path) -> None:
    file = Path(home.run("cues", "learn", str(reviewed), "--json").json["file"])
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_labels_that_teach_nothing_are_told_by_name(home: Home, reviewed: Path) -> None:
    with reviewed.open("a", encoding="utf-8") as file:
        file.write("c0\tagent\tHello there\tgreets\n")
    told = home.run("cues", "learn", str(reviewed), "--dry-run", "--json").json
    assert told["not_taught"] == {"greets": "unknown"}
    assert "no rule gives the label: greets" in home.run("cues", "learn", str(reviewed)).out


def test_rules_and_judges_that_disagree_propose_phrases_without_labels(
    home: Home, reviewed: Path
) -> None:
    done = home.run("cues", "suggest", str(reviewed), "--judged")
    assert done.code == 2
    assert "cues learn" in done.err
    home.run("cues", "learn", str(reviewed))
    lines = reviewed.read_text(encoding="utf-8").splitlines()
    bare = [line.rpartition("\t")[0] + "\t" for line in lines[1:]]
    reviewed.write_text("\n".join([lines[0], *bare]) + "\n", encoding="utf-8")
    assert "nothing to propose" in home.run("cues", "suggest", str(reviewed)).out
    found = home.run("cues", "suggest", str(reviewed), "--judged", "--json").json
    assert any("obliged" in it["phrase"] and not it["unless"] for it in found)


def test_a_damaged_call_does_not_keep_the_others_from_being_compared(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        home.make_call()
    for name, value in home.variables().items():
        if name != "PATH":
            monkeypatch.setenv(name, value)
    place = Workplace({})
    with sqlite3.connect(place.journal_path) as db:
        db.execute("UPDATE event SET body = x'7b' WHERE call = (SELECT max(call) FROM event)")
    db.close()
    script = shipped_coach("courtesy").script
    assert len(unlabelled(place, script, ())) == 2
