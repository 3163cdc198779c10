"""callcoach calls: the list of the calls in the journal."""

import sys
from collections.abc import Mapping

import click

from callcoach.archive.holds import Hold, Holds
from callcoach.archive.ids import CallId, short
from callcoach.archive.imports import OwnName
from callcoach.archive.journal import Journal
from callcoach.archive.summary import CallSummary
from callcoach.archive.zone import local_zone
from callcoach.cli.answer import count_option, json_option, print_json
from callcoach.cli.group import Command
from callcoach.cli.titles import CallTitles
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark
from callcoach.words.clock import clock
from callcoach.words.display import display
from callcoach.words.wrap import pad


@click.command(
    "calls",
    cls=Command,
    help=mark("List the calls in the journal, newest first."),
    epilog="""
callcoach calls
callcoach calls --limit 5 --json
""",
)
@count_option("--limit", 30, mark("How many; 0 for all."))
@json_option
@click.pass_obj
def calls(place: Workplace, limit: int, as_json: bool) -> None:
    """List calls."""
    found: tuple[CallSummary, ...] = ()
    held: Mapping[CallId, Hold] = {}
    own: Mapping[str, OwnName] = {}
    if place.has_journal():
        with Journal(place.journal_path) as journal, Holds(place.journal_path) as holds:
            found, held = journal.calls(limit or -1), holds.standing()
            own = journal.own_names()
    own_ids = {id: name.name for id, name in own.items()}
    if as_json:
        rows = [
            {
                "id": call.id,
                "own_id": own_ids.get(call.id),
                "script": call.script,
                "digest": call.digest,
                "language": call.language,
                "mode": call.mode,
                "agent": call.agent,
                "started": call.started,
                "seconds": call.last_at,
                "has_ended": call.ended_at is not None,
                "outcome": call.outcome,
                "code": call.code,
                "events": call.events,
                "is_held": call.id in held,
            }
            for call in found
        ]
        print_json(rows)
        return
    say = place.messages.say
    if not found:
        click.echo(say("No calls yet. callcoach demo shows one."), err=True)
    titles = CallTitles(place)
    for call in found:
        title, outcome = titles.of(call, place.language)
        is_held = say("not to be erased") if call.id in held else ""
        ended = outcome or ("–" if call.ended_at is not None else say("open"))
        columns = (
            pad(display(short(call.id)), 9),
            pad(display(call.local_start), 17),
            pad(display(title), 22),
            pad(say("practice") if call.mode == "practice" else "", 9),
            f"{clock(call.last_at):>9} ",
            display(" · ".join(filter(None, (ended, own_ids.get(call.id), call.agent, is_held)))),
        )
        click.echo(" ".join(columns))
    if found and sys.stderr.isatty():
        click.echo(say("Times in {zone}.", zone=local_zone()), err=True)
