"""What reviews say of flags: an answer that contradicts one takes it away wherever flags count."""

import pytest

from callcoach.call.events import FlagRaised, Span
from callcoach.call.summary import FlagStory, flag_stories
from callcoach.errors import IllegalMove
from callcoach.review.form.model import QuestionId
from callcoach.review.marks import Answer, Evidence, Suggested
from callcoach.review.review import Review
from callcoach.review.sampling import flag_names, risk
from callcoach.review.state import ReviewState
from callcoach.review.verdicts import (
    Verdicts,
    asks_about,
    stands,
    verdict_on,
    verdicts_in,
    verdicts_of,
)
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
SHOUT = CueId("courtesy.shouting")
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


def raised(cue: CueId, what: FlagKind = FlagKind.FORBIDDEN, at: float = 5.0) -> FlagRaised:
    return FlagRaised(
        seq=2, at=at, flag=1, cue=cue, what=what, severity=Severity.CRITICAL, reason=what,
        span=Span(1, 0, 3),
    )  # fmt: skip


def standing(verdicts: Verdicts, flag: FlagRaised) -> list[FlagStory]:
    """Return the stories of a call with one flag that stand."""
    return [it for it in flag_stories([flag]) if stands(verdicts, it)]


def risk_under(verdicts: Verdicts, flag: FlagRaised) -> float:
    return risk(standing(verdicts, flag))


def begun(by: str = "Wang", purpose: str = "standard") -> Review:
    """Return a review that only says something about flags that no question is about."""
    found, _ = Review.open(
        example(FORM), call="c1", agent="Li", pins=PINS, by=by, when=when(0), purpose=purpose
    )
    return found


def hand_in(found: Review, by: str = "Wang", minute: int = 5) -> ReviewState:
    for question in found.score.unanswered:
        found.answer(question, SKIPPED, by=by, when=when(minute))
    found.submit(by=by, when=when(minute))
    return found.state


def on_shout(verdicts: Verdicts, at: float = 12.0) -> tuple[bool, str, str, str] | None:
    found = verdict_on(verdicts, FlagKind.FORBIDDEN, SHOUT, at)
    return (found.is_so, found.by, found.why, found.question) if found else None


def test_a_flag_that_no_question_is_about_is_called_wrong_by_itself() -> None:
    found = begun()
    found.reject_flag(SHOUT, "forbidden", 12.0, by="Wang", when=when(1), why=" quoted ")
    assert on_shout(verdicts_in(found.state, found.form)) == (False, "Wang", "quoted", "")
    assert on_shout(said(found.state)) is None, "a draft counts nowhere"
    handed_in = hand_in(found)
    assert on_shout(said(handed_in)) == (False, "Wang", "quoted", "")
    assert on_shout(said(handed_in), at=13.0) is None
    flag = raised(SHOUT, at=12.0)
    assert (risk_under({}, flag), risk_under(said(handed_in), flag)) == (10, 0)
    assert on_shout(verdicts_of([handed_in], lambda _digest: None)) is not None


def test_what_is_said_against_a_flag_can_be_taken_back_and_written_anew() -> None:
    found = begun()
    again = {"by": "Wang", "when": when(1)}
    assert found.restore_flag(SHOUT, "forbidden", 12.0, **again) == ()
    assert len(found.reject_flag(SHOUT, "forbidden", 12.0, **again)) == 1
    assert found.reject_flag(SHOUT, "forbidden", 12.0, **again) == ()
    assert len(found.reject_flag(SHOUT, "forbidden", 12.0, why="quoted", **again)) == 1
    assert on_shout(verdicts_in(found.state, found.form)) == (False, "Wang", "quoted", "")
    assert len(found.restore_flag(SHOUT, "forbidden", 12.0, **again)) == 1
    assert on_shout(said(hand_in(found))) is None


def test_a_decision_on_an_appeal_may_take_a_flag_away() -> None:
    found = begun()
    hand_in(found)
    found.appeal("I quoted.", by="Li", when=when(6))
    found.reject_flag(SHOUT, "forbidden", 12.0, by="Chen", when=when(7))
    assert on_shout(said(found.state)) is None, "nothing is decided yet"
    with pytest.raises(IllegalMove):
        found.decide(is_changed=False, why="So it was.", by="Chen", when=when(8))
    found.decide(is_changed=True, why="So it was.", by="Chen", when=when(8))
    assert on_shout(said(found.state)) == (False, "Chen", "", "")


def test_a_review_that_was_taken_back_says_nothing_of_flags_until_it_is_handed_in_again() -> None:
    found = begun()
    found.reject_flag(SHOUT, "forbidden", 12.0, by="Wang", when=when(1))
    hand_in(found)
    found.reopen(by="Wang", when=when(6))
    assert on_shout(said(found.state)) is None
    found.submit(by="Wang", when=when(7))
    assert on_shout(said(found.state)) is not None


@pytest.mark.parametrize(("by", "purpose"), [("Wang", "calibration"), ("Li", "self")])
def test_what_counts_nowhere_says_nothing_of_flags(by: str, purpose: str) -> None:
    found = begun(by, purpose)
    with pytest.raises(IllegalMove):
        found.reject_flag(SHOUT, "forbidden", 12.0, by=by, when=when(1))


@pytest.mark.parametrize(
    ("flag", "questions"),
    [
        (raised(THREAT), ["threatens", "threats"]),
        (raised(THREAT, at=6.0), []),
        (raised(THREAT, FlagKind.REPEATED), []),
        (raised(NOTICE, FlagKind.MISSING, 30.0), ["recording"]),
        (raised(SHOUT), []),
    ],
)
def test_it_is_known_which_questions_are_about_a_flag(
    flag: FlagRaised, questions: list[str]
) -> None:
    found = asks_about(example(FORM), review({}), flag)
    assert [it.id for it in found] == questions


def said(*reviews: ReviewState) -> Verdicts:
    return verdicts_of(reviews, lambda _digest: example(FORM))


def test_where_it_was_heard_is_told_by_the_first_comment_that_says_where() -> None:
    found, _ = Review.open(
        example(FORM), call="c1", agent="Li", pins=PINS, by="Wang", when=when(0),
        suggested={QuestionId("recording"): Suggested(NO, (MISSING,))},
    )  # fmt: skip
    found.answer("recording", YES, by="Wang", when=when(1))
    found.comment("It was there.", by="Wang", when=when(1), question="recording")
    found.comment("Here.", by="Wang", when=when(2), question="recording", start=7.0)
    verdict = verdict_on(verdicts_in(found.state, found.form), FlagKind.MISSING, NOTICE, 30.0)
    assert verdict is not None
    assert verdict.heard_at == 7.0


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
    flag = raised(THREAT)
    wrong, right = said(review({"threatens": NO})), said(review({"threatens": YES}))
    assert [risk_under(it, flag) for it in ({}, right, wrong)] == [10, 10, 0]
    assert flag_names(standing(wrong, flag)) == frozenset()
    assert THREAT in flag_names(standing(right, flag))
    assert not stands(wrong, FlagStory((flag,), None))
