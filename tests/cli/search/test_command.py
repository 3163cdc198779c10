"""callcoach search: words and calls found in the journal, and how they are shown."""

import pytest

from callcoach.errors import JournalBusy
from callcoach.words.display import display_spans
from tests.cli.home import Home

TALK = "say\nc: who is this, I will not pay twice\na: thank you\nend hung_up\n"


def test_words_are_found_and_marked(home: Home) -> None:
    home.make_call(TALK)
    home.make_call("say\nend hung_up\n")
    found = home.run("search", "will", "not")
    assert found.code == 0
    lines = found.out.splitlines()
    assert "hung up" in lines[0].lower() or "hung_up" in lines[0].lower()
    hit = next(line for line in lines if line.startswith(">"))
    assert "Customer" in hit
    assert "I «will» «not» pay twice" in hit
    assert len(lines) in (3, 4)
    assert "客户" in home.run("search", "will not", language="zh").out


def test_conditions_and_minus_are_no_options(home: Home) -> None:
    home.make_call(TALK)
    assert home.run("search", "twice", "-speaker:agent").code == 0
    assert home.run("search", "twice", "-speaker:customer").code == 1
    assert home.run("search", "-zebra").code == 0
    assert home.run("search", "结果：hung_up", "-outcome:promise").code == 0


@pytest.mark.parametrize(("query", "amiss"), [("((twice)", "not closed"), ("twice OR", "OR joins")])
def test_what_is_amiss_in_a_search_is_told_beside_what_it_finds(
    home: Home, query: str, amiss: str
) -> None:
    home.make_call(TALK)
    found = home.run("search", query)
    assert (found.code, "«twice»" in found.out) == (0, True)
    assert amiss in found.err
    assert any(amiss in note for note in home.run("search", query, "--json").json["notes"])


def test_titles_in_either_language_are_known(home: Home) -> None:
    home.make_call(TALK)
    listed = home.run("calls", language="zh").out.split()
    assert home.run("search", f"结果：{listed[-1]}").code == 0
    assert home.run("search", f"结果：{listed[-1]}", language="zh").out.strip()


@pytest.mark.parametrize("query", ["zebra", "outcome:nothing", "-speaker:agent"])
def test_nothing_found_is_exit_code_1(home: Home, query: str) -> None:
    home.make_call(TALK)
    found = home.run("search", query)
    assert (found.code, found.out) == (1, "")
    assert "Nothing was found." in found.err
    told = home.run("search", query, "--json")
    assert (told.code, told.json["total"], told.json["hits"]) == (1, 0, [])


def test_without_a_journal_nothing_is_found_and_none_is_made(home: Home) -> None:
    assert home.run("search", "pay").code == 1
    assert home.run("search", "pay", "--json").json["hits"] == []
    assert home.run("calls").code == 0
    assert not list(home.path.rglob("journal.db"))


def test_json_tells_all_of_a_hit(home: Home) -> None:
    home.make_call(TALK)
    told = home.run("search", '"not pay"', "--json").json
    hit = told["hits"][0]
    text = hit["utterance"]["text"]
    assert (told["total"], told["has_more"], told["waiting"]) == (1, False, 0)
    assert [text[start:end] for start, end in hit["spans"]] == ["not pay"]
    assert hit["call"]["id"] == home.run("calls", "--json").json[0]["id"]
    assert hit["after"]["text"] == "thank you"


def test_there_is_a_next_page(home: Home) -> None:
    home.make_call("c: pay\nc: pay again\nc: pay once more\nend hung_up\n")
    first = home.run("search", "pay", "--limit", "2").out
    assert "1 to 2 of 3; --offset 2 shows the next." in first
    last = home.run("search", "pay", "--limit", "2", "--offset", "2").out
    assert "once more" in last
    assert "shows the next" not in last
    assert home.run("search", "pay", "--limit", "0").out.count(">") == 3
    assert home.run("search", "pay", "--limit", "9" * 30).out.count(">") == 3
    assert home.run("search", "pay", "--limit", "9" * 30, "--offset", "9" * 30).out.count(">") == 0


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "there is nothing to look for"),
        ("speakr:agent", "did you mean speaker?"),
        ("after:soon", "“soon” is no day"),
    ],
)
def test_what_is_not_understood_is_exit_code_2(home: Home, query: str, told: str) -> None:
    home.make_call("quit\n")
    found = home.run("search", query)
    assert (found.code, told in found.err) == (2, True), found.err
    assert home.run("search", query, language="zh").code == 2


def test_the_index_is_made_anew(home: Home) -> None:
    home.make_call(TALK)
    assert home.run("search", "--rebuild").code == 0
    assert home.run("search", "--rebuild", "twice").code == 0


def test_a_journal_that_cannot_be_written_is_searched_as_it_is(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.make_call(TALK)
    assert home.run("search", "twice").code == 0
    home.make_call("c: twice again\nend hung_up\n")

    def busy(*_: object, **__: object) -> None:
        raise JournalBusy("another program is writing to {path}", "close it", path="it")

    monkeypatch.setattr("callcoach.cli.search.command.catch_up", busy)
    found = home.run("search", "twice", "--json")
    assert (found.code, found.json["total"], found.json["waiting"]) == (0, 1, 1)
    assert "another program is writing" in found.err
    assert "1 call is not in the index yet." in found.err


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("pay now", ((0, 3),), ("pay now", ((0, 3),))),
        ("a\rb pay", ((4, 7),), ("ab pay", ((3, 6),))),
        ("\x1b[0m pay", ((5, 8),), ("␛[0m pay", ((5, 8),))),
        ("pay", (), ("pay", ())),
    ],
)
def test_what_is_shown_is_harmless_and_marked_in_the_right_place(
    text: str, spans: tuple[tuple[int, int], ...], expected: tuple[str, object]
) -> None:
    assert display_spans(text, spans) == expected
