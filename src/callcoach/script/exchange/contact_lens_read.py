"""Reads Contact Lens rules: the functions that say when a contact belongs to a category."""

from callcoach.errors import Told
from callcoach.script.exchange.build import every, narrow, slug, some, stretch
from callcoach.script.exchange.build import text as plain
from callcoach.script.exchange.contact_lens import (
    ATTRIBUTES,
    CONTACT_ATTRIBUTE,
    EXACT,
    LEAST,
    METRICS,
    MOST,
    PATTERN,
    PREFIXES,
    SEGMENT,
    SEGMENT_ATTRIBUTE,
    SEMANTIC,
    TALK_TIME,
    VERSION,
)
from callcoach.script.exchange.notation import literal
from callcoach.script.exchange.one_by_one import take_in
from callcoach.script.exchange.pattern import read_pattern
from callcoach.script.exchange.report import Account, ExchangeError, Imported
from callcoach.script.exchange.spot import LARGEST, Spot
from callcoach.script.exchange.tree import KNOWN_OUTSIDE
from callcoach.script.model import PackId, Phrase, Speaker
from callcoach.script.rules import (
    Absent,
    Attribute,
    Condition,
    Metric,
    NoneOf,
    Phrases,
    Side,
    Similar,
    Unit,
    Window,
)
from callcoach.script.wording import Language

MAX_DEPTH = 8
"""Of groups within groups; a pack's file has a limit, too."""
SCORE = 0.6
"""How much alike a sentence must be where a semantic match is approximated."""
_LEAF = ("Operator", "Operands", "ComparisonValue", "FilterClause", "Negate")
_LANGUAGES = ("en", "zh")
_ROLES = {"AGENT": Speaker.AGENT, "CUSTOMER": Speaker.CUSTOMER}


def read_contact_lens(root: Spot, pack: PackId, *, approximate: bool) -> Imported:
    """Return the rules in a rule, a list of rules, or a bare function.

    Raises `ExchangeError` where the value is nothing of the kind.
    """

    def read(spot: Spot, account: Account) -> tuple[str, Condition | None]:
        given = spot.get("Name") or spot.get("RuleName")
        _remark(spot, account)
        return given.text() if given else "", _Reader(account, pack).function(spot)

    return take_in(_rules(root), pack, read, approximate=approximate)


def _rules(root: Spot) -> tuple[Spot, ...]:
    """Return the rules in what an interface answers, or what a file lists."""
    for key in ("Rules", "RuleSummaryList", "Rule"):
        found = root.get(key)
        if found is not None:
            return found.items()
    return root.items()


def _remark(spot: Spot, account: Account) -> None:
    """Note what a rule says about who is told, and when it was changed."""
    for key, value in spot.entries():
        if key == "Actions":
            for action in value.items():
                kind = action.get("ActionType")
                if kind is not None and kind.text() == "ASSIGN_CONTACT_CATEGORY":
                    account.carry(
                        action.path, "ASSIGN_CONTACT_CATEGORY", Told("the rule is the category")
                    )
                else:
                    what = kind.text() if kind is not None else "Actions"
                    account.remark(action.path, what, Told("callcoach flags, it starts nothing"))
        elif key == "PublishStatus" and value.value == "DRAFT":
            account.remark(value.path, key, Told("packs know no drafts"))


class _Reader:
    """Reads one function; what cannot be carried over is noted, and None."""

    def __init__(self, account: Account, pack: PackId) -> None:
        self.account = account
        self.pack = pack

    def function(self, spot: Spot) -> Condition | None:
        """Return the condition of a rule, wherever its function stands."""
        found = spot.get("Function")
        body = found.opened() if found is not None else spot
        version = body.get("Version")
        if version is not None and version.value != VERSION:
            self.account.leave(
                version.path, "Version", Told("only {known} is known", known=VERSION)
            )
        return self.node(body.get("RuleFunction") or body, 0)

    def node(self, spot: Spot, depth: int) -> Condition | None:
        """Return the condition of a node: a group, or a leaf."""
        operator = spot.need("Operator").text()
        if operator not in ("AND", "OR"):
            return self._leaf(spot, operator)
        if depth > MAX_DEPTH:
            self.account.leave(spot.path, operator, Told("nested too deeply"))
            return None
        self._refuse_unknown(spot, ("Operator", "Operands", "Negate"))
        parts = [self.node(item, depth + 1) for item in spot.need("Operands").items()]
        known = [part for part in parts if part is not None]
        if not parts:
            self.account.leave(spot.path, operator, Told("it has no conditions"))
        condition = every(known) if operator == "AND" else some(known)
        if condition is not None and _is_negated(spot):
            return NoneOf((condition,))
        return condition

    def _leaf(self, spot: Spot, operator: str) -> Condition | None:
        self._refuse_unknown(spot, _LEAF)
        whole = spot.need("ComparisonValue").text()
        prefix = next((it for it in PREFIXES if whole.startswith(it)), None)
        if prefix is None:
            self.account.leave(spot.path, whole, Told("it is not about calls"))
            return None
        value = whole.removeprefix(prefix)
        speaker, window, language = self._filters(spot)
        match value:
            case _ if value == EXACT:
                part = self._phrases(spot, value)
            case _ if value == PATTERN:
                part = self._patterns(spot, value, language)
            case _ if value == SEMANTIC:
                part = self._similar(spot, value)
            case _ if value in METRICS or value == TALK_TIME:
                return self._metric(spot, value, operator, speaker)
            case _ if (name := _attribute(value)) is not None:
                return self._attribute(spot, value, name, operator)
            case _:
                self.account.leave(spot.path, value, Told("callcoach does not look at this"))
                return None
        if part is None:
            return None
        found = narrow(part, speaker, window)
        return Absent(found) if _is_negated(spot) else found

    def _phrases(self, spot: Spot, value: str) -> Condition | None:
        phrases = self._literals(spot)
        if not phrases:
            return None
        self.account.carry(spot.path, value)
        return Phrases(phrases)

    def _literals(self, spot: Spot) -> tuple[Phrase, ...]:
        found: list[Phrase] = []
        for item in spot.need("Operands").items():
            phrase = literal(item.text())
            if phrase is None:
                self.account.leave(item.path, "Operands", Told("it has no word to listen for"))
            else:
                found.append(phrase)
        if not found:
            self.account.leave(spot.path, "Operands", Told("it has no word to listen for"))
        return tuple(found)

    def _patterns(self, spot: Spot, value: str, language: Language | None) -> Condition | None:
        parts = [
            read_pattern(item, language, self.account) for item in spot.need("Operands").items()
        ]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or not known:
            if not parts:
                self.account.leave(spot.path, value, Told("it has no word to listen for"))
            return None
        phrases = tuple(it for part in known if isinstance(part, Phrases) for it in part.phrases)
        others: list[Condition] = [part for part in known if not isinstance(part, Phrases)]
        self.account.carry(spot.path, value)
        return some([Phrases(phrases), *others] if phrases else others)

    def _similar(self, spot: Spot, value: str) -> Condition | None:
        near = Told("a sentence like these, by its words and not by its meaning")
        if not self.account.approximate(spot.path, value, near):
            return None
        phrases = self._literals(spot)
        return Similar(phrases, SCORE) if phrases else None

    def _metric(
        self, spot: Spot, value: str, operator: str, speaker: Speaker | None
    ) -> Condition | None:
        name = METRICS.get(value)
        if name is None:
            if speaker is None:
                self.account.leave(spot.path, value, Told("it needs a role"))
                return None
            name = f"{speaker.value}.talk_time"
        if operator not in (LEAST, MOST) or _is_negated(spot):
            self.account.leave(spot.path, value, Told("not with {what}", what=operator))
            return None
        (bound, *_) = [item.number(0, LARGEST) for item in spot.need("Operands").items()] or [0.0]
        near = Told("measured callcoach's way: {metric}", metric=name)
        if not self.account.approximate(spot.path, value, near):
            return None
        return Metric(name, over=bound) if operator == LEAST else Metric(name, under=bound)

    def _attribute(self, spot: Spot, value: str, name: str, operator: str) -> Condition | None:
        values = tuple(item.text() for item in spot.need("Operands").items())
        if operator not in ("CONTAINS_ANY", "EQUALS") or not values:
            self.account.leave(spot.path, value, Told("not with {what}", what=operator))
            return None
        self.account.carry(spot.path, value, Told("as the attribute {name}", name=name))
        if name not in KNOWN_OUTSIDE:
            name = f"{self.pack}.{name}"
        return Attribute(name, tuple(map(plain, values)), is_negated=_is_negated(spot))

    def _filters(self, spot: Spot) -> tuple[Speaker | None, Window | None, Language | None]:
        """Return who speaks, when, and the language, that the filters of a leaf name."""
        speaker: Speaker | None = None
        window: Window | None = None
        language: Language | None = None
        clause = spot.get("FilterClause")
        if clause is None:
            return None, None, None
        if (logic := clause.get("LogicOperator")) is not None and logic.value != "AND":
            self.account.leave(logic.path, "LogicOperator", Told("only AND is known"))
        filters = clause.get("Filters") or clause
        for item in filters.items():
            kind = item.need("Type").text()
            data = item.need("Data")
            match kind:
                case "ParticipantRole":
                    if data.value != "ANY":
                        speaker = _ROLES.get(data.text())
                        if speaker is None:
                            self.account.leave(item.path, kind, Told("an unknown role"))
                case "PostCallContactPeriodSeconds" | "RealTimeCallContactPeriodSeconds":
                    window = self._window(data, kind)
                case "PatternMatchLanguageFilter":
                    language = data.text().lower().partition("-")[0]
                    if language not in _LANGUAGES:
                        why = Told("callcoach speaks English and Chinese")
                        self.account.leave(item.path, kind, why)
                case _:
                    self.account.leave(item.path, kind, Told("an unknown filter"))
        return speaker, window, language

    def _window(self, data: Spot, kind: str) -> Window | None:
        sides = {"First": Side.FIRST, "Last": Side.LAST, "Past": Side.PAST}
        found = [(side, data.get(key)) for key, side in sides.items() if data.get(key)]
        if len(found) == 1 and found[0][1] is not None:
            window = stretch(found[0][0], Unit.SECONDS, 0.0, found[0][1].number())
            if window is None:
                self.account.leave(data.path, kind, Told("there is no such stretch of a call"))
            return window
        self.account.leave(data.path, kind, Told("exactly one of First, Last and Past is known"))
        return None

    def _refuse_unknown(self, spot: Spot, known: tuple[str, ...]) -> None:
        for key, value in spot.entries():
            if key not in known:
                self.account.leave(value.path, key, Told("unknown: it may change the meaning"))


def _is_negated(spot: Spot) -> bool:
    found = spot.get("Negate")
    return found is not None and found.flag()


def _attribute(value: str) -> str | None:
    """Return what an attribute is called here; None for what is none."""
    if value in ATTRIBUTES:
        return ATTRIBUTES[value]
    for prefix, begin in ((CONTACT_ATTRIBUTE, ""), (SEGMENT_ATTRIBUTE, SEGMENT)):
        if value.startswith(prefix) and (name := slug(value.removeprefix(prefix))):
            return begin + name
    return None


def looks_like_contact_lens(root: Spot) -> bool:
    """Tell whether a value is likely rules of this system."""
    for spot in _rules(root)[:1]:
        found = spot.get("Function")
        try:
            body = found.opened() if found is not None else spot
        except ExchangeError:
            return False
        return body.get("RuleFunction") is not None or body.get("ComparisonValue") is not None
    return False
