"""Keeps the packs that were loaded, and the coaches made of them, until their files change."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from callcoach.call.coach import Coach
from callcoach.call.ears import Opinions
from callcoach.call.replay import untimed
from callcoach.cli.workplace import Workplace
from callcoach.errors import PackError, Told
from callcoach.script.diagnostic import hint, message
from callcoach.script.judges import FILE as JUDGES
from callcoach.script.library import Library
from callcoach.script.load import Loaded
from callcoach.script.model import Script
from callcoach.words.match import Store

Stamp = tuple[tuple[str, int, int], ...]
"""Path, time of the last change in nanoseconds and size of every file that a pack was made of."""


@dataclass(slots=True)
class _Kept:
    """A pack as it was loaded."""

    place: Path
    stamp: Stamp
    loaded: Loaded
    coaches: dict[bool, Coach] = field(default_factory=dict)
    """With deadlines (True) and without."""


class Shelf:
    """The packs of one library; to read one takes 250 ms, as it was kept a seventh of that.

    Making a coach of it takes two seconds the first time, and then, with its phrases kept, 60 ms.
    """

    def __init__(
        self,
        teach: Callable[[Script], Opinions | None] = lambda _: None,
        store: Store | None = None,
    ) -> None:
        """Keep nothing yet.

        `teach` returns the learned judges for a script; `store` keeps compiled phrases.
        """
        self._kept: dict[str, _Kept] = {}
        self._teach = teach
        self._store = store

    def load(self, library: Library, pack: str) -> Loaded:
        """Return what comes of loading a pack. Raises `PackError` where there is none."""
        return self._keep(library, pack).loaded

    def at_hand(self, pack: str) -> Script | None:
        """Return the script of a pack as it was loaded last; None where nobody has loaded it."""
        kept = self._kept.get(pack)
        return kept.loaded.script if kept else None

    def coach(
        self, library: Library, pack: str, language: str, is_timed: bool = True
    ) -> tuple[Coach, Loaded]:
        """Return a pack ready to coach, for calls that are not timed one without deadlines.

        Raises `PackError`, in `language`, where it has errors.
        """
        kept = self._keep(library, pack)
        if True not in kept.coaches:
            script = usable(kept.loaded, language)
            with uncollected():
                kept.coaches[True] = Coach(script, self._teach(script), self._store)
            if not gc.get_freeze_count():  # going through a pack in a call takes 130 ms each time
                gc.freeze()
        if is_timed not in kept.coaches:
            kept.coaches[is_timed] = untimed(kept.coaches[True])
        return kept.coaches[is_timed], kept.loaded

    def stamp(self, library: Library, pack: str) -> object:
        """Return what changes when a file of a pack does; None where there is no such pack."""
        try:
            kept = self._keep(library, pack)
        except PackError:
            return None
        return kept.place, kept.stamp

    def _keep(self, library: Library, pack: str) -> _Kept:
        place = library.locate(pack)
        kept = self._kept.get(pack)
        if kept is None or kept.place != place or kept.stamp != _stamp(kept.loaded):
            with uncollected():
                loaded = library.load(pack)
            kept = self._kept[pack] = _Kept(place, _stamp(loaded), loaded)
        return kept


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no garbage while a pack is made: there is next to none, and much to go through.

    Loading a large pack and making a coach of it take a quarter less time so.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _stamp(loaded: Loaded) -> Stamp:
    """Return the times and sizes of a pack's files and of those beside them."""
    files = {Path(name) for source in loaded.sources for name in source.files}
    beside = {other for folder in {file.parent for file in files} for other in _parts(folder)}
    return tuple(_told(sorted(files | beside)))


def _parts(folder: Path) -> Iterable[Path]:
    return (*folder.glob("*.y*ml"), *folder.glob(JUDGES))


def _told(files: Iterable[Path]) -> Iterable[tuple[str, int, int]]:
    for file in files:
        try:
            told = file.stat()
        except OSError:
            yield str(file), 0, -1
        else:
            yield str(file), told.st_mtime_ns, told.st_size


def usable(loaded: Loaded, language: str) -> Script:
    """Return a loaded script; raises `PackError` with the first of what is wrong with it."""
    if loaded.script is not None:
        return loaded.script
    first = loaded.findings[0]
    more = len(loaded.findings) - 1
    raise PackError(
        Told("{place}: {finding}", place=first.place, finding=message(first, language)),
        Told(
            "{hint} ({more} more; callcoach script check lists them)",
            hint=hint(first, language),
            more=more,
        )
        if more
        else hint(first, language),
    )


def script_of(place: Workplace, pack: str | None = None) -> Script:
    """Return the script of a pack, the one in the settings if none is named.

    Raises `PackError` for one with errors.
    """
    named = place.settings.text("pack") if pack is None else pack
    with uncollected():
        return usable(place.library.load(named), place.language)
