"""Reads the rules of Aliyun 智能对话分析: conditions over sentences, and formulas over conditions.

Source: 智能对话分析, UploadRule and 规则对象说明.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from callcoach.errors import Told
from callcoach.script.exchange.aliyun_formula import And, Formula, Name, Not, names_in, read_formula
from callcoach.script.exchange.aliyun_operators import combine, read_operator, spreads
from callcoach.script.exchange.aliyun_range import Range, anchor_of
from callcoach.script.exchange.build import Names, every, make_rule
from callcoach.script.exchange.report import Account, ExchangeError, Imported, Item, RuleReport
from callcoach.script.exchange.spot import Spot, loose
from callcoach.script.model import PackId
from callcoach.script.rules import (
    Absent,
    AtLeast,
    Condition,
    Metric,
    NoneOf,
    Refers,
    Rule,
    RuleId,
    Scope,
)

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_REMARKS: tuple[str, ...] = (
    "triggers",
    "businesses",
    "businessCategories",
    "scoreNum",
    "scoreType",
    "level",
)
_REMARKS += ("weight", "autoReview", "comments", "score", "scoreInfo")
_MEANING = ("graphFlow", "exclusion")


@dataclass(frozen=True, slots=True)
class _Read:
    """A condition that was read, or what kept it from being."""

    condition: Condition | None
    scope: Scope
    items: tuple[Item, ...]
    anchors: tuple[str, ...]
    """The conditions that it is counted from."""


def read_aliyun(root: Spot, pack: PackId, *, approximate: bool) -> Imported:
    """Return the rules in what is uploaded or answered; conditions they share are internal ones.

    Raises `ExchangeError` where the value is nothing of the kind, or a formula cannot be read.
    """
    return _Reader(root, pack, approximate=approximate).read()


def _body(root: Spot) -> Spot:
    for key in ("Data", "JsonStr"):
        found = root.get(key)
        if found is not None:
            return found.opened()
    return root


class _Reader:
    """Reads one set of conditions and rules."""

    def __init__(self, root: Spot, pack: PackId, *, approximate: bool) -> None:
        body = _body(root)
        self.may_approximate = approximate
        self.names = Names(pack)
        self.spots = {_id(spot, "cid"): spot for spot in body.need("conditions").items()}
        self.rule_spots = body.need("rules").items()
        self.lambdas = [_formula(spot) for spot in self.rule_spots]
        self.shared = self._share()
        self.conditions: dict[str, _Read] = {}
        self.ids: dict[str, RuleId] = {}
        self.is_used: set[str] = set()

    def read(self) -> Imported:
        for cid, spot in self.spots.items():
            self.conditions[cid] = self._condition(spot)
        named = [(spot, _name(spot)) for spot in self.rule_spots]
        for spot, name in named:
            self.ids[_rid(spot)] = self.names.take(name)
        rules: list[Rule] = []
        reports: list[RuleReport] = []
        for (spot, name), formula in zip(named, self.lambdas, strict=True):
            account = Account(may_approximate=self.may_approximate)
            rule = self._rule(spot, name, formula, account)
            if rule is not None:
                rules.append(rule)
            id = rule.id if rule is not None else None
            reports.append(RuleReport(name or spot.path, id, spot.path, tuple(account.items)))
        return Imported((*self._internal(), *rules), tuple(reports))

    def _share(self) -> dict[str, RuleId]:
        """Return the ids of the conditions that cannot stand in the one rule that has them."""
        counted: dict[str, int] = {}
        for formula in self.lambdas:
            for cid in names_in(formula):
                counted[cid] = counted.get(cid, 0) + (1 if isinstance(formula, Name) else 2)
        for spot in self.spots.values():
            for cid in _anchors(spot):
                counted[cid] = counted.get(cid, 0) + 2
        shared = [cid for cid in self.spots if counted.get(cid, 0) > 1]
        return {cid: self.names.take(f"condition_{cid}") for cid in shared}

    def _internal(self) -> Iterator[Rule]:
        """Yield the shared conditions that a rule needs, as rules that nobody is shown."""
        for cid, id in self.shared.items():
            read = self.conditions[cid]
            if cid in self.is_used and read.condition is not None:
                yield make_rule(id, "", read.condition, read.scope, is_alone=True)

    def _rule(self, spot: Spot, name: str, formula: Formula, account: Account) -> Rule | None:
        self._note(spot, account)
        needed = self._needed(list(names_in(formula)), account, spot)
        for cid in needed:
            for item in self.conditions[cid].items:
                if item not in account.items:
                    account.items.append(item)
        required = self._required(spot, account)
        since = _day(spot.get("effectiveStartTime"), account)
        until = _day(spot.get("effectiveEndTime"), account)
        if not account.is_whole:
            return None
        self.is_used.update(needed)
        whole = self._build(formula)
        scope = self.conditions[formula.id].scope if isinstance(formula, Name) else Scope.CALL
        if required:
            scope = Scope.CALL
            whole = every([*(Refers((id,)) for id in required), whole]) or whole
        id = self.ids[_rid(spot)]
        return make_rule(id, name, whole, scope, since=since, until=until)

    def _needed(self, names: list[str], account: Account, spot: Spot) -> tuple[str, ...]:
        """Return the conditions that a formula takes, those they are counted from among them."""
        found: dict[str, None] = {}
        waiting = names[::-1]
        while waiting:
            cid = waiting.pop()
            if cid in found:
                continue
            if cid not in self.conditions:
                account.leave(spot.path, "lambda", Told("there is no condition {id}", id=cid))
                continue
            found[cid] = None
            waiting += self.conditions[cid].anchors
        return tuple(found)

    def _build(self, formula: Formula) -> Condition:
        match formula:
            case Name(id):
                if id in self.shared:
                    return Refers((self.shared[id],))
                condition = self.conditions[id].condition
                return condition if condition is not None else Refers(())
            case Not(part):
                inner = self._build(part)
                return Absent(inner) if isinstance(part, Name) else NoneOf((inner,))
            case And(parts):
                return AtLeast(len(parts), tuple(self._build(part) for part in parts))
            case _:
                return AtLeast(1, tuple(self._build(part) for part in formula.parts))

    def _note(self, spot: Spot, account: Account) -> None:
        for key, value in spot.entries():
            if loose(key) in map(loose, _REMARKS) and value.value not in (None, "", [], {}):
                account.remark(value.path, key, Told("packs have their own"))
            if loose(key) in map(loose, _MEANING) and value.value not in (None, "", [], {}, False):
                account.leave(value.path, key, Told("callcoach does not look at this"))

    def _required(self, spot: Spot, account: Account) -> tuple[RuleId, ...]:
        """Return the rules that must hold before this one is looked at."""
        found: list[RuleId] = []
        preq = spot.get("preq_rule")
        for item in preq.items() if preq is not None else ():
            named = item.get("rid") or item
            rid = named.text() if not isinstance(named.value, dict | list) else ""
            if rid in self.ids and self.ids[rid] != self.ids[_rid(spot)]:
                found.append(self.ids[rid])
            else:
                account.leave(item.path, "preq_rule", Told("there is no rule {id}", id=rid))
        return tuple(found)

    def _condition(self, spot: Spot) -> _Read:
        account = Account(may_approximate=self.may_approximate)
        operators = {_id(it, "oid"): it for it in spot.need("operators").items()}
        written = spot.get("lambda") or spot.get("operLambda")
        if written is not None:
            formula = read_formula(written.text(), written.path)
        else:
            formula = And(tuple(Name(oid) for oid in operators))
        used = [operators[oid] for oid in names_in(formula) if oid in operators]
        for oid in names_in(formula):
            if oid not in operators:
                account.leave(spot.path, "lambda", Told("there is no operator {id}", id=oid))
        found = {_id(it, "oid"): read_operator(it, account) for it in used}
        exclusion = spot.get("exclusion")
        if exclusion is not None and exclusion.value not in (False, 0, "", [], {}):
            account.leave(exclusion.path, "exclusion", Told("callcoach does not look at this"))
        known = {oid: it for oid, it in found.items() if it is not None}
        if not account.is_whole or not used:
            if not used:
                account.leave(spot.path, "operators", Told("it has no conditions"))
            return _Read(None, Scope.UTTERANCE, tuple(account.items), _anchors(spot))
        condition = _over_operators(formula, known)
        is_of_call = any(spreads(it) for it in used) or any(
            isinstance(it, Metric) for it in known.values()
        )
        checked = Range(spot, account, self.spots, self.shared).apply(
            condition, is_of_call=is_of_call
        )
        scope = Scope.CALL if is_of_call else Scope.UTTERANCE
        return _Read(
            checked if account.is_whole else None,
            scope,
            tuple(account.items),
            _anchors(spot),
        )


def _anchors(spot: Spot) -> tuple[str, ...]:
    """Return the condition that a condition is counted from, if it is."""
    checked = spot.get("check_range")
    cid = anchor_of(checked.get("anchor") if checked is not None else None)
    return () if cid is None else (cid.text(),)


def _over_operators(formula: Formula, known: Mapping[str, Condition]) -> Condition:
    match formula:
        case Name(id):
            return known[id]
        case Not(part):
            return NoneOf((_over_operators(part, known),))
        case _:
            parts = [_over_operators(part, known) for part in formula.parts]
            found = combine("&&" if isinstance(formula, And) else "||", parts)
            return found if found is not None else NoneOf(())


def _id(spot: Spot, key: str) -> str:
    found = spot.get(key) or (spot.get("conditionInfoCid") if key == "cid" else None)
    return (found or spot.need(key)).text()


def _rid(spot: Spot) -> str:
    found = spot.get("rid")
    return found.text() if found is not None else spot.path


def _name(spot: Spot) -> str:
    found = spot.get("name") or spot.get("ruleName")
    return found.text() if found is not None else ""


def _formula(spot: Spot) -> Formula:
    found = spot.get("lambda") or spot.get("ruleLambda") or spot.need("lambda")
    return read_formula(found.text(), found.path)


def _day(spot: Spot | None, account: Account) -> date | None:
    if spot is None or spot.value == "":
        return None
    found = _DAY.match(str(spot.value))
    try:
        if found is not None:
            return date.fromisoformat(found[0])
    except ValueError:
        pass
    account.leave(spot.path, "effective time", Told("it is no day such as 2026-01-31"))
    return None


def looks_like_aliyun(root: Spot) -> bool:
    """Tell whether a value is likely rules of this system."""
    try:
        body = _body(root)
    except ExchangeError:
        return False
    return body.get("conditions") is not None and body.get("rules") is not None
