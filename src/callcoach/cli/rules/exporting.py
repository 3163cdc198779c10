"""callcoach rules export: a pack's rules as JSON for another system, and what became of them."""

import json
from pathlib import Path

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import pack_argument
from callcoach.cli.group import Command
from callcoach.cli.output import force_option, output_option, refuse_existing, write_file
from callcoach.cli.paint import short_path
from callcoach.cli.rules.list import own_rules
from callcoach.cli.rules.report import approximate_option, print_report, report_json
from callcoach.cli.shelf import script_of
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError, suggest
from callcoach.locale import mark
from callcoach.script.exchange import System, export_rules
from callcoach.script.model import local
from callcoach.words.display import display, display_json

_LIVE = (System.CONTACT_LENS, System.TRANSCRIBE)


@click.command(
    "export",
    cls=Command,
    help=mark(
        "Turn the rules of a pack into those of another system. What that system cannot say is"
        " told, and its rule left out: none goes out meaning something else."
    ),
    epilog="""
callcoach rules export overdue --to contact-lens --approximate -o rules.json
callcoach rules export courtesy --to aliyun --only thanks --approximate
callcoach rules export my_pack --to transcribe --live --json
""",
)
@pack_argument
@click.option(
    "--to",
    "target",
    type=click.Choice([it.value for it in System]),
    required=True,
    help=mark("The system."),
)
@click.option("--only", multiple=True, metavar="NAME", help=mark("A rule; may be repeated."))
@approximate_option
@click.option("--live", is_flag=True, help=mark("For calls that go on (Contact Lens, Transcribe)."))
@output_option
@force_option
@json_option
@click.pass_obj
def export_pack(
    place: Workplace,
    pack: str,
    target: str,
    only: tuple[str, ...],
    approximate: bool,
    live: bool,
    output: Path | None,
    force: bool,
    as_json: bool,
) -> int:
    """Export rules; return 1 where none could be taken over."""
    system = System(target)
    if live and system not in _LIVE:
        raise UsageError(
            "{system} has no rules of its own for calls that go on",
            "leave out --live",
            system=target,
        )
    refuse_existing(output, force)
    script = script_of(place, pack)
    rules = own_rules(script)
    wanted = [rule for rule in rules if not only or local(rule.id) in only or rule.id in only]
    for name in only:
        if name not in {local(rule.id) for rule in rules} | {rule.id for rule in rules}:
            known = [local(rule.id) for rule in rules]
            raise UsageError("there is no rule “{name}”", suggest(name, known), name=name)
    found = export_rules(wanted, script.rules, system, approximate=approximate, live=live)
    is_any = any(report.handling.value != "left_out" for report in found.reports)
    text = json.dumps(found.value, ensure_ascii=False, indent=2) + "\n"
    if output is not None and is_any:
        write_file(output, text.encode("utf-8"))
    messages = place.messages
    if as_json:
        print_json(
            {
                "system": system.value,
                "pack": script.id,
                "file": str(output) if output is not None and is_any else None,
                "value": found.value,
                **report_json(found.reports, messages),
            }
        )
        return 0 if is_any else 1
    if output is None and is_any:
        click.echo(display_json(text), nl=False)
    print_report(place, found.reports, err=output is None)
    if output is not None and is_any:
        click.echo(display(short_path(output)))
    return 0 if is_any else 1
