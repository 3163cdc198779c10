"""Runs a command line, and tells errors so that people can act on them."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from callcoach.cli.workplace import Workplace
from callcoach.errors import CallcoachError, UsageError
from callcoach.locale import LANGUAGES, Messages, detect
from callcoach.settings import OPTIONS, Kind

CLOSED_PIPE = 141
"""The exit code where the reader of the output has gone, as a shell has it for SIGPIPE."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line and leave with its exit code."""
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a sign that the terminal's encoding has not got
            stream.reconfigure(errors="replace")
    line = hoist(sys.argv[1:] if arguments is None else arguments)
    place = _early(line)
    sys.exit(_guarded(line, place))


def _open_closed() -> None:
    """Give streams that whoever started the program has closed a place where nothing is kept.

    The next file to be opened, the journal, would take the number of one, and what is printed.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123


def _guarded(line: Sequence[str], place: Workplace) -> int:
    """Run a command line and return its exit code; whatever goes wrong is told, never thrown."""
    try:
        code = _run(line, place)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except CallcoachError as error:
        return tell(error, place)
    except BrokenPipeError:
        _drop_output()
        return CLOSED_PIPE
    except UnicodeEncodeError:
        return tell(UsageError("the command line holds bytes that are no UTF-8 text"), place)
    except OSError as error:
        _drop_output()
        why, file = error.strerror or type(error).__name__, error.filename
        if file is None:
            return tell(CallcoachError("the output cannot be written: {why}", why=why), place)
        return tell(CallcoachError("{file}: {why}", file=file, why=why), place)
    except Exception as error:  # noqa: BLE001 - the outermost boundary: tell, log, leave
        from callcoach.cli.crash import report_crash

        sys.stderr.write(report_crash(error, _messages(place)) + "\n")
        return 1
    return code


def _run(line: Sequence[str], place: Workplace) -> int:
    """Run a command; return its exit code."""
    completes = "_CALLCOACH_COMPLETE" in os.environ
    if not line and not completes:
        from callcoach.cli.home import open_home  # without click: 20 ms earlier on the screen

        open_home(place)
    import click

    from callcoach.cli.root import ROOT
    from callcoach.cli.slips import as_slip

    try:
        if completes:
            ROOT.main(prog_name="callcoach")
        # Not by ROOT.main: that leaves with 1 where the reader of the output has gone.
        with ROOT.make_context("callcoach", list(line), obj=place) as context:
            code = ROOT.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return 130
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        raise as_slip(error) from error
    return code if isinstance(code, int) else 0


def tell(error: CallcoachError, place: Workplace) -> int:
    """Print what went wrong and what to do about it; return the exit code."""
    from callcoach.words.display import display_block

    say = _messages(place).say
    red, reset = ("\x1b[31m", "\x1b[0m") if _has_colour() else ("", "")
    sys.stderr.write(f"{red}callcoach:{reset} {display_block(say(error.message))}\n")
    if error.hint:
        sys.stderr.write(f"  {display_block(say(error.hint))}\n")
    return error.exit_code


def _messages(place: Workplace) -> Messages:
    """Return the words of the interface; where the settings cannot be read, those of the locale."""
    try:
        return place.messages
    except UsageError:
        return Messages(detect())


def _drop_output() -> None:
    """Let nothing more be written to a standard output that takes nothing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _has_colour() -> bool:
    return sys.stderr.isatty() and "NO_COLOR" not in os.environ


def hoist(arguments: Sequence[str]) -> list[str]:
    """Return a command line whose global flags stand before the command, wherever they stood."""
    valued = {f"--{option.flag}" for option in OPTIONS if option.kind is not Kind.FLAG}
    valued.add("--config")
    flags = {f"--{option.flag}" for option in OPTIONS if option.kind is Kind.FLAG}
    flags |= {f"--no-{option.flag}" for option in OPTIONS if option.kind is Kind.FLAG}
    first: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            rest += [word, *waiting]
            break
        name = word.partition("=")[0]
        if word in flags or (name in valued and "=" in word):
            first.append(word)
        elif word in valued and waiting:
            first += [word, waiting.pop(0)]
        else:
            rest.append(word)
    return first + rest


def _early(line: Sequence[str]) -> Workplace:
    """Return the workplace by the flags that matter before a command is read: for `--help`."""
    given: dict[str, str] = {}
    for word, following in zip(line, [*line, ""][1:], strict=True):
        name, sign, value = word.partition("=")
        if name in ("--language", "--config"):
            given[name[2:]] = value if sign else following
    language = given.get("language", "")
    flags = {"language": language} if language in LANGUAGES else {}
    return Workplace(flags, given.get("config"))
