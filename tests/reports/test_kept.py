"""Figures that are kept are those that counting gives, and keeping them changes nothing."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.journal import Journal
from callcoach.archive.writer import CallWriter
from callcoach.call.events import Event, NoteWritten
from callcoach.call.inputs import EndCall, Input, TakeExit, WriteNote
from callcoach.errors import JournalDamaged
from callcoach.reports import kept
from callcoach.reports.figures import CallFigures, figures_of
from callcoach.reports.kept import KeptFigures, damage_of, keep_figures
from callcoach.reports.reviewed import with_reviews
from callcoach.review.events import ReviewEvent
from callcoach.review.judged import JournalReviews
from callcoach.review.review import Review
from callcoach.review.store import new_review, save
from callcoach.script.model import ExitId, Script
from tests.archive.exports import AGENT, CUSTOMER, INPUTS, call_of, example, hear
from tests.review.forms import NO, WHEN, YES, opened

_SAID = (
    "My name is Lin.",
    "I am sorry.",
    "Pay now, or else!",
    "I lost my job.",
    "Well.",
)
_TURN = st.tuples(st.sampled_from((AGENT, CUSTOMER)), st.sampled_from(_SAID), st.integers(1, 40))


class _Counted(Exception):
    """A call was counted that need not be."""


def _script(_: str) -> Script:
    return example()


def _write(journal: Path, events: Sequence[Event], call: CallId | None = None) -> CallId:
    writer = CallWriter(journal, call or new_call_id(), ())
    assert writer.append(events).is_durable
    writer.close()
    return writer.call


def _read(journal: Path) -> list[CallFigures]:
    with (
        Journal(journal) as opened,
        JournalReviews(journal) as judged,
        KeptFigures(journal, _script, judged) as figures,
    ):
        return [figures.of(opened, call) for call in opened.calls()]


def _kept(journal: Path, monkeypatch: pytest.MonkeyPatch) -> list[CallFigures]:
    """Return the figures of all calls, none of which is counted, and no review is read."""

    def refuse(*_: object) -> CallFigures:
        raise _Counted

    with monkeypatch.context() as patch:
        patch.setattr(kept, "figures_of", refuse)
        patch.setattr(kept, "with_reviews", refuse)
        return _read(journal)


def _counted(call: CallId, events: Sequence[Event]) -> CallFigures:
    return figures_of(call, events, example())


def _change(journal: Path, sql: str) -> None:
    with closing(sqlite3.connect(journal)) as db, db:
        db.execute(sql)


@pytest.fixture
def ended(tmp_path: Path) -> tuple[Path, CallId, Sequence[Event]]:
    journal = tmp_path / "journal.db"
    events = call_of(*INPUTS).events
    return journal, _write(journal, events), events


@given(st.lists(st.lists(_TURN, max_size=12), min_size=1, max_size=4))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_kept_is_what_counting_gives(
    tmp_path_factory: pytest.TempPathFactory, turns: list[list[tuple[object, str, int]]]
) -> None:
    journal = tmp_path_factory.mktemp("kept") / "journal.db"
    expected: dict[CallId, CallFigures] = {}
    for call in turns:
        inputs: list[tuple[float, Input]] = []
        ends = accumulate(seconds for _, _, seconds in call)
        for (speaker, text, _), end in zip(call, ends, strict=True):
            inputs.append((float(end), hear(speaker, text, end - 1.0, float(end))))  # type: ignore[arg-type]
        over = inputs[-1][0] + 1.0 if inputs else 1.0
        inputs += [(over, TakeExit(ExitId("on"))), (over, EndCall())]
        events = call_of(*inputs).events
        id = _write(journal, events)
        expected[id] = _counted(id, events)
    first = {it.call: it for it in _read(journal)}
    with pytest.MonkeyPatch.context() as monkeypatch:
        again = {it.call: it for it in _kept(journal, monkeypatch)}
    assert first == again == expected


def test_a_call_that_has_gone_on_is_counted_anew(
    ended: tuple[Path, CallId, Sequence[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, call, events = ended
    before = _read(journal)
    later = call_of(*INPUTS, (50.0, WriteNote("paid"))).events
    assert isinstance(later[-1], NoteWritten)
    _write(journal, later, call)
    with pytest.raises(_Counted):
        _kept(journal, monkeypatch)
    after = _read(journal)
    assert after == [_counted(call, later)] != before == [_counted(call, events)]
    assert _kept(journal, monkeypatch) == after


def test_another_way_of_counting_counts_anew(
    ended: tuple[Path, CallId, Sequence[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, _, _ = ended
    known = _read(journal)
    monkeypatch.setattr(kept, "COUNTED", "another")
    with pytest.raises(_Counted):
        _kept(journal, monkeypatch)
    assert _read(journal) == known == _kept(journal, monkeypatch)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM counted",
        "DROP TABLE counted",
        "UPDATE counted SET body = x'c1'",
        "UPDATE counted SET body = x'80'",
        "UPDATE counted SET head = x'00'",
    ],
)
def test_the_journal_is_as_sound_without_what_is_kept(
    ended: tuple[Path, CallId, Sequence[Event]], damage: str
) -> None:
    journal, call, events = ended
    known = _read(journal)
    _change(journal, damage)
    assert _read(journal) == known == [_counted(call, events)]
    with Journal(journal) as opened:
        verdict = opened.verify()
    assert verdict.is_sound
    assert verdict.calls == 1


def test_a_call_that_goes_on_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = tmp_path / "journal.db"
    _write(journal, call_of(*INPUTS[:3]).events)
    assert _read(journal)
    with pytest.raises(_Counted):
        _kept(journal, monkeypatch)


def test_a_call_is_kept_when_it_ends(
    ended: tuple[Path, CallId, Sequence[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, call, events = ended
    keep_figures(journal, [call], example())
    assert _kept(journal, monkeypatch) == [_counted(call, events)]


def test_what_is_kept_of_a_call_goes_with_it(
    ended: tuple[Path, CallId, Sequence[Event]],
) -> None:
    journal, _, _ = ended
    _read(journal)
    _change(journal, "DELETE FROM call")
    with closing(sqlite3.connect(journal)) as db:
        assert db.execute("SELECT count(*) FROM counted").fetchone() == (0,)


_MOVES: list[Callable[[Review], Sequence[ReviewEvent]]] = [
    lambda review: review.answer("names", NO, by="Wang", when=WHEN),
    lambda review: review.answer("names", YES, by="Wang", when=WHEN),
    lambda review: review.submit(by="Wang", when=WHEN),
    lambda review: review.appeal("No.", by="Li", when=WHEN),
    lambda review: review.answer("names", NO, by="Chen", when=WHEN),
    lambda review: review.decide(is_changed=True, why="So.", by="Chen", when=WHEN),
]


def test_what_reviews_say_is_kept_until_anything_is_done_to_one(
    ended: tuple[Path, CallId, Sequence[Event]], monkeypatch: pytest.MonkeyPatch
) -> None:
    journal, call, events = ended
    bare = _counted(call, events)
    assert _read(journal) == [bare]
    review = opened(call=call)
    row = new_review(journal, review)
    percents = []
    for move in _MOVES:
        row = save(journal, row, move(review))
        with pytest.raises(_Counted):
            _kept(journal, monkeypatch)
        found = _read(journal)
        assert found == [with_reviews(bare, [review.state], {review.form.digest: review.form}.get)]
        assert _kept(journal, monkeypatch) == found
        percents += [score.percent for score in found[0].scores]
    assert percents == [100.0, 100.0, 100.0, 50.0]


_DAMAGE = {
    "an event is lost": "DELETE FROM event WHERE seq = 2",
    "the end is lost": "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
    "words are others": "UPDATE event SET body = CAST(replace(body, 'Lin', 'Lee') AS BLOB)",
    "an event is no event": "UPDATE event SET body = x'00' WHERE seq = 1",
    "an event is another": "UPDATE event SET kind = 'note_written' WHERE seq = 1",
}


@pytest.mark.parametrize("damage", _DAMAGE.values(), ids=_DAMAGE)
@pytest.mark.parametrize("is_counted", [True, False])
def test_a_call_that_is_not_as_it_was_written_is_not_counted(
    ended: tuple[Path, CallId, Sequence[Event]], damage: str, is_counted: bool
) -> None:
    journal, call, _ = ended
    if is_counted:
        _read(journal)
    assert damage_of(journal, call) == ()
    _change(journal, damage)
    for _ in range(2):
        with pytest.raises(JournalDamaged, match=r"not as it was written"):
            _read(journal)
    assert damage_of(journal, call)
