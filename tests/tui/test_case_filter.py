"""Which calls are listed for what is asked."""

from datetime import date

import pytest

from callcoach.archive.ids import CallId
from callcoach.archive.summary import CallSummary
from callcoach.locale import Messages
from callcoach.review.state import Status
from callcoach.script.model import OutcomeId, PackId
from callcoach.tui.case_filter import ALL, NONE, CaseFilter, days_between, values
from callcoach.tui.reviews import Case

TODAY = date(2026, 12, 8)


def case(
    agent: str = "Li",
    day: str = "2026-12-08",
    *,
    status: Status | None = None,
    flags: tuple[str, ...] = (),
    severities: tuple[str, ...] = (),
    is_waiting: bool = True,
    has_ended: bool = True,
    name: str = "",
    file: str = "",
    id: str = "019ac3d2-0000-7000-8000-00000000c0de",
) -> Case:
    call = CallSummary(
        id=CallId(id),
        script=PackId("courtesy"),
        digest="",
        language="zh",
        mode="call",
        agent=agent,
        started=f"{day}T06:00:00.000Z",
        day=day,
        last_at=60.0,
        ended_at=60.0,
        outcome=OutcomeId("courtesy.done") if has_ended else None,
        code="DONE",
        events=9,
    )
    return Case(
        call,
        "Courtesy",
        "Done" if has_ended else "",
        flags,
        frozenset(severities),
        0.0,
        status=status,
        reviewer="Wang" if status else "",
        is_waiting=is_waiting,
        name=name,
        file=file,
    )


@pytest.mark.parametrize(
    ("asked", "shown", "is_shown"),
    [
        (CaseFilter(), case(), True),
        (CaseFilter(), case(status=Status.SUBMITTED, is_waiting=False), False),
        (CaseFilter(ALL), case(status=Status.SUBMITTED, is_waiting=False), True),
        (CaseFilter("draft"), case(status=Status.DRAFT), True),
        (CaseFilter("draft"), case(), False),
        (CaseFilter(agent="Li"), case(), True),
        (CaseFilter(agent="L"), case(), False),
        (CaseFilter(outcome="Done"), case(), True),
        (CaseFilter(outcome="Promise"), case(), False),
        (CaseFilter(flag="Threat"), case(flags=("Threat",)), True),
        (CaseFilter(flag="critical"), case(severities=("critical", "minor")), True),
        (CaseFilter(flag="critical"), case(flags=("Threat",), severities=("minor",)), False),
        (CaseFilter(days="0"), case(), True),
        (CaseFilter(days="0"), case(day="2026-12-07"), False),
        (CaseFilter(days="7"), case(day="2026-12-02"), True),
        (CaseFilter(days="7"), case(day="2026-12-01"), False),
        (CaseFilter(words="li c0de done"), case(), True),
        (CaseFilter(words="威胁"), case(flags=("威胁",)), True),
        (CaseFilter(words="li nobody"), case(), False),
        (CaseFilter(agent=NONE), case(""), True),
        (CaseFilter(agent=NONE), case(), False),
        (CaseFilter(outcome=NONE), case(has_ended=False), True),
        (CaseFilter(outcome=NONE), case(), False),
        (CaseFilter(flag=NONE), case(), True),
        (CaseFilter(flag=NONE), case(flags=("Threat",)), False),
        (CaseFilter(days="2026-12-01..2026-12-08"), case(), True),
        (CaseFilter(days="2026-12-01..2026-12-07"), case(), False),
        (CaseFilter(days="2026-12-09..2026-12-10"), case(), False),
        (CaseFilter(words="C-77 wang_long.json"), case(name="C-77", file="wang_long.json"), True),
        (CaseFilter("submitted", words="wang"), case(status=Status.SUBMITTED), True),
    ],
)
def test_a_case_is_shown_for_what_is_asked(asked: CaseFilter, shown: Case, is_shown: bool) -> None:
    assert asked.admits(shown, TODAY) is is_shown


def test_values_are_those_of_most_calls_first_and_a_call_counts_once() -> None:
    cases = [case("Chen"), case("Li", id="a"), case("Li", id="b"), case("Li", id="b"), case("")]
    assert list(values(cases, lambda it: (it.call.agent,)).items()) == [("Li", 2), ("Chen", 1)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_asked_for_is_said(language: str) -> None:
    asked = CaseFilter(agent="Li", flag="critical", days="7", words="late")
    told = asked.told(Messages(language))
    assert len(told) == 5
    assert {"Li", "“late”"} <= set(told)
    assert asked.is_narrow
    assert not CaseFilter("draft").is_narrow


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-11-01 2026-11-20", "2026-11-01..2026-11-20"),
        ("2026-11-20 – 2026-11-01", "2026-11-01..2026-11-20"),
        ("2026-11-01", "2026-11-01..2026-11-01"),
        ("2026-13-01", ""),
        ("soon", ""),
        ("2026-11-01 2026-11-02 2026-11-03", ""),
    ],
)
def test_days_are_read_as_they_are_written(text: str, days: str) -> None:
    assert days_between(text) == days


def test_what_has_none_is_said() -> None:
    asked = CaseFilter(agent=NONE, outcome=NONE, flag=NONE, days="2026-11-01..2026-11-20")
    told = asked.told(Messages("en"))
    assert told[1:] == ["no agent", "no outcome", "no flag", "2026-11-01–2026-11-20"]
