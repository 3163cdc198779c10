"""Unpacks the model in a zip, which may be damaged or made to do harm.

A zip may name places outside the folder, links, or far more than it seems to hold. Nothing of it
is written before all of its names and sizes were looked at.
"""

import hashlib
import stat
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from callcoach.hearing.models.digests import Digest
from callcoach.hearing.models.folder import NETS, UnfitModel
from callcoach.hearing.models.outside import Outside, Stage, require_room, told_of_disk
from callcoach.hearing.models.write import write_whole

MOST_FILES = 2_000
"""The published models have fewer than 50."""
MOST_BYTES = 12_000_000_000
"""Unpacked; the largest published one has 4.1 GB."""
MOST_RATIO = 50
"""Times that a zip may grow; the published ones grow 1.7 times."""
_SMALL = 50_000_000
"""Bytes below which growing does no harm."""
_BLOCK = 1 << 20
_IS_ENCRYPTED = 1
_JUNK = "__MACOSX"


def unpack(file: Path, folder: Path, outside: Outside) -> Mapping[str, Digest]:
    """Write the model in a zip into an empty folder; return its files by path, with digests.

    Raises `UnfitModel` for a zip that is damaged, holds no model or would do harm, and
    `ModelError` where it cannot be written.
    """
    with _told_of_zip(file), ZipFile(file) as archive:
        held = _examined(file, archive)
        total = sum(info.file_size for info in held.values())
        require_room(folder, total, outside)
        digests: dict[str, Digest] = {}
        done = 0
        for name, info in held.items():
            digests[name] = _unpack_one(archive, info, folder / name, outside, done, total)
            done += info.file_size
    return digests


def _unpack_one(
    archive: ZipFile, info: ZipInfo, target: Path, outside: Outside, done: int, total: int
) -> Digest:
    """Write one file; its length and checksum are compared with what the zip says."""
    found, size = hashlib.sha256(), 0

    def blocks() -> Iterator[bytes]:
        nonlocal size
        with archive.open(info) as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
                size += len(block)
                outside.tell(Stage.UNPACK, done + size, total)
                yield block

    write_whole(target, blocks())
    if size != info.file_size:
        raise BadZipFile(info.filename)
    return Digest(size, found.hexdigest())


def _examined(file: Path, archive: ZipFile) -> Mapping[str, ZipInfo]:
    """Return the files of the model in a zip by their paths within it. Raises `UnfitModel`."""
    infos = [info for info in archive.infolist() if not info.filename.startswith(f"{_JUNK}/")]
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_FILES or total > MOST_BYTES:
        raise UnfitModel(
            "{file} would unpack to {files} files of {size} MB; no speech model is so large",
            "do not use it",
            file=file,
            files=len(infos),
            size=total // 1_000_000,
        )
    if total > max(MOST_RATIO * file.stat().st_size, _SMALL):
        raise UnfitModel(
            "{file} would grow to {size} MB, more than {times} times its size",
            "do not use it",
            file=file,
            size=total // 1_000_000,
            times=MOST_RATIO,
        )
    seen: set[str] = set()
    for info in infos:
        name = info.filename.rstrip("/").casefold()
        if name in seen or not _is_harmless(info):
            raise UnfitModel(
                "{file} holds “{name}”, which could be written elsewhere than it should",
                "do not use it",
                file=file,
                name=info.filename,
            )
        seen.add(name)
    files = {info.filename: info for info in infos if not info.is_dir()}
    root = _root(file, files)
    return {name[len(root) :]: info for name, info in files.items() if name.startswith(root)}


def _is_harmless(info: ZipInfo) -> bool:
    """Tell whether an entry is a plain file or folder that stays where it belongs on any system."""
    name = info.filename
    parts = name.rstrip("/").split("/")
    kind = stat.S_IFMT(info.external_attr >> 16)
    return (
        name.isprintable()
        and not any(sign in name for sign in '\\:*?"<>|')
        and not any(part.strip(". ") == "" or part[-1] in ". " for part in parts)
        and kind in (0, stat.S_IFREG, stat.S_IFDIR)
        and not info.flag_bits & _IS_ENCRYPTED
        and info.compress_type in (ZIP_STORED, ZIP_DEFLATED)
    )


def _root(file: Path, names: Mapping[str, ZipInfo]) -> str:
    """Return what stands before the model's own paths in a zip; empty where nothing does."""
    for net in NETS:
        found = [name for name in names if f"/{name}".endswith(f"/{net}")]
        if found:
            return min(found, key=len).removesuffix(net)
    raise UnfitModel(
        "{file} holds no speech model for Vosk: {name} is missing",
        "callcoach model list names some that do",
        file=file,
        name=NETS[0],
    )


@contextmanager
def _told_of_zip(file: Path) -> Iterator[None]:
    """Turn what is wrong with a zip into an `UnfitModel`."""
    try:
        with told_of_disk(file):
            yield
    except (BadZipFile, zlib.error, struct.error, EOFError, ValueError) as error:
        raise UnfitModel("{file} is no whole zip", "download it anew", file=file) from error
