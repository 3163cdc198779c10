"""The folder that a batch fills: parts while it runs, tables and a summary when it is over.

What a part holds depends on its calls and on what they are judged by alone, so a batch that is
ended at any moment goes on with the parts that are missing, and comes to the same files.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock
import msgspec

from callcoach.archive.folder import make_folder, not_written, write_whole
from callcoach.archive.transcripts.made import RUN, SUMMARY, is_run
from callcoach.errors import StorageError, UsageError
from callcoach.review.batch.part import Encode, Part
from callcoach.review.batch.tables import ALL, Columns
from callcoach.review.batch.tally import Tally, total

_PARTS, _DONE, _LOCK = "parts", ".parts-done", ".lock"


class Recipe(msgspec.Struct, frozen=True):
    """All that decides about the results."""

    program: str
    pack: str
    pack_digest: str
    form: str
    form_digest: str
    learned: str
    """Digest of the judges that were taught, empty where there are none."""
    known: str
    """Digest of what is told before each call."""
    paths: tuple[str, ...]
    inputs: str
    """Digest of the names, sizes and times of all files."""
    swap: bool
    day: str
    format: str
    calls: int
    size: int
    """Calls in a part; the last may have fewer."""
    language: str = ""
    """The one that bands are named in."""
    engine: str = ""
    """Digest of the code that judges."""
    roles: tuple[str, ...] = ()
    """Who is behind which label, as `left=agent`."""

    @property
    def parts(self) -> int:
        """Return how many parts there are."""
        return -(-self.calls // self.size)

    def calls_in(self, part: int) -> int:
        """Return how many calls a part has."""
        return min(self.size, self.calls - part * self.size)


@dataclass(frozen=True, slots=True)
class Format:
    """How tables are written; see `archive.parquet.write` and `review.batch.sheets`."""

    encode: Encode
    join: Callable[[Path, Columns, Iterable[bytes]], None]
    """Writes the records of parts, one after another, as one file; raises `OSError`."""


class Results:
    """The folder of one batch. Processes that judge only call `write`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs out. Raises `UsageError` where there is one, and `StorageError`."""
        lock = filelock.FileLock(self.folder / _LOCK)
        with _told(self.folder):
            make_folder(self.folder)
        try:
            with _told(self.folder):
                lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise UsageError(
                "another run writes to {folder}",
                "wait for it, or name another folder with --out",
                folder=self.folder,
            ) from error
        with lock:
            yield

    def recipe(self) -> Recipe | None:
        """Return how what is there was made; None where nobody can tell, or nothing is there.

        Raises `UsageError` where the folder holds something else.
        """
        try:
            return msgspec.json.decode((self.folder / RUN).read_bytes(), type=Recipe)
        except (OSError, msgspec.DecodeError):
            others = {name for name in self._names() if (self.folder / name).exists()}
            if (self.folder / RUN).exists() and not is_run(self.folder / RUN):
                others.add(RUN)
            if others:
                raise UsageError(
                    "{folder} holds files that no batch has made: {names}",
                    "name another folder with --out",
                    folder=self.folder,
                    names=", ".join(sorted(others)),
                ) from None
            return None

    def begin(self, recipe: Recipe) -> None:
        """Begin anew: what an older run has made is removed. Raises `StorageError`."""
        with _told(self.folder):
            for name in self._names():
                (self.folder / name).unlink(missing_ok=True)
            self._forget()
            write_whole(self.folder / RUN, msgspec.json.format(msgspec.json.encode(recipe)))
            make_folder(self.folder / _PARTS)

    def is_finished(self) -> bool:
        """Tell whether the tables and the summary are there."""
        return (self.folder / SUMMARY).exists() and not (self.folder / _PARTS).exists()

    def missing(self, recipe: Recipe) -> list[int]:
        """Return the parts that are not there yet."""
        return [number for number in range(recipe.parts) if not self._part(number).exists()]

    def write(self, number: int, part: Part) -> None:
        """Write a part down, whole or not at all. Raises `StorageError`."""
        with _told(self.folder):
            make_folder(self.folder / _PARTS)
            write_whole(self._part(number), msgspec.msgpack.encode(part))

    def finish(self, recipe: Recipe, format: Format) -> Tally:
        """Make the tables and the summary of all parts, and remove these.

        Raises `StorageError`; the same can be done again then.
        """
        parts = range(recipe.parts)
        with _told(self.folder):
            for name, columns in ALL.items():
                made = self.folder / _PARTS / f"{name}.{recipe.format}"
                format.join(made, columns, (self._read(at).tables[name] for at in parts))
                made.chmod(0o600)
                made.replace(self.folder / made.name)
            tally = total(self._read(at).tally for at in parts)
            write_whole(self.folder / SUMMARY, summary_of(recipe, tally))
            self._forget()
        return tally

    def tally(self) -> Tally:
        """Return the figures of a batch that is finished. Raises `StorageError`."""
        with _told(self.folder):
            try:
                data = (self.folder / SUMMARY).read_bytes()
                return msgspec.json.decode(data, type=_Summary).figures
            except msgspec.DecodeError as error:
                raise StorageError(
                    "{path} is no summary of a batch",
                    "judge again: add --again",
                    path=self.folder / SUMMARY,
                ) from error

    def files(self, recipe: Recipe) -> tuple[Path, ...]:
        """Return the files of a batch that is finished."""
        return tuple(self.folder / name for name in (*_tables(recipe.format), SUMMARY))

    def _forget(self) -> None:
        """Remove the parts: all of them are there, or none, at whatever moment that ends."""
        done = self.folder / _DONE
        shutil.rmtree(done, ignore_errors=True)
        if (self.folder / _PARTS).exists():
            (self.folder / _PARTS).rename(done)
            shutil.rmtree(done)

    def _names(self) -> tuple[str, ...]:
        return (*_tables("parquet"), *_tables("csv"), SUMMARY)

    def _part(self, number: int) -> Path:
        return self.folder / _PARTS / f"{number:06}.part"

    def _read(self, number: int) -> Part:
        path = self._part(number)
        try:
            return msgspec.msgpack.decode(path.read_bytes(), type=Part)
        except msgspec.DecodeError as error:
            path.unlink()
            raise StorageError(
                "{path} is damaged, and was removed",
                "run the same command again: it judges what is missing",
                path=path,
            ) from error


class _Summary(msgspec.Struct, frozen=True):
    batch: Recipe
    mean: float | None
    """Of the scores, in percent."""
    damaged: int
    figures: Tally


def summary_of(recipe: Recipe, tally: Tally) -> bytes:
    """Return what a batch came to as JSON."""
    mean = None if tally.mean is None else round(tally.mean, 4)
    summary = _Summary(recipe, mean, tally.lost, tally)
    return msgspec.json.format(msgspec.json.encode(summary)) + b"\n"


def _tables(format: str) -> tuple[str, ...]:
    return tuple(f"{name}.{format}" for name in ALL)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say of what the system refuses which file it was, and what to do."""
    try:
        yield
    except OSError as error:
        raise not_written(Path(error.filename or folder), error) from error
