"""The options that the report commands share."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from callcoach.cli.arguments import Reason
from callcoach.locale import mark

FORMATS = ("html", "csv", "parquet")


@dataclass(frozen=True, slots=True)
class Output:
    """What to write, where to, and whether personal data may be in it."""

    format: str
    file: str
    """Empty for one of the present folder, - for the standard output."""
    force: bool
    unredacted: bool
    reason: str


def output_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what says where its report goes, as its argument `output`."""

    @click.option(
        "--format",
        "format",
        type=click.Choice(FORMATS),
        default="html",
        show_default=True,
        help=mark("A page, or its figures as a table."),
    )
    @click.option(
        "-o", "--out", "file", default="", metavar="FILE", help=mark("The file; - prints.")
    )
    @click.option("--force", is_flag=True, help=mark("Write over a file that exists."))
    @click.option(
        "--unredacted",
        is_flag=True,
        help=mark("Keep personal data in it; asks why, and keeps a note of it."),
    )
    @click.option(
        "--reason",
        type=Reason(),
        default="",
        metavar="TEXT",
        help=mark("Why, where nobody can be asked."),
    )
    @wraps(function)
    def with_output(
        *arguments: Any,
        format: str,
        file: str,
        force: bool,
        unredacted: bool,
        reason: str,
        **more: Any,
    ) -> Any:
        output = Output(format, file, force, unredacted, reason)
        return function(*arguments, output=output, **more)

    return with_output  # fmt: skip


practice_option = click.option(
    "--practice", is_flag=True, help=mark("Of practice calls, not of calls to customers.")
)
