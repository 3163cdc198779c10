"""Reads what an ONNX file says of itself, without the library that would run it.

The file is one protobuf message, `ModelProto` (onnx: onnx/onnx.proto): its graph, which is nearly
all of it, is passed over, and pairs of strings tell what the model is.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

_GRAPH, _PAIR = 7, 14
"""Fields of a model."""
_KEY, _VALUE = 1, 2
"""Fields of a pair."""
_LONGEST = 1 << 20
"""Bytes of a pair; those of published models have fewer than a thousand."""
_BYTES = 2
"""How a field is written that holds others, or a string."""
_SIZES = {1: 8, 5: 4}
"""Bytes of a field, by how it is written."""


class NoOnnx(Exception):
    """The file is no ONNX model, or not all of it is there."""


def metadata_of(file: Path) -> Mapping[str, str]:
    """Return the pairs of strings that a model carries. Raises `NoOnnx`, and `OSError`."""
    pairs: dict[str, str] = {}
    has_graph = False
    size = file.stat().st_size
    with file.open("rb") as stream:
        for field, length in _fields(stream, size):
            has_graph |= field == _GRAPH
            if field == _PAIR and length <= _LONGEST:
                held = stream.read(length)
                pair = {name: held[begin : begin + count] for name, begin, count in _placed(held)}
                pairs[_text(pair.get(_KEY, b""))] = _text(pair.get(_VALUE, b""))
    if not has_graph:
        raise NoOnnx("there is no graph")
    return pairs


def _placed(held: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield each field in some bytes, where it begins and how long it is."""
    stream = BytesIO(held)
    for field, length in _fields(stream, len(held)):
        yield field, stream.tell(), length


def _fields(stream: BinaryIO, end: int) -> Iterator[tuple[int, int]]:
    """Yield the number and the length of each field that holds bytes; the stream stands there."""
    while stream.tell() < end:
        tag = _number(stream)
        kind, begin = tag & 7, stream.tell()
        if kind == 0:
            _number(stream)
            continue
        length = _number(stream) if kind == _BYTES else _SIZES.get(kind, end)
        begin = stream.tell()
        if begin + length > end:
            raise NoOnnx("it is cut short, or no model at all")
        if kind == _BYTES:
            yield tag >> 3, length
        stream.seek(begin + length)


def _number(stream: BinaryIO) -> int:
    """Read a number of seven bits a byte, the lowest first."""
    value = 0
    for shift in range(0, 64, 7):
        byte = stream.read(1)
        if not byte:
            raise NoOnnx("it is cut short")
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
    raise NoOnnx("it is no model at all")


def _text(held: bytes) -> str:
    return held.decode("utf-8", "replace")
