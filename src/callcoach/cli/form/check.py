"""callcoach form check: everything that is wrong with forms, before anybody is judged by them."""

from collections.abc import Iterator
from contextlib import nullcontext, suppress

import click

from callcoach.cli.answer import json_option
from callcoach.cli.form.files import form_library, script_for, wanted_forms
from callcoach.cli.group import Command
from callcoach.cli.script.check import tell_findings, unique
from callcoach.cli.workplace import Workplace
from callcoach.errors import PackError
from callcoach.locale import mark
from callcoach.review.form.check import check_loaded
from callcoach.script.diagnostic import Diagnostic


@click.command(
    "check",
    cls=Command,
    help=mark(
        "Say what is wrong with forms, each finding with its place and a remedy; all forms when"
        " none is named. The exit code is 1 where there are errors, with --strict also for"
        " warnings and notes."
    ),
    epilog="""
callcoach form check
callcoach form check compliance --strict
callcoach form check ./my-form.yaml --with overdue
callcoach form check --json
""",
)
@click.argument(
    "forms", nargs=-1, metavar="[FORM]...", help=mark("Forms, by name or path; all if none.")
)
@click.option("--strict", is_flag=True, help=mark("Count warnings and notes as failures, too."))
@click.option(
    "--with",
    "pack",
    default="",
    metavar="PACK",
    help=mark("The pack to look for cues in, instead of the one that the form names."),
)
@json_option
@click.pass_obj
def check_forms(
    place: Workplace, forms: tuple[str, ...], strict: bool, pack: str, as_json: bool
) -> int:
    """Check forms; return the exit code."""
    wanted = wanted_forms(place, forms)
    findings = unique(it for name in wanted for it in _findings(place, name, pack))
    checked = place.messages.count("{n} form checked", "{n} forms checked", len(wanted))
    return tell_findings(place, findings, checked, strict=strict, as_json=as_json)


def _findings(place: Workplace, name: str, pack: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with a form. Raises `PackError` where it or its pack is not there.

    The pack that a form with errors names may be one of them: it is told when the others are gone.
    """
    loaded = form_library(place).load(name)
    yield from loaded.findings
    with suppress(PackError) if loaded.form is None and not pack else nullcontext():
        yield from check_loaded(loaded, script_for(place, loaded, pack))
