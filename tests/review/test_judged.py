"""The reviews of a journal: read when they are asked for, and told apart by their signs."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from callcoach.archive.reviews import ReviewRow, Reviews
from callcoach.review import store
from callcoach.review.judged import JournalReviews, Signs
from callcoach.review.store import Kept, new_review, read_state, save
from tests.archive.review_support import write_call
from tests.archive.support import CALL
from tests.review.forms import FORM, NO, PINS, WHEN, YES, example, opened

LATER = WHEN.replace("T06", "T07")
NEWER = example(FORM.replace('version: "1"', 'version: "2"'))


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal with one call in it."""
    path = tmp_path / "journal.db"
    write_call(path, CALL)
    return path


def signs(journal: Path) -> Signs:
    with JournalReviews(journal) as judged:
        return judged.signs(CALL)


def test_without_a_journal_nobody_has_said_anything(tmp_path: Path) -> None:
    with JournalReviews(tmp_path / "none.db") as judged:
        assert (judged.of(CALL), judged.signs(CALL)) == ((), ())
        assert (judged.form(PINS.form_digest), judged.newest_forms()) == (None, {})


def test_a_call_has_other_signs_after_every_event(journal: Path) -> None:
    review = opened(call=CALL)
    seen = [signs(journal)]
    row = new_review(journal, review)
    for events in (
        review.answer("names", NO, by="Wang", when=WHEN),
        review.take_back("names", by="Wang", when=WHEN),
        review.answer("names", YES, by="Wang", when=WHEN),
        review.submit(by="Wang", when=WHEN),
        review.reopen(by="Wang", when=WHEN),
    ):
        seen.append(signs(journal))
        row = save(journal, row, events)
    seen.append(signs(journal))
    new_review(journal, opened("Chen", call=CALL))
    seen.append(signs(journal))
    assert len(set(seen)) == len(seen)
    assert signs(journal) == seen[-1]


def test_the_reviews_of_one_call_are_read_when_they_are_asked_for(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_review(journal, opened(call=CALL))
    new_review(journal, opened("Chen", call=CALL, when=LATER))
    read: list[str] = []

    def noted(reviews: Reviews, row: ReviewRow) -> Kept:
        read.append(row.reviewer)
        return read_state(reviews, row)

    monkeypatch.setattr(store, "read_state", noted)
    with JournalReviews(journal) as judged:
        assert read == []
        assert [it.opened.by for it in judged.of(CALL)] == ["Chen", "Wang"]
    assert read == ["Chen", "Wang"]


def test_of_a_form_the_version_that_was_used_last_is_the_newest(journal: Path) -> None:
    new_review(journal, opened("Wang", call=CALL, form=NEWER, when=LATER))
    new_review(journal, opened("Chen", call=CALL))
    with JournalReviews(journal) as judged:
        assert {id: form.version for id, form in judged.newest_forms().items()} == {"example": "2"}


def test_a_review_that_is_damaged_says_nothing(journal: Path) -> None:
    new_review(journal, opened(call=CALL))
    kept = new_review(journal, opened("Chen", call=CALL))
    with closing(sqlite3.connect(journal)) as db, db:
        db.execute("UPDATE review_event SET body = x'7b' WHERE review = ?", (kept.id,))
    with JournalReviews(journal) as judged:
        assert [it.opened.by for it in judged.of(CALL)] == ["Wang"]
