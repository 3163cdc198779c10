"""Says in plain words what a rule waits for, as an outline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callcoach.locale import Messages, mark
from callcoach.script.model import PackId, local, pack_of
from callcoach.script.rules import (
    Absent,
    Anchor,
    Asking,
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
    Order,
    Phrases,
    Refers,
    Regex,
    RuleId,
    Side,
    Similar,
    Sound,
    Unit,
    Window,
)
from callcoach.script.rules import Sequence as InTurn
from callcoach.script.terms import Speaker

_AT = {
    At.START: mark("at the start of an utterance"),
    At.END: mark("at the end of an utterance"),
    At.WHOLE: mark("as the whole utterance"),
}
_SOUND = {
    Sound.ALIKE: mark("or Chinese that sounds like them"),
    Sound.LOOSE: mark("or what sounds like them"),
}
_ASKS = {
    Asking.ANY: mark("a question"),
    Asking.OPEN: mark("an open question"),
    Asking.CLOSED: mark("a closed question"),
}
_BY = {
    Speaker.AGENT: mark("said by the agent"),
    Speaker.CUSTOMER: mark("said by the customer"),
    Speaker.OTHER: mark("said by somebody else"),
}
_ORDERS = {
    Order.AFTER: mark("after {rules}"),
    Order.BEFORE: mark("before {rules}"),
    Order.AROUND: mark("near {rules}"),
    Order.NOT_AFTER: mark("not after {rules}"),
    Order.NOT_BEFORE: mark("not before {rules}"),
}
_SIDES = {
    Side.FIRST: mark("in the first {length} of the call"),
    Side.LAST: mark("in the last {length} of the call"),
    Side.PAST: mark("in the last {length} before now"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the outline."""

    depth: int
    text: str


def retell(condition: Condition, pack: PackId, messages: Messages) -> tuple[Line, ...]:
    """Return what a condition of `pack` waits for; its own rules go by their local ids."""
    return tuple(_Teller(pack, messages).told(condition, 0))


class _Teller:
    """Tells conditions of one pack in one language."""

    def __init__(self, pack: PackId, messages: Messages) -> None:
        self.pack = pack
        self.say = messages.say
        self.count = messages.count

    def told(self, condition: Condition, depth: int) -> Iterator[Line]:
        """Yield the lines of a condition, what belongs to it further in."""
        match condition:
            case AtLeast(parts=parts) | NoneOf(parts=parts) | Near(parts=parts):
                yield Line(depth, self._heading(condition))
                for part in parts:
                    yield from self.told(part, depth + 1)
            case InTurn(links=links):
                yield Line(depth, self.say("one after another:"))
                for link in links:
                    yield from self._link(link, depth + 1)
            case Absent(part=part, by=by):
                heading = self.say("nowhere in the call:")
                if by is not None:
                    length = self._length(by, Unit.SECONDS)
                    heading = self.say("not in the first {length} of the call:", length=length)
                yield Line(depth, heading)
                yield from self.told(part, depth + 1)
            case Narrowed(part=part):
                if bounds := "; ".join(self._bounds(condition)):
                    yield Line(depth, self.say("{bounds}:", bounds=bounds))
                    depth += 1
                yield from self.told(part, depth)
                if condition.unless:
                    yield Line(depth, self.say("unless it overlaps:"))
                    for veto in condition.unless:
                        yield from self.told(veto, depth + 1)
            case _:
                yield Line(depth, self._leaf(condition))

    def _heading(self, condition: AtLeast | NoneOf | Near) -> str:
        match condition:
            case NoneOf():
                return self.say("none of these:")
            case Near(distance=distance, is_ordered=is_ordered):
                length = self.distance(distance)
                if is_ordered:
                    return self.say("in this order, {length} apart:", length=length)
                return self.say("{length} apart:", length=length)
            case AtLeast(count=1):
                return self.say("one of these:")
            case AtLeast(count=count, parts=parts) if count == len(parts):
                return self.say("all of these:")
            case AtLeast(count=count):
                return self.say("at least {count} of these:", count=count)

    def _link(self, link: Link, depth: int) -> Iterator[Line]:
        if link.is_absent or link.within is not None:
            heading = self.say("but not:") if link.is_absent else self.say("then:")
            if link.within is not None:
                length = self.distance(link.within)
                heading = (
                    self.say("but not {length} after it:", length=length)
                    if link.is_absent
                    else self.say("{length} after it:", length=length)
                )
            yield Line(depth, heading)
            depth += 1
        yield from self.told(link.part, depth)

    def _leaf(self, condition: Condition) -> str:
        match condition:
            case Phrases(phrases=phrases, at=at, sound=sound):
                words = ", ".join(phrase.text.value for phrase in phrases)
                notes = [self.say("the words {words}", words=words)]
                notes += [self.say(_AT[at])] if at in _AT else []
                if condition.margin:
                    notes.append(self.say("give or take {count} words", count=condition.margin))
                notes += [self.say(_SOUND[sound])] if sound in _SOUND else []
                notes += [] if condition.may_be_negated else [self.say("not denied")]
                return "; ".join(notes)
            case Similar(phrases=phrases, score=score):
                words = ", ".join(phrase.text.value for phrase in phrases)
                return self.say("a sentence {score:.0%} like {words}", score=score, words=words)
            case Regex(patterns=patterns, is_negated=is_negated):
                told = ", ".join(pattern.value for pattern in patterns)
                if is_negated:
                    return self.say("nothing that matches {patterns}", patterns=told)
                return self.say("what matches {patterns}", patterns=told)
            case Refers(rules=rules):
                return self._rules(rules)
            case Asks(kind=kind):
                return self.say(_ASKS[kind])
            case NumberIn():
                return self._number(condition)
            case FactSaid(fact=fact, in_part=in_part):
                if in_part:
                    return self.say("{fact}, or a part of it", fact=self._short(fact))
                return self.say("{fact} as the call knows it", fact=self._short(fact))
            case Metric(name=name, over=over, under=under):
                bounds = [self.say("over {value:g}", value=over)] if over is not None else []
                bounds += [self.say("under {value:g}", value=under)] if under is not None else []
                return f"{name}: {', '.join(bounds)}"
            case Attribute(name=name, values=values, is_negated=is_negated):
                told = ", ".join(value.value for value in values)
                if is_negated:
                    return self.say("{name} is not {values}", name=self._short(name), values=told)
                return self.say("{name} is {values}", name=self._short(name), values=told)
            case _:
                return ""

    def _number(self, number: NumberIn) -> str:
        bounds = [self.say("from {value}", value=number.least)] if number.least is not None else []
        bounds += [self.say("up to {value}", value=number.most)] if number.most is not None else []
        bounds += [number.unit] if number.unit else []
        return " ".join([self.say("a number"), *bounds])

    def _bounds(self, narrowed: Narrowed) -> Iterator[str]:
        """Yield what narrows a condition, but for what takes hits back."""
        if narrowed.speaker is not None:
            yield self.say(_BY[narrowed.speaker])
        if narrowed.window is not None:
            yield self._window(narrowed.window)
        if narrowed.steps:
            steps = ", ".join(map(self._short, narrowed.steps))
            yield self.say("in the step {steps}", steps=steps)
        for anchor in narrowed.anchors:
            yield self._anchor(anchor)
        if narrowed.most is not None:
            least, most = narrowed.least, narrowed.most
            yield self.say("{least} to {most} times", least=least, most=most)
        elif narrowed.least != 1:
            yield self.say("{least} times or more", least=narrowed.least)

    def _anchor(self, anchor: Anchor) -> str:
        told = [self.say(_ORDERS[anchor.order], rules=self._rules(anchor.rules))]
        if anchor.within is not None:
            told.append(self.distance(anchor.within))
        if anchor.nth is not None:
            told.append(self.say("hit {number} of it", number=anchor.nth))
        return ", ".join(told)

    def _rules(self, rules: Sequence[RuleId]) -> str:
        names = ", ".join(map(self._short, rules))
        if len(rules) > 1:
            return self.say("one of the rules {rules}", rules=names)
        return self.say("the rule {rule}", rule=names)

    def _window(self, window: Window) -> str:
        length = self._length(window.end, window.unit)
        if not window.begin:
            return self.say(_SIDES[window.side], length=length)
        return self.say("from {begin:g} to {length} of the call", begin=window.begin, length=length)

    def distance(self, distance: Distance) -> str:
        """Return a distance in words."""
        length = self._length(distance.count, distance.unit)
        if distance.is_beyond:
            return self.say("more than {length}", length=length)
        return self.say("at most {length}", length=length)

    def _length(self, count: float, unit: Unit) -> str:
        if unit is Unit.PERCENT:
            return f"{count:g}%"
        if unit is Unit.SECONDS:
            return self.say("{count:g} s", count=count)
        n = round(count)
        match unit:
            case Unit.TURNS:
                return self.count("{n} turn", "{n} turns", n)
            case Unit.UTTERANCES:
                return self.count("{n} utterance", "{n} utterances", n)
            case Unit.WORDS:
                return self.count("{n} word", "{n} words", n)

    def _short(self, id: str) -> str:
        return local(id) if pack_of(id) == self.pack else id
