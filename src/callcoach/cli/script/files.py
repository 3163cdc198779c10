"""A pack's files as they lie on disk, byte for byte, to be edited in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from callcoach.archive.folder import not_written
from callcoach.cli.output import replace_file
from callcoach.errors import PackError
from callcoach.locale import mark
from callcoach.script.library import Library, sources
from callcoach.script.load import PackFiles
from callcoach.script.load.edit import Change, EditRefused, change_texts
from callcoach.script.load.fields import Findings
from callcoach.script.load.pack import read_head
from callcoach.script.model import PackId
from callcoach.script.strings.memory import Memory, dump_memory, read_memory
from callcoach.script.wording import Language

MEMORY = "strings.json"


@dataclass(frozen=True, slots=True)
class PackFolder:
    """A pack on disk: a folder of files, or a single file."""

    id: PackId
    path: Path
    languages: tuple[Language, ...]
    texts: Mapping[str, str]
    """By the file's name within the pack: its text, line ends and byte order mark kept."""

    @classmethod
    def open(cls, library: Library, wanted: str) -> "PackFolder":
        """Return a pack that is named by path or by id. Raises `PackError`."""
        path = library.locate(wanted)
        base = path if path.is_dir() else path.parent
        texts = {file.relative_to(base).as_posix(): _read(file) for file in sources(path)}
        opened = library.open(path)
        head = read_head(PackFiles(opened.id, texts), Findings())
        if head is None or not head[0].languages:
            raise PackError(
                "the head of the pack {id} cannot be read",
                "callcoach script check {wanted} says why",
                id=opened.id,
                wanted=wanted,
            )
        return cls(opened.id, path, head[0].languages, texts)

    @property
    def base(self) -> Path:
        """Return the folder that the files' names start from."""
        return self.path if self.path.is_dir() else self.path.parent

    @property
    def head(self) -> str:
        """Return the name of the file with the head."""
        return next(iter(self.texts))

    @property
    def memory_file(self) -> Path:
        """Return where accepted translations are remembered."""
        return self.base / (MEMORY if self.path.is_dir() else f"{self.path.stem}.{MEMORY}")

    def path_of(self, name: str) -> Path:
        """Return the path of one of the pack's files."""
        return self.base / name

    def memory(self) -> Memory:
        """Return the accepted translations; none where nothing was accepted yet."""
        if not self.memory_file.exists():
            return Memory()
        return read_memory(_read(self.memory_file), str(self.memory_file))

    def changed(self, changes: Mapping[str, Sequence[Change]]) -> Mapping[str, str]:
        """Return the new texts of the files that change. Raises `EditRefused`."""
        found: dict[str, str] = {}
        for name, wanted in changes.items():
            text = change_texts(self.texts[name], name, wanted)
            if text != self.texts[name]:
                found[name] = text
        return found

    def write(self, name: str, text: str) -> None:
        """Put a new text in place of a file's, whole or not at all.

        Raises `EditRefused` where the file is not as it was read, `PackError` where it cannot be
        written.
        """
        path = self.path_of(name)
        if _read(path) != self.texts[name]:
            raise EditRefused("{path} was changed meanwhile", "import the table again", path=path)
        _replace(path, text)

    def remember(self, memory: Memory) -> None:
        """Keep the accepted translations beside the pack. Raises `PackError`."""
        _replace(self.memory_file, dump_memory(memory))


def _read(file: Path) -> str:
    """Return a file's text as its bytes say it, without translating line ends."""
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise PackError(
            "{file} is not UTF-8 (byte {start})", "save it as UTF-8", file=file, start=error.start
        ) from error
    except OSError as error:
        raise PackError(
            "{file} cannot be read: {why}", "check it", file=file, why=error.strerror
        ) from error


def _replace(path: Path, text: str) -> None:
    try:
        replace_file(path, text.encode("utf-8"))
    except OSError as error:
        hint = mark("copy the pack into a folder of your own first")
        raise not_written(path, error, PackError, hint) from error
