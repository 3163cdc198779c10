"""Rules in plain words: every kind of condition is told, nested as it is written."""

import pytest

from callcoach.locale import Messages
from callcoach.script.model import PackId
from callcoach.script.retell import retell
from callcoach.script.rules import RuleId
from tests.script.test_rules import MEANINGS, rule_of
from tests.support import minimal, script_of

TOLD = {
    "{heard: [hi, hey], at: start, negated: no}": [
        "the words hi, hey; at the start of an utterance; not denied"
    ],
    "{heard: hi, at: end, margin: 4}": [
        "the words hi; at the end of an utterance; give or take 4 words"
    ],
    "{any: [hi, {rule: [a, b]}]}": ["one of these:", "  the words hi", "  one of the rules a, b"],
    "{not: {asks: open}}": ["none of these:", "  an open question"],
    "{near: [hi, {number: {from: 5, unit: money}}], distance: 5 words, ordered: yes}": [
        "in this order, at most 5 words apart:",
        "  the words hi",
        "  a number from 5 money",
    ],
    "{sequence: [{en: hi, speaker: agent}, {rule: a, within: 1 turn, absent: yes}]}": [
        "one after another:",
        "  said by the agent:",
        "    the words hi",
        "  but not at most 1 turn after it:",
        "    the rule a",
    ],
    "{scope: call, absent: hi, by: 20s}": [
        "not in the first 20 s of the call:",
        "  the words hi",
    ],
    "{heard: hi, speaker: customer, window: 10-60s, after: {rule: a, nth: 1}}": [
        "said by the customer; from 10 to 60 s of the call; after the rule a, hit 1 of it:",
        "  the words hi",
    ],
    "{heard: hi, step: hello, times: 0-2}": [
        "in the step hello; 0 to 2 times:",
        "  the words hi",
    ],
    "{heard: hi, unless: {rule: b}}": ["the words hi", "unless it overlaps:", "  the rule b"],
    "{scope: call, metric: talk_ratio, over: 0.2, under: 0.8}": ["talk_ratio: over 0.2, under 0.8"],
    "{attribute: plan, is_not: [gold]}": ["plan is not gold"],
}


@pytest.mark.parametrize("rule", TOLD)
def test_a_rule_in_plain_words(rule: str) -> None:
    told = retell(rule_of(rule).condition, PackId("example"), Messages("en"))
    assert ["  " * line.depth + line.text for line in told] == TOLD[rule]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("rule", MEANINGS)
def test_everything_that_can_be_written_is_told(rule: str, language: str) -> None:
    told = retell(rule_of(rule).condition, PackId("example"), Messages(language))
    assert told[0].depth == 0
    assert all(line.text.strip() and "{" not in line.text for line in told)


def test_rules_of_other_packs_keep_their_pack() -> None:
    script = script_of(minimal(rules={"r": {"rule": "a"}, "a": {"heard": "hi"}}))
    (line,) = retell(script.rules[RuleId("example.r")].condition, PackId("other"), Messages("en"))
    assert line.text == "the rule example.a"
