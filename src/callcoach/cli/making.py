"""What the commands that make a new pack or form take, and which names they let pass."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Any, Protocol

import click

from callcoach.errors import PackError, UsageError
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
        type=click.Path(path_type=Path, file_okay=False, readable=False),
        help=mark("The folder to make it in."),
    )
    return lambda function: name(language(folder(function)))


class Library(Protocol):
    """What there is already."""

    def names(self) -> Collection[str]:
        """Return what it is called."""
        ...

    def locate(self, wanted: str) -> Path:
        """Return where something is that is called so."""
        ...


def check_name(name: str, refusal: str) -> None:
    """Raise `UsageError`, saying `refusal` about its `{name}`, where nothing can be called so."""
    if not is_id(name) or name == "null":
        raise UsageError(
            refusal,
            "write lower-case letters, digits and underscores, a letter first: right_party",
            name=name,
        )


def check_free(name: str, library: Library, taken: str) -> None:
    """Raise `UsageError`, saying `taken` of its `{name}`, `{where}`, where one is called so."""
    if name in library.names():
        raise UsageError(taken, "choose another name", name=name, where=library.locate(name))


def cannot_be_made(path: Path, error: OSError) -> PackError:
    """Return the error that a folder cannot be made."""
    return PackError(
        "{path} cannot be made: {why}",
        "name another folder with --dir",
        path=path,
        why=error.strerror,
    )
