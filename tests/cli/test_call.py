"""callcoach call --line-mode: the whole call as printed lines and typed commands."""

import re

import pytest

from callcoach.cli.lines.typed import HELP
from callcoach.locale import Messages
from tests.cli.home import Home


def test_a_call_is_walked_from_the_greeting_to_its_end(home: Home) -> None:
    made = home.make_call("say\n1\nend hung_up\n")
    assert made.code == 0
    assert "== Greeting ==" in made.out
    assert "from [Company]" in made.out
    assert "The call has ended:" in made.out
    assert "Cues" in made.out
    listed = home.run("calls", "--json").json
    assert [(call["script"], call["has_ended"]) for call in listed] == [("courtesy", True)]


def test_it_speaks_chinese_and_takes_chinese_commands(home: Home) -> None:
    made = home.run("call", "--line-mode", given="说\n1\n客户：你是谁\n位置\n退出\n", language="zh")
    assert made.code == 0
    assert "== 问好 ==" in made.out
    assert "客户：你是谁" in made.out
    assert "听起来像" in made.out
    assert "callcoach call --resume last" in made.out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("help", "take exit number 3"),
        ("where", "[1] "),
        ("owed", "1 Greet"),
        ("flags", ""),
        ("a: hello", "Agent: hello"),
        ("c: hello", "Customer: hello"),
        ("x: hello", "Other: hello"),
        ("o", "o 1 "),
        ("o 1", "=="),
        ("fact customer_name Ms Wang", "Ms Wang"),
        ("fact customer_name=Ms Wang", "Ms Wang"),
        ("tick 1", ""),
        ("tick greet", ""),
        ("note well", "(note written)"),
        ("hold\nback", "(back from hold)"),
        ("1\nundo", "(taken back)"),
        ("go goodbye", "=="),
        ("lang zh\nsay", "坐席"),
        ("snooze", ""),
    ],
)
def test_every_command_does_what_help_says(home: Home, typed: str, told: str) -> None:
    made = home.make_call(f"{typed}\nquit\n", "courtesy")
    assert made.code == 0
    if told == "坐席":
        assert "您好" in made.out
    else:
        assert told in made.out
    assert "\n! there is no" not in made.out


@pytest.mark.parametrize(
    ("typed", "told", "hint"),
    [
        ("blah", "“blah” is no command", "help lists the commands"),
        ("99", "there is no exit 99 here", "“where” lists the exits"),
        ("tick greeet", "there is no cue “greeet”", "did you mean greet?"),
        ("go goodby", "there is no step “goodby”", "did you mean goodbye?"),
        ("o nothing", "there is no objection “nothing”", ""),
        ("fact nope 3", "the pack courtesy knows no fact “nope”", ""),
        ("lang fr", "the script has no “fr”", "it has zh, en"),
        ("end hungup", "there is no outcome “hungup”", "did you mean hung_up?"),
        ("end", "courtesy.greeting is no end of the script", "say how the call ended"),
        ("undo", "there is nothing to take back", ""),
    ],
)
def test_a_command_that_cannot_be_is_told_and_the_call_goes_on(
    home: Home, typed: str, told: str, hint: str
) -> None:
    made = home.make_call(f"{typed}\nnote still here\nquit\n")
    assert made.code == 0
    assert f"! {told}" in made.out
    assert hint in made.out
    assert "(note written)" in made.out


def test_the_same_is_told_in_chinese(home: Home) -> None:
    made = home.run("call", "--line-mode", given="blah\n退出\n", language="zh")
    assert "blah" in made.out
    assert "is no command" not in made.out


def test_owed_cues_are_ticked_by_their_number(home: Home) -> None:
    made = home.make_call("owed\ntick 1\nowed\nquit\n")
    assert made.out.count("  1 Greet (") == 1
    assert "  1 Say your name (" in made.out


def test_flags_are_listed_and_snoozed(home: Home) -> None:
    made = home.make_call("a: this is about your debt\nflags\nsnooze\nsnooze 1\nquit\n", "overdue")
    assert made.code == 0
    assert "  1 ! The debt before identity is verified" in made.out
    shown = home.run("export", "last", "--format", "json", "-o", "-").json
    snoozed = [event for event in shown["events"] if event["kind"] == "flag_snoozed"]
    assert len(snoozed) >= 2


def test_an_interrupted_call_goes_on_where_it_was(home: Home) -> None:
    home.make_call("say\n1\n")
    again = home.run("call", "--resume", "last", "--line-mode", given="end hung_up\n")
    assert again.code == 0
    assert "from [Company]" in again.out
    assert len(home.run("calls", "--json").json) == 1


def test_a_way_that_is_not_open_says_so(home: Home) -> None:
    made = home.run("call", "overdue", "--line-mode", given="o 2\nquit\n")
    assert "(after: )" not in made.out
    assert "(needs: Identity verified)" in made.out


def test_json_leaves_standard_output_to_the_result(home: Home) -> None:
    made = home.run("call", "courtesy", "--json", given="say\nend hung_up\n")
    assert made.json["outcome"] == "courtesy.hung_up"
    assert "from [Company]" in made.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("overdu",), 1, "did you mean overdue?"),
        (("overdue", "--fact", "amount_du=1"), 1, "did you mean amount_due?"),
        (("overdue", "--fact", "x"), 2, "“x” is no fact"),
        (("overdue", "--fact", "amount_due=soon"), 1, "amount_due: this is not an amount of money"),
        (("--resume", "last"), 3, "there is no journal"),
        (("overdue", "--resume", "last"), 2, "keeps its pack"),
        (("--resume", "last", "--fact", "a=b"), 2, "leave out the pack and --fact"),
    ],
)
def test_what_cannot_begin_says_why(
    home: Home, words: tuple[str, ...], code: int, told: str
) -> None:
    made = home.run("call", *words, "--line-mode")
    assert (made.code, told in made.err) == (code, True), made.err


def test_the_screens_need_a_terminal_and_name_what_does_not(home: Home) -> None:
    for words in (("call",), ("practice",), (), ("script", "preview", "overdue")):
        made = home.run(*words)
        assert made.code == 2
        assert "the screens need a terminal" in made.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_that_help_names_is_understood(home: Home, language: str) -> None:
    say = Messages(language).say
    typed = [words for command, _ in HELP for words in re.split("[,，、] ?", say(command))]
    made = home.run("call", "courtesy", "--line-mode", given="\n".join(typed), language=language)
    unknown = [say("“{name}” is no command", name=re.split("[ :：]", words)[0]) for words in typed]
    assert [told for told in unknown if told in made.out] == []
    shown = home.run(
        "call", "courtesy", "--line-mode", given=f"{typed[-2]}\n", language=language
    ).out
    assert [words for words in typed if words not in shown] == []
    assert language == "en" or not any(words.isascii() for words in typed[1:])


def test_a_journal_that_cannot_be_written_does_not_stop_the_call(home: Home) -> None:
    home.environment["CALLCOACH_JOURNAL"] = home.write("garbage.db", b"\x00\xffno journal" * 99)
    made = home.make_call()
    assert made.code == 3
    assert "The call has ended:" in made.out
    assert "callcoach journal import takes it back" in made.err
    rescued = next(home.path.rglob("callcoach-rescue-*.jsonl"))
    home.environment.clear()
    assert home.run("journal", "import", str(rescued)).code == 0
    assert len(home.run("calls", "--json").json) == 1


def test_an_odd_fact_is_taken_and_told_at_once(home: Home) -> None:
    typed = "fact part_amount 300\nfact rest_amount 5000\nfact rest_day 2020-01-01\nquit\n"
    known = ("--fact", "amount_due=1280.50", "--fact", "due_day=2099-01-05")
    made = home.run("call", "overdue", "--line-mode", *known, given=typed)
    assert made.code == 0
    assert [line for line in made.out.splitlines() if line.startswith("? ")] == [
        "? “Due day” is still to come: January 5, 2099",
        "? “What is left” is CN¥5,000; the other facts make it CN¥980.50",
        "? “The rest on” is past: January 1, 2020",
    ]
