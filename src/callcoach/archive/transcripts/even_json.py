"""Reads JSON in which every utterance has the same keys; most calls are written so."""

import codecs
from collections.abc import Mapping, Sequence
from functools import lru_cache

import msgspec

from callcoach.archive.transcripts.even import Keys, even_transcript
from callcoach.archive.transcripts.fields import about, first, plan
from callcoach.archive.transcripts.formats import detect_format
from callcoach.archive.transcripts.model import MAX_BYTES, Transcript
from callcoach.archive.transcripts.source import Source
from callcoach.archive.transcripts.structured import NEWEST, ROWS_KEYS, SECONDS_KEYS
from callcoach.archive.transcripts.times import read_seconds
from callcoach.archive.transcripts.walk import Listing

_CAREFUL = frozenset(
    ("IsPartial", "alternatives", "at", "doubts", "is_partial", "result", "words", *NEWEST)
)
"""Keys that tell more than is looked at here, or of another format."""
_FEWEST = 4
"""Keys of an utterance: who, what, from when and until when."""


def even_json(data: bytes, *, swap: bool, line: int = 1) -> Transcript | None:
    """Return the call that stands in UTF-8 JSON; None where it takes care, as `even_transcript`.

    `line` is the one in which it begins.
    """
    if len(data) > MAX_BYTES:
        return None
    try:
        value = msgspec.json.decode(data.removeprefix(codecs.BOM_UTF8))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    head: dict[str, object] = value if isinstance(value, dict) else {}
    listed = [key for key, it in head.items() if isinstance(it, (list, dict))]
    if len(listed) != bool(head):
        return None
    rows = value[listed[0]] if head else value
    if not isinstance(rows, list) or set(map(type, rows)) != {dict}:
        return None
    keys = _keys(tuple(head), "".join(listed), tuple(rows[0]))
    if keys is None or not _are_alike(rows):
        return None
    return even_transcript(
        keys,
        lambda key: [row[key] for row in rows],
        None if b"\n" in data.rstrip() else (line,) * len(rows),
        seconds=read_seconds(first(head, SECONDS_KEYS))[0] or 0.0,
        attributes=about(head.get("call"), head),
        swap=swap,
    )


def _are_alike(rows: Sequence[Mapping[str, object]]) -> bool:
    """Tell whether all rows have the keys of the first; that those asked for are there is seen."""
    return set(map(len, rows)) == {_FEWEST} or len({frozenset(row) for row in rows}) == 1


@lru_cache(maxsize=1024)
def _keys(head: tuple[str, ...], listed: str, row: tuple[str, ...]) -> Keys | None:
    """Return what the parts are called; None where they have to be looked at more closely.

    `head` are the keys of the object, of which `listed` has the utterances; none of a bare list.
    """
    keys = Keys.of(plan(row))
    if keys is None or (head and listed not in ROWS_KEYS) or not _CAREFUL.isdisjoint(head + row):
        return None
    if any(key in ROWS_KEYS and key != keys.text for key in row):
        return None
    rows, values = Listing(), Listing()
    rows.add(dict.fromkeys(row), 1)
    values.add({**dict.fromkeys(head), listed: rows} if head else rows, 1)
    return keys if detect_format(Source("", "", values=values)).name == "json" else None
