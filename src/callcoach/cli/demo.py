"""callcoach demo: a whole call to watch, played from a pack's plan."""

import sys

import click

from callcoach.cli.answer import json_option
from callcoach.cli.arguments import Number, pack_or_usual
from callcoach.cli.group import Command
from callcoach.cli.terminal import is_terminal
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark


@click.command(
    "demo",
    cls=Command,
    help=mark(
        "Watch a whole call: a plan of the pack is played as if it were happening. Without a"
        " terminal it is printed line by line."
    ),
    epilog=mark("""\
callcoach demo
callcoach demo --speed 4
callcoach demo overdue --plan ill_and_out_of_work --language en
callcoach demo --line-mode --speed 0      # at once
"""),
)
@pack_or_usual
@click.option("--plan", metavar="NAME", help=mark("The plan to play; the pack's demo if none."))
@click.option(
    "--speed",
    type=Number(min=0),
    metavar="NUMBER",
    help=mark("1 is the speed of a real call, 0 as fast as possible."),
)
@click.option("--line-mode", is_flag=True, help=mark("Printed lines instead of screens."))
@json_option
@click.pass_obj
def demo(
    place: Workplace,
    pack: str | None,
    plan: str | None,
    speed: float | None,
    line_mode: bool,
    as_json: bool,
) -> None:
    """Play a demo."""
    from callcoach.cli.desk import Desk
    from callcoach.script.model import PlanId
    from callcoach.tui.ports import Order

    desk = Desk(place)
    name = pack or place.settings.text("pack")
    chosen = desk.plan(name, PlanId(plan) if plan else None)
    order = Order(name, mode="demo", plan=chosen.id, seed=1)
    if is_terminal() and not (line_mode or as_json):
        from callcoach.cli.home import open_demo

        open_demo(desk, name, chosen, 1.5 if speed is None else speed)
        return
    from callcoach.cli.lines.play import play_lines

    at_once = 0.0 if as_json or not sys.stdout.isatty() else 1.5
    play_lines(place, desk.begin(order), chosen, at_once if speed is None else speed, as_json)
