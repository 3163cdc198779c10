"""Watches a folder and those in it for recordings that come, by looking again and again.

Notices of the file system would miss what another machine puts on a network share.
"""

import os
import threading
import time
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from callcoach.errors import AudioError

EVERY = 1.0
"""Seconds between two looks."""
STILL = 3.0
"""Seconds that a file stands still before it counts as complete."""
SUFFIXES = frozenset(
    (".wav", ".flac", ".ogg", ".opus", ".oga", ".mp3", ".aiff", ".aif", ".au", ".w64", ".rf64")
)
"""Of recordings, in small letters, that say themselves how they are to be read."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file that is not yet complete, as it was when it was last another."""

    size: int
    changed: int
    """In nanoseconds, by the file system's clock."""
    at: float
    """By ours."""

    def is_like(self, before: "_Seen | None") -> bool:
        """Tell whether nothing was written since."""
        return before is not None and (before.size, before.changed) == (self.size, self.changed)


def watch(
    folder: Path,
    done: Container[str],
    stop: threading.Event,
    suffixes: frozenset[str] = SUFFIXES,
    now: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] | None = None,
) -> Iterator[Path]:
    """Yield each recording once it is complete: its size and its time stand still.

    `done` has the names, from the folder on, of those that need not be told; whoever asks puts
    there what it has done with. Hidden files, and those with another suffix, such as `.part` or
    `.tmp`, are passed over until they are renamed. Ends when `stop` is set. Raises `AudioError`
    where there is no such folder at first; one that goes away later, like a share, is waited for.
    """
    if not folder.is_dir():
        raise AudioError(
            "there is no folder {folder}", "check how it is spelt, or make it", folder=folder
        )
    told: set[str] = set()
    waiting: dict[str, _Seen] = {}
    while not stop.is_set():
        there = _look(folder, suffixes, now())
        waiting = {
            name: waiting[name] if seen.is_like(waiting.get(name)) else seen
            for name, seen in there.items()
            if name not in done and name not in told
        }
        for name in sorted(waiting, key=lambda it: (waiting[it].changed, it)):
            if now() - waiting[name].at >= STILL and not stop.is_set():
                told.add(name)
                yield folder / name
        (wait or stop.wait)(EVERY)


def _look(folder: Path, suffixes: frozenset[str], now: float) -> dict[str, _Seen]:
    """Return the recordings in a folder and beneath it; none where it is away.

    Hidden folders are passed over, and links to folders: they may lead in a circle.
    """
    found = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            file = Path(place, name)
            if name.startswith(".") or file.suffix.lower() not in suffixes:
                continue
            try:
                if file.is_file() and (stat := file.stat()).st_size:
                    key = file.relative_to(folder).as_posix()
                    found[key] = _Seen(stat.st_size, stat.st_mtime_ns, now)
            except OSError:
                continue  # gone since the folder was read, or not yet to be read
    return found
