"""The options of the commands that read transcripts: in which format, and who is who."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

import click

from callcoach.archive.transcripts import FORMATS
from callcoach.archive.transcripts.find import How
from callcoach.archive.transcripts.labels import speaker_of
from callcoach.cli.arguments import all_of
from callcoach.errors import UsageError
from callcoach.locale import mark
from callcoach.script.model import Speaker

role_option = click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="LABEL=ROLE",
    help=mark("Who is behind a label: left=agent, right=customer; may be given several times."),
)
_options = all_of(
    click.option(
        "--from",
        "format",
        type=click.Choice([one.name for one in FORMATS]),
        metavar="NAME",
        help=mark("The format of the transcripts, where it is not found out rightly."),
    ),
    click.option(
        "--column",
        "columns",
        multiple=True,
        metavar="FIELD=NAME",
        help=mark("In tables: the column that holds a field, such as speaker=Who, text=Words."),
    ),
    click.option(
        "--encoding",
        default="",
        metavar="NAME",
        help=mark("How characters are written, such as gb18030; UTF-8 unless told."),
    ),
    click.option("--swap", is_flag=True, help=mark("Agent and customer are the wrong way round.")),
    role_option,
)


def transcript_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options about transcripts, told to it as `how`."""

    @wraps(function)
    def told(
        *args: Any,
        format: str | None,
        columns: tuple[str, ...],
        encoding: str,
        swap: bool,
        roles: tuple[str, ...],
        **rest: Any,
    ) -> Any:
        how = How(format or "", dict(map(_column, columns)), encoding, swap, told_roles(roles))
        return function(*args, how=how, **rest)

    return _options(told)


def told_roles(told: Iterable[str]) -> Mapping[str, Speaker]:
    """Return who is behind the labels in `left=agent`. Raises `UsageError`."""
    return dict(map(_role, told))


def _role(told: str) -> tuple[str, Speaker]:
    label, sign, name = told.rpartition("=")
    speaker = speaker_of(name) if sign and label.strip() else None
    if speaker is None:
        raise UsageError(
            "--role {told} says of no label who it is",
            "write it as LABEL=ROLE: --role left=agent --role right=customer",
            told=told,
        )
    return label.strip(), speaker


def _column(told: str) -> tuple[str, str]:
    field, sign, name = told.partition("=")
    if not sign or not field.strip() or not name.strip():
        raise UsageError(
            "--column {told} names no column",
            "write it as FIELD=NAME: --column speaker=Who",
            told=told,
        )
    return field.strip(), name.strip()
