"""The root command: the list of commands and the global options."""

from typing import Any

import click

from callcoach import __version__
from callcoach.cli.group import Group, Lazy
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark
from callcoach.settings import OPTIONS, Kind

COMMANDS = {
    "call": Lazy("callcoach.cli.call:call", mark("Make a call, coached")),
    "practice": Lazy("callcoach.cli.practice:practice", mark("Practise with a planned customer")),
    "demo": Lazy("callcoach.cli.demo:demo", mark("Watch a whole call")),
    "replay": Lazy("callcoach.cli.replay:replay", mark("Judge a saved transcript")),
    "transcribe": Lazy(
        "callcoach.cli.transcribe.command:transcribe", mark("Write down what is said in recordings")
    ),
    "listen": Lazy("callcoach.cli.listen.command:listen", mark("Watch for flags without a script")),
    "calls": Lazy("callcoach.cli.calls:calls", mark("List the calls in the journal")),
    "show": Lazy("callcoach.cli.past:show", mark("Show one call")),
    "export": Lazy("callcoach.cli.past:export_call", mark("Write a call to a file")),
    "note": Lazy("callcoach.cli.past:note", mark("Add a note to a call")),
    "search": Lazy("callcoach.cli.search.command:search", mark("Search all calls")),
    "review": Lazy("callcoach.cli.review.commands:review", mark("Judge calls by a form")),
    "form": Lazy("callcoach.cli.form.commands:form", mark("Make and check evaluation forms")),
    "report": Lazy(
        "callcoach.cli.report.commands:report", mark("Report on calls, agents, the team, a script")
    ),
    "eval": Lazy(
        "callcoach.cli.eval.command:evaluate_pack", mark("Measure how right judgements are")
    ),
    "cues": Lazy("callcoach.cli.cues.commands:cues", mark("Learn from reviewed calls")),
    "script": Lazy(
        "callcoach.cli.script.commands:script", mark("Make, check and test call scripts")
    ),
    "rules": Lazy("callcoach.cli.rules.commands:rules", mark("Exchange and try out rules")),
    "model": Lazy("callcoach.cli.model.commands:model", mark("Install and choose speech models")),
    "recordings": Lazy(
        "callcoach.cli.recordings:recordings", mark("Look after the sound that was kept")
    ),
    "journal": Lazy("callcoach.cli.journal:journal", mark("Look after the journal")),
    "config": Lazy("callcoach.cli.config:config", mark("Show the settings")),
    "doctor": Lazy(
        "callcoach.cli.doctor.command:doctor", mark("Check that everything is in place")
    ),
    "completion": Lazy("callcoach.cli.completion:completion", mark("Complete words in a shell")),
}
"""The commands and where they live."""

_TABLE_FORM = "NAME=VALUE;…"
EXAMPLES = mark("""\
callcoach                       # the screens: start, practise, look back
callcoach demo                  # watch a whole call
callcoach call overdue          # make a call with the pack "overdue"
callcoach replay call.json      # judge a saved transcript
""")


def _options() -> list[click.Parameter]:
    """Return the global flags: one for every setting, and the two that are none."""
    options: list[click.Parameter] = []
    for option in OPTIONS:
        names = [f"--{option.flag}"]
        more: dict[str, Any] = {"help": option.help, "default": None}
        match option.kind:
            case Kind.FLAG:
                names = [f"--{option.flag}/--no-{option.flag}"]
                more["is_flag"] = True
            case Kind.CHOICE:
                more["type"] = click.Choice(option.choices)
            case Kind.TABLE:
                more["metavar"] = _TABLE_FORM
            case _:
                more["metavar"] = option.stand_in or option.kind.value.upper()
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
