"""Folders of the journal: for their owner alone, and names in them that last."""

import os
from contextlib import suppress
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner's eyes alone."""
    missing = [folder, *folder.parents]
    for place in reversed(missing[: next(i for i, at in enumerate(missing) if at.exists())]):
        place.mkdir(exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder durable, where the system lets a folder be opened for that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
