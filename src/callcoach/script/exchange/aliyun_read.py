"""Reads the rules of Aliyun 智能对话分析: conditions over sentences, and formulas over conditions.

Source: 智能对话分析, UploadRule and 规则对象说明.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from callcoach.errors import Told
from callcoach.script.exchange.aliyun_formula import And, Formula, Name, Not, names_in, read_formula
from callcoach.script.exchange.aliyun_operators import combine, read_operator, spreads
from callcoach.script.exchange.aliyun_parts import (
    anchors_of,
    by_id,
    day_of,
    formula_of,
    id_of,
    is_in_circle,
    name_of,
    number_of,
    preconditions_of,
)
from callcoach.script.exchange.aliyun_range import Range
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


@dataclass(frozen=True, slots=True)
class _Made:
    """A rule, and what has to come in with it."""

    rule: Rule
    needed: tuple[str, ...]
    """Conditions."""
    required: tuple[RuleId, ...]


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
        self.spots = by_id(body.need("conditions"), "cid")
        self.rule_spots = body.need("rules").items()
        self.anchors = {cid: anchors_of(spot) for cid, spot in self.spots.items()}
        self.preconditions = {
            number_of(spot): [rid for rid, _ in preconditions_of(spot)] for spot in self.rule_spots
        }
        self.lambdas = [formula_of(spot) for spot in self.rule_spots]
        self.shared = self._share()
        self.conditions: dict[str, _Read] = {}
        self.ids: dict[str, RuleId] = {}
        """By where a rule stands."""
        self.numbered: dict[str, list[RuleId]] = {}
        """By what a rule is called there, which should be one each."""

    def read(self) -> Imported:
        for cid, spot in self.spots.items():
            self.conditions[cid] = self._condition(spot)
        for spot in self.rule_spots:
            id = self.ids[spot.path] = self.names.take(name_of(spot))
            self.numbered.setdefault(number_of(spot), []).append(id)
        accounts = [Account(may_approximate=self.may_approximate) for _ in self.rule_spots]
        made = list(map(self._rule, self.rule_spots, self.lambdas, accounts))
        while lacking := _lacking(made):
            for at in lacking:
                made[at] = None
                why = Told("a rule that it needs is left out")
                accounts[at].leave(self.rule_spots[at].path, "preq_rule", why)
        reports = [
            RuleReport(
                name_of(spot) or spot.path,
                one.rule.id if one is not None else None,
                spot.path,
                tuple(account.items),
            )
            for spot, one, account in zip(self.rule_spots, made, accounts, strict=True)
        ]
        kept = [one for one in made if one is not None]
        rules = (*self._internal({cid for one in kept for cid in one.needed}),)
        return Imported((*rules, *(one.rule for one in kept)), tuple(reports))

    def _share(self) -> dict[str, RuleId]:
        """Return the ids of the conditions that cannot stand in the one rule that has them."""
        counted: dict[str, int] = {}
        for formula in self.lambdas:
            for cid in names_in(formula):
                counted[cid] = counted.get(cid, 0) + (1 if isinstance(formula, Name) else 2)
        for spot in self.spots.values():
            for cid in anchors_of(spot):
                counted[cid] = counted.get(cid, 0) + 2
        shared = [cid for cid in self.spots if counted.get(cid, 0) > 1]
        return {cid: self.names.take(f"condition_{cid}") for cid in shared}

    def _internal(self, needed: set[str]) -> Iterator[Rule]:
        """Yield the shared conditions that a rule needs, as rules that nobody is shown."""
        for cid, id in self.shared.items():
            read = self.conditions[cid]
            if cid in needed and read.condition is not None:
                yield make_rule(id, "", read.condition, read.scope, is_alone=True)

    def _rule(self, spot: Spot, formula: Formula, account: Account) -> _Made | None:
        self._note(spot, account)
        needed = self._needed(list(names_in(formula)), account, spot)
        for cid in needed:
            for item in self.conditions[cid].items:
                if item not in account.items:
                    account.items.append(item)
        required = self._required(spot, account)
        since = day_of(spot.get("effectiveStartTime"), account)
        until = day_of(spot.get("effectiveEndTime"), account)
        if not account.is_whole:
            return None
        whole = self._build(formula)
        scope = self.conditions[formula.id].scope if isinstance(formula, Name) else Scope.CALL
        if required:
            scope = Scope.CALL
            whole = every([*(Refers((id,)) for id in required), whole]) or whole
        id = self.ids[spot.path]
        rule = make_rule(id, name_of(spot), whole, scope, since=since, until=until)
        return _Made(rule, needed, required)

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
        if is_in_circle(number_of(spot), self.preconditions):
            account.leave(spot.path, "preq_rule", Told("it needs itself"))
        for rid, item in preconditions_of(spot):
            ids = self.numbered.get(rid, [])
            if len(ids) == 1:
                found += ids
            else:
                account.leave(item.path, "preq_rule", Told("there is no rule {id}", id=rid))
        return tuple(found)

    def _condition(self, spot: Spot) -> _Read:
        account = Account(may_approximate=self.may_approximate)
        operators = by_id(spot.need("operators"), "oid")
        written = spot.get("lambda") or spot.get("operLambda")
        if written is not None:
            formula = read_formula(written.text(), written.path)
        else:
            formula = And(tuple(Name(oid) for oid in operators))
        used = [operators[oid] for oid in names_in(formula) if oid in operators]
        for oid in names_in(formula):
            if oid not in operators:
                account.leave(spot.path, "lambda", Told("there is no operator {id}", id=oid))
        found = {id_of(it, "oid"): read_operator(it, account) for it in used}
        if is_in_circle(id_of(spot, "cid"), self.anchors):
            account.leave(spot.path, "anchor", Told("it is counted from itself"))
        exclusion = spot.get("exclusion")
        if exclusion is not None and exclusion.value not in (False, 0, "", [], {}):
            account.leave(exclusion.path, "exclusion", Told("callcoach does not look at this"))
        known = {oid: it for oid, it in found.items() if it is not None}
        if not account.is_whole or not used:
            if not used:
                account.leave(spot.path, "operators", Told("it has no conditions"))
            return _Read(None, Scope.UTTERANCE, tuple(account.items), anchors_of(spot))
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
            anchors_of(spot),
        )


def _lacking(made: Sequence[_Made | None]) -> list[int]:
    """Return the places of the rules that require one which is not there."""
    there = {one.rule.id for one in made if one is not None}
    return [
        at for at, one in enumerate(made) if one is not None and not there.issuperset(one.required)
    ]


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


def looks_like_aliyun(root: Spot) -> bool:
    """Tell whether a value is likely rules of this system."""
    try:
        body = _body(root)
    except ExchangeError:
        return False
    return body.get("conditions") is not None and body.get("rules") is not None
