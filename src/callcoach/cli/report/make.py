"""callcoach report call, agent, team and script: each a few options and the calls they mean."""

import sys

import click

from callcoach.archive.ids import short
from callcoach.cli.answer import json_option
from callcoach.cli.arguments import call_argument, time_options
from callcoach.cli.days import parse_days
from callcoach.cli.group import Command
from callcoach.cli.report.build import call_report, many_report
from callcoach.cli.report.calls import Wanted
from callcoach.cli.report.options import (
    Output,
    output_options,
    practice_option,
)
from callcoach.cli.report.write import meant_file, reason_of, write_report
from callcoach.cli.stored import read_past
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark
from callcoach.reports.many import About
from callcoach.script.model import PackId

_MANY = 200
"""To read fewer calls takes no time worth telling."""


@click.command(
    "call",
    cls=Command,
    help=mark("Report on one call: what was owed, flagged, scored, measured and said."),
    epilog=mark("""\
callcoach report call last
callcoach report call 3f2a --out call.html
callcoach report call last --unredacted --reason "complaint of 3 December"
"""),
)
@call_argument
@output_options
@json_option
@click.pass_obj
def report_call(place: Workplace, call: str, output: Output, as_json: bool) -> None:
    """Report on one call."""
    past = read_past(place.journal_path, call)
    name = f"call-{short(past.summary.id)}"
    path, why = meant_file(output, name), reason_of(place, output)
    report = call_report(place, past, why)
    write_report(place, report, output, path, name, why, as_json)


@click.command(
    "agent",
    cls=Command,
    help=mark("Report on an agent’s calls: what was said and flagged, scores, talk, examples."),
    epilog=mark("""\
callcoach report agent "Li Na"
callcoach report agent "Li Na" --since 2026-11-01 --format csv
"""),
)
@click.argument("name", help=mark("The agent, as the calls name them."))
@time_options
@practice_option
@output_options
@json_option
@click.pass_obj
def report_agent(
    place: Workplace,
    name: str,
    since: str,
    until: str,
    practice: bool,
    output: Output,
    as_json: bool,
) -> None:
    """Report on an agent."""
    wanted = Wanted(name, "", *parse_days(since, until), practice)
    _report(place, About("agent", agent=name), wanted, output, f"agent-{name}", as_json)


@click.command(
    "team",
    cls=Command,
    help=mark(
        "Report on everybody’s calls. Agents stand beside each other only where they have calls"
        " enough to compare."
    ),
    epilog="""
callcoach report team
callcoach report team --since 2026-11-01 --until 2026-11-30 --out november.html
callcoach report team --format parquet --out november.parquet
""",
)
@time_options
@practice_option
@output_options
@json_option
@click.pass_obj
def report_team(
    place: Workplace, since: str, until: str, practice: bool, output: Output, as_json: bool
) -> None:
    """Report on the team."""
    wanted = Wanted("", "", *parse_days(since, until), practice)
    _report(place, About("team"), wanted, output, "team", as_json)


@click.command(
    "script",
    cls=Command,
    help=mark("Report on the calls of a script: how far they come and where they leave it."),
    epilog="""
callcoach report script overdue
callcoach report script overdue --practice --out practice.html
""",
)
@click.argument("pack", help=mark("The script, by its id; callcoach script list has them."))
@time_options
@practice_option
@output_options
@json_option
@click.pass_obj
def report_script(
    place: Workplace,
    pack: str,
    since: str,
    until: str,
    practice: bool,
    output: Output,
    as_json: bool,
) -> None:
    """Report on a script."""
    wanted = Wanted("", pack, *parse_days(since, until), practice)
    about = About("script", script=PackId(pack))
    _report(place, about, wanted, output, f"script-{pack}", as_json)


def _report(
    place: Workplace, about: About, wanted: Wanted, output: Output, name: str, as_json: bool
) -> None:
    place.has_journal()  # one that was named and is not there is told
    path, why = meant_file(output, name), reason_of(place, output)

    def tell(done: int, total: int) -> None:
        if total > _MANY and sys.stderr.isatty():
            text = place.messages.say("Reading calls: {done} of {total}", done=done, total=total)
            click.echo(f"\r\x1b[K{text if done < total else ''}", nl=False, err=True)

    # Figures have no words: only a page shows examples, and only they need masking.
    is_page = output.format == "html"
    report = many_report(place, about, wanted, why, has_examples=is_page, tell=tell)
    write_report(place, report, output, path, name, why, as_json)
