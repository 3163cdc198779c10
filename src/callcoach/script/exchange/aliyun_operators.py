"""Reads the operators of Aliyun conditions: what one sentence has to have.

Source: 智能对话分析, 检测算子对象说明.
"""

import re
from collections.abc import Sequence

from callcoach.errors import Told
from callcoach.script.exchange.build import every, some
from callcoach.script.exchange.build import text as plain
from callcoach.script.exchange.notation import literal
from callcoach.script.exchange.report import Account
from callcoach.script.exchange.spot import LARGEST, Spot, loose
from callcoach.script.model import Phrase
from callcoach.script.rules import (
    Absent,
    AtLeast,
    Condition,
    Metric,
    Narrowed,
    NoneOf,
    Phrases,
    Regex,
    Similar,
)

_BEYOND_RE2 = re.compile(r"\(\?[=!<>(]|\(\?P[=>]|\\[1-9]|\\k<|[*+?}]\+|\\[ZG]")
"""Looking around, going back and possessive counts: an engine that is linear has none of them."""
_KEYWORDS: tuple[str, ...] = (
    "keywords",
    "operKeyWords",
    "keywordMatchSize",
    "in_sentence",
    "threshold",
)
_KEYWORDS += ("contextChatMatch", "synonyms", "keywordExtension", "case_sensitive")
_REGEX = ("regex", "notRegex", "in_sentence")
_SIMILAR = ("score", "similarlySentences", "in_sentence")
_SILENCE: tuple[str, ...] = ("interval", "compareOperator", "different_role", "target", "from_end")
_SILENCE += ("checkFirstSentence", "intervalEnd")


def read_operator(spot: Spot, account: Account) -> Condition | None:
    """Return the condition of an operator; None, and noted, where there is none.

    One that its keywords may meet in several sentences holds for the call: it is `Absent`, or
    has parts of which the caller has to see that each is met by one sentence.
    """
    kind = spot.need("type").text()
    param = spot.get("param") or Spot({}, f"{spot.path}.param")
    match kind:
        case "HIT_ANY_KEYWORDS" | "INCLUDE_KEYWORDS":
            _refuse_unknown(param, _KEYWORDS, account)
            return _keywords(spot, kind, param, account)
        case "REGULAR_EXPRESSION":
            _refuse_unknown(param, _REGEX, account)
            return _regex(spot, kind, param, account)
        case "SIMILAR_MATCH":
            _refuse_unknown(param, _SIMILAR, account)
            return _similar(spot, kind, param, account)
        case "INTERVAL_GREATER":
            _refuse_unknown(param, _SILENCE, account)
            return _silence(spot, kind, param, account)
        case _:
            account.leave(spot.path, kind, Told("callcoach does not look at this"))
            return None


def spreads(spot: Spot) -> bool:
    """Tell whether an operator's keywords may be met by several sentences together."""
    param = spot.get("param") or Spot({}, spot.path)
    inside = param.get("in_sentence")
    return spot.need("type").value == "INCLUDE_KEYWORDS" and (
        (inside is not None and not inside.flag()) or (_size(spot, param) == 0 and inside is None)
    )


def _size(spot: Spot, param: Spot) -> int:
    """Return how many keywords it takes: all (-1), none (0), or so many."""
    found = param.get("keywordMatchSize")
    if found is not None:
        return int(found.number())
    return 1 if spot.need("type").value == "HIT_ANY_KEYWORDS" else -1


def _keywords(spot: Spot, kind: str, param: Spot, account: Account) -> Condition | None:
    listed = param.get("keywords") or param.get("operKeyWords") or Spot([], spot.path)
    more = param.get("synonyms")
    groups: list[tuple[Phrase, ...]] = []
    for item in listed.items():
        synonyms = more.get(item.text()) if more is not None else None
        texts = (item, *(synonyms.items() if synonyms is not None else ()))
        phrases = [literal(it.text()) for it in texts]
        groups.append(tuple(phrase for phrase in phrases if phrase is not None))
        if None in phrases:
            account.leave(item.path, kind, Told("it has no word to listen for"))
    for key in ("contextChatMatch", "keywordExtension"):
        found = param.get(key)
        if found is not None and found.value not in (False, 0, "false"):
            account.leave(found.path, key, Told("callcoach does not look at this"))
    case = param.get("case_sensitive")
    if case is not None and case.flag():
        account.approximate(case.path, "case_sensitive", Told("capitals do not matter"))
    if not groups or not all(groups):
        account.leave(spot.path, kind, Told("it has no word to listen for"))
        return None
    size = _size(spot, param)
    if not -1 <= size <= len(groups):
        account.leave(
            f"{param.path}.keywordMatchSize",
            "keywordMatchSize",
            Told("there are not so many keywords"),
        )
        return None
    condition = _so_many(groups, size)
    if size == 0 and spreads(spot):
        if param.get("in_sentence") is None:
            how = Told("nowhere in the call, where it might be meant of one sentence")
            account.approximate(spot.path, kind, how)
        condition = Absent(condition.parts[0]) if isinstance(condition, NoneOf) else condition
    account.carry(spot.path, kind)
    return _threshold(condition, param, account)


def _so_many(groups: Sequence[tuple[Phrase, ...]], size: int) -> Condition:
    everything = Phrases(tuple(phrase for group in groups for phrase in group))
    if size == 0:
        return NoneOf((everything,))
    if size == 1:
        return everything
    parts = tuple(Phrases(group) for group in groups)
    return AtLeast(len(parts) if size == -1 else size, parts) if len(parts) > 1 else parts[0]


def _threshold(condition: Condition, param: Spot, account: Account) -> Condition:
    """Return a condition that takes so many hits."""
    found = param.get("threshold")
    least = int(found.number()) if found is not None else 1
    if found is None or least <= 1:
        return condition
    inside = param.get("in_sentence")
    if isinstance(condition, Phrases) and inside is not None and inside.flag():
        return Narrowed(condition, least=least)
    account.leave(found.path, "threshold", Told("only of any keyword, in one sentence"))
    return condition


def _regex(spot: Spot, kind: str, param: Spot, account: Account) -> Condition | None:
    parts: list[Condition] = []
    for key, is_negated in (("regex", False), ("notRegex", True)):
        found = param.get(key)
        if found is None or not found.text():
            continue
        pattern = found.text()
        if _BEYOND_RE2.search(pattern):
            why = Told("it looks around or back, which callcoach's engine never does")
            account.leave(found.path, key, why)
            return None
        parts.append(Regex((plain(pattern),), is_negated))
    if not parts:
        account.leave(spot.path, kind, Told("it has no words to look for"))
        return None
    account.carry(spot.path, kind)
    return every(parts)


def _similar(spot: Spot, kind: str, param: Spot, account: Account) -> Condition | None:
    near = Told("a sentence like these, by its words and not by its meaning")
    if not account.approximate(spot.path, kind, near):
        return None
    phrases = [literal(item.text()) for item in param.need("similarlySentences").items()]
    known = tuple(phrase for phrase in phrases if phrase is not None)
    if not known or len(known) < len(phrases):
        account.leave(spot.path, kind, Told("it has no word to listen for"))
    score = param.get("score")
    return Similar(known, round(min(score.number(0) / 100, 1.0), 4) if score is not None else 0.8)


def _silence(spot: Spot, kind: str, param: Spot, account: Account) -> Condition | None:
    way = param.get("compareOperator")
    how = Told("measured callcoach's way: {metric}", metric="longest_non_talk")
    if not account.approximate(spot.path, kind, how):
        return None
    seconds = param.need("interval").number(0, LARGEST * 1000) / 1000
    if way is not None and way.value == "lt":
        account.leave(way.path, "compareOperator", Told("only the longest silence is known"))
    return Metric("longest_non_talk", over=seconds)


def _refuse_unknown(param: Spot, known: Sequence[str], account: Account) -> None:
    names = set(map(loose, known))
    for key, value in param.entries():
        if loose(key) not in names and value.value not in (None, "", [], {}):
            account.leave(value.path, key, Told("unknown: it may change the meaning"))


def combine(kind: str, parts: Sequence[Condition]) -> Condition | None:
    """Return all (`&&`) or any (`||`) of some conditions."""
    return every(parts) if kind == "&&" else some(parts)
