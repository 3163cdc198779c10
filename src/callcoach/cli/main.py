"""The root command: global options, the list of commands, and how errors are told."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import click

from callcoach import __version__
from callcoach.cli.group import Group, Lazy
from callcoach.cli.workplace import Workplace
from callcoach.errors import CallcoachError
from callcoach.locale import LANGUAGES, mark
from callcoach.settings import OPTIONS, Kind

COMMANDS = {
    "call": Lazy("callcoach.cli.call:call", mark("Make a call, coached")),
    "practice": Lazy("callcoach.cli.practice:practice", mark("Practise with a planned customer")),
    "demo": Lazy("callcoach.cli.demo:demo", mark("Watch a whole call")),
    "replay": Lazy("callcoach.cli.replay:replay", mark("Judge a saved transcript")),
    "calls": Lazy("callcoach.cli.calls:calls", mark("List the calls in the journal")),
    "show": Lazy("callcoach.cli.calls:show", mark("Show one call")),
    "export": Lazy("callcoach.cli.calls:export_call", mark("Write a call to a file")),
    "note": Lazy("callcoach.cli.calls:note", mark("Add a note to a call")),
    "script": Lazy("callcoach.cli.script:script", mark("Make, check and test call scripts")),
    "journal": Lazy("callcoach.cli.journal:journal", mark("Look after the journal")),
    "config": Lazy("callcoach.cli.config:config", mark("Show the settings")),
    "doctor": Lazy("callcoach.cli.doctor:doctor", mark("Check that everything is in place")),
    "completion": Lazy("callcoach.cli.completion:completion", mark("Complete words in a shell")),
}
"""The commands and where they live."""

_TABLE_FORM = "NAME=VALUE;…"
EXAMPLES = """
callcoach                       # the screens: start, practise, look back
callcoach demo                  # watch a whole call
callcoach call overdue          # make a call with the pack "overdue"
callcoach replay call.json      # judge a saved transcript
"""


def _options() -> list[click.Parameter]:
    """Return the global flags: one for every setting, and the two that are none."""
    options: list[click.Parameter] = []
    for option in OPTIONS:
        names = [f"--{option.name}"]
        more: dict[str, Any] = {"help": option.help, "default": None}
        match option.kind:
            case Kind.FLAG:
                names = [f"--{option.name}/--no-{option.name}"]
                more["is_flag"] = True
            case Kind.CHOICE:
                more["type"] = click.Choice(option.choices)
            case Kind.TABLE:
                more["metavar"] = _TABLE_FORM
            case _:
                more["metavar"] = option.kind.value.upper()
        options.append(click.Option(names, **more))
    options.append(
        click.Option(["--config"], metavar="PATH", help=mark("Settings file to read instead"))
    )
    return options


def _run(**flags: object) -> None:
    """Build the workplace; without a command, open the screens."""
    context = click.get_current_context()
    given = {
        name: ("yes" if value else "no") if isinstance(value, bool) else str(value)
        for name, value in flags.items()
        if value is not None and name != "config"
    }
    context.obj = Workplace(given, str(flags["config"]) if flags.get("config") else None)
    if context.invoked_subcommand is None:
        from callcoach.cli.home import open_home  # Textual: 300 ms

        open_home(context.obj)


ROOT = Group(
    name="callcoach",
    lazy=COMMANDS,
    callback=_run,
    params=_options(),
    invoke_without_command=True,
    help=mark("Coaches a courteous, lawful phone call while it can still be repaired."),
    epilog=EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
ROOT = click.version_option(__version__, prog_name="callcoach", message="%(prog)s %(version)s")(
    ROOT
)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line and leave with its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        line = hoist(given)
        place = Workplace(_early(line))
        code = ROOT.main(line, prog_name="callcoach", standalone_mode=False, obj=place)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (KeyboardInterrupt, click.Abort):
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except CallcoachError as error:
        tell(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the outermost boundary: tell, log, leave
        from callcoach.cli.crash import report_crash

        click.echo(report_crash(error), err=True)
        sys.exit(1)


def tell(error: CallcoachError) -> None:
    """Print what went wrong and what to do about it."""
    from callcoach.words.display import display_block

    mark_, reset = ("\x1b[31m", "\x1b[0m") if _has_colour() else ("", "")
    click.echo(f"{mark_}callcoach:{reset} {display_block(error.message)}", err=True)
    if error.hint:
        click.echo(f"  {display_block(error.hint)}", err=True)


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
