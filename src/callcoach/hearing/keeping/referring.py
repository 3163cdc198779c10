"""Tells a call where its recording lies that somebody else made and keeps; nothing is copied."""

from datetime import UTC, datetime
from pathlib import Path

from callcoach.errors import AudioError
from callcoach.hearing.keeping.kept import ELSEWHERE, Kept, Stretch, refused, write_record
from callcoach.hearing.keeping.recordings import Wrong, folder_for, wrong_with
from callcoach.hearing.models.digests import digest_of
from callcoach.hearing.sound import RATE
from callcoach.locale import mark
from callcoach.script.model import Speaker

_AGAIN = mark("bring it back to where it was; callcoach recordings list shows where")


def has_sound(root: Path, call: str) -> bool:
    """Tell whether there is a record of a call's sound, here or elsewhere."""
    return any((root / call).glob("*/*.json"))


def refer(root: Path, call: str, file: Path, seconds: float, now: datetime) -> None:
    """Let `file` be the sound of a call from its beginning on; its digest is written down.

    `seconds` is how much there is, 0 where nobody knows. Raises `StorageError`.
    """
    try:
        place = file.resolve()
        sha256 = digest_of(place).sha256
    except OSError as error:
        raise refused(file, error) from error
    stretch = Stretch(
        file=place.name,
        channel=0,
        role=Speaker.OTHER,
        start=0.0,
        rate=RATE,
        samples=round(seconds * RATE),
        sha256=sha256,
        path=str(place),
    )
    kept = Kept(
        place.suffix.lower().removeprefix("."),
        (stretch,),
        call=call,
        closed=now.astimezone(UTC).isoformat(timespec="seconds"),
        version=ELSEWHERE,
    )
    folder = folder_for(root, call)
    try:
        write_record(folder, kept)
    except OSError as error:
        raise refused(folder, error) from error


def check_elsewhere(stretch: Stretch) -> None:
    """Raise `AudioError` where a recording elsewhere is gone, or is another one by now."""
    if not stretch.path:
        return
    match wrong_with(Path(stretch.path), stretch.sha256):
        case None:
            return
        case Wrong.MISSING:
            told = mark("the recording of this call is gone: {file}")
        case Wrong.CHANGED:
            told = mark("the recording of this call is another one by now: {file}")
        case _:
            told = mark("the recording of this call cannot be read: {file}")
    raise AudioError(told, _AGAIN, file=stretch.path)
