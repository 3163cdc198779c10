"""Compiled phrases as bytes, and the store that keeps them from one start to the next."""

import hashlib
import sys
from collections.abc import Iterable
from typing import Final, Protocol, TypeVar
from zlib import crc32

import msgspec

from callcoach import __version__
from callcoach.words.engine.program import FORMAT, Pattern, Program

_CHECKSUM_SIZE: Final = 4


class Store(Protocol):
    """Keeps bytes by digest; may forget them whenever it likes, and need not check them."""

    def get(self, digest: str) -> bytes | None:
        """Return what was put under `digest`; None where there is nothing."""

    def put(self, digest: str, data: bytes) -> None:
        """Keep `data` for later; a store that cannot keeps silent."""


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """All that a matcher is made of but what it makes while it runs."""

    digest: str
    """That of the patterns and of the code that compiled them."""
    program: Program
    """Kept without the patterns, which are known to whoever asks for it."""


_Kind = TypeVar("_Kind", bound=msgspec.Struct)
_ENCODER: Final = msgspec.msgpack.Encoder()


def write(compiled: msgspec.Struct) -> bytes:
    """Return a form that `read` reads: a checksum, then MessagePack."""
    data = _ENCODER.encode(compiled)
    return _checksum(data) + data


def read(data: bytes, kind: type[_Kind]) -> _Kind | None:
    """Return what `write` wrote; None for other bytes and damaged ones."""
    body = memoryview(data)[_CHECKSUM_SIZE:]
    if _checksum(body) != data[:_CHECKSUM_SIZE]:
        return None
    try:
        return msgspec.msgpack.decode(body, type=kind)
    except msgspec.DecodeError:
        return None


def _checksum(data: "bytes | memoryview[int]") -> bytes:
    """Return what tells damage, not malice; of megabytes it takes a tenth of what SHA-256 does."""
    return crc32(data).to_bytes(_CHECKSUM_SIZE, "little")


def digest_of(phrases: Iterable[Pattern | str]) -> str:
    """Return what tells these phrases, compiled by this code, from all others."""
    named = (FORMAT, sys.byteorder, __version__, tuple(phrases))
    return hashlib.sha256(_ENCODER.encode(named)).hexdigest()
