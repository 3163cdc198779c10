"""Downloads a file; what was cut short goes on where it stopped, also days later."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from callcoach.errors import ModelError
from callcoach.hearing.models.connection import Answer, Cut, ask
from callcoach.hearing.models.folder import UnfitModel
from callcoach.hearing.models.outside import Outside, Stage, require_room, told_of_disk

TRIES = 4
"""So many connections in a row may bring nothing new before it is given up."""
UNPACKED = 2
"""How many times larger than its zip a model may be; the published ones are up to 1.7 times."""
_LONGEST_PAUSE = 30.0
_BLOCK = 1 << 18
_ROOM_EVERY = 16_000_000
"""Bytes after which the disk is asked again how much is free."""


class _Begun(msgspec.Struct, frozen=True):
    """What is known of a file that is there in part."""

    address: str
    validator: str
    total: int | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file to download."""

    address: str
    part: Path
    """Where it is written; beside it stands what is known of it."""
    size: int | None = None
    """Bytes, where that is known for certain."""
    has_digest: bool = False
    """Whoever asks compares a digest, so that nothing wrong can be put together unnoticed."""

    @property
    def note(self) -> Path:
        """Return the file in which stands what is known of the part."""
        return self.part.with_name(f"{self.part.name}.json")

    def forget(self) -> None:
        """Delete what was downloaded."""
        self.part.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)


def download(parcel: Parcel, outside: Outside) -> Path:
    """Return the file once it is there whole.

    Raises `ModelError`; what was downloaded till then is kept, unless it is of no use.
    """
    most, idle = _start(parcel), 0
    while True:
        try:
            _go_on(parcel, outside)
        except Cut as cut:
            if cut.is_stale:
                parcel.forget()
            reached = _start(parcel)
            idle = 0 if reached > most else idle + 1
            most = max(most, reached)
            if idle >= TRIES:
                raise ModelError(
                    "{address} cannot be downloaded: {why}",
                    "try again later, it goes on from {reached} MB; or download it elsewhere and"
                    " name the file: callcoach model install FILE.zip",
                    address=parcel.address,
                    why=cut.why,
                    reached=reached // 1_000_000,
                ) from cut
            outside.pause(min(2.0**idle, _LONGEST_PAUSE))
        else:
            return parcel.part


def _start(parcel: Parcel) -> int:
    """Return how many bytes are there that can be gone on from."""
    return parcel.part.stat().st_size if _begun(parcel) and parcel.part.exists() else 0


def _go_on(parcel: Parcel, outside: Outside) -> None:
    """Ask once for what is not there yet, and write it. Raises `Cut` where some is missing yet."""
    begun, start = _begun(parcel), _start(parcel)
    if begun and start and start == begun.total:
        return
    validator = begun.validator if begun else ""
    with ask(parcel.address, outside.patience, start, validator) as answer:
        is_rest = bool(answer.start)
        if is_rest and (answer.start != start or not begun or not _is_same(begun, answer)):
            raise Cut("the file was changed on the server", is_stale=True)
        if parcel.size and answer.total and parcel.size != answer.total:
            raise UnfitModel(
                "{address} is another file than it was: {total} bytes, not {size}",
                "it may have been replaced: name the SHA-256 that you trust, with --sha256",
                address=parcel.address,
                total=answer.total,
                size=parcel.size,
            )
        with told_of_disk(parcel.part.parent):
            _write(parcel, answer, outside)


def _begun(parcel: Parcel) -> _Begun | None:
    """Return what is known of the part; None where there is none that can be gone on with."""
    try:
        begun = msgspec.json.decode(parcel.note.read_bytes(), type=_Begun)
    except (FileNotFoundError, msgspec.DecodeError):
        return None
    can_go_on = begun.validator or (parcel.has_digest and begun.total is not None)
    return begun if begun.address == parcel.address and can_go_on else None


def _is_same(begun: _Begun, answer: Answer) -> bool:
    """Tell whether the rest that a server offers belongs to what is there."""
    return begun.total in (None, answer.total) and answer.validator in ("", begun.validator)


def _write(parcel: Parcel, answer: Answer, outside: Outside) -> None:
    """Write an answer to its place. Raises `Cut` where it ends too early."""
    at, total = answer.start, answer.total or parcel.size
    if total:
        require_room(parcel.part.parent, total - at + UNPACKED * total, outside)
    with parcel.part.open("r+b" if at else "wb") as target:
        if not at:
            # After the old part is gone: a note must never stand beside another file's bytes.
            note = _Begun(parcel.address, answer.validator, answer.total)
            parcel.note.write_bytes(msgspec.json.encode(note))
        target.seek(at)
        try:
            at = _copy(parcel, answer, target, at, total, outside)
        finally:
            target.flush()
            os.fsync(target.fileno())
    if answer.total is not None and at != answer.total:
        raise Cut(f"{at} of {answer.total} bytes")


def _copy(
    parcel: Parcel, answer: Answer, target: BinaryIO, at: int, total: int | None, outside: Outside
) -> int:
    """Write what the server sends behind what is there; return where it ends."""
    look = at + _ROOM_EVERY
    outside.tell(Stage.DOWNLOAD, at, total)
    while block := answer.read(_BLOCK):
        target.write(block)
        at += len(block)
        outside.tell(Stage.DOWNLOAD, at, total)
        if at >= look:
            require_room(parcel.part.parent, 0, outside)
            look = at + _ROOM_EVERY
    return at
