"""Compiled phrases as bytes, and the store that keeps them from one start to the next."""

import hashlib
import sys
from collections.abc import Iterable
from typing import Final, Protocol, Self

import msgspec

from callcoach import __version__
from callcoach.words.engine.program import FORMAT, Pattern, Program, Spellings

_DIGEST_SIZE: Final = 32


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
    written: Spellings | None = None
    """For the wheel: all literals; None where they were not written out."""

    def to_bytes(self) -> bytes:
        """Return a form that `from_bytes` reads: a checksum, then MessagePack."""
        data = _ENCODER.encode(self)
        return hashlib.sha256(data).digest() + data

    @classmethod
    def from_bytes(cls, data: bytes, digest: str) -> Self | None:
        """Return what `to_bytes` wrote; None for other bytes, damaged ones and another digest."""
        body = memoryview(data)[_DIGEST_SIZE:]
        if hashlib.sha256(body).digest() != data[:_DIGEST_SIZE]:
            return None
        try:
            found = msgspec.msgpack.decode(body, type=cls)
        except msgspec.DecodeError:
            return None
        return found if found.digest == digest else None


_ENCODER: Final = msgspec.msgpack.Encoder()


def digest_of(patterns: Iterable[Pattern]) -> str:
    """Return what tells these patterns, compiled by this code, from all others."""
    named = (FORMAT, sys.byteorder, __version__, tuple(patterns))
    return hashlib.sha256(_ENCODER.encode(named)).hexdigest()
