"""Opens a pack for the commands about its rules, telling what is wrong with them, and where."""

from dataclasses import replace

import click

from callcoach.cli.paint import Paint
from callcoach.cli.script.check import finding_lines
from callcoach.cli.shelf import usable
from callcoach.cli.workplace import Workplace
from callcoach.script.check import has_errors
from callcoach.script.check.rules import check_rules
from callcoach.script.model import Script, local, pack_of
from callcoach.script.rules import RuleId

_SHOWN = 5
"""So many findings are told; `callcoach script check` has all."""


def open_pack(place: Workplace, pack: str) -> Script:
    """Return a pack's script; what is only doubtful in its rules goes to standard error.

    Raises `PackError` where there is no such pack, or an error in it.
    """
    loaded = place.library.load(pack)
    script = usable(loaded, place.language)
    found = (*loaded.findings, *check_rules(script, None))
    errors = tuple(finding for finding in found if has_errors((finding,)))
    if errors:
        usable(replace(loaded, script=None, findings=errors), place.language)
    for line in finding_lines(found[:_SHOWN], Paint(place), place.messages):
        click.echo(line, err=True)
    return script


def name_in(script: Script, id: RuleId) -> str:
    """Return a rule's id as the script's own pack would write it."""
    return local(id) if pack_of(id) == script.id else id
