"""A review in a report: every question with its answer, who gave it, the words and the appeal."""

import time
from typing import Any

import pytest

from callcoach.archive.export.redacted import redact_record
from callcoach.call.events import FlagRaised, Span
from callcoach.locale import Messages
from callcoach.reports.figures import figures_of
from callcoach.reports.parts import Notes, Scorecard
from callcoach.reports.reviewed import with_reviews
from callcoach.reports.scorecard import Reviewed, Telling, moved_spans, scorecards
from callcoach.reports.single import OneCall, report_of_call
from callcoach.review.form.model import QuestionId
from callcoach.review.marks import Answer, Evidence, Suggested
from callcoach.review.review import Review
from tests.archive.exports import INPUTS, call_of, example
from tests.reports.calls import ENGLISH, names_of
from tests.review.forms import NO, PINS, WHEN, YES
from tests.review.forms import example as form

FORM = """\
callcoach: 1
form: example
version: "1"
title: {zh: 示例, en: Example form}
languages: [zh, en]
pack: example
sections:
  conduct:
    title: {zh: 言行, en: Conduct}
    questions:
      threatens: {zh: 威胁, en: Threatens, answers: no_yes, flag: example.threat, fails: form}
      polite: {zh: 礼貌, en: Polite}
"""
RECORD = call_of(*INPUTS)
FLAG = next(it for it in RECORD.events if isinstance(it, FlagRaised) and it.cue == "example.threat")


def begun() -> Review:
    evidence = Evidence(
        "flag_repaired", FLAG.at, (FLAG.span or Span(0, 0, 0),), FLAG.cue, FLAG.what
    )
    review, _ = Review.open(
        form(FORM), call="c1", agent="Li", pins=PINS, by="Wang", when=WHEN,
        suggested={QuestionId("threatens"): Suggested(YES, (evidence,))},
    )  # fmt: skip
    review.answer("polite", YES, by="Wang", when=WHEN)
    return review


def told(review: Review, language: str = "en", **more: Any) -> Scorecard:
    messages = Messages(language)
    masked = redact_record(RECORD, example(), messages)
    telling = Telling(masked, example(), messages, moved_spans(RECORD.events, masked.events))
    (card,) = scorecards([Reviewed(review.state, more.get("form", review.form))], telling)
    assert isinstance(card, Scorecard)
    return card


def test_every_question_has_its_answer_its_points_and_who_gave_it() -> None:
    review = begun()
    review.comment("She threatened.", question="threatens", start=65.0, by="Wang", when=WHEN)
    review.submit(by="Wang", when=WHEN)
    card = told(review)
    (section,) = card.sections
    threat, polite = section.questions
    assert card.title == "Review: Example form"
    assert (threat.title, threat.answer, threat.by) == ("1. Threatens", "Yes", "by the call")
    assert (threat.state, threat.points) == ("failed", "0/1")
    assert (polite.answer, polite.by, polite.points) == ("Yes", "Wang", "1/1")
    assert card.has_failed
    assert card.result.startswith("0.0%")
    assert threat.quotes[0].words == "or else"
    assert ("Comment · 1:05 · Wang", "She threatened.") in threat.remarks


def test_an_appeal_is_told_with_its_reason_who_decided_and_the_score_before() -> None:
    review = begun()
    review.submit(by="Wang", when=WHEN)
    review.appeal("I said sorry.", questions=("threatens",), by="Li", when=WHEN)
    review.answer("threatens", NO, by="Chen", when=WHEN)
    review.decide(is_changed=True, why="It was put right.", by="Chen", when=WHEN)
    card = told(review)
    threat = card.sections[0].questions[0]
    assert (threat.answer, threat.by) == ("No", "Chen; before the appeal: Yes")
    assert "Li appealed against this answer." in threat.why
    history = " / ".join(f"{label} {text}" for label, text in card.history)
    for words in ("I said sorry.", "1 Threatens", "Chen: It was put right.", "0.0% → 100.0%"):
        assert words in history


def test_a_bonus_says_what_it_gave() -> None:
    text = FORM.replace("en: Polite}", "en: Polite, bonus: yes, weight: 0.5}")
    review, _ = Review.open(form(text), call="c1", agent="Li", pins=PINS, by="Wang", when=WHEN)
    review.answer("threatens", NO, by="Wang", when=WHEN)
    review.answer("polite", YES, by="Wang", when=WHEN)
    review.submit(by="Wang", when=WHEN)
    card = told(review)
    assert [it.points for it in card.sections[0].questions] == ["1/1", "+0.5"]
    assert card.result.startswith("150.0%")


def test_its_history_has_the_days_of_the_readers_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        review = begun()
        review.submit(by="Wang", when="2026-11-30T23:30:00.000Z")
        assert told(review).history[0][0] == "2026-12-01 submitted"
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_people_write_is_masked() -> None:
    review = begun()
    review.comment("Call 13812345678 back.", by="Wang", when=WHEN)
    review.submit(by="Wang", when=WHEN)
    assert "13812345678" not in str(told(review))


def test_drafts_calibrations_and_ones_own_are_left_out_and_a_lost_form_is_told_plainly() -> None:
    telling = Telling(RECORD, example(), ENGLISH)
    assert list(scorecards([Reviewed(begun().state, form(FORM))], telling)) == []
    review = begun()
    review.comment("Well done.", by="Wang", when=WHEN)
    review.submit(by="Wang", when=WHEN)
    (plain,) = scorecards([Reviewed(review.state, None)], telling)
    assert isinstance(plain, Notes)
    assert any("Well done." in text for _, text in plain.items)


def test_a_flag_that_a_reviewer_says_is_wrong_is_shown_as_that_and_counts_nowhere() -> None:
    review = begun()
    review.answer("threatens", NO, by="Wang", when=WHEN)
    review.comment("A joke between friends.", question="threatens", by="Wang", when=WHEN)
    review.submit(by="Wang", when=WHEN)
    bare = figures_of(RECORD.id, RECORD.events, example())
    figures = with_reviews(bare, [review.state], lambda _digest: review.form)
    assert len(figures.flags) == len(bare.flags) - 1
    assert [it.flag.cue for it in figures.rejected] == ["example.threat"]
    call = OneCall(RECORD, figures, example(), [Reviewed(review.state, review.form)], "2026-12-01")
    report = report_of_call(call, names_of(example()))
    flags = next(block for block in report.blocks if block.id == "flags")
    wrong = [it for it in flags.examples if it.severity == "rejected"]  # type: ignore[union-attr]
    assert [it.end for it in wrong] == [
        "Not so, says Wang: A joke between friends. It counts nowhere."
    ]
    tile = next(it for it in report.tiles if it.title == "flags left open")
    assert "1 not so, say reviewers" in tile.detail


def test_answers_in_words_are_told_in_the_readers_language() -> None:
    review = begun()
    review.answer("threatens", Answer(is_skipped=True), by="Wang", when=WHEN)
    review.submit(by="Wang", when=WHEN)
    assert told(review, "zh").sections[0].questions[0].answer == "不适用"


def test_a_review_that_a_newer_one_has_taken_the_place_of_says_so() -> None:
    first, second = begun(), begun()
    first.submit(by="Wang", when=WHEN)
    second.submit(by="Wang", when=WHEN.replace("T06", "T07"))
    telling = Telling(RECORD, example(), ENGLISH)
    results = [
        card.result
        for card in scorecards([Reviewed(it.state, form(FORM)) for it in (second, first)], telling)
        if isinstance(card, Scorecard)
    ]
    assert ["a newer review counts" in result for result in results] == [True, False]
