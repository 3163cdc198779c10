"""callcoach review import: takes transcripts into the journal, each judged as any call is."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from callcoach.archive.ids import short
from callcoach.archive.transcripts import say_note
from callcoach.archive.transcripts.find import How
from callcoach.archive.transcripts.notes import KINDS
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Named
from callcoach.cli.group import Command
from callcoach.cli.review.bringing import Taken, bring
from callcoach.cli.review.sounds import Sounds
from callcoach.cli.transcript_options import transcript_options
from callcoach.cli.workplace import Workplace
from callcoach.errors import TranscriptError, UsageError
from callcoach.locale import mark
from callcoach.words.display import display

FEW = 10
"""So many calls are listed; of more it is said what they came to."""
_EVERY = 25
"""Of so many calls it is told on a terminal how far it is."""


@click.command(
    "import",
    cls=Command,
    help=mark(
        "Judge transcripts with a pack and keep them in the journal as calls: files, folders,"
        " patterns, zips, tables. A transcript that is there already is not taken twice, wherever"
        " its file is. What cannot be read stops nothing: it is told, and the exit code is 1. A"
        " recording stays where it is, and is played from there."
    ),
    epilog="""
callcoach review import calls/ --pack overdue
callcoach review import calls/ --recordings /data/recordings
callcoach review import november.zip november.jsonl --pack overdue --json
""",
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    type=Named(),
    help=mark("Files, folders or patterns of transcripts."),
)
@transcript_options
@click.option(
    "--agent-name",
    "agent",
    default="",
    metavar="NAME",
    help=mark("Whose calls, where no file says."),
)
@click.option(
    "--recordings",
    multiple=True,
    type=Named(path_type=Path),
    metavar="DIRECTORY",
    help=mark(
        "Where the sound of the calls is: a file called by the call's id or by its transcript,"
        " in this folder or beneath."
    ),
)
@click.option(
    "--even-erased",
    is_flag=True,
    help=mark("Also transcripts whose calls were erased (callcoach journal forget)."),
)
@click.option("--verbose", "-v", is_flag=True, help=mark("Tell of every call and its notes."))
@json_option
@click.pass_obj
def import_calls(
    place: Workplace,
    paths: tuple[str, ...],
    agent: str,
    recordings: tuple[Path, ...],
    even_erased: bool,
    verbose: bool,
    as_json: bool,
    how: How,
) -> int:
    """Import transcripts; return the exit code."""
    for folder in recordings:
        if not folder.is_dir():
            raise UsageError("{path} is no folder", "check how it is spelt", path=folder)
    place.library.locate(place.settings.text("pack"))  # also where every call is known already
    sounds = Sounds(recordings)
    taken: list[Taken] = []
    for one in bring(place, paths, how, agent, sounds, even_erased=even_erased):
        taken.append(one)
        if not as_json:
            _tell_one(place, taken, verbose)
    if not taken:
        raise UsageError(
            "there is no transcript in {path}",
            "name a file, or a folder that holds transcripts",
            path=paths[0],
        )
    bad = sum(bool(one.problem) for one in taken)
    if as_json:
        print_json(_as_json(place, taken))
    else:
        if not verbose:
            _tell_rest(place, taken)
        click.echo(_counts(place, taken, sounds), err=True)
    return TranscriptError.exit_code if bad else 0


def _tell_one(place: Workplace, taken: Sequence[Taken], verbose: bool) -> None:
    """Tell of the last that was taken, where it is to be told at once."""
    one = taken[-1]
    if one.problem:
        click.echo(display(f"! {one.problem}"), err=True)
    elif one.erased and verbose:
        told = place.messages.say(
            "{file}: its call was erased on {day}; it is not taken again",
            file=one.file,
            day=one.erased,
        )
        click.echo(display(told))
    elif verbose:
        for line in _lines(place, one):
            click.echo(line)
    elif len(taken) % _EVERY == 0 and sys.stderr.isatty():
        told = place.messages.say("{n} calls so far", n=len(taken))
        click.echo(f"\r{told}\r", nl=False, err=True)


def _tell_rest(place: Workplace, taken: Sequence[Taken]) -> None:
    """Tell of a few calls each, of many what is worth saying about how many of them."""
    read = [one for one in taken if one.call is not None]
    if len(read) <= FEW:
        for one in read:
            for line in _lines(place, one):
                click.echo(line)
        return
    say, kinds = place.messages.say, Counter(note.code for one in read for note in one.notes)
    lines = [(n, say(KINDS[code])) for code, n in kinds.most_common()]
    silent = Counter(it.why_silent.text for it in read if it.why_silent is not None)
    kind = say("without sound, though a recording was looked for")
    lines += [(silent.total(), kind)] if silent else []
    if not lines:
        return
    click.echo(say("Worth knowing, by the number of calls; -v tells which:"))
    for n, told in lines:
        click.echo(display(f"{n:>7}  {told}"))


def _lines(place: Workplace, one: Taken) -> Iterator[str]:
    if one.call is not None:
        say = place.messages.say
        there = "" if one.is_new else f" ({say('there already')})"
        yield display(f"{short(one.call)}  {one.file}{there}")
        for note in _notes(place, one):
            yield display(f"          ({note})")


def _notes(place: Workplace, one: Taken) -> list[str]:
    notes = [say_note(note, place.messages) for note in one.notes]
    return notes + ([place.messages.say(one.why_silent)] if one.why_silent else [])


def _counts(place: Workplace, taken: Sequence[Taken], sounds: Sounds) -> str:
    say, heard = place.messages.say, sum(one.has_sound for one in taken)
    counts = say("{new} new, {known} there already, {bad} could not be read", **_numbers(taken))
    if erased := sum(bool(one.erased) for one in taken):
        told = place.messages.count(
            "{n} was erased and is not taken again (--even-erased takes it)",
            "{n} were erased and are not taken again (--even-erased takes them)",
            erased,
        )
        counts = say("{one}; {other}", one=counts, other=told)
    if heard or sounds.are_asked_for:
        counts = say("{counts}; {heard} with sound", counts=counts, heard=heard)
    return counts


def _numbers(taken: Sequence[Taken]) -> dict[str, int]:
    new, bad = sum(one.is_new for one in taken), sum(bool(one.problem) for one in taken)
    there = sum(one.call is not None for one in taken)
    return {"new": new, "known": there - new, "bad": bad}


def _as_json(place: Workplace, taken: Sequence[Taken]) -> dict[str, object]:
    numbers = _numbers(taken)
    rows = [
        {
            "file": one.file,
            "call": one.call,
            "new": one.is_new,
            "has_sound": one.has_sound,
            "notes": _notes(place, one),
            "error": one.problem or None,
            "erased": one.erased or None,
        }
        for one in taken
    ]
    return {
        "new": numbers["new"],
        "known": numbers["known"],
        "unreadable": numbers["bad"],
        "calls": rows,
    }
