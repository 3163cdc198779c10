"""Opens a zip of transcripts, which may be damaged or made to do harm.

Nothing of it is written anywhere, so that a name that leads elsewhere does none.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from callcoach.archive.transcripts.encodings import guessed
from callcoach.archive.transcripts.model import MAX_BYTES
from callcoach.archive.transcripts.parted import Part, Trouble
from callcoach.archive.transcripts.strange import refuse_office
from callcoach.errors import Told, TranscriptError

_MOST_FILES = 1_000_000
_MOST_RATIO = 200
"""Times that a zip may grow; transcripts grow 5 to 20 times."""
_SMALL = 50_000_000
"""Bytes below which growing does no harm."""
_IS_ENCRYPTED, _IS_UTF_8 = 1, 0x800
_JUNK = "__MACOSX/"
_HINT = Told("pack it anew, or unpack it and name the folder")


def members(file: Path, is_wanted: Callable[[str], bool]) -> Iterator[Part]:
    """Yield the files in a zip whose names are wanted, one at a time, each with its bytes.

    Raises `TranscriptError` for a zip that cannot be opened or is too large; a file in it that
    cannot be read is a `Trouble`.
    """
    try:
        with ZipFile(file) as archive:
            refuse_office(file, archive.namelist())
            infos = [info for info in archive.infolist() if _is_named(info, is_wanted)]
            _examine(file, infos)
            for info in infos:
                yield _part(file, archive, info)
    except OSError as error:
        raise TranscriptError(
            "{path} cannot be read: {why}", "check the path", path=file, why=error.strerror
        ) from error
    except _DAMAGE as error:
        raise TranscriptError("{file} is no whole zip", _HINT, file=file) from error


_DAMAGE = (BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError)


def _name(info: ZipInfo) -> str:
    """Return what a file in a zip is called.

    Where the zip does not say that its names are UTF-8, Python reads them as those of an old PC;
    what Chinese Windows writes so is GB18030, and some write UTF-8 without saying it.
    """
    if info.flag_bits & _IS_UTF_8 or info.filename.isascii():
        return info.filename
    with suppress(UnicodeError):
        written = info.filename.encode("cp437")
        # UTF-8 is rarely anything else by chance; what may be Chinese has to look like it.
        return written.decode(guessed(written) or "utf-8")
    return info.filename


def _is_named(info: ZipInfo, is_wanted: Callable[[str], bool]) -> bool:
    name = _name(info)
    return (
        not info.is_dir()
        and not name.startswith(_JUNK)
        and is_wanted(name.replace("\\", "/").rsplit("/", 1)[-1])
    )


def _examine(file: Path, infos: list[ZipInfo]) -> None:
    """Raise `TranscriptError` where a zip would grow to more than transcripts ever do."""
    total = sum(info.file_size for info in infos)
    if len(infos) > _MOST_FILES or total > max(_MOST_RATIO * file.stat().st_size, _SMALL):
        raise TranscriptError(
            "{file} would grow to {n:,} files of {size:,} MB, which no transcripts do",
            "do not use it",
            file=file,
            n=len(infos),
            size=total // 1_000_000,
        )


def _part(file: Path, archive: ZipFile, info: ZipInfo) -> Part:
    id = f"{file}!{_name(info)}"
    if info.filename.casefold().endswith(".zip"):
        what = Told("{name} is a zip within a zip, which is not opened", name=id)
    elif info.flag_bits & _IS_ENCRYPTED:
        what = Told("{name} is encrypted", name=id)
    elif info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        what = Told("{name} is packed in a way that is not read", name=id)
    elif info.file_size > MAX_BYTES:
        what = Told("{name} has more than {most} MB", name=id, most=MAX_BYTES // 1024**2)
    else:
        try:
            with archive.open(info) as stream:
                return Part(id, stream.read(MAX_BYTES + 1))
        except _DAMAGE:
            what = Told("{name} is damaged", name=id)
    return Part(id, Trouble(what, _HINT))
