"""callcoach call: a call, coached, on the screens or line by line."""

import click

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
""",
)
@click.argument("pack", required=False)
@click.option(
    "--fact", "facts", multiple=True, metavar="NAME=VALUE", help=mark("What you know already.")
)
@click.option("--resume", metavar="CALL", help=mark("Go on with a call that was interrupted."))
@click.option("--line-mode", is_flag=True, help=mark("Printed lines and typed commands."))
@click.pass_obj
def call(
    place: Workplace, pack: str | None, facts: tuple[str, ...], resume: str | None, line_mode: bool
) -> None:
    """Make a call."""
    from callcoach.cli.desk import Desk
    from callcoach.tui.ports import Order

    desk = Desk(place)
    order = Order(pack or place.settings.text("pack"), facts=pairs(facts))
    if not line_mode:
        require_terminal("call")
        from callcoach.cli.home import open_call

        open_call(desk, order, resume)
        return
    live = desk.resume(desk.past(resume).summary.id) if resume else desk.begin(order)
    from callcoach.cli.converse import converse

    converse(place, live)


def pairs(given: tuple[str, ...]) -> dict[str, str]:
    """Return `NAME=VALUE` texts as a table. Raises `UsageError` for one without a sign."""
    found: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise UsageError(f"“{text}” is no fact", "write --fact name=value")
        found[name.strip()] = value.strip()
    return found
