"""Wide characters above edges of widgets: none is lost, whatever lies beneath."""

from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console
from rich.segment import Segment
from textual._compositor import ChopsUpdate
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.geometry import Region
from textual.screen import Screen
from textual.widgets import Static

from callcoach.tui.composing import WholeCompositor, compose_whole

TEXT = "还没有回答：核实身份之前不说欠款金额、说明来意"


class Panes(Screen[None]):
    """Two panes under a text that lies across the edge between them."""

    CSS = """
    Panes { layers: below above; }
    #left { width: 41; }
    #over { layer: above; width: auto; height: 1; }
    """

    def __init__(self, x: int) -> None:
        super().__init__()
        self._x = x
        compose_whole(self)

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Static("左" * 200, id="left")
            yield Static("右" * 200, id="right")
        over = Static(TEXT, id="over")
        over.styles.offset = (self._x, -5)
        yield over


class Stage(App[None]):
    """Nothing but the panes."""

    BINDINGS: ClassVar = []

    def __init__(self, x: int) -> None:
        super().__init__()
        self._x = x

    def get_default_screen(self) -> Screen[None]:
        return Panes(self._x)


@pytest.mark.parametrize("x", range(6))
async def test_a_text_over_an_edge_is_whole(x: int) -> None:
    async with Stage(x).run_test(size=(80, 10)) as pilot:
        await pilot.pause()
        composed = pilot.app.screen._compositor  # noqa: SLF001 - what is put together is only there
        assert isinstance(composed, WholeCompositor)
        assert TEXT in "\n".join(strip.text for strip in composed.render_strips())
        over = pilot.app.screen.query_one("#over").region
        # The left pane is painted anew, up to its edge beneath the text.
        composed._dirty_regions = {Region(0, over.y, 41, 1)}  # noqa: SLF001
        update = composed.render_partial_update()
        assert isinstance(update, ChopsUpdate)
        parts = update.__rich_console__(Console(), Console().options)
        assert TEXT in "".join(part.text for part in parts if isinstance(part, Segment))
        assert TEXT in update.render_segments(Console(width=80, force_terminal=True, no_color=True))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), min_size=1, max_size=4))
async def test_rows_are_covered_once_and_whole(places: list[tuple[int, int]]) -> None:
    class Many(App[None]):
        CSS = "Screen { layers: a b c d e; } Static { height: 1; }"

        def get_default_screen(self) -> Screen[None]:
            screen = Screen[None]()
            compose_whole(screen)
            return screen

        def compose(self) -> ComposeResult:
            for layer, (x, cells) in zip("bcde", places, strict=False):
                one = Static("字" * 50)
                one.styles.layer = layer
                one.styles.width = cells
                one.styles.offset = (x, 0)
                yield one

    async with Many().run_test(size=(80, 4)) as pilot:
        await pilot.pause()
        composed = pilot.app.screen._compositor  # noqa: SLF001
        rows = composed.render_strips()
        assert [strip.cell_length for strip in rows] == [80] * 4
