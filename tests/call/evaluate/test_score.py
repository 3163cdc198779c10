"""Scores: every label of every speaker counts once per utterance, and only where looked for."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.call.evaluate.counts import Counts, estimate_f1, f1
from callcoach.call.evaluate.gold import Mark, Prediction, language_of
from callcoach.call.evaluate.score import estimate_macro, score, tally
from callcoach.call.evaluate.verdicts import judge_call
from callcoach.script.model import Speaker
from tests.call.evaluate.labelled import call, said

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
LABELS = ("greeting", "thanks", "closing")
SOME = st.lists(st.sets(st.sampled_from(LABELS)), min_size=1, max_size=8)


def test_a_label_counts_by_speaker() -> None:
    one = call("1", "A hello: greeting", "C thanks: thanks", "A thanks: thanks", "C bye")
    counts = tally(one, said("greeting", "", "thanks thanks", "thanks"))
    assert counts[Mark("greeting", AGENT)] == Counts(1, 0, 0, 2)
    assert counts[Mark("thanks", AGENT)] == Counts(1, 0, 0, 2)
    assert counts[Mark("thanks", CUSTOMER)] == Counts(0, 1, 1, 2)


def test_what_nobody_looked_for_is_neither_right_nor_wrong() -> None:
    one = replace(call("1", "A hello: greeting"), scope=frozenset((Mark("greeting", AGENT),)))
    assert score([one], [said("greeting apology")]).rows[0].counts == Counts(1, 0, 0, 1)
    assert len(score([one], [said("greeting apology")]).rows) == 1


def test_a_label_that_is_never_there_spoils_micro_but_has_no_f1_of_its_own() -> None:
    one = call("1", "A hello: greeting", "A so", scope=["thanks"])
    found = score([one], [said("greeting", "thanks")])
    assert found.macro.value == 1
    assert found.micro.value == pytest.approx(2 / 3)
    assert [str(row.mark) for row in found.rows] == ["greeting (agent)", "thanks (agent)"]


def test_where_nothing_is_wrong_macro_and_micro_are_in_doubt_all_the_same() -> None:
    few, many = (
        score([call(str(n), "A hello: greeting") for n in range(size)], [said("greeting")] * size)
        for size in (5, 500)
    )
    for low, found in ((0.72, few.macro), (0.72, few.micro), (0.996, many.macro)):
        assert (found.value, found.high) == (1, 1)
        assert found.low == pytest.approx(low, abs=0.01)


@pytest.mark.parametrize(
    ("spread", "right"),
    [(2.0, 0.9), (0.5, 0.995)],
    ids=["some calls are bad as a whole", "nearly always right"],
)
def test_the_interval_of_macro_f1_holds_the_truth_as_often_as_it_says(
    spread: float, right: float
) -> None:
    """Simulated: in a bad call every label is missed more often."""
    random = Random(11)
    missed = [(1 - right) * place / 2 for place in range(5)]
    truth = _macro(_simulated_calls(random, 4_000, missed, spread))
    held = 0
    for seed in range(80):
        drawn = _simulated_calls(random, 40, missed, spread)
        columns = list(zip(*drawn, strict=True))
        rows = [[number for one in row for number in (one.hits, 0, one.misses)] for row in drawn]
        found = estimate_macro(rows, list(map(estimate_f1, columns)), seed, rounds=100)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= truth <= found.high
    assert held >= 73  # 91 %


def _simulated_calls(
    random: Random, calls: int, missed: Sequence[float], spread: float
) -> list[list[Counts]]:
    """Return the counts of each label, by calls; labels are there once or twice in most."""
    made: list[list[Counts]] = []
    for _ in range(calls):
        badness = random.gammavariate(1 / spread, spread) if spread else 1.0
        row: list[Counts] = []
        for share in missed:
            there = random.choice((0, 1, 1, 2))
            misses = sum(random.random() < min(0.9, share * badness) for _ in range(there))
            row.append(Counts(there - misses, 0, misses, 12))
        made.append(row)
    return made


def _macro(rows: list[list[Counts]]) -> float:
    found = [f1(sum(column, Counts())) or 0.0 for column in zip(*rows, strict=True)]
    return sum(found) / len(found)


@settings(max_examples=25)  # each draws calls anew 2,000 times
@given(st.lists(st.tuples(SOME, SOME), min_size=1, max_size=5))
def test_the_counts_are_those_of_a_naive_count(
    pairs: list[tuple[list[set[str]], list[set[str]]]],
) -> None:
    calls, made = [], []
    for number, (truth, given_) in enumerate(pairs):
        size = min(len(truth), len(given_))
        lines = [f"{'AC'[at % 2]} {at}: {' '.join(truth[at])}" for at in range(size)]
        calls.append(call(str(number), *lines, scope=LABELS))
        made.append(said(*(" ".join(given_[at]) for at in range(size))))
    for row in score(calls, made).rows:
        truth_is = [
            (row.mark.label in one.labels, row.mark.label in labels)
            for each, prediction in zip(calls, made, strict=True)
            for one, labels in zip(each.utterances, prediction.labels, strict=True)
            if one.speaker is row.mark.speaker
        ]
        assert row.counts == Counts(
            truth_is.count((True, True)),
            truth_is.count((False, True)),
            truth_is.count((True, False)),
            len(truth_is),
        )


def test_whole_calls_are_scored_where_both_sides_judge_them() -> None:
    calls = [replace(call(str(n), "A hello: greeting"), verified=n % 2 == 0) for n in range(10)] + [
        call("x", "A hello: greeting")
    ]
    made = [replace(said("greeting"), verified=n % 2 == 0 or n == 1) for n in range(11)]
    (verdict,) = score(calls, made).verdicts
    assert (verdict.name, verdict.counts) == ("verified", Counts(5, 1, 0, 10))
    assert verdict.matthews.value == pytest.approx(0.8165, abs=1e-4)


def test_twins_and_distinct_utterances_are_counted() -> None:
    calls = [call(id, "A hi", "C hi", "A hi") for id in "ab"]
    found = score(calls, [said("", "", "")] * 2)
    assert (found.calls, found.twins, found.utterances, found.distinct) == (2, 1, 6, 2)


@pytest.mark.parametrize(
    ("lines", "verified", "early"),
    [
        (("A x: identity_request", "C x: identity_given", "A x: debt_disclosure"), True, False),
        (("A x: debt_disclosure", "A x: identity_request", "C x: identity_given"), True, True),
        (("A x: identity_request debt_disclosure", "C x: identity_given"), True, True),
        (("C x: identity_given", "A x: debt_disclosure"), False, True),
        (("A x: identity_request", "C x"), False, False),
        (("C x: identity_given", "A x: identity_request", "C x"), False, False),
    ],
)
def test_a_call_is_judged_by_the_order_of_its_labels(
    lines: tuple[str, ...], verified: bool, early: bool
) -> None:
    one = call("1", *lines)
    speakers = [it.speaker for it in one.utterances]
    assert judge_call(speakers, [it.labels for it in one.utterances]) == (verified, early)


def test_the_language_is_that_of_most_words() -> None:
    assert language_of(["您好，请问是 Lee 先生吗"]) == "zh"
    assert language_of(["hello 王"]) == "en"
    assert language_of([]) == "en"


def test_an_empty_prediction_has_no_labels() -> None:
    assert Prediction(((), ())).labels == (frozenset(), frozenset())
