"""A list whose rows are not laid out yet."""

import pytest
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from callcoach.tui.palette import Palette
from callcoach.tui.widgets.options import Options
from tests.tui.stage import home_stage, until, until_shown


@pytest.mark.parametrize("turn", ["action_page_up", "action_page_down"])
async def test_no_page_is_turned_before_there_are_rows(turn: str) -> None:
    async with home_stage().run_test() as pilot:
        rows = Options(Option("a"), Option("b"))
        rows.display = False
        await pilot.app.screen.mount(rows)
        rows.highlighted = 0
        getattr(rows, turn)()
        assert rows.highlighted == 0


async def test_no_page_of_the_palette_is_turned_before_there_are_rows() -> None:
    async with home_stage().run_test() as pilot:
        await until_shown(pilot, "Start a call")
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, Palette))
        palette = pilot.app.screen
        assert isinstance(palette, Palette)
        commands = palette.query_one(OptionList)
        commands.set_options([Option("a"), Option("b")])
        commands.highlighted = 0
        commands._index_to_line.clear()  # noqa: SLF001 - as before they are laid out
        palette._action_command_list("page_down")  # noqa: SLF001 - what the key runs
        assert commands.highlighted == 0


async def test_a_search_of_commands_that_is_left_as_it_begins_ends_nothing() -> None:
    async with home_stage().run_test() as pilot:  # whatever goes wrong in it is raised at its end
        await until_shown(pilot, "Start a call")
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, Palette))
        palette = pilot.app.screen
        assert isinstance(palette, Palette)
        await palette.query_one(OptionList).remove()
        palette._gather_commands("x")  # noqa: SLF001 - what a letter that was typed runs
        await palette.workers.wait_for_complete()
