"""callcoach rules: rules from other systems and to them, and what they make of words."""

import json
from pathlib import Path

import pytest

from tests.cli.home import Home

EXAMPLES = Path(__file__).parents[2] / "script" / "exchange" / "examples"
PACK = """\
callcoach: 1
pack: demo_rules
version: "1"
title: {en: Rules, zh: 规则}
languages: [en, zh]
rules:
  thanks:
    title: {en: Thanks, zh: 感谢}
    labels: thanks
    heard: {en: ["(thank you|thanks)"], zh: [谢谢, 感谢]}
  promise:
    labels: [promise_to_pay, promise]
    speaker: customer
    any:
      - {heard: {en: [i will pay ...3 (today|tomorrow)], zh: [我...6还]}}
      - {rule: agrees, after: {rule: proposal, within: 1 turn}}
  agrees: {internal: yes, heard: {en: [yes], zh: [好的]}}
  proposal: {speaker: agent, heard: {en: [can you pay], zh: [能不能还]}}
  no_thanks: {scope: call, absent: {rule: thanks}}
"""
CALL = "Agent: Can you pay it tomorrow?\nCustomer: Yes.\nAgent: Fine, goodbye.\n"


def bring(home: Home, *names: str) -> None:
    """Put examples of other systems' rules, and a pack, on the desk."""
    home.write("demo_rules.yaml", PACK.encode())
    home.write("call.txt", CALL.encode())
    for name in names:
        home.write(f"{name}.json", (EXAMPLES / f"{name}.json").read_bytes())


def test_import_prints_a_section_and_reports_beside_it(home: Home) -> None:
    bring(home, "contact_lens")
    made = home.run("rules", "import", "contact_lens.json")
    assert made.code == 0
    assert "rules:\n  no_greeting:\n" in made.out
    assert "pack:" not in made.out
    assert "# left out: Angry" in made.out
    assert "4 rules: carried over 2, nearly 0, left out 2" in made.err
    assert "$.Rules[3].Function.RuleFunction.Operands[0]  Sentiment.State" in made.err
    assert max(map(len, made.err.splitlines())) <= 100


@pytest.mark.parametrize("name", ["contact_lens", "transcribe", "google", "aliyun"])
def test_an_imported_pack_can_be_checked_listed_and_exported(home: Home, name: str) -> None:
    bring(home, name)
    made = home.run("rules", "import", f"{name}.json", "--pack", "other", "-o", "other.yaml")
    assert made.code == 0
    assert "callcoach script check ./other.yaml" in made.out
    assert home.run("script", "check", "./other.yaml").code == 0
    listed = home.run("rules", "list", "./other.yaml", "--json").json
    assert listed["pack"] == "other"
    assert listed["rules"]
    to = name.replace("_", "-")
    out = home.run("rules", "export", "./other.yaml", "--to", to, "--json").json
    assert out["counts"]["left_out"] == 0
    assert out["counts"]["carried"] == sum(not rule["internal"] for rule in listed["rules"])


def test_import_as_json_has_everything(home: Home) -> None:
    bring(home, "contact_lens")
    told = home.run("rules", "import", "contact_lens.json", "--approximate", "--json").json
    assert told["counts"] == {"carried": 2, "approximated": 1, "left_out": 1}
    assert told["system"] == "contact-lens"
    assert told["yaml"].startswith("# Imported from contact-lens rules in contact_lens.json.\n")
    unhappy = next(rule for rule in told["rules"] if rule["name"] == "Unhappy")
    assert {it["handling"] for it in unhappy["items"]} == {"approximated"}


def test_a_file_is_not_overwritten_unasked(home: Home) -> None:
    bring(home, "google")
    words = ("rules", "import", "google.json", "-o", "made.yaml")
    assert home.run(*words).code == 0
    again = home.run(*words)
    assert (again.code, "--force" in again.err) == (2, True)
    assert home.run(*words, "--force").code == 0


def test_nothing_that_can_be_taken_over_is_a_failure(home: Home) -> None:
    value = json.loads((EXAMPLES / "google.json").read_text("utf-8"))["phraseMatchers"][2]
    home.write("old.json", json.dumps(value).encode())
    made = home.run("rules", "import", "old.json", "-o", "made.yaml")
    assert made.code == 1
    assert not (home.desk / "made.yaml").exists()


def test_export_writes_what_it_can_and_says_what_not(home: Home) -> None:
    bring(home)
    made = home.run(
        "rules", "export", "./demo_rules.yaml", "--to", "aliyun", "--only", "thanks", "-o", "a.json"
    )
    assert made.code == 0
    value = json.loads((home.desk / "a.json").read_text("utf-8"))
    assert [rule["name"] for rule in value["rules"]] == ["Thanks"]
    out = home.run("rules", "export", "./demo_rules.yaml", "--to", "google")
    assert out.code == 0
    assert [it["displayName"] for it in json.loads(out.out)] == ["Thanks", "proposal"]
    assert "✗ promise" in out.err
    live = home.run(
        "rules", "export", "./demo_rules.yaml", "--to", "transcribe", "--live", "--json"
    )
    assert {it["InputType"] for it in live.json["value"]} == {"REAL_TIME"}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_rules_are_listed(home: Home, language: str) -> None:
    bring(home)
    told = home.run("rules", "list", "./demo_rules.yaml", language=language)
    assert told.code == 0
    assert "promise_to_pay, promise" in told.out
    assert "demo_rules.yaml:7" in told.out
    assert {"en": "an utterance · Customer", "zh": "一句话 · 客户"}[language] in told.out
    rows = home.run("rules", "list", "./demo_rules.yaml", "--json").json["rules"]
    assert [row["id"].partition(".")[2] for row in rows] == [
        *("thanks", "promise", "agrees", "proposal", "no_thanks")
    ]
    assert rows[3]["rule"] == {
        "heard": {"en": ["can you pay"], "zh": ["能不能还"]},
        "speaker": "agent",
    }


def test_a_sentence_is_tried(home: Home) -> None:
    bring(home)
    said = ("--text", "I will pay it tomorrow, thanks", "--speaker", "customer")
    told = home.run("rules", "test", "./demo_rules.yaml", *said)
    assert told.code == 0
    assert "promise  “I will pay it tomorrow”  by the phrase i will pay" in told.out
    assert "thanks  “thanks”" in told.out
    found = home.run("rules", "test", "./demo_rules.yaml", *said, "--only", "promise", "--json")
    (hit,) = found.json["hits"]
    assert (hit["start"], hit["end"], hit["labels"]) == (0, 22, ["promise_to_pay", "promise"])
    agent = home.run("rules", "test", "./demo_rules.yaml", *said[:2], "--only", "promise")
    assert (agent.code, "No rule holds." in agent.out) == (1, True)


@pytest.mark.parametrize("command", [["list"], ["test", "--text", "pay"]])
def test_what_was_read_otherwise_than_meant_is_told(home: Home, command: list[str]) -> None:
    home.write(
        "odd.yaml", PACK.replace("demo_rules", "odd").encode() + b"  odd: {en: pay # now\n}\n"
    )
    made = home.run("rules", command[0], "odd.yaml", *command[1:])
    assert made.code == 0
    assert "CC011  the text ends before “# now”" in made.err


def test_a_call_is_tried(home: Home) -> None:
    bring(home)
    told = home.run("rules", "test", "./demo_rules.yaml", "call.txt", "--json").json
    assert [(hit["rule"], hit["utterance"]) for hit in told["hits"]] == [
        ("demo_rules.proposal", 1),
        ("demo_rules.promise", 2),
        ("demo_rules.no_thanks", None),
    ]
    lines = home.run("rules", "test", "./demo_rules.yaml", "call.txt", language="zh").out
    assert "no_thanks" in lines


def test_what_is_known_before_a_call_can_be_given(home: Home) -> None:
    home.write(
        "known.yaml",
        b"callcoach: 1\npack: known\nversion: 1\ntitle: Known\nlanguages: [en]\n"
        b"facts: {tier: {title: Tier, given: yes}}\n"
        b"rules: {gold: {scope: call, all: [{attribute: tier, is: gold}, {heard: hello}]}}\n",
    )
    said = ("rules", "test", "./known.yaml", "--text", "hello")
    assert home.run(*said).code == 1
    assert home.run(*said, "--fact", "tier=gold").code == 0
    assert home.run(*said, "--fact", "tier").code == 2


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("import", "none.json"), 1, "cannot be read"),
        (("import", "garbage.json"), 1, "line 2: this is no JSON"),
        (("import", "bytes.json"), 1, "is not UTF-8"),
        (("import", "deep.json"), 1, "nested too deeply"),
        (("import", "digits.json"), 1, "has too many digits"),
        (("import", "empty.json"), 1, "no system that is known"),
        (("import", "empty.json", "--from", "aliyun"), 1, "there is no “conditions”"),
        (("import", "google.json", "--pack", "Not-A-Name"), 2, "cannot be the name of a pack"),
        (("import", "google.json", "--pack", "null"), 2, "cannot be the name of a pack"),
        (("import", "google.json", "--from", "acme"), 2, "it takes one of auto"),
        (("import", "google.json", "-o", "no/where.yaml"), 2, "cannot be written"),
        (("export", "demo_rules.yaml", "--to", "aliyun", "--live"), 2, "leave out --live"),
        (("export", "demo_rules.yaml", "--to", "aliyun", "--only", "thnks"), 2, "mean thanks?"),
        (("export", "demo_rules.yaml"), 2, "--to is missing"),
        (("list", "nowhere"), 1, "there is no pack “nowhere”"),
        (("test", "demo_rules.yaml"), 2, "nothing to try the rules on"),
        (("test", "demo_rules.yaml", "call.txt", "--text", "x"), 2, "two things at once"),
        (("test", "demo_rules.yaml", "--text", "x", "--only", "thnks"), 2, "mean thanks?"),
        (("test", "demo_rules.yaml", "none.txt"), 1, "cannot be read"),
        (("test", "wrong.yaml", "--text", "x"), 1, "wrong.yaml:20:3: the rule “odd” cannot use"),
        (("list", "wrong.yaml"), 1, "wrong.yaml:20:3: the rule “odd” cannot use"),
        (("tst",), 2, "did you mean test?"),
    ],
)
def test_what_cannot_be_done_says_why(
    home: Home, words: tuple[str, ...], code: int, told: str
) -> None:
    bring(home, "google")
    home.write("garbage.json", b'{"a": 1,\n "b" 2}')
    home.write("bytes.json", b'{"a": "\xff"}')
    home.write("deep.json", b"[" * 200_000)
    home.write("digits.json", b"[" + b"9" * 5_000 + b"]")
    home.write("empty.json", b"{}")
    wrong = PACK.replace("demo_rules", "wrong") + "  odd: {absent: {rule: thanks}}\n"
    home.write("wrong.yaml", wrong.encode())
    made = home.run("rules", *words)
    assert (made.code, told in made.err) == (code, True), made.err
    assert home.run("rules", *words, language="zh").code == code


DATED = (
    PACK
    + """\
  old_law: {until: 2020-01-01, heard: {en: [thank you], zh: [谢谢]}}
"""
)


def test_a_rule_out_of_force_does_not_hold_and_is_told(home: Home) -> None:
    home.write("demo_rules.yaml", DATED.encode())
    words = ("rules", "test", "./demo_rules.yaml", "--text", "thank you")
    told = home.run(*words, "--json").json
    assert [hit["rule"] for hit in told["hits"]] == ["demo_rules.thanks"]
    assert told["not_in_force"] == ["demo_rules.old_law"]
    assert "old_law" in home.run(*words).out.splitlines()[-1]
    then = home.run(*words, "--day", "2019-06-01", "--json").json
    assert {hit["rule"] for hit in then["hits"]} == {"demo_rules.thanks", "demo_rules.old_law"}
    assert (then["day"], then["not_in_force"]) == ("2019-06-01", [])
    assert home.run(*words, "--day", "June").code == 2


def test_a_transcript_that_knows_its_day_is_tried_on_that_day(home: Home) -> None:
    home.write("demo_rules.yaml", DATED.encode())
    said = [{"speaker": "agent", "text": "thank you", "stime": 0, "etime": 1}]
    call = {"started": "2019-06-01T10:00:00Z", "utterances": said}
    home.write("call.json", json.dumps(call).encode())
    told = home.run("rules", "test", "./demo_rules.yaml", "call.json", "--json").json
    assert told["day"] == "2019-06-01"
    assert told["not_in_force"] == []


def test_phrases_that_were_compiled_once_are_kept(home: Home) -> None:
    once = PACK.replace("(thank you|thanks)", "(thank you|thanks|compiled only here)")
    home.write("demo_rules.yaml", once.encode())
    home.environment["XDG_CACHE_HOME"] = str(home.path / "cache")
    words = ("rules", "test", "./demo_rules.yaml", "--text", "thank you")
    home.run(*words)
    kept = {file: file.stat().st_mtime_ns for file in home.path.rglob("*.phrases")}
    assert kept
    home.run(*words)
    assert {file: file.stat().st_mtime_ns for file in home.path.rglob("*.phrases")} == kept


def test_the_example_of_the_docs_writes_a_file(home: Home) -> None:
    words = (
        "rules",
        "export",
        "overdue",
        "--to",
        "contact-lens",
        "--approximate",
        "-o",
        "out.json",
    )
    assert home.run(*words).code == 0
    made = json.loads((home.desk / "out.json").read_bytes())
    assert len(made) >= 5


def test_a_hit_tells_what_was_compared(home: Home) -> None:
    words = ("rules", "test", "courtesy", "--text", "THANK-you, Anna", "--speaker", "agent")
    hits = home.run(*words, "--json").json["hits"]
    thanks = next(hit for hit in hits if "thanks" in hit["labels"])
    assert (thanks["words"], thanks["normalised"]) == ("THANK-you", "thank you")
    assert thanks["confidence"] == 1.0


def test_of_very_many_rules_only_the_nearest_are_told(home: Home) -> None:
    told = home.run("rules", "test", "overdue", "--text", "hi", "--only", "nope")
    assert (told.code, len(told.err) < 300) == (2, True)
    assert "there are" in told.err
    meant = home.run("rules", "test", "overdue", "--text", "hi", "--only", "promise_to_pai")
    assert "did you mean promise_to_pay?" in meant.err.lower()
