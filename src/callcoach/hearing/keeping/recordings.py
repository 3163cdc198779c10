"""Kept audio: a folder for each call beside the journal; found, checked, deleted and let expire.

Nothing of a call's sound is kept unless the user asks for it. The folder's name is the call's id,
which also tells when the call began. In it is a folder for each take, numbered from 1: an ear that
listened. There is one, unless the devices were changed or an interrupted call went on.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from callcoach.errors import NotFound, StorageError, Told, UsageError, suggest
from callcoach.hearing.keeping.kept import RECORD, Kept, read_record, refused
from callcoach.hearing.models.digests import digest_of
from callcoach.locale import mark

_LONGEST = 36_500
"""The most days that sound can be kept; 0 for ever."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AFTER_TIME = 80
"""Bits of an id after the milliseconds since 1970."""
_END_OF_TIME = 253_402_300_800_000
"""The first millisecond of the year 10000, which no date of Python's can be."""
_NEAR = 5
"""So many calls are named where one is not found."""


@dataclass(frozen=True, slots=True)
class Take:
    """What one ear has kept."""

    folder: Path
    kept: Kept | None
    """None where the record cannot be read."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A call of which there is sound."""

    call: str
    """Its id."""
    started: datetime
    """When the call began, in UTC."""
    folder: Path
    size: int
    """Bytes of everything in the folder."""
    takes: tuple[Take, ...]
    """In order."""

    @property
    def seconds(self) -> float:
        """Return how much sound there is, of the voice of which there is most."""
        return sum(take.kept.seconds for take in self.takes if take.kept)

    @property
    def is_readable(self) -> bool:
        """Tell whether every record can be read."""
        return all(take.kept for take in self.takes)

    @property
    def is_closed(self) -> bool:
        """Tell whether all of it is bound to the call: none of it broke off or still goes on."""
        return all(take.kept and take.kept.closed for take in self.takes)

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether only its place is known: the file is somebody else's, and is let alone."""
        stretches = [it for take in self.takes if take.kept for it in take.kept.stretches]
        return bool(stretches) and all(it.path for it in stretches)


class Wrong(StrEnum):
    """What can be wrong with a kept file, in the catalogue of the interface."""

    MISSING = mark("is missing")
    CHANGED = mark("was changed")
    STRANGE = mark("is in no record")
    UNREADABLE = mark("cannot be read")


@dataclass(frozen=True, slots=True)
class Fault:
    """A file that is not as it was written."""

    file: str
    """Its path in the call's folder, with `/`; the whole path of one that lies elsewhere."""
    what: Wrong


def recordings_folder(journal: Path) -> Path:
    """Return where the sound of a journal's calls is kept; it need not be there."""
    return journal.parent / "recordings"


def folder_for(root: Path, call: str) -> Path:
    """Return a new folder for the sound of an ear, for its owner alone; raises `StorageError`."""
    started(call)
    folder = root / call
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        for place in (root, folder):
            place.mkdir(mode=0o700, exist_ok=True)
        take = folder / str(max(map(int, _takes(folder)), default=0) + 1)
        take.mkdir(mode=0o700)
    except OSError as error:
        raise refused(folder, error) from error
    return take


def _takes(folder: Path) -> Iterator[str]:
    """Yield the names of the takes of a call."""
    for it in folder.iterdir():
        if it.name.isascii() and it.name.isdecimal() and it.is_dir() and not it.is_symlink():
            yield it.name


def find_recorded(root: Path) -> tuple[Recorded, ...]:
    """Return the calls of which there is sound, newest first; what else lies there is passed over.

    Raises `StorageError` where the folder cannot be read.
    """
    try:
        return tuple(found for it in _folders(root) if (found := _recorded(it)).size)
    except OSError as error:
        raise refused(root, error) from error


def recorded_of(root: Path, call: str) -> Recorded | None:
    """Return the sound of one call; None where there is none. Raises `StorageError`."""
    folder = root / call
    try:
        if not is_call(call) or not folder.is_dir() or folder.is_symlink():
            return None
        found = _recorded(folder)
    except OSError as error:
        raise refused(folder, error) from error
    return found if found.size else None


def _folders(root: Path) -> list[Path]:
    """Return the folders of calls, newest first; those of calls that nobody heard are empty."""
    places = sorted(root.iterdir(), reverse=True) if root.is_dir() else []
    return [it for it in places if is_call(it.name) and it.is_dir() and not it.is_symlink()]


def _recorded(folder: Path) -> Recorded:
    size = sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir())
    takes = [folder / name for name in sorted(_takes(folder), key=int)]
    heard = tuple(_take(it) for it in takes if any(it.iterdir()))
    return Recorded(folder.name, started(folder.name), folder, size, heard)


def _take(folder: Path) -> Take:
    try:
        return Take(folder, read_record(folder))
    except StorageError:
        return Take(folder, None)


def find_call(found: tuple[Recorded, ...], wanted: str) -> Recorded:
    """Return the call that `wanted` names: `last`, or an id, its beginning or its end.

    Raises `StorageError` where there is none, or more than one.
    """
    word = wanted.lower()
    matching = tuple(it for it in found if it.call.startswith(word) or it.call.endswith(word))
    if word == "last":
        matching = found[:1]
    if not word or not matching:
        latest = [it.call[-8:] for it in found[:_NEAR]]
        advice = suggest(word, latest) if latest else Told("callcoach recordings list shows them")
        raise NotFound("no audio is kept of a call “{wanted}”", advice, wanted=wanted)
    if len(matching) > 1:
        raise NotFound("“{wanted}” names more than one call", "write more of the id", wanted=wanted)
    return matching[0]


def verify(recorded: Recorded) -> tuple[Fault, ...]:
    """Return what is wrong with what is kept of a call.

    A file without a digest, of a take that broke off, is only looked for.
    """
    faults: list[tuple[Path, Wrong]] = []
    known: set[Path] = set()
    for take in recorded.takes:
        record = take.folder / RECORD
        known |= {take.folder, record}
        if take.kept is None:
            faults.append((record, Wrong.UNREADABLE))
            known |= set(take.folder.iterdir())
            continue
        for stretch in take.kept.stretches:
            file = stretch.place(take.folder)
            known.add(file)
            if wrong := wrong_with(file, stretch.sha256):
                faults.append((file, wrong))
    strange = set(recorded.folder.rglob("*")) - known
    faults += [(file, Wrong.STRANGE) for file in sorted(strange) if not file.is_dir()]
    return tuple(Fault(_told(it, recorded.folder), what) for it, what in faults)


def _told(file: Path, folder: Path) -> str:
    is_inside = file.is_relative_to(folder)
    return file.relative_to(folder).as_posix() if is_inside else str(file)


def wrong_with(file: Path, sha256: str) -> Wrong | None:
    """Return what is wrong with a file of which a digest is known, or none was made."""
    try:
        digest = digest_of(file).sha256 if sha256 else ""
        file.stat()
    except FileNotFoundError:
        return Wrong.MISSING
    except OSError:
        return Wrong.UNREADABLE
    return Wrong.CHANGED if digest != sha256 else None


def delete(recorded: Recorded) -> None:
    """Delete what is kept of a call. Raises `StorageError`; some of it may be gone then.

    Links are deleted, not followed. A folder that is none of ours stays, with its own.
    """
    folder = recorded.folder
    try:
        for place in (*(folder / name for name in _takes(folder)), folder):
            for file in place.iterdir():
                if file.is_symlink() or not file.is_dir():
                    file.unlink(missing_ok=True)
            place.rmdir()
    except OSError as error:
        raise refused(folder, error) from error


def prune(root: Path, days: int, now: datetime, held: Collection[str] = ()) -> tuple[Recorded, ...]:
    """Delete the sound of calls that began more than `days` ago, and return them; 0 keeps all.

    That of calls that are `held` stays. What lies elsewhere is not kept here: how long it is kept
    is decided where it lies. Raises `StorageError` where some could not be deleted; all others are
    gone then.
    """
    if not days:
        return ()
    limit = now - timedelta(days=days)
    try:
        old = [_recorded(it) for it in _folders(root) if started(it.name) < limit]
    except OSError as error:
        raise refused(root, error) from error
    gone, failed = [], None
    for recorded in old:
        if recorded.is_elsewhere or recorded.call in held:
            continue
        try:
            delete(recorded)
        except StorageError as error:
            failed = error
        else:
            gone.append(recorded)
    if failed is not None:
        raise failed
    return tuple(it for it in gone if it.size)


def days_of(text: str, where: str = "keep_audio_days") -> int:
    """Return the days that a setting names. Raises `UsageError` for what is no number of days."""
    if text.isascii() and text.isdecimal() and int(text) <= _LONGEST:
        return int(text)
    raise UsageError(
        "{where} cannot be “{given}”",
        "it takes a number of days; 0 keeps audio until you delete it",
        where=where,
        given=text,
    )


def is_call(name: str) -> bool:
    """Tell whether a name is the id of a call, a UUID of version 7."""
    try:
        id = UUID(name)
    except ValueError:
        return False
    return id.version == 7 and str(id) == name and id.int >> _AFTER_TIME < _END_OF_TIME


def started(call: str) -> datetime:
    """Return when a call began: its id says so (RFC 9562). Raises `StorageError` for another."""
    if not is_call(call):
        raise StorageError(
            "“{call}” is no id of a call", "callcoach recordings list shows them", call=call
        )
    return _EPOCH + timedelta(milliseconds=UUID(call).int >> _AFTER_TIME)
