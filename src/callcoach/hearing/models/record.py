"""What is written down of a model when it is installed, and whether it is still so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from callcoach.hearing.models.digests import Digest, digest_of
from callcoach.hearing.models.folder import UnfitModel

RECORD = "callcoach-model.json"
"""The file's name, in the model's folder; Vosk does not look at it."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """How a model came here."""

    format: int = 1
    name: str
    language: str
    source: str
    """The address, file or folder that it came from."""
    sha256: str
    """Of the zip; empty where it came as a folder."""
    is_expected: bool
    """The digest was known before, and is no other; otherwise it was taken as it came."""
    installed: datetime
    files: Mapping[str, Digest]
    """By path within the folder, with slashes."""

    @property
    def size(self) -> int:
        """Return how many bytes the model takes."""
        return sum(file.size for file in self.files.values())


class Fault(StrEnum):
    """What may be wrong with a file."""

    MISSING = "missing"
    CHANGED = "changed"
    STRANGE = "strange"
    """It was not there when the model was installed."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not as it was."""

    file: str
    fault: Fault


def write_record(folder: Path, record: Record) -> None:
    """Write the record into a model's folder."""
    text = msgspec.json.format(msgspec.json.encode(record), indent=1)
    (folder / RECORD).write_bytes(text + b"\n")


def read_record(folder: Path) -> Record | None:
    """Return a model's record; None where it was not installed by callcoach.

    Raises `UnfitModel` for one that cannot be read.
    """
    file = folder / RECORD
    try:
        return msgspec.json.decode(file.read_bytes(), type=Record)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise UnfitModel(
            "{file} cannot be read: {why}", "install the model anew", file=file, why=error
        ) from error


def verify(folder: Path, record: Record) -> Iterator[Damage]:
    """Yield every file that is not as it was when the model was installed."""
    for name, known in record.files.items():
        file = folder / name
        if not file.is_file():
            yield Damage(name, Fault.MISSING)
        elif file.stat().st_size != known.size or digest_of(file) != known:
            yield Damage(name, Fault.CHANGED)
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and name != RECORD and name not in record.files:
            yield Damage(name, Fault.STRANGE)
