"""The YAML reader: what is read, where it stands, and what is refused before it can do harm."""

from collections.abc import Iterator
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.script.diagnostic import Diagnostic, hint, message
from callcoach.script.load.nodes import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_NODES,
    Listing,
    Node,
    Scalar,
    Table,
    read_nodes,
)
from callcoach.script.place import Place
from tests.support import quickest


def read(text: str) -> Table:
    """Return the top table of a text in which nothing is wrong."""
    table, problems = read_nodes(text, "x.yaml")
    assert table is not None
    assert problems == []
    return table


def problems(text: str) -> list[tuple[str, int]]:
    """Return what is wrong with a text: codes and lines."""
    return [(found.code, found.place.line) for found in read_nodes(text, "x.yaml")[1]]


def scalar(node: Node | None) -> Scalar:
    """Return a node that is known to be a scalar."""
    assert isinstance(node, Scalar)
    return node


@pytest.mark.parametrize(
    "written",
    ["yes", "no", "on", "off", "true", "12:30", "1.10", "010", "0x10", "1_000", "1e3", "2026-12-01",
     ".inf", "=", "<<", "3", "您好", "a b", "a:b", "100%", "c#"],
)  # fmt: skip
def test_nothing_is_guessed(written: str) -> None:
    assert scalar(read(f"key: {written}").get("key")).text == written


@pytest.mark.parametrize(
    ("written", "is_empty"),
    [("", True), ("~", True), ("null", True), ("''", False), ('"~"', False), ("'null'", False),
     ("Null", False), ("no", False), ("0", False)],
)  # fmt: skip
def test_only_nothing_and_null_are_empty_and_not_where_they_are_quoted(
    written: str, is_empty: bool
) -> None:
    assert scalar(read(f"key: {written}").get("key")).is_empty is is_empty


def test_tables_and_lists_keep_their_order() -> None:
    table = read("b: 1\na: {d: 2, c: 3}\nlist: [x, [y], {z: 1}]\n")
    assert [key.value for key, _ in table.entries] == ["b", "a", "list"]
    inner, listed = table.get("a"), table.get("list")
    assert isinstance(inner, Table)
    assert [key.value for key, _ in inner.entries] == ["d", "c"]
    assert isinstance(listed, Listing)
    assert [type(item) for item in listed.items] == [Scalar, Listing, Table]


def test_everything_knows_its_line_and_column() -> None:
    table = read("# a remark\n\nkey: value\n  \nother:\n  - one\n  - 两: 三\n")
    (key, value), (_, listed) = table.entries
    assert str(key.place) == "x.yaml:3:1"
    assert str(scalar(value).place) == "x.yaml:3:6"
    assert isinstance(listed, Listing)
    one, two = listed.items
    assert str(one.place) == "x.yaml:6:5"
    assert isinstance(two, Table)
    (inner, three) = two.entries[0]
    assert str(inner.place) == "x.yaml:7:5"
    assert str(three.place) == "x.yaml:7:8"


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only a remark\n", "---\n", "~", "\ufeff", "--- ~\n"]
)
def test_an_empty_text_is_an_empty_table(text: str) -> None:
    assert read(text).entries == ()


def test_a_byte_order_mark_is_left_out() -> None:
    assert read("\ufeffkey: value").entries[0][0].value == "key"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_breaks_of_other_systems_count_the_same(end: str) -> None:
    table = read(f"a: 1{end}{end}b: 2{end}")
    assert [key.place.line for key, _ in table.entries] == [1, 3]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_lines_are_counted_as_an_editor_counts_them(separator: str) -> None:
    table = read(f'a: "x{separator}y"\nb: 2\n')
    assert [key.place.line for key, _ in table.entries] == [1, 2]


def test_nothing_is_swallowed_where_a_value_holds_a_line_separator() -> None:
    assert problems('a: "x\u2028y"\nb: one\nc: "12 #5"\n') == []


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\n\tb: 2\n", "CC001", 2),
        ("a: 1\n b: 2\n", "CC001", 2),
        ('ok: 1\na: "never closed\nb: 2\n', "CC001", 2),
        ("a: 'never closed\n\n\nb: 2\n", "CC001", 1),
        ("a: 1\nb: @x\n", "CC001", 2),
        ("a: %x", "CC001", 1),
        ("a\x00b: 1", "CC001", 1),
        ("- a\n- b\n", "CC006", 1),
        ("just a text", "CC006", 1),
        ("a：1", "CC002", 1),
        ("a: 1\nb：2\nc: 3\n", "CC002", 2),
        ("a:\n  b：\n    c: 2\n", "CC002", 2),
        ("list:\n  - b： 2\n    c: 2\n", "CC002", 2),
        ("a: 1\nb: 2\na: 3\n", "CC003", 3),
        ("a: {b: 1, b: 2}\n", "CC003", 1),
        ("a: &x 1\nb: *x\n", "CC010", 1),
        ("a: 1\nb: *x\n", "CC010", 2),
        ("a: &x\n  b: 1\n", "CC010", 1),
        ("a: !!python/object/apply:os.system ['true']\n", "CC010", 1),
        ("a: !!str 1\n", "CC010", 1),
        ("a: !local 1\n", "CC010", 1),
        ("? [a]\n: 1\n", "CC010", 1),
        ("? {a: b}\n: 1\n", "CC010", 1),
        ("a: 1\n---\nb: 2\n", "CC010", 2),
        ("a: one #two\n", "CC011", 1),
        ("a:\n  - one #two three\n", "CC011", 2),
        ("a: {{ x }}\n", "CC012", 1),
        ("ok: 1\na:\n  - {{ x }} and more\n", "CC012", 3),
        ("a:   {{ x }} and more\n", "CC012", 1),
    ],
)
def test_what_is_wrong_is_found_on_its_line(text: str, code: str, line: int) -> None:
    assert (code, line) in problems(text)
    assert {found for found, _ in problems(text)} == {code}


FILLER = "".join(f"k{number}: x\n" for number in range(60))


@pytest.mark.parametrize(
    ("text", "at", "problem", "remedy"),
    [
        ('a: 1\nb:\n  en: "never\n' + FILLER + 'z: "hello"\n', (3, 7), "not closed", "close it"),
        ("a: 'never\n" + FILLER + "z: 'it'\n", (1, 4), "not closed", "close it"),
        ('a: {en: "never, zh: "x"}\n', (1, 22), "after the closing", "of a kind"),
        ("a: 'it's late'\n", (1, 8), "after the closing", "of a kind"),
        ("ok: 1\na: x\x1b[31m\n", (2, 5), "U+001B", "delete"),
        ("a: \x7f\n", (1, 4), "U+007F", "delete"),
        ("a:\n\tb: 1\n", (2, 1), "a tab", "by spaces"),
        ("a: 1\n\tb: 2\n", (2, 1), "a tab", "by spaces"),
        ("title:\n  en: Survey: customer\n", (2, 13), "a colon in it", "quotation marks"),
        ("start:greeting\nlanguages: [en]\n", (1, 6), "no space", "a colon and a space"),
        ("pack: a\nstart:greeting\n\nb: [en]\n", (2, 6), "no space", "a colon and a space"),
        ("a:\n  b: 1\n  title:Hello\nc: 1\n", (3, 8), "no space", "a colon and a space"),
        ("a: 1\n  b: 2\n", (2, 4), "indented too far", "indent it"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "not indented", "indent it"),
        ("a: [x]]\n", (1, 7), "“]” does not belong", "quotation marks"),
        ("a: @x\n", (1, 4), "cannot begin", "quotation marks"),
        ('a: "x\\q"\n', (1, 6), "backslash", "single"),
        ("a: > y\n", (1, 6), "the next line", "begin it there"),
        ("a: {b: 1\nc: 2\n", (2, 2), "not closed", "close what"),
        ("a: [pay # dollars, later]\n", (1, 9), "begins a comment", "quotation marks"),
        ("a: {en: [x,\n  'b # c', # d]}\nb: 1\n", (2, 12), "begins a comment", "quotation marks"),
    ],
)
def test_a_broken_text_is_told_where_it_began_with_a_remedy(
    text: str, at: tuple[int, int], problem: str, remedy: str
) -> None:
    (found,) = read_nodes(text, "x.yaml")[1]
    assert (found.code, found.place.line, found.place.column) == ("CC001", *at)
    assert problem in message(found, "en")
    assert remedy in hint(found, "en")


def test_a_character_that_could_not_be_decoded_says_so_and_not_what_comes_of_it() -> None:
    assert problems("ok: 1\ntitle: \ufffd\ufffd: [\n") == [("CC015", 2)]


@pytest.mark.parametrize("text", ["a: [1", "a: [1\n", "a: {b: 1\n\n", "a:\n  - [b\n"])
def test_a_bracket_that_is_never_closed_is_found_on_a_line_of_the_file(text: str) -> None:
    ((code, line),) = problems(text)
    assert code == "CC001"
    assert text.split("\n")[line - 1 :][:1] not in ([], [""])


@pytest.mark.parametrize(
    "text",
    [
        "a: one # two\n",
        "a: one #\n",
        "a: one\n#two\n",
        "a: 'one #two'\n",
        "a: one#two\n",
        "a: |\n  one #two\n",
        "a: 您好：再见\n",
        "a: '{{ x }}'\n",
        "a: >-\n  {{ x }} and more\n",
        "a: Hello {{ x }}\n",
        "a: ! x\n",
    ],
)
def test_what_only_looks_wrong_is_fine(text: str) -> None:
    assert problems(text) == []


def test_of_two_equal_keys_the_first_is_kept_and_named() -> None:
    table, found = read_nodes("a: 1\nb: 2\na: 3\n", "x.yaml")
    assert table is not None
    assert scalar(table.get("a")).text == "1"
    assert found == [Diagnostic("CC003", found[0].place, {"key": "a", "line": "1"})]


def nested(depth: int) -> str:
    """Return a text with lists in lists."""
    return "a: " + "[" * depth + "]" * depth


def test_nesting_is_fine_up_to_the_limit_and_refused_beyond() -> None:
    assert problems(nested(MAX_DEPTH)) == []
    assert problems(nested(MAX_DEPTH + 1)) == [("CC010", 1)]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_a_hundred_thousand_open_brackets_do_no_harm(opening: str) -> None:
    found = problems("a: " * (opening != "- ") + opening * 100_000)
    assert [code for code, _ in found] == ["CC010"]


def test_too_many_values_are_refused() -> None:
    assert problems("a: [" + "x," * (MAX_NODES - 10) + "]") == []
    assert problems("a: [" + "x," * MAX_NODES + "]") == [("CC010", 1)]


def test_a_huge_file_is_refused_unread() -> None:
    assert problems("a: " + "好" * (MAX_BYTES // 3)) == [("CC010", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "a: [\n" + " " * 12_000 + "x\n]]",
        "a: [\n" + "- " * 6_000 + "\n]]",
        "a: [\n" + "x" * 12_000 + "\n]]",
        "a: [\n" + ":" * 12_000 + "\n]]",
        "a: [\n" + ": " * 6_000 + "\n]]",
    ],
    ids=["spaces", "dashes", "letters", "colons", "colons and spaces"],
)
def test_the_place_of_a_mistake_is_found_without_going_through_its_line_again_and_again(
    text: str,
) -> None:
    assert problems(text)
    assert quickest(lambda: problems(text)) < 0.4


YAML_PIECES = st.sampled_from(
    [
        *(
            "\n",
            "\n  ",
            "\n    ",
            "- ",
            ": ",
            ":",
            "：",
            "? ",
            "a",
            "b",
            "您好",
            "'",
            '"',
            "[",
            "]",
        ),
        *(
            "{",
            "}",
            ",",
            "#",
            " #x",
            "|",
            ">",
            "&a",
            "*a",
            "!",
            "!!str ",
            "%",
            "@",
            "`",
            "\t",
            "---",
        ),
        *("...", "{{ x }}", "~", "null", "\\", "\u2028", "\x85", "\r", "\x00", "\ud800", "\ufeff"),
    ]
)


@given(st.text(max_size=80) | st.lists(YAML_PIECES, max_size=30).map("".join))
def test_any_text_is_read_or_refused_and_every_finding_has_a_file_and_a_line(text: str) -> None:
    table, found = read_nodes(text, "x.yaml")
    assert table is not None or found
    breaks = "\n\r\x85\u2028\u2029"
    most = 1 + sum(char in breaks for char in text)
    for finding in found:
        assert finding.place.file == "x.yaml"
        assert 1 <= finding.place.line <= most
        assert finding.place.column >= 1
        assert message(finding, "en") != message(finding, "zh")
        assert hint(finding, "en") != hint(finding, "zh")


TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
TREES: st.SearchStrategy[object] = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXTS, TREES, max_size=4))
def test_what_is_written_as_quoted_text_is_read_back_as_it_was(tree: dict[str, object]) -> None:
    assert plain(read(quoted(tree))) == tree


def quoted(tree: object) -> str:
    """Return a tree in YAML's flow style, every text in double quotation marks."""
    match tree:
        case dict():
            pairs = (f"{quoted(key)}: {quoted(value)}" for key, value in tree.items())
            return "{" + ", ".join(pairs) + "}"
        case list():
            return "[" + ", ".join(map(quoted, tree)) + "]"
        case _:
            escaped = (f"\\U{ord(char):08x}" for char in str(tree))
            return '"' + "".join(escaped) + '"'


def plain(node: Node) -> object:
    """Return a node as tables, lists and texts."""
    match node:
        case Scalar(text=text):
            return text
        case Listing(items=items):
            return [plain(item) for item in items]
        case Table(entries=entries):
            return {key.value: plain(value) for key, value in entries}


@given(st.dictionaries(TEXTS, TREES, max_size=4))
def test_places_come_in_the_order_of_the_text(tree: dict[str, object]) -> None:
    places = [(place.line, place.column) for place in _places(read(quoted(tree)))]
    assert places == sorted(places)


def _places(node: Node) -> Iterator[Place]:
    """Yield the places of a node and of everything in it, in order."""
    match node:
        case Scalar(place=place):
            return chain((place,))
        case Listing(items=items, place=place):
            return chain((place,), *map(_places, items))
        case Table(entries=entries, place=place):
            inner = (chain((key.place,), _places(value)) for key, value in entries)
            return chain((place,), *inner)
