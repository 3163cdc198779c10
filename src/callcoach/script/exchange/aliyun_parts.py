"""What Aliyun's conditions and rules are called, when they hold, and what they need."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from callcoach.errors import Told
from callcoach.script.exchange.aliyun_formula import Formula, read_formula
from callcoach.script.exchange.aliyun_range import anchor_of
from callcoach.script.exchange.report import Account, ExchangeError
from callcoach.script.exchange.spot import Spot

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def by_id(spots: Spot, key: str) -> dict[str, Spot]:
    """Return conditions or operators by id. Raises `ExchangeError` for two of one id."""
    found: dict[str, Spot] = {}
    for spot in spots.items():
        id = id_of(spot, key)
        if id in found:
            raise ExchangeError(
                "at {path} the id “{id}” is there twice",
                "export the rules anew",
                path=spot.path,
                id=id,
            )
        found[id] = spot
    return found


def id_of(spot: Spot, key: str) -> str:
    """Return the id of a condition or operator."""
    found = spot.get(key) or (spot.get("conditionInfoCid") if key == "cid" else None)
    return (found or spot.need(key)).text()


def number_of(spot: Spot) -> str:
    """Return what a rule is called by other rules; where it stands, if by nothing."""
    found = spot.get("rid")
    return found.text() if found is not None else spot.path


def name_of(spot: Spot) -> str:
    """Return the name of a rule; empty where it has none."""
    found = spot.get("name") or spot.get("ruleName")
    return found.text() if found is not None else ""


def formula_of(spot: Spot) -> Formula:
    """Return the formula of a rule. Raises `ExchangeError` for one that cannot be read."""
    found = spot.get("lambda") or spot.get("ruleLambda") or spot.need("lambda")
    return read_formula(found.text(), found.path)


def day_of(spot: Spot | None, account: Account) -> date | None:
    """Return a day; None, and noted where it is none."""
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


def anchors_of(spot: Spot) -> tuple[str, ...]:
    """Return the condition that a condition is counted from, if it is."""
    checked = spot.get("check_range")
    cid = anchor_of(checked.get("anchor") if checked is not None else None)
    return () if cid is None else (cid.text(),)


def preconditions_of(spot: Spot) -> tuple[tuple[str, Spot], ...]:
    """Return what the rules are called that must hold before a rule is looked at, and where."""
    preq = spot.get("preq_rule")
    items = preq.items() if preq is not None else ()
    named = ((item.get("rid") or item, item) for item in items)
    return tuple(
        (it.text() if not isinstance(it.value, dict | list) else "", item) for it, item in named
    )


def is_in_circle(name: str, needs: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether something needs itself, by way of what it needs."""
    seen: set[str] = set()
    waiting = [*needs.get(name, ())]
    while waiting:
        other = waiting.pop()
        if other == name:
            return True
        if other not in seen:
            seen.add(other)
            waiting += needs.get(other, ())
    return False
