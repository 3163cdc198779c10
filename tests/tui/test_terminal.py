"""The whole program, driven key by key in a real terminal, in both languages."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.tui.terminal import Terminal

SEEN = ("state", "callcoach", "tour-seen")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return an empty home in which the tour has been seen."""
    mark = tmp_path.joinpath(*SEEN)
    mark.parent.mkdir(parents=True)
    mark.touch()
    return tmp_path


@contextmanager
def journal(home: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{home}/data/callcoach/journal.db?mode=ro", uri=True)) as db:
        yield db


def kinds(home: Path) -> list[str]:
    with journal(home) as db:
        return [kind for (kind,) in db.execute("SELECT kind FROM event ORDER BY call, seq")]


def test_a_newcomer_is_shown_round_once(tmp_path: Path) -> None:
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("What is where", "1/5")
        terminal.press("space")
        terminal.wait_for("For quality assurance", "2/5")
        for title, page in (("step by step", "3/5"), ("coach beside", "4/5"), ("lost", "5/5")):
            terminal.press("space")
            terminal.wait_for(title, page)
        terminal.press("space")
        terminal.wait_gone("5/5")
        terminal.press("ctrl+q")
        assert terminal.wait_end() == 0
    with Terminal(tmp_path) as terminal:
        terminal.wait_for("Start a call", "No calls yet")
        assert "1/5" not in terminal.text()


def test_the_tour_can_be_skipped(tmp_path: Path) -> None:
    with Terminal(tmp_path, "--language", "zh") as terminal:
        terminal.wait_for("1/5")
        terminal.press("escape")
        terminal.wait_gone("1/5")
    assert tmp_path.joinpath(*SEEN).exists()


@pytest.mark.parametrize(
    ("language", "said", "outcome"),
    [("en", "Let me confirm", "Promise to pay"), ("zh", "我跟您确认一下", "承诺还款")],
)
@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 40)])
def test_the_demo_plays_to_its_end(
    home: Path, language: str, said: str, outcome: str, size: tuple[int, int]
) -> None:
    with Terminal(home, "demo", "--language", language, "--speed", "16", size=size) as terminal:
        terminal.wait_for(said)
        terminal.wait_for(outcome)
        assert "✗" not in terminal.text()


def test_a_demo_can_be_paused_and_stepped(home: Path) -> None:
    with Terminal(home, "demo", "--language", "en") as terminal:
        terminal.wait_for("1.5×")
        terminal.press("space")
        terminal.wait_for("paused")
        terminal.press("right", "right", "right")
        terminal.wait_for("May I speak with Ms Wang")
        terminal.press("space", "+")
        terminal.wait_for("2×")


def test_a_call_from_greeting_to_goodbye_by_keyboard(home: Path) -> None:
    facts = ("--fact", "customer_name=Ms Wang", "--fact", "agent_name=Anna")
    more = ("--fact", "company=Fairway", "--fact", "company_phone=4008001234")
    with Terminal(home, "call", "courtesy", "--language", "en", *facts, *more) as terminal:
        terminal.wait_for("from Fairway")
        terminal.press("space", "space")
        terminal.press("f2", "Yes, this is she.", "enter")
        terminal.wait_for("heard")
        terminal.press("1")
        terminal.wait_for("this call is recorded")
        terminal.press("space", "1")
        terminal.wait_for("a good time")
        terminal.press("space", "1")
        terminal.wait_for("getting on with our service")
        terminal.press("space", "1")
        terminal.wait_for("anything else")
        terminal.press("space", "1")
        terminal.wait_for("Thank you for your time")
        terminal.press("space", "space")
        terminal.press("f10")
        terminal.wait_for("Done (DONE)", "No flags")
        terminal.press("escape")
        assert terminal.wait_end() == 0
    with journal(home) as db:
        (code, ended) = db.execute("SELECT code, ended_at FROM call").fetchone()
    assert code == "DONE"
    assert ended > 0


def test_an_objection_is_opened_and_left(home: Path) -> None:
    with Terminal(home, "call", "overdue", "--language", "en") as terminal:
        terminal.wait_for("May I speak with")
        terminal.press("f2", "I have no money", "enter")
        terminal.wait_for("I cannot pay", "objection?")
        terminal.press("ctrl+y")
        terminal.wait_for("step by step")
        terminal.press("1")
        terminal.wait_for("May I speak with")


def test_a_threat_is_flagged_and_repaired(home: Path) -> None:
    with Terminal(home, "call", "overdue", "--language", "zh", size=(100, 32)) as terminal:
        terminal.wait_for("现在说")
        terminal.press("f3", "再不还就起诉你", "enter")
        terminal.wait_for("✗ 威胁", "向您道歉")
        terminal.press("f3", "对不起，我说错了，向您道歉", "enter")
        terminal.wait_for("已补救：威胁")
        assert "✗ 威胁" not in terminal.text()
    assert {"flag_raised", "flag_cleared"} <= set(kinds(home))


def test_an_amount_is_written_down_and_read_back_in_the_line(home: Path) -> None:
    with Terminal(home, "call", "overdue", "--language", "en", size=(100, 32)) as terminal:
        terminal.wait_for("Say now")
        terminal.press("f5")
        terminal.wait_for("Which fact?", "0 More…")
        terminal.press("0")
        terminal.wait_for("9 Amount due")
        terminal.press("9")
        terminal.wait_for("1280.50, or with a currency")
        terminal.press("ctrl+u", "lots", "enter")
        terminal.wait_for("this is not an amount of money")
        terminal.press("ctrl+u", "¥1,999.50", "enter")
        terminal.wait_for("1,999.50")


def test_a_wrong_key_is_taken_back(home: Path) -> None:
    with Terminal(home, "call", "overdue", "--language", "en") as terminal:
        terminal.wait_for("May I speak with")
        terminal.press("1")
        terminal.wait_for("this call is recorded")
        terminal.press("ctrl+z")
        terminal.wait_for("May I speak with")
    assert kinds(home).count("undone") == 1


def test_digits_and_letters_go_into_the_text_that_is_typed(home: Path) -> None:
    with Terminal(home, "call", "overdue", "--language", "en") as terminal:
        terminal.wait_for("May I speak with")
        terminal.press("f2", "1 2 3 q", "enter")
        terminal.wait_for("1 2 3 q")
        assert "May I speak with" in terminal.text()


def test_hold_stops_the_clock_of_what_is_owed(home: Path) -> None:
    with Terminal(home, "call", "overdue", "--language", "en", size=(100, 32)) as terminal:
        terminal.wait_for("Greet")
        terminal.press("f7")
        terminal.wait_for("On hold")
        terminal.press("f7")
        terminal.wait_for("Back from hold")


def test_the_screen_survives_a_resize(home: Path) -> None:
    with Terminal(home, "call", "overdue", "--language", "zh", size=(140, 40)) as terminal:
        terminal.wait_for("接下来")
        terminal.resize(60, 20)
        terminal.wait_gone("接下来")
        terminal.wait_for("请问您是")
        terminal.resize(120, 36)
        terminal.wait_for("接下来", "教练")


def test_the_screen_is_painted_again_after_the_program_was_suspended(home: Path) -> None:
    with Terminal(home, "call", "overdue", "--language", "zh") as terminal:
        terminal.wait_for("请问您是", "报姓名")
        terminal.suspend()
        terminal.wait_for("请问您是", "报姓名", "F1 帮助")


def test_a_call_that_was_killed_is_offered_again_and_goes_on(home: Path) -> None:
    with Terminal(home, "call", "overdue", "--language", "en") as terminal:
        terminal.wait_for("May I speak with")
        terminal.press("space", "1")
        terminal.wait_for("this call is recorded")
        shown = kinds(home)
        terminal.kill()
    assert shown
    with Terminal(home, "--language", "en", size=(110, 30)) as terminal:
        terminal.wait_for("A call was interrupted. Enter goes on with it.")
        terminal.press("enter")
        terminal.wait_for("this call is recorded", "started again")
    assert kinds(home)[: len(shown)] == shown


def test_leaving_in_the_middle_of_a_call_asks_first(home: Path) -> None:
    with Terminal(home, "call", "overdue", "--language", "en") as terminal:
        terminal.wait_for("May I speak with")
        terminal.press("ctrl+q")
        terminal.wait_for("The call is under way")
        terminal.press("1")
        assert terminal.wait_end() == 0
    assert "call_ended" not in kinds(home)


def test_words_from_outside_cannot_speak_to_the_terminal(home: Path, tmp_path: Path) -> None:
    hostile = "\x1b]52;c;aGFja2Vk\x07\x1b[31mred\x9b2J[/foo][@click=app.exit]x[/] \u202eback"
    rows = [{"speaker": "Customer", "text": hostile, "stime": 0, "etime": 1}]
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    with Terminal(
        home, "replay", str(file), "--watch", "--speed", "8", "--language", "en", size=(120, 36)
    ) as terminal:
        terminal.wait_for("[/foo][@click=")
        assert b"\x1b]52" not in terminal.raw
        assert b"\x9b2J" not in terminal.raw
        assert "\u202e".encode() not in terminal.raw


def test_no_color_still_tells_everything(home: Path) -> None:
    with Terminal(
        home, "call", "overdue", "--language", "en", environment={"NO_COLOR": "1"}, size=(100, 32)
    ) as terminal:
        terminal.wait_for("Say now")
        terminal.press("f3", "We will sue you", "enter")
        terminal.wait_for("✗ Threat")


def test_the_terminals_own_colours_are_its_own_and_what_is_chosen_is_in_reverse(home: Path) -> None:
    with Terminal(home, "--theme", "ansi", "--language", "en", size=(100, 32)) as terminal:
        terminal.wait_for("Start a call", "No calls yet")
        terminal.press("5")
        terminal.wait_for("Language of the interface")
        assert b"38;2;" not in terminal.raw
        assert b"48;2;" not in terminal.raw
        assert re.search(rb"\x1b\[(?:\d+;)*7(?:;\d+)*m[^\x1b]*Language", terminal.raw)


def test_plain_borders_are_ascii(home: Path) -> None:
    with Terminal(home, "call", "--plain", "--language", "en", size=(100, 32)) as terminal:
        shown = terminal.wait_for("Say now", "May I speak with")
    assert not set("╭╮╰╯│─▶○✓●") & set(shown)


def test_practice_answers_and_shows_what_would_have_helped(home: Path) -> None:
    with Terminal(
        home, "practice", "courtesy", "--plan", "angry", "--language", "en", size=(110, 34)
    ) as terminal:
        terminal.wait_for("May I speak with")
        terminal.press("space")
        terminal.wait_for("I'm sick of this")
        terminal.press("f3", "Shut up, you idiot", "enter")
        terminal.wait_for("Insult or swearing")
        terminal.press("f10")
        terminal.wait_for("How did the call end?")
        terminal.press("1")
        terminal.wait_for("How it went", "Insult or swearing", "▶ I apologise")


def test_the_library_shows_a_change_on_disk_at_once(home: Path) -> None:
    folder = home / "data" / "callcoach" / "packs" / "mine"
    folder.mkdir(parents=True)
    source = (
        'callcoach: 1\npack: mine\nversion: "1"\ntitle: {en: Mine, zh: 我的}\nlanguages: [en, zh]\n'
    )
    (folder / "pack.yaml").write_text(source, encoding="utf-8")
    with Terminal(home, "--language", "en", size=(110, 34)) as terminal:
        terminal.wait_for("Packs")
        terminal.press("4")
        terminal.wait_for("mine")
        terminal.press("down", "down", "down", "down")
        terminal.wait_for("Mine", "Checked: nothing is wrong.")
        (folder / "pack.yaml").write_text(source + "titel: x\n", encoding="utf-8")
        terminal.wait_for("CC004", "title")


def test_settings_are_changed_and_kept(home: Path) -> None:
    with Terminal(home, "--language", "auto", size=(110, 34)) as terminal:
        terminal.wait_for("Settings")
        terminal.press("5")
        terminal.wait_for("Theme", "dark")
        for _ in range(5):
            terminal.press("down")
        terminal.press("enter")
        terminal.wait_for("high contrast")
        terminal.press("3")
        terminal.wait_for("high contrast", "file")
    config = (home / "config" / "callcoach" / "config.toml").read_text(encoding="utf-8")
    assert 'theme = "high-contrast"' in config


def test_the_palette_finds_actions_in_both_languages_and_by_pinyin(home: Path) -> None:
    with Terminal(home, "call", "--language", "en", size=(100, 32)) as terminal:
        terminal.wait_for("Say now")
        for query in ("objec", "异议"):
            terminal.press("ctrl+p")
            terminal.press(query)
            terminal.wait_for("Objections")
            terminal.press("escape")
            terminal.wait_gone("Search")


def test_own_keys_work(home: Path) -> None:
    with Terminal(
        home, "call", "--language", "en", "--keys", "objections=ctrl+t", size=(100, 32)
    ) as terminal:
        terminal.wait_for("Say now")
        terminal.press("ctrl+t")
        terminal.wait_for("The customer says")


def test_a_call_that_is_left_open_says_how_it_goes_on(home: Path) -> None:
    with Terminal(home, "call", "courtesy", "--language", "en") as terminal:
        terminal.wait_for("from Fairway")
        terminal.press("escape")
        terminal.wait_for("Leave it open")
        terminal.press("1")
        assert terminal.wait_end() == 0
    with journal(home) as db:
        (id,) = db.execute("SELECT id FROM call").fetchone()
    assert f"callcoach call --resume {id[-8:]} goes on." in terminal.raw.decode()
