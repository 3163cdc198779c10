"""Reads conditions of rules: one body, such as `heard` or `near`, and what narrows it."""

import re
from collections.abc import Callable, Iterable, Mapping

from callcoach.errors import Told
from callcoach.script.load.context import Context
from callcoach.script.load.fields import Fields
from callcoach.script.load.leaves import (
    NEVER,
    read_asks,
    read_attribute,
    read_fact,
    read_metric,
    read_not_regex,
    read_number,
    read_regex,
    read_similar,
)
from callcoach.script.load.nodes import Listing, Node, Table
from callcoach.script.load.parts import read_times
from callcoach.script.load.spans import read_distance, read_window
from callcoach.script.place import Text
from callcoach.script.rules import (
    Absent,
    Anchor,
    At,
    AtLeast,
    Condition,
    Link,
    Narrowed,
    Near,
    NoneOf,
    Order,
    Phrases,
    Refers,
    RuleId,
    Sequence,
    Sound,
)
from callcoach.script.terms import Speaker

COMPANIONS: Mapping[str, tuple[str, ...]] = {
    "heard": ("at", "margin", "sound", "negated"),
    "at_least": ("of",),
    "near": ("distance", "ordered"),
    "similar": ("score",),
    "fact": ("in_part",),
    "metric": ("over", "under"),
    "attribute": ("is", "is_not"),
    "absent": ("by",),
}
"""Keys that mean something beside one body only."""

MODIFIERS = ("speaker", "window", "step", "times", *(order.value for order in Order), "unless")

MOST_MARGIN = 20
"""More words than this around a phrase are no edge of an utterance."""

_PLAIN = ""
"""The body of a table that has phrases by language and no `heard` around them."""

_AFTER = "{rule: greeting, within: 2 turns}"
_INTEGER = re.compile(r"-?\d{1,4}")


def read_condition(context: Context, fields: Fields, but: Iterable[str] = ()) -> Condition:
    """Return the one condition of a table, narrowed by what stands beside it.

    `but` are bodies that mean something else here. The caller closes the fields.
    """
    bodies = [name for name in BODIES if name not in but]
    fields.asked.update(bodies, context.languages, MODIFIERS)
    written: dict[str, Text] = {}
    for key, _ in fields.node.entries:
        if key.value in bodies:
            written[key.value] = key
        elif key.value in context.languages:
            written.setdefault(_PLAIN, key)
    found = tuple(written)
    body = found[0] if found else None
    _check_companions(context, fields, "heard" if body == _PLAIN else body)
    if body is None:
        context.findings.add("CC070", fields.place, what=fields.what)
        return NEVER
    if len(found) > 1:
        first, second = (written[name].value for name in found[:2])
        arguments = {"what": fields.what, "first": first, "second": second}
        context.findings.add("CC071", written[found[1]].place, **arguments)
    part = _phrases(context, fields) if body == _PLAIN else BODIES[body](context, fields)
    return _narrowed(context, fields, part)


def _check_companions(context: Context, fields: Fields, body: str | None) -> None:
    """Report the keys that belong to a body that is not there."""
    for owner, names in COMPANIONS.items():
        fields.asked.update(names)
        if body in (owner, None):
            continue
        for key, _ in fields.node.entries:
            if key.value in names:
                arguments = {"what": fields.what, "key": key.value, "owner": owner}
                context.findings.add("CC072", key.place, **arguments)


def _one(context: Context, node: Node, owner: Fields, key: str) -> Condition:
    """Return the condition that a node is: a table, or phrases in a pack's only language."""
    if isinstance(node, Table):
        inner = Fields(node, owner.named(key), context.findings)
        found = read_condition(context, inner)
        inner.close()
        return found
    return Phrases(context.as_phrases(owner, key, node))


def _some(context: Context, fields: Fields, key: str) -> tuple[Condition, ...]:
    """Return the conditions of a list, or the only one."""
    node = fields.take(key, required=True)
    if node is None:
        return ()
    items = node.items if isinstance(node, Listing) else (node,)
    if not items:
        context.findings.add("CC070", node.place, what=fields.named(key))
    return tuple(_one(context, item, fields, key) for item in items)


def _phrases(context: Context, fields: Fields) -> Condition:
    before = len(context.findings.all)
    plain = fields.take("heard")
    phrases = context.phrases(fields, "heard") if plain else context.phrases_in(fields)
    if not phrases and len(context.findings.all) == before:
        context.findings.add("CC070", fields.place, what=fields.what)
    at = fields.choice("at", At, At.ANYWHERE)
    return Phrases(
        phrases,
        at=at,
        sound=fields.choice("sound", Sound, Sound.EXACT),
        may_be_negated=fields.flag("negated", default=True),
        margin=_margin(fields, at),
    )


def _margin(fields: Fields, at: At) -> int:
    """Return how many words may stand outside; 0, and reported, where it is no such count."""
    text = fields.text("margin")
    if text is None:
        return 0
    if at is At.ANYWHERE:
        fields.bad_value("margin", text, Told("“at” beside it, which it is a margin of"))
        return 0
    if text.value.isdecimal() and 1 <= int(text.value) <= MOST_MARGIN:
        return int(text.value)
    fields.bad_value("margin", text, Told("a count of words from 1 to {most}", most=MOST_MARGIN))
    return 0


def _refers(context: Context, fields: Fields) -> Condition:
    return Refers(tuple(context.rule(text) for text in fields.texts("rule", required=True)))


def _any(context: Context, fields: Fields) -> Condition:
    return AtLeast(1, _some(context, fields, "any"))


def _all(context: Context, fields: Fields) -> Condition:
    parts = _some(context, fields, "all")
    return AtLeast(len(parts), parts) if parts else NEVER


def _none(context: Context, fields: Fields) -> Condition:
    return NoneOf(_some(context, fields, "none"))


def _at_least(context: Context, fields: Fields) -> Condition:
    text = fields.text("at_least", required=True)
    parts = _some(context, fields, "of")
    if text is None or not parts:
        return NEVER
    if text.value.isascii() and text.value.isdigit() and 0 < int(text.value[:6]) <= len(parts):
        return AtLeast(int(text.value), parts)
    fields.bad_value("at_least", text, Told("a count from 1 to {most}", most=len(parts)))
    return NEVER


def _not(context: Context, fields: Fields) -> Condition:
    return NoneOf(_some(context, fields, "not"))


def _near(context: Context, fields: Fields) -> Condition:
    parts = _some(context, fields, "near")
    distance = read_distance(fields, "distance", required=True)
    is_ordered = fields.flag("ordered")
    node = fields.take("near")
    if node is not None and len(parts) == 1:
        fields.wrong(node, "near", Told("two conditions or more"))
    return NEVER if distance is None else Near(parts, distance, is_ordered)


def _sequence(context: Context, fields: Fields) -> Condition:
    node = fields.take("sequence", required=True)
    if node is None:
        return NEVER
    if not isinstance(node, Listing) or not node.items:
        fields.wrong(node, "sequence", Told("a list of conditions, one after another"))
        return NEVER
    links = tuple(_link(context, item, fields) for item in node.items)
    if links[0].is_absent or links[0].within is not None:
        expected = Told(
            "a condition without “within” and “absent” first: others are counted from it"
        )
        fields.wrong(node.items[0], "sequence", expected)
    return Sequence(links)


def _link(context: Context, item: Node, fields: Fields) -> Link:
    """Return one part of a sequence; there `absent: yes` is no body but says that it is missing."""
    if not isinstance(item, Table):
        return Link(_one(context, item, fields, "sequence"))
    inner = Fields(item, fields.named("sequence"), context.findings)
    link = Link(
        read_condition(context, inner, but=("absent",)),
        within=read_distance(inner, "within"),
        is_absent=inner.flag("absent"),
    )
    inner.close()
    return link


def _absent(context: Context, fields: Fields) -> Condition:
    parts = _some(context, fields, "absent")
    by = fields.seconds("by")
    if not parts:
        return NEVER
    return Absent(parts[0] if len(parts) == 1 else AtLeast(1, parts), by)


BODIES: Mapping[str, Callable[[Context, Fields], Condition]] = {
    "heard": _phrases,
    "rule": _refers,
    "any": _any,
    "all": _all,
    "none": _none,
    "at_least": _at_least,
    "not": _not,
    "near": _near,
    "sequence": _sequence,
    "number": read_number,
    "regex": read_regex,
    "not_regex": read_not_regex,
    "similar": read_similar,
    "asks": read_asks,
    "fact": read_fact,
    "metric": read_metric,
    "attribute": read_attribute,
    "absent": _absent,
}
"""The bodies of conditions by their keys, and what reads them."""


def _narrowed(context: Context, fields: Fields, part: Condition) -> Condition:
    """Return a condition with what stands beside it, or as it is where nothing does."""
    has_speaker = fields.take("speaker") is not None
    speaker = fields.choice("speaker", Speaker, Speaker.AGENT) if has_speaker else None
    least, most = read_times(fields)
    if most is not None and most < least and (text := fields.text("times")):
        fields.bad_value("times", text, Told("the smaller count first: 1-3"))
    narrowed = Narrowed(
        part,
        speaker=speaker,
        window=read_window(fields, "window"),
        steps=tuple(context.step(text) for text in fields.texts("step")),
        anchors=tuple(_anchors(context, fields)),
        unless=_some(context, fields, "unless") if fields.take("unless") is not None else (),
        least=least,
        most=most,
    )
    return part if narrowed == Narrowed(part) else narrowed


def _anchors(context: Context, fields: Fields) -> Iterable[Anchor]:
    """Yield what stands under `after`, `before` and the like: rules, and how near they are."""
    for order in Order:
        node = fields.take(order.value)
        if node is None:
            continue
        if not isinstance(node, Table):
            yield Anchor(order, _rules(context, fields, order.value))
            continue
        inner = Fields(node, fields.named(order.value), context.findings)
        rules = _rules(context, inner, "rule")
        yield Anchor(order, rules, read_distance(inner, "within"), _nth(inner))
        inner.close()


def _rules(context: Context, fields: Fields, key: str) -> tuple[RuleId, ...]:
    found: list[RuleId] = []
    for text in fields.texts(key, required=True):
        if " " in text.value:
            expected = Told("a rule's id; a distance stands beside it: {example}", example=_AFTER)
            fields.bad_value(key, text, expected)
        else:
            found.append(context.rule(text))
    return tuple(found)


def _nth(fields: Fields) -> int | None:
    """Return which hit is meant, from 1, or from the last with -1."""
    text = fields.text("nth")
    if text is None:
        return None
    if _INTEGER.fullmatch(text.value) and int(text.value):
        return int(text.value)
    fields.bad_value("nth", text, Told("a place such as 1, or -1 for the last"))
    return None
