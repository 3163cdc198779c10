"""Loading: whatever is in the files, it becomes a script or findings, never a crash."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.script.check import check, has_errors
from callcoach.script.diagnostic import codes as catalogue
from callcoach.script.diagnostic import entry, hint, message
from callcoach.script.load import Loaded, PackFiles, load_pack
from callcoach.script.model import PackId, StepId
from tests.support import (
    codes,
    end,
    files,
    load,
    minimal,
    script_of,
    shipped_files,
    shipped_ids,
    show,
    step,
)


def assert_sound(loaded: Loaded, sources: Mapping[str, str]) -> None:
    """Check that everything found has a code, a file, a line of it, and texts in each language."""
    for finding in check(loaded):
        assert finding.code in catalogue()
        assert finding.place.file in sources, show(finding)
        lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", sources[finding.place.file])
        assert 1 <= finding.place.line <= len(lines), show(finding)
        for language in ("en", "zh"):
            assert message(finding, language)
            assert hint(finding, language)


# What is hostile

LONG_NUMBER = "9" * 5000


@pytest.mark.parametrize(
    "greet",
    [
        {"times": LONG_NUMBER},
        {"times": f"1-{LONG_NUMBER}"},
        {"within": f"{LONG_NUMBER}s"},
        {"weight": LONG_NUMBER},
        {"heard": [f"good ...{LONG_NUMBER} morning"]},
        {"heard": ["(" * 3000 + "good" + ")" * 3000]},
        {"unless": ["[" * 3000 + "good" + "]" * 3000 + " day"]},
        {"heard": ["|".join(f"good {word}" for word in range(4000))]},
    ],
    ids=[
        "times",
        "range",
        "within",
        "weight",
        "gap",
        "brackets",
        "square brackets",
        "alternatives",
    ],
)
def test_a_cue_with_a_hostile_value_is_reported(greet: dict[str, object]) -> None:
    cue: dict[str, object] = {"in": "hello", "title": "Greet", "heard": ["good morning"]}
    assert set(codes(minimal(cues={"greet": cue | greet}))) & {"CC007", "CC031"}


@pytest.mark.parametrize(
    "guard",
    [
        "-" * 400 + "paid",
        "paid" + ".b" * 240,
        "(" * 240 + "paid" + ")" * 240,
        "not " * 120 + "paid",
    ],
    ids=["minus", "dots", "brackets", "nots"],
)
def test_a_deep_guard_is_reported_or_understood(guard: str) -> None:
    pack = minimal(
        steps={
            "hello": step("Good morning.", on="bye", paid={"to": "bye", "when": guard}),
            "bye": end("Goodbye."),
        },
        facts={"paid": {"type": "yes_no", "title": "Paid", "given": "yes"}},
    )
    assert set(codes(pack)) <= {"CC040", "CC041", "CC045"}


def test_steps_that_use_one_another_in_a_long_chain_load() -> None:
    chain: dict[str, object] = {f"s{n}": {"use": f"s{n + 1}"} for n in range(1500)}
    steps = {"hello": step("Good morning.", on="s0"), **chain, "s1500": end("Goodbye.")}
    script = script_of(minimal(steps=steps))
    assert script.steps[StepId("example.s0")].is_end


def test_packs_that_use_one_another_in_a_long_chain_load() -> None:
    packs = [files(minimal(pack=f"p{n}", uses=[f"p{n + 1}"]), f"p{n}") for n in range(400)]
    last = files(minimal(pack="p400"), "p400")
    assert load(minimal(uses=["p0"]), *packs, last).script is not None


@pytest.mark.parametrize("language", ["xq", "and", "zz", "a1", "a_"])
def test_a_language_that_nobody_speaks_is_reported_or_said_as_english(language: str) -> None:
    pack = minimal(
        languages=[language],
        facts={"day": {"type": "date", "title": "Day", "given": "yes"}},
        lines={"on": "On {{ day }}."},
    )
    assert set(codes(pack)) <= {"CC007", "CC006"}


@pytest.mark.parametrize(
    "line",
    [
        "{% if 'x' in name %}x{% endif %}",
        "{% if 1 < 'a' %}{{ name }}{% endif %}",
        "{{ name | upper(*name) }}",
        "{% if name %}" * 110 + "x" + "{% endif %}" * 110,
        "{{ " + "not " * 290 + "name }}",
        "{{ example }}{{ example.name }}",
    ],
    ids=["in", "constants", "star", "if 110 deep", "not 290 deep", "like its pack"],
)
def test_checking_a_line_never_fails_whatever_it_would_do_when_said(line: str) -> None:
    pack = minimal(
        lines={"said": line},
        facts={
            "name": {"type": "text", "title": "Name", "given": "yes"},
            "example": {"type": "text", "title": "Example", "given": "yes"},
        },
    )
    assert_sound(load(pack), files(pack).files)


# Whatever is in the files

PACKS: dict[str, PackFiles] = {code: PackFiles(PackId("example"), dict(entry(code).example))
                               for code in catalogue()}  # fmt: skip
SHIPPED = {id: shipped_files(id) for id in shipped_ids()}
WORDS = sorted(
    {
        word
        for pack in (*PACKS.values(), *SHIPPED.values())
        for source in pack.files.values()
        for word in re.findall(r"[\w.]+", source)
    }
)
NASTY = (
    *("~", "null", '""', "yes", "[]", "{}", "[~]", "{zh: a}", "{en: []}", "{en: [~], zh: ~}"),
    *("{cue: [nope]}", "all", "[all]", "call", "none", "12:30", "a.b.c", ".", "..", "|", ">-"),
    *(
        "courtesy.greeting",
        '"{{ x }}"',
        '"{% if x %}"',
        '"{{ company.title }}"',
        "{{ x }}",
        "：",
        "",
    ),
    *("(a|b", "[x", "...3", '"#"', "'", "- x", "? x", "&a x", "*a", "!!str x", "0-0", "3-1"),
    *("1s of step", "9s of moon", "[a, [b]]", "[{a: b}]", "{a: {b: c}}", "agent", '"company > 1"'),
    *("company and not company", '"\\u2028"', '"\\x00"', "identity_verified", "\ufeff", "\ud800"),
)


@st.composite
def mutated(draw: st.DrawFn, source: str) -> str:
    """Return a text with a few lines of it spoilt."""
    lines = source.split("\n")
    for _ in range(draw(st.integers(min_value=1, max_value=4))):
        at = draw(st.integers(min_value=0, max_value=len(lines) - 1))
        key = lines[at].split(":")[0]
        word = draw(st.sampled_from(WORDS))
        other = draw(st.integers(min_value=0, max_value=len(lines) - 1))
        column = draw(st.integers(min_value=0, max_value=len(lines[at])))
        match draw(st.integers(min_value=0, max_value=9)):
            case 0:
                lines[at : at + 1] = []
            case 1:
                lines.insert(at, lines[other])
            case 2:
                lines[at] = f"{key}: {draw(st.sampled_from(NASTY))}"
            case 3:
                lines[at] = "  " + lines[at]
            case 4:
                lines[at] = lines[at][2:]
            case 5:
                lines[at] = re.sub(r"[\w.]+", word, lines[at], count=1)
            case 6:
                lines[at] = f"{key}: {word}"
            case 7:
                odd = draw(st.characters() | st.sampled_from(":{}[]|()#\"'%.-,：>&*!?@`~\t\\"))
                lines[at] = lines[at][:column] + odd + lines[at][column:]
            case 8:
                lines[at:at] = lines[other : other + 6]
            case _:
                lines[at : at + 6] = []
        lines = lines or [""]
    return "\n".join(lines)


@settings(max_examples=300)
@given(st.data())
def test_a_spoilt_small_pack_never_fails_and_every_finding_has_its_place(
    data: st.DataObject,
) -> None:
    pack = PACKS[data.draw(st.sampled_from(sorted(PACKS)))]
    sources = dict(pack.files)
    name = data.draw(st.sampled_from(sorted(sources)))
    sources[name] = data.draw(mutated(sources[name]))
    assert_sound(load(PackFiles(pack.id, sources)), sources)


@settings(max_examples=20)
@given(st.data())
def test_a_spoilt_shipped_pack_never_fails_and_every_finding_has_its_place(
    data: st.DataObject,
) -> None:
    pack = SHIPPED[data.draw(st.sampled_from(sorted(SHIPPED)))]
    sources = dict(pack.files)
    name = data.draw(st.sampled_from(sorted(sources)))
    sources[name] = data.draw(mutated(sources[name]))
    others = {name: text for other in SHIPPED.values() for name, text in other.files.items()}
    assert_sound(load_pack(PackFiles(pack.id, sources), SHIPPED.get), others | sources)


@given(st.dictionaries(st.sampled_from(["pack.yaml", "a.yaml"]), st.text(max_size=60), min_size=1))
def test_any_text_at_all_is_refused_with_its_place(sources: dict[str, str]) -> None:
    loaded = load(PackFiles(PackId("example"), sources))
    assert has_errors(loaded.findings)
    assert_sound(loaded, sources)
