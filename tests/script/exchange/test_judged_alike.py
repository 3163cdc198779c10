"""What is said to be carried over exactly judges calls as before, there and back again.

The other systems cannot be asked here; a rule that went out and came in again can.
"""

import pytest
from hypothesis import given, settings

from callcoach.call.rules.talk import Said
from callcoach.script.exchange import Handling, System, export_rules, import_rules
from callcoach.script.model import PackId
from callcoach.script.rules import Rule, Scope
from tests.script.exchange.made import (
    PACK,
    calls,
    judge,
    of_call,
    other,
    rich,
    rules,
    simple,
)

FEWER = settings(max_examples=settings().max_examples // 2)
"""Each example compiles two sets of rules."""


def check(system: System, rule: Rule, call: tuple[Said, ...], *, live: bool = False) -> None:
    """Let a rule go out and come in again; compare what both make of a call."""
    before = {it.id: it for it in (other, rule)}
    out = export_rules([other, rule], before, system, live=live)
    (report,) = out.reports
    if report.handling is not Handling.CARRIED:
        assert report.handling is Handling.LEFT_OUT
        assert any(it.how and it.handling is Handling.LEFT_OUT for it in report.items)
        assert out.value in ([], {"conditions": [], "rules": []})
        return
    back = import_rules(out.value, system, PackId(PACK))
    assert [it.handling for it in back.reports] == [Handling.CARRIED], back.reports
    (id,) = (it.id for it in back.reports)
    assert id is not None
    after = {it.id: it for it in back.rules}
    holds, where = judge(before, rule.id, call)
    holds_again, where_again = judge(after, id, call)
    assert holds_again is holds, out.value
    if rule.scope is after[id].scope is Scope.UTTERANCE:
        assert where_again == where, out.value


@pytest.mark.parametrize("system", System)
@FEWER
@given(rule=rules(simple, of_call(simple)), call=calls)
def test_simple_rules_judge_as_before(system: System, rule: Rule, call: tuple[Said, ...]) -> None:
    check(system, rule, call)


@pytest.mark.parametrize("system", System)
@FEWER
@given(rule=rules(rich, of_call(rich)), call=calls)
def test_rules_of_every_kind_judge_as_before_or_are_left_out(
    system: System, rule: Rule, call: tuple[Said, ...]
) -> None:
    check(system, rule, call)


@pytest.mark.parametrize("system", [System.CONTACT_LENS, System.TRANSCRIBE])
@FEWER
@given(rule=rules(simple, of_call(simple)), call=calls)
def test_live_rules_judge_as_before(system: System, rule: Rule, call: tuple[Said, ...]) -> None:
    check(system, rule, call, live=True)
