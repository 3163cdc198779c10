"""Calls in figures that the tests of reports share, made without any call."""

from dataclasses import replace
from typing import Any

from callcoach.archive.ids import CallId
from callcoach.call.metrics import measure
from callcoach.locale import Messages
from callcoach.reports.figures import CallFigures, Flagged, Owed, Scored
from callcoach.reports.names import Names
from callcoach.script.model import CueId, FlagKind, PackId, Script, Severity, StepId
from tests.archive.exports import example

ENGLISH = Messages("en")
NAMES = Names({PackId("example"): example()}, ENGLISH)
HELLO, BYE = StepId("example.hello"), StepId("example.bye")
NAME, SORRY, THREAT = CueId("example.name"), CueId("example.sorry"), CueId("example.threat")
DONE = next(iter(example().outcomes))

PLAIN = CallFigures(
    call=CallId("01980000-0000-7000-8000-000000000001"),
    agent="Li",
    started="2026-11-02T09:00:00.000Z",
    day="2026-11-02",
    mode="call",
    script=PackId("example"),
    digest="d" * 64,
    duration=60.0,
    outcome=DONE,
    code="DONE",
    left_at=None,
    metrics=replace(measure(()), duration=60.0, is_timed=True, talk_ratio=0.6),
    steps=(HELLO, BYE),
    entered=frozenset((HELLO, BYE)),
    owed=(Owed(HELLO, NAME, True), Owed(BYE, SORRY, False)),
    flags=(),
    scores=(),
    has_script=True,
)


def figured(number: int = 1, **changes: Any) -> CallFigures:
    """Return the figures of a call that differs from the plain one in some respects."""
    id = CallId(f"01980000-0000-7000-8000-{number:012}")
    return replace(PLAIN, call=id, **changes)


def flagged(
    cue: CueId = THREAT,
    what: FlagKind = FlagKind.FORBIDDEN,
    *,
    is_repaired: bool = False,
    severity: Severity = Severity.MAJOR,
    is_unheard: bool = False,
) -> Flagged:
    """Return a flag."""
    return Flagged(what, cue, severity, what.value, 5.0, is_repaired, is_unheard)


def scored(percent: float) -> Scored:
    """Return the score of a review."""
    return Scored("courtesy", percent, False, "2026-11-05T09:00:00.000Z")


def names_of(script: Script, language: str = "en") -> Names:
    """Return the names of one script."""
    return Names({script.id: script}, Messages(language))
