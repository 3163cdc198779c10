"""Samples: the same for the same seed and calls, as large as asked, and fair to every group."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from callcoach.call.events import FlagCleared, FlagRaised
from callcoach.call.summary import flag_stories
from callcoach.errors import UsageError
from callcoach.review.sampling import Candidate, Filter, Size, flag_names, risk, sample
from callcoach.script.model import CueId, FlagKind, Severity

CALLS = st.lists(
    st.builds(
        Candidate,
        call=st.integers(0, 400).map(lambda n: f"c{n}"),
        agent=st.sampled_from(["", "Li", "Bo", "Chen"]),
        outcome=st.sampled_from(["", "promise", "refused"]),
        flags=st.frozensets(st.sampled_from(["threat", "missing", "critical"])),
        risk=st.sampled_from([0.0, 1.0, 10.0]),
    ),
    max_size=25,
    unique_by=lambda call: call.call,
)
SIZES = st.one_of(
    st.builds(Size, percent=st.floats(0.1, 100)),
    st.builds(Size, count=st.integers(1, 50)),
    st.builds(Size, each=st.integers(1, 5)),
)
GROUPS = st.lists(st.sampled_from(["agent", "outcome"]), unique=True)


def test_a_call_of_no_known_day_is_of_no_time_that_is_asked_for() -> None:
    calls = [Candidate("a", day="2026-11-01"), Candidate("b")]
    for wanted in (Filter(since="2026-01-01"), Filter(until="2026-12-31")):
        assert sample(calls, 1, Size(count=2), wanted) == ("a",)


@given(CALLS, st.integers(), SIZES, GROUPS, st.booleans())
def test_the_same_seed_and_calls_give_the_same_sample(
    calls: list[Candidate], seed: int, size: Size, groups: list[str], by_risk: bool
) -> None:
    drawn = sample(calls, seed, size, None, groups, by_risk)
    shuffled = random.Random(seed).sample(calls, len(calls))
    assert sample(shuffled, seed, size, None, groups, by_risk) == drawn
    assert len(set(drawn)) == len(drawn)
    assert set(drawn) <= {call.call for call in calls}


@given(CALLS, st.integers(), st.floats(0.1, 100), GROUPS)
def test_a_percentage_is_kept_whatever_the_groups(
    calls: list[Candidate], seed: int, percent: float, groups: list[str]
) -> None:
    drawn = sample(calls, seed, Size(percent=percent), None, groups)
    assert len(drawn) == math.ceil(round(len(calls) * percent / 100, 9))


@given(CALLS, st.integers(), st.integers(1, 50), GROUPS)
def test_a_count_is_shared_in_proportion(
    calls: list[Candidate], seed: int, count: int, groups: list[str]
) -> None:
    drawn = set(sample(calls, seed, Size(count=count), None, groups))
    assert len(drawn) == min(count, len(calls))
    for agent in {call.agent for call in calls} if groups == ["agent"] else ():
        own = [call.call for call in calls if call.agent == agent]
        share = len(drawn) * len(own) / len(calls)
        assert math.floor(share) <= len(drawn & set(own)) <= math.ceil(share)


@given(CALLS, st.integers(), st.integers(1, 5))
def test_each_group_gives_as_many(calls: list[Candidate], seed: int, each: int) -> None:
    drawn = set(sample(calls, seed, Size(each=each), None, ["agent"]))
    for agent in {call.agent for call in calls}:
        own = {call.call for call in calls if call.agent == agent}
        assert len(drawn & own) == min(each, len(own))


@given(CALLS, st.integers(), SIZES)
def test_only_calls_that_the_filter_admits(calls: list[Candidate], seed: int, size: Size) -> None:
    chosen = Filter(agents=frozenset({"Li", "Bo"}), flags=frozenset({"threat"}), least_risk=1.0)
    admitted = {
        call.call
        for call in calls
        if call.agent in ("Li", "Bo") and "threat" in call.flags and call.risk >= 1.0
    }
    assert set(sample(calls, seed, size, chosen)) <= admitted
    assert set(sample(calls, seed, Size(percent=100), chosen)) == admitted


@given(CALLS, st.integers())
def test_the_riskiest_come_first(calls: list[Candidate], seed: int) -> None:
    risks = {call.call: call.risk for call in calls}
    drawn = sample(calls, seed, Size(percent=100), by_risk=True)
    assert [risks[id] for id in drawn] == sorted(risks.values(), reverse=True)


@given(CALLS, st.integers(), st.integers(1, 20))
def test_one_call_more_changes_the_sample_by_one_at_most(
    calls: list[Candidate], seed: int, count: int
) -> None:
    before = set(sample(calls, seed, Size(count=count)))
    after = set(sample([*calls, Candidate("new")], seed, Size(count=count)))
    assert len(before - after) <= 1


def test_another_seed_draws_otherwise() -> None:
    calls = [Candidate(f"c{n}") for n in range(50)]
    drawn = {sample(calls, seed, Size(count=5)) for seed in range(5)}
    assert len(drawn) == 5


@pytest.mark.parametrize(
    "size", [Size(), Size(percent=5, count=3), Size(count=0), Size(percent=101), Size(each=-1)]
)
def test_a_size_that_is_none_is_told(size: Size) -> None:
    with pytest.raises(UsageError):
        sample((), 1, size)


def test_a_flag_that_was_repaired_weighs_half() -> None:
    def raised(flag: int, severity: Severity) -> FlagRaised:
        return FlagRaised(
            seq=flag,
            at=1.0,
            flag=flag,
            what=FlagKind.MISSING,
            cue=CueId(f"cue{flag}"),
            severity=severity,
            reason="deadline",
        )

    events = (
        raised(1, Severity.CRITICAL),
        raised(2, Severity.MAJOR),
        raised(3, Severity.MINOR),
        FlagCleared(seq=4, at=2.0, flag=2, by="said"),
        FlagCleared(seq=5, at=2.0, flag=3, by="in_time"),
    )
    stories = flag_stories(events)
    assert risk(stories) == 10.0 + 1.5
    unheard = replace(raised(6, Severity.CRITICAL), is_unheard=True)
    assert risk(flag_stories((*events, unheard))) == 10.0 + 1.5, "it may have been said"
    assert flag_names(stories) == {"cue1", "cue2", "missing", "critical", "major"}
