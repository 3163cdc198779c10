"""callcoach calls, show, export, note: what the journal holds of past calls."""

from pathlib import Path

import click

from callcoach.archive.ids import short
from callcoach.cli.answer import answer, json_option, print_json
from callcoach.cli.arguments import call_argument
from callcoach.cli.desk import Desk
from callcoach.cli.exports import export_to, exported, shown
from callcoach.cli.group import Command
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import mark
from callcoach.words.display import display, display_json
from callcoach.words.wrap import pad

FORMATS = ("md", "txt", "csv", "json", "srt", "vtt", "contact-lens", "parquet")


@click.command(
    "calls",
    cls=Command,
    help=mark("List the calls in the journal, newest first."),
    epilog="""
callcoach calls
callcoach calls --limit 5 --json
""",
)
@click.option("--limit", default=30, show_default=True, help=mark("How many; 0 for all."))
@json_option
@click.pass_obj
def calls(place: Workplace, limit: int, as_json: bool) -> None:
    """List calls."""
    desk = Desk(place)
    found = desk.calls(limit or -1)
    if as_json:
        rows = [
            {
                "id": call.id,
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
            }
            for call in found
        ]
        print_json(rows)
        return
    say = place.messages.say
    if not found:
        click.echo(say("No calls yet. callcoach demo shows one."), err=True)
    for call in found:
        title, outcome = desk.titles(call, place.language)
        ended = outcome or ("–" if call.ended_at is not None else say("open"))
        columns = (
            pad(display(short(call.id)), 9),
            pad(display(call.local_start), 17),
            pad(display(title), 22),
            pad(say("practice") if call.mode == "practice" else "", 9),
            f"{call.last_at:7.0f} s ",
            display(ended),
        )
        click.echo(" ".join(columns))


@click.command(
    "show",
    cls=Command,
    help=mark("Show one call: what was said, owed, flagged and measured."),
    epilog="""
callcoach show last
callcoach show last --redacted
callcoach show 3f2a --json
""",
)
@call_argument
@click.option(
    "--redacted", "is_redacted", is_flag=True, help=mark("Mask names, numbers and addresses.")
)
@json_option
@click.pass_obj
def show(place: Workplace, call: str, is_redacted: bool, as_json: bool) -> None:
    """Show a call."""
    tell = exported if is_redacted else shown
    _print(tell(place, Desk(place).past(call), "json" if as_json else "txt"))


@click.command(
    "export",
    cls=Command,
    help=mark(
        "Write a call to a file, or print it: Markdown, text, CSV, JSON, SRT, WebVTT, JSON as of"
        " Contact Lens, or Parquet (not printed), a row for each utterance. Names,"
        " numbers and addresses are masked; --unredacted keeps them, so that a call can be"
        " judged again to the word."
    ),
    epilog=mark("""\
callcoach export last --format md
callcoach export last --format csv -o call.csv
callcoach export 3f2a --format vtt -o -      # prints
callcoach export last --format json --unredacted "calibration, agreed on 1 December"
"""),
)
@call_argument
@click.option(
    "--format",
    "format",
    type=click.Choice(FORMATS),
    default="md",
    show_default=True,
    help=mark("What to write."),
)
@click.option("-o", "--output", metavar="FILE", help=mark("The file; - prints."))
@click.option(
    "--unredacted",
    help=mark("Keep personal data in it; the reason is written into the export."),
)
@json_option
@click.pass_obj
def export_call(
    place: Workplace,
    call: str,
    format: str,
    output: str | None,
    unredacted: str | None,
    as_json: bool,
) -> None:
    """Export a call."""
    why = (unredacted or "").strip()
    if unredacted is not None and not why:
        raise UsageError("nobody says why", 'write --unredacted "the reason"')
    past = Desk(place).past(call)
    if output == "-":
        _print(exported(place, past, format, why))
        return
    path = export_to(place, past, format, Path(output) if output else None, why)
    answer(as_json, {"path": str(path), "format": format, "redacted": not why}, str(path))


@click.command(
    "note",
    cls=Command,
    help=mark("Add a note to a call in the journal."),
    epilog="""
callcoach note last "Called back at three, all settled."
""",
)
@call_argument
@click.argument("text", nargs=-1, required=True, help=mark("The note."))
@json_option
@click.pass_obj
def note(place: Workplace, call: str, text: tuple[str, ...], as_json: bool) -> None:
    """Add a note."""
    words = " ".join(text).strip()
    if not words:
        raise UsageError("the note is empty", "write a few words")
    desk = Desk(place)
    id = desk.past(call).summary.id
    events = desk.add_note(id, words)
    told = {"call": id, "events": [event.seq for event in events]}
    answer(as_json, told, place.messages.say("Noted."))


def _print(exported: str) -> None:
    """Print an export; every format is harmless but JSON, which keeps all as it was."""
    click.echo(display_json(exported), nl=False)
