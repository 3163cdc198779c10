"""The arguments that several commands take alike: a call, a pack, labelled calls."""

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from callcoach.errors import UsageError
from callcoach.locale import mark

_LONGEST = 1000
"""Characters of a reason."""
_Command = Callable[..., Any]
Given = Callable[[_Command], _Command]
"""What gives a command arguments and options."""


class Named(click.Path):
    """The path of a file or a folder. An empty one is refused: it would be the present folder.

    Whoever reads it tells what cannot be read, and why.
    """

    def __init__(self, path_type: type[Path] | None = None, *, dir_okay: bool = True) -> None:
        super().__init__(path_type=path_type, readable=False, dir_okay=dir_okay)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Return the path. Raises `UsageError` for an empty one, as an unset variable leaves it."""
        if not os.fspath(value):
            raise UsageError("an empty text names no file", "write its name, or . for this folder")
        return super().convert(value, param, ctx)


def all_of(*options: Given) -> Given:
    """Return what gives a command several arguments and options, as its help lists them."""

    def give(function: _Command) -> _Command:
        for option in reversed(options):
            function = option(function)
        return function

    return give


class Reason(click.ParamType[str]):
    """Why something is done, as it is kept for good: without spaces around it, and short."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the reason. Raises `UsageError` for one that is too long."""
        reason = value.strip()
        if len(reason) > _LONGEST:
            raise UsageError(
                "the reason has {n:,} characters, and may have {most:,}",
                "say it in fewer, and name the document that has the rest",
                n=len(reason),
                most=_LONGEST,
            )
        return reason


class Number(click.FloatRange):
    """A number, in a range where there is one; “nan” and “inf”, which Python reads, are none."""

    def convert(
        self, value: float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the number. Raises `click.BadParameter` for what is none."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(str(value), param, ctx)
        return number


time_options = all_of(
    click.option(
        "--since", default="", metavar="DAY", help=mark("From this day on, as 2026-11-01.")
    ),
    click.option(
        "--until", default="", metavar="DAY", help=mark("Up to this day, itself included.")
    ),
)
why_option = click.option(
    "--why",
    type=Reason(),
    default="",
    metavar="TEXT",
    help=mark("The reason. It is kept for good: name no customer in it."),
)
call_argument = click.argument(
    "call", help=mark("“last”, an id, or the beginning or end of one; callcoach calls lists them.")
)
pack_argument = click.argument("pack", help=mark("A pack, by its name or the path of its folder."))
pack_or_usual = click.argument(
    "pack",
    required=False,
    help=mark("A pack, by its name or path; the one in the settings if none."),
)
taught_by = click.argument(
    "files",
    nargs=-1,
    type=Named(path_type=Path),
    help=mark("Files or folders of labelled calls; none: the calls reviewed in the journal."),
)
labelled_files = click.argument(
    "files",
    nargs=-1,
    required=True,
    type=Named(path_type=Path),
    help=mark("Files or folders of labelled calls."),
)
