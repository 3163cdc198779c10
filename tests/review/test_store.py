"""Reviews kept in the journal and taken up again, with the form as it was."""

from pathlib import Path

import msgspec
import pytest

from callcoach.archive.reviews import KeptForm, Reviews, append_review
from callcoach.errors import IllegalMove, JournalDamaged
from callcoach.review.review import Review
from callcoach.review.store import new_review, read_events, read_state, save, take_up
from tests.archive.review_support import ROW, event, write_call
from tests.archive.support import CALL
from tests.review.forms import NO, WHEN, YES, example, opened


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal with one call in it."""
    path = tmp_path / "journal.db"
    write_call(path, CALL)
    return path


def test_a_review_goes_on_where_it_was(journal: Path) -> None:
    review = opened(call=CALL)
    row = new_review(journal, review)
    row = save(journal, row, review.answer("names", NO, by="Wang", when=WHEN))
    save(journal, row, review.submit(by="Wang", when=WHEN))
    with Reviews(journal) as reviews:
        found = reviews.find("last")
        again = take_up(reviews, found)
        assert read_state(reviews, found).state == review.state
        assert reviews.check() == ()
    assert (again.state, again.score) == (review.state, review.score)
    assert again.form.digest == example().digest
    with pytest.raises(IllegalMove):
        again.answer("names", YES, by="Wang", when=WHEN)


def test_a_move_without_events_writes_nothing(journal: Path) -> None:
    row = new_review(journal, opened(call=CALL))
    assert save(journal, row, ()) == row


@pytest.mark.parametrize("body", [b"{}", b"", b"\xff"])
def test_an_event_that_cannot_be_read_is_told(journal: Path, body: bytes) -> None:
    append_review(journal, ROW, [event(0, body)], KeptForm(ROW.form, "x", "1", "x"))
    with Reviews(journal) as reviews, pytest.raises(JournalDamaged, match="cannot be read"):
        read_events(reviews, ROW)


def test_a_form_that_no_longer_loads_is_told(journal: Path) -> None:
    review: Review = opened(call=CALL)
    append_review(journal, ROW, [event(0, msgspec.json.encode(review.state.opened))],
                  KeptForm(ROW.form, "example", "1", "callcoach: 999"))  # fmt: skip
    with Reviews(journal) as reviews, pytest.raises(JournalDamaged):
        take_up(reviews, ROW)
