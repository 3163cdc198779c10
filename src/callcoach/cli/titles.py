"""Tells what packs, outcomes and cues are called, for lists of calls: no pack is loaded for it."""

from pathlib import Path

from callcoach.archive.summary import CallSummary
from callcoach.cli.workplace import Workplace
from callcoach.errors import PackError
from callcoach.script.library import sources
from callcoach.script.load.titles import Titles, read_titles
from callcoach.script.model import PackId
from callcoach.script.wording import Language

_Stamp = tuple[Path, tuple[int, ...]]


class CallTitles:
    """What things are called by the packs as they are now; each is read again when it changes."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._kept: dict[str, tuple[_Stamp, Titles | None]] = {}

    def of(self, call: CallSummary, language: Language) -> tuple[str, str]:
        """Return what a call's pack and its outcome are called; their ids where no pack says."""
        pack = self.pack(call.script, language) or call.script
        return pack, self.outcome(call.outcome or "", language) or call.code

    def pack(self, id: str, language: Language) -> str:
        """Return what a pack is called; empty where there is none."""
        titles = self._titles(PackId(id)) if id else None
        return titles.pack.plain(language) if titles else ""

    def outcome(self, id: str, language: Language) -> str:
        """Return what an outcome is called; empty where no pack says."""
        titles = self._titles_of(id)
        found = titles.outcomes.get(id) if titles else None
        return found.plain(language) if found else ""

    def cue(self, id: str, language: Language) -> str:
        """Return what a cue is called; empty where no pack says."""
        titles = self._titles_of(id)
        found = titles.cues.get(id) if titles else None
        return found.plain(language) if found else ""

    def _titles_of(self, id: str) -> Titles | None:
        """Return the titles of the pack that a namespaced id is of."""
        return self._titles(PackId(id.partition(".")[0])) if id else None

    def _titles(self, pack: PackId) -> Titles | None:
        library = self._place.library
        try:
            path = library.locate(pack)
            stamp = path, tuple(file.stat().st_mtime_ns for file in sources(path))
            if pack not in self._kept or self._kept[pack][0] != stamp:
                self._kept[pack] = stamp, read_titles(library.open(path))
        except (PackError, OSError):
            return None
        return self._kept[pack][1]
