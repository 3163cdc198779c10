"""callcoach review sample: choose calls for review by chance, by group, by risk."""

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict

import click

from callcoach.archive.database import wall_now
from callcoach.archive.ids import short
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import Queue, save_queue
from callcoach.archive.search.vocabulary import MODES
from callcoach.archive.summary import CallSummary
from callcoach.call.summary import FLAG_KINDS, flag_stories
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Number, time_options
from callcoach.cli.days import parse_days
from callcoach.cli.group import Command
from callcoach.cli.review.desk import person_option, whoever
from callcoach.cli.titles import CallTitles
from callcoach.cli.workplace import Workplace
from callcoach.errors import JournalDamaged, UsageError, listed, suggest
from callcoach.locale import LANGUAGES, mark
from callcoach.review.judged import JournalReviews
from callcoach.review.sampling import (
    GROUPS,
    Candidate,
    Filter,
    Size,
    flag_names,
    known_flags,
    risk,
    sample,
)
from callcoach.review.verdicts import stands
from callcoach.script.wording import Language
from callcoach.words.display import display
from callcoach.words.wrap import pad

_ANYTHING = mark("Only calls of this; may be given several times.")


@click.command(
    "sample",
    cls=Command,
    help=mark(
        "Choose calls for review. The same seed and calls give the same sample. With --by every"
        " group gets its share. Risk is what a call’s flags add up to: critical 10, major 3,"
        " minor 1, half of it where the agent put it right."
    ),
    epilog="""
callcoach review sample --percent 5
callcoach review sample --each 3 --by agent --seed 2026 --save week-48
callcoach review sample --count 20 --flag critical --by-risk --save urgent
""",
)
@click.option(
    "--percent", type=Number(), metavar="NUMBER", help=mark("So many of a hundred, rounded up.")
)
@click.option("--count", type=int, help=mark("So many calls."))
@click.option("--each", type=int, help=mark("So many calls of every group; see --by."))
@click.option(
    "--by",
    "groups",
    multiple=True,
    type=click.Choice(list(GROUPS)),
    help=mark("Give every group its share; may be given several times."),
)
@click.option("--by-risk", is_flag=True, help=mark("The riskiest first, chance among equals."))
@click.option("--seed", type=int, help=mark("Repeat a draw; a new one is told."))
@click.option("--only-agent", "agents", multiple=True, metavar="NAME", help=_ANYTHING)
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME", help=_ANYTHING)
@click.option("--of-pack", "packs", multiple=True, metavar="PACK", help=_ANYTHING)
@click.option(
    "--flag",
    "flags",
    multiple=True,
    metavar="NAME",
    help=mark("Only calls with such a flag: a cue, a kind or a severity."),
)
@click.option(
    "--mode",
    "modes",
    multiple=True,
    metavar="NAME",
    help=mark("Only calls of this kind; else all but practice."),
)
@time_options
@click.option(
    "--least-risk",
    type=Number(),
    default=0.0,
    metavar="NUMBER",
    help=mark("Only calls with at least so much risk."),
)
@click.option("--save", "name", metavar="NAME", help=mark("Keep the sample as a queue."))
@person_option
@json_option
@click.pass_obj
def draw(
    place: Workplace,
    percent: float | None,
    count: int | None,
    each: int | None,
    groups: tuple[str, ...],
    by_risk: bool,
    seed: int | None,
    agents: tuple[str, ...],
    outcomes: tuple[str, ...],
    packs: tuple[str, ...],
    flags: tuple[str, ...],
    modes: tuple[str, ...],
    since: str,
    until: str,
    least_risk: float,
    name: str | None,
    person: str,
    as_json: bool,
) -> None:
    """Draw a sample."""
    _refuse_settings(place)
    seed = random.SystemRandom().getrandbits(31) if seed is None else seed
    size = Size(percent, count, each)
    with Journal(place.journal_path) as journal, JournalReviews(place.journal_path) as judged:
        calls = {call.call: call for call in _candidates(journal, judged)}
    known = calls.values()
    raised = {flag for call in known for flag in call.flags}
    titles = CallTitles(place)
    outcomes = _ids(outcomes, {it.outcome for it in known}, titles.outcome)
    packs = _ids(packs, {it.pack for it in known}, titles.pack)
    flags = _ids(flags, raised, titles.cue)
    chosen = Filter(
        frozenset(agents),
        frozenset(outcomes),
        frozenset(packs),
        frozenset(flags),
        frozenset(modes) or frozenset(call.mode for call in calls.values()) - {"practice"},
        *parse_days(since, until),
        least_risk,
    )
    _check(mark("no call has a flag “{name}”"), flags, {*known_flags(), *raised})
    _check(mark("no call is by the agent “{name}”"), agents, {it.agent for it in known})
    _check(mark("no call has the outcome “{name}”"), outcomes, {it.outcome for it in known})
    _check(mark("no call was judged by the pack “{name}”"), packs, {it.pack for it in known})
    _check(
        mark("no call is of the kind “{name}”"),
        modes,
        {*MODES.values(), *(it.mode for it in known)},
    )
    drawn = sample(calls.values(), seed, size, chosen, groups, by_risk)
    admitted = sum(map(chosen.admits, calls.values()))
    told = {
        "seed": seed,
        "size": {key: value for key, value in asdict(size).items() if value is not None},
        "by": list(groups),
        "by_risk": by_risk,
        "filter": {key: _plain(value) for key, value in asdict(chosen).items() if value},
        "of": admitted,
    }
    if name is not None:
        if not name.strip():
            raise UsageError("a queue needs a name", "--save NAME")
        by = whoever(place, person)
        chosen_how = json.dumps(told, ensure_ascii=False)
        save_queue(place.journal_path, Queue(name.strip(), wall_now(), by, drawn, chosen_how))
    if as_json:
        rows = [
            {
                "call": id,
                "day": calls[id].day,
                "agent": calls[id].agent,
                "outcome": calls[id].outcome or None,
                "risk": calls[id].risk,
            }
            for id in drawn
        ]
        print_json({**told, "queue": name, "calls": rows})
        return
    for line in _rows(place, [calls[id] for id in drawn]):
        click.echo(line)
    if without := _without(place, filter(chosen.admits, calls.values()), groups, drawn):
        told_without = place.messages.say(
            "none drawn of {groups}: too few calls for a share; --each takes some of every group",
            groups=listed(without),
        )
        click.echo(display(told_without), err=True)
    line = place.messages.say(
        "{n} of {all} calls, seed {seed}", n=len(drawn), all=admitted, seed=seed
    )
    click.echo(line, err=True)


def _ids(
    given: Iterable[str], known: Iterable[str], title: Callable[[str, Language], str]
) -> tuple[str, ...]:
    """Return the ids of what is given as people call it, in any language; ids as they stand."""
    called: dict[str, list[str]] = {}
    for id in sorted(filter(None, known)):
        for name in {title(id, language).casefold() for language in LANGUAGES}:
            called.setdefault(name, []).append(id)
    return tuple(id for one in given for id in called.get(one.casefold(), [one]))


def _without(
    place: Workplace, calls: Iterable[Candidate], groups: Sequence[str], drawn: Sequence[str]
) -> list[str]:
    """Return the groups of which no call was drawn, as people call them."""
    if not groups:
        return []
    chosen, of_group = frozenset(drawn), dict[tuple[str, ...], bool]()
    for call in calls:
        key = tuple(GROUPS[group](call) for group in groups)
        of_group[key] = of_group.get(key, False) or call.call in chosen
    titles = CallTitles(place)
    return sorted(
        " · ".join(_called(place, titles, *pair) for pair in zip(groups, key, strict=True))
        for key, is_drawn in of_group.items()
        if not is_drawn
    )


def _called(place: Workplace, titles: CallTitles, group: str, value: str) -> str:
    """Return what the calls of a group have in common: a title where there is one."""
    language = place.messages.language
    match group:
        case "outcome":
            return titles.outcome(value, language) or value or "–"
        case "pack":
            return titles.pack(value, language) or value or "–"
        case _:
            return value or "–"


def _rows(place: Workplace, drawn: Sequence[Candidate]) -> Iterator[str]:
    if not drawn:
        return
    say, titles = place.messages.say, CallTitles(place)
    rows = [(say("Call"), say("Day"), say("Risk"), say("Agent"), say("Outcome"))]
    for call in drawn:
        outcome = titles.outcome(call.outcome, place.messages.language) or call.outcome
        rows.append(
            (short(call.call), call.day, f"{call.risk:g}", call.agent or "–", outcome or "–")
        )
    for row in rows:
        cells = [display(cell) for cell in row]
        padded = (pad(cells[0], 9), pad(cells[1], 11), pad(cells[2], 7), pad(cells[3], 12))
        yield " ".join((*padded, cells[4])).rstrip()


def _candidates(journal: Journal, judged: JournalReviews) -> Iterator[Candidate]:
    """Yield the calls that are over; one that cannot be read is left to `journal verify`."""
    for summary in journal.calls():
        if summary.ended_at is None:
            continue
        try:
            yield candidate(journal, summary, judged)
        except JournalDamaged:
            continue


def candidate(journal: Journal, summary: CallSummary, judged: JournalReviews) -> Candidate:
    """Return a call as sampling sees it; flags that reviewers say are wrong are none."""
    verdicts = judged.verdicts(summary.id)
    stories = flag_stories(journal.events(summary.id, FLAG_KINDS))
    standing = [it for it in stories if stands(verdicts, it)]
    return Candidate(
        call=summary.id,
        agent=summary.agent,
        outcome=summary.outcome or "",
        pack=summary.script,
        language=summary.language,
        mode=summary.mode,
        day=summary.day,
        flags=flag_names(standing),
        risk=risk(standing),
    )


def _refuse_settings(place: Workplace) -> None:
    """Raise `UsageError` for a setting that looks as if it chose calls."""
    for name, option in (("agent", "--only-agent"), ("pack", "--of-pack")):
        if place.is_given(name):
            raise UsageError(
                "{flag} chooses no calls here: it is a setting",
                "{option} chooses calls",
                flag=f"--{name}",
                option=option,
            )


def _check(what: str, names: Iterable[str], known: Iterable[str]) -> None:
    """Raise `UsageError` for a name that no call has: a slip."""
    there = sorted(filter(None, known))
    for name in names:
        if name not in there:
            raise UsageError(what, suggest(name, there), name=name)


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value
