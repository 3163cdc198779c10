"""Makes conditions and rules of what was read from another system."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from callcoach.script.exchange.notation import NOWHERE, language_of
from callcoach.script.exchange.spot import LARGEST
from callcoach.script.model import PackId, Speaker, local
from callcoach.script.place import Text
from callcoach.script.rules import (
    Absent,
    Anchor,
    AtLeast,
    Attribute,
    Condition,
    Metric,
    Narrowed,
    NoneOf,
    Rule,
    RuleId,
    Scope,
    Side,
    Unit,
    Window,
)
from callcoach.script.wording import Wording

_NO_ID = re.compile(r"[^a-z0-9]+")
_WORD_ENDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def text(value: str) -> Text:
    """Return a text that was written in no pack."""
    return Text(value, NOWHERE)


def some(parts: Sequence[Condition]) -> Condition | None:
    """Return “any of these”; None of nothing."""
    return _group(1, parts)


def every(parts: Sequence[Condition]) -> Condition | None:
    """Return “all of these”; None of nothing."""
    return _group(len(parts), parts)


def _group(count: int, parts: Sequence[Condition]) -> Condition | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return AtLeast(count, tuple(parts))


def narrow(
    part: Condition,
    speaker: Speaker | None = None,
    window: Window | None = None,
    anchors: tuple[Anchor, ...] = (),
) -> Condition:
    """Return a condition of which only some hits count; without bounds, the condition."""
    if speaker is None and window is None and not anchors:
        return part
    return Narrowed(part, speaker=speaker, window=window, anchors=anchors)


def stretch(side: Side, unit: Unit, begin: float, end: float) -> Window | None:
    """Return a stretch of a call; None where there is nothing in it."""
    begin, end = round(begin, 3), round(end, 3)
    is_there = 0 <= begin < end <= (100 if unit is Unit.PERCENT else LARGEST)
    return Window(side, unit, begin, end) if is_there else None


def scope_of(condition: Condition) -> Scope:
    """Return what a condition holds for where its parts may be met anywhere in the call.

    One that is met by a single hit holds for the utterance of that hit, which can be shown.
    """
    match condition:
        case AtLeast(1, parts):
            scopes = {scope_of(part) for part in parts}
            return Scope.CALL if Scope.CALL in scopes else Scope.UTTERANCE
        case AtLeast() | NoneOf() | Absent() | Metric() | Attribute():
            return Scope.CALL
        case Narrowed(part=part):
            return scope_of(part)
        case _:
            return Scope.UTTERANCE


class Names:
    """Gives out ids of a pack, each once."""

    def __init__(self, pack: PackId) -> None:
        self.pack = pack
        self.taken: set[str] = set()

    def take(self, name: str, kind: str = "rule") -> RuleId:
        """Return a free id that is most like `name`; one of `kind` and a number if it has none."""
        stem = slug(name)
        if stem in ("null", "yes", "no", "true", "false"):
            stem = f"{kind}_{stem}"
        number = 1
        local_id = stem or f"{kind}_1"
        while local_id in self.taken:
            number += 1
            local_id = f"{stem or kind}_{number}"
        self.taken.add(local_id)
        return RuleId(f"{self.pack}.{local_id}")


def slug(name: str) -> str:
    """Return a name as a local id: `No-Greeting` is `no_greeting`; empty where nothing is left."""
    spread = _WORD_ENDS.sub("_", name.strip()).lower()
    found = _NO_ID.sub("_", spread).strip("_")[:60]
    return found if not found or found[0].isalpha() else f"n{found}"


def make_rule(
    id: RuleId,
    name: str,
    condition: Condition,
    scope: Scope,
    *,
    since: date | None = None,
    until: date | None = None,
    is_alone: bool = False,
) -> Rule:
    """Return a rule; its title is its name in the other system, where that is not its id."""
    title = None
    if name and name != local(id):
        title = Wording({language_of(name): (text(name),)}, NOWHERE)
    return Rule(
        id, condition, title=title, scope=scope, since=since, until=until, is_alone=is_alone
    )


def name_of(rule: Rule) -> str:
    """Return what another system is to call a rule: its title, or else its local id."""
    if rule.title is not None:
        for texts in rule.title.variants.values():
            if texts:
                return texts[0].value
    return local(rule.id)


def mentioned(rules: Iterable[RuleId]) -> tuple[RuleId, ...]:
    """Return ids in order, each once."""
    return tuple(dict.fromkeys(rules))
