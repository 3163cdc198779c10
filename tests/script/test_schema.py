"""The schema for editors: what the reader takes is valid, a wrong shape that it refuses is not."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from callcoach.errors import Told
from callcoach.script.load.fields import Fields
from callcoach.script.load.nodes import Listing, Node, Scalar, Table, read_nodes
from callcoach.script.model import PackId
from callcoach.script.schema import DIALECT, SCHEMA
from callcoach.script.skeleton import SCHEMA_FILE, schema_text, skeleton
from tests.support import MINIMAL, Tree, end, findings, load, minimal, shipped_files, shipped_ids

NUMBER = re.compile(r"-?\d+(\.\d+)?")

EVERYTHING = minimal(
    uses=[],
    about="One of everything",
    steps={"hello": {"title": "Hello", "say": {"hi": "Hello, {{ name }}."},
                     "exits": {"on": {"label": "On", "to": "bye"}}},
           "bye": end("Bye.")},
    objections={"later": {"title": "Later", "exits": {"back": {"label": "Back", "back": "yes"}}}},
    facts={"name": {"title": "Name", "given": "yes"}},
    rules={
        "thanks": {"title": "Thanks", "heard": "thank you"},
        "polite": {"any": [{"rule": "thanks", "speaker": "agent"}, "you are welcome", ["please"]],
                   "unless": "no thanks"},
        "pays": {"number": {"from": 100, "unit": "money"}, "after": {"rule": "thanks"}},
        "agreed": {"sequence": ["shall we", {"en": "yes", "within": "1 turn"}]},
    },
    cues={"greet": {"title": "Greet", "in": "hello", "heard": "hello", "rule": ["polite"]}},
    watch={"pays": {"title": "Pays", "heard": "i pay"}},
    avoid={"threat": {"title": "Threat", "heard": "or else"}},
    plans={"first": {"title": "First", "outcome": "done", "turns": [{"expect": {"step": "bye"}}]}},
)  # fmt: skip


@cache
def validator() -> Draft202012Validator:
    """Return what judges packs by the schema."""
    return Draft202012Validator(SCHEMA)


def as_editor(node: Node) -> Any:
    """Return a node as an editor's YAML 1.2 reader sees it: with numbers, true, false and null."""
    match node:
        case Table(entries=entries):
            return {key.value: as_editor(value) for key, value in entries}
        case Listing(items=items):
            return [as_editor(item) for item in items]
        case Scalar(text=text):
            if node.is_empty:
                return None
            if node.is_quoted:
                return text
            if text in ("true", "false"):
                return text == "true"
            if NUMBER.fullmatch(text):
                return float(text) if "." in text else int(text)
            return text


def complaints(source: str) -> list[str]:
    """Return what the schema has against a file of a pack."""
    table, _ = read_nodes(source, "x.yaml")
    assert table is not None
    return [error.message for error in validator().iter_errors(as_editor(table))]


def test_it_is_a_schema_of_its_dialect_and_every_reference_is_defined() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == DIALECT
    references = re.findall(r'"\$ref": "#/\$defs/(\w+)"', schema_text())
    assert set(references) == set(SCHEMA["$defs"])


@pytest.mark.parametrize("id", shipped_ids())
def test_a_shipped_pack_is_valid(id: PackId) -> None:
    for name, source in shipped_files(id).texts.items():
        assert complaints(source) == [], name


@pytest.mark.parametrize("languages", [("zh",), ("en",), ("zh", "en")])
def test_a_new_pack_is_valid_and_brings_the_schema(languages: tuple[str, ...]) -> None:
    for name, source in skeleton(PackId("survey"), languages, "en").items():
        if name == SCHEMA_FILE:
            assert source == schema_text()
        else:
            assert complaints(source) == [], name


def test_the_smallest_pack_and_one_of_everything_are_valid() -> None:
    assert complaints(MINIMAL) == []
    assert list(validator().iter_errors(EVERYTHING)) == []
    assert findings(EVERYTHING) == ()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("callcoach: 1", "callcoach: 2"),
        ("callcoach: 1\n", ""),
        ("pack: example\n", ""),
        ("title: Example", "titel: Example"),
        ("languages: [en]", "languages: {en: yes}"),
        ("    title: Hello\n", ""),
        ("    title: Hello\n", "    title: Hello\n    colour: red\n"),
        ("say: {hi: Good morning.}", "say: {hi: {deutsch: Hallo}}"),
        ("on: {label: On, to: bye}", "on: {label: On, too: bye}"),
        ("on: {label: On, to: bye}", "on: {label: On, stay: maybe}"),
        ("on: {label: On, to: bye}", "On: {label: On, to: bye}"),
        ("on: {label: On, to: bye}", "on: bye"),
        ("done: {code: DONE, title: Done}", "done: {title: Done}"),
        ("done: {code: DONE, title: Done}", "done: {code: DONE, title: Done, early: soon}"),
        ("outcomes:", "facts: {day: {title: Day, type: dated}}\noutcomes:"),
        ("outcomes:", "cues: {greet: {title: Greet, severity: huge}}\noutcomes:"),
        ("outcomes:", "cues: {greet: {title: Greet, until: bye}}\noutcomes:"),
        ("outcomes:", "rules: {r: {heart: hello}}\noutcomes:"),
        ("outcomes:", "rules: {r: }\noutcomes:"),
        ("outcomes:", "rules: {r: {any: []}}\noutcomes:"),
        ("outcomes:", "rules: {r: {heard: hi, speaker: me}}\noutcomes:"),
        ("outcomes:", "rules: {r: {any: [{herd: hi}]}}\noutcomes:"),
        ("outcomes:", "rules: {r: {number: {over: 1}}}\noutcomes:"),
        ("outcomes:", "rules: {r: {heard: hi, after: {within: 10s}}}\noutcomes:"),
        ("outcomes:", "rules: {r: {sequence: [{heard: hi, absent: maybe}]}}\noutcomes:"),
        ("outcomes:", "plans: {p: {title: P, outcome: done, turns: [{sing: x}]}}\noutcomes:"),
        ("outcomes:", "plans: {p: {title: P, outcome: done, turns: [wait]}}\noutcomes:"),
    ],
)
def test_a_wrong_pack_is_not_valid_and_the_reader_agrees(right: str, wrong: str) -> None:
    assert MINIMAL.count(right) == 1
    source = MINIMAL.replace(right, wrong)
    assert complaints(source)
    assert load(source).script is None


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, set[str]]:
    """Return the keys that the reader looks for, by what they are keys of."""
    found: dict[str, set[str]] = {}
    close = Fields.close

    def record(self: Fields, also: Iterable[str] = ()) -> None:
        found[self.what] = self.asked.union(also)
        close(self, also)

    monkeypatch.setattr(Fields, "close", record)
    load(EVERYTHING)
    return found


@pytest.mark.parametrize(
    ("what", "definition"),
    [
        ("step hello", "step"),
        ("exit on", "exit"),
        ("objection later", "objection"),
        ("fact name", "fact"),
        ("rule thanks", "rule"),
        ("any (rule polite)", "condition"),
        ("number (rule pays)", "number"),
        ("after (rule pays)", "anchor"),
        ("sequence (rule agreed)", "link"),
        ("cue greet", "cue"),
        ("cue pays", "cue"),
        ("cue threat", "avoid"),
        ("outcome done", "outcome"),
        ("plan first", "plan"),
        ("expect (plan first)", "expect"),
    ],
)
def test_the_schema_has_the_keys_that_the_reader_looks_for(
    asked: Mapping[str, set[str]], what: str, definition: str
) -> None:
    known = set(next(tables(SCHEMA["$defs"][definition]))["properties"])
    extra = {"zh", "en"} | ({"after"} if definition == "avoid" else set())
    assert known - extra == asked[what] - extra


def test_the_head_has_the_keys_that_the_reader_looks_for(asked: Mapping[str, set[str]]) -> None:
    assert set(SCHEMA["properties"]) == asked["pack example"]


def test_the_turns_are_those_that_the_reader_knows() -> None:
    plan: Tree = {"title": "P", "outcome": "done", "turns": [["no turn"]]}
    (finding,) = load(minimal(plans={"p": plan})).findings
    expected = finding.arguments["expected"]
    assert isinstance(expected, Told)
    words, table = SCHEMA["$defs"]["turn"]["anyOf"]
    assert {*words["enum"], *table["properties"]} == set(str(expected.values["known"]).split(", "))


def tables(schema: Any) -> Iterator[Any]:
    """Yield the tables among which a definition lets one choose."""
    if "properties" in schema:
        yield schema
    for one in schema.get("anyOf", ()):
        yield from tables(one)


def test_everything_is_explained_in_both_languages() -> None:
    for table in (SCHEMA, *(table for one in SCHEMA["$defs"].values() for table in tables(one))):
        for key, value in table["properties"].items():
            assert re.search("[\u4e00-\u9fff]", value["description"]), key
            assert re.search("[a-z]{2}", value["description"]), key


def test_a_pack_in_several_files_has_its_head_in_the_first() -> None:
    assert complaints("steps:\n  more: {title: More}\n") == []
    assert complaints("title: Again\n")
