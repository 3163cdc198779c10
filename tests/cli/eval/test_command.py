"""callcoach eval: labelled calls in, measures, errors and comparisons out."""

import json
import re
from pathlib import Path

import pytest

from callcoach.script.judges import Judge
from callcoach.script.library import Library
from callcoach.script.load.judges import write_judges
from callcoach.script.rules import RuleId
from callcoach.words.display import display
from callcoach.words.wrap import width
from tests.cli.home import Home

HEAD = "call\tspeaker\ttext\tlabels\tverified\n"
CALLS = 12
SAID = (
    ("agent", "Hello there.", "greeting"),
    ("customer", "Who is this?", ""),
    ("agent", "This is about a rather private matter.", "greeting"),
    ("agent", "Thank you.", "thanks"),
    ("agent", "Greetings to your wife.", ""),
)
PACK = """\
callcoach: 1
pack: mine
version: "1"
title: Mine
languages: [en]
start: hello
steps:
  hello: {title: Hello, say: {hi: Good morning.}, exits: {on: {label: On, to: bye}}}
  bye: {title: Bye, say: {farewell: Goodbye.}, outcome: done}
cues:
  greeting: {in: call, title: Greet, heard: [hello, greetings]}
  thanks: {in: call, title: Thank, heard: [thank you]}
outcomes:
  done: {code: DONE, title: Done}
"""


def table(calls: int = CALLS) -> str:
    rows = [
        f"c{call:02}\t{speaker}\t{text}\t{labels}\t{'yes' if call % 2 else 'no'}\n"
        for call in range(calls)
        for speaker, text, labels in SAID
    ]
    return HEAD + "".join(rows)


@pytest.fixture
def bench(home: Home) -> Home:
    """Return a home with labelled calls and a pack that is right about most of them."""
    home.write("calls.tsv", table())
    for name, text in (("mine", PACK), ("better", PACK.replace("[hello, greetings]", "[hello]"))):
        folder = home.desk / name
        folder.mkdir()
        (folder / "pack.yaml").write_text(text.replace("pack: mine", f"pack: {name}"), "utf-8")
    return home


def evaluate(bench: Home, *words: str, pack: str = "./mine", language: str = "en") -> str:
    made = bench.run("eval", "calls.tsv", *words, "--pack", pack, language=language)
    assert (made.code, made.err) == (0, "")
    return made.out


def test_a_label_has_its_measures(bench: Home) -> None:
    told = evaluate(bench)
    row = next(line for line in told.splitlines() if line.startswith("  greeting"))
    assert row.split()[:4] == ["greeting", "24", "50.0", "50–50"] or "24  50.0" in row
    found = bench.run("eval", "calls.tsv", "--json", "--pack", "./mine").json
    rows = {one["label"]: one for one in found["all"]["labels"] if one["speaker"] == "agent"}
    greeting = rows["greeting"]
    assert (greeting["hits"], greeting["extras"], greeting["misses"]) == (12, 12, 12)
    assert greeting["total"] == 48
    assert rows["thanks"]["f1"]["value"] == 1
    assert rows["thanks"]["f1"]["low"] < 1
    assert found["all"]["macro_f1"]["value"] == pytest.approx(0.75)
    assert found["pack"]["name"] == "mine 1"
    assert found["all"]["twin_calls"] == CALLS - 1


def test_labels_that_nothing_in_the_pack_can_give_are_named(bench: Home) -> None:
    assert "Nothing in this pack" not in evaluate(bench)
    assert "Nothing in this pack is called hello." in evaluate(bench, "--map", "greeting=hello")
    found = bench.run(
        "eval", "calls.tsv", "--json", "--pack", "./mine", "--map", "greeting=hello"
    ).json
    assert found["unknown_labels"] == ["hello"]


def test_the_worst_errors_come_with_their_phrases(bench: Home) -> None:
    told = evaluate(bench, "--errors", "30")
    assert "greetings" in told
    assert "[Greetings] to your wife" in told
    assert "12 right, 12 wrong" in told or "0 right, 12 wrong" in told
    assert "a rather private matter" not in evaluate(bench, "--errors", "0")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_fits_on_a_terminal_and_speaks_the_language(bench: Home, language: str) -> None:
    bench.write("zh.tsv", HEAD + "z1\t坐席\t您好，请问您是王先生吗？\tgreeting\tno\n" * 3)
    evaluate(bench, "--save", "old.json")
    words = ("--noise", "20", "--against", "./better", "--cross", "3", "--errors", "40")
    made = bench.run("eval", "calls.tsv", "zh.tsv", *words, "--pack", "./mine", language=language)
    assert (made.code, made.err) == (0, "")
    for line in made.out.splitlines():
        assert width(line) <= 80, line
        assert line == line.rstrip()
    english = re.search(r"Precision|Worst errors|Against|Macro|Whole calls|misheard", made.out)
    assert bool(english) is (language == "en")


def test_a_part_is_always_the_same_and_the_other_the_rest(bench: Home) -> None:
    rows = [line.replace("Hello", f"Hello {line[:3]},") for line in table(90).splitlines()]
    bench.write("calls.tsv", "\n".join([HEAD.strip(), *rows[1:]]) + "\n")
    dev, held, both = (
        bench.run("eval", "calls.tsv", "--part", part, "--json", "--pack", "./mine").json
        for part in ("dev", "held", "all")
    )
    sizes = [it["all"]["calls"] for it in (dev, held, both)]
    assert sizes[0] + sizes[1] == sizes[2] == 90
    assert sizes[0] > sizes[1] > 15
    assert held["overlap"]["seen"] > 0
    assert "word for word" in evaluate(bench, "--part", "held")


def test_a_version_is_compared_with_a_saved_one_and_with_a_pack(bench: Home) -> None:
    evaluate(bench, "--save", "old.json")
    saved = (bench.desk / "old.json").read_text("utf-8")
    assert "wife" not in saved
    assert json.loads(saved)["all"]["macro_f1"]["value"] == pytest.approx(0.75)
    for old in ("old.json", "./mine"):
        words = ("--against", old, "--pack", "./better")
        found = bench.run("eval", "calls.tsv", "--json", *words).json["against"]
        (shift,) = found["labels"]
        assert (shift["label"], shift["better"], shift["worse"]) == ("greeting", 12, 0)
        assert found["name"] == "mine 1"
        assert found["macro_f1_gain"]["value"] > 0
        assert (found["calls_better"], found["calls_worse"], found["left_out"]) == (12, 0, 0)
    assert "12 better, 0 worse" in evaluate(bench, "--against", "old.json", pack="./better")
    assert "Nothing changed" in evaluate(bench, "--against", "old.json")


def test_only_what_is_asked_for_is_scored(bench: Home) -> None:
    found = bench.run(
        "eval", "calls.tsv", "--json", "--pack", "./mine", "--label", "thanks", "--only", "c01,c02"
    ).json
    assert {one["label"] for one in found["all"]["labels"]} == {"thanks"}
    assert found["all"]["calls"] == 2


def test_noise_is_measured_against_clean_and_seeded(bench: Home) -> None:
    words = ("eval", "calls.tsv", "--json", "--pack", "./mine", "--noise", "40")
    one, same, other = (bench.run(*words, "--seed", seed).json for seed in ("1", "1", "2"))
    clean, noisy = one["conditions"]
    assert (clean["noise"], clean["recall_of_clean"]) == (0, 1)
    assert noisy["recall_of_clean"] < 1
    assert one["conditions"] == same["conditions"] != other["conditions"]


def test_damaged_lines_are_counted_and_told(bench: Home) -> None:
    bench.write("calls.tsv", table() + "c99\tagent\n" * 5)
    told = evaluate(bench)
    assert "5 lines of calls.tsv could not be used" in told
    assert told.count("5 columns are expected") == 3


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("eval",), 2, "FILES"),
        (("eval", "none.tsv"), 1, "none.tsv cannot be read"),
        (("eval", "mine/pack.yaml"), 1, "line 1: this format is not known"),
        (("eval", "calls.tsv", "--label", "greting"), 2, "did you mean greeting?"),
        (("eval", "calls.tsv", "--only", "zz"), 2, "there is no call “zz”"),
        (("eval", "calls.tsv", "--map", "bye"), 2, "write --map bye=closing"),
        (("eval", "calls.tsv", "--map", "greting=hello"), 2, "did you mean greeting?"),
        (("eval", "calls.tsv", "--against", "calls.tsv"), 1, "not valid JSON"),
        (("eval", "calls.tsv", "--against", "nobody"), 1, "there is no pack “nobody”"),
        (("eval", "calls.tsv", "--save", "no/such/folder.json"), 2, "cannot be written"),
        (("eval", "calls.tsv", "--part", "half"), 2, "it takes one of dev, held, all"),
        (("eval", "calls.tsv", "--pack", "nobody"), 1, "there is no pack “nobody”"),
    ],
)
def test_what_cannot_be_done_is_told(
    bench: Home, words: tuple[str, ...], code: int, told: str
) -> None:
    given = words if "--pack" in words else (*words, "--pack", "./mine")
    made = bench.run(*given)
    assert (made.code, made.out) == (code, "")
    assert told in made.err


def test_a_result_that_was_changed_is_refused(bench: Home) -> None:
    evaluate(bench, "--save", "old.json")
    saved = json.loads(Path("old.json").read_text("utf-8"))
    for row in saved["predictions"]:
        row["labels"].pop()
    Path("old.json").write_text(json.dumps(saved), "utf-8")
    made = bench.run("eval", "calls.tsv", "--against", "old.json", "--pack", "./mine")
    assert (made.code, made.out) == (1, "")
    assert "is no saved result" in made.err


def test_a_result_about_other_calls_is_refused(bench: Home) -> None:
    evaluate(bench, "--save", "old.json")
    Path("other.tsv").write_text(HEAD + "x\tagent\tso\tgreeting\t\n", "utf-8")
    made = bench.run("eval", "other.tsv", "--against", "old.json", "--pack", "./mine")
    assert (made.code, made.out) == (2, "")
    assert "none of these calls" in made.err


HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202e\u009b31m\u200b\ufeff\u2066"
"""A title of the window, a cleared screen, the wrong way round, red, and nothing to see."""


def test_nothing_in_the_data_reaches_the_terminal_as_it_is(bench: Home) -> None:
    file = f"f{HOSTILE}.jsonl"
    records = [
        {"call": f"c{HOSTILE}", "speaker": who, "text": f"{HOSTILE}hello", "labels": [HOSTILE]}
        for who in ("agent", "customer", f"x{HOSTILE}")
    ]
    bench.write(file, "".join(f"{json.dumps(one)}\n" for one in records))
    for words in (
        (),
        ("--json",),
        ("--save", f"r{HOSTILE}.json"),
        ("--against", f"r{HOSTILE}.json"),
        ("--only", HOSTILE),
        ("--label", "x"),
        ("--map", HOSTILE),
        ("--against", HOSTILE),
        ("--noise", "50", "--cross", "2"),
    ):
        made = bench.run("eval", file, *words, "--pack", "./mine")
        for printed in (made.out, made.err):
            lines = printed.split("\n")
            assert [ascii(line) for line in lines if display(line) != line] == []


RULES = (
    PACK.replace("pack: mine", "pack: ruled")
    + """\
rules:
  hails: {title: Hails, labels: greeting, heard: [hello]}
"""
)


def test_judges_are_taught_by_other_calls_than_they_judge(bench: Home) -> None:
    """Half of the greetings are of a word that no rule has; who is taught it by others knows it."""
    (bench.desk / "ruled").mkdir()
    bench.write("ruled/pack.yaml", RULES)
    rows = [
        f"c{call:02}\tagent\t{text} number {call}\t{label}\t\n"
        for call in range(40)
        for text, label in ((("hello", "howdy")[call % 2], "greeting"), ("so much for", ""))
    ]
    bench.write("calls.tsv", HEAD + "".join(rows))
    words = ("eval", "calls.tsv", "--json", "--pack", "./ruled", "--cross", "2")
    alone = bench.run(*words, "--judges", "none").json
    taught = bench.run(*words, "--judges", "taught").json
    assert alone["all"]["macro_f1"]["value"] == pytest.approx(2 / 3)
    assert taught["all"]["macro_f1"]["value"] == 1
    assert {reason["by"] for one in taught["errors"] for reason in one["reasons"]} <= {"rule"}
    made = bench.run("eval", "calls.tsv", "--judges", "taught", "--pack", "./ruled")
    assert (made.code, made.out) == (2, "")
    assert "--cross 5" in made.err


def test_judges_that_the_pack_brings_are_told_and_can_be_left_out(bench: Home) -> None:
    (bench.desk / "ruled").mkdir()
    bench.write("ruled/pack.yaml", RULES)
    loaded = Library((bench.desk,)).load("ruled")
    assert loaded.script is not None
    judge = Judge(bias=-3.0, scale=0.1, weights={"private": 100}, gain=0.1, calls=20)
    text = write_judges(loaded.script.of_rules, {"en": {RuleId("ruled.hails"): judge}})
    bench.write("ruled/judges.json", text)
    words = ("eval", "calls.tsv", "--pack", "./ruled")
    assert "1 learned judge that the pack brings" in bench.run(*words).out
    assert "1 个评判模型" in bench.run(*words, language="zh").out
    alone = bench.run(*words, "--judges", "none")
    assert "the pack brings" not in alone.out
    found = {
        judges: bench.run(*words, "--judges", judges, "--against", "./ruled", "--json").json
        for judges in ("kept", "none")
    }
    for judges, recall in (("kept", 1), ("none", 0.5)):
        rows = {one["label"]: one for one in found[judges]["all"]["labels"]}
        assert rows["greeting"]["recall"]["value"] == recall
        against = found[judges]["against"]  # the other version has the same judges, or none either
        assert (against["calls_better"], against["calls_worse"]) == (0, 0)


def test_the_words_of_unseen_calls_stay_unseen_unless_asked_for(bench: Home) -> None:
    rows = [line.replace("Hello", f"Hello {line[:3]},") for line in table(90).splitlines()]
    bench.write("calls.tsv", "\n".join([HEAD.strip(), *rows[1:]]) + "\n")
    words = ("eval", "calls.tsv", "--pack", "./mine", "--part", "held")
    told, asked = bench.run(*words).out, bench.run(*words, "--errors", "3").out
    assert "private matter" not in told
    assert "no longer unseen" in told
    assert "private matter" in asked
    unseen, seen = (
        bench.run(*words, "--json").json,
        bench.run(*words, "--errors", "3", "--json").json,
    )
    assert {one["text"] for one in unseen["errors"]} == {None}
    assert all(one["text"] for one in seen["errors"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_document_gets_tables(bench: Home, language: str) -> None:
    told = evaluate(bench, "--markdown", "--noise", "10", language=language)
    tables = [block.splitlines() for block in told.split("\n\n") if block.startswith("|")]
    assert len(tables) == 3
    for rows in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) == 1
        assert set(rows[1]) <= set("|- :")
    assert "| greeting |" in told
    assert re.match(r"\D*\d{4}-\d\d-\d\d", told)


def test_marked_data_measure_redaction(bench: Home) -> None:
    rows = "".join(
        f"v{n}\t0\tx\tmy email is ann{n}@example.com ok\tO O O email_address O\tcontentonly\n"
        for n in range(9)
    )
    head = "conversationId\tturnNumber\tutteranceId\tutterance\tslot-labels\tintent\n"
    bench.write("turns.tsv", f"{head}{rows}v0\t2\ty\tno thank you\tO O O\trejection\n")
    made = bench.run("eval", "turns.tsv", "--pack", "./mine")
    assert "Personal data" in made.out
    assert "one label each" in made.out
    found = bench.run("eval", "turns.tsv", "--json", "--pack", "./mine").json["redaction"]
    assert found["slots"][0]["slot"] == "email_address"
    assert found["recall"]["value"] == found["precision"]["value"] == 1
