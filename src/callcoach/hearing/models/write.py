"""Writes files and folders so that they are there whole or not at all, also after a power cut."""

import os
from collections.abc import Iterable
from pathlib import Path


def write_whole(target: Path, blocks: Iterable[bytes]) -> None:
    """Write a new file and wait until the disk has it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as stream:
        for block in blocks:
            stream.write(block)
        stream.flush()
        os.fsync(stream.fileno())


def put_in_place(made: Path, target: Path) -> None:
    """Give a finished folder its name; raises `OSError` where something has it already."""
    for folder in (made, *(it for it in made.rglob("*") if it.is_dir())):
        _keep_names(folder)
    made.rename(target)
    _keep_names(target.parent)


def _keep_names(folder: Path) -> None:
    """Wait until the disk has the names in a folder; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
