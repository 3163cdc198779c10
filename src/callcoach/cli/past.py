"""callcoach show, export, note: one call of the journal."""

from pathlib import Path

import click

from callcoach.archive.holds import standing_holds
from callcoach.cli.answer import answer, json_option
from callcoach.cli.arguments import Named, Reason, call_argument
from callcoach.cli.exports import export_to, exported, shown
from callcoach.cli.group import Command
from callcoach.cli.stored import read_past
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import mark
from callcoach.words.display import display, display_json

FORMATS = ("md", "txt", "csv", "json", "srt", "vtt", "contact-lens", "parquet")


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
    past = read_past(place.journal_path, call, even_lost=True)
    _print(tell(place, past, "json" if as_json else "txt"))
    held = standing_holds(place.journal_path).get(past.summary.id)
    if held is not None and not as_json:
        words = {"day": held.day, "who": held.by, "why": held.why}
        told = place.messages.say("On hold since {day}, by {who}: {why}", **words)
        click.echo(display(told))


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
@click.option(
    "-o", "--output", type=Named(path_type=Path), metavar="FILE", help=mark("The file; - prints.")
)
@click.option(
    "--unredacted",
    type=Reason(),
    help=mark("Keep personal data in it; the reason is written into the export."),
)
@json_option
@click.pass_obj
def export_call(
    place: Workplace,
    call: str,
    format: str,
    output: Path | None,
    unredacted: str | None,
    as_json: bool,
) -> None:
    """Export a call."""
    why = unredacted or ""
    if unredacted == "":
        raise UsageError("nobody says why", 'write --unredacted "the reason"')
    past = read_past(place.journal_path, call, even_lost=True)
    if output == Path("-"):
        _print(exported(place, past, format, why))
        return
    path = export_to(place, past, format, output, why)
    answer(as_json, {"path": str(path), "format": format, "redacted": not why}, str(path))


@click.command(
    "note",
    cls=Command,
    help=mark("Add a note to a call in the journal."),
    epilog=mark("""\
callcoach note last "Called back at three, all settled."
"""),
)
@call_argument
@click.argument("text", nargs=-1, required=True, help=mark("The note."))
@json_option
@click.pass_obj
def note(place: Workplace, call: str, text: tuple[str, ...], as_json: bool) -> None:
    """Add a note."""
    from callcoach.cli.desk import Desk  # with all that coaches: 150 ms

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
