"""callcoach demo and practice: a shipped plan played, by the program or with a person."""

import pytest

from tests.cli.home import Home


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("The call has ended: ", "No flags.")), ("zh", ("通话结束：", "没有提醒。"))],
)
def test_without_a_terminal_it_plays_in_line_mode(
    home: Home, language: str, said: tuple[str, ...]
) -> None:
    played = home.run("demo", language=language)
    assert (played.code, played.err) == (0, "")
    assert all(words in played.out for words in said)


def test_the_flags_of_a_bad_call_come_with_their_words(home: Home) -> None:
    played = home.run("demo", "overdue", "--plan", "pressing", "--speed", "0")
    assert played.code == 0
    flags = played.out.partition("\nFlags\n")[2]
    assert "“" in flags
    assert "  Say: " in flags, "what would have repaired it"


def test_nothing_of_a_demo_is_kept(home: Home) -> None:
    home.run("demo")
    assert home.run("calls", "--json").json == []


def test_json_says_what_it_came_to(home: Home) -> None:
    played = home.run("demo", "--json")
    assert played.json["outcome"] == "overdue.promise"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("call", "--audio", "a.wav", "--speed", "99"), "it takes a number from 0.1 to 50"),
        (("doctor", "audio", "--seconds", "inf"), "it takes a number from 1 to 60"),
        (("listen", "a.wav", "--rate", "3"), "it takes a whole number from 4000 to 192000"),
    ],
)
def test_a_number_out_of_its_range_is_told_the_range(
    home: Home, words: tuple[str, ...], told: str
) -> None:
    ran = home.run(*words)
    assert (ran.code, told in ran.err) == (2, True), ran.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nope",), 1, "there is no pack “nope”"),
        (("overdue", "--plan", "presing"), 1, "did you mean pressing?"),
        (("--speed", "-1"), 2, "it takes a number, 0 or more"),
        (("--speed", "fast"), 2, "it takes a number, 0 or more"),
        (("--speed", "nan"), 2, "it takes a number, 0 or more"),
        (("courtesy", "overdue"), 2, "“overdue” is one word too many"),
    ],
)
def test_what_cannot_be_played(home: Home, words: tuple[str, ...], code: int, told: str) -> None:
    played = home.run("demo", *words)
    assert (played.code, told in played.err) == (code, True), played.err


def test_practice_lists_the_plans(home: Home) -> None:
    listed = home.run("practice", "courtesy", "--list")
    rows = home.run("practice", "courtesy", "--list", "--json").json
    assert [line.split()[0] for line in listed.out.splitlines()] == [row["plan"] for row in rows]
    assert sum(row["demo"] for row in rows) <= 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_practice_the_plan_answers(home: Home, language: str) -> None:
    played = home.run(
        "practice", "overdue", "--plan", "three_instalments", "--line-mode",
        given="say\n1\nsay\nend hung_up\n", language=language,
    )  # fmt: skip
    assert played.code == 0
    voice = {"en": "Customer: ", "zh": "客户："}[language]
    assert voice in played.out
    assert [call["mode"] for call in home.run("calls", "--json").json] == ["practice"]
