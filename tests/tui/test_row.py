"""A row of text that has no room ends in an ellipsis, and what stands at its end is whole."""

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult

from callcoach.tui.widgets.paper import Piece
from callcoach.tui.widgets.row import Row
from callcoach.words.wrap import width


class Stage(App[None]):
    """Nothing but a row."""

    BINDINGS: ClassVar = []

    def compose(self) -> ComposeResult:
        yield Row()


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("short", "  short                   72.5%"),
        ("Compliance of collection calls", "  Compliance of collecti… 72.5%"),
        ("催收通话合规质检表，第三版，总部", "  催收通话合规质检表，第… 72.5%"),
    ],
)
async def test_what_has_no_room_is_told(body: str, shown: str) -> None:
    async with Stage().run_test(size=(31, 5)) as pilot:
        row = pilot.app.query_one(Row)
        row.show(Piece(body, head="  ", tail="72.5%"))
        assert row.render().plain == shown
        assert width(shown) == 31
