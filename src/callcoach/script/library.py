"""Finds packs on disk: by path, in the user's own folders, or among those that are shipped."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from callcoach.errors import PackError, Told
from callcoach.script.judges import FILE as JUDGES
from callcoach.script.kept import load_kept
from callcoach.script.load import Loaded, PackFiles, load_pack
from callcoach.script.load.fields import nearest
from callcoach.script.load.nodes import MAX_BYTES
from callcoach.script.model import PackId
from callcoach.words.match import Store

_HEAD = "pack.yaml"
_PLANS = "plans"
MAX_FILES = 200


def shipped_folder() -> Path:
    """Return the folder of the shipped packs: in the wheel, or in the checkout."""
    inside = Path(str(files("callcoach"))) / "scripts"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3] / "scripts"


@dataclass(frozen=True, slots=True)
class Library:
    """Folders in which packs are looked for; an earlier one wins."""

    folders: tuple[Path, ...]
    store: Store | None = None
    """What keeps loaded packs for the next time."""

    def names(self) -> tuple[PackId, ...]:
        """Return the ids of all packs there are, each once, in alphabetical order."""
        return tuple(sorted({PackId(_id_of(path)) for path in self._paths()}))

    def locate(self, wanted: str) -> Path:
        """Return the folder or file of a pack, named by path or by id.

        Raises `PackError` with the packs there are.
        """
        if found := _by_path(wanted) or self._find_path(wanted):
            return found
        names = self.names()
        advice = Told("there are none; a path to a pack's folder works too")
        if known := ", ".join(names):
            advice = Told("there are {known}; a path to a pack's folder works too", known=known)
        if guess := nearest(wanted, names):
            advice = Told("did you mean {guess}? {advice}", guess=guess, advice=advice)
        raise PackError("there is no pack “{wanted}”", advice, wanted=wanted)

    def open(self, path: Path) -> PackFiles:
        """Return the texts of the pack at `path`. Raises `PackError` where they cannot be read."""
        return PackFiles(PackId(_id_of(path)), dict(_read(path)))

    def load(self, wanted: str) -> Loaded:
        """Return what comes of loading a pack, named by path or by id.

        Packs that it uses are looked for beside it first. Raises `PackError` where there is no
        such pack or its files cannot be read; what is wrong inside them is in the findings.
        """
        path = self.locate(wanted)
        beside = Library((path.resolve().parent, *self.folders))
        if self.store is None:
            return load_pack(self.open(path), beside._find)
        return load_kept(self.open(path), beside._find, self.store)

    def _find(self, id: PackId) -> PackFiles | None:
        path = self._find_path(id)
        return None if path is None else self.open(path)

    def _find_path(self, id: str) -> Path | None:
        return next((path for path in self._paths() if _id_of(path) == id), None)

    def _paths(self) -> Iterator[Path]:
        for folder in self.folders:
            if folder.is_dir():
                for path in sorted(folder.iterdir()):
                    if (path / _HEAD).is_file():
                        yield path


def _by_path(wanted: str) -> Path | None:
    """Return the folder or file of the pack that a path leads to; None where it leads to none."""
    try:
        path = Path(wanted).expanduser()
        if path.name == _HEAD:
            path = path.parent
        is_file = path.suffix in (".yaml", ".yml") and path.is_file()
        return path if is_file or (path / _HEAD).is_file() else None
    except (OSError, RuntimeError):  # a name that is too long, a home of nobody
        return None


def _id_of(path: Path) -> str:
    return path.stem if path.suffix in (".yaml", ".yml") else path.resolve().name


def sources(path: Path) -> Sequence[Path]:
    """Return the files of a pack: the head first, then the others, plans, the judges last."""
    if path.is_file():
        return [path]
    beside = sorted(file for file in path.glob("*.yaml") if file.name != _HEAD)
    judges = [file for file in [path / JUDGES] if file.is_file()]
    return [path / _HEAD, *beside, *sorted((path / _PLANS).glob("*.yaml")), *judges]


def read_source(file: Path) -> str:
    """Return the text of a YAML file; of one that is too large, enough for its reader to say so.

    What is no UTF-8 becomes U+FFFD, which the reader reports on its line. Raises `OSError`.
    """
    with file.open(encoding="utf-8", errors="replace") as opened:
        return opened.read(MAX_BYTES + 2)  # one may be a byte order mark


def _read(path: Path) -> Iterator[tuple[str, str]]:
    found = sources(path)
    if len(found) > MAX_FILES:
        raise PackError(
            "{path} has more than {most} files",
            "is this a pack's folder?",
            path=path,
            most=MAX_FILES,
        )
    for file in found:
        try:
            yield str(file), read_source(file)
        except OSError as error:
            raise PackError(
                "{file} cannot be read: {why}", "check it", file=file, why=error.strerror
            ) from error
