"""callcoach journal erased: which calls were erased, when, by whom and why."""

import click
import msgspec

from callcoach.archive.erased import ErasedCall, ErasedCalls
from callcoach.archive.ids import short
from callcoach.cli.answer import answer, json_option
from callcoach.cli.group import Command
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark


@click.command(
    "erased",
    cls=Command,
    help=mark("List the calls that were erased: when, by whom and why. Nothing else is kept."),
    epilog="""
callcoach journal erased
callcoach journal erased --json
""",
)
@json_option
@click.pass_obj
def erased(place: Workplace, as_json: bool) -> None:
    """List what was erased."""
    say = place.messages.say
    with ErasedCalls(place.journal_path) as opened:
        found, rest = opened.all(), set(opened.rest())
    lines = [_line(it) for it in reversed(found)] or [say("No call was erased.")]
    if rest:
        lines.append(say("Something may be left on the disk: callcoach journal forget --finish"))
    rows = [
        {"call": it.id, "when": it.wall, **msgspec.to_builtins(it.told), "rest": it.id in rest}
        for it in found
    ]
    answer(as_json, rows, *lines)


def _line(it: ErasedCall) -> str:
    told = (short(it.id), it.day, it.told.by, it.told.why)
    return "  ".join(filter(None, told))
