"""The keys of the call screen: their order, what they choose, and what they must not do."""

from functools import partial
from typing import Any

from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList

from callcoach.call.events import Heard, NoteWritten
from callcoach.call.inputs import Hear, JumpTo
from callcoach.script.model import FlagKind, Speaker
from callcoach.tui.ports import Order
from callcoach.tui.screens.call import CallScreen
from callcoach.tui.screens.dialogs import Ask, Choose
from callcoach.tui.screens.home import HomeScreen
from callcoach.tui.screens.past import PastScreen
from tests.tui.stage import FACTS, call_of, call_stage, home_stage, until, until_shown, write

WIDE = (120, 40)
SMALL = (80, 24)


async def test_a_call_begun_from_home_is_ended_and_judged() -> None:
    async with home_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Start a call")
        await pilot.press("1")
        await until_shown(pilot, "Begin")
        await pilot.press("f10")
        await until_shown(pilot, "1  It is them")
        await pilot.press("space", "f10")
        await until_shown(pilot, "How did the call end?")
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, PastScreen))
        await until_shown(pilot, "How it went")


async def test_the_key_that_begins_a_call_does_not_end_it_when_it_is_pressed_twice() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("f10")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, Choose)


async def test_keys_act_in_the_order_in_which_they_are_pressed() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("space", "space", "f2")
        await write(pilot, "Yes, speaking.")
        await until(pilot, lambda: len(call_of(pilot).session.transcript) == 3)
        speakers = [said.speaker for said in call_of(pilot).session.transcript]
        assert speakers == [Speaker.AGENT, Speaker.AGENT, Speaker.CUSTOMER]


async def test_a_letter_that_is_no_key_begins_the_next_sentence_of_the_same_voice() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("f2")
        await write(pilot, "Yes, speaking.")
        await pilot.press(*(key if key != " " else "space" for key in "who is this"), "enter")
        await until(pilot, lambda: len(call_of(pilot).session.transcript) == 2)
        said = call_of(pilot).session.transcript[-1]
        assert (said.speaker, said.text) == (Speaker.CUSTOMER, "who is this")


async def test_words_that_come_in_one_burst_are_typed_whole() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        burst(pilot, *"我知道了", "space", *"ok", "enter", *"who", "space", *"is", "enter", "space")
        await until(pilot, lambda: len(call_of(pilot).session.transcript) == 3)
        said = [(it.source, it.text) for it in call_of(pilot).session.transcript]
        assert said[:2] == [("typed", "我知道了 ok"), ("typed", "who is")]
        assert said[2][0] == "line"


async def test_words_that_are_pasted_begin_a_sentence_too() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        pilot.app.post_message(Paste("我下周五还\n五百"))
        burst(pilot, "enter")
        await until(pilot, lambda: len(call_of(pilot).session.transcript) == 1)
        assert call_of(pilot).session.transcript[0].text == "我下周五还 五百"


async def test_keys_pressed_before_the_call_is_shown_wait_for_it() -> None:
    async with home_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Start a call")
        home = pilot.app.screen
        assert isinstance(home, HomeScreen)
        home.routes.start(Order("overdue", facts=FACTS))
        assert not pilot.app.screen.is_mounted
        burst(pilot, "space", "f9", *"asks", "space", *"why", "enter", "f2", *"yes", "enter")
        await until(pilot, lambda: len(call_of(pilot).session.transcript) == 2)
        told = [it.text for it in call_of(pilot).live.events if isinstance(it, Heard | NoteWritten)]
        assert told[1:] == ["asks why", "yes"]


async def test_the_key_that_quits_asks_over_a_dialog_too_and_once() -> None:
    app = call_stage()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("f9")
        await until_shown(pilot, "Note")
        await pilot.press("ctrl+q")
        await until_shown(pilot, "The call is under way")
        await pilot.press("escape")
        assert app.is_running
        await pilot.press("ctrl+q")
        await until_shown(pilot, "The call is under way")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.return_code == 0)


async def test_a_key_that_is_pressed_as_the_program_ends_disturbs_nobody() -> None:
    app = home_stage()
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Start a call")
    late = Key("x", "x")
    late._set_forwarded()  # noqa: SLF001 - it was on its way from a widget
    await app.on_event(late)
    assert not app.screen_stack


def burst(pilot: Pilot[int], *keys: str) -> None:
    """Press keys at once, as an input method and a terminal of a busy machine send them."""
    for key in keys:
        character = " " if key == "space" else key if len(key) == 1 else None
        pilot.app.post_message(Key(key, character))


async def test_enter_pressed_twice_does_not_say_the_next_line() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("f2")
        await write(pilot, "Yes, speaking.")
        await pilot.press("enter")
        await pilot.pause()
        assert len(call_of(pilot).session.transcript) == 1


async def test_nothing_is_said_to_a_customer_on_hold() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("f7")
        await until_shown(pilot, "On hold: go on with F7.")
        await pilot.press("space")
        await pilot.pause()
        assert not call_of(pilot).session.transcript


async def test_an_end_of_the_script_is_asked_for_once_more() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("space", "f10")
        await until_shown(pilot, "How did the call end?", "More…")
        await choose(pilot, "Promise to pay")
        await until_shown(pilot, "has not come to", "Go on with the call")
        await pilot.press("1")
        await until_shown(pilot, "Say now")
        assert not call_of(pilot).session.state.ended


def is_over(pilot: Pilot[int], dialog: Screen[Any]) -> bool:
    return pilot.app.screen is not dialog


async def choose(pilot: Pilot[int], wanted: str) -> None:
    """Choose by digit what stands in a list of any length."""
    for _ in range(4):
        dialog = pilot.app.screen
        prompts = [str(it.prompt) for it in dialog.query_one(OptionList).options]
        digit = next(it for it in prompts if wanted in it)[1]
        await pilot.press(digit if digit.isdigit() else "0")
        await pilot.pause()
        if digit.isdigit():
            return
    raise AssertionError(f"{wanted} is nowhere")


async def test_every_objection_has_keys_and_keeps_them() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        objections = call_of(pilot).session.coach.script.objections
        titles = [step.title.plain("en") for step in objections]
        assert len(titles) > 10
        call_of(pilot).feed(Hear(Speaker.CUSTOMER, "I lost my job"))
        await pilot.press("f4")
        await until_shown(pilot, "The customer says")
        options = [str(o.prompt) for o in pilot.app.screen.query_one(OptionList).options]
        assert all(title in option for title, option in zip(titles[:9], options, strict=False))
        await choose(pilot, titles[-1])
        await until(pilot, lambda: bool(call_of(pilot).session.state.position.stack))
        assert call_of(pilot).session.state.position.step == objections[-1].id


async def test_a_cue_whose_step_was_left_can_be_ticked_by_hand() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("1")
        await until(pilot, lambda: bool(call_of(pilot).session.state.flags))
        kind, missed = next(iter(call_of(pilot).session.state.flags))
        assert kind is FlagKind.MISSING
        title = call_of(pilot).session.coach.script.cues[missed].title.plain("en")
        await pilot.press("f6")
        await until_shown(pilot, "Tick what was said", "flagged")
        await choose(pilot, title)
        assert (kind, missed) not in call_of(pilot).session.state.flags


async def test_the_first_choice_of_a_flag_says_what_puts_it_right() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        call_of(pilot).feed(Hear(Speaker.AGENT, "We will sue you"))
        await pilot.press("f8")
        await until_shown(pilot, "1 I said it now")
        await pilot.press("1")
        await until(pilot, lambda: not call_of(pilot).session.state.flags)
        assert "apologise" in call_of(pilot).session.transcript[-1].text


async def test_all_that_was_missed_is_put_right_with_one_key_each() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("1")
        await until(pilot, lambda: bool(call_of(pilot).session.state.flags))
        while call_of(pilot).session.state.flags:
            before = len(call_of(pilot).session.state.flags)
            await pilot.press("f8")
            dialog = pilot.app.screen
            await until_shown(pilot, "1 I said it now")
            await pilot.press("1")
            await until(pilot, partial(is_over, pilot, dialog))
            assert len(call_of(pilot).session.state.flags) < before


async def test_an_exit_that_is_lit_goes_before_a_step_further_on() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        screen = call_of(pilot)
        screen.feed(Hear(Speaker.CUSTOMER, "Yes, speaking."))
        await until_shown(pilot, "1◆ It is them")
        await pilot.press("ctrl+y")
        await until_shown(pilot, "Recording notice")


async def test_a_key_after_enter_waits_until_the_words_are_taken() -> None:
    async with call_stage().run_test(size=WIDE, notifications=True) as pilot:
        await pilot.press("f3")
        for key in (*"rude", "enter", "f9"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await until_shown(pilot, "Note")
        await until(pilot, lambda: isinstance(pilot.app.screen, Ask))
        screen = pilot.app.screen_stack[-2]
        assert isinstance(screen, CallScreen)
        assert [said.text for said in screen.session.transcript] == ["rude"]


async def test_where_nothing_leads_on_space_says_how_to_end_the_call() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, CallScreen)
        steps = screen.session.coach.script.steps.values()
        last = next(it.id for it in steps if not it.exits and not it.is_objection)
        screen.feed(JumpTo(last))
        for _ in screen.session.lines():
            await pilot.press("space")
        await pilot.press("space")
        await until_shown(pilot, "Every line is said: F10 ends the call.")
