"""Reads Transcribe Call Analytics categories: up to twenty rules, all of which must match.

Source: Amazon Transcribe API, CallAnalyticsRule and its four filters.
"""

from callcoach.errors import Told
from callcoach.script.exchange.build import every, narrow, stretch
from callcoach.script.exchange.notation import literal
from callcoach.script.exchange.one_by_one import take_in
from callcoach.script.exchange.report import Account, Imported
from callcoach.script.exchange.spot import LARGEST, Spot
from callcoach.script.model import PackId, Phrase, Speaker
from callcoach.script.rules import (
    Absent,
    Condition,
    Metric,
    Phrases,
    Side,
    Unit,
    Window,
)

ROLES = {"AGENT": Speaker.AGENT, "CUSTOMER": Speaker.CUSTOMER}
INTERRUPTION = 500.0
"""Milliseconds of overlap from which callcoach counts an interruption."""
_COMMON = ("AbsoluteTimeRange", "RelativeTimeRange", "Negate")
_NO_MEANING = ("CategoryName", "Rules", "InputType", "CreateTime", "LastUpdateTime", "Tags")


def read_transcribe(root: Spot, pack: PackId, *, approximate: bool) -> Imported:
    """Return the rules in a category or a list of categories.

    Raises `ExchangeError` where the value is nothing of the kind.
    """
    return take_in(_categories(root), pack, _category, approximate=approximate)


def _categories(root: Spot) -> tuple[Spot, ...]:
    for key in ("Categories", "CategoryProperties"):
        found = root.get(key)
        if found is not None:
            return found.items()
    return root.items()


def _category(spot: Spot, account: Account) -> tuple[str, Condition | None]:
    name = spot.need("CategoryName").text()
    for key, value in spot.entries():
        if key not in _NO_MEANING:
            account.remark(value.path, key, Told("callcoach does not look at this"))
    parts = [_rule(item, account) for item in spot.need("Rules").items()]
    if not parts:
        account.leave(spot.path, "Rules", Told("it has no conditions"))
    return name, every([part for part in parts if part is not None])


def _rule(spot: Spot, account: Account) -> Condition | None:
    """Return the condition for one rule: an object with the one filter that it is."""
    filters = list(spot.entries())
    if len(filters) != 1:
        account.leave(spot.path, "Rules", Told("a rule has exactly one filter"))
        return None
    ((kind, body),) = filters
    match kind:
        case "TranscriptFilter":
            return _transcript(body, kind, account)
        case "NonTalkTimeFilter":
            return _non_talk(body, kind, account)
        case "InterruptionFilter":
            return _interruption(body, kind, account)
        case _:
            account.leave(body.path, kind, Told("callcoach does not look at this"))
            return None


def _transcript(spot: Spot, kind: str, account: Account) -> Condition | None:
    known = ("TranscriptFilterType", "Targets", "ParticipantRole", *_COMMON)
    _refuse_unknown(spot, known, account)
    way = spot.get("TranscriptFilterType")
    if way is not None and way.value != "EXACT":
        account.leave(way.path, kind, Told("only EXACT is known"))
    phrases: list[Phrase] = []
    for item in spot.need("Targets").items():
        phrase = literal(item.text())
        if phrase is None:
            account.leave(item.path, "Targets", Told("it has no word to listen for"))
        else:
            phrases.append(phrase)
    speaker = _speaker(spot, account)
    window = _window(spot, account)
    if not phrases:
        account.leave(spot.path, "Targets", Told("it has no word to listen for"))
        return None
    account.carry(spot.path, kind)
    part = narrow(Phrases(tuple(phrases)), speaker, window)
    return Absent(part) if _is_negated(spot) else part


def _non_talk(spot: Spot, kind: str, account: Account) -> Condition | None:
    _refuse_unknown(spot, ("Threshold", *_COMMON), account)
    threshold = spot.get("Threshold")
    if threshold is None or _window(spot, account) is not None:
        account.leave(spot.path, kind, Told("only with a threshold and about the whole call"))
        return None
    how = Told("measured callcoach's way: {metric}", metric="longest_non_talk")
    if not account.approximate(spot.path, kind, how):
        return None
    seconds = threshold.number(0, LARGEST * 1000) / 1000
    if _is_negated(spot):
        return Metric("longest_non_talk", under=seconds)
    return Metric("longest_non_talk", over=seconds)


def _interruption(spot: Spot, kind: str, account: Account) -> Condition | None:
    _refuse_unknown(spot, ("Threshold", "ParticipantRole", *_COMMON), account)
    speaker = _speaker(spot, account)
    threshold = spot.get("Threshold")
    if speaker is None or _window(spot, account) is not None:
        account.leave(spot.path, kind, Told("only with a role and about the whole call"))
        return None
    if threshold is not None and threshold.number() > INTERRUPTION:
        account.leave(spot.path, kind, Told("callcoach does not tell long interruptions apart"))
        return None
    name = f"{speaker.value}.interruptions"
    how = Told("measured callcoach's way: {metric}", metric=name)
    if not account.approximate(spot.path, kind, how):
        return None
    return Metric(name, under=0.5) if _is_negated(spot) else Metric(name, over=0.5)


def _speaker(spot: Spot, account: Account) -> Speaker | None:
    found = spot.get("ParticipantRole")
    if found is None:
        return None
    speaker = ROLES.get(found.text())
    if speaker is None:
        account.leave(found.path, "ParticipantRole", Told("an unknown role"))
    return speaker


def _window(spot: Spot, account: Account) -> Window | None:
    """Return the stretch of the call that a filter is bound to."""
    seconds = spot.get("AbsoluteTimeRange")
    if seconds is not None:
        return _stretch(seconds, Unit.SECONDS, ("StartTime", "EndTime"), 1000, account)
    share = spot.get("RelativeTimeRange")
    if share is not None:
        return _stretch(share, Unit.PERCENT, ("StartPercentage", "EndPercentage"), 1, account)
    return None


def _stretch(
    spot: Spot, unit: Unit, ends: tuple[str, str], scale: int, account: Account
) -> Window | None:
    begin, end, first, last = (spot.get(key) for key in (*ends, "First", "Last"))
    side, begins, ends_at = Side.FIRST, 0.0, first or last
    if begin is not None and end is not None:
        begins, ends_at = begin.number() / scale, end
    elif first is None:
        side = Side.LAST
    if ends_at is None:
        account.leave(spot.path, "TimeRange", Told("it has neither both ends, nor First, nor Last"))
        return None
    window = stretch(side, unit, begins, ends_at.number() / scale)
    if window is None:
        account.leave(spot.path, "TimeRange", Told("there is no such stretch of a call"))
    return window


def _is_negated(spot: Spot) -> bool:
    found = spot.get("Negate")
    return found is not None and found.flag()


def _refuse_unknown(spot: Spot, known: tuple[str, ...], account: Account) -> None:
    for key, value in spot.entries():
        if key not in known and value.value is not None:
            account.leave(value.path, key, Told("unknown: it may change the meaning"))


def looks_like_transcribe(root: Spot) -> bool:
    """Tell whether a value is likely categories of this system."""
    found = _categories(root)
    return bool(found) and found[0].get("CategoryName") is not None
