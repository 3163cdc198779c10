"""Keys and their types: each value is read as its key means it, everything wrong is a finding."""

from collections.abc import Callable
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.script.diagnostic import Diagnostic, hint, message
from callcoach.script.load.fields import Fields, Findings, each_table, is_id, nearest
from callcoach.script.load.nodes import Table, read_nodes


class Colour(StrEnum):
    """Something to choose."""

    RED = "red"
    GREEN = "green"


def fields(text: str) -> Fields:
    """Return the fields of a text's top table; nothing may be wrong with the text itself."""
    table, found = read_nodes(text, "x.yaml")
    assert table is not None
    assert found == []
    return Fields(table, "thing", Findings())


def found(of: Fields) -> list[tuple[str, int]]:
    """Return what was reported: codes and lines."""
    return [(finding.code, finding.place.line) for finding in of.findings.all]


def test_a_text_is_read_with_its_place() -> None:
    things = fields("\nname: Anna\n")
    text = things.text("name")
    assert text is not None
    assert (text.value, str(text.place)) == ("Anna", "x.yaml:2:7")
    assert found(things) == []


@pytest.mark.parametrize("written", ["", "~", "null"])
def test_an_empty_value_is_as_good_as_none(written: str) -> None:
    things = fields(f"name: {written}\n")
    assert things.text("name") is None
    assert found(things) == []
    assert things.text("name", required=True) is None
    assert found(things) == [("CC005", 1)]


def test_a_missing_key_is_reported_only_where_it_is_required() -> None:
    things = fields("other: 1\n")
    assert things.text("name") is None
    assert found(things) == []
    assert things.text("name", required=True) is None
    (finding,) = things.findings.all
    assert (finding.code, finding.arguments) == ("CC005", {"key": "name", "what": "thing"})


@pytest.mark.parametrize(
    ("written", "value"),
    [("yes", True), ("true", True), ("no", False), ("false", False), ("", False), ('"yes"', True)],
)
def test_a_flag_is_yes_or_no(written: str, value: bool) -> None:
    things = fields(f"on: {written}\n")
    assert things.flag("on") is value
    assert found(things) == []


@pytest.mark.parametrize("written", ["Yes", "1", "on", "maybe"])
def test_a_flag_that_is_neither_is_reported_and_the_default_holds(written: str) -> None:
    things = fields(f"on: {written}\n")
    assert things.flag("on", default=True) is True
    assert found(things) == [("CC007", 1)]


def test_a_choice_is_one_of_its_kind_and_a_slip_is_guessed() -> None:
    things = fields("colour: gren\n")
    assert things.choice("colour", Colour, Colour.RED) is Colour.RED
    (finding,) = things.findings.all
    assert (finding.code, finding.nearest) == ("CC007", "green")
    assert fields("colour: green\n").choice("colour", Colour, Colour.RED) is Colour.GREEN
    assert fields("other: 1\n").choice("colour", Colour, Colour.RED) is Colour.RED


@pytest.mark.parametrize(("written", "value"), [("3", 3.0), ("0", 0.0), ("1.5", 1.5), ("", 9.0)])
def test_a_number_is_not_negative(written: str, value: float) -> None:
    things = fields(f"weight: {written}\n")
    assert things.number("weight", 9.0) == value
    assert found(things) == []


@pytest.mark.parametrize("written", ["-1", "1e3", "three", "1,5", "inf", "nan", ".5"])
def test_what_is_no_number_is_reported(written: str) -> None:
    things = fields(f"weight: {written}\n")
    assert things.number("weight", 9.0) == 9.0
    assert found(things) == [("CC007", 1)]


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("15s", 15), ("15", 15), ("1.5 s", 1.5), ("2m", 120), ("2 min", 120), ("15秒", 15),
     ("2分", 120), ("2分钟", 120), ("1 minute", 60), ("20 seconds", 20), ("0s", 0)],
)  # fmt: skip
def test_a_time_is_in_seconds_or_minutes(written: str, seconds: float) -> None:
    things = fields(f"within: {written}\n")
    assert things.seconds("within") == seconds
    assert found(things) == []


@pytest.mark.parametrize("written", ["soon", "-5s", "5h", "s", "5 s s", "1:30"])
def test_what_is_no_time_is_reported(written: str) -> None:
    things = fields(f"within: {written}\n")
    assert things.seconds("within") is None
    assert found(things) == [("CC007", 1)]


@pytest.mark.parametrize(
    ("written", "values"),
    [("one", ["one"]), ("[one, two]", ["one", "two"]), ("[]", []), ("", [])],
)
def test_one_text_stands_for_a_list_of_one(written: str, values: list[str]) -> None:
    things = fields(f"names: {written}\n")
    assert [text.value for text in things.texts("names")] == values
    assert found(things) == []


def test_a_table_and_the_items_of_a_list_are_read() -> None:
    things = fields("key: {a: b}\nlist: [x, {y: z}]\n")
    table = things.table("key")
    assert table is not None
    assert [key.value for key, _ in table.entries] == ["a"]
    assert len(things.listing("list")) == 2
    assert found(things) == []


READERS: dict[str, Callable[[Fields], object]] = {
    "text": lambda things: things.text("key"),
    "flag": lambda things: things.flag("key"),
    "choice": lambda things: things.choice("key", Colour, Colour.RED),
    "number": lambda things: things.number("key", 1.0),
    "seconds": lambda things: things.seconds("key"),
    "texts": lambda things: things.texts("key"),
    "table": lambda things: things.table("key"),
    "listing": lambda things: things.listing("key"),
    "wording": lambda things: things.wording("key", ["zh", "en"]),
}


@pytest.mark.parametrize(
    ("reader", "written"),
    [
        ("text", "[a]"),
        ("text", "{a: b}"),
        ("flag", "[yes]"),
        ("choice", "{red: green}"),
        ("number", "[1]"),
        ("seconds", "[1]"),
        ("texts", "{a: b}"),
        ("texts", "[a, [b]]"),
        ("table", "text"),
        ("table", "[a]"),
        ("listing", "text"),
        ("listing", "{a: b}"),
        ("wording", "text"),
        ("wording", "[a, b]"),
    ],
)
def test_a_wrong_shape_is_reported_with_the_right_one(reader: str, written: str) -> None:
    things = fields(f"\nkey: {written}\n")
    assert READERS[reader](things) in (None, False, (), 1.0, Colour.RED)
    (finding,) = things.findings.all
    assert (finding.code, finding.place.line) == ("CC006", 2)
    assert finding.arguments["what"] == "key (thing)"
    assert finding.arguments["expected"]


@pytest.mark.parametrize("reader", ["table", "listing", "wording"])
def test_a_text_that_swallowed_a_full_width_colon_is_named_as_that(reader: str) -> None:
    things = fields("key:\n  inner：value\n")
    assert not READERS[reader](things)
    assert found(things) == [("CC002", 2)]


@given(
    st.sampled_from(sorted(READERS)),
    st.sampled_from(
        [
            *("", "~", "x", "yes", "3", "15s", "red", "[x]", "[[x]]", "[]", "{}", "'x：y'", "x：y"),
            *("{a: b}", "{zh: a, en: b}", "{zh: [a, b], en: ~}"),
        ]
    ),
)
def test_every_reader_takes_every_value_and_what_it_reports_can_be_said(
    reader: str, written: str
) -> None:
    things = fields(f"key: {written}\n")
    READERS[reader](things)
    for finding in things.findings.all:
        assert message(finding, "en")
        assert message(finding, "zh")
        assert hint(finding, "en")
        assert hint(finding, "zh")


def test_a_key_that_nobody_asked_for_is_reported_with_the_nearest_that_somebody_did() -> None:
    things = fields("title: x\nnots: y\nzzzzzz: z\n")
    things.text("title")
    things.text("note")
    things.close()
    assert [(it.code, it.place.line, it.nearest) for it in things.findings.all] == [
        ("CC004", 2, "note"),
        ("CC004", 3, ""),
    ]
    assert all("it takes note, title;" in hint(it, "en") for it in things.findings.all)


def test_keys_that_somebody_else_reads_are_not_reported() -> None:
    things = fields("title: x\nwhen: y\n")
    things.text("title")
    things.close(also=["when"])
    assert found(things) == []


def test_a_key_with_a_full_width_colon_is_reported_as_that() -> None:
    things = fields("title：: x\n")
    things.close()
    assert found(things) == [("CC002", 1)]


@pytest.mark.parametrize(
    "text", ["en: Yes, from today., zh: 好", "zh: 是的, 下个月开始, en: Yes", "en: No, 3 days"]
)
def test_a_text_that_a_comma_has_cut_in_two_is_reported_as_that(text: str) -> None:
    things = fields(f"say: {{{text}}}")
    things.wording("say", ["en", "zh"])
    (cut,) = [finding for finding in things.findings.all if finding.code == "CC001"]
    assert "comma" in message(cut, "en")
    assert "quotation marks" in hint(cut, "en")


def test_a_wording_has_variants_in_each_language() -> None:
    things = fields("say: {zh: [您好, 你好], en: Hello}\n")
    wording = things.wording("say", ["zh", "en"])
    assert wording is not None
    assert [text.value for text in wording.in_language("zh")] == ["您好", "你好"]
    assert wording.plain("en") == "Hello"
    assert found(things) == []


def test_a_wording_in_the_only_language_needs_no_language() -> None:
    wording = fields("say: Hello\n").wording("say", ["en"])
    assert wording is not None
    assert wording.plain("en") == "Hello"


@pytest.mark.parametrize(
    ("written", "reported"),
    [
        ("{zh: 您好}", [("CC030", 1)]),
        ("{zh: 您好, en: ~}", [("CC030", 1)]),
        ("{zh: 您好, en: []}", [("CC030", 1)]),
        ("{zh: 您好, en: Hello, fr: Salut}", [("CC004", 1)]),
        ("{zh: 您好, en: {a: b}}", [("CC006", 1), ("CC030", 1)]),
    ],
)
def test_a_missing_or_unknown_language_is_reported(
    written: str, reported: list[tuple[str, int]]
) -> None:
    things = fields(f"say: {written}\n")
    assert things.wording("say", ["zh", "en"]) is not None
    assert found(things) == reported


def test_every_named_table_is_read_under_its_id() -> None:
    table, _ = read_nodes("one: {a: 1}\ntwo:\nthree: {a: 3}\n", "x.yaml")
    findings = Findings()
    made = each_table(
        table, "thing", findings, lambda key, inner: (key.value, inner.what, inner.text("a"))
    )
    assert list(made) == ["one", "two", "three"]
    assert made["two"] == ("two", "thing two", None)
    assert findings.all == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("One: {}", "CC008"), ("1a: {}", "CC008"), ("a-b: {}", "CC008"), ("问好: {}", "CC008"),
     ("'': {}", "CC008"), ("a.b: {}", "CC008"), ("one: text", "CC006"), ("one: [a]", "CC006")],
)  # fmt: skip
def test_a_named_table_with_a_bad_id_or_a_wrong_shape_is_left_out(text: str, code: str) -> None:
    table, _ = read_nodes(text, "x.yaml")
    findings = Findings()
    assert each_table(table, "thing", findings, lambda key, _: key) == {}
    assert [finding.code for finding in findings.all] == [code]


def test_a_section_that_is_not_there_is_empty() -> None:
    assert each_table(None, "thing", Findings(), lambda key, _: key) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", True), ("right_party", True), ("a1_", True), ("", False), ("_a", False), ("1", False),
     ("A", False), ("a b", False), ("a\n", False), ("é", False), ("好", False), ("a.b", False)],
)  # fmt: skip
def test_an_id_is_small_latin_letters_digits_and_underscores(text: str, expected: bool) -> None:
    assert is_id(text) is expected


def test_the_nearest_word_is_guessed_only_where_it_is_near() -> None:
    assert nearest("gretting", ["greeting", "goodbye"]) == "greeting"
    assert nearest("xyz", ["greeting", "goodbye"]) == ""
    assert nearest("greeting", []) == ""


def test_what_is_reported_keeps_its_arguments_and_its_order() -> None:
    findings = Findings()
    place = Table((), fields("").place).place
    findings.add("CC008", place, id="A")
    findings.add("CC020", place, nearest="b", kind="step", id="B")
    assert findings.all == [
        Diagnostic("CC008", place, {"id": "A"}),
        Diagnostic("CC020", place, {"kind": "step", "id": "B"}, nearest="b"),
    ]
