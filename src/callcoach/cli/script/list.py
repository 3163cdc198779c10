"""callcoach script list and script preview: which packs there are, and a walk through one."""

import sys

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import pack_argument
from callcoach.cli.group import Command
from callcoach.cli.paint import Paint, short_path
from callcoach.cli.workplace import Workplace
from callcoach.errors import CallcoachError, UsageError
from callcoach.locale import mark
from callcoach.script.diagnostic import Level, is_error
from callcoach.words.display import display
from callcoach.words.wrap import pad, width


@click.command(
    "list",
    cls=Command,
    help=mark("List the packs there are: your own first where one hides a shipped one."),
    epilog="""
callcoach script list
callcoach script list --json
""",
)
@json_option
@click.pass_obj
def list_packs(place: Workplace, as_json: bool) -> None:
    """List packs."""
    rows = [_row(place, name) for name in place.library.names()]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo(place.messages.say("There are no packs. callcoach script new makes one."))
        return
    paint = Paint(place)
    columns = [max(width(str(row[key])) for row in rows) for key in ("pack", "version")]
    for row in rows:
        languages = row["languages"]
        spoken = ",".join(languages) if isinstance(languages, list) else ""
        cells = (
            pad(str(row["pack"]), columns[0]),
            pad(str(row["version"]), columns[1]),
            pad(spoken, 6),
            str(row["title"]),
        )
        click.echo("  ".join(display(cell) for cell in cells).rstrip())
        click.echo(f"    {display(str(row['path']))}")
        if problem := row["problem"]:
            click.echo(f"    {paint.level(Level.ERROR, place.messages)}  {display(str(problem))}")


def _row(place: Workplace, name: str) -> dict[str, object]:
    """Return what the list says of a pack."""
    path = place.library.locate(name)
    row: dict[str, object] = {
        "pack": name,
        "title": "",
        "version": "",
        "languages": [],
        "path": short_path(path),
        "starts": False,
        "problem": None,
    }
    try:
        loaded = place.library.load(name)
    except CallcoachError as error:
        return {**row, "problem": place.messages.tell(error)}
    script = loaded.script
    if script is None:
        errors = sum(map(is_error, loaded.findings))
        counted = place.messages.count("{n} error", "{n} errors", errors)
        advice = place.messages.say("callcoach script check {pack} lists them", pack=name)
        problem = place.messages.say("{one}; {other}", one=counted, other=advice)
        return {**row, "problem": problem}
    return row | {
        "title": script.title.plain(place.language),
        "version": script.version,
        "languages": list(script.languages),
        "starts": script.start is not None,
    }


@click.command(
    "preview",
    cls=Command,
    help=mark(
        "Walk through a pack as an agent would, while you edit it: a change on disk shows at"
        " once. Nothing is recorded."
    ),
    epilog="""
callcoach script preview overdue
callcoach script preview ./my-pack
""",
)
@pack_argument
@click.pass_obj
def preview(place: Workplace, pack: str) -> None:
    """Open the preview."""
    from callcoach.cli.desk import Desk
    from callcoach.tui.ports import Order

    place.library.locate(pack)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "the screens need a terminal",
            "callcoach script test and callcoach script graph work without one",
        )
    from callcoach.cli.home import open_preview

    open_preview(Desk(place), Order(pack, mode="preview"))
