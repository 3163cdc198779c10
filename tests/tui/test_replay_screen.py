"""A transcript that is watched: what was guessed about it is said, and not measured."""

from callcoach.call.events import CallEnded, FlagRaised
from callcoach.call.replay import Row
from callcoach.script.model import Speaker
from callcoach.tui.ports import Order
from callcoach.tui.screens.past import PastScreen
from callcoach.tui.screens.play import PlayScreen
from tests.tui.stage import stage, until, until_shown

ROWS = (
    Row(Speaker.AGENT, "Well, let me see.", 0.0, 40.0),
    Row(Speaker.CUSTOMER, "Yes?", 40.0, 41.0),
)


async def test_guessed_times_are_told_and_neither_measured_nor_due() -> None:
    order = Order("courtesy", "replay", "en", seed=1, is_timed=False)
    notes = ["Times were estimated."]
    app = stage(
        lambda way, _: way.replay_screen(order, ROWS, 100.0, follow=True, notes=notes, seconds=50.0)
    )
    async with app.run_test(size=(120, 90), notifications=True) as pilot:
        assert isinstance(app.screen, PlayScreen)
        events = app.screen.live.events
        await until_shown(pilot, "Times were estimated.")
        await until(pilot, lambda: isinstance(app.screen, PastScreen))
        reasons = {event.reason for event in events if isinstance(event, FlagRaised)}
        assert [event.at for event in events if isinstance(event, CallEnded)] == [50.0]
        assert "call_ended" in reasons
        assert "deadline" not in reasons
        await until_shown(pilot, "Duration")
        assert "Talk ratio" not in (await until_shown(pilot, "Questions"))


async def test_where_nobody_is_the_agent_nothing_is_missed() -> None:
    order = Order("courtesy", "replay", "en", seed=1)
    rows = (Row(Speaker.OTHER, "Well, let me see.", 0.0, 40.0),)
    app = stage(
        lambda way, _: way.replay_screen(order, rows, 100.0, follow=True, notes=(), seconds=50.0)
    )
    async with app.run_test(size=(120, 90)) as pilot:
        assert isinstance(app.screen, PlayScreen)
        events = app.screen.live.events
        await until(pilot, lambda: isinstance(app.screen, PastScreen))
        assert any(isinstance(event, CallEnded) for event in events)
        assert not [event for event in events if isinstance(event, FlagRaised)]
