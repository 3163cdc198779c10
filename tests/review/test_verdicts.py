"""What reviews say of flags: an answer that contradicts one takes it away wherever flags count."""

import pytest

from callcoach.call.events import FlagRaised, Span
from callcoach.call.summary import FlagStory
from callcoach.review.form.model import QuestionId
from callcoach.review.marks import Answer, Evidence, Suggested
from callcoach.review.review import Review
from callcoach.review.sampling import flags_of, risk_of
from callcoach.review.state import ReviewState
from callcoach.review.verdicts import Verdicts, stands, verdict_on, verdicts_of
from callcoach.script.model import CueId, FlagKind, Severity
from tests.review.forms import NO, PINS, YES, example

FORM = """\
callcoach: 1
form: example
version: "1"
title: {zh: 示例, en: Example}
languages: [zh, en]
pack: overdue
sections:
  all:
    title: {zh: 全部, en: All}
    questions:
      threatens: {zh: 威胁, en: Threatens, answers: no_yes, flag: courtesy.threat}
      recording: {zh: 录音, en: Recording, cue: courtesy.recording_notice}
      threats:
        zh: 几次
        en: How many
        answers: number
        flag: courtesy.threat
        ranges: {..1: 1, 1..: 0}
"""
THREAT, NOTICE = CueId("courtesy.threat"), CueId("courtesy.recording_notice")
FLAGGED = Evidence("flagged", 5.0, (Span(1, 0, 3),), THREAT, "forbidden")
MISSING = Evidence("cue_missing", 9.0, subject=NOTICE)
SKIPPED = Answer(is_skipped=True)


def when(minute: int) -> str:
    return f"2026-12-01T06:{minute:02}:00.000Z"


def review(
    answers: dict[str, Answer], *, by: str = "Wang", at: int = 0, purpose: str = "standard"
) -> ReviewState:
    """Return a review that was handed in, of a call with a threat and without the notice."""
    found, _ = Review.open(
        example(FORM),
        call="c1",
        agent="Li",
        pins=PINS,
        by=by,
        when=when(at),
        purpose=purpose,
        suggested={
            QuestionId("threatens"): Suggested(YES, (FLAGGED,)),
            QuestionId("recording"): Suggested(NO, (MISSING,)),
            QuestionId("threats"): Suggested(Answer(number=1.0), (FLAGGED,)),
        },
    )
    for question, answer in answers.items():
        found.answer(question, answer, by=by, when=when(at))
        found.comment(f"on {question}", question=question, start=7.0, by=by, when=when(at))
    if purpose == "calibration":
        for question in ("threatens", "recording", "threats"):
            given = Answer(number=0.0) if question == "threats" else NO
            found.answer(question, given, by=by, when=when(at))
    found.submit(by=by, when=when(at + 1))
    return found.state


def said(*reviews: ReviewState) -> Verdicts:
    return verdicts_of(reviews, lambda _digest: example(FORM))


@pytest.mark.parametrize(
    ("answers", "threat", "notice"),
    [
        ({}, None, None),
        ({"threatens": NO}, False, None),
        ({"threatens": YES}, True, None),
        ({"recording": YES}, None, False),
        ({"recording": NO}, None, True),
        ({"recording": SKIPPED}, None, False),
        ({"threats": Answer(number=0.0)}, False, None),
        ({"threats": Answer(number=2.0)}, True, None),
    ],
)
def test_an_answer_says_whether_a_flag_is_so(
    answers: dict[str, Answer], threat: bool | None, notice: bool | None
) -> None:
    verdicts = said(review(answers))
    of_threat = verdict_on(verdicts, FlagKind.FORBIDDEN, THREAT, 5.0)
    of_notice = verdict_on(verdicts, FlagKind.MISSING, NOTICE, 30.0)
    assert (of_threat.is_so if of_threat else None) == threat
    assert (of_notice.is_so if of_notice else None) == notice


def test_it_is_told_who_says_so_why_and_where() -> None:
    found = verdict_on(said(review({"threatens": NO})), FlagKind.FORBIDDEN, THREAT, 5.0)
    assert found is not None
    assert (found.by, found.why, found.question) == ("Wang", "on threatens", "threatens")
    assert found.heard_at == 7.0


def test_a_flag_that_was_raised_at_another_time_is_not_meant() -> None:
    assert verdict_on(said(review({"threatens": NO})), FlagKind.FORBIDDEN, THREAT, 6.0) is None


def test_the_newest_word_counts_and_a_suggestion_that_nobody_touched_is_none() -> None:
    first, later = review({"threatens": NO}), review({"threatens": YES}, by="Chen", at=10)
    silent = review({}, by="Bo", at=20)
    for order in ((first, later, silent), (silent, later, first)):
        found = verdict_on(said(*order), FlagKind.FORBIDDEN, THREAT, 5.0)
        assert found is not None
        assert (found.is_so, found.by) == (True, "Chen")


def test_neither_a_calibration_nor_the_agent_herself_takes_a_flag_away() -> None:
    assert said(review({}, purpose="calibration")) == {}
    assert said(review({"threatens": NO}, by="Li", purpose="self")) == {}


def test_a_form_that_cannot_be_read_says_nothing() -> None:
    assert verdicts_of([review({"threatens": NO})], lambda _digest: None) == {}


def test_a_flag_that_is_not_so_is_no_risk_and_cannot_be_asked_for() -> None:
    raised = FlagRaised(
        seq=2, at=5.0, flag=1, cue=THREAT, what=FlagKind.FORBIDDEN, severity=Severity.CRITICAL,
        reason="forbidden", span=Span(1, 0, 3),
    )  # fmt: skip
    wrong, right = said(review({"threatens": NO})), said(review({"threatens": YES}))
    assert (risk_of([raised]), risk_of([raised], right), risk_of([raised], wrong)) == (10, 10, 0)
    assert flags_of([raised], wrong) == frozenset()
    assert THREAT in flags_of([raised], right)
    assert not stands(wrong, FlagStory((raised,), None))
