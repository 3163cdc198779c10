"""callcoach calls, show, export, note: past calls from the journal."""

import json
from pathlib import Path

import pytest

from callcoach.cli.desk import Desk
from callcoach.cli.workplace import Workplace
from tests.cli.home import Home


def test_an_empty_journal_is_no_error(home: Home) -> None:
    listed = home.run("calls")
    assert (listed.code, listed.out) == (0, "")
    assert "callcoach demo shows one" in listed.err
    assert home.run("calls", "--json").json == []


def test_calls_are_listed_newest_first(home: Home) -> None:
    home.make_call()
    home.make_call("quit\n")
    ended = [call["has_ended"] for call in home.run("calls", "--json").json]
    assert ended == [False, True]
    assert len(home.run("calls", "--limit", "1").out.splitlines()) == 1
    assert home.run("calls", "--limit", "9" * 30).out == home.run("calls").out
    assert "未结束" in home.run("calls", language="zh").out


def test_an_imported_call_is_listed_by_its_own_name_and_its_outcome_by_its_title(
    home: Home,
) -> None:
    said = ("Hello, this is Dan from Elm Loans.", "Sorry, wrong number.", "I apologise. Goodbye.")
    lines = zip(("Agent", "Customer", "Agent"), said, strict=True)
    home.write("C-7755.txt", "\n".join(f"{who}: {words}" for who, words in lines).encode())
    assert home.run("review", "import", "C-7755.txt", "--pack", "overdue").code == 0
    assert "Wrong number · C-7755" in home.run("calls").out
    assert [call["own_id"] for call in home.run("calls", "--json").json] == ["C-7755"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_show_and_every_export(home: Home, language: str) -> None:
    home.make_call("say\nc: who is this\nend hung_up\n")
    shown = home.run("show", "last", language=language)
    assert shown.code == 0
    assert "who is this" in shown.out
    for form in ("md", "txt", "csv", "json", "srt", "vtt"):
        made = home.run("export", "last", "--format", form, language=language)
        assert made.code == 0
        assert "who is this" in Path(made.out.strip()).read_text("utf-8")
        printed = home.run("export", "last", "--format", form, "-o", "-", language=language)
        assert "who is this" in printed.out


def test_an_id_may_be_short(home: Home) -> None:
    home.make_call()
    id = home.run("calls", "--json").json[0]["id"]
    whole = home.run("show", id).out
    assert home.run("show", id[-6:]).out == whole
    assert home.run("show", id[:13]).out == whole


def test_an_export_never_writes_over_what_nobody_named(home: Home) -> None:
    home.make_call()
    first = home.run("export", "last")
    assert home.run("export", "last").code == 2
    assert home.run("export", "last", "-o", first.out.strip()).code == 0
    told = home.run("export", "last", "--format", "csv", "--json").json
    assert (told["format"], Path(told["path"]).exists()) == ("csv", True)


def test_the_screens_export_under_a_free_name(home: Home) -> None:
    home.make_call()
    desk = Desk(Workplace({}))
    call = desk.past("last").summary.id
    first, second = desk.export(call, "md"), desk.export(call, "md")
    assert second.name == f"{first.stem}-2.md"
    assert first.read_text("utf-8") == second.read_text("utf-8")


def unmasked() -> list[tuple[str, str]]:
    """Return where personal data went out, and why."""
    log = Workplace({}).data_folder / "unredacted.jsonl"
    noted = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert all(it["what"].startswith("call ") and it["who"] and it["when"] for it in noted)
    return [(it["file"], it["why"]) for it in noted]


def test_an_export_masks_personal_data_unless_somebody_says_why(home: Home) -> None:
    home.make_call("say\nc: my name is Okonkwo, 4111 1111 1111 1111\nend hung_up\n")
    masked = home.run("export", "last", "--format", "txt", "-o", "-").out
    assert "[NAME-1], [CARD-1]" in masked
    assert "Okonkwo" not in masked
    assert "Personal data: masked" in masked
    told = home.run("export", "last", "--format", "json", "--json").json
    assert told["redacted"] is True
    assert "Okonkwo" not in Path(told["path"]).read_text("utf-8")
    whole = home.run("export", "last", "-o", "-", "--unredacted", "a complaint").out
    assert unmasked() == [("-", "a complaint")]
    assert "Okonkwo" in whole
    assert "a complaint" in whole
    nobody = home.run("export", "last", "-o", "-", "--unredacted", " ")
    assert (nobody.code, "nobody says why" in nobody.err) == (2, True)


def test_the_screens_export_masked(home: Home) -> None:
    home.make_call("say\nc: my name is Okonkwo\nend hung_up\n")
    desk = Desk(Workplace({}))
    path = desk.export(desk.past("last").summary.id, "md")
    assert "Okonkwo" not in path.read_text("utf-8")


def test_a_call_is_shown_whole_at_home_and_masked_when_asked(home: Home) -> None:
    home.make_call("say\nc: my name is Okonkwo\nend hung_up\n")
    assert "Okonkwo" in home.run("show", "last").out
    assert "Okonkwo" not in home.run("show", "last", "--redacted").out
    assert "Okonkwo" not in home.run("show", "last", "--redacted", "--json").out


def test_a_note_is_added(home: Home) -> None:
    home.make_call()
    assert home.run("note", "last", "called", "back", language="zh").out.strip() == "已记下。"
    assert home.run("note", "last", "again", "--json").json["events"]
    assert "called back" in home.run("show", "last").out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("show", "zzzz"), 2, "there is no call “zzzz”"),
        (("export", "zzzz"), 2, "there is no call “zzzz”"),
        (("note", "zzzz", "hello"), 2, "there is no call “zzzz”"),
        (("note", "last", " "), 2, "the note is empty"),
        (("note", "last"), 2, "TEXT is missing"),
        (("show",), 2, "CALL is missing"),
        (("export", "last", "--format", "doc"), 2, "it takes one of md, txt"),
        (("export", "last", "-o", "/no/such/folder/x"), 3, "cannot be written"),
        (("calls", "--limit", "few"), 2, "it takes a whole number"),
        (("calls", "--limit", "-3"), 2, "it takes a whole number, 0 or more"),
        (("export", "last", "-o", ""), 2, "an empty text names no file"),
        (("review", "start", "zzzz", "--form", "courtesy"), 2, "there is no call “zzzz”"),
        (("review", "show", "zzzz"), 2, "there is no review “zzzz”"),
        (("review", "queue", "show", "zzzz"), 2, "there is no queue “zzzz”"),
        (("report", "call", "zzzz"), 2, "there is no call “zzzz”"),
        (("recordings", "path", "zzzz"), 2, "no audio is kept of a call “zzzz”"),
    ],
)
def test_what_cannot_be_found_or_written(
    home: Home, words: tuple[str, ...], code: int, told: str
) -> None:
    home.make_call("quit\n")
    made = home.run(*words)
    assert (made.code, told in made.err) == (code, True), made.err
