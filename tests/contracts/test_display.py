"""No command lets what comes from outside steer a terminal: titles, names, paths, transcripts."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from callcoach.cli.group import Group
from callcoach.cli.root import ROOT
from callcoach.hearing.keeping.kept import Kept, write_record
from callcoach.hearing.keeping.recordings import folder_for, recordings_folder
from callcoach.words.display import display
from tests.cli.conftest import home
from tests.cli.home import Home
from tests.hearing.models.making import make_folder

__all__ = ["home"]

HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202e\u009b31m\u200b\ufeff\u2066"
"""A title of the window, a cleared screen, the wrong way round, red, and nothing to see."""
FILE = f"f{HOSTILE}"
TABLE = f"t{HOSTILE}.tsv"
SOUND = "01800000-0000-7000-8000-000000000000"
"""A call of which there is sound."""
MODEL = f"{HOSTILE}/model"
"""A speech model in a folder of this name."""
OTHERS = ("contact-lens", "transcribe", "google", "aliyun")
RULES = {system: f"{system}{HOSTILE}.json" for system in OTHERS}
SHEET = f"form{HOSTILE}.yaml"
QUEUE = ("review", "sample", "--count", "5", "--save", HOSTILE, "--mode", "call")
EXAMPLES = Path(__file__).parents[1] / "script" / "exchange" / "examples"
NAMED = frozenset(
    ("Name", "CategoryName", "displayName", "name", "query", "regex", "Value", "role")
)
LISTED = frozenset(("keywords", "Targets", "Operands"))
"""The keys whose texts, or lists of texts, somebody wrote in another system."""


def hostile(text: str) -> str:
    """Return a text as YAML has it, hostile characters before it."""
    return json.dumps(f"{HOSTILE}{text}")


PACK = f"""\
callcoach: 1
pack: evil
version: {hostile("1")}
title: {hostile("Evil")}
about: {hostile("About")}
languages: [en]
facts:
  name:
    title: {hostile("Name")}
    given: true
    example: {hostile("Wang")}
  sum: {{title: {hostile("Sum")}, type: text}}
start: hello
steps:
  hello:
    title: {hostile("Hello")}
    note: {hostile("Note")}
    say: {{hi: {hostile("Good morning.")}}}
    cues: [thanks]
    exits:
      "on": {{label: {hostile("On")}, to: bye, heard: go on}}
      closed: {{label: {hostile("Closed")}, to: bye, when: sum}}
  bye:
    title: {hostile("Bye")}
    say: {{farewell: {hostile("Goodbye.")}}}
    outcome: done
objections:
  later:
    title: {hostile("Later")}
    heard: [call me later]
    say: {{of_course: {hostile("Of course.")}}}
    bridge: {hostile("Let us go on.")}
    exits:
      back: {{label: {hostile("Back")}, back: "yes"}}
      close: {{label: {hostile("Close")}, to: bye}}
cues:
  thanks:
    title: {hostile("Thanks")}
    heard: [thank you]
rules:
  said_rude:
    title: {hostile("Rude words")}
    labels: [{hostile("rude")}]
    heard: {{en: [you idiot]}}
avoid:
  rude:
    title: {hostile("Rude")}
    in: call
    heard: [you idiot]
outcomes:
  done: {{code: DONE, title: {hostile("Done")}}}
plans:
  polite:
    title: {hostile("Polite")}
    demo: true
    turns:
      - agent: {hostile("Thank you.")}
      - customer: {hostile("go on")}
      - agent: {hostile("you idiot")}
      - exit: "on"
      - say
      - end
    outcome: done
"""
FORM = f"""\
callcoach: 1
form: sheet
version: {hostile("1")}
title: {hostile("Sheet")}
languages: [en]
sections:
  all:
    title: {hostile("All")}
    questions:
      thanks: {{title: {hostile("Thanks")}, cue: evil.thanks}}
      rude: {{title: {hostile("Rude")}, help: {hostile("Help")}}}
"""
START = ("review", "start", "last", "--form", SHEET)
ANSWERS = tuple(("review", "answer", "last", number, "yes") for number in ("1", "2"))
SUBMITTED = (START, *ANSWERS, ("review", "comment", "last", HOSTILE), ("review", "submit", "last"))
APPEALED = (*SUBMITTED, ("review", "appeal", "last", HOSTILE))
TRANSCRIPT = [
    {"speaker": "agent", "text": f"{HOSTILE}you idiot", "stime": 0, "etime": 2},
    {"speaker": f"x{HOSTILE}", "text": f"{HOSTILE}go on", "stime": 2, "etime": 3},
    {"speaker": "agent", "text": f"you idiot{HOSTILE} thank you", "stime": 1, "etime": 4},
]
LABELLED = "\n".join(
    (
        "call\tspeaker\ttext\tlabels",
        f"1{HOSTILE}\tagent\t{HOSTILE}you idiot\t",
        f"1{HOSTILE}\tcustomer\tgo on{HOSTILE}\t{HOSTILE}rude",
        f"2\tagent\tgood {HOSTILE}morning\t{HOSTILE}rude",
        f"2\tagent\tyou idiot{HOSTILE}\trude{HOSTILE}",
        f"3\tx{HOSTILE}\t{HOSTILE}\t{HOSTILE}",
        *(f"{n}\tagent\twe {HOSTILE}are obliged\t{HOSTILE}rude" for n in range(10, 30)),
        *(f"{n}\tagent\tthe {HOSTILE}weather\t" for n in range(10, 30)),
    )
)
"""Calls with labels; one line's speaker is nobody, so that it is told of."""
TALK = f"""\
o
say
a: you idiot {HOSTILE}
c: call me later
fact sum {HOSTILE}
fact {HOSTILE} x
where
owed
flags
facts
tick {HOSTILE}
go {HOSTILE}
note {HOSTILE}
lang {HOSTILE}
{HOSTILE}
undo
end done
"""
COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "call": (("call", "evil", "--line-mode"), ("call", "evil", "--line-mode", "--json")),
    "practice": (
        ("practice", "evil", "--line-mode"),
        ("practice", "evil", "--list"),
        ("practice", "evil", "--list", "--json"),
        ("practice", "evil", "--plan", HOSTILE, "--line-mode"),
    ),
    "demo": (("demo", "evil"), ("demo", "evil", "--json"), ("demo", HOSTILE)),
    "replay": (
        ("replay", FILE, "--pack", "evil", "--events"),
        ("replay", FILE, FILE, f"missing{HOSTILE}", "--pack", "evil"),
        ("replay", FILE, f"missing{HOSTILE}", "--pack", "evil", "--json"),
        ("replay", f"missing{HOSTILE}"),
    ),
    "calls": (("calls",), ("calls", "--json")),
    "show": (
        ("show", "last"),
        ("show", "last", "--json"),
        ("show", "last", "--redacted"),
        ("show", HOSTILE),
    ),
    "export": (
        *(("export", "last", "--format", form, "-o", "-") for form in ("md", "txt", "csv", "json")),
        *(("export", "last", "--format", form, "-o", "-") for form in ("srt", "vtt")),
        ("export", "last", "--format", "contact-lens", "-o", "-"),
        ("export", "last", "-o", f"out{HOSTILE}"),
        ("export", "last", "-o", f"no{HOSTILE}/x"),
        ("export", "last", "-o", "-", "--unredacted", HOSTILE),
    ),
    "note": (("note", "last", HOSTILE), ("note", HOSTILE, "x")),
    "search": (("search", "idiot"), ("search", HOSTILE), ("search", "idiot", "--json")),
    "form list": (("form", "list"), ("form", "list", "--json")),
    "form show": (
        ("form", "show", SHEET),
        ("form", "show", SHEET, "--json"),
        ("form", "show", HOSTILE),
    ),
    "form check": (("form", "check", SHEET), ("form", "check", FILE), ("form", "check", HOSTILE)),
    "form new": (("form", "new", HOSTILE), ("form", "new", "mine", "--dir", f"d{HOSTILE}")),
    "review import": (
        ("review", "import", FILE, f"missing{HOSTILE}", "--pack", "evil"),
        ("review", "import", FILE, "--pack", "evil", "--agent-name", HOSTILE, "--json"),
    ),
    "review batch": (
        ("review", "batch", FILE, "--pack", "evil", "--form", SHEET, "--out", f"o{HOSTILE}"),
        ("review", "batch", f"missing{HOSTILE}", "--pack", "evil", "--out", "o", "--format", "csv"),
    ),
    "review sample": (QUEUE, ("review", "sample", "--count", "1", "--only-agent", HOSTILE)),
    "review queue list": (
        QUEUE,
        ("review", "queue", "list"),
        ("review", "queue", "list", "--json"),
    ),
    "review queue show": (
        QUEUE,
        ("review", "queue", "show", HOSTILE),
        ("review", "queue", "show", "x"),
    ),
    "review queue next": (
        QUEUE,
        ("review", "queue", "next", HOSTILE, "--form", SHEET),
        ("review", "queue", "next", f"no{HOSTILE}", "--form", SHEET),
    ),
    "review start": (
        START,
        ("review", "start", HOSTILE, "--form", HOSTILE),
        (*START, "--as", HOSTILE),
    ),
    "review show": (
        *SUBMITTED,
        ("review", "show", "last"),
        ("review", "show", "last", "--json"),
        ("review", "show", HOSTILE),
    ),
    "review list": (*APPEALED, ("review", "list"), ("review", "list", "--json")),
    "review answer": (START, *ANSWERS, ("review", "answer", "last", HOSTILE, HOSTILE)),
    "review comment": (
        START,
        ("review", "comment", "last", HOSTILE),
        ("review", "comment", "last", "--question", HOSTILE, "x"),
    ),
    "review swap": (
        ("review", "import", FILE, f"missing{HOSTILE}", "--pack", "evil"),
        ("review", "swap", "last"),
        ("review", "swap", HOSTILE),
    ),
    "review reject": (
        START,
        ("review", "reject", "last", "1", HOSTILE),
        ("review", "show", "last"),
        ("review", "reject", "last", "99", "--as", HOSTILE),
    ),
    "review submit": (*SUBMITTED, ("review", "submit", HOSTILE)),
    "review reopen": (
        *SUBMITTED,
        ("review", "reopen", "last", HOSTILE),
        ("review", "show", "last"),
    ),
    "review appeal": (*APPEALED, ("review", "appeal", HOSTILE, HOSTILE)),
    "review decide": (*APPEALED, ("review", "decide", "last", "upheld", HOSTILE, "--as", "Li")),
    "review acknowledge": (*SUBMITTED, ("review", "acknowledge", "last")),
    "review calibrate": (
        (*START, "--purpose", "calibration"),
        *ANSWERS,
        ("review", "submit", "last"),
        ("review", "calibrate", "--form", SHEET),
        ("review", "calibrate", "--form", SHEET, "--expert", HOSTILE),
    ),
    "review rescore": (*SUBMITTED, ("review", "rescore", "--all", "--with", "courtesy")),
    "report call": (("report", "call", "last", "-o", "-"), ("report", "call", HOSTILE)),
    "report agent": (("report", "agent", HOSTILE, "-o", "-"),),
    "report team": (
        ("report", "team", "-o", "-"),
        ("report", "team", "--format", "csv", "-o", "-"),
    ),
    "report script": (("report", "script", "evil", "-o", "-"), ("report", "script", HOSTILE)),
    "eval": (
        ("eval", TABLE, "--pack", "evil", "--noise", "10", "--save", f"kept{HOSTILE}.json"),
        ("eval", TABLE, "--pack", "evil", "--against", f"kept{HOSTILE}.json", "--cross", "2"),
        ("eval", TABLE, "--pack", "evil", "--json"),
        ("eval", TABLE, "--pack", "evil", "--markdown"),
        ("eval", TABLE, "--pack", "evil", "--map", f"{HOSTILE}rude=rude", "--part", "held"),
        ("eval", TABLE, "--pack", "evil", "--label", HOSTILE),
        ("eval", TABLE, "--pack", "evil", "--only", HOSTILE),
        ("eval", TABLE, "--pack", "evil", "--against", HOSTILE),
        ("eval", FILE, "--pack", "evil"),
        ("eval", f"missing{HOSTILE}", "--pack", "evil"),
    ),
    "cues learn": (
        ("cues", "learn", TABLE, "--pack", "evil", "--folds", "2"),
        ("cues", "learn", TABLE, "--pack", "evil", "--dry-run", "--json"),
        ("cues", "learn", f"missing{HOSTILE}", "--pack", "evil"),
    ),
    "cues suggest": (
        ("cues", "suggest", TABLE, "--pack", "evil"),
        ("cues", "suggest", TABLE, "--pack", "evil", "--json"),
        ("cues", "suggest", TABLE, "--pack", "evil", "--label", HOSTILE),
    ),
    "cues show": (
        ("cues", "show", "--pack", "evil"),
        ("cues", "show", "--pack", "evil", "--json"),
        ("cues", "show", "--pack", HOSTILE),
    ),
    "cues forget": (("cues", "forget", "--pack", "evil"), ("cues", "forget", "--pack", HOSTILE)),
    "transcribe": (
        ("transcribe", FILE),
        ("transcribe", FILE, f"missing{HOSTILE}.wav", "--model", MODEL, "--json"),
        ("transcribe", FILE, f"missing{HOSTILE}.wav", "--model", MODEL),
        ("transcribe", FILE, "--model", HOSTILE),
        ("transcribe", FILE, "--roles", HOSTILE),
        ("transcribe", FILE, f"{FILE}.wav"),
        ("transcribe", "--watch", HOSTILE, "--model", MODEL),
    ),
    "listen": (
        ("listen", FILE),
        ("listen", f"missing{HOSTILE}"),
        ("listen", FILE, "--roles", HOSTILE),
    ),
    "rules list": (
        ("rules", "list", "evil"),
        ("rules", "list", "evil", "--json"),
        ("rules", "list", HOSTILE),
    ),
    "rules test": (
        ("rules", "test", "evil", FILE),
        ("rules", "test", "evil", FILE, "--json"),
        ("rules", "test", "evil", "--text", f"{HOSTILE}you idiot"),
        ("rules", "test", "evil", "--text", "x", "--only", HOSTILE),
        ("rules", "test", "evil", "--text", "x", "--fact", HOSTILE),
        ("rules", "test", "evil", f"missing{HOSTILE}"),
    ),
    "rules import": (
        *(("rules", "import", RULES[it]) for it in OTHERS),
        *(("rules", "import", RULES[it], "--from", it, "--approximate") for it in OTHERS),
        *(("rules", "import", RULES[it], "--pack", "other", "--json") for it in OTHERS),
        ("rules", "import", RULES["google"], "--from", "aliyun"),
        ("rules", "import", RULES["google"], "--pack", HOSTILE),
        ("rules", "import", RULES["google"], "-o", f"made{HOSTILE}.yaml"),
        ("rules", "import", FILE),
        ("rules", "import", f"missing{HOSTILE}"),
    ),
    "rules export": (
        *(("rules", "export", "evil", "--to", it) for it in OTHERS),
        *(("rules", "export", "evil", "--to", it, "--approximate", "--json") for it in OTHERS),
        ("rules", "export", "evil", "--to", "google", "-o", f"out{HOSTILE}.json"),
        ("rules", "export", "evil", "--to", "google", "-o", f"no{HOSTILE}/out.json"),
        ("rules", "export", "evil", "--to", "google", "--only", HOSTILE),
        ("rules", "export", HOSTILE, "--to", "google"),
    ),
    "script new": (("script", "new", HOSTILE), ("script", "new", "fresh")),
    "script list": (("script", "list"), ("script", "list", "--json")),
    "script check": (
        ("script", "check", "evil"),
        ("script", "check", "broken"),
        ("script", "check", "broken", "--json"),
        ("script", "check", HOSTILE),
    ),
    "script explain": (("script", "explain", HOSTILE),),
    "script test": (("script", "test", "evil"), ("script", "test", "evil", "--json")),
    "script coverage": (("script", "coverage", "evil"), ("script", "coverage", "evil", FILE)),
    "script preview": (("script", "preview", "evil"), ("script", "preview", HOSTILE)),
    "script graph": (
        ("script", "graph", "evil"),
        ("script", "graph", "evil", "--format", "svg"),
        ("script", "graph", "evil", "-o", f"graph{HOSTILE}.svg"),
        ("script", "graph", "evil", "--in", HOSTILE),
    ),
    "script strings export": (
        ("script", "strings", "export", "evil", "--from", "en", "--to", "zh", "-o", f"s{HOSTILE}"),
        ("script", "strings", "export", "evil", "--from", HOSTILE, "--to", "zh", "-o", "s.csv"),
    ),
    "script strings import": (("script", "strings", "import", "evil", f"s{HOSTILE}"),),
    "script strings accept": (("script", "strings", "accept", "evil", "--to", HOSTILE),),
    "script schema": (("script", "schema", "-o", f"schema{HOSTILE}"),),
    "model list": (("model", "list"), ("model", "list", "--json")),
    "model install": (
        ("model", "install", MODEL, "--for", "en"),
        ("model", "install", MODEL, "--for", "en", "--json"),
        ("model", "install", HOSTILE),
        ("model", "install", FILE, "--for", "en", "--sha256", "0" * 64),
        ("model", "install", f"https://x/{HOSTILE}"),
        ("model", "install", "zh-small", "--mirror", HOSTILE),
    ),
    "model verify": (
        ("model", "install", MODEL, "--for", "en"),
        ("model", "verify"),
        ("model", "verify", "--json"),
        ("model", "verify", HOSTILE),
    ),
    "model use": (("model", "use", "en", MODEL), ("model", "use", "en", HOSTILE)),
    "model path": (("model", "path", HOSTILE), ("model", "path", MODEL)),
    "model test": (
        ("model", "test", HOSTILE),
        ("model", "test", MODEL, FILE),
        ("model", "test", "--for", "en", "--set", HOSTILE),
    ),
    "model remove": (("model", "remove", HOSTILE), ("model", "remove", MODEL, "--yes")),
    "recordings list": (("recordings", "list"), ("recordings", "list", "--json")),
    "recordings path": (("recordings", "path", "last"), ("recordings", "path", HOSTILE)),
    "recordings verify": (
        ("recordings", "verify"),
        ("recordings", "verify", "last", "--json"),
        ("recordings", "verify", HOSTILE),
    ),
    "recordings delete": (
        ("recordings", "delete", HOSTILE, "--yes"),
        ("recordings", "delete", "last"),
        ("recordings", "delete", "last", "--yes"),
    ),
    "recordings prune": (
        ("recordings", "prune", "--days", HOSTILE),
        ("recordings", "prune"),
    ),
    "journal path": (("journal", "path"), ("journal", "path", "--json")),
    "journal verify": (("journal", "verify"), ("journal", "verify", "--json")),
    "journal backup": (("journal", "backup", f"copy{HOSTILE}"),),
    "journal import": (("journal", "import", FILE), ("journal", "import", f"missing{HOSTILE}")),
    "journal forget": (
        ("journal", "forget", HOSTILE, "--yes"),
        ("journal", "forget", "--agent", HOSTILE, "--dry-run"),
        ("journal", "forget", "last", "--yes", "--why", HOSTILE),
    ),
    "journal erased": (("journal", "erased"), ("journal", "erased", "--json")),
    "journal hold": (
        ("journal", "hold", HOSTILE, "--why", HOSTILE),
        ("journal", "hold", "last", "--why", HOSTILE, "--as", HOSTILE),
        ("journal", "hold", "last", "--why", HOSTILE),
    ),
    "journal holds": (("journal", "holds"), ("journal", "holds", "--all"), ("show", "last")),
    "journal release": (("journal", "release", "last", "--why", HOSTILE),),
    "config show": (("config", "show", "--origin"), ("config", "show", HOSTILE)),
    "config path": (("config", "path", "--config", FILE),),
    "config set": (("config", "set", "agent", HOSTILE), ("config", "set", HOSTILE, "x")),
    "config unset": (("config", "unset", HOSTILE),),
    "doctor audio": (("doctor",), ("doctor", "--json"), ("doctor", "audio", "--device", HOSTILE)),
    "completion": (("completion", HOSTILE),),
}
"""Every command, told what is hostile wherever it takes anything."""


def leaves(group: Group = ROOT, name: str = "") -> Iterator[str]:
    """Yield the commands that do something, by their full names."""
    context = click.Context(group)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        if isinstance(command, Group):
            yield from leaves(command, f"{name}{word} ")
        else:
            yield f"{name}{word}"


def assert_harmless(printed: str) -> None:
    """Fail where an output holds what `display` would have changed, line by line."""
    lines = [line.removesuffix("\r") for line in printed.removeprefix("\ufeff").split("\n")]
    assert [ascii(line) for line in lines if display(line) != line] == []


def tampered(value: object, key: str = "") -> object:
    """Return another system's rules with hostile characters in what somebody wrote there."""
    match value:
        case dict():
            return {name: tampered(part, name) for name, part in value.items()}
        case list():
            return [tampered(part, "Value" if key in LISTED else "") for part in value]
        case str() if key in NAMED:
            return f"{HOSTILE}{value}"
        case _:
            return value


@pytest.fixture
def evil(home: Home) -> Home:
    """Return a home in which everything that can be named is hostile."""
    broken = PACK.replace("to: bye,", f"to: {hostile('x')},")
    for name, text in (("evil", PACK), ("broken", broken)):
        folder = home.desk / "packs" / name
        folder.mkdir(parents=True)
        (folder / "pack.yaml").write_text(text.replace("pack: evil", f"pack: {name}"), "utf-8")
    home.write(FILE, json.dumps(TRANSCRIPT))
    home.write(TABLE, LABELLED)
    home.write(SHEET, FORM)
    make_folder(home.desk / MODEL)
    for system, file in RULES.items():
        example = (EXAMPLES / f"{system.replace('-', '_')}.json").read_text("utf-8")
        home.write(file, json.dumps(tampered(json.loads(example))))
    take = folder_for(recordings_folder(home.desk / "journal.db"), SOUND)
    write_record(take, Kept(HOSTILE))
    (take / f"sound{HOSTILE}").write_bytes(b"sound")
    home.environment |= {
        "CALLCOACH_PACKS": str(home.desk / "packs"),
        "CALLCOACH_JOURNAL": str(home.desk / f"journal{HOSTILE}.db"),
        "CALLCOACH_AGENT": HOSTILE,
    }
    return home


def test_every_command_there_is_is_driven() -> None:
    assert set(COMMANDS) == set(leaves())


def test_the_pack_is_one_that_could_be_used(evil: Home) -> None:
    assert evil.run("script", "check", "evil").code == 0
    assert evil.run("demo", "evil").code == 0
    judged = evil.run("replay", FILE, "--pack", "evil", "--json").json
    assert any(flag["evidence"] for flag in judged["flags"])


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_hostile_reaches_the_terminal(evil: Home, name: str) -> None:
    assert evil.run("call", "evil", "--line-mode", given=TALK).code == 0
    evil.run(*COMMANDS["script strings export"][0])
    for words in COMMANDS[name]:
        made = evil.run(*words, given=TALK)
        assert_harmless(made.out)
        assert_harmless(made.err)


def test_a_call_whose_very_id_was_tampered_with_is_told_harmlessly(evil: Home) -> None:
    evil.run("call", "evil", "--line-mode", given="say\n")
    with sqlite3.connect(evil.environment["CALLCOACH_JOURNAL"]) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("UPDATE call SET id = ?, started = ?, script = ?, code = ?", (HOSTILE,) * 4)
        db.execute("UPDATE event SET call = ?", (HOSTILE,))
    db.close()
    for name in ("calls", "journal verify", "show", "export", "doctor audio"):
        for words in COMMANDS[name]:
            made = evil.run(*words)
            assert_harmless(made.out)
            assert_harmless(made.err)
