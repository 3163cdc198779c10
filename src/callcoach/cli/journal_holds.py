"""callcoach journal hold, release, holds: calls that nobody may erase for now, and why."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from callcoach.archive import holds as kept
from callcoach.archive.holds import Hold, Holds
from callcoach.archive.ids import CallId, short
from callcoach.archive.journal import Journal
from callcoach.cli.answer import answer, json_option
from callcoach.cli.arguments import why_option
from callcoach.cli.group import Command
from callcoach.cli.review.desk import person_option, whoever
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import mark

_calls = click.argument("calls", nargs=-1, required=True, help=mark("Ids, or parts of them."))


@click.command(
    "hold",
    cls=Command,
    help=mark(
        "Keep calls from being erased, for instance for a lawsuit or a complaint: callcoach journal"
        " forget refuses them, and their sound stays, until callcoach journal release."
    ),
    epilog=mark("""\
callcoach journal hold 3f2a --why "lawsuit 2026-7"
"""),
)
@_calls
@why_option
@person_option
@json_option
@click.pass_obj
def hold(place: Workplace, calls: tuple[str, ...], why: str, person: str, as_json: bool) -> None:
    """Put calls on hold."""
    ids = _change(place, kept.hold, calls, why, person)
    _tell(place, ids, mark("{call} is on hold: nobody can erase it."), as_json)


@click.command(
    "release",
    cls=Command,
    help=mark("End the hold of calls: they may be erased again."),
    epilog=mark("""\
callcoach journal release 3f2a --why "settled out of court"
"""),
)
@_calls
@why_option
@person_option
@json_option
@click.pass_obj
def release(place: Workplace, calls: tuple[str, ...], why: str, person: str, as_json: bool) -> None:
    """Release calls."""
    ids = _change(place, kept.release, calls, why, person)
    _tell(place, ids, mark("{call} is released: it may be erased again."), as_json)


@click.command(
    "holds",
    cls=Command,
    help=mark("List the calls that are on hold: since when, by whom and why."),
    epilog="""
callcoach journal holds
callcoach journal holds --all
""",
)
@click.option("--all", "of_all", is_flag=True, help=mark("Every hold and release there was."))
@json_option
@click.pass_obj
def holds(place: Workplace, of_all: bool, as_json: bool) -> None:
    """List holds."""
    say = place.messages.say
    with Holds(place.journal_path) as opened:
        found = opened.all() if of_all else tuple(opened.standing().values())
    rows = [
        {"call": it.call, "what": _what(it), "when": it.wall, "by": it.by, "why": it.why}
        for it in found
    ]
    verbs = {True: say("released"), False: say("put on hold")}
    lines = [_line(it, verbs[it.is_release] if of_all else "") for it in reversed(found)]
    answer(as_json, rows, *(lines or [say("No call is on hold.")]))


def _change(
    place: Workplace,
    change: Callable[[Path, Sequence[CallId], str, str], Any],
    calls: Sequence[str],
    why: str,
    person: str,
) -> tuple[CallId, ...]:
    """Put calls on hold or release them, each once; return their ids. Raises `UsageError`."""
    if not why:
        raise UsageError("nobody says why", 'write --why "the reason"')
    with Journal(place.journal_path) as journal:
        ids = tuple(dict.fromkeys(journal.find_kept(call).id for call in calls))
    change(place.journal_path, ids, whoever(place, person), why)
    return ids


def _tell(place: Workplace, ids: Sequence[CallId], told: str, as_json: bool) -> None:
    """Answer with the calls that were changed; `told` is what is said of each."""
    lines = [place.messages.say(told, call=short(id)) for id in ids]
    answer(as_json, [{"call": id} for id in ids], *lines)


def _what(it: Hold) -> str:
    return "released" if it.is_release else "held"


def _line(it: Hold, verb: str) -> str:
    return "  ".join(filter(None, (short(it.call), it.day, verb, it.by, it.why)))
