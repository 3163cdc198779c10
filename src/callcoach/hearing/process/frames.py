"""Messages between two processes: a length in four bytes, then MessagePack."""

import struct
from collections.abc import Callable

MOST = 1 << 20
"""Bytes of the longest message; what claims to be longer is no message."""
_LENGTH = struct.Struct("<I")

Read = Callable[[int], bytes]
"""Returns up to so many bytes, at least one but at the end."""


class BrokenFrame(Exception):
    """What the other process sent is no message."""


def framed(message: bytes) -> bytes:
    """Return a message with its length before it. An empty one is a beat: a sign of life.

    Raises `BrokenFrame` for a message that is too long to be read.
    """
    if len(message) > MOST:
        raise BrokenFrame
    return _LENGTH.pack(len(message)) + message


def read_frame(read: Read) -> bytes | None:
    """Return the next message; None at the end.

    Raises `BrokenFrame` for what is no message or breaks off within one.
    """
    head = _read_exactly(read, _LENGTH.size)
    if not head:
        return None
    (length,) = _LENGTH.unpack(head) if len(head) == _LENGTH.size else (MOST + 1,)
    if length > MOST:
        raise BrokenFrame
    message = _read_exactly(read, length)
    if len(message) < length:
        raise BrokenFrame
    return message


def _read_exactly(read: Read, length: int) -> bytes:
    """Return so many bytes, or fewer where the end comes before."""
    pieces = []
    missing = length
    while missing and (piece := read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
