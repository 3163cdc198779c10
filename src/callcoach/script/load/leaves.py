"""Reads the bodies of conditions that hold no other conditions: numbers, expressions, measures."""

import re
from decimal import Decimal

from callcoach.errors import Told
from callcoach.script.load.context import Context
from callcoach.script.load.fields import Fields, nearest
from callcoach.script.load.nodes import Listing, Scalar, Table
from callcoach.script.measures import MEASURES, UNITS
from callcoach.script.place import Text
from callcoach.script.rules import (
    Asking,
    Asks,
    AtLeast,
    Attribute,
    Condition,
    FactSaid,
    Metric,
    NumberIn,
    Regex,
    Similar,
)

NEVER = AtLeast(1, ())
"""What stands for a condition that could not be read: it never holds."""

ALIKE_ENOUGH = 0.8
"""The score of `similar` where none is written."""
_AMOUNT = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_NO_FACTS = ("agent", "language")
"""Attributes of a call that are no facts of its script."""


def read_number(context: Context, fields: Fields) -> Condition:
    """Return a number that is to be said: `any`, or bounds and a unit."""
    node = fields.take("number", required=True)
    if isinstance(node, Scalar) and node.text == "any":
        return NumberIn()
    if not isinstance(node, Table):
        if node is not None:
            fields.wrong(node, "number", Told("“any”, or from, to and unit"))
        return NEVER
    inner = Fields(node, fields.named("number"), context.findings)
    unit = inner.text("unit")
    if unit is not None and unit.value not in UNITS and not _CURRENCY.fullmatch(unit.value):
        expected = Told("{units}, or a currency such as CNY", units=", ".join(UNITS))
        inner.bad_value("unit", unit, expected, nearest(unit.value, UNITS))
    number = NumberIn(_amount(inner, "from"), _amount(inner, "to"), unit.value if unit else None)
    inner.close()
    if number.least is not None and number.most is not None and number.most < number.least:
        inner.bad_value("to", Text(str(number.most), inner.place), Told("at least “from”"))
    return number


def _amount(fields: Fields, key: str) -> Decimal | None:
    text = fields.text(key)
    if text is None:
        return None
    if _AMOUNT.fullmatch(text.value):
        return Decimal(text.value)
    fields.bad_value(key, text, Told("a number such as 100 or 99.5"))
    return None


def read_regex(context: Context, fields: Fields) -> Condition:
    """Return expressions of which one is to be found."""
    return Regex(_patterns(context, fields, "regex"))


def read_not_regex(context: Context, fields: Fields) -> Condition:
    """Return expressions of which none may be found."""
    return Regex(_patterns(context, fields, "not_regex"), is_negated=True)


def _patterns(context: Context, fields: Fields, key: str) -> tuple[Text, ...]:
    patterns = fields.texts(key, required=True)
    if isinstance(node := fields.take(key), Listing) and not node.items:
        context.findings.add("CC070", node.place, what=fields.named(key))
    return patterns


def read_similar(context: Context, fields: Fields) -> Condition:
    """Return sentences, and how much alike one has to be."""
    fields.take("similar", required=True)
    return Similar(context.phrases(fields, "similar"), read_share(fields, "score", ALIKE_ENOUGH))


def read_asks(context: Context, fields: Fields) -> Condition:
    """Return what kind of question is to be asked."""
    del context
    fields.take("asks", required=True)
    return Asks(fields.choice("asks", Asking, Asking.ANY))


def read_metric(context: Context, fields: Fields) -> Condition:
    """Return a measure and its bounds."""
    del context
    name = fields.text("metric", required=True)
    if name is not None and name.value not in MEASURES:
        guess = nearest(name.value, MEASURES)
        fields.bad_value("metric", name, Told("a measure such as talk_ratio"), guess)
    bounds = [
        fields.number(key, 0.0) if fields.take(key) is not None else None
        for key in ("over", "under")
    ]
    if bounds == [None, None]:
        fields.take("over", required=True)
    return NEVER if name is None else Metric(name.value, *bounds)


def read_attribute(context: Context, fields: Fields) -> Condition:
    """Return what has to be known before the call, and its values."""
    name = fields.text("attribute", required=True)
    values, others = fields.texts("is"), fields.texts("is_not")
    if values and others:
        arguments = {"what": fields.what, "first": "is", "second": "is_not"}
        context.findings.add("CC071", others[0].place, **arguments)
    elif not values and not others:
        fields.take("is", required=True)
    if name is None:
        return NEVER
    return Attribute(_known(context, name), values or others, is_negated=not values)


def read_fact(context: Context, fields: Fields) -> Condition:
    """Return what was known before the call and is to be said."""
    name = fields.text("fact", required=True)
    in_part = fields.flag("in_part")
    return NEVER if name is None else FactSaid(_known(context, name), in_part)


def _known(context: Context, name: Text) -> str:
    """Return the id of a fact, or what else is known of a call; others are reported."""
    id: str = context.names.get(name.value) or name.value
    if id == name.value and id not in (*context.names, *_NO_FACTS):
        guess = nearest(id, (*context.names, *_NO_FACTS))
        context.findings.add("CC078", name.place, name=id, nearest=guess)
    return id


def read_share(fields: Fields, key: str, default: float) -> float:
    """Return a number from 0 to 1."""
    text = fields.text(key)
    if text is None:
        return default
    share = fields.number(key, default)
    if share > 1:
        fields.bad_value(key, text, Told("a number from 0 to 1"))
    return share
