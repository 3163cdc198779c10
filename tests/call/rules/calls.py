"""Small calls against small sets of rules, for tables."""

from collections.abc import Mapping, Sequence
from datetime import date

from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.script.model import Speaker, StepId, local
from callcoach.script.rules import RuleId
from tests.support import minimal, script_of

SPEAKERS = {"A": Speaker.AGENT, "C": Speaker.CUSTOMER, "O": Speaker.OTHER}
EACH = 5.0
"""Seconds that an utterance of these calls takes; the next begins a second later."""


def ruleset(**rules: object) -> Ruleset:
    """Return rules made ready, as a pack in one language would write them."""
    script = script_of(minimal(rules=rules))
    return Ruleset(script.rules, script.lineages)


def said(*lines: str) -> list[Said]:
    """Return utterances: `A: hello`, six seconds apart; `A@hello: ...` in a step."""
    found: list[Said] = []
    for place, line in enumerate(lines):
        who, _, text = line.partition(": ")
        speaker, _, step = who.partition("@")
        steps = frozenset([StepId(f"example.{step}")] if step else [])
        start = place * (EACH + 1)
        found.append(Said(SPEAKERS[speaker], text, start, start + EACH, steps))
    return found


def hear(
    rules: Ruleset,
    *lines: str,
    attributes: Mapping[str, str] | None = None,
    day: date | None = None,
    metrics: Mapping[str, float | None] | None = None,
    is_over: bool = True,
) -> list[tuple[str, int, str]]:
    """Return every hit of a call: its rule, its utterance, its words."""
    listener = Listener(rules, attributes, day)
    spoken = said(*lines)
    hits = [hit for one in spoken for hit in listener.hear(one)]
    if is_over:
        hits += listener.end(metrics)
    return [(local(hit.rule), hit.utterance, words(hit, spoken)) for hit in hits]


def words(hit: RuleHit, spoken: Sequence[Said]) -> str:
    """Return the words of a hit."""
    return "" if hit.is_silent else spoken[hit.utterance].text[hit.start : hit.end]


def holds(condition: object, *lines: str, **others: object) -> list[tuple[int, str]]:
    """Return where a condition holds in a call, and by which words; `others` are rules it needs."""
    found = hear(ruleset(it=condition, **others), *lines)
    return [(utterance, text) for rule, utterance, text in found if rule == "it"]


def rule_id(name: str) -> RuleId:
    """Return the full id of a rule of these calls."""
    return RuleId(f"example.{name}")
