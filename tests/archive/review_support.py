"""What the tests of stored reviews share: a review, its events, a journal with its call."""

from pathlib import Path

import msgspec

from callcoach.archive.chain import StoredEvent
from callcoach.archive.ids import CallId
from callcoach.archive.reviews import KeptForm, ReviewRow
from callcoach.archive.writer import CallWriter
from tests.archive.support import CALL
from tests.sessions import start
from tests.support import MINIMAL, files

WHEN = "2026-12-01T06:00:00.000Z"
FORM = KeptForm("f" * 64, "courtesy", "1", "form: courtesy\n")
ROW = ReviewRow("0199aaaa-bbbb-7ccc-8ddd-eeee00000001", CALL, FORM.digest, "Wang", "standard", WHEN)


OPENING = msgspec.json.encode(
    {
        "call": CALL,
        "by": ROW.reviewer,
        "when": ROW.opened,
        "pins": {"form_digest": ROW.form},
        "purpose": ROW.purpose,
    }
)
"""What the first event of `ROW` says."""


def event(seq: int, body: bytes = OPENING) -> StoredEvent:
    """Return an event as it is stored."""
    return StoredEvent(seq, "answered", 1, 0.0, WHEN, body)


def write_call(path: Path, call: CallId) -> None:
    """Write a call that has just begun into a journal."""
    _, events = start(MINIMAL)
    writer = CallWriter(path, call, (files(MINIMAL),))
    assert writer.append(events).is_durable
    writer.close()
