"""What a learned judge says beside a rule, of whom it is asked, and what it leaves to the rule."""

import pytest

from callcoach.call.rules.listener import Heard, Listener, RuleHit
from callcoach.script.model import local
from callcoach.script.rules import RuleId
from callcoach.words.normalise import Tokens
from tests.call.rules.calls import ruleset, said

RULES = ruleset(
    thanks={"heard": "thank you", "speaker": "agent"},
    hello={"heard": "hello"},
    warned={"rule": "hello", "before": {"rule": "thanks", "within": "2 utterances"}},
    strict={
        "rule": "hello",
        "before": {"rule": "thanks", "within": "2 utterances"},
        "threshold": "0.9",
    },
)


class Judge:
    """A judge that is as sure of everything, and remembers what it was asked."""

    def __init__(self, sure: float | None, telling: tuple[int, int] | None = None) -> None:
        self.sure, self.words = sure, telling
        self.asked: list[Heard] = []

    def judge(self, heard: Heard) -> float | None:
        self.asked.append(heard)
        return self.sure

    def telling(self, _: Tokens) -> tuple[int, int] | None:
        return self.words


def hits(rule: str, judge: Judge | None, *lines: str) -> list[RuleHit]:
    """Return the hits of a rule in a call, of which there is an opinion."""
    id = RuleId(f"example.{rule}")
    listener = Listener(RULES, opinions={} if judge is None else {id: judge})
    found = [hit for one in said(*lines) for hit in listener.hear(one)]
    return [hit for hit in [*found, *listener.end({})] if hit.rule == id]


def test_a_judge_is_asked_only_of_whom_its_rule_is_about() -> None:
    call = ("A: well", "C: well", "O: well", "A: so")
    thanks, hello = Judge(0.0), Judge(0.0)
    hits("thanks", thanks, *call)
    hits("hello", hello, *call)
    assert [heard.position for heard in thanks.asked] == [0, 3]
    assert [heard.position for heard in hello.asked] == [0, 1, 2, 3]


def test_a_judge_is_told_which_rules_hold_its_own_too() -> None:
    judge = Judge(0.0)
    hits("hello", judge, "C: hello", "A: well", "A: so")
    held = [{local(rule) for rule in heard.rules} for heard in judge.asked]
    assert held == [{"hello"}, set(), set()]
    assert [heard.before and heard.before.text for heard in judge.asked] == [None, "hello", "hello"]
    referring = Judge(0.0)
    hits("warned", referring, "C: hello", "A: well")
    assert [{local(rule) for rule in heard.rules} for heard in referring.asked] == held[:2]


@pytest.mark.parametrize(
    ("words", "told"), [((1, 3), "are kind"), (None, "you are kind sir"), ((3, 4), "sir")]
)
def test_what_a_judge_finds_is_told_by_the_words_that_tell_most(
    words: tuple[int, int] | None, told: str
) -> None:
    (hit,) = hits("thanks", Judge(0.75, words), "A: you are kind sir")
    assert "you are kind sir"[hit.start : hit.end] == told
    assert (hit.by, hit.confidence, hit.phrase) == ("model", 0.75, "")


@pytest.mark.parametrize("sure", [None, 0.5, 1.0])
def test_what_a_rule_finds_is_told_as_the_rule_s(sure: float | None) -> None:
    call = ("A: well, thank you",)
    assert hits("thanks", Judge(sure, (0, 1)), *call) == hits("thanks", None, *call)


def test_a_judge_that_says_no_takes_back_and_one_without_opinion_does_not() -> None:
    assert hits("thanks", Judge(0.4), "A: thank you") == []
    assert len(hits("thanks", Judge(None), "A: thank you")) == 1


LATE = ("C: hello", "A: thank you")


@pytest.mark.parametrize("rule", ["warned", "strict"])
def test_what_is_open_is_left_to_the_rule_where_a_judge_has_no_opinion(rule: str) -> None:
    (hit,) = hits(rule, None, *LATE)
    assert hits(rule, Judge(None), *LATE) == [hit]
    assert hits(rule, Judge(None), "C: hello", "C: well", "C: so", "A: thank you") == []


def test_a_judge_that_is_not_sure_enough_to_accuse_alone_leaves_open_what_is_open() -> None:
    assert hits("strict", Judge(0.8), *LATE) == hits("strict", None, *LATE) != []
    assert hits("strict", Judge(0.8), "C: hello", "C: well") == []


@pytest.mark.parametrize(("sure", "by"), [(0.4, []), (0.95, ["model"])])
def test_what_is_open_is_decided_by_a_judge_that_says_so(sure: float, by: list[str]) -> None:
    for rule in ("warned", "strict"):
        found = [hit for hit in hits(rule, Judge(sure), *LATE) if hit.utterance == 0]
        assert [hit.by for hit in found] == by
