"""Keeps compiled phrases and loaded packs in files: what is ready sooner the next time."""

import os
from contextlib import suppress
from pathlib import Path

from callcoach.archive.folder import make_folder, write_whole

MOST = 40
"""So many files are kept: those that nobody has asked for the longest time are let go first."""


class PhraseFiles:
    """A `words.match.Store` in a folder. What cannot be kept is made again, nothing is lost."""

    suffix = ".phrases"
    most = MOST

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, digest: str) -> bytes | None:
        """Return what was kept under a digest, or None; what is not ours counts for nothing."""
        path = self._folder / f"{digest}{self.suffix}"
        try:
            with path.open("rb") as file:
                if not _is_ours(file.fileno()):
                    return None
                data = file.read()
        except OSError:
            return None
        with suppress(OSError):
            os.utime(path)
        return data

    def put(self, digest: str, data: bytes) -> None:
        """Keep bytes under a digest, whole or not at all."""
        with suppress(OSError):
            make_folder(self._folder)
            write_whole(self._folder / f"{digest}{self.suffix}", data)
            self._let_go()

    def _let_go(self) -> None:
        """Remove the files that were written or read longest ago."""
        kept = sorted(self._folder.glob(f"*{self.suffix}"), key=lambda file: file.stat().st_mtime)
        for file in kept[: -self.most]:
            file.unlink(missing_ok=True)


class ScriptFiles(PhraseFiles):
    """The same for loaded packs, which are some megabytes each; see `script.kept`."""

    suffix = ".script"
    most = 12


def _is_ours(handle: int) -> bool:
    """Tell whether a file belongs to who runs this, where the system knows of such a thing."""
    return not hasattr(os, "getuid") or os.fstat(handle).st_uid == os.getuid()
