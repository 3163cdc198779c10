"""Ids of calls: UUIDs that sort by the time they were made (RFC 9562, version 7)."""

import os
import re
import time
from datetime import UTC, datetime
from typing import NewType

CallId = NewType("CallId", str)
_PART = re.compile("[0-9a-z-]+")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_call_id(now_ms: int | None = None) -> CallId:
    """Return a new id; `now_ms` are milliseconds since 1970, by default now."""
    stamp = time.time_ns() // 1_000_000 if now_ms is None else now_ms
    number = (stamp & 0xFFFFFFFFFFFF) << 80 | int.from_bytes(os.urandom(10))
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    digits = f"{number:032x}"
    return CallId("-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])))


def is_call_id(text: str) -> bool:
    """Tell whether a text from outside is an id; only then may it become part of a path."""
    return _ID.fullmatch(text) is not None


def instant_of(id: str) -> datetime | None:
    """Return when a call began, in UTC: its id says so; None for what is no id of a call."""
    if not is_call_id(id):
        return None
    try:
        return datetime.fromtimestamp(int(id[:8] + id[9:13], 16) / 1000, UTC)
    except (ValueError, OverflowError, OSError):  # beyond the years that there are
        return None


def naming(wanted: str) -> tuple[str, tuple[str, ...]]:
    """Return SQL that holds for the ids which a person may mean by `wanted`, and its values.

    It is an id, its beginning or its end, or the beginning of its short form.
    """
    word = wanted.lower()
    if _PART.fullmatch(word) is None:
        return "0", ()
    return "(id LIKE ? OR id LIKE ? OR substr(id, -8) LIKE ?)", (f"{word}%", f"%{word}", f"{word}%")


def short(id: str) -> str:
    """Return the part of an id by which people name a call: its last eight digits."""
    return id[-8:]
