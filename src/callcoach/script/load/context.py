"""What the readers of one pack share: its names, its findings, the mentions to be checked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from callcoach.errors import Told
from callcoach.script.facts import FactId
from callcoach.script.guard import Guard, GuardError, UnknownFact, compile_guard
from callcoach.script.load.fields import Fields, Findings, is_id
from callcoach.script.load.nodes import Listing, Node, Scalar, Table
from callcoach.script.model import (
    CueId,
    Heard,
    Line,
    LineId,
    OutcomeId,
    PackId,
    Phrase,
    StepId,
)
from callcoach.script.place import Text
from callcoach.script.rules import RuleId
from callcoach.script.wording import Language, Wording


@dataclass(frozen=True, slots=True)
class Mention:
    """An id that a pack mentions; it is checked once everything is read."""

    kind: str
    """`step`, `cue`, `rule`, `fact`, `line`, `outcome`, or `step or cue`."""
    id: str
    """Namespaced."""
    text: Text


@dataclass(slots=True)
class Context:
    """One pack being read."""

    pack: PackId
    languages: Sequence[Language]
    findings: Findings
    names: dict[str, FactId] = field(default_factory=dict)
    """Which fact each name means in this pack's templates and guards."""
    lines: dict[LineId, Line] = field(default_factory=dict)
    """The lines read so far, wherever they were written."""
    mentions: list[Mention] = field(default_factory=list)

    def full(self, id: str) -> str:
        """Return the namespaced form of an id as it is written in this pack."""
        return id if "." in id else f"{self.pack}.{id}"

    def mention(self, kind: str, text: Text) -> str:
        """Return the namespaced id that `text` means, and remember to check that it exists."""
        id = self.full(text.value)
        self.mentions.append(Mention(kind, id, text))
        return id

    def step(self, text: Text) -> StepId:
        """Return the step or objection that `text` means."""
        return StepId(self.mention("step", text))

    def cue(self, text: Text) -> CueId:
        """Return the cue that `text` means."""
        return CueId(self.mention("cue", text))

    def rule(self, text: Text) -> RuleId:
        """Return the rule that `text` means."""
        return RuleId(self.mention("rule", text))

    def line(self, text: Text) -> LineId:
        """Return the line that `text` means."""
        return LineId(self.mention("line", text))

    def outcome(self, text: Text) -> OutcomeId:
        """Return the outcome that `text` means."""
        return OutcomeId(self.mention("outcome", text))

    def fact(self, text: Text) -> FactId:
        """Return the fact that a name means in this pack."""
        if text.value in self.names:
            return self.names[text.value]
        return FactId(self.mention("fact", text))

    def values(self, fields: Fields, key: str) -> Iterator[tuple[FactId, Text]]:
        """Yield the facts under `key` and the values they are given there."""
        table = fields.table(key)
        for name, value in table.entries if table else ():
            if isinstance(value, Scalar):
                yield self.fact(name), Text(value.text, value.place)
            else:
                fields.wrong(value, name.value, Told("a value"))

    def spoken_values(self, fields: Fields, key: str) -> Iterator[tuple[FactId, Wording]]:
        """Yield the facts under `key` and their values: one for all languages, or one in each."""
        table = fields.table(key)
        if table is not None:
            inner = Fields(table, fields.named(key), self.findings)
            for name, _ in table.entries:
                value = self.value(inner, name.value)
                if value is not None:
                    yield self.fact(name), value

    def value(self, fields: Fields, key: str) -> Wording | None:
        """Return a fact's value: one for all languages, or one in each."""
        node = fields.take(key)
        if isinstance(node, Scalar):
            texts = (Text(node.text, node.place),)
            return Wording(dict.fromkeys(self.languages, texts), node.place)
        if isinstance(node, Table):
            return fields.as_wording(key, node, self.languages)
        if node is not None:
            fields.wrong(node, key, Told("a value, or one in each language"))
        return None

    def guard(self, fields: Fields, key: str = "when") -> Guard | None:
        """Return the guard under `key`; None without one, or, reported, where it is wrong."""
        text = fields.text(key)
        if text is None:
            return None
        try:
            return compile_guard(text, self.names)
        except UnknownFact as error:
            self.findings.add("CC040", text.place, name=error.name, nearest=error.nearest)
        except GuardError as error:
            self.findings.add("CC045", text.place, problem=error.message, remedy=error.hint)
        return None

    def heard(self, fields: Fields, key: str = "heard") -> Heard:
        """Return what suggests something: phrases by language, cues and rules beside them."""
        node = fields.take(key)
        if not isinstance(node, Table):
            return Heard(self.as_phrases(fields, key, node))
        inner = Fields(node, fields.named(key), self.findings)
        cues = tuple(self.cue(text) for text in inner.texts("cue"))
        rules = tuple(self.rule(text) for text in inner.texts("rule"))
        phrases = self.phrases_in(inner)
        inner.close()
        return Heard(phrases, cues, rules)

    def phrases(self, fields: Fields, key: str) -> tuple[Phrase, ...]:
        """Return the phrases under `key`, by language."""
        node = fields.take(key)
        if not isinstance(node, Table):
            return self.as_phrases(fields, key, node)
        inner = Fields(node, fields.named(key), self.findings)
        phrases = self.phrases_in(inner)
        inner.close()
        return phrases

    def phrases_in(self, inner: Fields) -> tuple[Phrase, ...]:
        """Return the phrases of a table that has them by language."""
        return tuple(
            phrase
            for language in self.languages
            if (node := inner.take(language)) is not None
            for phrase in self._phrases_at(inner, language, node, language)
        )

    def as_phrases(self, fields: Fields, key: str, node: Node | None) -> tuple[Phrase, ...]:
        """Return phrases written without a language, as a pack in one language may."""
        if node is None:
            return ()
        if len(self.languages) == 1:
            return self._phrases_at(fields, key, node, self.languages[0])
        languages = ", ".join(f"{language}: […]" for language in self.languages)
        expected = Told("phrases by language, {{{languages}}}", languages=languages)
        fields.wrong(node, key, expected)
        return ()

    def _phrases_at(
        self, fields: Fields, key: str, node: Node, language: Language
    ) -> tuple[Phrase, ...]:
        """Return the phrases that a node is; a `#` in one may have begun a comment unawares."""
        for item in node.items if isinstance(node, Listing) else (node,):
            if isinstance(item, Scalar) and item.cut:
                self.findings.add("CC011", item.place, lost=item.cut)
        return tuple(Phrase(text, language) for text in fields.as_texts(key, node))

    def say(self, fields: Fields, key: str = "say") -> tuple[LineId, ...]:
        """Return the lines under `key`: written there, or mentioned by id."""
        node = fields.take(key)
        match node:
            case None:
                return ()
            case Table():
                return tuple(self._define(name, value, fields) for name, value in node.entries)
            case Scalar():
                return (self.line(Text(node.text, node.place)),)
            case Listing():
                return tuple(id for item in node.items for id in self._say_item(item, key, fields))

    def _say_item(self, item: Node, key: str, fields: Fields) -> tuple[LineId, ...]:
        match item:
            case Scalar():
                return (self.line(Text(item.text, item.place)),)
            case Table():
                return tuple(self._define(name, value, fields) for name, value in item.entries)
            case Listing():
                fields.wrong(item, key, Told("a line's id, or a line"))
                return ()

    def one_line(self, fields: Fields, key: str, name: str) -> LineId | None:
        """Return the line under `key`: the id of one, or one written there and called `name`."""
        node = fields.take(key)
        match node:
            case None:
                return None
            case Scalar() if len(self.languages) > 1 or is_id(node.text.partition(".")[2]):
                return self.line(Text(node.text, node.place))
            case _:
                return self._define(Text(name, node.place), node, fields)

    def _define(self, name: Text, node: Node, owner: Fields) -> LineId:
        """Add a line written in place; return its id."""
        id = LineId(f"{self.pack}.{name.value}")
        if not is_id(name.value):
            self.findings.add("CC008", name.place, id=name.value)
        elif id in self.lines:
            first = self.lines[id].place
            self.findings.add("CC021", name.place, id=name.value, first=str(first))
        else:
            when = None
            if isinstance(node, Table):
                when = self.guard(Fields(node, owner.named(name.value), self.findings))
            wording = owner.as_wording(name.value, node, self.languages, also=("when",))
            if wording is not None:
                self.lines[id] = Line(id, wording, when, name.place)
        return id
