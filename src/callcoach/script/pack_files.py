"""The texts of a pack, wherever they were found."""

from collections.abc import Mapping
from dataclasses import dataclass

from callcoach.script.model import PackId


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The texts of one pack, wherever they were found."""

    id: PackId
    files: Mapping[str, str]
    """File name, as the user would name it, to text; the file with the head comes first."""
