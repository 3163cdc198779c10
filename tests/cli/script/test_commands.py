"""callcoach script: what trainers make, check, rehearse, draw and translate."""

import json
from pathlib import Path

import pytest

from callcoach.script.judges import Judge
from callcoach.script.library import Library
from callcoach.script.load.judges import write_judges
from callcoach.script.rules import RuleId
from tests.archive.support import full
from tests.cli.home import Home


def make_pack(home: Home, *more: str) -> Path:
    """Make a pack in the present folder."""
    assert home.run("script", "new", "survey", "--dir", ".", *more).code == 0
    return home.desk / "survey"


def test_a_new_pack_is_whole_and_can_be_used_at_once(home: Home) -> None:
    made = home.run("script", "new", "survey", "--json").json
    assert Path(made["path"]).is_relative_to(home.path)
    assert home.run("script", "check", "survey", "--strict").code == 0
    assert home.run("script", "test", "survey", "--full").code == 0
    assert home.run("call", "survey", "--line-mode", given="quit\n").code == 0
    again = home.run("script", "new", "survey")
    assert (again.code, "choose another name" in again.err) == (2, True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_check_names_place_code_and_remedy(home: Home, language: str) -> None:
    head = make_pack(home) / "pack.yaml"
    head.write_text(head.read_text("utf-8") + "\nbogus: 1\n", "utf-8")
    found = home.run("script", "check", "./survey", language=language)
    assert found.code == 1
    assert "survey/pack.yaml:" in found.out
    assert "CC004" in found.out
    assert "\x1b[" not in found.out
    (told,) = home.run("script", "check", "./survey", "--json").json
    assert (told["code"], told["level"]) == ("CC004", "error")
    assert {"en", "zh"} <= told["message"].keys()
    failed = home.run("script", "test", "./survey", language=language)
    assert failed.code == 1


def test_a_plan_that_fails_says_where_and_what_came(home: Home) -> None:
    plan = next((make_pack(home) / "plans").glob("*.yaml"))
    text = plan.read_text("utf-8")
    plan.write_text(text.replace("outcome:", "outcome: nowhere #", 1), "utf-8")
    tested = home.run("script", "test", "./survey")
    assert tested.code == 1


def test_test_and_coverage_count_what_is_reached(home: Home) -> None:
    make_pack(home)
    tested = home.run("script", "test", "./survey", "--json").json
    assert tested["packs"][0]["passed"] is True
    reached = home.run("script", "coverage", "./survey", "--calls", "--json").json["packs"][0]
    assert reached["plans"]["missed"] == []
    assert reached["calls"]["calls"] == 0
    assert "走到" in home.run("script", "coverage", "./survey", language="zh").out


def test_a_drawing_is_printed_or_written(home: Home) -> None:
    make_pack(home)
    assert home.run("script", "graph", "./survey").out.startswith("flowchart")
    assert home.run("script", "graph", "./survey", "-o", "s.svg").out.strip() == "s.svg"
    assert "<svg" in (home.desk / "s.svg").read_text("utf-8")


def test_strings_go_out_and_come_back(home: Home) -> None:
    make_pack(home, "--in", "zh", "--in", "en")
    words = ("./survey", "--from", "zh", "--to", "en", "-o", "s.csv")
    assert home.run("script", "strings", "export", *words).code == 0
    again = home.run("script", "strings", "export", *words)
    assert (again.code, "--force" in again.err) == (2, True)
    back = home.run("script", "strings", "import", "./survey", "s.csv", "--dry-run", "--json")
    assert (back.code, back.json["written"]) == (0, 0)
    assert home.run("script", "strings", "accept", "./survey").code == 0


def test_explain_knows_codes_names_and_slips(home: Home) -> None:
    assert "unknown-key" in home.run("script", "explain", "cc4").out
    assert "怎么改" in home.run("script", "explain", "unknown-key", language="zh").out
    assert len(home.run("script", "explain", "--json").json) >= 40
    slip = home.run("script", "explain", "unkown-key")
    assert (slip.code, slip.err.count("did you mean unknown-key?")) == (2, 1)


def test_list_and_schema(home: Home) -> None:
    rows = home.run("script", "list", "--json").json
    packs = ["community", "compliance", "courtesy", "home_visit", "overdue"]
    assert [row["pack"] for row in rows] == packs
    assert "逾期" in home.run("script", "list", language="zh").out
    assert "$schema" in json.loads(home.run("script", "schema").out)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("check", "overdu"), 1, "did you mean overdue?"),
        (("check", "garbage"), 1, "there is no pack “garbage”"),
        (("check", "overdue", "--model", "none"), 6, "there is no speech model at none"),
        (("test", "overdue", "--plan", "presing"), 1, "there is no plan “presing”"),
        (("test", "overdue", "--in", "fr"), 2, "no pack here is in “fr”"),
        (("graph", "overdue", "--in", "fr"), 2, "is not in “fr”"),
        (("graph", "overdue", "-o", "/no/folder/x.svg"), 2, "cannot be written"),
        (("graph", "overdue", "-o", ""), 2, "an empty text names no file"),
        (("graph",), 2, "PACK is missing"),
        (("new", "Bad-Name"), 2, "cannot be the name of a pack"),
        (("new", "survey", "--dir", "/proc/none"), 1, "cannot be made"),
        (("strings", "import", "overdue", "none.csv"), 1, "cannot be read"),
        (("strings", "import", "overdue", "garbage"), 1, "garbage"),
        (("strings", "import", "overdue", ""), 2, "an empty text names no file"),
        (("strings", "export", "overdue", "--from", "zh", "--to", "fr"), 2, "is not in “fr”"),
        (("strings", "export", "overdue", "--from", "zh"), 2, "--to is missing"),
        (("chek",), 2, "did you mean check?"),
    ],
)
def test_what_cannot_be_done_says_why(
    home: Home, words: tuple[str, ...], code: int, told: str
) -> None:
    home.write("garbage", b"\x00\xff\x91,;\n")
    made = home.run("script", *words)
    assert (made.code, told in made.err) == (code, True), made.err
    assert home.run("script", *words, language="zh").code == code


def test_half_a_pack_does_not_stay(home: Home) -> None:
    with full(500):
        made = home.run("script", "new", "survey", "--dir", ".")
    assert (made.code, "cannot be written" in made.err, "free some" in made.err) == (1, True, True)
    assert list(home.desk.iterdir()) == []
    assert home.run("script", "new", "survey", "--dir", ".").code == 0


def test_explain_tells_a_rule_and_what_rests_on_it(home: Home) -> None:
    head = make_pack(home, "--in", "en") / "pack.yaml"
    rules = "\nrules:\n  thanks: {heard: thank you}\n  nice: {rule: thanks, speaker: customer}\n"
    head.write_text(head.read_text("utf-8") + rules, "utf-8")
    told = home.run("script", "explain", "./survey.thanks").out
    assert "the words thank you" in told
    assert "survey/pack.yaml:" in told
    assert "rule survey.nice" in told
    found = home.run("script", "explain", "./survey.nice", "--json").json
    assert [line["depth"] for line in found["outline"]] == [0, 1]
    assert found["judges"] == []
    slip = home.run("script", "explain", "./survey.thank")
    assert (slip.code, "thanks" in slip.err) == (2, True)
    assert home.run("script", "explain", "./survey.zzz").code == 2


def test_explain_tells_that_a_pack_brings_a_judge_for_a_rule(home: Home) -> None:
    head = make_pack(home, "--in", "en") / "pack.yaml"
    head.write_text(head.read_text("utf-8") + "\nrules:\n  thanks: {heard: thank you}\n", "utf-8")
    assert "learned judge" not in home.run("script", "explain", "./survey.thanks").out
    loaded = Library((head.parents[1],)).load("survey")
    assert loaded.script is not None
    judge = Judge(bias=-3.0, scale=0.1, weights={"obliged": 100}, gain=0.1, calls=20)
    judges = {"en": {RuleId("survey.thanks"): judge}}
    text = write_judges(loaded.script.of_rules, judges)
    (head.parent / "judges.json").write_text(text, "utf-8")
    assert "finds more of it: English." in home.run("script", "explain", "./survey.thanks").out
    assert home.run("script", "explain", "./survey.thanks", "--json").json["judges"] == ["en"]
    said = ("--text", "much obliged", "--speaker", "agent")
    assert "by the learned judge" in home.run("rules", "test", "./survey", *said).out
