"""Writes rules as Transcribe Call Analytics categories, after a call or while it goes on."""

import re
from collections.abc import Iterable, Mapping, Sequence

from callcoach.errors import Told
from callcoach.script.exchange.build import name_of
from callcoach.script.exchange.contact_lens_write import plain_number
from callcoach.script.exchange.formula import Claim, Every, Formula, Some
from callcoach.script.exchange.one_by_one import Json, give_out
from callcoach.script.exchange.report import Account, Exported
from callcoach.script.exchange.texts import literal_texts
from callcoach.script.exchange.transcribe_read import INTERRUPTION, ROLES
from callcoach.script.exchange.tree import key_of
from callcoach.script.model import Phrase, local
from callcoach.script.rules import Metric, Phrases, Rule, RuleId, Scope, Side, Unit, Window

MAX_RULES = 20
MAX_TARGET = 2000
"""Characters of a phrase."""
_NAME = re.compile(r"[0-9a-zA-Z._-]{1,200}")
_ROLES = {speaker: role for role, speaker in ROLES.items()}


def write_transcribe(
    rules: Iterable[Rule],
    known: Mapping[RuleId, Rule],
    *,
    approximate: bool,
    live: bool = False,
) -> Exported:
    """Return rules as requests to create categories; `live` ones for calls that go on."""
    kind = "REAL_TIME" if live else "POST_CALL"

    def write(rule: Rule, formula: Formula, account: Account) -> Json | None:
        found = _Writer(rule, account, live).rules(formula)
        return {"CategoryName": _name(rule), "Rules": found, "InputType": kind} if found else None

    return give_out(rules, known, Scope.CALL, write, _name, approximate=approximate)


def _name(rule: Rule) -> str:
    """Return a rule's title where it can be a name there, else its id."""
    name = name_of(rule)
    return name if _NAME.fullmatch(name) else local(rule.id)


class _Writer:
    """Writes the formula of one rule; what cannot be written is noted."""

    def __init__(self, rule: Rule, account: Account, is_live: bool) -> None:
        self.rule = rule
        self.account = account
        self.is_live = is_live

    def rules(self, formula: Formula) -> list[Json]:
        """Return the rules of a category, all of which must match."""
        parts = formula.parts if isinstance(formula, Every) else (formula,)
        if len(parts) > MAX_RULES:
            self._leave("all", Told("a category has at most {most} rules", most=MAX_RULES))
            return []
        return [made for part in parts for made in self._part(part)]

    def _leave(self, what: str, why: Told | None = None) -> None:
        why = why or Told("that system has nothing like it")
        self.account.leave(self.rule.id, what, why)

    def _part(self, part: Formula) -> list[Json]:
        match part:
            case Claim():
                return self._claim(part)
            case Some(parts):
                return self._any_phrase(parts)
            case Every(parts):
                return [made for inner in parts for made in self._part(inner)]

    def _any_phrase(self, parts: Sequence[Formula]) -> list[Json]:
        """Return the one rule for any of several lots of phrases with the same bounds."""
        claims = [part for part in parts if isinstance(part, Claim)]
        bounds = {(it.speaker, it.window, it.is_negated) for it in claims}
        lots = [it.part.phrases for it in claims if isinstance(it.part, Phrases)]
        if len(lots) < len(parts) or len(bounds) > 1 or claims[0].is_negated:
            self._leave("any", Told("that system knows “any” only of phrases with one bound"))
            return []
        phrases = tuple(phrase for lot in lots for phrase in lot)
        return self._claim(Claim(Phrases(phrases), claims[0].speaker, claims[0].window))

    def _claim(self, claim: Claim) -> list[Json]:
        match claim.part:
            case Phrases(phrases=phrases):
                return self._phrases(claim, phrases)
            case Metric():
                return self._metric(claim, claim.part)
            case other:
                self._leave(key_of(other))
                return []

    def _phrases(self, claim: Claim, phrases: Sequence[Phrase]) -> list[Json]:
        targets = literal_texts(phrases, self.rule.id, self.account)
        if any(len(text) > MAX_TARGET for text in targets):
            self._leave("heard", Told("a phrase has more than {most} characters", most=MAX_TARGET))
        body: Json = {"TranscriptFilterType": "EXACT"}
        body |= self._range(claim.window) | self._role(claim)
        body |= {"Negate": claim.is_negated, "Targets": targets}
        if self.is_live and claim.is_negated:
            self._leave("not", Told("that system misses nothing while a call goes on"))
        return [{"TranscriptFilter": body}]

    def _role(self, claim: Claim) -> Json:
        if claim.speaker is None:
            return {}
        role = _ROLES.get(claim.speaker)
        if role is None:
            self._leave("speaker", Told("that system knows agent and customer only"))
        return {"ParticipantRole": role}

    def _range(self, window: Window | None) -> Json:
        if window is None:
            return {}
        is_share = window.unit is Unit.PERCENT
        if window.unit not in (Unit.SECONDS, Unit.PERCENT) or window.side is Side.PAST:
            self._leave("window", Told("that system counts seconds and percent only"))
        scale = 1 if is_share else 1000
        begin, end = (plain_number(round(it * scale, 3)) for it in (window.begin, window.end))
        if begin == 0:
            span: Json = {window.side.value.capitalize(): end}
        elif window.side is Side.LAST and is_share:
            begin, end = 100 - end, 100 - begin
            span = {"StartPercentage": begin, "EndPercentage": end}
        elif window.side is Side.LAST:
            self._leave("window", Told("a stretch that ends before the call does"))
            return {}
        else:
            ends = ("StartPercentage", "EndPercentage") if is_share else ("StartTime", "EndTime")
            span = dict(zip(ends, (begin, end), strict=True))
        return {"RelativeTimeRange" if is_share else "AbsoluteTimeRange": span}

    def _metric(self, claim: Claim, metric: Metric) -> list[Json]:
        bound = metric.over if metric.over is not None else metric.under
        is_single = (metric.over is None) is not (metric.under is None)
        is_plain = claim.speaker is None and claim.window is None and not self.is_live
        speaker, _, measure = metric.name.partition(".")
        roles = {speaker.value: role for speaker, role in _ROLES.items()}
        how = Told("measured that system's way: {value}", value="Threshold")
        if not is_single or not is_plain or bound is None:
            self._leave("metric", Told("{name} is no measure there", name=metric.name))
            return []
        negate = (metric.over is None) is not claim.is_negated
        if metric.name == "longest_non_talk":
            if not self.account.approximate(self.rule.id, "metric", how):
                return []
            threshold = plain_number(round(bound * 1000, 3))
            return [{"NonTalkTimeFilter": {"Threshold": threshold, "Negate": negate}}]
        if measure == "interruptions" and speaker in roles and bound < 1:
            if not self.account.approximate(self.rule.id, "metric", how):
                return []
            body = {"Threshold": int(INTERRUPTION), "ParticipantRole": roles[speaker]}
            return [{"InterruptionFilter": body | {"Negate": negate}}]
        self._leave("metric", Told("{name} is no measure there", name=metric.name))
        return []
