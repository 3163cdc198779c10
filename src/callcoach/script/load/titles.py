"""Reads what a pack, its outcomes and its cues are called, for lists: without loading it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from callcoach.script.load.fields import Fields, Findings
from callcoach.script.load.nodes import Table
from callcoach.script.load.pack import read_head
from callcoach.script.pack_files import PackFiles
from callcoach.script.wording import Wording

_OUTCOMES: Final = ("outcomes",)
_CUES: Final = ("cues", "watch", "avoid")
_HAS_TITLES = re.compile(rf"""^["']?(?:{"|".join((*_OUTCOMES, *_CUES))})\b""", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Titles:
    """What a pack and what is its own are called; what is wrong with it is told by nobody here."""

    pack: Wording
    outcomes: Mapping[str, Wording]
    """Its outcomes by their namespaced ids; a cue may have the same."""
    cues: Mapping[str, Wording]
    """Its cues by their namespaced ids."""


def read_titles(pack: PackFiles) -> Titles | None:
    """Return what a pack calls things; None where it has no head that can be read."""
    findings = Findings()
    wanted = {
        name: text
        for at, (name, text) in enumerate(pack.texts.items())
        if at == 0 or _HAS_TITLES.search(text)
    }
    found = read_head(PackFiles(pack.id, wanted), findings)
    if found is None:
        return None
    head, sections = found

    def named(wanted: Sequence[str]) -> Mapping[str, Wording]:
        titles: dict[str, Wording] = {}
        for section in wanted:
            for key, value in sections[section].entries if section in sections else ():
                if isinstance(value, Table):
                    fields = Fields(value, key.value, findings)
                    if (title := fields.wording("title", head.languages)) is not None:
                        titles[f"{pack.id}.{key.value}"] = title
        return titles

    return Titles(head.title, named(_OUTCOMES), named(_CUES))
