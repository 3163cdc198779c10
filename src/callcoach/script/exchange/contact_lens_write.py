"""Writes rules as Contact Lens rules, after a call or while it goes on."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from callcoach.errors import Told
from callcoach.script.exchange.build import name_of
from callcoach.script.exchange.contact_lens import (
    ATTRIBUTES,
    CONTACT_ATTRIBUTE,
    EVENTS,
    EXACT,
    LEAST,
    LIVE_VALUES,
    METRICS,
    MOST,
    NEVER_NEGATED,
    PATTERN,
    POST_CALL,
    REAL_TIME,
    SEGMENT,
    SEGMENT_ATTRIBUTE,
    SEMANTIC,
    TALK_TIME,
    VERSION,
)
from callcoach.script.exchange.formula import Claim, Every, Formula, Some
from callcoach.script.exchange.notation import texts_of
from callcoach.script.exchange.one_by_one import Json, give_out
from callcoach.script.exchange.pattern import write_near, write_patterns
from callcoach.script.exchange.report import Account, Exported
from callcoach.script.exchange.texts import note_missing
from callcoach.script.exchange.tree import key_of
from callcoach.script.model import Phrase, Speaker, local
from callcoach.script.rules import (
    Attribute,
    Metric,
    Near,
    NumberIn,
    Phrases,
    Rule,
    RuleId,
    Scope,
    Side,
    Similar,
    Unit,
    Window,
)
from callcoach.words.phrase import PhraseError

_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
MAX_NAME = 200
_LANGUAGES = frozenset(("en", "es", "ar", "de", "fr", "hi", "it", "pt", "ko", "ja", "zh"))
_ROLES = {Speaker.AGENT: "AGENT", Speaker.CUSTOMER: "CUSTOMER"}
_VALUES = {name: value for value, name in {**ATTRIBUTES, **METRICS}.items()}


def write_contact_lens(
    rules: Iterable[Rule],
    known: Mapping[RuleId, Rule],
    *,
    approximate: bool,
    live: bool = False,
) -> Exported:
    """Return rules as requests to create them there, drafts; `live` ones for calls that go on."""
    prefix = REAL_TIME if live else POST_CALL

    def write(rule: Rule, formula: Formula, account: Account) -> Json | None:
        body = _Writer(rule, account, prefix).node(formula)
        return None if body is None else _request(_name(rule), body, prefix)

    return give_out(rules, known, Scope.CALL, write, _name, approximate=approximate)


def _name(rule: Rule) -> str:
    """Return a rule's title where it can be a name there, else its id."""
    name = name_of(rule)
    return name if len(name) <= MAX_NAME and _NAME.issuperset(name) else local(rule.id)


def _request(name: str, body: Json, prefix: str) -> Json:
    top = body if body["Operator"] in ("AND", "OR") else {"Operator": "AND", "Operands": [body]}
    function = {"Version": VERSION, "RuleFunction": top}
    category = {"ActionType": "ASSIGN_CONTACT_CATEGORY", "AssignContactCategoryAction": {}}
    return {
        "Name": name,
        "TriggerEventSource": {"EventSourceName": EVENTS[prefix]},
        "Function": json.dumps(function, ensure_ascii=False),
        "Actions": [category],
        "PublishStatus": "DRAFT",
    }


class _Writer:
    """Writes the formula of one rule; what cannot be written is noted, and None."""

    def __init__(self, rule: Rule, account: Account, prefix: str) -> None:
        self.rule = rule
        self.account = account
        self.prefix = prefix

    def node(self, formula: Formula) -> Json | None:
        """Return the node for a formula."""
        match formula:
            case Claim():
                return self._leaf(formula)
            case Every(parts):
                operator = "AND"
            case Some(parts):
                operator = "OR"
        nodes = [self.node(part) for part in parts]
        known = [node for node in nodes if node is not None]
        return {"Operator": operator, "Operands": known} if len(known) == len(nodes) else None

    def _leave(self, what: str, why: Told | None = None) -> None:
        why = why or Told("that system has nothing like it")
        self.account.leave(self.rule.id, what, why)

    def _leaf(self, claim: Claim) -> Json | None:
        try:
            node = self._any_leaf(claim)
        except PhraseError as error:
            self._leave("heard", error.message)
            return None
        for leaf in _leaves(node) if self.prefix == REAL_TIME else ():
            value = str(leaf["ComparisonValue"]).removeprefix(self.prefix)
            if not any(
                value == it or (it[-1] == "." and value.startswith(it)) for it in LIVE_VALUES
            ):
                self._leave(value, Told("that system does not look at it while a call goes on"))
            if leaf["Negate"] and value in (EXACT, PATTERN):
                self._leave("not", Told("that system misses nothing while a call goes on"))
        return node

    def _any_leaf(self, claim: Claim) -> Json | None:
        match claim.part:
            case Phrases(phrases=phrases):
                return self._phrases(claim, phrases)
            case NumberIn(least=None, most=None, unit=None):
                pattern = [[{"Type": "NUMERICAL", "Value": {"Decimal": True}}]]
                return self._said(claim, PATTERN, pattern, "")
            case NumberIn():
                self._leave("number", Told("only any number is known there"))
            case Near():
                return self._near(claim, claim.part)
            case Similar(phrases=phrases):
                near = Told("as a semantic match: by its meaning and not by its words")
                if self.account.approximate(self.rule.id, "similar", near):
                    return self._said(claim, SEMANTIC, [it.text.value for it in phrases], "")
            case Metric():
                return self._metric(claim, claim.part)
            case Attribute():
                return self._attribute(claim, claim.part)
            case other:
                self._leave(key_of(other))
        return None

    def _phrases(self, claim: Claim, phrases: Sequence[Phrase]) -> Json | None:
        spread = [(phrase, _spread(phrase)) for phrase in phrases]
        known = [(phrase, texts, rows) for phrase, (texts, rows) in spread if texts or rows]
        note_missing(len(phrases) - len(known), len(phrases), self.rule.id, self.account)
        if not known:
            return None
        if not any(rows for _, _, rows in known):
            texts = dict.fromkeys(text for _, texts, _ in known for text in texts)
            return self._said(claim, EXACT, list(texts), "")
        nodes = [
            self._pattern(claim, lot) for lot in _by_language([phrase for phrase, _, _ in known])
        ]
        if len(nodes) == 1:
            return nodes[0]
        return {"Operator": "AND" if claim.is_negated else "OR", "Operands": nodes}

    def _pattern(self, claim: Claim, phrases: Sequence[Phrase]) -> Json:
        """Return the node for phrases of one language."""
        patterns = [row for it in phrases for row in write_patterns(it.text.value)]
        return self._said(claim, PATTERN, patterns, self._language(phrases))

    def _near(self, claim: Claim, near: Near) -> Json | None:
        distance = near.distance
        sides = [part.phrases for part in near.parts if isinstance(part, Phrases)]
        if len(sides) != 2 or len(near.parts) != 2 or distance.unit is not Unit.WORDS:
            self._leave("near", Told("only two lots of phrases, some words apart, are known there"))
            return None
        if distance.is_beyond:
            how = Told("as a distance that is not kept")
            self.account.approximate(self.rule.id, "near", how)
        language = self._language([*sides[0], *sides[1]])
        patterns = write_near(
            [[it.text.value for it in side] for side in sides],
            distance.count,
            is_within=not distance.is_beyond,
            is_ordered=near.is_ordered,
        )
        return self._said(claim, PATTERN, patterns, language)

    def _language(self, phrases: Sequence[Phrase]) -> str:
        """Return the one language of phrases; a pattern has only one."""
        languages = sorted({phrase.language for phrase in phrases})
        if len(languages) > 1:
            self._leave("heard", Told("a pattern has one language: make it a rule for each"))
        elif languages[0] not in _LANGUAGES:
            self._leave("heard", Told("patterns do not know the language {it}", it=languages[0]))
        elif languages[0] == "zh":
            how = Told("a distance counts words there, Chinese characters here")
            self.account.approximate(self.rule.id, "heard", how)
        return languages[0]

    def _said(self, claim: Claim, value: str, operands: Sequence[object], language: str) -> Json:
        filters: list[Json] = []
        if claim.window is not None and (period := self._period(claim.window)) is not None:
            filters.append({"Type": "PostCallContactPeriodSeconds", "Data": period})
        role = "ANY"
        if claim.speaker is not None:
            role = _ROLES.get(claim.speaker, "")
            if not role:
                self._leave("speaker", Told("that system knows agent and customer only"))
        filters.append({"Type": "ParticipantRole", "Data": role})
        if language:
            filters.append({"Type": "PatternMatchLanguageFilter", "Data": language.upper()})
        return {
            "Operator": "CONTAINS_ANY",
            "Operands": list(operands),
            "ComparisonValue": self.prefix + value,
            "FilterClause": {"LogicOperator": "AND", "Filters": filters},
            "Negate": claim.is_negated,
        }

    def _period(self, window: Window) -> Json | None:
        is_known = window.unit is Unit.SECONDS and window.begin == 0
        if self.prefix == REAL_TIME or not is_known or window.side is Side.PAST:
            self._leave("window", Told("only the first or last seconds of a past call are known"))
            return None
        return {window.side.value.capitalize(): plain_number(window.end)}

    def _metric(self, claim: Claim, metric: Metric) -> Json | None:
        name, filters = metric.name, dict[str, object]()
        if name.endswith(".talk_time"):
            role = {"Type": "ParticipantRole", "Data": name.partition(".")[0].upper()}
            filters = {"FilterClause": {"LogicOperator": "AND", "Filters": [role]}}
            value = TALK_TIME
        else:
            value = _VALUES.get(name, "")
        if not value or claim.speaker is not None or claim.window is not None:
            self._leave("metric", Told("{name} is no measure there", name=name))
            return None
        bounds = [(LEAST, metric.over), (MOST, metric.under)]
        if claim.is_negated:
            bounds = [(MOST, metric.over), (LEAST, metric.under)]
        how = Told("measured that system's way: {value}", value=value)
        if not self.account.approximate(self.rule.id, "metric", how):
            return None
        nodes: list[Json] = [
            {
                "Operator": operator,
                "Operands": [plain_number(bound)],
                "ComparisonValue": self.prefix + value,
                **filters,
                "Negate": False,
            }
            for operator, bound in bounds
            if bound is not None
        ]
        if len(nodes) == 1:
            return nodes[0]
        return {"Operator": "OR" if claim.is_negated else "AND", "Operands": nodes}

    def _attribute(self, claim: Claim, attribute: Attribute) -> Json | None:
        if claim.speaker is not None or claim.window is not None:
            self._leave("attribute", Told("it is nothing that anybody says"))
            return None
        is_negated = claim.is_negated is not attribute.is_negated
        name = local(attribute.name) or attribute.name
        value = _VALUES.get(name)
        operator = "CONTAINS_ANY"
        if value is None and name.startswith(SEGMENT):
            value = SEGMENT_ATTRIBUTE + name.removeprefix(SEGMENT)
        elif value is None:
            value, operator = CONTACT_ATTRIBUTE + name, "EQUALS"
        if self.prefix == POST_CALL and is_negated and value.startswith(NEVER_NEGATED):
            self._leave("attribute", Told("that system takes no “not” there"))
        values = [it.value for it in attribute.values]
        several = values if operator == "EQUALS" else None
        nodes: list[Json] = [
            {
                "Operator": operator,
                "Operands": [one] if several else values,
                "ComparisonValue": self.prefix + value,
                "Negate": is_negated,
            }
            for one in several or [""]
        ]
        if len(nodes) == 1:
            return nodes[0]
        return {"Operator": "AND" if is_negated else "OR", "Operands": nodes}


def _leaves(node: object) -> Iterator[Json]:
    """Yield the nodes that are no groups."""
    if isinstance(node, dict) and "ComparisonValue" in node:
        yield node
    elif isinstance(node, dict):
        for part in node["Operands"]:
            yield from _leaves(part)


def _spread(phrase: Phrase) -> tuple[Sequence[str], Sequence[object]]:
    """Return the texts of a phrase, or else its patterns; nothing of one that has too many."""
    try:
        texts = texts_of(phrase.text.value)
        return (texts, ()) if texts is not None else ((), write_patterns(phrase.text.value))
    except PhraseError:
        return (), ()


def _by_language(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    """Return phrases in lots of one language each."""
    found: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        found.setdefault(phrase.language, []).append(phrase)
    return list(found.values())


def plain_number(value: float) -> int | float:
    """Return a number without a fraction that is none."""
    return int(value) if value == int(value) else value
