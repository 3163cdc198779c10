"""A pack's texts out to a translator and back: nothing is lost, and nothing stale goes unmarked."""

import codecs
import csv
import io
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.errors import PackError, StringsError
from callcoach.script.facts import FactId
from callcoach.script.load.edit import change_texts
from callcoach.script.model import PackId
from callcoach.script.strings.harvest import Harvest, Returned, Why, harvest
from callcoach.script.strings.memory import Memory, State, dump_memory, read_memory
from callcoach.script.strings.rows import Row, rows
from callcoach.script.strings.table import Table, guard, read_table, unguard, write_table
from tests.support import shipped_files, shipped_ids

LANGUAGES = ("zh", "en")
SAMPLE = """\
title: {zh: 好, en: Good}
about: {zh: 关于}
facts:
  name: {title: {zh: 姓名, en: Name}, choices: {a: {zh: 甲, en: A}}}
lines:
  hello:
    zh: ["您好{{ name }}", 你好]
    en: "Hello {{ name }}"
  formula: {zh: "=1+1", en: "-2"}
rules:
  r: {title: {zh: 规则}, any: [{zh: 您好, en: hello}, {rule: s}], unless: {zh: 喂, en: hey}}
cues:
  c: {title: {zh: 要点, en: Cue}, heard: {zh: [您好], en: [hello]}}
"""
FILES = {"pack.yaml": SAMPLE}
NAMES = {"name": FactId("example.name")}


def exported(files: Mapping[str, str] = FILES, memory: Memory | None = None) -> dict[str, Row]:
    """Return the rows of a pack's texts from Chinese to English, by key."""
    found = rows(files, LANGUAGES, "zh", "en", memory or Memory())
    return {row.key: row for row in found}


def back(row: Row, **changed: str) -> Returned:
    """Return a row as it comes back, with some of its cells changed."""
    cells = {"key": row.key, "source": row.source, "target": row.target, "state": row.state}
    return Returned(2, **{**cells, **changed})


def accepted(files: Mapping[str, str] = FILES) -> Memory:
    """Return the memory of a pack whose translations are all up to date."""
    pairs = {it.memory_key: (it.source, it.target) for it in exported(files).values() if it.target}
    return Memory().accept("zh", "en", pairs)


def take(*returned: Returned, memory: Memory | None = None) -> Harvest:
    """Return what some returned rows amount to."""
    return harvest(exported(memory=memory).values(), returned, "en", NAMES)


def write(found: Harvest, files: Mapping[str, str] = FILES) -> dict[str, str]:
    """Return the files with a harvest written into them."""
    changed = {name: change_texts(files[name], name, it) for name, it in found.changes.items()}
    return {**files, **changed}


def test_every_text_is_a_row_and_phrases_are_none() -> None:
    found = exported()
    assert [(row.key, row.kind, row.state.value) for row in found.values()] == [
        ("title", "title", "ok"),
        ("about", "about", "missing"),
        ("facts.name.title", "title", "ok"),
        ("facts.name.choices.a", "choice", "ok"),
        ("lines.hello#1", "line", "ok"),
        ("lines.hello#2", "line", "missing"),
        ("lines.formula", "line", "ok"),
        ("rules.r.title", "title", "missing"),
        ("cues.c.title", "title", "ok"),
    ]
    assert (found["title"].source, found["title"].target) == ("好", "Good")
    assert str(found["lines.hello#2"].place).startswith("pack.yaml:7:")


@pytest.mark.parametrize("id", shipped_ids())
@pytest.mark.parametrize(("source", "target"), [("zh", "en"), ("en", "zh")])
def test_a_shipped_pack_goes_out_and_comes_back_unchanged(
    id: PackId, source: str, target: str
) -> None:
    files = shipped_files(id).files
    out = list(rows(files, LANGUAGES, source, target, Memory()))
    assert [row.key for row in out if row.state is not State.OK or not row.source] == []
    table = read_table(write_table(out, source, target), "x.csv")
    assert (table.source, table.target, table.encoding) == (source, target, "utf-8")
    assert [(it.key, it.source, it.target, it.state) for it in table.rows] == [
        (row.key, row.source, row.target, row.state) for row in out
    ]
    found = harvest(out, table.rows, target)
    assert (found.changes, found.written, found.skipped) == ({}, 0, ())
    assert found.unchanged == len(out)


def test_a_translation_is_written_into_its_place_and_nowhere_else() -> None:
    found = exported()
    harvested = take(
        back(found["about"], target="About"),
        back(found["lines.hello#2"], target="Hi"),
        back(found["title"], target="Better"),
    )
    assert (harvested.written, harvested.unchanged, harvested.skipped) == (3, 0, ())
    after = write(harvested)["pack.yaml"]
    assert {key: row.target for key, row in exported({"pack.yaml": after}).items()} == {
        **{key: row.target for key, row in found.items()},
        "about": "About",
        "lines.hello#2": "Hi",
        "title": "Better",
    }
    assert [row.source for row in exported({"pack.yaml": after}).values()] == [
        row.source for row in found.values()
    ]
    assert after.splitlines()[-2:] == SAMPLE.splitlines()[-2:]


def test_a_row_without_a_target_is_left_alone() -> None:
    harvested = take(back(exported()["about"]), back(exported()["title"], target="  "))
    assert (harvested.changes, harvested.written, harvested.skipped) == ({}, 0, ())


def test_a_target_is_stale_once_its_source_has_changed() -> None:
    memory = accepted()
    assert {row.state for row in exported(memory=memory).values() if row.target} == {State.OK}
    changed = {"pack.yaml": SAMPLE.replace("zh: 好", "zh: 很好")}
    states = {key: row.state for key, row in exported(changed, memory).items()}
    assert [key for key, state in states.items() if state is State.STALE] == ["title"]
    out = write_table(exported(changed, memory).values(), "zh", "en").decode("utf-8-sig")
    assert "title,pack.yaml:1,title,很好,Good,stale\r\n" in out


def test_a_stale_target_is_up_to_date_again_once_it_is_translated_or_called_ok() -> None:
    memory = accepted()
    changed = {"pack.yaml": SAMPLE.replace("zh: 好", "zh: 很好")}
    row = exported(changed, memory)["title"]
    for came in (back(row, target="Very good"), back(row, state="ok")):
        harvested = harvest([row], [came], "en", NAMES)
        now = memory.accept("zh", "en", harvested.accepted)
        assert exported(write(harvested, changed), now)["title"].state is State.OK
    untouched = harvest([row], [back(row)], "en", NAMES)
    assert (untouched.accepted, untouched.unchanged) == ({}, 1)


def test_a_text_that_was_moved_is_not_stale() -> None:
    memory = accepted()
    moved = {"pack.yaml": SAMPLE.replace("  formula:", "  sum:")}
    assert exported(moved, memory)["lines.sum"].state is State.OK


def test_staleness_is_seen_from_either_side() -> None:
    memory = accepted()
    changed = {"pack.yaml": SAMPLE.replace("en: Good", "en: Fine")}
    found = {row.key: row for row in rows(changed, LANGUAGES, "en", "zh", memory)}
    assert found["title"].state is State.STALE
    assert exported(changed, memory)["title"].state is State.OK


@pytest.mark.parametrize(
    ("key", "cells", "why"),
    [
        ("title", {"key": "nowhere"}, Why.UNKNOWN),
        ("title", {"source": "不好"}, Why.CHANGED),
        ("title", {"target": "a\x1b[31mb"}, Why.CONTROL),
        ("lines.hello#1", {"target": "Hello {{ name"}, Why.BRACES),
        ("lines.hello#1", {"target": "Hello {{ nobody }}"}, Why.BRACES),
        ("lines.hello#1", {"target": "{% for x in name %}{% endfor %}"}, Why.BRACES),
    ],
)
def test_a_row_that_does_not_fit_is_left_out_and_says_why(
    key: str, cells: dict[str, str], why: Why
) -> None:
    harvested = take(back(exported()[key], **({"target": "New"} | cells)))
    assert harvested.changes == {}
    assert [skipped.why for skipped in harvested.skipped] == [why]


def test_of_two_rows_with_one_key_the_first_is_taken() -> None:
    row = exported()["title"]
    harvested = take(back(row, target="One"), replace(back(row, target="Two"), line=3))
    assert harvested.written == 1
    assert [(it.row.line, it.why) for it in harvested.skipped] == [(3, Why.TWICE)]
    assert exported(write(harvested))["title"].target == "One"


def test_a_fact_that_a_translation_leaves_out_is_told() -> None:
    harvested = take(back(exported()["lines.hello#1"], target="Hello"))
    assert harvested.written == 1
    assert [(row.key, name) for row, name in harvested.lost] == [("lines.hello#1", "name")]


def test_a_pack_that_cannot_be_read_is_refused_with_its_file() -> None:
    with pytest.raises(PackError, match=r"broken\.yaml"):
        list(rows({"broken.yaml": "a: ["}, LANGUAGES, "zh", "en", Memory()))


# The table


def table(text: str, encoding: str = "utf-8") -> Table:
    """Return the table that a text is read as."""
    return read_table(text.encode(encoding), "x.csv")


@given(st.text())
def test_a_guarded_cell_is_no_formula_and_comes_back(cell: str) -> None:
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(
        ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    )


def test_what_looks_like_a_formula_goes_out_as_text_and_comes_back() -> None:
    data = write_table(exported().values(), "zh", "en")
    assert data.startswith(codecs.BOM_UTF8)
    cells = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert ["lines.formula", "pack.yaml:9", "line", "'=1+1", "'-2", "ok"] in cells
    (row,) = [row for row in read_table(data, "x.csv").rows if row.key == "lines.formula"]
    assert (row.source, row.target) == ("=1+1", "-2")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("gb18030", "gb18030")],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_table_is_read_whichever_way_a_spreadsheet_saves_it(
    delimiter: str, encoding: str, told: str, newline: str
) -> None:
    lines = [["state", "key", "source_zh", "target_en"], ["ok", "title", "好", '"a\nb"'], ["", ""]]
    text = newline.join(delimiter.join(line) for line in lines)
    read = table(text, encoding)
    assert (read.source, read.target, read.encoding) == ("zh", "en", told)
    assert read.rows == (Returned(2, "title", "好", "a\nb", "ok"),)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "source"),
        (b"key,place\n", "source"),
        (b"key,source_zh\n", "target"),
        (b"source_zh,target_en\n", "key"),
        (b"key,source_zh,target_en\n\xff\xff\n", "UTF-8"),
    ],
)
def test_what_is_no_table_is_refused_with_its_name(data: bytes, message: str) -> None:
    with pytest.raises(StringsError, match=rf"x\.csv.*{message}") as refused:
        read_table(data, "x.csv")
    assert refused.value.hint


# The memory

TEXTS = st.text(min_size=1, max_size=8)


@given(
    st.dictionaries(TEXTS, st.tuples(TEXTS, TEXTS)), st.dictionaries(TEXTS, st.tuples(TEXTS, TEXTS))
)
def test_a_memory_is_read_back_as_it_was(
    one: dict[str, tuple[str, str]], other: dict[str, tuple[str, str]]
) -> None:
    memory = Memory().accept("zh", "en", one).accept("en", "fr", other)
    assert read_memory(dump_memory(memory), "x.json") == memory


@given(TEXTS, TEXTS)
def test_a_pair_is_the_same_from_either_side(source: str, target: str) -> None:
    there = Memory().accept("zh", "en", {"key": (source, target)})
    assert there == Memory().accept("en", "zh", {"key": (target, source)})
    assert there.state("zh", "en", "key", (source, target)) is State.OK
    assert there.state("en", "zh", "key", (target, source)) is State.OK


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": 2, "pairs": {}}',
        '{"format": 1, "pairs": []}',
        '{"format": 1, "pairs": {"en": {}}}',
        '{"format": 1, "pairs": {"en+zh": {"a": ["b"]}}}',
        "[" * 100_000,
    ],
)
def test_a_damaged_memory_is_refused_with_its_name(text: str) -> None:
    with pytest.raises(PackError, match=r"x\.json"):
        read_memory(text, "x.json")
