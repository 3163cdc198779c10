"""Reads a form's file: its head, sections and bands; what is wrong with it becomes findings."""

import hashlib
import re
from dataclasses import dataclass

from callcoach.errors import Told
from callcoach.locale import mark
from callcoach.review.form.model import (
    Band,
    Form,
    FormId,
    Question,
    Scoring,
    Section,
    SectionId,
)
from callcoach.review.form.questions import Reader, called, read_question
from callcoach.review.form.values import FormFields
from callcoach.script.diagnostic import Diagnostic, is_error
from callcoach.script.load.fields import Fields, Findings, is_id
from callcoach.script.load.nodes import Scalar, Table, read_nodes
from callcoach.script.place import Text
from callcoach.script.wording import Wording

FORMAT = "1"
"""The format version that this reader knows: `callcoach: 1` at the top of a form."""
_LEAST = re.compile(r"\d{1,3}(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class LoadedForm:
    """What came of reading a form's file."""

    form: Form | None
    """None where an error keeps it from being used."""
    findings: tuple[Diagnostic, ...]
    draft: Form | None = None
    """The form as far as it could be read, to look for what else is wrong; None for nothing."""
    broken: frozenset[str] = frozenset()
    """The sections and questions of the draft that hold an error."""


def load_form(text: str, file: str) -> LoadedForm:
    """Return the form that a YAML text describes, and what is wrong with the text.

    `file` is its name as the user knows it. Nothing is raised for a bad form. What a form says of
    cues, and whether it makes sense, is looked at by `check_form`.
    """
    findings = Findings()
    table, problems = read_nodes(text, file)
    findings.all.extend(problems)
    draft, broken = None, set[str]()
    if table is not None and _has_known_format(table, findings):
        draft = _form(FormFields(table, Told("the form"), findings), text, broken)
    found = tuple(findings.all)
    form = None if any(map(is_error, found)) else draft
    return LoadedForm(form, found, draft, frozenset(broken))


def _has_known_format(table: Table, findings: Findings) -> bool:
    """Tell whether a form can be read on: it is not in a format of its own."""
    found = table.get("callcoach")
    if isinstance(found, Scalar) and found.text == FORMAT:
        return True
    if found is None or (isinstance(found, Scalar) and found.is_empty):
        findings.add("CC005", table.place, key=f"callcoach: {FORMAT}", what=Told("the form"))
        return True
    value = found.text if isinstance(found, Scalar) else ""
    findings.add("CC009", found.place, value=value, known=FORMAT)
    return False


def _form(fields: Fields, text: str, broken: set[str]) -> Form | None:
    """Return a form as far as it can be read; None where it is not said in which languages."""
    findings = fields.findings
    fields.asked.add("callcoach")
    id, version = fields.text("form", required=True), fields.text("version", required=True)
    languages = tuple(dict.fromkeys(it.value for it in fields.texts("languages", required=True)))
    if id is not None and not is_id(id.value):
        findings.add("CC008", id.place, id=id.value)
    if not languages:
        return None
    title = fields.wording("title", languages, required=True)
    pack = fields.text("pack")
    scoring = fields.choice("scoring", Scoring, Scoring.PERCENT)
    days = fields.number("appeal_days", 14)
    reader = Reader(languages, scoring, pack.value if pack else "", findings, broken)
    bands = _bands(fields, reader)
    table = fields.table("sections", required=True)
    fields.close()
    sections = _sections(table, reader) if table is not None else ()
    return Form(
        id=FormId(id.value if id else ""),
        version=version.value if version else "",
        title=title or Wording({}, fields.place),
        languages=languages,
        scoring=scoring,
        sections=sections,
        bands=bands,
        digest=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        source=text,
        place=fields.place,
        pack=reader.pack,
        appeal_days=int(days),
    )


def _bands(fields: Fields, reader: Reader) -> tuple[Band, ...]:
    """Return the bands as they are written: `90: {zh: 优秀, en: Excellent}`."""
    table = fields.table("bands")
    if table is None:
        return ()
    inner = Fields(table, fields.named("bands"), fields.findings)
    found: list[Band] = []
    for key, node in table.entries:
        if not _LEAST.fullmatch(key.value):
            fields.bad_value("bands", key, Told("a percentage such as 90"))
        else:
            title = inner.as_wording(key.value, node, reader.languages)
            if title is not None:
                found.append(Band(float(key.value), title))
    return tuple(found)


def _sections(table: Table, reader: Reader) -> tuple[Section, ...]:
    known: dict[str, Question] = {}
    found: list[Section] = []
    for key, node in table.entries:
        if not is_id(key.value):
            reader.findings.add("CC008", key.place, id=key.value)
        if isinstance(node, Table):
            fields = FormFields(node, called(mark("section"), key), reader.findings)
            found.append(_section(key, fields, reader, known))
        else:
            reader.wants_table(mark("section"), key)
    return tuple(found)


def _section(key: Text, fields: Fields, reader: Reader, known: dict[str, Question]) -> Section:
    before = len(reader.findings.all)
    title = reader.title(fields, key)
    help = fields.wording("help", reader.languages)
    weight = fields.number("weight", 1.0)
    is_scored = fields.flag("scored", default=True)
    when = reader.conditions(fields)
    table = fields.table("questions", required=True)
    fields.close(reader.languages)
    reader.mark_broken(key, before)
    questions: list[Question] = []
    for name, node in table.entries if table else ():
        if not is_id(name.value):
            reader.findings.add("CC008", name.place, id=name.value)
        if name.value in known:
            first = str(known[name.value].place)
            reader.findings.add("CC101", name.place, id=name.value, first=first)
            reader.broken.add(key.value)
        else:
            before = len(reader.findings.all)
            question = read_question(name, node, reader)
            reader.mark_broken(name, before)
            known[name.value] = question
            questions.append(question)
    return Section(
        SectionId(key.value), title, tuple(questions), key.place, help, weight, is_scored, when
    )
