"""Texts written back into YAML in place: the intended ones change, nothing else by a byte."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.errors import PackError
from callcoach.script.load.edit import Change, EditRefused, change_texts
from callcoach.script.load.nodes import Scalar, Table, read_nodes
from callcoach.script.load.spell import folded, spell
from callcoach.script.load.texts import Passage, passages

LANGUAGES = ("zh", "en")
SAMPLE = """\
callcoach: 1  # the format
title: {zh: 好}   # a title
about:
  zh: 关于 # why
  en:   # to be written
steps:
  hello:
    say:
      - first: {zh: [一, 二], en: one}
      - second:
          zh: >-
            长
          # a comment between
      - shared_line
    exits:
      on: {label: {zh: 坏, en: }, to: bye}
lines:
  folded:
    when: known
    en: >- # kept
      old text
      here

    zh: 三
  list:
    zh: [x]
    en:
      - one  # 1
      - two
  literal:
    zh: 甲
    en: |-
      one
      two
  bare: {zh: 坏, en}
  quoted: {"zh": "q", 'en': 'it''s'}
  trailing: {en: "a", zh: b,}
  multi: {zh: 多行, en: several
    words}
# the end
cues:
  c: {title: {zh: 要点}, heard: {zh: [您好], en: [hello]}}"""

TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1, max_size=60
).filter(str.strip)
WORDS = st.lists(st.text("abc xyz,:#'\"{}[]&*!|>%@你好。", min_size=1), min_size=1).map(" ".join)


def found(source: str) -> dict[str, Passage]:
    """Return the texts of a source by key."""
    table, _ = read_nodes(source.removeprefix("\ufeff"), "sample.yaml")
    assert table is not None
    return {passage.key: passage for passage in passages(table, LANGUAGES)}


def change(source: str, **texts: tuple[str, ...]) -> str:
    """Return a source in which some texts have another English."""
    known = found(source)
    changes = [
        Change(known[key.replace("__", ".")].path, "en", said) for key, said in texts.items()
    ]
    return change_texts(source, "sample.yaml", changes)


def changed_lines(before: str, after: str) -> list[str]:
    """Return the lines that were taken out and put in."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_every_text_by_language_is_found_and_phrases_are_not() -> None:
    assert list(found(SAMPLE)) == [
        "title",
        "about",
        "steps.hello.say.1.first",
        "steps.hello.say.2.second",
        "steps.hello.exits.on.label",
        "lines.folded",
        "lines.list",
        "lines.literal",
        "lines.bare",
        "lines.quoted",
        "lines.trailing",
        "lines.multi",
        "cues.c.title",
    ]


def test_a_text_knows_its_kind_and_its_place() -> None:
    known = found(SAMPLE)
    assert [known[key].kind for key in ("title", "steps.hello.say.1.first", "lines.bare")] == [
        "title",
        "line",
        "line",
    ]
    assert known["steps.hello.exits.on.label"].kind == "label"
    assert known["lines.folded"].place.line == 19
    assert known["lines.list"].variants == {"zh": ("x",), "en": ("one", "two")}
    assert known["about"].variants == {"zh": ("关于",)}


def test_ids_that_look_like_languages_are_no_languages() -> None:
    source = "steps: {en: {title: {zh: 一}, exits: {zh: {label: {zh: 二}}}}}\n"
    assert list(found(source)) == ["steps.en.title", "steps.en.exits.zh.label"]


@pytest.mark.parametrize(
    ("key", "said", "expected"),
    [
        (
            "title",
            ("Good",),
            ["- title: {zh: 好}   # a title", "+ title: {zh: 好, en: Good}   # a title"],
        ),
        ("about", ("On",), ["-   en:   # to be written", "+   en: On   # to be written"]),
        (
            "lines__bare",
            ("#1, yes",),
            ["-   bare: {zh: 坏, en}", '+   bare: {zh: 坏, en: "#1, yes"}'],
        ),
        (
            "steps__hello__exits__on__label",
            ("Bad",),
            [
                "-       on: {label: {zh: 坏, en: }, to: bye}",
                "+       on: {label: {zh: 坏, en: Bad}, to: bye}",
            ],
        ),
        (
            "steps__hello__say__1__first",
            ("one", "two: x"),
            [
                "-       - first: {zh: [一, 二], en: one}",
                '+       - first: {zh: [一, 二], en: [one, "two: x"]}',
            ],
        ),
        ("steps__hello__say__2__second", ("Long",), ["+           en: Long"]),
        ("lines__list", ("one", "2", "three"), ["-       - two", "+       - 2", "+       - three"]),
        ("lines__list", ("1", "two"), ["-       - one  # 1", "+       - 1  # 1"]),
        ("lines__folded", ("new",), ["+       new", "-       old text", "-       here"]),
        ("lines__literal", ("one\n2",), ["-       two", "+       2"]),
        (
            "lines__quoted",
            ("that's it",),
            [
                "-   quoted: {\"zh\": \"q\", 'en': 'it''s'}",
                "+   quoted: {\"zh\": \"q\", 'en': 'that''s it'}",
            ],
        ),
        (
            "lines__trailing",
            ("~",),
            ['-   trailing: {en: "a", zh: b,}', '+   trailing: {en: "~", zh: b,}'],
        ),
        (
            "cues__c__title",
            ("Cue",),
            [
                "-   c: {title: {zh: 要点}, heard: {zh: [您好], en: [hello]}}",
                "+   c: {title: {zh: 要点, en: Cue}, heard: {zh: [您好], en: [hello]}}",
            ],
        ),
    ],
)
def test_only_the_lines_of_a_text_change(
    key: str, said: tuple[str, ...], expected: list[str]
) -> None:
    after = change(SAMPLE, **{key: said})
    assert found(after)[key.replace("__", ".")].variants["en"] == said
    lines = [line for line in changed_lines(SAMPLE, after) if line[0] != "?"]
    assert lines == expected


def test_a_scalar_that_becomes_a_list_in_a_block_stands_below_its_key() -> None:
    source = "lines:\n  a:\n    en: one\n    zh: [一, 二]\n"
    after = change(source, lines__a=("one", "two"))
    assert after == "lines:\n  a:\n    en:\n      - one\n      - two\n    zh: [一, 二]\n"


def test_a_long_new_text_is_folded() -> None:
    text = " ".join(["word"] * 40)
    after = change("lines:\n  a:\n    zh: 一\n", lines__a=(text,))
    assert after.startswith("lines:\n  a:\n    zh: 一\n    en: >-\n      word ")
    assert max(map(len, after.splitlines())) <= 100


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_line_ends_and_byte_order_mark_stay(newline: str, bom: str, end: str) -> None:
    source = bom + SAMPLE.replace("\n", newline) + (newline if end else "")
    said = {key.replace(".", "__"): ("new", "text")[: max(len(p.variants.get("en", ())), 1)]
            for key, p in found(source).items()}  # fmt: skip
    after = change(source, **said)
    assert after.startswith(bom + "callcoach: 1  # the format" + newline)
    assert after.endswith(newline) is bool(end)
    if newline == "\r\n":
        assert after.count("\n") == after.count("\r\n")
    assert all(comment in after for comment in ("# a title", "# why", "# kept", "# 1", "# the end"))


def test_nothing_to_change_is_the_same_text() -> None:
    known = found(SAMPLE)
    same = [
        Change(passage.path, "en", passage.variants["en"])
        for passage in known.values()
        if "en" in passage.variants
    ]
    assert change_texts(SAMPLE, "sample.yaml", same) == SAMPLE
    assert change_texts(SAMPLE, "sample.yaml", []) == SAMPLE


@given(st.data())
def test_whatever_is_written_is_read_again_and_all_else_stays(data: st.DataObject) -> None:
    known = found(SAMPLE)
    chosen = data.draw(st.lists(st.sampled_from(sorted(known)), unique=True, min_size=1))
    wanted: dict[str, tuple[str, ...]] = {}
    for key in chosen:
        count = len(known[key].variants.get("en", ()))
        said = data.draw(st.lists(TEXTS | WORDS, min_size=max(count, 1), max_size=count + 2))
        wanted[key] = tuple(said)
    after = change(SAMPLE, **{key.replace(".", "__"): said for key, said in wanted.items()})
    for key, passage in found(after).items():
        assert passage.variants.get("en") == wanted.get(key, known[key].variants.get("en"))
        assert passage.variants.get("zh") == known[key].variants.get("zh")
    for line in ("callcoach: 1  # the format", "          # a comment between", "# the end"):
        assert line in after.splitlines()


def value_of(table: Table) -> Scalar:
    """Return what stands under `v` in the first entry of a file."""
    inner = table.entries[0][1]
    assert isinstance(inner, Table)
    value = inner.get("v")
    assert isinstance(value, Scalar)
    return value


@given(TEXTS | WORDS, st.sampled_from(["", "'", '"']), st.booleans())
def test_a_spelled_text_reads_back(text: str, style: str, in_flow: bool) -> None:
    spelled = spell(text, style, in_flow=in_flow)
    assert "\n" not in spelled
    table, problems = read_nodes(f"k: {{v: {spelled}}}" if in_flow else f"k:\n  v: {spelled}", "f")
    assert table is not None
    assert problems == []
    value = value_of(table)
    assert value.text == text
    assert not value.is_empty


def test_plain_words_stay_plain() -> None:
    assert spell("您好，我是{{ name }}。", "", in_flow=False) == "您好，我是{{ name }}。"
    assert spell("您好，我是{{ name }}。", "", in_flow=True) == '"您好，我是{{ name }}。"'
    assert spell("it's 5 o'clock", "", in_flow=True) == "it's 5 o'clock"
    assert spell("a\u2028b\x00", "", in_flow=False) == '"a\\u2028b\\u0000"'


@given(WORDS, st.sampled_from([">-", ">", "|-", "|", ">+ # note"]))
def test_a_folded_text_reads_back_or_is_not_folded(text: str, header: str) -> None:
    block = folded(header, text, 4, "\n")
    if block is not None:
        table, _ = read_nodes(f"k:\n  v: {block}\nlast: 1\n", "f")
        assert table is not None
        assert value_of(table).text == text


@pytest.mark.parametrize("source", ["a: [", "- x", "a: &b {zh: 一}", "\x00"])
def test_a_file_that_cannot_be_read_is_refused(source: str) -> None:
    with pytest.raises(EditRefused):
        change_texts(source, "bad.yaml", [Change(("a",), "en", ("x",))])


@pytest.mark.parametrize("path", [("nowhere",), ("title", "zh"), ("steps", 0), ()])
def test_a_path_without_a_text_is_refused(path: tuple[str | int, ...]) -> None:
    with pytest.raises(EditRefused):
        change_texts(SAMPLE, "sample.yaml", [Change(path, "en", ("x",))])


def test_changes_that_would_touch_something_else_are_refused() -> None:
    known = found(SAMPLE)["title"]
    with pytest.raises(EditRefused) as refused:
        change_texts(SAMPLE, "sample.yaml", [Change(known.path, "en: x, fr", ("y",))])
    assert isinstance(refused.value, PackError)
    assert refused.value.hint
