"""Reads one pack's files into its parts, before it is joined with the packs it uses."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from callcoach.errors import Told
from callcoach.script.facts import Fact, FactId
from callcoach.script.judges import Judges
from callcoach.script.load.context import Context, Mention
from callcoach.script.load.fields import Fields, Findings, is_id
from callcoach.script.load.judges import read_judges
from callcoach.script.load.nodes import Listing, Node, Scalar, Table, read_nodes
from callcoach.script.load.parts import (
    read_consent,
    read_cues,
    read_facts,
    read_outcomes,
    read_steps,
)
from callcoach.script.load.plans import read_plans
from callcoach.script.load.rules import read_rules
from callcoach.script.model import (
    Consent,
    Cue,
    CueId,
    CueKind,
    Line,
    LineId,
    Outcome,
    OutcomeId,
    PackId,
    PlanId,
    Step,
    StepId,
    local,
)
from callcoach.script.pack_files import PackFiles
from callcoach.script.place import Place, Text
from callcoach.script.plan import Plan
from callcoach.script.rules import Rule, RuleId
from callcoach.script.wording import Language, Wording

FORMAT = 1
"""The format version that this reader knows: `callcoach: 1` at the top of a pack."""
_SECTIONS = (
    "facts", "lines", "steps", "objections", "rules", "cues", "watch", "avoid", "outcomes",
    "listening", "plans",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Head:
    """What a pack says of itself."""

    title: Wording
    version: str
    languages: tuple[Language, ...]
    uses: tuple[Text, ...]
    start: Text | None
    about: Wording | None
    place: Place


@dataclass(frozen=True, slots=True)
class PackParts:
    """One pack, its ids namespaced, what it takes from other packs not yet joined."""

    id: PackId
    head: Head
    used: tuple["PackParts", ...]
    """The packs it uses, nearest first."""
    digest: str
    of_rules: str
    """Digest of its rules and of those of the packs it uses; judges are good for one."""
    names: Mapping[str, FactId]
    facts: Mapping[FactId, Fact]
    outcomes: Mapping[OutcomeId, Outcome]
    lines: Mapping[LineId, Line]
    steps: Mapping[StepId, Step]
    rules: Mapping[RuleId, Rule]
    cues: Mapping[CueId, Cue]
    plans: Mapping[PlanId, Plan]
    mentions: tuple[Mention, ...]
    consent: Consent | None
    judges: Judges


def read_head(pack: PackFiles, findings: Findings) -> tuple[Head, Mapping[str, Table]] | None:
    """Return a pack's head and its sections; None, reported, where there is no head to read."""
    read: list[Table | None] = []
    for name, text in pack.texts.items():
        table, problems = read_nodes(text, name)
        findings.all.extend(problems)
        findings.is_partial |= table is None
        read.append(table)
    first = read[0] if read else None
    if first is None or not _has_known_format(pack.id, first, findings):
        return None
    tables = [table for table in read if table is not None]
    return _read_head(pack.id, first, findings), _sections(tables, findings)


def _has_known_format(pack: PackId, table: Table, findings: Findings) -> bool:
    found = table.get("callcoach")
    if isinstance(found, Scalar) and found.text == str(FORMAT):
        return True
    if found is None or (isinstance(found, Scalar) and found.is_empty):
        what = Told("pack {id}", id=pack)
        findings.add("CC005", table.place, key=f"callcoach: {FORMAT}", what=what)
        return False
    value = found.text if isinstance(found, Scalar) else ""
    findings.add("CC009", found.place if found else table.place, value=value, known=str(FORMAT))
    return False


def _read_head(pack: PackId, table: Table, findings: Findings) -> Head:
    fields = Fields(table, Told("pack {id}", id=pack), findings)
    fields.asked.add("callcoach")
    name = fields.text("pack", required=True)
    if name is not None and name.value != pack:
        findings.add("CC014", name.place, id=name.value, file=pack)
    languages: list[Language] = []
    for text in fields.texts("languages", required=True):
        if text.value in languages:
            fields.bad_value("languages", text, Told("each language once"))
        elif len(text.value) in (2, 3) and is_id(text.value):
            languages.append(text.value)
        else:
            fields.bad_value("languages", text, Told("codes such as zh and en"))
    version = fields.text("version", required=True)
    head = Head(
        title=fields.wording("title", languages, required=True) or Wording({}, table.place),
        version=version.value if version else "",
        languages=tuple(languages),
        uses=fields.texts("uses"),
        start=fields.text("start"),
        about=fields.wording("about", languages),
        place=table.place,
    )
    fields.close(also=_SECTIONS)
    return head


def _sections(tables: list[Table], findings: Findings) -> Mapping[str, Table]:
    """Return the sections of all files, those of one name joined."""
    joined: dict[str, dict[str, tuple[Text, Node]]] = {}
    for position, table in enumerate(tables):
        for section in _SECTIONS:
            node = table.get(section)
            if isinstance(node, Table):
                entries = joined.setdefault(section, {})
                for key, value in node.entries:
                    if key.value in entries:
                        first = str(entries[key.value][0].place)
                        findings.add("CC021", key.place, id=key.value, first=first)
                    else:
                        entries[key.value] = (key, value)
            elif node is not None and not (isinstance(node, Scalar) and node.is_empty):
                expected = Told("keys and values")
                findings.add("CC006", node.place, what=section, expected=expected)
        if position > 0:
            Fields(table, table.place.file, findings).close(also=_SECTIONS)
    return {
        section: Table(tuple(entries.values()), next(iter(entries.values()))[0].place)
        for section, entries in joined.items()
        if entries
    }


def read_parts(
    pack: PackId,
    head: Head,
    sections: Mapping[str, Table],
    used: tuple[PackParts, ...],
    findings: Findings,
    taught: tuple[str, str] | None = None,
) -> PackParts:
    """Return the parts of a pack whose used packs were read; `taught` is its file of judges."""
    context = Context(pack, head.languages, findings)
    facts = read_facts(context, sections.get("facts"))
    for parts in reversed(used):
        context.names |= {local(id): id for id in parts.facts}
        context.names |= {str(id): id for id in parts.facts}
    context.names |= {local(id): id for id in facts}
    context.names |= {str(id): id for id in facts}
    outcomes = read_outcomes(context, sections.get("outcomes"))
    if "lines" in sections:
        lines = Table(((Text("say", head.place), sections["lines"]),), head.place)
        context.say(Fields(lines, "lines", findings))
    steps = read_steps(context, sections.get("steps"), is_objection=False)
    objections = read_steps(context, sections.get("objections"), is_objection=True)
    for id in objections.keys() & steps.keys():
        arguments = {"id": local(id), "first": str(steps[id].place)}
        findings.add("CC021", objections[id].place, **arguments)
    rules = read_rules(context, sections.get("rules"))
    cues = read_cues(context, sections.get("cues"), CueKind.SAY)
    for section, kind in (("watch", CueKind.WATCH), ("avoid", CueKind.AVOID)):
        more = read_cues(context, sections.get(section), kind)
        for twice in more.keys() & cues.keys():
            findings.add("CC021", more[twice].place, id=local(twice), first=str(cues[twice].place))
        cues |= more
    consent = read_consent(context, sections.get("listening"))
    plans = read_plans(context, sections.get("plans"))
    of_rules = _digest_of_rules(sections, used)
    judges = read_judges(*taught, of_rules, findings) if taught else {}
    return PackParts(
        id=pack,
        head=head,
        used=used,
        digest=_digest(head, sections, used, taught),
        of_rules=of_rules,
        names=context.names,
        facts=facts,
        outcomes=outcomes,
        lines=context.lines,
        steps=steps | objections,
        rules=rules,
        cues=cues,
        plans=plans,
        mentions=tuple(context.mentions),
        consent=consent,
        judges=judges,
    )


def _digest(
    head: Head,
    sections: Mapping[str, Table],
    used: tuple[PackParts, ...],
    taught: tuple[str, str] | None,
) -> str:
    """Return the SHA-256 of everything a call can depend on, in hex."""
    content = {
        "format": FORMAT,
        "version": head.version,
        "languages": head.languages,
        "start": head.start.value if head.start else None,
        "sections": [
            [name, _plain(sections[name])]
            for name in _SECTIONS
            if name in sections and name != "plans"
        ],
        "uses": [[parts.id, parts.digest] for parts in used],
    }
    if taught:
        content["judges"] = taught[1]
    return _sha(content)


def _digest_of_rules(sections: Mapping[str, Table], used: tuple[PackParts, ...]) -> str:
    own = _plain(sections["rules"]) if "rules" in sections else None
    return _sha([own, [parts.of_rules for parts in used]])


def _sha(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(node: Node) -> object:
    """Return a node as lists and texts, its place and its way of writing left out."""
    match node:
        case Scalar(text=text):
            return None if node.is_empty else text
        case Listing(items=items):
            return [_plain(item) for item in items]
        case Table(entries=entries):
            return {key.value: _plain(value) for key, value in entries}
