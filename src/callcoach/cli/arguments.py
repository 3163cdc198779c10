"""The arguments that several commands take alike: a call, a pack, labelled calls."""

from pathlib import Path

import click

from callcoach.locale import mark

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
    type=click.Path(path_type=Path),
    help=mark("Files or folders of labelled calls; none: the calls reviewed in the journal."),
)
labelled_files = click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path),
    help=mark("Files or folders of labelled calls."),
)
