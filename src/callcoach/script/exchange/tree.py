"""Rules as packs write them: tables, lists and texts, before they become YAML."""

from collections.abc import Iterable, Sequence

from callcoach.script.model import PackId, Phrase, local, pack_of
from callcoach.script.rules import (
    Absent,
    Anchor,
    Asks,
    At,
    AtLeast,
    Attribute,
    Condition,
    Distance,
    FactSaid,
    Link,
    Metric,
    Narrowed,
    Near,
    NoneOf,
    NumberIn,
    Phrases,
    Refers,
    Regex,
    Rule,
    RuleId,
    Scope,
    Side,
    Similar,
    Sound,
    Unit,
    Window,
)
from callcoach.script.rules import Sequence as InSequence
from callcoach.script.terms import Severity
from callcoach.script.walk import walk
from callcoach.script.wording import Language

Tree = dict[str, object]
_UNITS = {
    Unit.SECONDS: "s",
    Unit.PERCENT: "%",
    Unit.TURNS: " turns",
    Unit.UTTERANCES: " utterances",
    Unit.WORDS: " words",
}
KNOWN_OUTSIDE = ("agent", "language", "channel", "pack")
"""Attributes of a call that are no facts of a pack."""


def languages_of(rules: Iterable[Rule]) -> tuple[Language, ...]:
    """Return the languages in which rules listen, in the order in which they first occur."""
    found: dict[Language, None] = {}
    for rule in rules:
        for part in walk(rule.condition):
            if isinstance(part, Phrases | Similar):
                found |= dict.fromkeys(phrase.language for phrase in part.phrases)
    return tuple(found)


def attributes_of(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return the local ids of the facts that rules ask about."""
    names = {
        local(part.name) or part.name
        for rule in rules
        for part in walk(rule.condition)
        if isinstance(part, Attribute)
    }
    return tuple(sorted(names - set(KNOWN_OUTSIDE)))


def pack_tree(
    pack: PackId, rules: Sequence[Rule], title: str, languages: Sequence[Language]
) -> Tree:
    """Return a whole pack that has nothing but rules, for others to use."""
    head: Tree = {
        "callcoach": "1",
        "pack": pack,
        "version": "1",
        "title": dict.fromkeys(languages, title),
        "languages": list(languages),
    }
    return head | sections(rules, languages)


def sections(rules: Sequence[Rule], languages: Sequence[Language]) -> Tree:
    """Return the sections of a pack that rules need: themselves, and the facts they ask about."""
    found: Tree = {}
    if facts := attributes_of(rules):
        found["facts"] = {
            name: {"title": dict.fromkeys(languages, name.replace("_", " ")), "given": "yes"}
            for name in facts
        }
    found["rules"] = {local(rule.id): rule_tree(rule, languages) for rule in rules}
    return found


def rule_tree(rule: Rule, languages: Sequence[Language]) -> Tree:
    """Return the table of a rule."""
    pack = pack_of(rule.id)
    tree: Tree = {}
    if rule.title is not None:
        tree["title"] = {
            language: _one_or_all([text.value for text in rule.title.in_language(language)])
            for language in languages
        }
    if rule.labels:
        tree["labels"] = _one_or_all(rule.labels)
    if rule.scope is not Scope.UTTERANCE:
        tree["scope"] = rule.scope.value
    if rule.severity is not Severity.MAJOR:
        tree["severity"] = rule.severity.value
    if rule.weight != 1.0:
        tree["weight"] = plain(rule.weight)
    if rule.threshold:
        tree["threshold"] = plain(rule.threshold)
    if rule.captures:
        tree["captures"] = [capture.value for capture in rule.captures]
    if rule.is_alone:
        tree["internal"] = "yes"
    for key, day in (("since", rule.since), ("until", rule.until)):
        if day is not None:
            tree[key] = day.isoformat()
    return tree | condition_tree(rule.condition, pack)


def condition_tree(condition: Condition, pack: PackId) -> Tree:
    """Return the table of a condition."""

    def trees(parts: Iterable[Condition]) -> list[Tree]:
        return [condition_tree(part, pack) for part in parts]

    match condition:
        case Phrases():
            return _phrases(condition)
        case Regex(patterns, is_negated):
            key = "not_regex" if is_negated else "regex"
            return {key: [pattern.value for pattern in patterns]}
        case NumberIn():
            return {"number": _number(condition)}
        case Similar(phrases, score):
            return {"similar": by_language(phrases), "score": plain(score)}
        case Asks(kind):
            return {"asks": kind.value}
        case FactSaid(fact, in_part):
            said: Tree = {"fact": _named(fact, pack)}
            return said | ({"in_part": "yes"} if in_part else {})
        case Refers(rules):
            return {"rule": _ids(rules, pack)}
        case AtLeast(1, parts):
            return {"any": trees(parts)}
        case AtLeast(count, parts) if count == len(parts):
            return {"all": trees(parts)}
        case AtLeast(count, parts):
            return {"at_least": str(count), "of": trees(parts)}
        case NoneOf((part,)):
            return {"not": condition_tree(part, pack)}
        case NoneOf(parts):
            return {"none": trees(parts)}
        case Near(parts, distance, is_ordered):
            near: Tree = {"near": trees(parts), "distance": distance_text(distance)}
            return near | ({"ordered": "yes"} if is_ordered else {})
        case InSequence(links):
            return {"sequence": [_link(link, pack) for link in links]}
        case Metric(name, over, under):
            bounds = {"over": over, "under": under}
            written = {key: plain(bound) for key, bound in bounds.items() if bound is not None}
            return {"metric": name, **written}
        case Attribute(name, values, is_negated):
            key = "is_not" if is_negated else "is"
            return {"attribute": _named(name, pack), key: [value.value for value in values]}
        case Absent(part, by):
            absent: Tree = {"absent": condition_tree(part, pack)}
            return absent | ({"by": f"{plain(by)}s"} if by is not None else {})
        case Narrowed():
            return _narrowed(condition, pack)


def key_of(condition: Condition) -> str:
    """Return the key that packs write a condition with: `heard`, `number`, `asks`."""
    return next(iter(condition_tree(condition, PackId(""))))


def _narrowed(narrowed: Narrowed, pack: PackId) -> Tree:
    bounds: Tree = {}
    if narrowed.speaker is not None:
        bounds["speaker"] = narrowed.speaker.value
    if narrowed.window is not None:
        bounds["window"] = window_text(narrowed.window)
    if narrowed.steps:
        bounds["step"] = _ids(narrowed.steps, pack)
    if (narrowed.least, narrowed.most) != (1, None):
        most = "" if narrowed.most is None else f"-{narrowed.most}"
        bounds["times"] = f"{narrowed.least}{most}"
    if narrowed.unless:
        bounds["unless"] = [condition_tree(veto, pack) for veto in narrowed.unless]
    again: list[Anchor] = []
    for anchor in narrowed.anchors:
        if anchor.order.value in bounds:
            again.append(anchor)
        else:
            bounds[anchor.order.value] = _anchor(anchor, pack)
    part: Condition = narrowed.part
    if again:  # a table has room for one of each
        part = Narrowed(part, anchors=tuple(again))
    body = condition_tree(part, pack)
    return ({"any": [body]} if isinstance(part, Narrowed) else body) | bounds


def _anchor(anchor: Anchor, pack: PackId) -> object:
    rules = _ids(anchor.rules, pack)
    if anchor.within is None and anchor.nth is None:
        return rules
    tree: Tree = {"rule": rules}
    if anchor.within is not None:
        tree["within"] = distance_text(anchor.within)
    if anchor.nth is not None:
        tree["nth"] = str(anchor.nth)
    return tree


def _link(link: Link, pack: PackId) -> Tree:
    tree = condition_tree(link.part, pack)
    if link.within is not None:
        tree["within"] = distance_text(link.within)
    return tree | ({"absent": "yes"} if link.is_absent else {})


def _phrases(phrases: Phrases) -> Tree:
    tree: Tree = {"heard": by_language(phrases.phrases)}
    if phrases.at is not At.ANYWHERE:
        tree["at"] = phrases.at.value
    if phrases.margin:
        tree["margin"] = str(phrases.margin)
    if phrases.sound is not Sound.EXACT:
        tree["sound"] = phrases.sound.value
    if not phrases.may_be_negated:
        tree["negated"] = "no"
    return tree


def by_language(phrases: Iterable[Phrase]) -> Tree:
    """Return phrases as a list for each language."""
    found: dict[Language, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase.language, []).append(phrase.text.value)
    return dict(found)


def _number(number: NumberIn) -> object:
    if number == NumberIn():
        return "any"
    bounds = {"from": number.least, "to": number.most, "unit": number.unit}
    return {key: str(bound) for key, bound in bounds.items() if bound is not None}


def _ids(ids: Sequence[RuleId] | Sequence[str], pack: PackId) -> object:
    return _one_or_all([_named(id, pack) for id in ids])


def _named(id: str, pack: PackId) -> str:
    """Return an id as it is written in a pack: its own without the pack's name."""
    return local(id) if pack_of(id) == pack and local(id) else id


def _one_or_all(texts: Sequence[str]) -> object:
    return texts[0] if len(texts) == 1 else list(texts)


def distance_text(distance: Distance) -> str:
    """Return a distance: `5 words`, `>10s`."""
    return f"{'>' if distance.is_beyond else ''}{plain(distance.count)}{_UNITS[distance.unit]}"


def window_text(window: Window) -> str:
    """Return a stretch of the call: `first 30s`, `10-60s`."""
    end = f"{plain(window.end)}{_UNITS[window.unit]}"
    if window.begin and window.side is Side.FIRST:
        return f"{plain(window.begin)}-{end}"
    return f"{window.side.value} {end}"


def plain(value: float) -> str:
    """Return a number without a fraction that is none."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
