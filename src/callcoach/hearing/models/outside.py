"""What an installation asks of the machine it runs on; a test gives other answers."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from errno import EDQUOT, ENOSPC
from pathlib import Path

from callcoach.errors import ModelError

RESERVE = 100_000_000
"""Bytes that stay free on the disk, so that the journal can go on."""


class Stage(StrEnum):
    """What an installation is doing."""

    DOWNLOAD = "download"
    CHECK = "check"
    UNPACK = "unpack"


Tell = Callable[[Stage, int, int | None], None]
"""Told of every step: what is done, and bytes so far of how many; None where nobody knows."""


def free_bytes(folder: Path) -> int:
    """Return how much may still be written beneath a folder, which may not be there yet."""
    there = next(it for it in (folder, *folder.absolute().parents) if it.exists())
    return shutil.disk_usage(there).free


def _now() -> datetime:
    return datetime.now(UTC)


def _tell_nobody(stage: Stage, done: int, total: int | None) -> None:
    """Let nobody watch."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The machine: its disk, its clock, and who watches."""

    free: Callable[[Path], int] = free_bytes
    pause: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _now
    tell: Tell = _tell_nobody
    patience: float = 30.0
    """Seconds that a server may be silent."""


def require_room(folder: Path, wanted: int, outside: Outside) -> None:
    """Raise `ModelError` where `wanted` bytes more would not leave the reserve free."""
    free = outside.free(folder)
    if free < wanted + RESERVE:
        raise ModelError(
            "there is too little room in {folder}: {wanted} MB are needed, {free} MB are free",
            "free some space, or name another folder: callcoach config set models PATH",
            folder=folder,
            wanted=-(-(wanted + RESERVE) // 1_000_000),
            free=free // 1_000_000,
        )


@contextmanager
def told_of_disk(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into a `ModelError`."""
    try:
        yield
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise ModelError(
                "the disk of {folder} is full",
                "free some space, or name another folder: callcoach config set models PATH",
                folder=folder,
            ) from error
        raise ModelError(
            "{file} cannot be read or written: {why}",
            "check the rights of the file and its folder",
            file=error.filename or folder,
            why=error.strerror or type(error).__name__,
        ) from error
