"""Phrases are proposed where rules and reviewers disagree, and only where it repeats."""

from callcoach.review.learning.examples import collect
from callcoach.review.learning.suggest import propose
from callcoach.script.rules import RuleId
from tests.review.learning.calls import team_calls, team_script

THANKS = RuleId("example.thanks")


def test_what_was_missed_is_proposed() -> None:
    found = propose(THANKS, collect(team_script(), team_calls())[THANKS])
    (phrase,) = (it for it in found if not it.is_veto)
    assert "obliged" in phrase.phrase
    assert (phrase.right, phrase.wrong) == (30, 0)
    assert phrase.calls == 30


def test_what_was_hit_wrongly_is_proposed_as_a_veto() -> None:
    found = propose(THANKS, collect(team_script(), team_calls())[THANKS])
    vetoes = [it.phrase for it in found if it.is_veto]
    assert vetoes
    assert all(
        "no thanks" in phrase or "thanks to" in phrase or "bank" in phrase for phrase in vetoes
    )


def test_a_rule_that_is_right_is_left_alone() -> None:
    script = team_script("many thanks", "thank you", "thanks for", "much obliged")
    assert propose(THANKS, collect(script, team_calls())[THANKS]) == ()


def test_one_call_is_no_ground_for_a_proposal() -> None:
    assert propose(THANKS, collect(team_script(), team_calls(2))[THANKS]) == ()
