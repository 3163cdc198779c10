"""The files that commands write: their options, and names where none is given."""

import re
from itertools import count
from pathlib import Path

import click

from callcoach.errors import UsageError
from callcoach.locale import mark

_NO_NAME = re.compile(r"[^\w-]+")
"""What is left out of the name of a file."""

output_option = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, readable=False),
    help=mark("File to write; printed when none is named."),
)
force_option = click.option("--force", is_flag=True, help=mark("Write over a file that exists."))


def refuse_existing(output: Path | None, force: bool) -> None:
    """Raise `UsageError` for a file that is there, unless it may be written over."""
    if output is not None and output.exists() and not force:
        raise UsageError(
            "{output} exists already", "name another file, or add --force", output=output
        )


def own_file(name: str, ending: str, number: int = 1) -> Path:
    """Return the file of the present folder that a command writes where none was named."""
    plain, mark = _NO_NAME.sub("-", name).strip("-"), f"-{number}" if number > 1 else ""
    return Path.cwd() / f"callcoach-{plain}{mark}.{ending}"


def free_file(name: str, ending: str) -> Path:
    """Return the first such file that is not there yet, for screens: they write over nothing."""
    return next(it for it in (own_file(name, ending, n) for n in count(1)) if not it.exists())
