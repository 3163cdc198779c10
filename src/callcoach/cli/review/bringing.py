"""Brings transcripts into the journal as calls, each judged as any call is."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath

from msgspec.structs import replace

from callcoach import __version__
from callcoach.archive.erased import ErasedCalls
from callcoach.archive.ids import CallId, is_call_id, new_call_id
from callcoach.archive.imports import OwnName, import_call, imported, name_call
from callcoach.archive.journal import Journal
from callcoach.archive.transcripts import Found, Note, Transcript, find_calls
from callcoach.archive.transcripts.find import How
from callcoach.archive.transcripts.started import read_started
from callcoach.call.events import Event
from callcoach.call.playback import Playback
from callcoach.call.replay import beats, is_agent_known, swap_roles, unjudged
from callcoach.call.session import Session
from callcoach.cli.coaches import shelf_of
from callcoach.cli.replay import spoken_language
from callcoach.cli.review.sounds import Sounds, attach, has_kept, said
from callcoach.cli.review.swapping import stored_coach, swapped
from callcoach.cli.shelf import Shelf
from callcoach.cli.workplace import Workplace
from callcoach.errors import AudioError, NotFound, StorageError, Told, TranscriptError
from callcoach.reports.kept import keep_figures
from callcoach.review.rejudge import IMPORTED, REPLAYED, is_untimed, judge_again
from callcoach.script.load import PackFiles

_AT_ONCE = 100
"""So many calls are counted at a time."""
_PART = re.compile(r"(?:#.*|:\d+)+$", re.DOTALL)
"""What tells, after the name of a file, which of its calls it is."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one transcript."""

    file: str
    call: CallId | None = None
    is_new: bool = False
    notes: tuple[Note, ...] = ()
    problem: str = ""
    has_sound: bool = False
    why_silent: Told | None = None
    """Why it has no sound, where that is worth a word."""
    erased: str = ""
    """The day on which its call was erased, for which it is not taken; else empty."""


def bring(
    place: Workplace,
    paths: tuple[str, ...],
    how: How,
    agent: str,
    sounds: Sounds,
    *,
    even_erased: bool = False,
) -> Iterator[Taken]:
    """Take each transcript into the journal, and yield what became of it.

    `agent` is whose calls they are where no file says. Nobody's name is taken from the words of a
    call: a wrong name in the report on somebody is worse than none. Raises `StorageError`.
    """
    path = place.journal_path
    known = dict(imported(path))
    gone = _erased(path)
    erased = {} if even_erased else gone
    fresh: list[CallId] = []
    shelf = shelf_of(place)
    for found in find_calls(paths, how):
        try:
            transcript = found.read()
        except TranscriptError as error:
            yield Taken(found.id, problem=place.messages.tell(error))
            continue
        digest, own = _digest(transcript), own_name(found, transcript)
        id = _own_id(transcript)
        if day := erased.get(digest) or erased.get(id):
            yield Taken(found.id, erased=day)
            continue
        call, is_new = known.get(digest) or _at_home(path, id), False
        if call is None and how.swap and (straight := known.get(_straight(transcript))):
            call = known[digest] = swapped(place, straight, stored_coach(place))
        if call is None:
            made, events, shelved = _judged(place, shelf, found, transcript, digest, agent)
            if id and id not in gone:
                made = CallId(id)
            call = import_call(path, made, events, shelved, digest, own)
            known[digest], is_new = call, call == made
            fresh.append(call)
        else:
            name_call(path, call, own)
        why = _give_sound(path, call, found, transcript, own, sounds)
        yield Taken(found.id, call, is_new, transcript.notes, "", has_kept(path, call), why)
        if len(fresh) >= _AT_ONCE:
            _count(place, shelf, fresh)
    _count(place, shelf, fresh)


def _erased(path: Path) -> Mapping[str, str]:
    """Return the calls that were erased, by their content and by their ids, each with the day."""
    if not path.exists():
        return {}
    with ErasedCalls(path) as erased:
        return {**erased.contents(), **{call.id: call.day for call in erased.all()}}


def _own_id(transcript: Transcript) -> str:
    """Return the id that a call has in the journal it was exported from; empty for any other."""
    id = transcript.attributes.get("id", "")
    return id if transcript.record and is_call_id(id) else ""


def _at_home(path: Path, id: str) -> CallId | None:
    """Return the id of an exported call where this journal has the call itself."""
    if not id or not path.exists():
        return None
    with Journal(path) as journal, suppress(NotFound):
        return journal.find(id).id
    return None


def _count(place: Workplace, shelf: Shelf, calls: list[CallId]) -> None:
    """Keep what calls come to in figures, and forget them."""
    script = shelf.at_hand(place.settings.text("pack"))
    if script is not None:
        keep_figures(place.journal_path, calls, script)
    calls.clear()


def _judged(
    place: Workplace, shelf: Shelf, found: Found, transcript: Transcript, digest: str, agent: str
) -> tuple[CallId, list[Event], tuple[PackFiles, ...]]:
    """Return a new id for a call, its events, and the files of the pack that judged it."""
    record = transcript.record
    coach, loaded = shelf.coach(
        place.library,
        place.settings.text("pack"),
        place.language,
        not is_untimed(record) if record else transcript.is_timed,
    )
    if record:
        _, again = judge_again(coach, record)
        return new_call_id(), list(again), loaded.sources
    began = _started(found, transcript)
    started = coach.started(
        coach.script.language(spoken_language(transcript.rows)),
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
    return new_call_id(max(int(began.timestamp() * 1000), 0)), events, loaded.sources


def _give_sound(
    journal: Path, call: CallId, found: Found, transcript: Transcript, own: OwnName, sounds: Sounds
) -> Told | None:
    """Let a call have its recording, where there is one; return why not where that is odd."""
    told = transcript.attributes.get("recording", "")
    if not (told or sounds.are_asked_for) or has_kept(journal, call):
        return None
    stem = PureWindowsPath(own.file).stem
    try:
        sound = sounds.find(told, (own.name, stem), _file(found).parent)
        if sound is not None:
            attach(journal, call, sound)
            return None
    except (AudioError, StorageError) as error:
        return said(error)
    return Told("No recording of it was found.") if sounds.are_asked_for else None


def own_name(found: Found, transcript: Transcript) -> OwnName:
    """Return what a call is called where it comes from: its id, else its file."""
    inner = PureWindowsPath(found.id.rpartition("!")[2]).name
    file = _PART.sub("", inner)
    is_whole = isinstance(found.content, Path) or inner == file
    return OwnName(
        transcript.attributes.get("id") or (PureWindowsPath(file).stem if is_whole else inner), file
    )


def _file(found: Found) -> Path:
    """Return the file in which a call stands."""
    if isinstance(found.content, Path):
        return found.content
    return Path(_PART.sub("", found.id.partition("!")[0]))


def _digest(transcript: Transcript) -> str:
    """Return what names a call by its content, wherever its file is."""
    names = ("id", "agent", "customer", "started")
    told = [transcript.attributes.get(name, "") for name in names]
    rows = [(row.speaker.value, row.text, row.start, row.end) for row in transcript.rows]
    text = json.dumps([told, rows, transcript.is_timed], ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _straight(transcript: Transcript) -> str:
    """Return what names a swapped call as it is without being swapped."""
    return _digest(replace_fields(transcript, rows=swap_roles(transcript.rows)))


def _started(found: Found, transcript: Transcript) -> datetime:
    """Return when a call began, by the clock of this machine where it says no zone.

    Where the transcript does not tell, its file's time stands for it, else now.
    """
    told = read_started(transcript.attributes.get("started", ""))
    if told is not None:
        return told if told.tzinfo else told.astimezone()
    try:
        stamp = _file(found).stat().st_mtime
    except (OSError, ValueError):
        return datetime.now().astimezone()
    return datetime.fromtimestamp(stamp, UTC).astimezone()
