"""Reads what can answer a question without a person: cues, flags, a metric, an attribute."""

from callcoach.errors import Told
from callcoach.review.form.model import (
    Auto,
    Option,
    OptionId,
    Question,
    QuestionKind,
    Source,
)
from callcoach.script.load.fields import Fields, nearest
from callcoach.script.load.nodes import Scalar
from callcoach.script.measures import MEASURES
from callcoach.script.model import CueId, Severity
from callcoach.script.place import Text

NONE = "none"
"""Stands for no suggestion: `absent: none`."""
PLAIN_ATTRIBUTES = ("outcome", "agent", "mode", "language", "pack")
"""What a call is known by beside its facts."""
SEVERITIES = frozenset(member.value for member in Severity)


def read_auto(fields: Fields, question: Question, pack: str) -> Auto | None:
    """Return what answers a question; None where only a person does.

    Where nothing else is written, a cue that was said gives the best answer and a flag the worst.
    """
    written = [source for source in Source if fields.node.get(source.value) is not None]
    if len(written) > 1:
        one, other = (source.value for source in written[:2])
        fields.asked.update((*Source, "present", "absent", "unknown", "values"))
        fields.findings.add("CC121", question.place, question=question.id, one=one, other=other)
        return None
    source = written[0] if written else None
    of = fields.texts(source.value) if source else ()
    present, absent, unknown = (
        _option(fields, key, question) for key in ("present", "absent", "unknown")
    )
    values = _values(fields, question)
    if source is None or not of:
        return None
    _check_kind(fields, question, source)
    names = tuple(_full(it.value, source, pack) for it in of)
    if source is Source.METRIC and names[0] not in MEASURES:
        guess = nearest(names[0], MEASURES)
        fields.findings.add("CC115", of[0].place, name=names[0], nearest=guess)
    if source is Source.ATTRIBUTE:
        values = {_value(names[0], value, pack): option for value, option in values.items()}
    if source in (Source.CUE, Source.FLAG) and question.kind is QuestionKind.ONE:
        good, bad = _ends(question.options)
        if source is Source.FLAG:
            good, bad = bad, good
        present = _or_usual(fields, "present", present, good)
        absent = _or_usual(fields, "absent", absent, bad)
    cues = tuple(CueId(it) for it in names if source is Source.CUE or it not in SEVERITIES)
    return Auto(
        source=source,
        of=names,
        present=present,
        absent=absent,
        unknown=unknown,
        values=values,
        cues=cues if source in (Source.CUE, Source.FLAG) else (),
    )


def _full(name: str, source: Source, pack: str) -> str:
    """Return a name as the pack has it: a cue's or a fact's with the pack that the form is for."""
    is_of_pack = (
        source is Source.CUE
        or (source is Source.FLAG and name not in SEVERITIES)
        or (source is Source.ATTRIBUTE and name not in PLAIN_ATTRIBUTES)
    )
    return _with_pack(name, pack) if is_of_pack else name


def _value(attribute: str, value: str, pack: str) -> str:
    return _with_pack(value, pack) if attribute == "outcome" else value


def _with_pack(name: str, pack: str) -> str:
    return name if "." in name or not pack else f"{pack}.{name}"


def _option(fields: Fields, key: str, question: Question) -> OptionId | None:
    text = fields.text(key)
    return None if text is None or text.value == NONE else _known(fields, text, question)


def _or_usual(
    fields: Fields, key: str, written: OptionId | None, usual: OptionId | None
) -> OptionId | None:
    """Return the answer that is written, else the usual one; `none` wants none."""
    return usual if fields.node.get(key) is None else written


def _known(fields: Fields, text: Text, question: Question) -> OptionId:
    if question.option(text.value) is None:
        ids = [option.id for option in question.options]
        guess = nearest(text.value, ids)
        what = fields.what
        fields.findings.add(
            "CC102", text.place, what=what, option=text.value, known=", ".join(ids), nearest=guess
        )
    return OptionId(text.value)


def _values(fields: Fields, question: Question) -> dict[str, OptionId]:
    table = fields.table("values")
    found: dict[str, OptionId] = {}
    for key, node in table.entries if table else ():
        if isinstance(node, Scalar):
            found[key.value] = _known(fields, Text(node.text, node.place), question)
        else:
            fields.wrong(node, key.value, Told("an answer"))
    return found


def _ends(options: tuple[Option, ...]) -> tuple[OptionId | None, OptionId | None]:
    """Return the best and the worst of some options."""
    if not options:
        return None, None
    return (
        max(options, key=lambda option: option.score).id,
        min(options, key=lambda option: option.score).id,
    )


_FITS = {
    Source.CUE: (QuestionKind.ONE, QuestionKind.MANY),
    Source.FLAG: (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.NUMBER),
    Source.METRIC: (QuestionKind.NUMBER,),
    Source.ATTRIBUTE: (QuestionKind.ONE, QuestionKind.MANY, QuestionKind.TEXT),
}


def _check_kind(fields: Fields, question: Question, source: Source) -> None:
    """Report a source that cannot give such an answer as the question wants."""
    if question.kind not in _FITS[source]:
        fields.findings.add(
            "CC119", question.place, question=question.id, source=source.value,
            kind=question.kind.value,
        )  # fmt: skip
