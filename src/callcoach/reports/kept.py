"""Reads calls in figures as the journal keeps them, and counts those that it does not keep yet."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from callcoach import __version__
from callcoach.archive.chain import StoredEvent
from callcoach.archive.counted import Counted, Kept, keep_counted, print_of
from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.rows import decode_events
from callcoach.archive.summary import CallSummary
from callcoach.archive.verify import Problem, check_call
from callcoach.errors import JournalDamaged, StorageError
from callcoach.reports.figures import CallFigures, figures_of
from callcoach.reports.reviewed import with_reviews
from callcoach.review.judged import JournalReviews, Signs
from callcoach.script.model import Script

COUNTED = f"{__version__} 3"
"""Of how calls are counted: the number goes up with every change of what is kept of them."""
_BATCH = 200
"""So many calls are kept at a time: whoever writes a live call waits no longer for it."""


class _Entry(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a call."""

    head: bytes
    """The hash of its last event when it was counted."""
    seen: bytes
    """Of the record that was counted; see `archive.counted.print_of`."""
    bare: CallFigures
    """What its events come to."""
    signs: Signs = ()
    """Of the reviews that `told` takes in."""
    told: CallFigures | None = None
    """The figures with what the reviews say; None without any."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Entry).decode


class KeptFigures:
    """The figures of a journal's calls with what reviewers say, each counted once for all.

    Where the journal cannot be written they are counted again the next time, and nothing is lost.
    """

    def __init__(
        self,
        path: Path,
        script_of: Callable[[str], Script | None],
        judged: JournalReviews,
        since: str = "",
    ) -> None:
        """Read what is kept of the calls from the day `since` on.

        `script_of` returns the script with a digest, None where it cannot be read. Raises
        `StorageError` where the journal cannot be read.
        """
        self._path = path
        self._script_of = script_of
        self._judged = judged
        self._counted = Counted(path)
        self._bodies = self._counted.bodies(COUNTED, since)
        self._prints = self._counted.prints(since) if self._bodies else {}
        self._new: list[Kept] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._keep()
        self._counted.close()

    def of(self, journal: Journal, call: CallSummary) -> CallFigures:
        """Return a call in figures.

        Raises `StorageError` for one that cannot be counted: it is not as it was written.
        """
        signs = self._judged.signs(call.id)
        known = self._known(call.id)
        if known is not None and known.signs == signs:
            return known.told or known.bare
        found = known or _count(journal, self._counted, call.id, self._script_of)
        told = with_reviews(found.bare, self._judged.of(call.id), self._judged.form)
        if call.ended_at is not None:
            entry = _Entry(found.head, found.seen, found.bare, signs, told if signs else None)
            self._new.append((call.id, entry.head, _encode(entry)))
        if len(self._new) >= _BATCH:
            self._keep()
        return told

    def _known(self, call: CallId) -> _Entry | None:
        """Return what is kept of a call; None where there is nothing, or its record is another."""
        with suppress(KeyError, msgspec.DecodeError):
            entry = _decode(self._bodies[call])
            if entry.seen == self._prints.get(call):
                return entry
        return None

    def _keep(self) -> None:
        with suppress(StorageError):
            if self._new:
                keep_counted(self._path, COUNTED, self._new)
        self._new.clear()


def keep_figures(path: Path, calls: Iterable[CallId], script: Script) -> None:
    """Count calls that have ended, so that who asks for their figures need not wait for it.

    Those with another script, and what cannot be counted or kept, are left to who asks.
    """
    new: list[Kept] = []
    with suppress(StorageError), Journal(path) as journal, Counted(path) as counted:
        for id in calls:
            call = journal.find(id)
            if call.ended_at is not None and call.digest == script.digest:
                entry = _count(journal, counted, id, lambda _: script)
                new.append((id, entry.head, _encode(entry)))
        if new:
            keep_counted(path, COUNTED, new)


def damage_of(path: Path, call: CallId) -> tuple[Problem, ...]:
    """Return in what a call's record is not as it was written. Raises `StorageError`."""
    with Journal(path) as journal, Counted(path) as counted:
        return tuple(check_call(*_read(journal, counted, call)))


def _count(
    journal: Journal, counted: Counted, id: CallId, script_of: Callable[[str], Script | None]
) -> _Entry:
    """Return what is to be kept of a call. Raises `JournalDamaged` where it was changed."""
    call, stored, head = _read(journal, counted, id)
    if check_call(call, stored, head):
        raise JournalDamaged(
            "the call {id} is not as it was written",
            "callcoach journal verify says what is damaged",
            id=id,
        )
    bare = figures_of(id, decode_events(id, stored), script_of(call.digest))
    return _Entry(head, print_of(stored), bare)


def _read(
    journal: Journal, counted: Counted, id: CallId
) -> tuple[CallSummary, Sequence[StoredEvent], bytes]:
    """Return a call as the list has it, its record, and the hash of its last event.

    A call may go on meanwhile: the three are of one moment.
    """
    head = counted.head(id)
    while True:
        call, stored = journal.find(id), journal.stored(id)
        before, head = head, counted.head(id)
        if before == head:
            return call, stored, head
