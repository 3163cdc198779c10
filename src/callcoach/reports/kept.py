"""Reads calls in figures as the journal keeps them, and counts those that it does not keep yet."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from callcoach import __version__
from callcoach.archive.counted import Counted, Kept, keep_counted
from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.summary import CallSummary
from callcoach.errors import StorageError
from callcoach.reports.figures import CallFigures, figures_of
from callcoach.script.model import Script

COUNTED = f"{__version__} 1"
"""Of how calls are counted: the number goes up with every change of what `figures_of` returns."""
_BATCH = 200
"""So many calls are kept at a time: whoever writes a live call waits no longer for it."""
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(CallFigures).decode


class KeptFigures:
    """The figures of a journal's calls without their reviews, each counted once for all.

    Where the journal cannot be written they are counted again the next time, and nothing is lost.
    """

    def __init__(
        self, path: Path, script_of: Callable[[str], Script | None], since: str = ""
    ) -> None:
        """Read what is kept of the calls from the day `since` on.

        `script_of` returns the script with a digest, None where it cannot be read. Raises
        `StorageError` where the journal cannot be read.
        """
        self._path = path
        self._script_of = script_of
        self._counted = Counted(path)
        self._bodies = self._counted.bodies(COUNTED, since)
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
        """Return a call in figures; raises `StorageError` for one that cannot be counted."""
        with suppress(KeyError, msgspec.DecodeError):
            return _decode(self._bodies[call.id])
        head = self._counted.head(call.id)
        found = figures_of(call.id, journal.events(call.id), self._script_of(call.digest))
        if call.ended_at is not None:
            self._new.append((call.id, head, _encode(found)))
        if len(self._new) >= _BATCH:
            self._keep()
        return found

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
            head, call = counted.head(id), journal.find(id)
            if call.ended_at is not None and call.digest == script.digest:
                new.append((id, head, _encode(figures_of(id, journal.events(id), script))))
        if new:
            keep_counted(path, COUNTED, new)
