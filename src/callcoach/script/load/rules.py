"""Reads the section `rules` of a pack: conditions with names, labels and a weight."""

import re
from datetime import date

from callcoach.errors import Told
from callcoach.locale import mark
from callcoach.script.load.conditions import read_condition
from callcoach.script.load.context import Context
from callcoach.script.load.fields import Fields, each_table, nearest
from callcoach.script.load.leaves import read_share
from callcoach.script.load.nodes import Table
from callcoach.script.place import Text
from callcoach.script.rules import Capture, Rule, RuleId, Scope
from callcoach.script.terms import Severity

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_rules(context: Context, node: Table | None) -> dict[RuleId, Rule]:
    """Return the section `rules`; a condition that cannot be read, reported, never holds."""

    def read(key: Text, fields: Fields) -> Rule:
        rule = Rule(
            id=RuleId(context.full(key.value)),
            condition=read_condition(context, fields),
            place=key.place,
            title=fields.wording("title", context.languages),
            scope=fields.choice("scope", Scope, Scope.UTTERANCE),
            labels=tuple(text.value for text in fields.texts("labels")),
            severity=fields.choice("severity", Severity, Severity.MAJOR),
            weight=fields.number("weight", 1.0),
            since=_day(fields, "since"),
            until=_day(fields, "until"),
            threshold=read_share(fields, "threshold", 0.0),
            captures=_captures(fields),
            is_alone=fields.flag("internal"),
        )
        if rule.since and rule.until and rule.until < rule.since:
            expected = Told("a day that is not before “since”")
            fields.bad_value("until", Text(rule.until.isoformat(), key.place), expected)
        fields.close()
        return rule

    rules = each_table(node, mark("rule"), context.findings, read)
    return {rule.id: rule for rule in rules.values()}


def _captures(fields: Fields) -> tuple[Capture, ...]:
    """Return what is kept of the words of a hit: `amount`, `day`."""
    known = [kind.value for kind in Capture]
    found: list[Capture] = []
    for text in fields.texts("captures"):
        if text.value in known:
            found.append(Capture(text.value))
        else:
            fields.bad_value("captures", text, ", ".join(known), nearest(text.value, known))
    return tuple(dict.fromkeys(found))


def _day(fields: Fields, key: str) -> date | None:
    """Return a day written as 2026-01-31; None without one, or, reported, where it is none."""
    text = fields.text(key)
    if text is None:
        return None
    if _DAY.fullmatch(text.value):
        try:
            return date.fromisoformat(text.value)
        except ValueError:  # the 31st of April
            pass
    fields.bad_value(key, text, Told("a day such as 2026-01-31"))
    return None
