"""Writes the help of a command as a small manual page, in the user's language."""

from collections.abc import Mapping

import click

from callcoach.errors import UsageError
from callcoach.locale import Messages, detect, mark

_CLICK_HELP = {
    "help": mark("Show this message and exit."),
    "version": mark("Show the version and exit."),
}
"""Texts of click's own options, said here by their names."""
EXIT_CODES: Mapping[int, str] = {
    0: mark("done"),
    1: mark("it failed, or a check or a test found faults"),
    2: mark("the command line or a setting cannot be used"),
    3: mark("the journal cannot be read or written, or was changed"),
    4: mark("it took too long"),
    5: mark("a gate said no"),
    6: mark("a speech model or the sound is missing"),
    130: mark("interrupted"),
}


def speaker(context: click.Context) -> Messages:
    """Return the words of the interface for a command's context."""
    try:
        messages = context.find_root().obj.messages
    except (AttributeError, UsageError):
        return Messages(detect())
    return messages if isinstance(messages, Messages) else Messages("en")


def write_manual(
    command: click.Command,
    context: click.Context,
    formatter: click.HelpFormatter,
    commands: Mapping[str, str],
) -> None:
    """Write usage, purpose, arguments, options, the commands of a group, and examples."""
    say = speaker(context).say
    pieces = command.collect_usage_pieces(context)
    formatter.write_usage(context.command_path, " ".join(pieces), say(mark("Usage:")) + " ")
    if command.help:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(say(command.help))
    parameters = command.get_params(context)
    arguments = [it for it in parameters if isinstance(it, click.Argument)]
    options = [it for it in parameters if isinstance(it, click.Option)]
    _write_rows(formatter, say("Arguments"), [_row(it, context) for it in arguments])
    _write_rows(formatter, say("Options"), [_row(it, context) for it in options])
    _write_rows(formatter, say("Commands"), [(name, say(commands[name])) for name in commands])
    if context.parent is None:
        _write_rows(
            formatter, say("Exit codes"), [(str(n), say(EXIT_CODES[n])) for n in EXIT_CODES]
        )
        with formatter.section(say("Settings")):
            formatter.write_text(
                say(
                    "Every option above can also stand in the settings file (callcoach config"
                    " path) or in the environment, as CALLCOACH_ and its name: CALLCOACH_THEME."
                    " A flag goes before the environment, the environment before the file."
                )
            )
    if command.epilog:
        with formatter.section(say("Examples")):
            for line in say(command.epilog).strip().splitlines():
                formatter.write(f"  {line.strip()}\n")


def _write_rows(formatter: click.HelpFormatter, title: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title):
            formatter.write_dl(rows)


def _row(parameter: click.Parameter, context: click.Context) -> tuple[str, str]:
    """Return a parameter's names and its help, which may go on with what click knows of it."""
    names, text = parameter.get_help_record(context) or (parameter.name or "", "")
    help = parameter.help or ""
    own = _CLICK_HELP.get(parameter.name or "", "") if isinstance(parameter, click.Option) else ""
    return names, speaker(context).say(own or help) + text.removeprefix(help)
