"""Swaps who is who in a call that came as a transcript: the other way round it is another call."""

from collections.abc import Callable, Sequence

import click
from msgspec.structs import replace as with_fields

from callcoach.archive.ids import CallId, new_call_id, short
from callcoach.archive.imports import import_call, imported, set_aside
from callcoach.archive.journal import Journal
from callcoach.archive.summary import CallSummary
from callcoach.archive.swaps import swap_digest
from callcoach.call.coach import Coach
from callcoach.call.events import Event, Heard
from callcoach.call.replay import untimed
from callcoach.cli.answer import answer, json_option
from callcoach.cli.coaches import coach_of
from callcoach.cli.group import Command
from callcoach.cli.stored import required, stored_script
from callcoach.cli.workplace import Workplace
from callcoach.errors import IllegalMove
from callcoach.locale import mark
from callcoach.review.rejudge import IMPORTED, is_untimed, judge_again
from callcoach.script.load import PackFiles
from callcoach.script.model import Speaker

_OTHER = {Speaker.AGENT: Speaker.CUSTOMER, Speaker.CUSTOMER: Speaker.AGENT}
CoachOf = Callable[[CallSummary, Sequence[PackFiles]], Coach]
"""Returns what a call was judged by."""


def swapped(place: Workplace, call: str, coach: CoachOf) -> CallId:
    """Return the call with the roles the other way round: a call of its own in the journal.

    The swap of a swap is the call that it was made of. The one that is returned counts from
    now on, the other is set aside. Raises `IllegalMove` for a call whose roles are known, or in
    which nobody is the agent or the customer.
    """
    path = place.journal_path
    other = _other_way(place, call, coach)
    set_aside(path, call, other)
    return other


def _other_way(place: Workplace, call: str, coach_for: CoachOf) -> CallId:
    path = place.journal_path
    with Journal(path) as journal:
        summary = journal.find(call)
        if summary.mode != IMPORTED:
            raise IllegalMove(
                "the roles of a call that was made here are known",
                "they can be swapped in calls that came as transcripts",
            )
        every = imported(path)
        before = {digest for digest, id in every.items() if id == summary.id}
        for other in every.values():
            if swap_digest(other) in before:
                return other
        own = journal.own_names().get(summary.id)
        events = journal.events(summary.id)
        files = journal.sources(summary.digest)
    turned = _turned(events)
    coach = coach_for(summary, files)
    _, happened = judge_again(untimed(coach) if is_untimed(events) else coach, turned)
    stamp = int(summary.id.replace("-", "")[:12], 16)
    return import_call(path, new_call_id(stamp), happened, files, swap_digest(summary.id), own)


def _turned(events: Sequence[Event]) -> list[Event]:
    """Return events in which everybody is the other; raises `IllegalMove` where nobody can be."""
    if not any(isinstance(it, Heard) and it.speaker in _OTHER for it in events):
        raise IllegalMove(
            "nobody in this call is known to be the agent or the customer",
            "import its transcript with --role LABEL=agent",
        )
    return [
        with_fields(it, speaker=_OTHER.get(it.speaker, it.speaker)) if isinstance(it, Heard) else it
        for it in events
    ]


def stored_coach(place: Workplace) -> CoachOf:
    """Return what finds the coach of a call by the pack that the journal keeps."""

    def found(call: CallSummary, files: Sequence[PackFiles]) -> Coach:
        return coach_of(place, required(stored_script(files), call.id))

    return found


@click.command(
    "swap",
    cls=Command,
    help=mark(
        "Let agent and customer of a transcript in the journal be the other way round, and judge"
        " it anew. The call as it was is set aside and counts no more; swapping again brings it"
        " back."
    ),
    epilog="""
callcoach review swap last
callcoach review swap C-7755 3f2a
""",
)
@click.argument("calls", nargs=-1, required=True, metavar="CALL...", help=mark("Which calls."))
@json_option
@click.pass_obj
def swap(place: Workplace, calls: tuple[str, ...], as_json: bool) -> None:
    """Swap who is who in calls."""
    with Journal(place.journal_path) as journal:
        ids = list(dict.fromkeys(journal.find(call).id for call in calls))
    coach = stored_coach(place)
    made = [(id, swapped(place, id, coach)) for id in ids]
    lines = [
        place.messages.say(
            "{old} is swapped: {new} counts from now on", old=short(old), new=short(new)
        )
        for old, new in made
    ]
    answer(as_json, [{"call": old, "swapped": new} for old, new in made], *lines)
