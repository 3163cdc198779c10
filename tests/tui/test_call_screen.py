"""The call screen, key by key."""

from functools import partial

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import OptionList

from callcoach.call.events import CallEnded, CueTicked, FactTold, Heard, NoteWritten, Undone
from callcoach.call.inputs import Hear, TellFact, WriteNote
from callcoach.script.facts import FactId
from callcoach.script.model import CueId, Speaker, StepId
from callcoach.tui.screens.past import PastScreen
from callcoach.tui.widgets.line import Line
from callcoach.tui.widgets.transcript import Transcript
from tests.tui.stage import call_of, call_stage, shown, until, until_shown, write

WIDE = (120, 40)
NARROW = (60, 20)


@pytest.mark.parametrize("size", [NARROW, (80, 24), WIDE, (200, 50)])
async def test_all_that_matters_is_on_the_screen(size: tuple[int, int]) -> None:
    async with call_stage().run_test(size=size, notifications=True) as pilot:
        text = await until_shown(pilot, "Anna", "May I speak with Ms Wang, please?")
        assert "1  It is them" in text
        assert "○ Say your name" in text
        assert "Fairway" in text
        assert "saved" in text
        assert "^P Commands" in text


async def test_the_marked_line_is_the_next_to_say() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "▶ ")
        await pilot.press("space")
        await until_shown(pilot, "✓ ", "▶ May I speak")
        assert [said.speaker for said in call_of(pilot).session.transcript] == [Speaker.AGENT]


async def test_a_digit_takes_an_exit() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("1")
        await until_shown(pilot, "Recording notice")
        assert call_of(pilot).session.state.position.step != StepId("courtesy.greeting")


async def test_a_digit_without_an_exit_does_nothing() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        before = len(call_of(pilot).live.events)
        await pilot.press("9")
        await pilot.pause()
        assert len(call_of(pilot).live.events) == before


async def test_a_cue_is_ticked_and_its_tick_taken_back() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        for is_met in (True, False):
            await pilot.press("f6")
            await until_shown(pilot, "Tick what was said")
            names = pilot.app.screen.query_one(OptionList)
            place = next(
                n for n in range(names.option_count) if "name" in str(names.options[n].prompt)
            )
            cue = names.options[place].id or ""
            await pilot.press(str(place + 1))
            await pilot.pause()
            state = call_of(pilot).session.state
            assert (state.cue(CueId(cue)).met_at is not None) is is_met
        assert any(isinstance(event, CueTicked) for event in call_of(pilot).live.events)


async def test_the_reason_of_a_cue_is_shown_with_it() -> None:
    async with call_stage().run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("f6")
        await until_shown(pilot, "Tick what was said", "decides whether anybody wants to listen")


async def test_an_objection_opens_and_leads_back() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        before = call_of(pilot).session.state.position.step
        await pilot.press("f4")
        await until_shown(pilot, "The customer says")
        await pilot.press("2")
        await until(pilot, lambda: bool(call_of(pilot).session.state.position.stack))
        ways = call_of(pilot).session.ways()
        back = next(n for n, way in enumerate(ways, 1) if way.is_open and way.exit.to is None)
        await pilot.press(str(back))
        await until(pilot, lambda: call_of(pilot).session.state.position.step == before)


async def test_what_was_heard_is_suggested_and_taken_with_one_key() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f2")
        await write(pilot, "I lost my job")
        await until_shown(pilot, "^Y◆ Job lost", "objection?")
        await pilot.press("ctrl+y")
        await until(pilot, lambda: bool(call_of(pilot).session.state.position.stack))


async def test_what_was_found_stands_before_what_was_given_and_that_begins_with_the_name() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        call_of(pilot).feed(TellFact(FactId("overdue.monthly_income"), "4200"))
        seen = await until_shown(pilot, "Monthly income", "Customer's name", "Company")
        places = [seen.index(it) for it in ("Monthly income", "Customer's name", "Agent's name")]
        assert places == sorted(places)


async def test_a_fact_is_told_and_stands_on_the_screen() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f5")
        await until_shown(pilot, "Which fact?")
        await pilot.press("1")
        await until_shown(pilot, "Amount due")
        await write(pilot, "1280.50")
        await until_shown(pilot, "1,280.50")
        facts = call_of(pilot).session.state.facts
        assert FactId("overdue.amount_due") in facts
        assert any(isinstance(event, FactTold) for event in call_of(pilot).live.events)


async def test_a_value_that_does_not_fit_is_a_calm_notice_with_a_remedy() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f5")
        await until_shown(pilot, "Which fact?")
        await pilot.press("1")
        await until_shown(pilot, "Amount due", "or with a currency")
        await write(pilot, "lots")
        await until_shown(pilot, "this is not an amount of money", "write 3456.78")
        await pilot.press("escape")
        assert FactId("overdue.amount_due") not in call_of(pilot).session.state.facts


async def test_hold_is_shown_and_ended() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f7")
        await until_shown(pilot, "⏸ On hold")
        await pilot.press("f7")
        await until_shown(pilot, "Back from hold")
        assert "⏸" not in shown(pilot)


async def test_undo_is_an_event_that_compensates() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        before = call_of(pilot).session.state.position.step
        await pilot.press("1")
        await until_shown(pilot, "Recording notice")
        count = len(call_of(pilot).live.events)
        await pilot.press("ctrl+z")
        await until_shown(pilot, "Taken back: It is them")
        screen = call_of(pilot)
        assert screen.session.state.position.step == before
        assert isinstance(screen.live.events[count], Undone)


async def test_a_note_is_written_in_chinese() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f9")
        await write(pilot, "客户要求下午再打，已记录。")
        await until_shown(pilot, "✎ 客户要求下午再打，已记录。")
        events = call_of(pilot).live.events
        assert any(isinstance(event, NoteWritten) for event in events)


async def test_a_flag_is_explained_and_can_be_quiet() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f3")
        await write(pilot, "We will sue you")
        await until_shown(pilot, "✗ Threat", "▶ I apologise")
        await pilot.press("f8")
        await until_shown(pilot, "“We will sue", "Be quiet for a minute")
        await pilot.press("1")
        await until(pilot, lambda: "✗ Threat" not in shown(pilot))


async def test_a_call_is_ended_and_its_verdict_shown() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        live = call_of(pilot).live
        await pilot.press("space", "f10")
        await until_shown(pilot, "How did the call end?", "HUNG")
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, PastScreen))
        await until_shown(pilot, "How it went", "Customer hung up (HUNG)")
        assert isinstance(live.events[-1], CallEnded)


async def test_escape_leaves_the_text_first_and_asks_before_it_leaves_the_call() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f2", "escape")
        assert pilot.app.focused is None
        await pilot.press("escape")
        await until_shown(pilot, "The call is under way")
        await pilot.press("escape")
        await until_shown(pilot, "Say now")
        assert not call_of(pilot).session.state.ended


async def test_digits_go_into_the_text_while_it_is_typed() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f2", "1", "space", "2")
        assert pilot.app.screen.query_one("#words", Line).value == "1 2"
        await pilot.press("enter")
        await until(pilot, lambda: len(call_of(pilot).session.transcript) == 1)


async def test_keys_typed_ahead_act_in_their_order() -> None:
    """A burst, as a paste or a busy machine makes it: nothing waits between the keys."""
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f2")
        words = pilot.app.screen.query_one("#words", Line)
        for name in ("y", "e", "s", "enter", "f3", "o", "k", "enter"):
            words.post_message(Key(name, name if len(name) == 1 else None))
        await until(pilot, lambda: len(call_of(pilot).session.transcript) == 2)
        heard = [(said.speaker, said.text) for said in call_of(pilot).session.transcript]
        assert heard == [(Speaker.CUSTOMER, "yes"), (Speaker.AGENT, "ok")]


async def test_times_of_typed_lines_never_run_backwards() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        screen = call_of(pilot)
        for keys in (("f2",), ("1", "f3")):
            await pilot.press(*keys)
            screen.query_one("#words", Line).value = "I am not sure what is meant by all that."
            await pilot.press("enter")
            await until(pilot, lambda: screen.focused is None)
        events = screen.live.events
        times = [event.start if isinstance(event, Heard) else event.at for event in events]
        assert len(screen.session.transcript) == 2
        assert times == sorted(times)


async def test_no_line_of_what_is_pasted_is_lost() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f2")
        words = pilot.app.screen.query_one("#words", Line)
        words.post_message(Paste("I cannot pay\n this month.\r\n\nSorry\n"))
        await until(pilot, lambda: words.value == "I cannot pay this month. Sorry")


HOSTILE = [
    "[/foo] closes nothing",
    "[@click=app.quit]press me[/]",
    "[bold red]loud[/bold red]",
    "\x1b]52;c;aGFja2Vk\x07\x1b[2Jgone",
    "\x9b31mred",
    "right \u202eto left",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_words_from_outside_are_only_words(text: str) -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        screen = call_of(pilot)
        screen.feed(Hear(Speaker.CUSTOMER, text, 0.0, 1.0))
        screen.feed(WriteNote(text))
        screen.notice(text, text)
        seen = await until_shown(pilot, text[-4:])
        assert not set(seen) & {"\x1b", "\x07", "\x9b", "\u202e"}
        if text.startswith("["):
            assert text in seen
        transcript = screen.query_one(Transcript)
        await pilot.click(transcript, offset=(25, 2))
        await pilot.pause()
        assert pilot.app.is_running


async def test_the_language_switches_in_the_middle_of_a_call() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f12")
        seen = await until_shown(pilot, "现在说", "接下来", "是本人", "报姓名")
        assert "May I speak with Ms Wang, please?" in seen
        await pilot.press("ctrl+l")
        await until_shown(pilot, "请问您是Ms Wang吗")
        await pilot.press("f12")
        await until_shown(pilot, "Say now", "It is them")


async def test_own_keys_replace_the_usual_ones() -> None:
    flags = {"keys": "objections=ctrl+t;undo=f11"}
    async with call_stage(flags=flags).run_test(size=(200, 50), notifications=True) as pilot:
        await until_shown(pilot, "^T Objections", "F11 Undo")
        await pilot.press("f4")
        await pilot.pause()
        assert "The customer says" not in shown(pilot)
        await pilot.press("ctrl+t")
        await until_shown(pilot, "The customer says")


def _has_frames(pilot: Pilot[int], wanted: bool) -> bool:
    return ("╭" in shown(pilot)) is wanted


async def test_the_screen_follows_the_size_of_the_terminal() -> None:
    async with call_stage().run_test(size=(200, 50), notifications=True) as pilot:
        await until_shown(pilot, "Transcript")
        for size in (NARROW, WIDE, (80, 30), (200, 50)):
            await pilot.resize_terminal(*size)
            await until(pilot, partial(_has_frames, pilot, size != NARROW))
            await until_shown(pilot, "It is them", "May I speak with Ms Wang")


@pytest.mark.parametrize("theme", ["callcoach-dark", "callcoach-light", "high-contrast", "ansi"])
async def test_every_theme_draws(theme: str) -> None:
    async with call_stage(flags={"theme": theme}).run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "Say now")
        await pilot.press("f4")
        await until_shown(pilot, "The customer says")


@pytest.mark.parametrize(
    ("theme", "least"), [("callcoach-dark", 4.5), ("callcoach-light", 4.5), ("high-contrast", 7.0)]
)
async def test_hints_in_empty_lines_can_be_read(theme: str, least: float) -> None:
    """By the contrast that WCAG 2 asks for (1.4.3, 1.4.6)."""
    async with call_stage(flags={"theme": theme}).run_test(size=WIDE, notifications=True) as pilot:
        line = pilot.app.screen.query_one("#words", Line)
        style = line.get_component_rich_style("input--placeholder")
        assert style.color is not None
        assert style.bgcolor is not None
        lights = [luminance(it.get_truecolor()) for it in (style.color, style.bgcolor)]
        assert (max(lights) + 0.05) / (min(lights) + 0.05) >= least


def luminance(color: tuple[int, int, int]) -> float:
    """Return the relative luminance of a colour of sRGB, 0 to 1, as WCAG 2 defines it."""
    shares = [it / 255 for it in color]
    red, green, blue = (
        it / 12.92 if it <= 0.04045 else ((it + 0.055) / 1.055) ** 2.4 for it in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_plain_signs_are_ascii() -> None:
    async with call_stage(flags={"plain": "yes"}).run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("space", "f7", "space")
        await until(pilot, lambda: shown(pilot).count("On hold: go on with F7.") == 2)
        seen = await until_shown(pilot, "Say now")
        assert not {char for char in seen if not char.isascii()} - {"’", "·"}


async def test_somebody_else_is_not_asked_who_they_are_whatever_was_let_slip() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        screen = call_of(pilot)
        screen.feed(Hear(Speaker.AGENT, "You are overdue on your instalment, you owe 1280 yuan."))
        await until_shown(pilot, "The debt before identity is verified", "date of birth")
        await pilot.press("2")
        seen = await until_shown(pilot, "Someone else answers", "It cannot be put right here")
        assert "date of birth" not in seen
        await pilot.press("f8")
        seen = await until_shown(pilot, "Be quiet for a minute")
        assert "I said it now" not in seen
