"""Diagrams: Mermaid and SVG are well-formed, whole, and hold whatever a pack calls its things."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.script.diagram import mermaid, svg
from callcoach.script.diagram.layout import Layout, Size, lay_out
from callcoach.script.diagram.outline import Outline, Way, outline
from callcoach.script.model import PackId, Script, local
from callcoach.words.display import display
from tests.support import end, minimal, script_of, shipped, shipped_ids, step, wording

SPACE = "{http://www.w3.org/2000/svg}"
INK = {"svg", "title", "style", "g", "rect", "text", "path", "circle"}
"""The elements that a picture is made of."""
DRAWN = [id for id in shipped_ids() if id != "compliance"]
"""The shipped packs that have steps to draw."""
CASES = [(id, language) for id in DRAWN for language in ("zh", "en")]
_TEXT = r"\"[^\"<>`\\|]*(?:<br/>[^\"<>`\\|]*)*\""
MERMAID = (
    r"flowchart TD",
    r" +%% .*",
    rf" +s\d+(?:\[{_TEXT}\]|\(\[{_TEXT}\]\)|\{{\{{{_TEXT}\}}\}})",
    rf"  subgraph objections\[{_TEXT}\]",
    r"  end",
    rf"  s\d+ (?:-->|-\.->)\|{_TEXT}\| (?:s\d+|s\d+_back\(\(\" \"\)\))",
    r"  classDef (?:start|finish|objection) [\w:,. -]+",
    r"  class s\d+(?:,s\d+)* (?:start|finish|objection)",
)
"""The forms that a line of a chart may have."""
HOSTILE = [
    "<script>alert(1)</script>",
    '"]; click s0 "javascript:alert(1)"',
    "]]></style><x>&amp;&#60;",
    "%%{init: {'theme': 'dark'}}%%",
    "`**bold**` $$x^2$$ #quot; |pipe|",
    "1. a list",
    "- another",
    "two\nlines\r\nand \x1b[31mred\x1b[0m \x00",
    "\u202eright to left\u2028 \ufffe\uffff\ud800",
    "{{ name }} {% if x %}",
    "",
    "end",
]


ANYTHING = st.text(st.characters(), max_size=40)
"""Texts with any characters at all, also those that no file can hold."""


@cache
def script(id: PackId) -> Script:
    """Return the script of a shipped pack."""
    made = shipped().load(id).script
    assert made is not None
    return made


@cache
def plain() -> Script:
    """Return a small script with a hub, an objection and an end."""
    hub = step("Hello", one={"stay": "yes"}, on={"to": "bye"})
    back = {"label": "Back", "back": "yes"}
    objections = {"no": {"title": "No", "exits": {"back": back}}}
    return script_of(minimal(steps={"hello": hub, "bye": end("Bye.")}, objections=objections))


def hostile(text: str) -> Script:
    """Return a script in which everything that has a title is called `text`."""
    called = wording(en=text)
    steps = {
        id: replace(
            one, title=called, exits=tuple(replace(exit, label=called) for exit in one.exits)
        )
        for id, one in plain().steps.items()
    }
    outcomes = {id: replace(one, code=text, title=called) for id, one in plain().outcomes.items()}
    return replace(plain(), title=called, version=text, steps=steps, outcomes=outcomes)


def parsed(picture: str) -> ElementTree.Element:
    """Return a picture's elements, after checking that they are ink."""
    root = ElementTree.fromstring(picture)  # noqa: S314 - the picture is our own
    assert {element.tag.removeprefix(SPACE) for element in root.iter()} <= INK
    return root


def texts(picture: str) -> list[str]:
    """Return the texts of a picture."""
    return [element.text or "" for element in parsed(picture).iter(f"{SPACE}text")]


def joined(texts: list[str]) -> str:
    """Return texts in one without the places where lines were broken."""
    return "".join("".join(texts).split())


def unquoted(chart: str) -> str:
    """Return a chart's text with its character codes read."""
    return re.sub(r"#(quot|\d+);", lambda it: '"' if it[1] == "quot" else chr(int(it[1])), chart)


# Mermaid


def assert_chart(chart: str) -> None:
    """Check that a chart has only lines of known forms, and names no box that it has not got."""
    lines = chart.splitlines()
    assert lines[0] == MERMAID[0]
    for line in lines:
        assert any(re.fullmatch(form, line) for form in MERMAID), line
    boxes = re.findall(r"^ +(s\d+)[\[({]", chart, re.MULTILINE)
    assert Counter(boxes).most_common(1)[0][1] == 1
    bare = re.sub(_TEXT, "", chart)
    assert set(re.findall(r"\bs\d+\b", bare)) == set(boxes)


@pytest.mark.parametrize(("id", "language"), CASES)
def test_a_chart_of_a_shipped_pack_is_whole(id: PackId, language: str) -> None:
    pack = script(id)
    chart = mermaid(pack, language)
    assert_chart(chart)
    said = unquoted(chart)
    for one in pack.steps.values():
        assert f"%% {one.id}\n" in chart
        assert f'"{one.title.plain(language)}' in said
        for exit in one.exits:
            assert exit.label.plain(language) in said
    arrows = [line for line in chart.splitlines() if re.search(r"-->|-\.->", line)]
    ways = [exit for one in pack.steps.values() for exit in one.exits if not exit.stay]
    assert len(arrows) == len(ways)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_stays_a_title_in_a_chart(text: str) -> None:
    chart = mermaid(hostile(text), "en")
    assert_chart(chart)
    assert len(chart.splitlines()) == len(mermaid(hostile("harmless"), "en").splitlines())
    assert f'"{display(text)}"' in unquoted(chart)


@given(ANYTHING)
def test_any_title_is_read_back_from_a_chart(text: str) -> None:
    chart = mermaid(hostile(text), "en")
    assert_chart(chart)
    assert f'"{display(text)}"' in unquoted(chart)


# SVG


@pytest.mark.parametrize(("id", "language"), CASES)
def test_a_picture_of_a_shipped_pack_is_whole(id: PackId, language: str) -> None:
    pack = script(id)
    picture = svg(pack, language)
    root = parsed(picture)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert root.findtext(f"{SPACE}title") == f"{pack.title.plain(language)} {pack.version}"
    said = texts(picture)
    whole = joined(said)
    only_by_objections = {
        exit.to for one in pack.objections for exit in one.exits if exit.to is not None
    } - {exit.to for one in pack.steps.values() if not one.is_objection for exit in one.exits}
    for one in pack.steps.values():
        title = joined([one.title.plain(language)])
        if one.id in only_by_objections and one.outcome is not None:
            assert f"→{title}[{pack.outcomes[one.outcome].code}]" in whole
        else:
            assert local(one.id) in said
            assert title in whole
            for exit in one.exits:
                assert joined([exit.label.plain(language)]) in whole


@pytest.mark.parametrize(("id", "language"), CASES)
def test_a_picture_shows_nothing_outside_of_its_frame(id: PackId, language: str) -> None:
    root = parsed(svg(script(id), language))
    wide, high = float(root.get("width", 0)), float(root.get("height", 0))
    assert root.get("viewBox") == f"0 0 {wide:.0f} {high:.0f}"
    for group in root.iter(f"{SPACE}g"):
        moved = re.fullmatch(r"translate\((\S+) (\S+)\)", group.get("transform", ""))
        assert moved is not None
        for box in group.iter(f"{SPACE}rect"):
            left, top = (float(box.get(key, 0)) + float(by) for key, by in
                         zip("xy", moved.groups(), strict=True))  # fmt: skip
            assert left >= 0
            assert top >= 0
            assert left + float(box.get("width", 0)) <= wide
            assert top + float(box.get("height", 0)) <= high


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_stays_a_title_in_a_picture(text: str) -> None:
    picture = svg(hostile(text), "en")
    shown = display(text).translate({0xFFFE: None, 0xFFFF: None})
    assert joined([shown]) in joined(texts(picture))
    for mark in ("<script", "javascript:alert(1)<", "\x1b", "\u202e"):
        assert mark not in picture


@settings(max_examples=50)
@given(ANYTHING)
def test_any_title_makes_a_picture_that_xml_can_hold(text: str) -> None:
    assert parsed(svg(hostile(text), "en")).tag == f"{SPACE}svg"


# The layout


@pytest.mark.parametrize("id", DRAWN)
def test_the_legend_explains_every_way_that_a_card_shows(id: PackId) -> None:
    meanings = {
        Way.STAY: "any order",
        Way.TO: "to another step",
        Way.UP: "to an earlier step",
        Way.OBJECTION: "objection",
        Way.BACK: "back to where the call was",
    }
    whole = outline(script(id), "en")
    ways = {row.way for card in (*whole.cards, *whole.objections) for row in card.rows}
    legend = re.findall(r'<text class="legend"[^>]*>(.*?)</text>', svg(script(id), "en"))
    assert Way.TO in ways
    assert {meaning for way, meaning in meanings.items() if way in ways} == {
        meaning for meaning in legend if meaning in meanings.values()
    }


def drawn(id: PackId) -> tuple[Outline, Layout]:
    """Return a shipped pack's outline, and its cards of one size in their places."""
    made = outline(script(id), "en")
    sizes = {card.id: Size(150, 80) for card in made.cards}
    return made, lay_out(sizes, [Size(80, 30) for _ in made.arrows], made.arrows, made.layers)


@pytest.mark.parametrize("id", shipped_ids())
def test_every_arrow_leads_down_and_no_two_cards_overlap(id: PackId) -> None:
    made, layout = drawn(id)
    for arrow in made.arrows:
        assert made.layers[arrow.source] < made.layers[arrow.target]
        assert layout.cards[arrow.source].y < layout.cards[arrow.target].y
    cards = list(layout.cards.values())
    for place, one in enumerate(cards):
        for other in cards[place + 1 :]:
            assert abs(one.x - other.x) >= 150 or abs(one.y - other.y) >= 80


@pytest.mark.parametrize("id", shipped_ids())
def test_every_exit_is_an_arrow_or_a_row(id: PackId) -> None:
    made, pack = outline(script(id), "en"), script(id)
    arrows = Counter(arrow.source for arrow in made.arrows)
    for card in (*made.cards, *made.objections):
        assert arrows[card.id] + len(card.rows) == len(pack.steps[card.id].exits)


@pytest.mark.parametrize(
    ("sensitive", "vulnerable"), [(False, False), (True, False), (False, True), (True, True)]
)
def test_a_step_in_which_nothing_is_kept_has_its_sign(sensitive: bool, vulnerable: bool) -> None:
    objection = {
        "title": "Pay now",
        "say": {"type_it": "Please type it."},
        "exits": {"back": {"label": "Back", "back": "yes"}},
        **({"sensitive": "yes"} if sensitive else {}),
        **({"vulnerable": "yes"} if vulnerable else {}),
    }
    picture = svg(script_of(minimal(objections={"pay": objection})), "en")
    assert ("nothing is kept here" in picture) is sensitive
    assert ("vulnerable: no pressure" in picture) is vulnerable
    assert picture.count("<circle") == 2 * sensitive
    assert parsed(picture).tag == f"{SPACE}svg"
