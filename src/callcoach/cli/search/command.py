"""callcoach search: finds words and calls in the journal."""

import sys
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path

import click

from callcoach.archive.search.find import Finder, Hit, Results
from callcoach.archive.search.index import catch_up, rebuild
from callcoach.archive.summary import CallSummary
from callcoach.call.events import Heard
from callcoach.cli.answer import count_option, json_option, print_json
from callcoach.cli.days import today
from callcoach.cli.desk import Desk
from callcoach.cli.group import Command
from callcoach.cli.search.screens import script_titles
from callcoach.cli.search.tell import HitLines
from callcoach.cli.workplace import Workplace
from callcoach.errors import JournalBusy, JournalUnwritable, UsageError
from callcoach.locale import mark
from callcoach.review.rejections import rejections
from callcoach.words.display import display

_NOTHING = 1
"""The exit code where nothing is found."""


@click.command(
    "search",
    cls=Command,
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
    help=mark(
        "Search all calls: words, a “phrase”, and conditions such as speaker:customer,"
        " outcome:promise, flag:missing, cue:say_name, agent:…, after:2026-11-01, longer:5m,"
        " ratio>70% or silence>20s. Words are looked for in one utterance; “-” before a word or a"
        " condition means without it, OR one of two. Exit code 1 says that nothing was found."
    ),
    epilog=mark("""\
callcoach search payment plan
callcoach search '"payment plan" speaker:customer -flag:missing'
callcoach search '分期 说话人：客户 结果：承诺还款'
callcoach search 'outcome:dispute after:30d' --json
callcoach search --rebuild
"""),
)
@click.argument("query", nargs=-1, type=click.UNPROCESSED, help=mark("What to look for."))
@count_option("--limit", 20, mark("How many; 0 for all."))
@count_option("--offset", 0, mark("How many to leave out first."))
@click.option("--rebuild", "is_rebuilt", is_flag=True, help=mark("Make the index of words anew."))
@json_option
@click.pass_obj
def search(
    place: Workplace,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    is_rebuilt: bool,
    as_json: bool,
) -> int:
    """Search calls."""
    text, path, say = " ".join(query), place.journal_path, place.messages.say
    if not text.strip() and not is_rebuilt:
        raise UsageError("there is nothing to look for", "callcoach search --help shows how")
    if not place.has_journal():
        if as_json:
            print_json({"total": 0, "has_more": False, "hits": []})
        click.echo(say("No calls yet. callcoach demo shows one."), err=True)
        return _NOTHING
    if is_rebuilt:
        rebuild(path)
    _bring_up_to_date(place, path)
    if not text.strip():
        return 0
    desk = Desk(place)
    with Finder(path) as finder:
        found = finder.find(text, today(), limit or -1, offset, partial(_titles, desk))
    if as_json:
        print_json(_as_json(found))
    else:
        _tell(place, desk, found, offset)
    for note in _notes(place, found):
        click.echo(display(note), err=True)
    return 0 if found.total else _NOTHING


def _bring_up_to_date(place: Workplace, path: Path) -> None:
    """Index what is new; a journal that cannot be written now is searched as it is."""
    try:
        progress = _progress(place) if sys.stderr.isatty() else None
        catch_up(path, progress, wrong=rejections(path))
    except (JournalBusy, JournalUnwritable) as error:
        click.echo(display(place.messages.tell(error)), err=True)


def _progress(place: Workplace) -> Callable[[int, int], None]:
    """Return what shows how far the index is, where that takes longer than a moment."""

    def tell(done: int, total: int) -> None:
        if total > _MANY:
            text = place.messages.say("Indexing calls: {done} of {total}", done=done, total=total)
            click.echo(f"\r{text}", nl=done >= total, err=True)

    return tell


_MANY = 200
"""To index fewer calls takes no time worth telling."""


def _titles(desk: Desk, scripts: Collection[str]) -> Mapping[str, Collection[str]]:
    """Return what the cues and outcomes of scripts are called, in every language of each."""
    found: dict[str, Collection[str]] = {}
    for pack in scripts:
        found |= script_titles(desk, pack)
    return found


def _tell(place: Workplace, desk: Desk, found: Results, offset: int) -> None:
    for line in HitLines(desk, place.messages, sys.stdout).of(found.hits):
        click.echo(line)
    say, shown = place.messages.say, len(found.hits)
    if not found.total:
        click.echo(say("Nothing was found."), err=True)
    elif shown and (found.has_more or offset + shown < found.total):
        total = say("more than {n}", n=found.total) if found.has_more else str(found.total)
        click.echo()
        click.echo(
            say(
                "{first} to {last} of {total}; --offset {last} shows the next.",
                first=offset + 1,
                last=offset + shown,
                total=total,
            )
        )


def _notes(place: Workplace, found: Results) -> list[str]:
    notes = [place.messages.say(note) for note in found.notes]
    if found.waiting:
        notes.append(
            place.messages.count(
                "{n} call is not in the index yet.", "{n} calls are not in the index yet.",
                found.waiting,
            )
        )  # fmt: skip
    return notes


def _as_json(found: Results) -> Mapping[str, object]:
    return {
        "total": found.total,
        "has_more": found.has_more,
        "waiting": found.waiting,
        "notes": list(found.notes),
        "hits": [_hit(hit) for hit in found.hits],
    }


def _hit(hit: Hit) -> Mapping[str, object]:
    told: dict[str, object] = {"call": {**_call(hit.call), "own_id": hit.name or None}}
    if hit.heard is not None:
        told["utterance"] = _utterance(hit.heard)
        told["spans"] = [list(span) for span in hit.spans]
        told["before"] = None if hit.before is None else _utterance(hit.before)
        told["after"] = None if hit.after is None else _utterance(hit.after)
    return told


def _call(call: CallSummary) -> Mapping[str, object]:
    return {
        "id": call.id,
        "script": call.script,
        "language": call.language,
        "mode": call.mode,
        "agent": call.agent,
        "started": call.started,
        "day": call.day,
        "seconds": call.last_at,
        "outcome": call.outcome,
    }


def _utterance(heard: Heard) -> Mapping[str, object]:
    return {
        "seq": heard.seq,
        "speaker": heard.speaker.value,
        "start": heard.start,
        "end": heard.end,
        "text": heard.text,
    }
