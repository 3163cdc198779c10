"""Digests of files, by which damage and a wrong file show."""

import hashlib
from pathlib import Path

import msgspec

from callcoach.hearing.models.outside import Outside, Stage

_BLOCK = 1 << 20


class Digest(msgspec.Struct, frozen=True):
    """What a file is known by."""

    size: int
    sha256: str


def digest_of(file: Path, outside: Outside | None = None) -> Digest:
    """Return a file's size and SHA-256. Raises `OSError` where it cannot be read."""
    found, size = hashlib.sha256(), 0
    total = file.stat().st_size
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            found.update(block)
            size += len(block)
            if outside:
                outside.tell(Stage.CHECK, size, total)
    return Digest(size, found.hexdigest())
