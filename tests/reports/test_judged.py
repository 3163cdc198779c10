"""Sections about reviews and about the time before, and the order of names."""

from dataclasses import replace

import pytest

from callcoach.reports.compare import compared, days_before
from callcoach.reports.judged import failed_questions, reviewers
from callcoach.reports.many import About, report_of
from callcoach.reports.names import Names
from callcoach.reports.order import natural
from callcoach.reports.sections import agents
from callcoach.reports.sheet import MOST_REFS, refs
from tests.reports.calls import ENGLISH, NAMES, figured, flagged, scored
from tests.review.forms import example as form

BELOW = (("greets", True), ("names", False))


def test_questions_are_ranked_by_how_often_points_are_lost_and_lead_to_their_calls() -> None:
    names = Names(NAMES.scripts, ENGLISH, {"courtesy": form()})
    calls = [
        figured(1, scores=(replace(scored(50), below=BELOW),)),
        figured(2, scores=(replace(scored(50), below=(("greets", True), ("names", True))),)),
    ]
    found = failed_questions(calls, names).figures
    assert [(it.title, it.count, it.n) for it in found] == [
        ("1. Greets", 2, 2),
        ("2. Says their name", 1, 2),
    ]
    assert [ref.call for ref in found[1].calls] == [calls[1].call]


def test_reviewers_have_their_work_their_strictness_and_their_appeals() -> None:
    own = (
        replace(scored(40), reviewer="Bo", is_appealed=True, is_changed=True),
        replace(scored(60), reviewer="Bo"),
        replace(scored(100), reviewer="an"),
    )
    found = reviewers([figured(1, scores=own)], NAMES).figures
    told = {(it.title, it.series): (round(it.value or 0, 3), it.count, it.n) for it in found}
    assert list(dict.fromkeys(it.title for it in found)) == ["an", "Bo"]
    assert told["Bo", "reviews"] == (0.667, 2, 3)
    assert told["Bo", "score"] == (50.0, None, 2)
    assert told["Bo", "appealed"] == (0.5, 1, 2)
    assert told["Bo", "changed"] == (1.0, 1, 1)
    assert ("an", "changed") not in told


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        ("2026-11-08", "2026-11-14", ("2026-11-01", "2026-11-07")),
        ("2026-11-08", "2026-11-08", ("2026-11-07", "2026-11-07")),
        ("", "2026-11-08", None),
        ("2026-11-09", "2026-11-08", None),
        ("0001-01-01", "9999-12-31", None),
    ],
)
def test_the_time_before_is_as_long(since: str, until: str, before: tuple[str, str] | None) -> None:
    assert days_before(since, until) == before


def test_figures_stand_beside_those_of_the_time_before() -> None:
    now, then = [figured(1), figured(2, flags=(flagged(),))], [figured(3, flags=(flagged(),))]
    found = {(it.item, it.series): it for it in compared(now, then, NAMES).figures}
    assert (found["calls", "before"].value, found["calls", "now"].value) == (1, 2)
    assert (found["flags", "before"].value, found["flags", "now"].value) == (1.0, 0.5)
    assert compared(now, [], NAMES).figures == ()
    assert "compared" in [it.id for it in report_of(About("team"), now, NAMES, (), then).sections]


def test_names_stand_in_the_order_in_which_people_look_for_them() -> None:
    wanted = ["an", "Bo", "Team 2", "team 10", "李娜", "王芳"]
    backwards = [*reversed(wanted)]
    assert sorted(backwards, key=natural) == wanted
    calls = [figured(at, agent=name) for at, name in enumerate(backwards)]
    assert [it.item for it in agents(calls, NAMES).figures] == wanted


def test_calls_are_named_newest_first_once_and_not_endlessly() -> None:
    calls = [figured(at % 60) for at in range(120)]
    found = refs(calls)
    assert len(found) == MOST_REFS
    assert found[0].call == calls[-1].call
    assert len(set(found)) == len(found)
