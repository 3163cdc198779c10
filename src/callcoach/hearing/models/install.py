"""Brings a model onto this machine: whole or not at all, and one at a time.

All is prepared in places whose names begin with a dot, which are never taken for models; the
last step gives the folder its name. What a killed installation leaves is swept by the next one,
but for what was downloaded, which is gone on with.
"""

import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from callcoach.errors import ModelError, UsageError
from callcoach.hearing.models.digests import Digest, digest_of
from callcoach.hearing.models.download import Parcel, download
from callcoach.hearing.models.folder import Examined, UnfitModel, examine
from callcoach.hearing.models.outside import Outside, require_room, told_of_disk
from callcoach.hearing.models.record import RECORD, Record, write_record
from callcoach.hearing.models.unpack import unpack
from callcoach.hearing.models.wanted import Wanted
from callcoach.hearing.models.write import put_in_place, write_whole

_DOWNLOADS = ".downloads"
_MAKING = ".making-"
_LEAVING = ".leaving-"
_LOCK = ".lock"
_BLOCK = 1 << 20


def install(wanted: Wanted, folder: Path, outside: Outside) -> Examined:
    """Install a model into a folder of models; return what its files say of it.

    Raises `UsageError` where it is there already, else `ModelError`.
    """
    with _alone(folder):
        target = folder / wanted.name
        if target.exists():
            raise UsageError(
                "{name} is installed already",
                "to install it anew: callcoach model remove {name}",
                name=wanted.name,
            )
        if isinstance(wanted.place, Path):
            return _from_here(wanted, wanted.place, target, outside)
        downloads = folder / _DOWNLOADS
        with told_of_disk(folder):
            downloads.mkdir(exist_ok=True)
        parcel = Parcel(
            wanted.place, downloads / f"{wanted.name}.zip.part", wanted.size, bool(wanted.sha256)
        )
        file = download(parcel, outside)
        try:
            examined = _from_zip(wanted, file, target, outside)
        except UnfitModel:
            parcel.forget()
            raise
        parcel.forget()
        return examined


def remove(target: Path) -> None:
    """Remove an installed model: at once it is none any more. Raises `ModelError`."""
    with _alone(target.parent), told_of_disk(target):
        leaving = target.with_name(f"{_LEAVING}{uuid.uuid4().hex}")
        target.rename(leaving)
        shutil.rmtree(leaving)


def _from_here(wanted: Wanted, place: Path, target: Path, outside: Outside) -> Examined:
    """Install a zip or a folder of this machine, which stays as it is."""
    if not place.is_dir():
        return _from_zip(wanted, place, target, outside)
    examine(place)

    def copy(making: Path) -> Mapping[str, Digest]:
        files = [it for it in sorted(place.rglob("*")) if it.is_file() and it.name != RECORD]
        require_room(target.parent, sum(it.stat().st_size for it in files), outside)
        return {it.relative_to(place).as_posix(): _copy(it, making, place) for it in files}

    return _make(wanted, target, "", copy, outside)


def _copy(file: Path, making: Path, place: Path) -> Digest:
    """Copy a file of a folder into another; return what it is known by."""
    copied = making / file.relative_to(place)
    with file.open("rb") as stream:
        write_whole(copied, iter(lambda: stream.read(_BLOCK), b""))
    return digest_of(copied)


def _from_zip(wanted: Wanted, file: Path, target: Path, outside: Outside) -> Examined:
    """Install what is in a zip. Raises `UnfitModel` where it is another than it should be."""
    with told_of_disk(file):
        found = digest_of(file, outside)
    if wanted.sha256 and found.sha256 != wanted.sha256:
        raise UnfitModel(
            "{name} is not what it should be: its SHA-256 is {found}, not {wanted}",
            "get it from elsewhere; if you trust it as it is, say so: --sha256 {found}",
            name=wanted.name,
            found=found.sha256,
            wanted=wanted.sha256,
        )

    def unpacked(making: Path) -> Mapping[str, Digest]:
        return unpack(file, making, outside)

    return _make(wanted, target, found.sha256, unpacked, outside)


def _make(
    wanted: Wanted,
    target: Path,
    sha256: str,
    fill: Callable[[Path], Mapping[str, Digest]],
    outside: Outside,
) -> Examined:
    """Fill a folder beside the target, look at it, write its record, and give it its name."""
    making = target.with_name(f"{_MAKING}{uuid.uuid4().hex}")
    try:
        with told_of_disk(target.parent):
            making.mkdir()
            files = fill(making)
            examined = examine(making)
            record = Record(
                name=wanted.name,
                language=wanted.language,
                source=str(wanted.place),
                sha256=sha256,
                is_expected=bool(wanted.sha256),
                installed=outside.now(),
                files=files,
            )
            write_record(making, record)
            put_in_place(making, target)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return examined


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else install or remove in a folder meanwhile; sweep what was left there."""
    with told_of_disk(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(folder / _LOCK, timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise ModelError(
                "another installation is under way in {folder}",
                "wait until it has ended",
                folder=folder,
            ) from error
    try:
        for left in folder.glob(".*-*"):
            if left.name.startswith((_MAKING, _LEAVING)):
                shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()
