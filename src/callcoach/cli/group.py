"""Commands that speak the user's language and are imported only when they are run."""

import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import click

from callcoach.errors import UsageError
from callcoach.locale import Messages, detect


@dataclass(frozen=True, slots=True)
class Lazy:
    """A command that is imported when it is called."""

    place: str
    """`module:name`."""
    help: str
    """One line, for the list of commands."""


def speaker(context: click.Context) -> Messages:
    """Return the words of the interface for a command's context."""
    try:
        messages = context.find_root().obj.messages
    except (AttributeError, UsageError):
        return Messages(detect())
    return messages if isinstance(messages, Messages) else Messages("en")


class Command(click.Command):
    """A command whose help is in the user's language."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        _format_help(self, ctx, formatter)


def _format_help(
    command: click.Command, context: click.Context, formatter: click.HelpFormatter
) -> None:
    messages = speaker(context)
    pieces = command.collect_usage_pieces(context)
    formatter.write_usage(context.command_path, " ".join(pieces), messages.say("Usage:") + " ")
    if command.help:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(messages.say(_unwrap(command.help)))
    rows = [row for parameter in command.get_params(context) for row in _row(parameter, context)]
    if rows:
        with formatter.section(messages.say("Options")):
            formatter.write_dl(rows)
    if isinstance(command, Group):
        with formatter.section(messages.say("Commands")):
            formatter.write_dl(
                [(name, messages.say(lazy.help)) for name, lazy in command.lazy.items()]
            )
    if command.epilog:
        with formatter.section(messages.say("Examples")):
            for line in command.epilog.strip().splitlines():
                formatter.write(f"  {line.strip()}\n")


def _row(parameter: click.Parameter, context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield an option's names and its help, which may go on with what click knows of it."""
    record = parameter.get_help_record(context)
    if record is not None:
        names, text = record
        help = getattr(parameter, "help", None) or ""
        yield names, speaker(context).say(help) + text.removeprefix(help)


def _unwrap(text: str) -> str:
    return " ".join(text.split())


class Group(click.Group):
    """A group of commands, none of which is imported before it is needed."""

    def __init__(self, *arguments: Any, lazy: Mapping[str, Lazy], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.lazy)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named; an unknown one is told with the nearest that exists."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.lazy:
            guess = get_close_matches(name, self.lazy, n=1)
            near = f"did you mean {guess[0]}? " if guess else ""
            raise UsageError(f"there is no command “{name}”", f"{near}callcoach --help lists them")
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now."""
        lazy = self.lazy.get(cmd_name)
        if lazy is None:
            return None
        module, _, attribute = lazy.place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        _format_help(self, ctx, formatter)
