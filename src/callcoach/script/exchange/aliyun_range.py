"""Reads which sentences an Aliyun condition looks at: by role, by number, by what came before."""

from collections.abc import Mapping

from callcoach.errors import Told
from callcoach.script.exchange.aliyun_operators import spreads
from callcoach.script.exchange.build import narrow, stretch
from callcoach.script.exchange.report import Account
from callcoach.script.exchange.spot import LARGEST, Spot
from callcoach.script.model import Speaker
from callcoach.script.rules import (
    Absent,
    Anchor,
    AtLeast,
    Condition,
    Distance,
    Metric,
    NoneOf,
    Order,
    Refers,
    RuleId,
    Side,
    Unit,
    Window,
)

ROLES = {"客服": Speaker.AGENT, "客户": Speaker.CUSTOMER}
ORDERS = {"BEFORE": Order.BEFORE, "AFTER": Order.AFTER, "AROUND": Order.AROUND}
CURRENT = "CURRENT"


def anchor_of(anchor: Spot | None) -> Spot | None:
    """Return the id of the condition that sentences are counted from; None where there is none."""
    cid = (anchor.get("cid") or anchor.get("anchorCid")) if anchor is not None else None
    return None if cid is None or cid.value == "" else cid


class Range:
    """Reads where a condition looks: whose sentences, which ones, and from where they count."""

    def __init__(
        self,
        spot: Spot,
        account: Account,
        conditions: Mapping[str, Spot],
        shared: Mapping[str, RuleId],
    ) -> None:
        self.spot = spot.get("check_range") or Spot({}, spot.path)
        self.account = account
        self.conditions = conditions
        self.shared = shared

    def apply(self, condition: Condition, *, is_of_call: bool) -> Condition:
        """Return a condition that looks only there."""
        speaker = self._speaker()
        every_one = self.spot.get("all_sentences_satisfy")
        if every_one is not None and every_one.flag():
            why = Told("that every sentence has to meet it")
            self.account.leave(every_one.path, "all_sentences_satisfy", why)
        times = self.spot.get("time_range")
        if times is not None and times.value:
            self.account.leave(times.path, "time_range", Told("its unit is not documented"))
        span = self._span()
        anchor = self._anchor()
        if anchor is None:
            window = self._window(span, speaker)
            return (
                _each(condition, speaker, window)
                if is_of_call
                else narrow(condition, speaker, window)
            )
        if is_of_call:
            why = Told("of sentences counted from another condition, only one can meet it")
            self.account.leave(self.spot.path, "anchor", why)
            return condition
        order, id, nth = anchor
        if order is None:
            if span is not None:
                self.account.leave(self.spot.path, "range", Told("not within one sentence"))
            return AtLeast(2, (narrow(condition, speaker), Refers((id,))))
        within = self._within(order, span, speaker)
        return narrow(condition, speaker, anchors=(Anchor(order, (id,), within, nth),))

    def _speaker(self) -> Speaker | None:
        role = self.spot.get("role")
        if role is None or role.value == "":
            return None
        found = ROLES.get(role.text())
        if found is None:
            self.account.leave(role.path, "role", Told("an unknown role"))
        return found

    def _span(self) -> tuple[int, int] | None:
        """Return the first and the last sentence that count; None: all of them."""
        found = self.spot.get("range")
        if found is None or found.value == {}:
            return None
        first, last = int(found.need("from").number()), int(found.need("to").number())
        return None if (first, last) in ((1, -1), (0, -1), (0, 0)) else (first, last)

    def _anchor(self) -> tuple[Order | None, RuleId, int | None] | None:
        """Return what the sentences are counted from, and how; no order: the same sentence."""
        found = self.spot.get("anchor")
        cid = anchor_of(found)
        if found is None or cid is None:
            return None
        if cid.text() not in self.conditions:
            why = Told("there is no condition {id}", id=cid.text())
            self.account.leave(cid.path, "anchor", why)
        elif self._is_of_call(self.conditions[cid.text()]):
            why = Told("it is counted from a condition on the whole call")
            self.account.leave(cid.path, "anchor", why)
        location = found.need("location")
        id = self.shared.get(cid.text(), RuleId(""))
        nth = self._nth(found)
        if location.value == CURRENT:
            if nth is not None:
                self.account.leave(found.path, "hit_time", Told("not within one sentence"))
            return None, id, None
        order = ORDERS.get(location.text())
        if order is None:
            self.account.leave(location.path, "location", Told("an unknown place"))
            order = Order.AFTER
        return order, id, nth

    def _is_of_call(self, spot: Spot) -> bool:
        return any(
            spreads(it) or it.need("type").value == "INTERVAL_GREATER"
            for it in spot.need("operators").items()
        )

    def _nth(self, anchor: Spot) -> int | None:
        time = anchor.get("hit_time")
        number = int(time.number(most=LARGEST)) if time is not None else -1
        if number == 0 and time is not None:
            near = Told("after any of its hits, not after every one")
            self.account.approximate(time.path, "hit_time", near)
        return number if number > 0 else None

    def _window(self, span: tuple[int, int] | None, speaker: Speaker | None) -> Window | None:
        if span is None:
            return None
        if speaker is not None:
            near = Told("everybody's sentences count, not only those of the role")
            self.account.approximate(self.spot.path, "range", near)
        first, last = span
        window = None
        if first >= 1:
            window = stretch(Side.FIRST, Unit.UTTERANCES, first - 1.0, float(last))
        elif first < 0 and last == -1:
            window = stretch(Side.LAST, Unit.UTTERANCES, 0.0, float(-first))
        if window is not None:
            return window
        self.account.leave(
            self.spot.path,
            "range",
            Told("it neither begins at the first sentence nor ends at the last"),
        )
        return None

    def _within(
        self, order: Order, span: tuple[int, int] | None, speaker: Speaker | None
    ) -> Distance | None:
        if span is None:
            return None
        first, last = span
        count = {
            Order.AFTER: last if first == 1 else 0,
            Order.BEFORE: -first if last == -1 else 0,
        }.get(order, last if first == -last else 0)
        if count < 1:
            self.account.leave(self.spot.path, "range", Told("it does not begin at the anchor"))
            return None
        if speaker is not None:
            near = Told("everybody's sentences count, not only those of the role")
            self.account.approximate(self.spot.path, "range", near)
        return Distance(float(count), Unit.UTTERANCES)


def _each(condition: Condition, speaker: Speaker | None, window: Window | None) -> Condition:
    """Return a condition on a call of which every part looks only at some sentences."""
    match condition:
        case AtLeast(count, parts):
            return AtLeast(count, tuple(_each(part, speaker, window) for part in parts))
        case NoneOf(parts):
            return NoneOf(tuple(_each(part, speaker, window) for part in parts))
        case Absent(part, by):
            return Absent(_each(part, speaker, window), by)
        case Metric():
            return condition
        case _:
            return narrow(condition, speaker, window)
