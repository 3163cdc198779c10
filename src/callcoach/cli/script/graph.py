"""callcoach script graph: a pack as a diagram."""

from pathlib import Path

import click

from callcoach.cli.arguments import pack_argument
from callcoach.cli.group import Command
from callcoach.cli.output import output_option, write_file
from callcoach.cli.paint import short_path
from callcoach.cli.shelf import script_of
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import mark
from callcoach.script.diagram import mermaid, svg
from callcoach.words.display import display

_FORMATS = {"mermaid": mermaid, "svg": svg}


@click.command(
    "graph",
    cls=Command,
    help=mark(
        "Draw a pack: its steps, the exits between them, the ends with their outcomes, and the"
        " objections. Mermaid is text for wikis, SVG a picture for any browser."
    ),
    epilog="""
callcoach script graph overdue -o overdue.svg
callcoach script graph overdue --format mermaid
callcoach script graph overdue --in en -o overdue-en.svg
""",
)
@pack_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(tuple(_FORMATS)),
    help=mark("What to draw; by the file's ending when not named."),
)
@click.option("--in", "language", metavar="LANGUAGE", help=mark("The language of the texts."))
@output_option
@click.pass_obj
def graph(
    place: Workplace, pack: str, form: str | None, language: str | None, output: Path | None
) -> None:
    """Draw a pack."""
    script = script_of(place, pack)
    if language is not None and language not in script.languages:
        known = ", ".join(script.languages)
        raise UsageError(
            "the pack {id} is not in “{language}”",
            "it is in {known}",
            id=script.id,
            language=language,
            known=known,
        )
    shown = script.language(language or place.language)
    is_picture = output is not None and output.suffix.lower() == ".svg"
    drawn = _FORMATS[form or ("svg" if is_picture else "mermaid")](script, shown)
    if output is None:
        click.echo(drawn, nl=False)
        return
    write_file(output, drawn.encode("utf-8"))
    click.echo(display(short_path(output)))
