"""callcoach script coverage: which parts of a pack its plans reach, and which real calls do."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from callcoach.archive.journal import Journal
from callcoach.call.rehearse import visit
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.group import Command
from callcoach.cli.paint import wanted_packs
from callcoach.cli.script.rehearse import (
    PARTS,
    coverage_json,
    coverage_lines,
    covered,
    missed_text,
    play_plans,
)
from callcoach.cli.shelf import usable
from callcoach.cli.workplace import Workplace
from callcoach.errors import JournalDamaged
from callcoach.locale import Messages, mark
from callcoach.script.coverage import Coverage, Part, Visit, cover
from callcoach.script.model import PackId, Script, local
from callcoach.script.place import Place
from callcoach.words.display import display

_REAL = frozenset(("call", "practice"))
"""The modes of calls in which a person was the agent."""


@dataclass(frozen=True, slots=True)
class Walked:
    """How often the calls of the journal came to something."""

    part: Part
    id: str
    place: Place
    calls: int


@dataclass(frozen=True, slots=True)
class Calls:
    """What the calls of the journal reached of a pack."""

    calls: int
    unreadable: int
    walked: tuple[Walked, ...]
    """Every step, exit, objection and cue of the pack, in the order of its files."""


@click.command(
    "coverage",
    cls=Command,
    help=mark(
        "Show which steps, exits, objections and cues of a pack its plans reach, and where what"
        " they never reach stands; with --calls also how often real calls did."
    ),
    epilog="""
callcoach script coverage overdue
callcoach script coverage overdue --calls
""",
)
@click.argument(
    "packs", nargs=-1, metavar="[PACK]...", help=mark("Packs, by name or path; all if none.")
)
@click.option("--calls", "with_calls", is_flag=True, help=mark("Count the calls in the journal."))
@json_option
@click.pass_obj
def coverage(place: Workplace, packs: tuple[str, ...], with_calls: bool, as_json: bool) -> None:
    """Show coverage."""
    told: list[object] = []
    for name in wanted_packs(place, packs):
        loaded = place.library.load(name)
        script = usable(loaded, place.language)
        plans = loaded.plans.values() if script.start is not None else ()
        by_plans = covered(script, [one.visit for one in play_plans(script, plans)], ())
        by_calls = count_calls(place, script) if with_calls else None
        if as_json:
            told.append(_as_dict(script.id, by_plans, by_calls))
            continue
        click.echo(place.messages.say("Reached by the plans of {pack}", pack=display(name)))
        for line in coverage_lines(by_plans, place.messages):
            click.echo(line)
        if by_calls is not None:
            for line in call_lines(by_calls, place.messages):
                click.echo(line)
        click.echo("")
    if as_json:
        print_json({"packs": told})


def count_calls(place: Workplace, script: Script) -> Calls:
    """Return how often the calls of the journal reached each part of a pack.

    Calls with an older version of the pack count where its parts still have the same names. A
    call that cannot be read is only counted. Raises `StorageError`.
    """
    if not place.has_journal():
        return Calls(0, 0, _walked(script, ()))
    visits: list[Visit] = []
    unreadable = 0
    with Journal(place.journal_path) as journal:
        for call in journal.calls():
            if call.script == script.id and call.mode in _REAL:
                try:
                    visits.append(visit(call.language, journal.events(call.id)))
                except JournalDamaged:
                    unreadable += 1
    return Calls(len(visits), unreadable, _walked(script, visits))


def _walked(script: Script, visits: Sequence[Visit]) -> tuple[Walked, ...]:
    """Return every part of a pack and how many visits came to it, in whichever language."""
    counts: Counter[tuple[Part, str]] = Counter()
    everything = {(item.part, item.id): item for item in cover(script, ()).missed}
    for one in visits:
        steps = {str(step) for step in one.steps}
        exits = {f"{step}/{exit}" for step, exit in one.exits}
        reached = {
            Part.STEP: steps,
            Part.OBJECTION: steps,
            Part.EXIT: exits,
            Part.CUE: {str(cue) for cue in one.cues},
        }
        counts.update(key for key in everything if key[1] in reached[key[0]])
    return tuple(
        Walked(part, id, item.place, counts[part, id]) for (part, id), item in everything.items()
    )


def call_lines(calls: Calls, messages: Messages) -> Iterator[str]:
    """Yield how often real calls came to each part, and to which they never came."""
    yield messages.count("Reached by {n} call", "Reached by {n} calls", calls.calls)
    if calls.unreadable:
        yield "  " + messages.count(
            "{n} call cannot be read; callcoach journal verify says why",
            "{n} calls cannot be read; callcoach journal verify says why",
            calls.unreadable,
        )
    if not calls.calls:
        return
    for part, name in PARTS.items():
        mine = [walked for walked in calls.walked if walked.part is part]
        if mine:
            reached = [walked for walked in mine if walked.calls]
            yield f"  {messages.say(name)}  {len(reached)}/{len(mine)}"
            for walked in sorted(reached, key=lambda walked: -walked.calls):
                yield f"    {walked.calls:5}  {display(local(walked.id))}"
    never = [walked for walked in calls.walked if not walked.calls]
    if never:
        yield "  " + messages.say("Never reached:")
    for walked in never:
        yield "    " + missed_text(walked.part, walked.id, walked.place, messages)


def _as_dict(pack: PackId, plans: Coverage, calls: Calls | None) -> Mapping[str, object]:
    """Return coverage for machines; keys are stable."""
    by_calls = None
    if calls is not None:
        by_calls = {
            "calls": calls.calls,
            "unreadable": calls.unreadable,
            "parts": [
                {
                    "part": walked.part.value,
                    "id": walked.id,
                    "calls": walked.calls,
                    "file": walked.place.file,
                    "line": walked.place.line,
                }
                for walked in calls.walked
            ],
        }
    return {"pack": pack, "plans": coverage_json(plans), "calls": by_calls}
