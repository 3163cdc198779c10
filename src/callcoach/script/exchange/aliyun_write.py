"""Writes rules as rules of Aliyun 智能对话分析: a formula over conditions on sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from callcoach.errors import Told
from callcoach.script.exchange.aliyun_formula import (
    And,
    Formula,
    Name,
    Not,
    Or,
    names_in,
    write_formula,
)
from callcoach.script.exchange.aliyun_sentence import Sentence, Unwritable
from callcoach.script.exchange.build import name_of
from callcoach.script.exchange.formula import MAX_CHOICES, ways
from callcoach.script.exchange.report import Account, Exported, RuleReport
from callcoach.script.exchange.tree import key_of
from callcoach.script.rules import (
    Absent,
    Anchor,
    AtLeast,
    Attribute,
    Condition,
    Distance,
    Metric,
    Narrowed,
    NoneOf,
    Order,
    Refers,
    Rule,
    RuleId,
    Scope,
    Unit,
)
from callcoach.script.rules import Sequence as InSequence
from callcoach.script.walk import parts_of

Json = dict[str, object]
MAX_PATH = 20
"""Rules that refer to one another."""
MAX_STEPS = 3000
"""Conditions of one rule; a few rules that refer to one another can stand for any number."""
MAX_NAMES = 3000
"""Ids in a formula."""


def write_aliyun(
    rules: Iterable[Rule], known: Mapping[RuleId, Rule], *, approximate: bool
) -> Exported:
    """Return rules as what is uploaded there: their conditions, and the rules over them."""
    writer = _Writer(known, may_approximate=approximate)
    reports: list[RuleReport] = []
    for rule in rules:
        account = Account(may_approximate=approximate)
        writer.write(rule, account)
        reports.append(RuleReport(name_of(rule), rule.id, rule.id, tuple(account.items)))
    return Exported({"conditions": writer.conditions, "rules": writer.rules}, tuple(reports))


class _Writer:
    """Collects the conditions and the rules; what several rules share is written once."""

    def __init__(self, known: Mapping[RuleId, Rule], *, may_approximate: bool) -> None:
        self.known = known
        self.may_approximate = may_approximate
        self.conditions: list[Json] = []
        self.rules: list[Json] = []
        self.shared: dict[RuleId, tuple[str, Account]] = {}
        self.steps = 0

    def write(self, rule: Rule, account: Account) -> None:
        """Add a rule and its conditions; add nothing of one that cannot be written."""
        before, shared = len(self.conditions), dict(self.shared)
        self.steps = 0
        try:
            formula = self._formula(rule, rule.condition, rule.scope, account, (rule.id,))
        except Unwritable as error:
            account.leave(rule.id, error.what, error.why)
        if not account.is_whole:
            del self.conditions[before:]
            self.shared = shared
            return
        account.carry(rule.id, "rule")
        made: Json = {
            "rid": str(len(self.rules) + 1),
            "name": name_of(rule),
            "lambda": write_formula(formula),
        }
        if rule.since is not None:
            made["effective_start_time"] = rule.since.isoformat()
        if rule.until is not None:
            made["effective_end_time"] = rule.until.isoformat()
        self.rules.append(made)

    def _formula(
        self,
        rule: Rule,
        condition: Condition,
        scope: Scope,
        account: Account,
        path: tuple[RuleId, ...],
    ) -> Formula:
        """Return a condition as a formula over conditions. Raises `Unwritable`."""

        def inner(part: Condition) -> Formula:
            return self._formula(rule, part, scope, account, path)

        self.steps += 1
        if self.steps > MAX_STEPS:
            raise Unwritable("rule", Told("it stands for too many conditions"))
        if isinstance(condition, Refers):
            return _any([self._referred(id, account, path) for id in condition.rules])
        if isinstance(condition, Narrowed) and scope is Scope.UTTERANCE:
            spread = self._spread(condition, path)
            if spread is not None:
                return _any([inner(part) for part in spread])
        if scope is Scope.UTTERANCE and not _is_split(condition):
            return Name(self._condition(condition, account, path))
        match condition:
            case AtLeast(count=1, parts=parts):
                return _any([inner(part) for part in parts])
            case AtLeast(count=count, parts=parts):
                chosen = ways([inner(part) for part in parts], count)
                if len(chosen) > MAX_CHOICES or _length(chosen) > MAX_NAMES:
                    raise Unwritable("at_least", Told("it has too many ways to be met"))
                return _any([And(way) if len(way) > 1 else way[0] for way in chosen])
            case NoneOf(parts=parts):
                return Not(_any([inner(part) for part in parts]))
            case Absent(part=part, by=None):
                return Not(inner(part))
            case Absent():
                raise Unwritable("by")
            case Metric() | Attribute():
                raise Unwritable(key_of(condition))
            case InSequence():
                return self._chain(condition, account, path)
            case _:
                return Name(self._condition(condition, account, path))

    def _spread(self, narrowed: Narrowed, path: tuple[RuleId, ...]) -> list[Condition] | None:
        """Return “any of these”, bound as a whole, as parts that are each bound like that.

        None where it is nothing of the kind, or where its hits are counted together.
        """
        part = narrowed.part
        if isinstance(part, Refers):
            part = self._resolved(part, path)
        if not _is_split(part) or (narrowed.least, narrowed.most) != (1, None):
            return None
        return [replace(narrowed, part=it) for it in parts_of(part)]

    def _resolved(self, refers: Refers, path: tuple[RuleId, ...]) -> Condition:
        """Return the condition of another rule on single sentences; “any” of several."""
        parts: list[Condition] = []
        for id in refers.rules:
            rule = self.known.get(id)
            if rule is None or id in path or len(path) > MAX_PATH:
                raise Unwritable("rule", Told("{id} cannot be resolved", id=id))
            if rule.scope is Scope.CALL:
                raise Unwritable("rule", Told("{id} is about the whole call", id=id))
            parts.append(rule.condition)
        return parts[0] if len(parts) == 1 else AtLeast(1, tuple(parts))

    def _referred(self, id: RuleId, account: Account, path: tuple[RuleId, ...]) -> Formula:
        """Return the formula of another rule: of one on single sentences, its condition."""
        rule = self.known.get(id)
        if rule is None or id in path:
            raise Unwritable("rule", Told("{id} cannot be resolved", id=id))
        if rule.scope is Scope.UTTERANCE and not isinstance(rule.condition, Refers):
            return Name(self._shared(rule, account, path))
        return self._formula(rule, rule.condition, rule.scope, account, (*path, id))

    def _shared(self, rule: Rule, account: Account, path: tuple[RuleId, ...]) -> str:
        """Return the id of the condition of a rule on single sentences, written once."""
        if rule.id in path:
            raise Unwritable("rule", Told("{id} cannot be resolved", id=rule.id))
        if rule.id not in self.shared:
            own = Account(may_approximate=self.may_approximate)
            cid = self._condition(rule.condition, own, (*path, rule.id))
            self.shared[rule.id] = cid, own
        cid, own = self.shared[rule.id]
        account.items += [item for item in own.items if item not in account.items]
        return cid

    def _chain(self, sequence: InSequence, account: Account, path: tuple[RuleId, ...]) -> Formula:
        """Return the last of a row of conditions, each counted from the one before it."""
        cid = ""
        for link in sequence.links:
            if link.is_absent:
                raise Unwritable("absent", Told("within a sequence"))
            reach = None
            if link.within is not None:
                reach = _sentences(link.within, "within")
            bounds = None if not cid else _anchor_json(cid, Order.AFTER, reach, -1)
            cid = self._condition(link.part, account, path, bounds)
        return Name(cid)

    def _condition(
        self,
        condition: Condition,
        account: Account,
        path: tuple[RuleId, ...],
        bounds: Json | None = None,
    ) -> str:
        """Write a condition on single sentences; return its id. Raises `Unwritable`."""
        sentence = Sentence(path[-1], account)
        checked: Json = dict(bounds or {})
        part = self._unwrapped(condition, sentence, path, checked)
        part, current = self._current(part, account, path)
        if current is not None:
            if "anchor" in checked:
                raise Unwritable("rule", Told("only one of them is known there"))
            checked["anchor"] = {"cid": current, "location": "CURRENT", "hit_time": -1}
            while isinstance(part, Narrowed):
                found = sentence.bounds(part)
                if part.anchors or "range" in found or checked.keys() & found.keys():
                    raise Unwritable(
                        "speaker/window/after", Told("only one of them is known there")
                    )
                checked |= found
                part = part.part
        operators, formula = sentence.operators(part)
        cid = str(len(self.conditions) + 1)
        order = ("role", "anchor", "range")
        self.conditions.append(
            {
                "cid": cid,
                "check_range": {key: checked[key] for key in order if key in checked},
                "operators": operators,
                "lambda": write_formula(formula),
            }
        )
        return cid

    def _unwrapped(
        self, part: Condition, sentence: Sentence, path: tuple[RuleId, ...], checked: Json
    ) -> Condition:
        """Return what a condition narrows or refers to; its bounds are added to `checked`."""
        depth = 0
        while isinstance(part, Narrowed | Refers):
            if isinstance(part, Refers):
                depth += 1
                if depth > MAX_PATH:
                    raise Unwritable("rule", Told("{id} cannot be resolved", id=part.rules[0]))
                part = self._resolved(part, path)
                continue
            found = sentence.bounds(part)
            if len(part.anchors) > 1:
                raise Unwritable("after/before", Told("only one of them is known there"))
            for anchor in part.anchors:
                found |= self._anchor(anchor, sentence.account, path)
            if checked.keys() & found.keys():
                raise Unwritable("speaker/window/after", Told("only one of them is known there"))
            if {"role", "range"} <= (checked | found).keys():
                how = Told("only sentences of the role count there")
                sentence.account.approximate(path[-1], "window", how)
            checked |= found
            part = part.part
        return part

    def _current(
        self, part: Condition, account: Account, path: tuple[RuleId, ...]
    ) -> tuple[Condition, str | None]:
        """Return a condition, and the one that has to be met by the same sentence, if any."""
        match part:
            case AtLeast(2, (first, Refers((id,)))) if not isinstance(first, Refers):
                rule = self.known.get(id)
                if rule is not None and rule.scope is Scope.UTTERANCE:
                    return first, self._shared(rule, account, path)
        return part, None

    def _anchor(self, anchor: Anchor, account: Account, path: tuple[RuleId, ...]) -> Json:
        """Return where sentences are counted from. Raises `Unwritable`."""
        name = anchor.order.value
        if anchor.order in (Order.NOT_AFTER, Order.NOT_BEFORE) or len(anchor.rules) != 1:
            raise Unwritable(name)
        rule = self.known.get(anchor.rules[0])
        if rule is None or rule.scope is Scope.CALL:
            raise Unwritable(name, Told("it is counted from a condition on the whole call"))
        if anchor.nth is not None and anchor.nth < 0:
            raise Unwritable(name, Told("not from the last hit"))
        reach = _sentences(anchor.within, name) if anchor.within is not None else None
        cid = self._shared(rule, account, path)
        return _anchor_json(cid, anchor.order, reach, anchor.nth or -1)


def _is_split(condition: Condition) -> bool:
    """Tell whether a condition is “any of these” and one has bounds or a rule of its own."""
    match condition:
        case AtLeast(1, parts):
            return any(isinstance(part, Refers | Narrowed) or _is_split(part) for part in parts)
        case _:
            return False


def _sentences(distance: Distance, what: str) -> int:
    """Return a distance in sentences. Raises `Unwritable` where it is counted in something else."""
    if distance.unit is not Unit.UTTERANCES or distance.is_beyond or distance.count < 1:
        raise Unwritable(what, Told("that system counts in sentences only"))
    return int(distance.count)


def _anchor_json(cid: str, order: Order, reach: int | None, hit_time: int) -> Json:
    found: Json = {"anchor": {"cid": cid, "location": order.name, "hit_time": hit_time}}
    if reach is not None:
        ends = {Order.AFTER: (1, reach), Order.BEFORE: (-reach, -1)}
        first, last = ends.get(order, (-reach, reach))
        found["range"] = {"from": first, "to": last}
    return found


def _length(chosen: Sequence[Sequence[Formula]]) -> int:
    """Return how many ids a formula of these ways would have."""
    return sum(1 for way in chosen for part in way for _ in names_in(part))


def _any(parts: Sequence[Formula]) -> Formula:
    return parts[0] if len(parts) == 1 else Or(tuple(parts))
