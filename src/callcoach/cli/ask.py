"""Asks a question at the terminal that is answered with yes or no."""

import sys

import click

from callcoach.errors import UsageError
from callcoach.words.display import display

_YES = frozenset(("y", "yes", "是", "好"))


def agrees(*lines: str) -> bool:
    """Ask on the error output; return whether the answer is yes.

    The lines are in the user's language, the last is the question. Raises `UsageError` where there
    is nobody to ask.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError("there is no terminal to ask on", "add --yes")
    click.echo("\n".join(map(display, lines)), nl=False, err=True)
    try:
        return sys.stdin.readline().strip().lower() in _YES
    except KeyboardInterrupt:
        click.echo(err=True)  # what is said next has a line of its own
        raise
