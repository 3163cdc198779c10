"""callcoach call: a call, coached, on the screens or line by line."""

import click

from callcoach.cli.answer import json_option
from callcoach.cli.group import Command
from callcoach.cli.terminal import require_terminal
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import mark


@click.command(
    "call",
    cls=Command,
    help=mark(
        "Make a call with a pack, by its name or path. The screens open; with --line-mode the"
        " call runs as printed lines and typed commands."
    ),
    epilog="""
callcoach call
callcoach call overdue --fact customer_name="Ms Wang" --fact amount_due=1280.50
callcoach call --resume last
callcoach call courtesy --line-mode
callcoach call courtesy --json < commands.txt
""",
)
@click.argument(
    "pack",
    required=False,
    help=mark("A pack, by its name or path; the one in the settings if none."),
)
@click.option(
    "--fact", "facts", multiple=True, metavar="NAME=VALUE", help=mark("What you know already.")
)
@click.option("--resume", metavar="CALL", help=mark("Go on with a call that was interrupted."))
@click.option("--line-mode", is_flag=True, help=mark("Printed lines and typed commands."))
@json_option
@click.pass_obj
def call(
    place: Workplace,
    pack: str | None,
    facts: tuple[str, ...],
    resume: str | None,
    line_mode: bool,
    as_json: bool,
) -> int:
    """Make a call; return the exit code."""
    from callcoach.cli.desk import Desk
    from callcoach.tui.ports import Order

    desk = Desk(place)
    order = Order(pack or place.settings.text("pack"), facts=pairs(facts))
    if not (line_mode or as_json):
        require_terminal(mark("callcoach call --line-mode works without one"))
        from callcoach.cli.home import open_call

        open_call(desk, order, resume)
        return 0
    live = desk.resume(desk.past(resume).summary.id) if resume else desk.begin(order)
    from callcoach.cli.converse import converse

    return converse(place, live, as_json=as_json)


def pairs(given: tuple[str, ...]) -> dict[str, str]:
    """Return `NAME=VALUE` texts as a table. Raises `UsageError` for one without a sign."""
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise UsageError("“{given}” is no fact", "write --fact name=value", given=text)
        found[name.strip()] = value.strip()
    return found
