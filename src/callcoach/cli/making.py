"""What the commands that make a new pack or form take, and which names they let pass."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from callcoach.errors import UsageError
from callcoach.locale import mark
from callcoach.script.load.fields import is_id


def new_arguments(
    languages: Sequence[str],
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command `name`, `folder` and the `languages` that were chosen of these."""
    name = click.argument("name", help=mark("Its name: lower-case letters, digits, _."))
    language = click.option(
        "--in",
        "languages",
        type=click.Choice(languages),
        multiple=True,
        help=mark("A language of its texts; may be repeated. The interface's language if none."),
    )
    folder = click.option(
        "--dir",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        help=mark("The folder to make it in."),
    )
    return lambda function: name(language(folder(function)))


def check_name(name: str, refusal: str) -> None:
    """Raise `UsageError`, saying `refusal` about its `{name}`, where nothing can be called so."""
    if not is_id(name) or name == "null":
        raise UsageError(
            refusal,
            "write lower-case letters, digits and underscores, a letter first: right_party",
            name=name,
        )
