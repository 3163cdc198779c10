"""callcoach review import: takes transcripts into the journal, each judged as any call is."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
from msgspec.structs import replace

from callcoach import __version__
from callcoach.archive.ids import CallId, new_call_id, short
from callcoach.archive.imports import import_call, imported
from callcoach.archive.phrases import PhraseFiles
from callcoach.archive.transcripts import Found, Transcript, find_calls, say_note
from callcoach.archive.transcripts.find import How
from callcoach.call.events import Event
from callcoach.call.playback import Playback
from callcoach.call.replay import beats, is_agent_known, unjudged
from callcoach.call.session import Session
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.cues.learned import learned_judges
from callcoach.cli.group import Command
from callcoach.cli.replay import spoken_language
from callcoach.cli.shelf import Shelf
from callcoach.cli.transcript_options import transcript_options
from callcoach.cli.workplace import Workplace
from callcoach.errors import TranscriptError
from callcoach.locale import mark
from callcoach.review.rejudge import IMPORTED, REPLAYED
from callcoach.words.display import display


@dataclass(frozen=True, slots=True)
class _Taken:
    """What became of one transcript."""

    file: str
    call: CallId | None = None
    is_new: bool = False
    notes: tuple[str, ...] = ()
    problem: str = ""


@click.command(
    "import",
    cls=Command,
    help=mark(
        "Judge transcripts with a pack and keep them in the journal as calls: files, folders,"
        " patterns, zips, tables. A transcript that is there already is not taken twice, wherever"
        " its file is. What cannot be read stops nothing: it is told, and the exit code is 1."
    ),
    epilog="""
callcoach review import calls/ --pack overdue
callcoach review import november.zip november.jsonl --pack overdue --json
""",
)
@click.argument(
    "paths", nargs=-1, required=True, help=mark("Files, folders or patterns of transcripts.")
)
@transcript_options
@click.option(
    "--agent-name",
    "agent",
    default="",
    metavar="NAME",
    help=mark("Whose calls, where no file says."),
)
@json_option
@click.pass_obj
def import_calls(
    place: Workplace, paths: tuple[str, ...], agent: str, as_json: bool, how: How
) -> int:
    """Import transcripts; return the exit code."""
    taken: list[_Taken] = []
    for one in _import(place, paths, how, agent):
        taken.append(one)
        if as_json:
            continue
        if one.call is None:
            click.echo(display(f"! {one.problem}"), err=True)
            continue
        there = "" if one.is_new else f" ({place.messages.say('there already')})"
        click.echo(display(f"{short(one.call)}  {one.file}{there}"))
        for note in one.notes:
            click.echo(display(f"          ({note})"))
    new = sum(one.is_new for one in taken)
    bad = sum(one.call is None for one in taken)
    if as_json:
        rows = [
            {
                "file": one.file,
                "call": one.call,
                "new": one.is_new,
                "notes": list(one.notes),
                "error": one.problem or None,
            }
            for one in taken
        ]
        known = len(taken) - new - bad
        print_json({"new": new, "known": known, "unreadable": bad, "calls": rows})
    else:
        counts = place.messages.say(
            "{new} new, {known} there already, {bad} could not be read",
            new=new,
            known=len(taken) - new - bad,
            bad=bad,
        )
        click.echo(counts, err=True)
    return TranscriptError.exit_code if bad else 0


def _import(place: Workplace, paths: tuple[str, ...], how: How, agent: str) -> Iterator[_Taken]:
    known = dict(imported(place.journal_path))
    store = PhraseFiles(place.cache_folder / "phrases")
    shelf = Shelf(partial(learned_judges, place), store)
    for found in find_calls(paths, how):
        try:
            transcript = found.read()
        except TranscriptError as error:
            yield _Taken(found.id, problem=place.messages.tell(error))
            continue
        digest = _digest(transcript)
        notes = tuple(say_note(note, place.messages) for note in transcript.notes)
        if digest in known:
            yield _Taken(found.id, known[digest], notes=notes)
            continue
        coach, loaded = shelf.coach(
            place.library, place.settings.text("pack"), place.language, transcript.is_timed
        )
        language = spoken_language(transcript.rows)
        languages = coach.script.languages
        began = _started(found, transcript)
        started = coach.started(
            language if language in languages else languages[0],
            started=began.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            day=began.date().isoformat(),
            seed=int(digest[:8], 16),
            mode=REPLAYED,
            agent=transcript.attributes.get("agent", "") or agent,
            program=__version__,
        )
        session, opening = Session.start(coach, started)
        if not is_agent_known(transcript.rows):
            session = unjudged(session, (started, *opening[1:]))
        source = beats(session, transcript.rows, True, transcript.is_timed, transcript.seconds)
        events: list[Event] = [replace(started, mode=IMPORTED), *opening[1:]]
        events += Playback(session.feed, source)
        made = new_call_id(max(int(began.timestamp() * 1000), 0))
        call = import_call(place.journal_path, made, events, loaded.sources, digest)
        known[digest] = call
        yield _Taken(found.id, call, call == made, notes)


def _digest(transcript: Transcript) -> str:
    """Return what names a call by its content, wherever its file is."""
    names = ("id", "agent", "customer", "started")
    told = [transcript.attributes.get(name, "") for name in names]
    rows = [(row.speaker.value, row.text, row.start, row.end) for row in transcript.rows]
    text = json.dumps([told, rows, transcript.is_timed], ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _started(found: Found, transcript: Transcript) -> datetime:
    """Return when a call began, by the clock of this machine where it says no zone.

    Where the transcript does not tell, its file's time stands for it, else now.
    """
    try:
        told = datetime.fromisoformat(transcript.attributes.get("started", ""))
        return told if told.tzinfo else told.astimezone()
    except (ValueError, OverflowError, OSError):
        pass
    file = found.content if isinstance(found.content, Path) else None
    try:
        stamp = file.stat().st_mtime if file is not None else None
    except OSError:
        stamp = None
    now = datetime.now().astimezone()
    return now if stamp is None else datetime.fromtimestamp(stamp).astimezone()
