"""Reads one question of a form: its answers, when it is asked, and what can answer it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from callcoach.errors import Told
from callcoach.locale import mark
from callcoach.review.form.autos import NONE, read_auto
from callcoach.review.form.model import (
    Fails,
    Needs,
    Option,
    OptionId,
    Question,
    QuestionId,
    QuestionKind,
    Range,
    Scoring,
    When,
)
from callcoach.review.form.presets import PRESETS, missing_languages, preset
from callcoach.review.form.values import FormFields, read_bounds, read_score
from callcoach.script.diagnostic import is_error
from callcoach.script.load.fields import Fields, Findings, is_id, nearest
from callcoach.script.load.nodes import Listing, Node, Scalar, Table
from callcoach.script.place import Text
from callcoach.script.wording import Language, Wording

_PLAIN = {kind.value: kind for kind in QuestionKind if kind is not QuestionKind.MANY}
_PLAIN.pop("one")
ANY = "any"
"""Stands for any answer in a condition."""


def called(what: str, id: Text) -> Told:
    """Return what to call a part in a message: `question greets`."""
    return Told("{kind} {id}", kind=Told(what), id=id.value)


@dataclass(frozen=True, slots=True)
class Reader:
    """What the readers of one form's parts share."""

    languages: Sequence[Language]
    scoring: Scoring
    pack: str
    findings: Findings
    broken: set[str]
    """Takes the sections and questions that hold an error."""

    def mark_broken(self, key: Text, before: int) -> None:
        """Keep in mind that a part holds an error, where one was found after the first `before`."""
        if any(map(is_error, self.findings.all[before:])):
            self.broken.add(key.value)

    def title(self, fields: Fields, key: Text) -> Wording:
        """Return the title of a part: under `title`, or in each language beside its other keys."""
        if fields.node.get("title") is None:
            own = Table(
                tuple(it for it in fields.node.entries if it[0].value in self.languages),
                fields.place,
            )
            if own.entries:
                return fields.as_wording("title", own, self.languages) or Wording({}, key.place)
        title = fields.wording("title", self.languages, required=True)
        return title or Wording({}, key.place)

    def wants_table(self, kind: str, key: Text) -> None:
        """Report a part that has no keys of its own."""
        expected = Told("keys and values")
        self.findings.add("CC006", key.place, what=called(kind, key), expected=expected)

    def conditions(self, fields: Fields) -> tuple[When, ...]:
        """Return the conditions under `when`: `{reason: [a, b], other: {not: c}, third: any}`."""
        table = fields.table("when")
        if table is None:
            return ()
        inner = Fields(table, fields.named("when"), self.findings)
        found: list[When] = []
        for key, node in table.entries:
            is_not = isinstance(node, Table)
            if isinstance(node, Table):
                below = Fields(node, inner.named(key.value), self.findings)
                options = below.texts("not", required=True)
                below.close()
            else:
                options = inner.as_texts(key.value, node)
            names = frozenset(OptionId(it.value) for it in options)
            is_any = names == {ANY} and not is_not
            found.append(When(QuestionId(key.value), frozenset() if is_any else names, is_not))
        return tuple(found)


def read_question(key: Text, node: Node, reader: Reader) -> Question:
    """Return a question; a text alone is its title, and yes is the right answer to it."""
    if isinstance(node, Scalar) and node.is_empty:
        node = Table((), key.place)
    if isinstance(node, Listing):
        reader.wants_table(mark("question"), key)
        node = Table((), key.place)
    if isinstance(node, Scalar):
        node = Table(((Text("title", node.place), node),), node.place)
    fields = FormFields(node, called(mark("question"), key), reader.findings)
    title = reader.title(fields, key)
    help = fields.wording("help", reader.languages)
    kind, options = _answers(fields, reader)
    ranges = _ranges(fields, reader)
    if ranges and kind is not QuestionKind.NUMBER:
        kind, options = QuestionKind.NUMBER, ()
    fails = _fails(fields)
    question = Question(
        id=QuestionId(key.value),
        title=title,
        kind=kind,
        place=key.place,
        help=help,
        options=_failing(options, fails),
        ranges=ranges,
        weight=fields.number("weight", 1.0),
        is_bonus=fields.flag("bonus"),
        is_scored=fields.flag("scored", default=True) and (bool(options) or bool(ranges)),
        may_skip=fields.flag("skip", default=True),
        needs=fields.choice("comment", Needs, Needs.NEVER),
        when=reader.conditions(fields),
    )
    question = replace(question, auto=read_auto(fields, question, reader.pack))
    fields.close(reader.languages)
    return question


def _answers(fields: Fields, reader: Reader) -> tuple[QuestionKind, tuple[Option, ...]]:
    """Return how a question is answered, and its options."""
    node = fields.take("answers")
    kind = QuestionKind.MANY if fields.flag("many") else QuestionKind.ONE
    if isinstance(node, Table):
        return kind, _options(fields, node, reader)
    if node is None and "metric" in {key.value for key, _ in fields.node.entries}:
        return QuestionKind.NUMBER, ()
    name = Text("yes_no", fields.place) if node is None else fields.text("answers")
    if name is None:
        return kind, ()
    if name.value in _PLAIN:
        return _PLAIN[name.value], ()
    if name.value not in PRESETS:
        known = (*PRESETS, *_PLAIN)
        fields.bad_value("answers", name, ", ".join(known), nearest(name.value, known))
        return kind, ()
    for language in missing_languages(reader.languages):
        what = fields.named("answers")
        fields.findings.add("CC030", name.place, what=what, language=language)
    return kind, preset(name.value, reader.languages, name.place)


def _options(fields: Fields, table: Table, reader: Reader) -> tuple[Option, ...]:
    found: list[Option] = []
    for key, node in table.entries:
        if not is_id(key.value) or key.value in (ANY, NONE):
            fields.findings.add("CC008", key.place, id=key.value)
        elif isinstance(node, Table):
            inner = FormFields(node, called(mark("answer"), key), fields.findings)
            score = inner.text("score", required=True)
            found.append(
                Option(
                    OptionId(key.value),
                    reader.title(inner, key),
                    read_score(inner, "score", score, reader.scoring) if score else 0.0,
                    _fails(inner),
                    inner.flag("comment"),
                )
            )
            inner.close(reader.languages)
        else:
            reader.wants_table(mark("answer"), key)
    return tuple(found)


def _fails(fields: Fields) -> Fails | None:
    """Return what an answer brings down, as it is written."""
    return fields.choice("fails", Fails, Fails.QUESTION) if fields.node.get("fails") else None


def _failing(options: tuple[Option, ...], fails: Fails | None) -> tuple[Option, ...]:
    """Return options of which those that score least fail something."""
    least = min((option.score for option in options), default=0.0)
    return tuple(
        replace(option, fails=fails) if fails and option.score == least else option
        for option in options
    )


def _ranges(fields: Fields, reader: Reader) -> tuple[Range, ...]:
    """Return what numbers score: `{..3: 1, 3..6: 0.5, 6..: {score: 0, fails: form}}`."""
    table = fields.table("ranges")
    found: list[Range] = []
    for key, node in table.entries if table else ():
        least, most = read_bounds(fields, key)
        fails: Fails | None = None
        if isinstance(node, Table):
            inner = FormFields(node, called(mark("range"), key), fields.findings)
            score = inner.text("score", required=True)
            fails = _fails(inner)
            inner.close()
        elif isinstance(node, Scalar):
            score = Text(node.text, node.place)
        else:
            fields.wrong(node, key.value, Told("a number"))
            continue
        value = read_score(fields, key.value, score, reader.scoring) if score else 0.0
        found.append(Range(least, most, value, fails))
    return tuple(found)
