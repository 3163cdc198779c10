"""Which calls went past the step in which something is due."""

from functools import cache

import pytest

from callcoach.review.suggest_ways import Ways
from callcoach.script.model import CueId, StepId
from tests.support import shipped


@cache
def _overdue() -> Ways:
    script = shipped().load("overdue").script
    assert script is not None
    return Ways(script)


@pytest.mark.parametrize(
    ("cue", "entered", "is_passed"),
    [
        ("overdue.verify_identity", ("overdue.greeting", "overdue.purpose"), True),
        ("overdue.verify_identity", ("overdue.greeting",), False),
        ("overdue.verify_identity", ("overdue.greeting", "courtesy.wrong_number"), False),
        ("overdue.verify_identity", ("overdue.proposal",), False),
        ("courtesy.recording_notice", ("overdue.greeting", "overdue.purpose"), True),
        ("courtesy.right_party", ("overdue.greeting",), False),
    ],
    ids=[
        "past it",
        "not so far",
        "another way from the greeting",
        "an objection leads there as well",
        "the notice before it, too",
        "where it is due",
    ],
)
def test_a_step_is_passed_by_where_no_other_way_leads(
    cue: str, entered: tuple[str, ...], is_passed: bool
) -> None:
    assert _overdue().has_passed(CueId(cue), map(StepId, entered)) is is_passed
