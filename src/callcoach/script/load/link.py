"""Loads a pack and the packs it uses, and says everything that is wrong with them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from callcoach.script.diagnostic import Diagnostic, is_error
from callcoach.script.load.fields import Findings
from callcoach.script.load.join import join
from callcoach.script.load.pack import PackParts, read_head, read_parts
from callcoach.script.model import PackId, PlanId, Script
from callcoach.script.pack_files import PackFiles
from callcoach.script.place import Text
from callcoach.script.plan import Plan

Find = Callable[[PackId], PackFiles | None]
"""Returns the files of a pack, or None where there is no such pack."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading a pack."""

    script: Script | None
    """None where an error keeps the pack from being used."""
    plans: Mapping[PlanId, Plan]
    """The plans of this pack alone."""
    findings: tuple[Diagnostic, ...]
    """Those of used packs only where they keep this one from being used."""
    sources: tuple[PackFiles, ...]
    """The files that were read: this pack's, then those of the packs it uses."""


def load_pack(files: PackFiles, find: Find) -> Loaded:
    """Return the script of a pack, joined with the packs it uses, and what is wrong with it.

    `find` is asked once for every pack used. Nothing is raised for a bad pack: what is wrong
    stands in the findings.
    """
    reader = _Reader(find)
    parts = reader.read(files, ())
    found = reader.findings
    if parts is None:
        return Loaded(None, {}, tuple(found.all), tuple(reader.opened.values()))
    packs = [parts, *(other for other in reversed(reader.parts.values()) if other is not parts)]
    script = join(packs, found)
    told = tuple(
        it
        for it in found.all
        if (it.place.file in files.files or is_error(it))
        and not (found.is_partial and it.code == "CC020")
    )
    sources = tuple(reader.opened.values())
    usable = None if any(map(is_error, told)) else script
    return Loaded(usable, parts.plans, told, sources)


class _Reader:
    """Reads packs depth first, each once."""

    def __init__(self, find: Find) -> None:
        self.find = find
        self.findings = Findings()
        self.opened: dict[PackId, PackFiles] = {}
        self.parts: dict[PackId, PackParts] = {}
        """The packs read so far; a pack comes after those it uses."""

    def read(self, files: PackFiles, path: tuple[PackId, ...]) -> PackParts | None:
        """Return a pack's parts, those it uses read before; `path` is who asks for it."""
        self.opened[files.id] = files
        found = read_head(files, self.findings)
        if found is None:
            return None
        head, sections = found
        used: dict[PackId, PackParts] = {}
        for mention in head.uses:
            parts = self._read_used(mention, (*path, files.id))
            if parts is not None:
                for language in head.languages:
                    if language not in parts.head.languages:
                        arguments = {"pack": parts.id, "language": language}
                        self.findings.add("CC038", mention.place, **arguments)
                used |= {parts.id: parts} | {other.id: other for other in parts.used}
        parts = read_parts(
            files.id, head, sections, tuple(used.values()), self.findings, files.judges
        )
        self.parts[files.id] = parts
        return parts

    def _read_used(self, mention: Text, path: tuple[PackId, ...]) -> PackParts | None:
        id = PackId(mention.value)
        if id in path:
            self.findings.add("CC023", mention.place, path=" → ".join((*path, id)))
            return None
        if id in self.parts:
            return self.parts[id]
        files = None if id in self.opened else self.find(id)
        if files is None:
            if id not in self.opened:
                self.findings.add("CC022", mention.place, id=id)
            return None
        return self.read(files, path)
