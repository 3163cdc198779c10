"""Finds forms on disk: by path, in the user's own folder, or among those that are shipped."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from callcoach.errors import PackError, Told
from callcoach.review.form.load import LoadedForm, load_form
from callcoach.script.library import read_source, shipped_folder
from callcoach.script.load.fields import nearest

_ENDINGS = (".yaml", ".yml")


def shipped_forms() -> Path:
    """Return the folder of the shipped forms, beside the shipped packs."""
    return shipped_folder() / "forms"


@dataclass(frozen=True, slots=True)
class FormLibrary:
    """Folders in which forms are looked for; an earlier one wins."""

    folders: tuple[Path, ...]

    def names(self) -> tuple[str, ...]:
        """Return the names of all forms there are, each once, in alphabetical order."""
        return tuple(sorted({path.stem for path in self._paths()}))

    def locate(self, wanted: str) -> Path:
        """Return the file of a form, named by path or by name.

        Raises `PackError` with the forms there are.
        """
        if wanted.endswith(_ENDINGS):
            path = Path(wanted).expanduser()
            if path.is_file():
                return path
        for path in self._paths():
            if path.stem == wanted:
                return path
        if Path(wanted).expanduser().is_file():
            raise PackError(
                "{path} is no form: the name of a form’s file ends in .yaml",
                "rename it, or name another",
                path=wanted,
            )
        names = self.names()
        advice = Told("there are none; callcoach form new makes one")
        if names:
            known = ", ".join(names)
            advice = Told("there are {known}; a path to a form's file works too", known=known)
        if guess := nearest(wanted, names):
            advice = Told("did you mean {guess}? {advice}", guess=guess, advice=advice)
        raise PackError("there is no form “{wanted}”", advice, wanted=wanted)

    def load(self, wanted: str) -> LoadedForm:
        """Return what comes of reading a form; what is wrong inside it is in the findings.

        Raises `PackError` where there is no such form or its file cannot be read.
        """
        return read_form(self.locate(wanted))

    def _paths(self) -> Iterator[Path]:
        for folder in self.folders:
            if folder.is_dir():
                yield from sorted(path for path in folder.iterdir() if path.suffix in _ENDINGS)


def read_form(path: Path) -> LoadedForm:
    """Return what comes of reading a form's file. Raises `PackError` where that cannot be."""
    try:
        text = read_source(path)
    except OSError as error:
        raise PackError(
            "{file} cannot be read: {why}", "check it", file=path, why=error.strerror
        ) from error
    return load_form(text, str(path))
