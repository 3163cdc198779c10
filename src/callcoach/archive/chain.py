"""The chain of hashes: every stored event carries the hash of the one before it."""

import hashlib
from dataclasses import dataclass

GENESIS = b"\x00" * 32
"""What the first event of a call has as the hash before it."""


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it is stored."""

    seq: int
    kind: str
    version: int
    at: float
    """Seconds since the call began."""
    wall: str
    """The instant at which it was stored, in UTC, ISO 8601."""
    body: bytes
    """JSON; see `call.events`."""
    hash: bytes = b""


def link(previous: bytes, call: str, event: StoredEvent) -> bytes:
    """Return the SHA-256 of an event together with the hash of the one before it."""
    at = event.at + 0.0  # SQLite stores -0.0 as 0.0
    head = f"{call}\n{event.seq}\n{event.kind}\n{event.version}\n{at!r}\n{event.wall}\n"
    return hashlib.sha256(previous + head.encode("utf-8") + event.body).digest()
