"""Opens the screens: the only commands that import Textual."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, cast

from callcoach.archive.ids import short
from callcoach.cli.crash import report_crash
from callcoach.cli.getting_ready import getting_ready
from callcoach.cli.own_keys import check_keys
from callcoach.cli.terminal import require_terminal
from callcoach.locale import Messages, mark
from callcoach.tui.app import CallcoachApp
from callcoach.tui.wayfinder import Wayfinder

if TYPE_CHECKING:
    from textual.screen import Screen

    from callcoach.call.replay import Row
    from callcoach.cli.workplace import Workplace
    from callcoach.script.plan import Plan
    from callcoach.tui.ports import Desk, Order


class EarlyDesk:
    """A desk that is there at once: settings now, all that knows of calls when it is asked for."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._whole: Desk | None = None

    @property
    def settings(self) -> object:
        """Return the settings."""
        return self._place.settings

    @property
    def language(self) -> str:
        """Return the language of the interface."""
        return self._place.language

    def is_first_run(self) -> bool:
        """Tell whether the tour has not been seen."""
        return not self._place.tour_mark.exists()

    def __getattr__(self, name: str) -> Any:
        """Return anything else from the whole desk, imported now: 200 ms."""
        if self._whole is None:
            from callcoach.cli.desk import Desk

            self._whole = Desk(self._place)
        return getattr(self._whole, name)


def open_home(place: Workplace) -> None:
    """Open the screens at home."""
    require_terminal(mark("callcoach call --line-mode works without one"))
    place.check_journal()
    way = Wayfinder()
    _run(cast("Desk", EarlyDesk(place)), way, way.home)


def open_call(desk: Desk, order: Order, resume: str | None) -> None:
    """Open a call, one that was interrupted or a new one; what it lacks is asked for first."""
    way = Wayfinder()
    if resume is None and _is_more_to_ask(desk, order):
        _run(desk, way, lambda: way.form(order))
    with getting_ready(order.pack, Messages(desk.language)):
        live = desk.resume(desk.past(resume).summary.id) if resume else desk.begin(order)
    _run(desk, way, lambda: way.call_screen(live))


def _is_more_to_ask(desk: Desk, order: Order) -> bool:
    """Tell whether a line of the script would have a gap where the customer's name belongs."""
    known, script = desk.known(order), desk.load(order.pack).script
    return script is not None and any(fact.id not in known for fact in script.given_facts)


def open_practice(desk: Desk, pack: str, plan: Plan) -> None:
    """Open a practice call."""
    way = Wayfinder()
    _run(desk, way, lambda: way.practice_screen(pack, plan))


def open_demo(desk: Desk, pack: str, plan: Plan, speed: float) -> None:
    """Open a demo."""
    way = Wayfinder()
    _run(desk, way, lambda: way.demo_screen(pack, plan, speed))


def open_replay(
    desk: Desk,
    order: Order,
    rows: Sequence[Row],
    speed: float,
    follow: bool,
    notes: Sequence[str],
    seconds: float,
) -> None:
    """Open a transcript that is replayed, with notes about it, until `seconds` are over."""
    way = Wayfinder()
    _run(desk, way, lambda: way.replay_screen(order, rows, speed, follow, notes, seconds))


def open_preview(desk: Desk, order: Order) -> None:
    """Open a pack to be walked."""
    require_terminal(mark("callcoach call --line-mode walks through a pack without one"))
    way = Wayfinder()
    _run(desk, way, lambda: way.preview_screen(order))


def _run(desk: Desk, way: Wayfinder, opening: Callable[[], Screen[Any]]) -> NoReturn:
    check_keys(desk.settings.table("keys"))
    app = CallcoachApp(desk, opening, lambda error: report_crash(error, Messages(desk.language)))
    way.guide(app)
    code = app.run()
    if way.left_open is not None:
        told = Messages(desk.language).say(
            "The call is kept; callcoach call --resume {id} goes on.", id=short(way.left_open)
        )
        sys.stdout.write(f"{told}\n")
    sys.exit(code or app.return_code or 0)
