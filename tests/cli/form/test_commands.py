"""callcoach form: what those who judge calls list, read, check and make."""

import pytest

from callcoach.words.wrap import width
from tests.cli.home import Home


def test_a_new_form_is_whole_and_can_be_used_at_once(home: Home) -> None:
    assert home.run("form", "new", "first", "--json").json["languages"] == ["en"]
    assert home.run("form", "new", "second", "--in", "zh", "--in", "en").code == 0
    assert home.run("form", "check", "first", "second", "--strict").code == 0
    again = home.run("form", "new", "first")
    assert (again.code, "choose another name" in again.err) == (2, True)
    assert {"first", "second"} <= {row["form"] for row in home.run("form", "list", "--json").json}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("new", "Bad Name"), 2),
        (("new", "courtesy"), 2),
        (("show", "nothing"), 1),
        (("check", "courtsy"), 1),
        (("check", "courtesy", "--with", "nothing"), 1),
    ],
)
def test_what_cannot_be_is_told_with_a_remedy(
    home: Home, words: tuple[str, ...], code: int
) -> None:
    told = home.run("form", *words)
    assert told.code == code
    assert len(told.err.strip().splitlines()) > 1


def test_a_form_made_into_a_folder_is_named_by_path_and_never_overwritten(home: Home) -> None:
    assert home.run("form", "new", "mine", "--dir", "forms").code == 0
    assert (home.desk / "forms" / "mine.yaml").is_file()
    assert home.run("form", "check", "forms/mine.yaml").code == 0
    assert home.run("form", "new", "mine", "--dir", "forms").code == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_check_names_place_code_and_remedy(home: Home, language: str) -> None:
    home.run("form", "new", "mine", "--dir", ".")
    file = home.desk / "mine.yaml"
    file.write_text(file.read_text("utf-8").replace("courtesy.greet", "courtesy.great"), "utf-8")
    found = home.run("form", "check", "mine.yaml", language=language)
    assert found.code == 1
    assert "mine.yaml:" in found.out
    assert "CC114" in found.out
    assert "courtesy.greet" in found.out
    (told,) = home.run("form", "check", "mine.yaml", "--json").json
    assert (told["code"], told["level"]) == ("CC114", "error")
    assert {"en", "zh"} <= told["message"].keys()
    file.write_text("callcoach: 1\nform: mine\n", "utf-8")
    assert home.run("form", "show", "mine.yaml").code == 1


def test_what_a_reader_and_a_checker_find_is_told_at_once(home: Home) -> None:
    home.run("form", "new", "mine", "--dir", ".")
    file = home.desk / "mine.yaml"
    text = file.read_text("utf-8").replace("courtesy.greet", "courtesy.great")
    file.write_text(text.replace("version:", "versoin:"), "utf-8")
    told = home.run("form", "check", "mine.yaml", "--json").json
    assert [it["code"] for it in told] == ["CC005", "CC004", "CC114"]


def test_warnings_fail_only_where_that_is_asked(home: Home) -> None:
    home.run("form", "new", "mine", "--dir", ".", "--in", "en")
    file = home.desk / "mine.yaml"
    text = file.read_text("utf-8").replace("weight: 40", "weight: 30")
    file.write_text(text, "utf-8")
    assert home.run("form", "check", "mine.yaml").code == 0
    assert home.run("form", "check", "mine.yaml", "--strict").code == 1


def test_a_form_reads_as_its_reviewer_reads_it(home: Home) -> None:
    shown = home.run("form", "show", "role_play").out
    assert "Speaks of the debt before that" in shown
    assert "This answer takes all points of the section." in shown
    assert "From the call: Yes where" in shown
    assert "8 pts" in shown
    assert max(map(len, shown.splitlines())) <= 80
    chinese = home.run("form", "show", "courtesy", language="zh").out
    assert "先问好" in chinese
    assert max(map(width, chinese.splitlines())) <= 80


def test_a_form_is_told_to_machines(home: Home) -> None:
    shown = home.run("form", "show", "courtesy", "--json").json
    assert shown["form"] == "courtesy"
    assert len(shown["digest"]) == 64
    first = shown["sections"][0]["questions"][0]
    assert first["auto"]["of"] == ["courtesy.greet"]
    rows = home.run("form", "list", "--json").json
    assert {"courtesy", "compliance", "role_play"} <= {row["form"] for row in rows}
    assert all(row["problem"] is None for row in rows)


def test_a_pack_with_errors_is_no_pack_to_check_against(home: Home) -> None:
    assert home.run("script", "new", "mine", "--dir", ".").code == 0
    head = home.desk / "mine" / "pack.yaml"
    head.write_text(head.read_text("utf-8") + "\nbogus: 1\n", "utf-8")
    checked = home.run("form", "check", "courtesy", "--with", "./mine")
    assert checked.code == 1
    assert "mine/pack.yaml:" in checked.err.replace("\\", "/")
    assert "bogus" in checked.err


def test_a_broken_form_is_listed_with_its_problem(home: Home) -> None:
    home.run("form", "new", "mine")
    made = next(home.path.rglob("forms/mine.yaml"))
    made.write_text("callcoach: 1\nform: mine\nversion: 1\n", "utf-8")
    row = next(it for it in home.run("form", "list", "--json").json if it["form"] == "mine")
    assert row["problem"]
    assert "mine" in home.run("form", "list").out


def test_a_file_that_is_there_is_not_said_to_be_missing(home: Home) -> None:
    told = home.run("form", "check", home.write("zero.txt", ""))
    assert (told.code, "ends in .yaml" in told.err) == (1, True), told.err
    told = home.run("form", "check", home.write("zero.yaml", ""))
    assert (told.code, "there is no form" in told.err) == (1, False), told.err


def test_a_number_that_the_call_tells_is_said_to_be_counted(home: Home) -> None:
    home.write(
        "mine.yaml",
        """\
callcoach: 1
form: mine
version: "1"
languages: [en]
title: {en: Mine}
sections:
  all:
    title: {en: All}
    questions:
      threats: {en: Threats, flag: courtesy.threat, ranges: {..1: 1, 1..: 0}}
""",
    )
    told = home.run("form", "show", "mine.yaml")
    assert told.code == 0, told.err
    assert "From the call: how often " in told.out


def test_a_form_tells_that_what_may_not_be_said_counts_though_it_was_put_right(home: Home) -> None:
    shown = " ".join(home.run("form", "show", "compliance").out.split())
    assert "where “Threat” was flagged, even if put right, else No" in shown
    assert "not put right" not in shown
