"""The texts of a pack, wherever they were found."""

from collections.abc import Mapping
from dataclasses import dataclass

from callcoach.script.judges import FILE
from callcoach.script.model import PackId


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The texts of one pack, wherever they were found."""

    id: PackId
    files: Mapping[str, str]
    """File name, as the user would name it, to text; the file with the head comes first."""

    @property
    def texts(self) -> Mapping[str, str]:
        """Return the files that people write."""
        return {name: text for name, text in self.files.items() if not name.endswith(FILE)}

    @property
    def judges(self) -> tuple[str, str] | None:
        """Return the name and text of the file with the judges of its rules, if it has one."""
        for name, text in self.files.items():
            if name.endswith(FILE):
                return name, text.removeprefix("\ufeff").replace("\r\n", "\n")
        return None
