"""Which calls went past the step in which something is due."""

from functools import cache

import pytest

from callcoach.review.suggest_ways import is_passed_by
from callcoach.script.model import CueId, Script, StepId
from tests.support import shipped


@cache
def _overdue() -> Script:
    script = shipped().load("overdue").script
    assert script is not None
    return script


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
    script = _overdue()
    found = is_passed_by(script.cues[CueId(cue)], map(StepId, entered), script)
    assert found is is_passed
