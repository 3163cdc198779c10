"""What reviewers say of flags becomes labels of utterances."""

import pytest

from callcoach.call.evaluate.gold import LabelledCall, Mark
from callcoach.call.events import FlagRaised, Heard, Span
from callcoach.review.learning.verdicts import labelled_call
from callcoach.review.verdicts import Verdict
from callcoach.script.model import CueId, FlagKind, Script, Severity, Speaker
from tests.support import minimal, script_of

RUDE, THANK = CueId("example.rude"), CueId("example.thank")
HEARD = tuple(
    Heard(seq=at, at=at + 1.0, speaker=Speaker.AGENT, text=text, start=float(at), end=at + 0.9,
          source="transcript")
    for at, text in enumerate(("How much can you pay?", "Much obliged."), 1)
)  # fmt: skip
RAISED = FlagRaised(
    seq=9, at=2.0, flag=1, cue=RUDE, what=FlagKind.FORBIDDEN, severity=Severity.MAJOR,
    reason="forbidden", span=Span(1, 0, 3),
)  # fmt: skip


def script() -> Script:
    return script_of(
        minimal(
            rules={
                "rude": {"title": "Rude", "labels": "rude", "heard": ["how much"]},
                "thanks": {"title": "Thanks", "labels": "thanks", "heard": ["thank you"]},
            },
            cues={"thank": {"title": "Thank", "in": "hello", "rule": "thanks"}},
            avoid={"rude": {"title": "Rude", "rule": "rude"}},
        )
    )


def labelled(cue: CueId, what: FlagKind, *, is_so: bool, at: float | None = None) -> (
    LabelledCall | None
):  # fmt: skip
    said = Verdict(cue, what, None, is_so=is_so, by="Wang", why="", question="q", heard_at=at)
    return labelled_call("c1", (*HEARD, RAISED), script(), {(cue, what): (said,)})


@pytest.mark.parametrize(
    ("cue", "what", "is_so", "at", "labels"),
    [
        (RUDE, FlagKind.FORBIDDEN, True, None, [{"rude"}, set()]),
        (RUDE, FlagKind.FORBIDDEN, False, None, [set(), set()]),
        (THANK, FlagKind.MISSING, True, None, [set(), set()]),
        (THANK, FlagKind.MISSING, False, 2.5, [set(), {"thanks"}]),
    ],
)
def test_a_verdict_labels_utterances(
    cue: CueId, what: FlagKind, is_so: bool, at: float | None, labels: list[set[str]]
) -> None:
    call = labelled(cue, what, is_so=is_so, at=at)
    assert call is not None
    assert [set(one.labels) for one in call.utterances] == labels
    assert call.scope == {Mark("rude" if cue == RUDE else "thanks", Speaker.AGENT)}


def test_what_was_said_nobody_knows_where_labels_nothing() -> None:
    assert labelled(THANK, FlagKind.MISSING, is_so=False) is None
    assert labelled(THANK, FlagKind.MISSING, is_so=False, at=99.0) is None
    assert labelled_call("c1", HEARD, script(), {}) is None
