"""Runs a command line, and tells errors so that people can act on them."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from callcoach.cli.workplace import Workplace
from callcoach.errors import CallcoachError
from callcoach.locale import LANGUAGES
from callcoach.settings import OPTIONS, Kind


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line and leave with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given or "_CALLCOACH_COMPLETE" in os.environ:
            sys.exit(_run(given))
        from callcoach.cli.home import open_home  # without click: 20 ms earlier on the screen

        open_home(Workplace({}))
    except KeyboardInterrupt:
        sys.exit(130)
    except CallcoachError as error:
        tell(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the outermost boundary: tell, log, leave
        from callcoach.cli.crash import report_crash

        sys.stderr.write(report_crash(error) + "\n")
    sys.exit(1)


def _run(given: Sequence[str]) -> int:
    """Run a command; return its exit code."""
    import click

    from callcoach.cli.root import ROOT

    line = hoist(given)
    place = Workplace(_early(line))
    try:
        code = ROOT.main(line, prog_name="callcoach", standalone_mode=False, obj=place)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return code if isinstance(code, int) else 0


def tell(error: CallcoachError) -> None:
    """Print what went wrong and what to do about it."""
    from callcoach.words.display import display_block

    red, reset = ("\x1b[31m", "\x1b[0m") if _has_colour() else ("", "")
    sys.stderr.write(f"{red}callcoach:{reset} {display_block(error.message)}\n")
    if error.hint:
        sys.stderr.write(f"  {display_block(error.hint)}\n")


def _has_colour() -> bool:
    return sys.stderr.isatty() and "NO_COLOR" not in os.environ


def hoist(arguments: Sequence[str]) -> list[str]:
    """Return a command line whose global flags stand before the command, wherever they stood."""
    valued = {f"--{option.name}" for option in OPTIONS if option.kind is not Kind.FLAG}
    valued.add("--config")
    flags = {f"--{option.name}" for option in OPTIONS if option.kind is Kind.FLAG}
    flags |= {f"--no-{option.name}" for option in OPTIONS if option.kind is Kind.FLAG}
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


def _early(line: Sequence[str]) -> Mapping[str, str]:
    """Return the flags that matter before the command line has been read: for `--help`."""
    wanted = line[line.index("--language") + 1] if "--language" in line[:-1] else ""
    return {"language": wanted} if wanted in LANGUAGES else {}
