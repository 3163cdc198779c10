"""Judges are taught, are better on calls they have not seen, and are kept only then."""

from pathlib import Path

import pytest

from callcoach.call.learned import (
    Learned,
    LearnedError,
    LearnedJudge,
    judges,
    read_learned,
    write_learned,
)
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener
from callcoach.call.rules.talk import Said
from callcoach.review.learning.examples import Lead, collect, label_of, teachable
from callcoach.review.learning.train import Learner, Lesson
from callcoach.script.model import Script, Speaker
from callcoach.script.rules import RuleId
from tests.review.learning.calls import team_calls, team_script
from tests.support import minimal, script_of

THANKS = RuleId("example.thanks")


def fold_of(call: str) -> int:
    return int(call.removeprefix("team/c")) // 2 % 3


def taught(*phrases: str, own: bool = True) -> Lesson:
    script = team_script(*phrases)
    examples = collect(script, team_calls(own=own))[THANKS]
    lesson = Learner(fold_of, 3).teach(script.rules[THANKS], examples)
    assert lesson is not None
    return lesson


def learned() -> tuple[Learned, LearnedJudge]:
    script, lesson = team_script(), taught()
    assert lesson.weights is not None
    made = Learned("example", script.digest, "2026-12-01", {THANKS: lesson.weights})
    return made, LearnedJudge(lesson.weights)


def test_a_judge_learns_what_the_team_says() -> None:
    lesson = taught()
    assert lesson.is_better
    assert lesson.there == lesson.calls == 60
    assert lesson.of_rule.misses == 30
    assert lesson.of_judge.misses < 10
    assert lesson.gain.low is not None
    assert lesson.gain.low > 0


def test_a_judge_that_is_no_better_than_its_rule_is_not_kept() -> None:
    lesson = taught("(thank you|thanks)", "much obliged")
    assert lesson.of_rule.misses == 0
    assert taught("many thanks", "thank you", "thanks for", own=False).weights is None


def test_too_few_labels_teach_nothing() -> None:
    script = team_script()
    examples = collect(script, team_calls(9))[THANKS]
    assert Learner(fold_of, 3).teach(script.rules[THANKS], examples) is None


def test_the_same_calls_teach_the_same_few_bytes() -> None:
    first, again = write_learned(learned()[0]), write_learned(learned()[0])
    assert first == again
    assert len(first) < 5_000
    assert b"obliged" not in first


def test_what_was_learned_can_be_read_again() -> None:
    made, _ = learned()
    assert read_learned(write_learned(made), "x.json") == made


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"pack": 3}', b"\xff\xfe"])
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(LearnedError, match=r"x\.json"):
        read_learned(data, "x.json")


def test_a_judge_is_good_for_its_own_script_only() -> None:
    made, _ = learned()
    assert list(judges(made, made.digest)) == [THANKS]
    assert not judges(made, "another")


def test_a_judge_decides_beside_the_rules_and_says_so() -> None:
    made, _ = learned()
    script = team_script()
    listener = Listener(Ruleset(script.rules), opinions=judges(made, script.digest))
    said = Said(Speaker.AGENT, "We are much obliged to you", 0.0, 2.0)
    (hit,) = listener.hear(said)
    assert (hit.rule, hit.by) == (THANKS, "model")
    assert 0.5 <= hit.confidence <= 1
    assert listener.hear(Said(Speaker.AGENT, "I will check the account", 3.0, 4.0)) == ()


def test_a_judge_tells_what_weighed_most() -> None:
    _, judge = learned()
    script = team_script()
    examples = collect(script, team_calls())[THANKS]
    own = next(it for it in examples if "obliged" in it.heard.said.text)
    grounds = [feature for feature, weight in judge.grounds(own.heard) if weight > 0]
    assert grounds
    assert all(set(words.split()) <= {"^", "$", *own.heard.tokens.words} for words in grounds)


def shared_script() -> Script:
    """Return a script of which two rules give the label, the one that is called so the second."""
    rules = {
        "polite": {"labels": "thanks", "heard": ["many thanks"]},
        "thanks": {"labels": "thanks", "heard": ["(thank you|thanks) for"]},
    }
    return script_of(minimal(rules=rules))


def test_of_rules_that_share_a_label_the_one_that_is_called_so_is_taught() -> None:
    assert teachable(team_script()) == {THANKS: Lead("thanks")}
    script = shared_script()
    assert teachable(script) == {THANKS: Lead("thanks", (RuleId("example.polite"),))}
    assert label_of(script)[THANKS] == "example.thanks"


def test_what_another_rule_of_the_label_finds_is_neither_missed_nor_taken_back() -> None:
    calls = team_calls()
    examples = collect(shared_script(), calls)[THANKS]
    told = {it.heard.said.text: (it.holds, it.others, it.is_given) for it in examples}
    assert told["many thanks, we are done"] == (False, True, True)
    assert told["thanks for that"] == (True, False, True)
    assert told["much obliged"] == (False, False, False)
    folds = {call.key: at % 5 for at, call in enumerate(calls)}
    lesson = Learner(folds.__getitem__, 5).teach(shared_script().rules[THANKS], examples)
    assert lesson is not None
    assert lesson.is_better
    given = sum(it.is_given and it.is_true for it in examples)
    assert lesson.of_rule.hits == given
    assert lesson.of_judge.hits > given


def test_judging_needs_nothing_that_was_needed_to_learn() -> None:
    source = Path("src/callcoach/call/learned.py").read_text(encoding="utf-8")
    assert not [word for word in ("numpy", "sklearn", "scipy") if word in source]
