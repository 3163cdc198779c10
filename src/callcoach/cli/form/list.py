"""callcoach form list: which forms there are."""

from collections.abc import Iterator

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.form.files import form_library
from callcoach.cli.group import Command
from callcoach.cli.paint import Paint, short_path
from callcoach.cli.workplace import Workplace
from callcoach.errors import PackError
from callcoach.locale import mark
from callcoach.script.diagnostic import Level, is_error
from callcoach.words.display import display
from callcoach.words.wrap import pad, width


@click.command(
    "list",
    cls=Command,
    help=mark("List the forms there are: your own first where one hides a shipped one."),
    epilog="""
callcoach form list
callcoach form list --json
""",
)
@json_option
@click.pass_obj
def list_forms(place: Workplace, as_json: bool) -> None:
    """List forms."""
    rows = [_row(place, name) for name in form_library(place).names()]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo(place.messages.say("There are no forms. callcoach form new makes one."))
        return
    for line in _lines(place, rows):
        click.echo(line)


def _lines(place: Workplace, rows: list[dict[str, object]]) -> Iterator[str]:
    paint = Paint(place)
    columns = {
        key: max(width(str(row[key])) for row in rows) for key in ("form", "version", "title")
    }
    for row in rows:
        cells = [pad(str(row[key]), columns[key]) for key in columns]
        counted = row["questions"]
        if isinstance(counted, int) and row["problem"] is None:
            cells.append(place.messages.count("{n} question", "{n} questions", counted))
        yield "  ".join(display(cell) for cell in cells).rstrip()
        yield f"    {display(str(row['path']))}"
        if problem := row["problem"]:
            yield f"    {paint.level(Level.ERROR, place.messages)}  {display(str(problem))}"


def _row(place: Workplace, name: str) -> dict[str, object]:
    """Return what the list says of a form; keys are stable."""
    library = form_library(place)
    path = library.locate(name)
    row: dict[str, object] = {
        "form": name,
        "title": "",
        "version": "",
        "languages": [],
        "pack": None,
        "questions": 0,
        "suggested": 0,
        "path": short_path(path),
        "problem": None,
    }
    try:
        loaded = library.load(name)
    except PackError as error:
        return {**row, "problem": place.messages.tell(error)}
    form = loaded.form
    if form is None:
        errors = sum(map(is_error, loaded.findings))
        counted = place.messages.count("{n} error", "{n} errors", errors)
        advice = place.messages.say("callcoach form check {form} lists them", form=name)
        problem = place.messages.say("{one}; {other}", one=counted, other=advice)
        return {**row, "problem": problem}
    return row | {
        "title": form.title.plain(place.language),
        "version": form.version,
        "languages": list(form.languages),
        "pack": form.pack or None,
        "questions": sum(1 for _ in form.questions),
        "suggested": sum(question.auto is not None for question in form.questions),
    }
