"""What the call screen never hides, however small it is, and what it lights."""

import shutil
from pathlib import Path

import pytest

from callcoach.call.inputs import Hear, JumpTo, Pass, TakeExit
from callcoach.locale import Messages
from callcoach.script.library import shipped_folder
from callcoach.script.model import Speaker, StepId
from callcoach.tui.actions import CALL, EVERYWHERE
from callcoach.tui.ports import Order
from callcoach.tui.ways import far, lit
from callcoach.tui.widgets.keybar import KeyBar
from tests.tui.stage import call_of, call_stage, shown, stage, until_shown

SMALL = (80, 24)


@pytest.mark.parametrize("size", [(60, 20), SMALL, (120, 24)])
async def test_exits_are_never_hidden(size: tuple[int, int]) -> None:
    """In the steps with the most ways on, with flags open and an objection heard."""
    async with call_stage("home_visit").run_test(size=size, notifications=True) as pilot:
        screen = call_of(pilot)
        screen.feed(Hear(Speaker.AGENT, "We will sue you, you idiot."))
        steps = screen.session.coach.script.steps.values()
        for step in sorted(steps, key=lambda step: -len(step.exits))[:3]:
            screen.feed(JumpTo(step.id))
            screen.feed(Hear(Speaker.CUSTOMER, "I lost my job."))
            await until_shown(pilot, *(exit.label.plain("en")[:12] for exit in step.exits))
            exits, desk = screen.query_one("#exits"), screen.query_one("#desk")
            assert exits.region.bottom <= desk.region.bottom
            assert screen.query_one("#saying").size.height >= 1
            assert screen.query_one("#owed").size.height >= 1 or not screen.session.owed()


async def test_owed_cues_without_room_are_counted() -> None:
    async with call_stage().run_test(size=(60, 20), notifications=True) as pilot:
        screen = call_of(pilot)
        screen.feed(Hear(Speaker.AGENT, "We will sue you"))
        assert len(screen.session.owed()) > 2
        await until_shown(pilot, "✗ Threat", "○ Greet", "and 3 more")


@pytest.mark.parametrize("size", [(60, 20), SMALL, (120, 40)])
async def test_the_word_of_care_is_always_seen(size: tuple[int, int]) -> None:
    async with call_stage().run_test(size=size, notifications=True) as pilot:
        screen = call_of(pilot)
        steps = screen.session.coach.script.steps.values()
        frail = next(step for step in steps if step.is_vulnerable)
        screen._go(frail.id)  # noqa: SLF001 - by hand it takes as many keys as the pack has steps
        await until_shown(pilot, "The customer may be vulnerable")


async def test_facts_that_have_no_room_end_in_an_ellipsis() -> None:
    async with call_stage().run_test(size=(60, 24)) as pilot:
        text = await until_shown(pilot, "Facts  Customer's name Ms Wang")
        assert next(row for row in text.splitlines() if "Facts  " in row).endswith("…")
        await pilot.resize_terminal(89, 24)
        await until_shown(pilot, "Company Fairway")


async def test_the_note_of_a_step_is_seen_on_a_short_screen() -> None:
    async with call_stage().run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "Smile before you speak")


@pytest.mark.parametrize("size", [SMALL, (120, 40), (200, 50)])
async def test_the_first_layout_is_the_one_for_the_size(size: tuple[int, int]) -> None:
    async with call_stage().run_test(size=size) as pilot:
        names = {"-narrow", "-wide", "-ultra"} & set(pilot.app.screen.classes)
        assert names == {"-narrow" if size[0] < 90 else "-wide" if size[0] < 160 else "-ultra"}


def test_what_a_call_needs_is_in_the_line_of_keys_at_80_columns() -> None:
    bar = KeyBar()
    for language in ("en", "zh"):
        bar.show((*EVERYWHERE[:1], *CALL, *EVERYWHERE[1:]), Messages(language), {}, False)
        line = bar.hints(80).plain
        assert all(key in line for key in ("F1 ", "F4 ", "F5 ", "F6 ", "F7 ", "F10 ", "^P "))


async def test_the_agents_own_words_light_no_exit_by_where_it_leads() -> None:
    async with call_stage().run_test(size=SMALL) as pilot:
        screen = call_of(pilot)
        screen.feed(JumpTo(StepId("overdue.identity")))
        screen.feed(Hear(Speaker.AGENT, "You have an overdue instalment, please pay it now."))
        assert not lit(screen.session)
        assert far(screen.session) is None


async def test_a_spoke_that_is_done_does_not_glow() -> None:
    async with call_stage().run_test(size=SMALL) as pilot:
        screen = call_of(pilot)
        screen.feed(JumpTo(StepId("overdue.probing")))
        for _ in range(3):
            await pilot.press("space")
        first = screen.session.ways()[0].exit.id
        screen.feed(TakeExit(first))
        for _ in range(3):
            await pilot.press("space")
        assert first not in {way.exit.id for way in lit(screen.session)}
        assert "◆" not in next(row for row in shown(pilot).splitlines() if row.startswith(" 1"))


async def test_a_preview_that_is_read_again_keeps_its_place(own_home: Path) -> None:
    folder = own_home / "data" / "callcoach" / "packs" / "courtesy"
    shutil.copytree(shipped_folder() / "courtesy", folder)
    file = folder / "pack.yaml"
    source = file.read_text(encoding="utf-8")
    app = stage(lambda way, _desk: way.preview_screen(Order("courtesy")))
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await until_shown(pilot, "May I speak with")
        await pilot.press("space", "space", "1")
        await until_shown(pilot, "Recording notice")
        step = call_of(pilot).session.state.position.step
        file.write_text(source.replace("May I speak with", "Could I talk to"), encoding="utf-8")
        await until_shown(pilot, "read again", "calling from")
        session = call_of(pilot).session
        assert session.state.position.step == step
        assert not session.state.flags
        session.feed(Pass(), 3600.0)
        assert not session.state.flags


@pytest.mark.parametrize("size", [(60, 20), SMALL, (120, 40)])
async def test_a_flag_by_a_learned_judge_fits(size: tuple[int, int]) -> None:
    async with call_stage().run_test(size=size, notifications=True) as pilot:
        screen = call_of(pilot)
        screen.feed(Hear(Speaker.AGENT, "We will sue you"))
        (flag,) = screen.session.state.flags.values()
        assert flag.span is not None and screen._story is not None  # noqa: PT018, SLF001 - for mypy
        screen._story.by_model[flag.span] = 0.93  # noqa: SLF001 - as if a judge had said so
        screen.draw()
        await until_shown(pilot, "(learned judge, 93%)")
        exits, desk = screen.query_one("#exits"), screen.query_one("#desk")
        assert exits.region.bottom <= desk.region.bottom
