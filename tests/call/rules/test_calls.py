"""Conditions on whole calls: what was said at all, how often, and what was not."""

from datetime import date

import pytest

from callcoach.call.rules.listener import Listener
from tests.call.rules.calls import EACH, hear, rule_id, ruleset, said

HELLO = {"heard": "hello"}
BYE = {"heard": "goodbye"}
CALL = ("A: hello, hello", "C: hello", "A: goodbye")

VERDICTS = [
    pytest.param({"rule": "hello"}, True, id="it happened"),
    pytest.param({"rule": "thanks"}, False, id="it did not"),
    pytest.param({"rule": "hello", "times": "3"}, True, id="so often"),
    pytest.param({"rule": "hello", "times": "4"}, False, id="not so often"),
    pytest.param({"rule": "hello", "times": "0-2"}, False, id="too often"),
    pytest.param({"rule": "hello", "speaker": "customer"}, True, id="by the customer"),
    pytest.param({"rule": "bye", "speaker": "customer"}, False, id="not by the customer"),
    pytest.param({"all": [{"rule": "hello"}, {"rule": "bye"}]}, True, id="all"),
    pytest.param({"all": [{"rule": "hello"}, {"rule": "thanks"}]}, False, id="not all"),
    pytest.param({"any": [{"rule": "thanks"}, {"rule": "bye"}]}, True, id="any"),
    pytest.param({"none": [{"rule": "thanks"}]}, True, id="none"),
    pytest.param({"not": {"rule": "bye"}}, False, id="not"),
    pytest.param({"absent": {"rule": "thanks"}}, True, id="absent"),
    pytest.param({"absent": {"rule": "bye"}}, False, id="present"),
    pytest.param({"absent": {"rule": "bye"}, "by": "5s"}, True, id="not in time"),
    pytest.param({"absent": {"rule": "hello"}, "by": "5s"}, False, id="in time"),
    pytest.param({"absent": {"rule": "bye", "window": "first 10s"}}, True, id="not in its window"),
    pytest.param({"metric": "talk_ratio", "over": "0.5"}, True, id="metric"),
    pytest.param({"metric": "talk_ratio", "under": "0.5"}, False, id="metric out of bounds"),
    pytest.param({"metric": "agent.interruptions", "over": "0"}, False, id="not measured"),
    pytest.param({"attribute": "agent", "is": "late"}, True, id="attribute"),
    pytest.param({"attribute": "agent", "is_not": "late"}, False, id="other attribute"),
    pytest.param({"rule": "polite"}, True, id="another rule on the call"),
    pytest.param(
        {"all": [{"rule": "polite"}, {"metric": "talk_ratio", "over": "0.5"}]}, True, id="both"
    ),
]


@pytest.mark.parametrize(("condition", "expected"), VERDICTS)
def test_a_rule_on_the_call_holds_or_not(condition: dict[str, object], expected: bool) -> None:
    rules = ruleset(
        hello=HELLO,
        bye=BYE,
        thanks={"heard": "thanks"},
        polite={"scope": "call", "all": [{"rule": "hello"}, {"rule": "bye"}]},
        it={"scope": "call", **condition},
    )
    found = hear(rules, *CALL, attributes={"agent": "late"}, metrics={"talk_ratio": 0.6})
    assert any(rule == "it" for rule, _, _ in found) is expected


def test_silence_is_noticed_when_its_time_is_over() -> None:
    rules = ruleset(hello=HELLO, it={"scope": "call", "absent": {"rule": "hello"}, "by": "20s"})
    listener = Listener(rules)
    (first,) = said("A: good day")
    assert listener.hear(first) == ()
    assert listener.wait(19.0) == ()
    (hit,) = listener.wait(21.0)
    assert (hit.rule, hit.is_silent) == (rule_id("it"), True)
    assert listener.wait(30.0) == ()
    assert listener.end() == ()


def test_what_is_said_in_time_is_not_missed() -> None:
    rules = ruleset(hello=HELLO, it={"scope": "call", "absent": {"rule": "hello"}, "by": "20s"})
    listener = Listener(rules)
    (first,) = said("A: hello")
    assert [hit.rule for hit in listener.hear(first)] == [rule_id("hello")]
    assert listener.wait(60.0) == ()


def test_a_rule_holds_on_its_days_only() -> None:
    rules = ruleset(it={**HELLO, "since": "2026-02-01", "until": "2026-03-31"})
    assert not hear(rules, *CALL, day=date(2026, 1, 31))
    assert hear(rules, *CALL, day=date(2026, 2, 1))
    assert hear(rules, *CALL, day=date(2026, 3, 31))
    assert not hear(rules, *CALL, day=date(2026, 4, 1))


def test_nothing_of_the_end_is_known_before_it() -> None:
    rules = ruleset(hello=HELLO, it={**HELLO, "window": "last 1 turn"})
    assert ("it", 1, "hello") not in hear(rules, "A: hi", "C: hello", is_over=False)
    assert ("it", 1, "hello") in hear(rules, "A: hi", "C: hello")


def test_a_call_without_a_word_is_judged() -> None:
    rules = ruleset(hello=HELLO, it={"scope": "call", "absent": {"rule": "hello"}})
    assert [(rule, text) for rule, _, text in hear(rules)] == [("it", "")]


def test_an_utterance_of_these_calls_takes_five_seconds() -> None:
    first, second = said("A: one", "C: two")
    assert (first.end, second.start) == (EACH, EACH + 1)
