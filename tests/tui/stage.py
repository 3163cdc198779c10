"""The application in memory, with a home of its own: what the tests of the screens begin with."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen

from callcoach.call.consent import Policy
from callcoach.call.live import LiveCall
from callcoach.cli.desk import Desk
from callcoach.cli.workplace import Workplace
from callcoach.errors import CallcoachError
from callcoach.hearing.capture.device_list import Listed
from callcoach.hearing.listener import Listener
from callcoach.hearing.models.registry import Model, NoModel
from callcoach.tui.app import CallcoachApp
from callcoach.tui.ports import Order
from callcoach.tui.screens.call import CallScreen
from callcoach.tui.wayfinder import Wayfinder
from tests.hearing.scripted_ear import ScriptedEar, model
from tests.support import SHARED_CACHE

FACTS = {"customer_name": "Ms Wang", "agent_name": "Anna", "company": "Fairway"}
BOUND = 30.0
"""Nothing is waited for longer, in seconds."""


def set_home(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Make a folder the user's home, wherever the platform looks for it."""
    for name in ("HOME", "TMPDIR"):
        patch.setenv(name, str(home))
    for name in ("DATA", "STATE", "CONFIG"):
        patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    patch.setattr("tempfile.tempdir", str(home))
    patch.setenv("XDG_CACHE_HOME", str(SHARED_CACHE))
    for name in tuple(os.environ):
        if name.startswith("CALLCOACH_"):
            patch.delenv(name)


class ScriptedEars:
    """Calls are heard by an ear that a test makes speak; see `tests.hearing.scripted`."""

    are_wanted = True

    def __init__(self, policy: Policy = Policy.ALWAYS, *found: Listed) -> None:
        self.policy = policy
        self.found = found
        self.ear = ScriptedEar()
        self.missing: CallcoachError | None = None
        """Why nothing can be heard."""
        self.models: dict[str, Model | NoModel] = {"en": model("en"), "zh": model("zh")}

    def clock(self) -> None:
        return None

    def check(self, language: str) -> None:
        return None

    def listener(self, live: LiveCall, is_alone: bool = False) -> Listener:
        if self.missing is not None:
            raise self.missing
        self.ear = ScriptedEar()
        return Listener(live, self.ear, model(), self.policy, models=self.models.__getitem__)

    def devices(self) -> tuple[Listed, ...]:
        return self.found


class HearingDesk(Desk):
    """A desk whose calls are heard by a test's ears."""

    def __init__(self, place: Workplace, ears: ScriptedEars) -> None:
        super().__init__(place)
        self._scripted = ears

    @property
    def ears(self) -> ScriptedEars:  # type: ignore[override] # what the screens ask for, no more
        return self._scripted


def stage(
    opening: Callable[[Wayfinder, Desk], Screen[Any]],
    flags: Mapping[str, str] | None = None,
    *,
    tour: bool = False,
    ears: ScriptedEars | None = None,
) -> CallcoachApp:
    """Return the application on a screen; the tour has been seen unless it is asked for."""
    place = Workplace({"language": "en"} | dict(flags or {}))
    desk = HearingDesk(place, ears) if ears is not None else Desk(place)
    if not tour:
        desk.tour_seen()
    way = Wayfinder()
    app = CallcoachApp(desk, lambda: opening(way, desk))
    way.guide(app)
    return app


def call_stage(
    pack: str = "overdue",
    flags: Mapping[str, str] | None = None,
    mode: str = "call",
    ears: ScriptedEars | None = None,
) -> CallcoachApp:
    """Return the application in a call; the variants of lines are always the same."""
    order = Order(pack, mode, facts=FACTS, seed=1)
    return stage(lambda way, desk: way.call_screen(desk.begin(order)), flags, ears=ears)


def home_stage(
    flags: Mapping[str, str] | None = None,
    *,
    tour: bool = False,
    ears: ScriptedEars | None = None,
) -> CallcoachApp:
    """Return the application at home."""
    return stage(lambda way, _desk: way.home(), flags, tour=tour, ears=ears)


def call_of(pilot: Pilot[int]) -> CallScreen:
    """Return the call screen that is shown."""
    screen = pilot.app.screen
    assert isinstance(screen, CallScreen)
    return screen


def shown(pilot: Pilot[int]) -> str:
    """Return the text on the screen, row by row."""
    width, height = pilot.app.size
    rows = pilot.app.screen._compositor.render_strips()  # noqa: SLF001 - rows are whole only there
    return "\n".join(strip.text[:width].rstrip() for strip in rows[:height])


async def until(pilot: Pilot[int], claim: Callable[[], bool]) -> None:
    """Wait until a claim holds."""
    for _ in range(int(BOUND / 0.05)):
        if claim():
            return
        await pilot.pause(0.05)
    raise AssertionError(f"still not so:\n{shown(pilot)}")


async def until_shown(pilot: Pilot[int], *wanted: str) -> str:
    """Return the screen as soon as all of `wanted` stands on it."""
    await until(pilot, lambda: all(text in shown(pilot) for text in wanted))
    return shown(pilot)


async def write(pilot: Pilot[int], text: str) -> None:
    """Paste a text where the cursor is, as an input method commits it, and press Enter."""
    focused = pilot.app.focused
    assert focused is not None
    focused.post_message(Paste(text))
    await pilot.pause()
    await pilot.press("enter")
