"""callcoach report call, agent, team and script: each a few options and the calls they mean."""

from collections.abc import Sequence
from dataclasses import replace

import click

from callcoach.archive.export.record import record_call
from callcoach.archive.export.redacted import redact_record
from callcoach.archive.ids import short
from callcoach.cli.answer import json_option
from callcoach.cli.arguments import call_argument
from callcoach.cli.days import parse_day, today
from callcoach.cli.group import Command
from callcoach.cli.report.calls import Wanted, read_calls, read_examples, told_by
from callcoach.cli.report.options import (
    Output,
    output_options,
    practice_option,
    time_options,
)
from callcoach.cli.report.write import reason_of, write_report
from callcoach.cli.stored import read_past
from callcoach.cli.workplace import Workplace
from callcoach.locale import mark
from callcoach.reports.compare import days_before
from callcoach.reports.figures import CallFigures, figures_of
from callcoach.reports.many import About, report_of
from callcoach.reports.names import Names
from callcoach.reports.scorecard import Reviewed, moved_spans
from callcoach.reports.single import OneCall, report_of_call
from callcoach.review.judged import read_judged
from callcoach.script.model import PackId


@click.command(
    "call",
    cls=Command,
    help=mark("Report on one call: what was owed, flagged, scored, measured and said."),
    epilog="""
callcoach report call last
callcoach report call 3f2a --out call.html
callcoach report call last --unredacted --reason "complaint of 3 December"
""",
)
@call_argument
@output_options
@json_option
@click.pass_obj
def report_call(place: Workplace, call: str, output: Output, as_json: bool) -> None:
    """Report on one call."""
    past = read_past(place.journal_path, call)
    why, messages = reason_of(place, output), place.messages
    whole = record_call(past.summary.id, past.events, past.script, place.language)
    masked = redact_record(whole, past.script, messages)
    record = replace(whole, why_whole=why) if why else masked
    judged = read_judged(place.journal_path)
    figures = told_by(judged, figures_of(past.summary.id, past.events, past.script))
    scripts = {past.summary.script: past.script} if past.script else {}
    reviewed = [
        Reviewed(review, judged.forms.get(review.opened.pins.form_digest))
        for review in judged.of(past.summary.id)
    ]
    one = OneCall(
        record,
        figures,
        past.script,
        reviewed,
        today().isoformat(),
        moved_spans(whole.events, masked.events),
    )
    report = report_of_call(one, Names(scripts, messages))
    write_report(place, report, output, f"call-{short(past.summary.id)}", why, as_json)


@click.command(
    "agent",
    cls=Command,
    help=mark("Report on an agent’s calls: what was said and flagged, scores, talk, examples."),
    epilog="""
callcoach report agent "Li Na"
callcoach report agent "Li Na" --since 2026-11-01 --format csv
""",
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
    wanted = Wanted(name, "", parse_day(since), parse_day(until), practice)
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
    wanted = Wanted("", "", parse_day(since), parse_day(until), practice)
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
    wanted = Wanted("", pack, parse_day(since), parse_day(until), practice)
    about = About("script", script=PackId(pack))
    _report(place, about, wanted, output, f"script-{pack}", as_json)


def _before(place: Workplace, wanted: Wanted) -> Sequence[CallFigures]:
    """Return the calls of as long a time just before; none of a report from the beginning."""
    until = wanted.until or today().isoformat()
    days = days_before(wanted.since, until)
    if days is None:
        return ()
    return read_calls(place, replace(wanted, since=days[0], until=days[1])).calls


def _report(
    place: Workplace, about: About, wanted: Wanted, output: Output, name: str, as_json: bool
) -> None:
    why = reason_of(place, output)
    found = read_calls(place, wanted)
    about = replace(
        about,
        since=wanted.since,
        until=wanted.until,
        is_practice=wanted.is_practice,
        unreadable=found.unreadable,
        made=today().isoformat(),
        why_whole=why,
    )
    names = Names(found.scripts, place.messages, found.forms)
    # Figures have no words: only a page shows examples, and only they need masking.
    examples = read_examples(place, found.calls, names, not why) if output.format == "html" else ()
    report = report_of(about, found.calls, names, examples, _before(place, wanted))
    write_report(place, report, output, name, why, as_json)
