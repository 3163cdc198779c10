"""Phrases are proposed where rules and reviewers disagree, and only where it repeats."""

from collections.abc import Sequence

from callcoach.call.rules.listener import Heard
from callcoach.call.rules.talk import Said
from callcoach.review.learning.examples import Example, collect
from callcoach.review.learning.suggest import propose
from callcoach.script.model import Speaker
from callcoach.script.rules import RuleId
from callcoach.words.normalise import tokenise
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


def _said(call: str, text: str, *, is_true: bool, holds: bool = False) -> Example:
    said = Said(Speaker.AGENT, text, 0.0, 1.0)
    return Example(call, Heard(said, tokenise(text), frozenset(), None, 0), holds, is_true)


def _proposed(texts: Sequence[str], others: Sequence[str] = ()) -> list[str]:
    """Return the phrases that are proposed for what is missed in one call each."""
    examples = [_said(f"c{at}", text, is_true=True) for at, text in enumerate(texts)]
    examples += [_said(f"d{at}", text, is_true=False) for at, text in enumerate(others)]
    return [it.phrase for it in propose(THANKS, examples)]


def test_nothing_goes_beyond_a_sentence_or_is_made_of_small_words_alone() -> None:
    assert _proposed(["能便宜吗？我急"] * 8) == ["便宜"]
    assert _proposed(["Would you? About your every 3"] * 8) == []
    assert _proposed(["有六个", "下个", "六个"] * 4) == []


def test_what_calls_held_apart_do_not_bear_out_is_not_proposed() -> None:
    texts = ["the parcel came"] * 3
    assert _proposed(texts) == []
    assert _proposed(texts * 2) == ["parcel"]
    assert _proposed(texts * 2, ["a parcel left", "he came"] * 2) == ["parcel came"]
