"""Writes the help of a command as a small manual page, in the user's language."""

import re
from collections.abc import Callable, Mapping, Sequence

import click

from callcoach.errors import UsageError
from callcoach.locale import Messages, detect, mark
from callcoach.words.wrap import pad, width, wrap

_CLICK_HELP = {
    "help": mark("Show this message and exit."),
    "version": mark("Show the version and exit."),
}
"""Texts of click's own options, said here by their names."""
STAND_INS = (
    *(mark("OPTIONS"), mark("COMMAND"), mark("ARGS"), mark("ADDRESS"), mark("DIGEST")),
    *(mark("CALL"), mark("CALLS"), mark("CODE"), mark("DAYS"), mark("DIRECTORY")),
    *(mark("FILE"), mark("FILES")),
    *(mark("INTEGER"), mark("LANGUAGE"), mark("NAME"), mark("NUMBER"), mark("PACK")),
    *(mark("PATH"), mark("PATHS"), mark("TEXT"), mark("TO"), mark("VALUE")),
    *(mark("REVIEW"), mark("FLAG"), mark("QUESTION"), mark("ANSWER"), mark("TIME"), mark("DAY")),
    *(mark("FORM"), mark("QUERY"), mark("FIELD"), mark("LABEL"), mark("ROLE")),
    *(mark("default"), mark("required")),
)
"""Words for what the user writes, as usage lines and options have them, and what click says."""
_INDENT = 2
_MOST_NAME = 30
"""Longer names have a line of their own, in cells."""
_LEAST_TEXT = 10
_STAND_IN = re.compile(rf"\b({'|'.join(STAND_INS)})\b")
EXIT_CODES: Mapping[int, str] = {
    0: mark("done"),
    1: mark("it failed, or a check or a test found faults"),
    2: mark("the command line or a setting cannot be used"),
    3: mark("the journal cannot be read or written, or was changed"),
    6: mark("a sound device, a recording or a speech model is missing or cannot be read"),
    130: mark("interrupted"),
    141: mark("what read the output has stopped reading"),
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
    pieces = _in_words(" ".join(command.collect_usage_pieces(context)), say)
    formatter.write_usage(context.command_path, pieces, say(mark("Usage:")) + " ")
    page = _Page(formatter)
    if command.help:
        page.write_section("", say(command.help))
    parameters = command.get_params(context)
    arguments = [it for it in parameters if isinstance(it, click.Argument)]
    options = [it for it in parameters if isinstance(it, click.Option)]
    page.write_rows(say("Arguments"), [_row(it, context) for it in arguments])
    page.write_rows(say("Options"), [_row(it, context) for it in options])
    page.write_rows(say("Commands"), [(name, say(commands[name])) for name in commands])
    if context.parent is not None:
        told = say(
            "Every command also takes the options of callcoach --help, such as --pack and"
            " --language."
        )
        page.write_section("", told)
    else:
        page.write_rows(say("Exit codes"), [(str(n), say(EXIT_CODES[n])) for n in EXIT_CODES])
        told = say(
            "Every option above can also stand in the settings file (callcoach config"
            " path) or in the environment, as CALLCOACH_ and its name: CALLCOACH_THEME."
            " A flag goes before the environment, the environment before the file."
        )
        page.write_section(say("Settings"), told)
    if command.epilog:
        page.write_section(say("Examples"), *say(command.epilog).strip().splitlines())


class _Page:
    """Writes indented text; click counts a Chinese character as one cell wide and would not fit."""

    def __init__(self, formatter: click.HelpFormatter) -> None:
        self._formatter = formatter

    def write_section(self, title: str, *paragraphs: str) -> None:
        """Write paragraphs, each on lines of its own, under a title if there is one."""
        self._formatter.write(f"\n{title}:\n" if title else "\n")
        for paragraph in paragraphs:
            for line in wrap(paragraph.strip(), self._formatter.width - _INDENT):
                self._write(line)

    def write_rows(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """Write names and what they mean as two columns; nothing where there are no rows."""
        if not rows:
            return
        self._formatter.write(f"\n{title}:\n")
        column = min(max(width(name) for name, _ in rows), _MOST_NAME) + _INDENT
        for name, text in rows:
            fits = width(name) + _INDENT <= column
            if not fits:
                self._write(name)
            room = max(self._formatter.width - _INDENT - column, _LEAST_TEXT)
            for number, line in enumerate(wrap(text, room)):
                self._write(pad(name if fits and number == 0 else "", column) + line)

    def _write(self, line: str) -> None:
        self._formatter.write(f"{' ' * _INDENT}{line}".rstrip() + "\n")


def _row(parameter: click.Parameter, context: click.Context) -> tuple[str, str]:
    """Return a parameter's names and its help, which may go on with what click knows of it."""
    names, text = parameter.get_help_record(context) or (parameter.name or "", "")
    say = speaker(context).say
    help = parameter.help or ""
    own = _CLICK_HELP.get(parameter.name or "", "") if isinstance(parameter, click.Option) else ""
    return _in_words(names, say), say(own or help) + _in_words(text.removeprefix(help), say)


def _in_words(form: str, say: Callable[[str], str]) -> str:
    """Return what is to be written, `call [OPTIONS] [PACK]`, with its stand-ins in the language."""
    return _STAND_IN.sub(lambda found: say(found[0]), form)
