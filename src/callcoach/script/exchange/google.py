"""Reads and writes Google's phrase matchers, which judge one segment of a transcript at a time.

Source: Contact Center AI Insights, REST resource projects.locations.phraseMatchers.
"""

from collections.abc import Iterable, Mapping, Sequence

from callcoach.errors import Told
from callcoach.script.exchange.build import every, name_of, narrow, some
from callcoach.script.exchange.formula import Claim, Every, Formula, Some
from callcoach.script.exchange.notation import literal
from callcoach.script.exchange.one_by_one import Json, give_out, take_in
from callcoach.script.exchange.report import Account, Exported, Imported
from callcoach.script.exchange.spot import Spot
from callcoach.script.exchange.texts import literal_texts
from callcoach.script.exchange.tree import key_of
from callcoach.script.model import PackId, Phrase, Speaker
from callcoach.script.rules import (
    Condition,
    NoneOf,
    Phrases,
    Rule,
    RuleId,
    Scope,
)

_ROLES = {"HUMAN_AGENT": Speaker.AGENT, "ANY_AGENT": Speaker.AGENT, "END_USER": Speaker.CUSTOMER}
_ANYBODY = (None, "ROLE_UNSPECIFIED")
_NO_MEANING = ("name", "versionTag", "revisionId", "revisionCreateTime", "displayName")
_TIMES = ("activationUpdateTime", "updateTime")
_MEANING = ("type", "active", "roleMatch", "phraseMatchRuleGroups")
_ALL, _ANY = "ALL_OF", "ANY_OF"


def read_google(root: Spot, pack: PackId, *, approximate: bool) -> Imported:
    """Return the rules in a phrase matcher or a list of them.

    Raises `ExchangeError` where the value is nothing of the kind.
    """

    def read(spot: Spot, account: Account) -> tuple[str, Condition | None]:
        given = spot.get("displayName") or spot.get("name")
        return given.text() if given else "", _matcher(spot, account)

    return take_in(_matchers(root), pack, read, approximate=approximate, scope=Scope.UTTERANCE)


def _matchers(root: Spot) -> tuple[Spot, ...]:
    found = root.get("phraseMatchers")
    return found.items() if found is not None else root.items()


def _matcher(spot: Spot, account: Account) -> Condition | None:
    for key, value in spot.entries():
        if key not in (*_NO_MEANING, *_TIMES, *_MEANING):
            account.leave(value.path, key, Told("unknown: it may change the meaning"))
    active = spot.get("active")
    if active is not None and not active.flag():
        account.leave(active.path, "active", Told("it is switched off there"))
    speaker = None
    role = spot.get("roleMatch")
    if role is not None and role.value not in _ANYBODY:
        speaker = _ROLES.get(role.text())
        if speaker is None:
            account.leave(role.path, "roleMatch", Told("an unknown role"))
    groups = [_group(item, account) for item in spot.need("phraseMatchRuleGroups").items()]
    condition = _combine(spot, [it for it in groups if it is not None], account)
    return None if condition is None else narrow(condition, speaker)


def _combine(spot: Spot, parts: Sequence[Condition], account: Account) -> Condition | None:
    """Return all or any of some conditions, as the type of a matcher or group says."""
    kind = spot.need("type")
    if not parts:
        account.leave(spot.path, "type", Told("it has no conditions"))
    elif kind.value == _ALL:
        return every(parts)
    elif kind.value == _ANY:
        return some(parts)
    else:
        account.leave(kind.path, "type", Told("only ALL_OF and ANY_OF are known"))
    return None


def _group(spot: Spot, account: Account) -> Condition | None:
    said: list[Phrase] = []
    unsaid: list[Phrase] = []
    for item in spot.need("phraseMatchRules").items():
        query = item.need("query")
        phrase = literal(query.text())
        negated = item.get("negated")
        if phrase is None:
            account.leave(query.path, "query", Told("it has no word to listen for"))
            continue
        (unsaid if negated is not None and negated.flag() else said).append(phrase)
        _note_case(item, account)
    kind = spot.need("type").value
    parts: list[Condition] = []
    if kind == _ALL:
        parts += [Phrases((phrase,)) for phrase in said]
        if unsaid:
            parts.append(NoneOf((Phrases(tuple(unsaid)),)))
    else:
        if said:
            parts.append(Phrases(tuple(said)))
        parts += [NoneOf((Phrases((phrase,)),)) for phrase in unsaid]
    account.carry(spot.path, "phraseMatchRules")
    return _combine(spot, parts, account)


def _note_case(item: Spot, account: Account) -> None:
    config = item.get("config")
    exact = config.get("exactMatchConfig") if config is not None else None
    if config is not None and exact is None and config.value:
        account.leave(config.path, "config", Told("only exactMatchConfig is known"))
    case = exact.get("caseSensitive") if exact is not None else None
    if case is not None and case.flag():
        account.approximate(case.path, "caseSensitive", Told("capitals do not matter"))


def looks_like_google(root: Spot) -> bool:
    """Tell whether a value is likely matchers of this system."""
    found = _matchers(root)
    return bool(found) and found[0].get("phraseMatchRuleGroups") is not None


def write_google(
    rules: Iterable[Rule], known: Mapping[RuleId, Rule], *, approximate: bool
) -> Exported:
    """Return rules as phrase matchers."""

    def write(rule: Rule, formula: Formula, account: Account) -> Json | None:
        body = _Writer(rule, account).matcher(formula)
        return None if body is None else {"displayName": name_of(rule), "active": True, **body}

    return give_out(rules, known, Scope.UTTERANCE, write, name_of, approximate=approximate)


class _Writer:
    """Writes the formula of one rule as groups; what cannot be written is noted, and None."""

    def __init__(self, rule: Rule, account: Account) -> None:
        self.rule = rule
        self.account = account

    def matcher(self, formula: Formula) -> Json | None:
        """Return the type, the role and the groups of a matcher."""
        claims = list(_claims(formula))
        speakers = {claim.speaker for claim in claims}
        if len(speakers) > 1 or Speaker.OTHER in speakers:
            self._leave("speaker", Told("that system knows one role for the whole rule"))
            return None
        if any(claim.window is not None for claim in claims):
            self._leave("window")
            return None
        kind = _ANY if isinstance(formula, Some) else _ALL
        parts = (formula,) if isinstance(formula, Claim) else formula.parts
        groups = [self._group(part) for part in parts]
        if any(group is None for group in groups):
            return None
        speaker = next(iter(speakers))
        roles = {Speaker.AGENT: "HUMAN_AGENT", Speaker.CUSTOMER: "END_USER"}
        role = {"roleMatch": roles[speaker]} if speaker is not None else {}
        return {"type": kind, **role, "phraseMatchRuleGroups": groups}

    def _leave(self, what: str, why: Told | None = None) -> None:
        why = why or Told("that system has nothing like it")
        self.account.leave(self.rule.id, what, why)

    def _group(self, part: Formula) -> Json | None:
        match part:
            case Claim(is_negated=is_negated):
                kind, claims = _ALL if is_negated else _ANY, [part]
            case Some(parts):
                kind, claims = _ANY, [it for it in parts if isinstance(it, Claim)]
            case Every(parts):
                kind, claims = _ALL, [it for it in parts if isinstance(it, Claim)]
        is_flat = isinstance(part, Claim) or len(claims) == len(part.parts)
        queries = [self._queries(claim) for claim in claims]
        if not is_flat or not all(
            self._fits(kind, *it) for it in zip(claims, queries, strict=True)
        ):
            self._leave("any/all", Told("that system knows two levels of them"))
            return None
        return {
            "type": kind,
            "phraseMatchRules": [
                {
                    "query": query,
                    "negated": claim.is_negated,
                    "config": {"exactMatchConfig": {"caseSensitive": False}},
                }
                for claim, texts in zip(claims, queries, strict=True)
                for query in texts
            ],
        }

    def _fits(self, kind: str, claim: Claim, queries: Sequence[str]) -> bool:
        """Tell whether a claim's texts mean in a group of a type what they mean in the claim."""
        return len(queries) < 2 or (kind == _ALL) is claim.is_negated

    def _queries(self, claim: Claim) -> list[str]:
        if not isinstance(claim.part, Phrases):
            self._leave(key_of(claim.part))
            return []
        return literal_texts(claim.part.phrases, self.rule.id, self.account)


def _claims(formula: Formula) -> Iterable[Claim]:
    match formula:
        case Claim():
            yield formula
        case Every(parts) | Some(parts):
            for part in parts:
                yield from _claims(part)
