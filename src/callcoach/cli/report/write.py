"""Writes a report where it is wanted; one with personal data only after a note of who and why."""

import importlib.util
import sys
from pathlib import Path

import click

from callcoach.archive.database import wall_now
from callcoach.archive.export.file import write_export
from callcoach.cli.answer import answer
from callcoach.cli.arguments import Reason
from callcoach.cli.output import free_file, own_file, refuse_existing
from callcoach.cli.report.options import Output
from callcoach.cli.review.desk import whoever
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.reports.page import write_page
from callcoach.reports.sheet import Report
from callcoach.reports.tables import write_csv, write_parquet
from callcoach.reports.unredacted import Unmasked, remember
from callcoach.words.display import display


def reason_of(place: Workplace, output: Output) -> str:
    """Return why a report may hold personal data, asked for at the terminal; empty: it may not.

    Raises `UsageError` where nobody says why, or where there are none to keep.
    """
    if not output.unredacted:
        if output.reason:
            raise UsageError(
                "--reason says why personal data stay", "add --unredacted, or leave it"
            )
        return ""
    if output.format != "html":
        raise UsageError("a table of figures holds nobody’s words", "leave out --unredacted")
    why = output.reason or _asked(place)
    if not why:
        raise UsageError("nobody says why", 'write --reason "the reason"')
    return why


def _asked(place: Workplace) -> str:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return ""
    question = place.messages.say("Why must names and numbers stay in it?")
    click.echo(display(question) + " ", nl=False, err=True)
    return Reason().convert(sys.stdin.readline(), None, None)


def write_report(
    place: Workplace,
    report: Report,
    output: Output,
    path: Path | None,
    name: str,
    why: str,
    as_json: bool,
) -> None:
    """Write a report to `path`, or print it; say where it is.

    `why` is the reason to keep personal data; empty: none.
    """
    made: str | bytes
    match output.format:
        case "csv":
            made = write_csv(report)
        case "parquet":
            made = _parquet(report)
        case _:
            made = write_page(report, place.messages)
    if why:
        what = f"report {name}"
        where = str(path) if path else "-"
        who = whoever(place, "")
        remember(place.data_folder, Unmasked(wall_now(), who, what, why, where))
    if report.left_out:
        click.echo(display(report.left_out), err=True)
    if path is None:
        _print(made)
        return
    write_export(path, made)
    told = {"path": str(path), "format": output.format, "redacted": not why}
    answer(as_json, told, str(path))


def meant_file(output: Output, name: str) -> Path | None:
    """Return the file that is meant; None for the standard output.

    Raises `UsageError` for one that is there: to be asked before there is anything to lose.
    """
    if output.file == "-":
        return None
    path = Path(output.file) if output.file else own_file(name, output.format)
    refuse_existing(path, output.force)
    return path


def write_free_page(place: Workplace, report: Report, name: str) -> Path:
    """Write a masked report as a page of the present folder, beside what is there; return where.

    Raises `StorageError` where it cannot be written.
    """
    path = free_file(name, "html")
    write_export(path, write_page(report, place.messages))
    return path


def _parquet(report: Report) -> bytes:
    if importlib.util.find_spec("pyarrow") is None:
        raise UsageError(
            "what writes Parquet is not installed",
            "install it: pip install 'callcoach[analytics]', or add --format csv",
        )
    return write_parquet(report)


def _print(made: str | bytes) -> None:
    if isinstance(made, str):
        click.echo(made, nl=False)
    elif sys.stdout.isatty():
        raise UsageError("Parquet is not for reading", "name a file: --out FILE")
    else:
        click.echo(made, nl=False)
