"""The arguments that several commands take alike: a call, a pack, labelled calls."""

import os
from pathlib import Path

import click

from callcoach.errors import UsageError
from callcoach.locale import mark


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
