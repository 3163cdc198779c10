"""Forms and reviews that the tests of reviews share."""

import hashlib

from callcoach.review.events import Pins
from callcoach.review.form.load import load_form
from callcoach.review.form.model import Form, QuestionId
from callcoach.review.marks import Answer, Suggested
from callcoach.review.review import Review

FORM = """\
callcoach: 1
form: example
version: "1"
title: {zh: 示例, en: Example}
languages: [zh, en]
sections:
  all:
    title: {zh: 全部, en: All}
    questions:
      greets: {zh: 问好, en: Greets}
      names: {zh: 报姓名, en: Says their name}
"""
WHEN = "2026-12-01T06:00:00.000Z"
PINS = Pins(
    form="example",
    form_version="1",
    form_digest=hashlib.sha256(FORM.encode()).hexdigest(),
    script="overdue",
    script_version="1.0",
    script_digest="e" * 64,
    program="0",
)
YES = Answer(("yes",))
NO = Answer(("no",))


def example(text: str = FORM) -> Form:
    """Return a form of two questions that are answered with yes or no."""
    loaded = load_form(text, "example.yaml")
    assert loaded.form is not None, loaded.findings
    return loaded.form


def opened(
    by: str = "Wang",
    *,
    agent: str = "Li",
    form: Form | None = None,
    purpose: str = "standard",
    when: str = WHEN,
    call: str = "c1",
    suggested: Answer | None = YES,
) -> Review:
    """Return a review that was just opened; the call itself answers `greets`."""
    told = {QuestionId("greets"): Suggested(suggested)} if suggested else {}
    review, _ = Review.open(
        form or example(),
        call=call,
        agent=agent,
        pins=PINS,
        by=by,
        when=when,
        purpose=purpose,
        suggested=told,
    )
    return review


def submitted(
    by: str = "Wang", *, greets: Answer = YES, names: Answer = YES, **more: str
) -> Review:
    """Return a review that was answered and submitted."""
    review = opened(by, **more)  # type: ignore[arg-type]
    review.answer("greets", greets, by=by, when=WHEN)
    review.answer("names", names, by=by, when=WHEN)
    review.submit(by=by, when=WHEN)
    return review
