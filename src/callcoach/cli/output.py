"""The options of commands that write a file."""

from pathlib import Path

import click

from callcoach.errors import UsageError
from callcoach.locale import mark

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=mark("File to write; printed when none is named."),
)
force_option = click.option("--force", is_flag=True, help=mark("Write over a file that exists."))


def refuse_existing(output: Path | None, force: bool) -> None:
    """Raise `UsageError` for a file that is there, unless it may be written over."""
    if output is not None and output.exists() and not force:
        raise UsageError(
            "{output} exists already", "name another file, or add --force", output=output
        )
