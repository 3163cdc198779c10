"""Keeps compiled phrases in files, so that a pack is ready sooner the next time."""

from contextlib import suppress
from pathlib import Path

from callcoach.archive.folder import make_folder, write_whole

_SUFFIX = ".phrases"
MOST = 40
"""So many files are kept: those of packs that have changed since are let go, oldest first."""


class PhraseFiles:
    """A `words.match.Store` in a folder. What cannot be kept is compiled again, nothing is lost."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, digest: str) -> bytes | None:
        """Return what was kept under a digest, or None."""
        try:
            return (self._folder / f"{digest}{_SUFFIX}").read_bytes()
        except OSError:
            return None

    def put(self, digest: str, data: bytes) -> None:
        """Keep bytes under a digest, whole or not at all."""
        with suppress(OSError):
            make_folder(self._folder)
            write_whole(self._folder / f"{digest}{_SUFFIX}", data)
            self._let_go()

    def _let_go(self) -> None:
        """Remove the files that were written longest ago."""
        kept = sorted(self._folder.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime)
        for file in kept[:-MOST]:
            file.unlink(missing_ok=True)
