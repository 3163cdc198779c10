"""Takes rules over one by one, in or out, each with a report; what is not whole is left out."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from callcoach.script.exchange.build import Names, make_rule, scope_of
from callcoach.script.exchange.formula import Analyst, Formula, Some
from callcoach.script.exchange.report import Account, Exported, Imported, RuleReport
from callcoach.script.exchange.spot import Spot
from callcoach.script.model import PackId
from callcoach.script.rules import Condition, Rule, RuleId, Scope

Json = dict[str, object]
Read = Callable[[Spot, Account], tuple[str, Condition | None]]
"""Returns the name and the condition of a rule; what it cannot carry over is noted."""
Write = Callable[[Rule, Formula, Account], Json | None]
"""Returns a rule as the other system has it; None, and noted, where it has no such thing."""


def take_in(
    spots: Iterable[Spot],
    pack: PackId,
    read: Read,
    *,
    approximate: bool,
    scope: Scope | None = None,
) -> Imported:
    """Return the rules at `spots`; of a path as a name the last part becomes the id.

    `scope` is what all of them hold for; None: what their conditions tell of.
    """
    names = Names(pack)
    rules: list[Rule] = []
    reports: list[RuleReport] = []
    for spot in spots:
        account = Account(may_approximate=approximate)
        name, condition = read(spot, account)
        id = None
        if condition is not None and account.is_whole:
            id = names.take(name.rpartition("/")[2])
            rules.append(make_rule(id, name, condition, scope or scope_of(condition)))
        reports.append(RuleReport(name or spot.path, id, spot.path, tuple(account.items)))
    return Imported(tuple(rules), tuple(reports))


def give_out(
    rules: Iterable[Rule],
    known: Mapping[RuleId, Rule],
    judges: Scope,
    write: Write,
    name: Callable[[Rule], str],
    *,
    approximate: bool,
) -> Exported:
    """Return `rules` as a list; `judges` is what the other system judges as a whole."""
    made: list[Json] = []
    reports: list[RuleReport] = []
    for rule in rules:
        account = Account(may_approximate=approximate)
        formula = Analyst(known, judges, account).analyse(rule)
        body = _written(write, rule, formula, account) if formula is not None else None
        if body is not None and account.is_whole:
            account.carry(rule.id, "rule")
            made.append(body)
        reports.append(RuleReport(name(rule), rule.id, rule.id, tuple(account.items)))
    return Exported(made, tuple(reports))


def _written(write: Write, rule: Rule, formula: Formula, account: Account) -> Json | None:
    """Return a rule as the other system has it, if need be without some of its alternatives."""
    if not isinstance(formula, Some) or not account.may_approximate:
        return write(rule, formula, account)

    def is_written(part: Formula) -> bool:
        return write(rule, part, account) is not None

    kept = account.whole([partial(is_written, part) for part in formula.parts], rule.id)
    parts = [formula.parts[at] for at in kept]
    if len(parts) < 2:
        return write(rule, parts[0], account) if parts else None
    return write(rule, Some(tuple(parts)), account)
