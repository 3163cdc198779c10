"""What a command answers: a line for people, or JSON for machines."""

import json
import sys
from collections.abc import Callable
from typing import Any

import click

from callcoach.locale import mark
from callcoach.words.display import display, display_json

json_option = click.option("--json", "as_json", is_flag=True, help=mark("Print JSON."))


def count_option(flag: str, default: int, told: str) -> Callable[..., Any]:
    """Return what gives a command a flag that takes a whole number, 0 or more; `told` is its help.

    It stands in the help as a plain number does: what it takes is told to who slips. More than
    there can be of anything is as good as that.
    """

    def within(_: click.Context, __: click.Parameter, value: int) -> int:
        return min(value, sys.maxsize)

    return click.option(
        flag,
        type=click.IntRange(min=0),
        metavar="INTEGER",
        default=default,
        show_default=True,
        callback=within,
        help=told,
    )


def print_json(value: object) -> None:
    """Print a value as JSON; keys are stable."""
    click.echo(display_json(json.dumps(value, ensure_ascii=False, indent=2)))


def answer(as_json: bool, value: object, *lines: str) -> None:
    """Print a value as JSON where that is wanted, else the lines, made harmless."""
    if as_json:
        print_json(value)
    else:
        for line in lines:
            click.echo(display(line))
