"""The files that commands write: their options, and names where none is given."""

import os
import re
import shutil
from contextlib import suppress
from itertools import count
from pathlib import Path

import click

from callcoach.archive.export.file import is_stream
from callcoach.archive.folder import not_written
from callcoach.cli.arguments import Named
from callcoach.errors import UsageError
from callcoach.locale import mark

_NO_NAME = re.compile(r"[^\w-]+")
"""What is left out of the name of a file."""

output_option = click.option(
    "-o",
    "--output",
    type=Named(path_type=Path, dir_okay=False),
    help=mark("File to write; printed when none is named."),
)
force_option = click.option("--force", is_flag=True, help=mark("Write over a file that exists."))


def refuse_existing(output: Path | None, force: bool) -> None:
    """Raise `UsageError` for a file that is there, unless it may be written over."""
    if output is not None and os.path.exists(output) and not force:  # noqa: PTH110 - as below
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


def write_file(file: Path, data: bytes) -> None:
    """Write a file that a command was asked for. Raises `UsageError` where that cannot be.

    Nothing is lost then: what was there stays, and of a new one no part is left that would be in
    the way the next time.
    """
    is_new = not os.path.exists(file)  # noqa: PTH110 - the method of Path raises where it may not look
    try:
        if not is_new and not is_stream(file) and _is_ours(file):
            replace_file(file, data)
        else:
            file.write_bytes(data)
    except OSError as error:
        if is_new:
            with suppress(OSError):
                file.unlink(missing_ok=True)
        raise not_written(file, error, UsageError, mark("name another file")) from error


def _is_ours(file: Path) -> bool:
    """Tell whether a file may be written, and its folder take one beside it."""
    of_now = os.access in os.supports_effective_ids
    places = (file, file.resolve().parent)
    return all(os.access(it, os.W_OK, effective_ids=of_now) for it in places)


def replace_file(file: Path, data: bytes) -> None:
    """Put a new file in the place of one, or of none, whole or not at all. Raises `OSError`.

    It has the rights of the old one; where that is a link, what it leads to is replaced.
    """
    target = file.resolve()
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        if target.exists():
            shutil.copymode(target, fresh)
        fresh.replace(target)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
