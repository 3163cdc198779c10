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

FORMAT = "1"
"""The format version that this reader knows: `callcoach: 1` at the top of a form."""
_LEAST = re.compile(r"\d{1,3}(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class LoadedForm:
    """What came of reading a form's file."""

    form: Form | None
    """None where an error keeps it from being used."""
    findings: tuple[Diagnostic, ...]


def load_form(text: str, file: str) -> LoadedForm:
    """Return the form that a YAML text describes, and what is wrong with the text.

    `file` is its name as the user knows it. Nothing is raised for a bad form. What a form says of
    cues, and whether it makes sense, is looked at by `check_form`.
    """
    findings = Findings()
    table, problems = read_nodes(text, file)
    findings.all.extend(problems)
    form = None
    if table is not None and _has_known_format(table, findings):
        form = _form(FormFields(table, Told("the form"), findings), text)
    found = tuple(findings.all)
    return LoadedForm(None if any(map(is_error, found)) else form, found)


def _has_known_format(table: Table, findings: Findings) -> bool:
    found = table.get("callcoach")
    if isinstance(found, Scalar) and found.text == FORMAT:
        return True
    if found is None or (isinstance(found, Scalar) and found.is_empty):
        findings.add("CC005", table.place, key=f"callcoach: {FORMAT}", what=Told("the form"))
    else:
        value = found.text if isinstance(found, Scalar) else ""
        findings.add("CC009", found.place, value=value, known=FORMAT)
    return False


def _form(fields: Fields, text: str) -> Form | None:
    findings = fields.findings
    fields.asked.add("callcoach")
    id, version = fields.text("form", required=True), fields.text("version", required=True)
    languages = tuple(dict.fromkeys(it.value for it in fields.texts("languages", required=True)))
    if id is not None and not is_id(id.value):
        findings.add("CC008", id.place, id=id.value)
    if id is None or version is None or not languages:
        return None
    title = fields.wording("title", languages, required=True)
    pack = fields.text("pack")
    scoring = fields.choice("scoring", Scoring, Scoring.PERCENT)
    days = fields.number("appeal_days", 14)
    reader = Reader(languages, scoring, pack.value if pack else "", findings)
    bands = _bands(fields, reader)
    table = fields.table("sections", required=True)
    fields.close()
    if title is None or table is None:
        return None
    sections = _sections(table, reader)
    return Form(
        id=FormId(id.value),
        version=version.value,
        title=title,
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
        elif isinstance(node, Table):
            fields = FormFields(node, called(mark("section"), key), reader.findings)
            found.append(_section(key, fields, reader, known))
        else:
            reader.wants_table(mark("section"), key)
    return tuple(found)


def _section(key: Text, fields: Fields, reader: Reader, known: dict[str, Question]) -> Section:
    title = reader.title(fields, key)
    help = fields.wording("help", reader.languages)
    weight = fields.number("weight", 1.0)
    is_scored = fields.flag("scored", default=True)
    when = reader.conditions(fields)
    table = fields.table("questions", required=True)
    fields.close(reader.languages)
    questions: list[Question] = []
    for name, node in table.entries if table else ():
        if not is_id(name.value):
            reader.findings.add("CC008", name.place, id=name.value)
        elif name.value in known:
            first = str(known[name.value].place)
            reader.findings.add("CC101", name.place, id=name.value, first=first)
        else:
            question = read_question(name, node, reader)
            known[name.value] = question
            questions.append(question)
    return Section(
        SectionId(key.value), title, tuple(questions), key.place, help, weight, is_scored, when
    )
