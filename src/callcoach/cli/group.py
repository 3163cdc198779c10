"""Commands that speak the user's language and are imported only when they are run."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click

from callcoach.cli.manual import write_manual
from callcoach.errors import UsageError, suggest


@dataclass(frozen=True, slots=True)
class Lazy:
    """A command that is imported when it is called."""

    place: str
    """`module:name`."""
    help: str
    """One line, for the list of commands."""


class Command(click.Command):
    """A command whose help is in the user's language."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        write_manual(self, ctx, formatter, {})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; a word that is one too many is an error."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageError(
                "“{word}” is one word too many",
                "{command} --help explains it",
                word=rest[0],
                command=ctx.command_path,
            )
        return rest


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
            raise UsageError("there is no command “{name}”", suggest(name, self.lazy), name=name)
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
        write_manual(self, ctx, formatter, {name: it.help for name, it in self.lazy.items()})
