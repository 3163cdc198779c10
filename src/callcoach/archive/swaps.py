"""Tells which of two calls counts that differ only in who is who; the other is set aside.

Nothing is lost by it: the one that is set aside keeps its events and reviews, and is found by its
id; it is left out wherever calls are listed, drawn or counted.
"""

import hashlib
import sqlite3
from collections.abc import Mapping


def swap_digest(call: str) -> str:
    """Return what names the content of a call whose roles are the other way round."""
    return hashlib.sha256(f"roles swapped\n{call}".encode()).hexdigest()


def find_swapped(db: sqlite3.Connection) -> Mapping[str, str]:
    """Return the swaps that were made before it was kept which counts: that one by the other.

    It is the swap, unless only the first was judged to the end.
    """
    calls = {str(digest): str(call) for digest, call in db.execute("SELECT * FROM imported")}
    sql = (
        "SELECT DISTINCT r.call FROM review r JOIN review_event e ON e.review = r.id"
        " WHERE e.kind = 'submitted'"
    )
    judged = {str(call) for (call,) in db.execute(sql)}
    found: dict[str, str] = {}
    for first in calls.values():
        swap = calls.get(swap_digest(first))
        if swap is not None and swap != first:
            is_first = first in judged and swap not in judged
            found |= {swap: first} if is_first else {first: swap}
    return found
