"""The sign that a call is being opened: it takes the keys, and Escape stays where one was."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from callcoach.cli.review.screens import ReviewDesk
from callcoach.errors import StorageError
from callcoach.tui.reviews import Judging
from callcoach.tui.screens.opening import Opening
from callcoach.tui.screens.queue import QueueScreen
from callcoach.tui.screens.review import ReviewScreen
from tests.tui.reviewed import give_calls, queue_stage, review_of, states
from tests.tui.stage import BOUND, until, until_shown

SMALL = (80, 24)


class Gate:
    """Lets a call be judged only once it is open."""

    def __init__(self) -> None:
        self.is_open = Event()
        self.is_broken = False


@pytest.fixture
def gate(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Return what the opening of every call waits for."""
    give_calls(own_home, monkeypatch)
    made, judge = Gate(), ReviewDesk.judge

    def slowly(desk: ReviewDesk, *given: object) -> Judging:
        assert made.is_open.wait(BOUND)
        if made.is_broken:
            raise StorageError("the disk is gone", "look for it")
        return judge(desk, *given)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(ReviewDesk, "judge", slowly)
    yield made
    made.is_open.set()


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Opening the call …"), ("zh", "正在打开通话……")]
)
async def test_the_sign_is_there_at_once_and_takes_the_keys(
    gate: Gate, language: str, told: str
) -> None:
    async with queue_stage(language=language).run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Li")
        await pilot.press("enter")
        await until_shown(pilot, told)
        await pilot.press("1", "enter", "x", "f3", "f10")
        assert isinstance(pilot.app.screen, Opening)
        gate.is_open.set()
        await until_shown(pilot, "0:00/0:")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert review_of(pilot).judging.row is None, "no key was meant for it"
    assert list(states()) == []


async def test_escape_stays(gate: Gate) -> None:
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "to judge")
        await pilot.press("enter")
        await until_shown(pilot, "Opening the call …")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QueueScreen))
        gate.is_open.set()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(pilot.app.screen, QueueScreen)


async def test_what_goes_wrong_is_told_on_the_screen_before(gate: Gate) -> None:
    gate.is_broken = True
    gate.is_open.set()
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "to judge")
        await pilot.press("enter")
        await until_shown(pilot, "the disk is gone", "look for it")
        assert isinstance(pilot.app.screen, QueueScreen)


async def test_a_dialog_over_the_sign_is_left_alone(gate: Gate) -> None:
    async with queue_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "to judge")
        await pilot.press("enter")
        await until_shown(pilot, "Opening the call …")
        await pilot.press("ctrl+p")
        await until(pilot, lambda: not isinstance(pilot.app.screen, Opening))
        gate.is_open.set()
        await until(pilot, lambda: len(pilot.app.screen_stack) == 3)
        await pilot.press("escape")
        await until_shown(pilot, "0:00/0:")
        assert isinstance(pilot.app.screen, ReviewScreen)
