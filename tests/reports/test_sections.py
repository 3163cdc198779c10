"""The sections of reports: every figure with its number of cases, and nobody ranked on a few."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.reports import compare, sections, ways
from callcoach.reports.charts import draw
from callcoach.reports.figures import CallFigures, Owed
from callcoach.reports.many import About, report_of
from callcoach.reports.shapes import Rows
from callcoach.reports.sheet import Chart, Section, Unit
from callcoach.script.model import FlagKind, PackId
from tests.archive.exports import example
from tests.reports.calls import (
    BYE,
    DONE,
    ENGLISH,
    HELLO,
    NAME,
    NAMES,
    SORRY,
    THREAT,
    figured,
    flagged,
    scored,
)

FLAGS = st.builds(
    flagged,
    st.sampled_from((THREAT, NAME)),
    st.sampled_from((FlagKind.FORBIDDEN, FlagKind.MISSING)),
    is_repaired=st.booleans(),
)
CALLS = st.lists(
    st.builds(
        figured,
        st.integers(1, 10**6),
        agent=st.sampled_from(("Li", "Bo", "")),
        day=st.dates().map(lambda day: day.isoformat()),
        outcome=st.sampled_from((DONE, None)),
        code=st.sampled_from(("PTP", "")),
        left_at=st.sampled_from((None, HELLO)),
        steps=st.lists(st.sampled_from((HELLO, BYE)), min_size=1, max_size=5).map(tuple),
        owed=st.lists(
            st.builds(Owed, st.just(HELLO), st.sampled_from((NAME, SORRY)), st.booleans()),
            max_size=2, unique_by=lambda it: it.cue,
        ).map(tuple),
        flags=st.lists(FLAGS, max_size=3).map(tuple),
        scores=st.lists(st.floats(0, 100).map(scored), max_size=2).map(tuple),
    ),
    max_size=12,
)  # fmt: skip


@given(CALLS)
def test_no_figure_stands_without_its_cases(calls: list[CallFigures]) -> None:
    report = report_of(About("team"), calls, NAMES)
    assert report.is_empty == (not calls)
    for section in report.sections:
        assert section.figures
        for it in section.figures:
            if it.value is None:
                assert it.n == 0
                continue
            assert it.n > 0 or it.unit is Unit.COUNT
            if it.unit is Unit.SHARE and it.count is not None:
                assert it.value == it.count / it.n
            if it.low is not None and it.high is not None:
                assert it.low - 1e-9 <= it.value <= it.high + 1e-9
        draw(section, ENGLISH)


@given(CALLS)
def test_parts_come_to_their_whole(calls: list[CallFigures]) -> None:
    def total(section: Section) -> int:
        return sum(it.count or 0 for it in section.figures)

    left = [call for call in calls if call.left_at is not None]
    assert total(sections.outcomes(calls, NAMES)) == len(calls)
    assert total(ways.leaving(calls, NAMES)) == len(left)
    assert total(ways.adherence(calls, example(), NAMES)) == sum(call.met for call in calls)
    raised = {(call.call, number, it.what, it.cue) for number, call in enumerate(calls)
              for it in call.flags}  # fmt: skip
    assert total(sections.flag_reasons(calls, NAMES)) == len(raised)
    by_step: dict[str, list[int]] = {}
    for it in ways.flow(calls, example(), NAMES).figures:
        by_step.setdefault(it.item, []).append(it.count or 0)
        assert it.n
    for it in ways.flow(calls, example(), NAMES).figures:
        assert sum(by_step[it.item]) == it.n


def team(*sizes: int) -> Sequence[CallFigures]:
    return [figured(at, agent=f"A{agent}") for agent, n in enumerate(sizes) for at in range(n)]


def test_people_with_few_calls_are_told_but_not_drawn_beside_others() -> None:
    section = sections.agents(team(sections.LEAST_CALLS, sections.LEAST_CALLS - 1), NAMES)
    assert [it.is_too_few for it in section.figures] == [False, True]
    (chart,) = draw(section, ENGLISH)
    assert isinstance(chart, Rows)
    assert [row.label for row in chart.rows] == ["A0, 20 calls"]
    assert section.reference == pytest.approx(0.5)
    assert draw(sections.agents(team(3, 4), NAMES), ENGLISH) == ()


def test_people_stand_by_name_not_by_value() -> None:
    good = [figured(at, agent="Zoe", owed=(Owed(HELLO, NAME, True),)) for at in range(30)]
    bad = [figured(at, agent="Adam", owed=(Owed(HELLO, NAME, False),)) for at in range(30)]
    assert [it.item for it in sections.agents([*good, *bad], NAMES).figures] == ["Adam", "Zoe"]


def test_an_agent_alone_is_compared_with_nobody() -> None:
    ids = {it.id for it in report_of(About("agent", agent="Li"), team(30, 30), NAMES).sections}
    assert "agents" not in ids
    assert "agents" in {it.id for it in report_of(About("team"), team(30, 30), NAMES).sections}


def test_what_nobody_could_have_heard_is_held_against_nobody() -> None:
    missing = flagged(NAME, FlagKind.MISSING, is_unheard=True)
    calls = [figured(1, flags=(missing,)), figured(2, flags=(missing, flagged()))]
    section = sections.flag_reasons(calls, NAMES)
    assert {figure.item for figure in section.figures} == {f"forbidden {THREAT}"}
    (_, _, with_flag), *_ = [it for it in compare.first_glance(NAMES) if it[0] == "flags"]
    assert (with_flag(calls).count, with_flag(calls).n) == (1, 2)


def test_a_flag_that_came_twice_in_a_call_counts_once_and_as_open_if_one_is() -> None:
    call = figured(flags=(flagged(is_repaired=True), flagged(), flagged(is_repaired=True)))
    found = {it.series: it.count for it in sections.flag_reasons([call], NAMES).figures}
    assert found == {"open": 1, "repaired": 0}


def test_a_stage_that_was_passed_by_is_told() -> None:
    only_end = figured(entered=frozenset((BYE,)), owed=())
    found = ways.funnel([only_end, figured()], example(), NAMES).figures
    assert [(it.item, it.series, it.count) for it in found] == [
        (HELLO, "here", 1), (HELLO, "past", 1), (BYE, "here", 2), (BYE, "past", 0),
    ]  # fmt: skip


def test_one_day_is_drawn_as_no_line() -> None:
    by_id = {it.id: it for it in report_of(About("team"), [figured()], NAMES).sections}
    assert by_id["said_over_time"].chart is Chart.NONE
    two = [figured(), figured(2, day="2026-11-03")]
    by_id = {it.id: it for it in report_of(About("team"), two, NAMES).sections}
    assert by_id["said_over_time"].chart is Chart.LINE


def test_the_reader_is_told_what_is_missing() -> None:
    calls = [figured(has_script=False, owed=()), figured(2, digest="e" * 64)]
    notes = " ".join(report_of(About("team", damaged=("a", "b", "c")), calls, NAMES).notes)
    for words in ("3 calls are damaged", "(a, b, c)", "Of 1 call the script", "was changed"):
        assert words in notes


def test_where_there_are_several_scripts_each_section_says_of_which_it_is() -> None:
    other = replace(example(), id=PackId("other"))
    names = replace(NAMES, scripts={**NAMES.scripts, PackId("other"): other})
    calls = [figured(), figured(2, script=PackId("other"))]
    ids = [it.id for it in report_of(About("team"), calls, names).sections]
    assert {"adherence.example", "adherence.other"} <= set(ids)
    assert len(set(ids)) == len(ids)
