"""The digest of a script: what changes it, and what does not."""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.script.load import PackFiles
from callcoach.script.load.fields import Findings
from callcoach.script.load.pack import read_head, read_parts
from callcoach.script.model import PackId, Script
from tests.support import (
    MINIMAL,
    OBJECTION,
    Tree,
    base,
    dump,
    end,
    files,
    load,
    minimal,
    script_of,
    shipped_files,
    step,
    step_of,
)

RICH: dict[str, object] = minimal(
    facts={
        "name": {
            "type": "text",
            "title": "Name",
            "given": "yes",
            "private": "name",
            "example": "Li",
        },
        "by": {"type": "choice", "title": "By", "choices": {"sms": {"en": ["text", "message"]}}},
        "amount": {"type": "money", "title": "Amount", "currency": "USD"},
    },
    lines={"extra": {"en": ["One {{ name }}.", "Two."], "when": "name == 'Li'"}},
    steps={
        "hello": {
            "title": "Hello",
            "note": "Smile",
            "say": ["extra", {"hi": "Good morning."}],
            "asks": ["by"],
            "heard": {"en": ["hello there"], "cue": "greet"},
            "exits": {
                "on": {"label": "On", "to": "bye", "when": "name", "after": "all", "say": "extra"},
                "talk": {"label": "Talk", "stay": "yes", "heard": ["talk"], "sets": {"by": "sms"}},
            },
        },
        "bye": end("Goodbye."),
    },
    objections={"later": dict(OBJECTION)},
    rules={
        "polite": {
            "labels": ["thanks"],
            "any": [{"en": ["thank you"], "at": "start"}, {"number": {"from": "3"}}],
            "after": {"rule": "hail", "within": "2 turns"},
        },
        "hail": {"heard": ["hail"], "internal": "yes"},
    },
    cues={
        "greet": {
            "in": ["hello", "bye"],
            "rule": ["polite"],
            "title": "Greet",
            "within": "20s of call",
            "times": "1-2",
            "weight": "2",
            "severity": "minor",
            "required_for": ["done"],
            "why": "Kind",
            "suggest": "example.extra",
            "heard": ["good morning"],
            "unless": ["no good morning"],
        }
    },
    watch={"pays": {"title": "Pays", "speaker": "customer", "heard": ["i pay"]}},
    avoid={"threat": {"title": "Threat", "until": "bye", "repair": "greet", "heard": ["or else"]}},
)
PLANS: Tree = {
    "easy": {"title": "Easy", "turns": ["say", {"exit": "on"}, "end"], "outcome": "done"}
}


def digest(source: str | Tree) -> str:
    """Return the digest of a pack, whether it is sound or not."""
    found = Findings()
    read = read_head(files(source), found)
    assert read is not None
    return read_parts(PackId("example"), *read, (), found).digest


def test_the_script_carries_the_digest_of_its_pack() -> None:
    assert load(RICH).script is not None
    assert script_of(RICH).digest == digest(RICH)
    assert len(digest(RICH)) == 64


def test_plans_do_not_change_the_digest() -> None:
    assert digest(RICH | {"plans": PLANS}) == digest(RICH)


def test_the_digest_is_the_same_however_the_pack_is_laid_out() -> None:
    block = dump(RICH)
    flow = json.dumps(RICH, ensure_ascii=False)
    wide = json.dumps(RICH, ensure_ascii=True, indent=7)
    assert digest(block) == digest(flow) == digest(wide) == digest("\ufeff" + flow)


def test_block_and_flow_style_quoted_and_folded_texts_have_one_digest() -> None:
    plain = MINIMAL
    other = """\
# The same pack, written otherwise.
callcoach: 1
"pack": 'example'   # a remark
version: '1'
title: >-
  Example
languages:
- en

start: "hello"
outcomes:
  done:
    code: DONE
    title: Done
steps:
    hello:
        title: "Hello"
        say:
            hi: >-
              Good
              morning.
        exits: {on: {to: bye, label: On}}
    bye: {title: Bye, say: {farewell: "Goodbye."}, outcome: done}
"""
    reordered = plain.replace("{label: On, to: bye}", "{to: bye, label: On}")
    assert digest(other) == digest(reordered)


@cache
def courtesy() -> Script:
    """Return the shipped pack as it is."""
    return script_of(shipped_files(PackId("courtesy")), shipped_files(PackId("compliance")))


@settings(max_examples=8)  # each loads two packs, so each has many lines more
@given(st.data())
def test_remarks_and_empty_lines_do_not_change_the_digest(data: st.DataObject) -> None:
    pack, used = shipped_files(PackId("courtesy")), shipped_files(PackId("compliance"))
    lines = pack.files["courtesy/cues.yaml"].split("\n")
    # A remark within a text of several lines would be a part of it, or end it.
    places = [at for at, line in enumerate(lines) if re.match(r" *[a-z_]+:( |$)", line)]
    for at in sorted(data.draw(st.lists(st.sampled_from(places), max_size=20)), reverse=True):
        lines.insert(at, data.draw(st.sampled_from(["", "# a remark", "      # : [ {", "   "])))
    changed = dict(pack.files) | {"courtesy/cues.yaml": "\n".join(lines)}
    assert script_of(PackFiles(pack.id, changed), used).digest == courtesy().digest


def leaves(tree: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the paths to every text in a tree."""
    match tree:
        case dict():
            for key, inner in tree.items():
                yield from leaves(inner, (*path, key))
        case list():
            for at, inner in enumerate(tree):
                yield from leaves(inner, (*path, at))
        case _:
            yield path


def changed(tree: Mapping[str, object], path: tuple[str | int, ...]) -> dict[str, object]:
    """Return a copy of a tree whose text under a path is another one."""
    copy = deepcopy(dict(tree))
    inner: object = copy
    for key in path[:-1]:
        inner = cast("dict[str | int, object]", inner)[key]
    at = cast("dict[str | int, object]", inner)
    at[path[-1]] = f"{at[path[-1]]}x"
    return copy


HEAD = {("callcoach",), ("pack",), ("title",), ("languages", 0)}
"""Texts of the head that a call does not depend on, or without which nothing can be read."""


def test_any_other_wording_is_another_digest() -> None:
    wordings = [path for path in leaves(RICH) if path not in HEAD]
    assert len(wordings) > 60
    digests = {digest(changed(RICH, path)) for path in wordings}
    assert len(digests | {digest(RICH)}) == len(wordings) + 1


@pytest.mark.parametrize(
    "section", ["facts", "lines", "steps", "objections", "cues", "watch", "avoid"]
)
def test_leaving_anything_out_is_another_digest(section: str) -> None:
    whole = cast("dict[str, object]", RICH[section])
    for id in whole:
        rest = {key: value for key, value in whole.items() if key != id}
        assert digest(RICH | {section: rest}) != digest(RICH)


def test_the_order_of_exits_is_part_of_the_digest() -> None:
    one = minimal(steps={"hello": step("Hi.", a="bye", b="bye"), "bye": end("Bye.")})
    other = minimal(steps={"hello": step("Hi.", b="bye", a="bye"), "bye": end("Bye.")})
    assert digest(one) != digest(other)


def test_a_pack_that_is_used_is_part_of_the_digest() -> None:
    pack = minimal(uses=["base"])
    said = {"hello": step("Good evening.", on="bye"), "bye": end("Goodbye.")}
    digests = {
        script_of(minimal()).digest,
        script_of(pack, base()).digest,
        script_of(pack, base(steps=said)).digest,
    }
    assert len(digests) == 3
    quiet = base(plans={"p": {"title": "x", "outcome": "done", "turns": []}})
    assert script_of(pack, quiet).digest == script_of(pack, base()).digest


def test_the_word_null_and_no_word_at_all_have_different_digests() -> None:
    objections = {"later": OBJECTION}
    named = minimal(objections=objections | {"more": {"use": "later", "title": "null"}})
    unnamed = minimal(objections=objections | {"more": {"use": "later", "title": None}})
    assert step_of(script_of(named), "example.more").title.plain("en") == "null"
    assert step_of(script_of(unnamed), "example.more").title.plain("en") == "Later"
    assert digest(named) != digest(unnamed)
