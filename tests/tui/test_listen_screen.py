"""The call screen while the call is heard: the row about it, and what is said."""

import threading

import pytest

from callcoach.call.consent import Policy
from callcoach.call.events import CallEnded, Heard
from callcoach.call.inputs import EndCall, JumpTo
from callcoach.call.live import LiveCall
from callcoach.cli.desk import Desk
from callcoach.errors import ModelError
from callcoach.hearing.listener import Listener
from callcoach.hearing.signs import Level, Opened, Over, Trouble, Troubled
from callcoach.script.model import OutcomeId, PlanId, Speaker
from callcoach.settings import THEMES
from callcoach.tui.screens.listen import DRAW_AFTER
from callcoach.tui.screens.past import PastScreen
from callcoach.tui.screens.practice import PracticeScreen
from callcoach.tui.screens.view import TICK
from callcoach.tui.wayfinder import Wayfinder
from callcoach.tui.widgets.paper import Piece
from callcoach.tui.widgets.row import Row
from tests.hearing.scripted_ear import (
    AGENT,
    CUSTOMER,
    ScriptedEar,
    final,
    no_model,
    opened,
    partial,
)
from tests.tui.stage import (
    BOUND,
    ScriptedEars,
    call_of,
    call_stage,
    shown,
    stage,
    until,
    until_shown,
    write,
)

WIDE = (120, 40)


async def test_what_is_said_is_drawn_and_followed() -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        await until_shown(pilot, "○ Opening")
        ears.ear.say(opened(), Level(AGENT, -12.0, -9.0), Level(CUSTOMER, -70.0, -60.0))
        await until_shown(pilot, "● Listening", "Agent ▮▮▮▮▮", "Customer ▯▯▯▯▯")
        ears.ear.say(partial(AGENT, "may i speak"))
        await until_shown(pilot, "… Agent    may i speak")
        ears.ear.say(final(AGENT, "may i speak with ms wang"), final(CUSTOMER, "yes this is she"))
        text = await until_shown(pilot, "Recording notice", "Customer yes this is she")
        assert "…" not in text.partition("Listening")[0]
        assert "20 ms behind" in shown(pilot)


@pytest.mark.parametrize(
    ("size", "theme"), list(zip([(80, 24), (60, 20), WIDE, (200, 50)], THEMES, strict=True))
)
async def test_the_row_about_hearing_fits_every_size(size: tuple[int, int], theme: str) -> None:
    ears = ScriptedEars()
    flags = {"plain": "yes", "theme": theme}
    async with call_stage("courtesy", flags, ears=ears).run_test(size=size) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened(), Level(CUSTOMER, -32.0, -20.0))
        text = await until_shown(pilot, "* Listening", "Agent -----", "Customer ===--")
        assert "May I speak with Ms Wang" in text


async def test_it_says_after_what_it_will_listen_and_does_then() -> None:
    ears = ScriptedEars(Policy.SCRIPT)
    async with call_stage("courtesy", ears=ears).run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "Not listening yet", "opens after “Say that the call is recorded”")
        assert ears.ear.did == ["start"]
        await pilot.press("1")
        await until_shown(pilot, "this call is recorded for quality")
        await pilot.press("space")
        await until(pilot, lambda: ears.ear.did[-1] == "open")
        ears.ear.say(opened())
        await until_shown(pilot, "● Listening")


async def test_before_the_notice_the_key_opens_it_only_with_the_customers_word() -> None:
    ears = ScriptedEars(Policy.SCRIPT)
    async with call_stage("courtesy", ears=ears).run_test(size=(80, 24)) as pilot:
        await until_shown(pilot, "opens after “Say that the call is recorded”")
        for answer in ("1", "escape"):
            await pilot.press("ctrl+t")
            await until_shown(pilot, "Go on without listening")
            await pilot.press(answer)
            await pilot.pause()
            assert ears.ear.did == ["start"]
        await pilot.press("ctrl+t")
        await until_shown(pilot, "The customer agrees now")
        await pilot.press("2")
        await until(pilot, lambda: ears.ear.did[-1] == "open")


async def test_what_the_settings_switch_off_no_key_opens() -> None:
    ears = ScriptedEars(Policy.NEVER)
    async with call_stage("courtesy", ears=ears).run_test(size=WIDE) as pilot:
        await until_shown(pilot, "switched off in the settings")
        await pilot.press("ctrl+t")
        await pilot.pause()
        assert ears.ear.did == ["start"]
        assert call_of(pilot).session.state.is_turned_on is None


async def test_a_hold_is_seen_and_the_key_opens_and_closes() -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened())
        await pilot.press("f7")
        await until_shown(pilot, "Not listening", "the customer is on hold")
        assert ears.ear.did[-1] == "pause"
        await pilot.press("f7", "ctrl+t")
        await until_shown(pilot, "you have closed it; Ctrl+T opens it")
        await pilot.press("ctrl+t")
        await until(pilot, lambda: ears.ear.did[-1] == "resume")


async def test_after_a_refusal_it_opens_only_with_the_customers_word() -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened(), final(CUSTOMER, "please do not record this call"))
        await until_shown(pilot, "the customer does not want it")
        await pilot.press("ctrl+t")
        await until_shown(pilot, "Not listening: the customer does not want it")
        await pilot.press("1")
        await pilot.pause()
        assert ears.ear.did[-1] == "pause"
        await pilot.press("ctrl+t")
        await until_shown(pilot, "The customer agrees now")
        await pilot.press("2")
        await until(pilot, lambda: ears.ear.did[-1] == "resume")


async def test_a_lost_device_and_a_failure_are_told() -> None:
    ears = ScriptedEars()
    app = call_stage("courtesy", ears=ears)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened(), Troubled(Trouble.LOST, CUSTOMER))
        await until_shown(pilot, "✗ One side is not heard", "Customer no sound")
        ears.ear.say(Troubled(Trouble.LOST, AGENT))
        await until_shown(pilot, "✗ No sound", "Agent no sound", "Customer no sound")
        ears.ear.say(Troubled(Trouble.FAILED, reason="check its rights"))
        await until_shown(pilot, "✗ Typing only", "check its rights")
        await pilot.press("f2")
        await write(pilot, "Yes, this is she.")
        await until_shown(pilot, "Yes, this is she.")


async def test_in_practice_the_partner_answers_what_the_agent_says() -> None:
    ears = ScriptedEars()

    def practise(way: Wayfinder, desk: Desk) -> PracticeScreen:
        return way.practice_screen("courtesy", desk.plan("courtesy", PlanId("smooth")))

    async with stage(practise, ears=ears).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(Opened((Speaker.AGENT,), ("headset",)))
        await until_shown(pilot, "● Listening")
        assert "Customer: not heard" not in shown(pilot)
        ears.ear.say(final(AGENT, "hello my name is anna may i speak with ms wang please"))
        await until(pilot, lambda: call_of(pilot).session.state.position.step.endswith("notice"))
        assert "Speaking." in shown(pilot)


async def test_a_voice_that_nothing_hears_is_named() -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(Opened((Speaker.AGENT,), ("headset",)))
        await until_shown(pilot, "Customer: not heard")
        ears.ear.say(Over(3.0))
        await until_shown(pilot, "The recording is over")


async def test_without_a_model_the_call_is_typed_and_that_is_said_once() -> None:
    ears = ScriptedEars()
    ears.missing = ModelError("there is no speech model for it", "callcoach model install en-small")
    app = call_stage("courtesy", ears=ears)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await until_shown(pilot, "there is no speech model", "callcoach model install en-small")
        await until_shown(pilot, "✗ Typing only", "there is no speech model for it")
        await pilot.press("f3")
        await write(pilot, "Hello, my name is Anna.")
        await until_shown(pilot, "Hello, my name is Anna.")


async def test_another_language_without_a_model_is_told_and_pauses() -> None:
    ears = ScriptedEars()
    ears.models["zh"] = no_model("zh")
    app = call_stage("courtesy", ears=ears)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened())
        await until_shown(pilot, "● Listening")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "there is no speech model", "install one")
        assert ears.ear.did[-1] == "pause"


async def test_doubtful_words_have_a_sign_in_plain_mode() -> None:
    ears = ScriptedEars()
    app = call_stage("courtesy", {"plain": "yes"}, ears=ears)
    async with app.run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened(), final(CUSTOMER, "yes this is really she", unsure="really"))
        await until_shown(pilot, "yes this is really? she")


async def test_what_was_said_aloud_is_not_to_be_said_again() -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened(), final(AGENT, "hello my name is anna and i'm calling from fairway"))
        await until_shown(pilot, "✓ Hello, my name is Anna", "▶ May I speak with")


async def test_a_key_that_was_meant_for_the_step_before_does_nothing() -> None:
    ears = ScriptedEars()
    app = call_stage("courtesy", ears=ears)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened(), final(CUSTOMER, "yes this is she"))
        await until(pilot, lambda: call_of(pilot).session.state.position.step.endswith("notice"))
        call_of(pilot).action_take(1)
        assert call_of(pilot).session.state.position.step.endswith("notice")
        await until_shown(pilot, "The call has gone on by what was heard")
        await until(pilot, lambda: not call_of(pilot).is_overtaken())
        await pilot.press("1")
        await until(pilot, lambda: call_of(pilot).session.state.position.step.endswith("moment"))


async def test_the_end_waits_for_words_that_are_on_their_way() -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened(), final(AGENT, "thank you"), partial(AGENT, "all the"))
        await until_shown(pilot, "thank you", "all the")
        screen = call_of(pilot)
        ears.ear.on_close = lambda: ears.ear.say(final(AGENT, "all the best take care goodbye"))
        await pilot.press("f10")
        await until_shown(pilot, "How did the call end?")
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, PastScreen))
        kinds = [type(event) for event in screen.live.events]
        assert kinds.count(Heard) == 2
        assert Heard not in kinds[kinds.index(CallEnded) :]
        assert ears.ear.did.count("close") == 1


async def test_the_end_of_a_step_is_not_left_by_words_that_come_after_the_key() -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened(), final(AGENT, "well then"))
        await until_shown(pilot, "Agent    well then")
        screen = call_of(pilot)
        steps = screen.session.coach.script.steps.values()
        screen.feed(JumpTo(next(step.id for step in steps if step.is_end)))
        ears.ear.on_close = lambda: ears.ear.say(final(CUSTOMER, "who are you"))
        await pilot.press("f10")
        await until(pilot, lambda: isinstance(pilot.app.screen, PastScreen))
        assert [it.text for it in screen.session.transcript] == ["well then", "who are you"]


async def test_the_key_pressed_again_while_devices_are_looked_for_opens_one_ear() -> None:
    ears = SlowEars()
    async with call_stage("courtesy", ears=ears).run_test(size=WIDE) as pilot:
        await until_shown(pilot, "○ Opening")
        await pilot.press("ctrl+t")
        ears.have_found.set()
        await until(
            pilot, lambda: len(ears.made) == 2 and any("open" in it.did for it in ears.made)
        )
        await pilot.pause()
        assert sorted(it.did for it in ears.made) == [[], ["start", "open"]]


class SlowEars(ScriptedEars):
    """Finds devices and models only when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.have_found = threading.Event()
        self.made: list[ScriptedEar] = []

    def listener(self, live: LiveCall, is_alone: bool = False) -> Listener:
        self.have_found.wait(BOUND)
        listener = super().listener(live, is_alone)
        self.made.append(self.ear)
        return listener


async def test_a_call_that_does_not_end_is_heard_on() -> None:
    ears = ScriptedEars()
    app = call_stage("courtesy", ears=ears)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened(), final(AGENT, "well then"))
        await until_shown(pilot, "Agent    well then")
        before = ears.ear
        call_of(pilot).feed(EndCall(OutcomeId("courtesy.unheard_of")))
        await until_shown(pilot, "there is no outcome")
        await until(pilot, lambda: ears.ear is not before and "open" in ears.ear.did)
        ears.ear.say(opened(), final(CUSTOMER, "yes this is she"))
        await until_shown(pilot, "Customer yes this is she")


async def test_leaving_closes_the_ear() -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened())
        await until_shown(pilot, "● Listening")
        await pilot.press("escape")
        await until_shown(pilot, "The call is under way")
        await pilot.press("1")
    assert ears.ear.did[-1] == "close"


async def test_levels_draw_their_row_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened())
        await until_shown(pilot, "● Listening")
        screen, drawn = call_of(pilot), list[Piece]()
        monkeypatch.setattr(screen, "_draw_clocks", lambda _at: None)  # deadlines draw much more
        show = Row.show

        def note(row: Row, piece: Piece) -> None:
            drawn.append(piece)
            show(row, piece)

        monkeypatch.setattr(Row, "show", note)
        laid_out = screen._compositor._visible_map  # noqa: SLF001 - made anew by every layout
        before = screen.live.clock.now()
        for number in range(300):
            ears.ear.say(Level(number % 2, -20.0 - number % 30, -10.0))
        await until(pilot, lambda: bool(drawn))
        await pilot.pause(0.3)
        passed = screen.live.clock.now() - before
        # Ten times a second at most, and at every tick of the clock; never 300 times.
        assert len(drawn) <= passed * (1 / DRAW_AFTER + 1 / TICK) + 2
        assert screen._compositor._visible_map is laid_out  # noqa: SLF001


async def test_an_ear_that_tells_something_after_the_end_disturbs_nobody() -> None:
    ears = ScriptedEars()
    async with call_stage("courtesy", ears=ears).run_test(size=WIDE) as pilot:
        await until(pilot, lambda: "open" in ears.ear.did)
        ears.ear.say(opened(), final(AGENT, "hello"))
        await until_shown(pilot, "Agent    hello")
        await pilot.press("f10")
        await until_shown(pilot, "How did the call end?")
        await pilot.press("1")
        await until(pilot, lambda: isinstance(pilot.app.screen, PastScreen))
        ears.ear.say(final(AGENT, "goodbye"), Level(AGENT, -10.0, -5.0))
        await pilot.pause()
        assert "goodbye" not in shown(pilot)
