"""Calls found by their reviews, by their own names; of two with swapped roles one is found."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from callcoach.archive.chain import StoredEvent
from callcoach.archive.ids import CallId
from callcoach.archive.imports import OwnName, name_call, set_aside
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import ReviewRow, append_review
from callcoach.errors import UsageError
from tests.archive.review_support import FORM, WHEN
from tests.archive.search.support import call_of, find, write

Happened = tuple[str, float | None]
"""The kind of an event, and the score in it."""


def review(
    path: Path,
    call: CallId,
    number: int,
    happened: Sequence[Happened],
    by: str = "Wang",
    purpose: str = "standard",
) -> None:
    """Put a review with such events into the journal."""
    id = f"0199aaaa-bbbb-7ccc-8ddd-{number:012d}"
    row = ReviewRow(id, call, FORM.digest, by, purpose, WHEN)
    events = [StoredEvent(0, "review_opened", 1, 0.0, WHEN, b"{}")]
    for seq, (kind, percent) in enumerate(happened, 1):
        body = {} if percent is None else {"mark": {"percent": percent}}
        events.append(StoredEvent(seq, kind, 1, 0.0, WHEN, msgspec.json.encode(body)))
    append_review(path, row, events, FORM)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return a journal with calls a to f of Anna, all but f with a review."""
    path = tmp_path / "journal.db"
    calls = write(path, *(call_of([("agent", f"hello {it}")]) for it in "abcdef"))
    a, b, c, d, e, f = calls
    for name, call in zip("abcdef", calls, strict=True):
        name_call(path, call, OwnName(f"C-{name}1", f"{name}_long.json"))
    review(path, a, 1, [("answered", None), ("submitted", 40.0)])
    review(path, b, 2, [("submitted", 40.0), ("appealed", None), ("decided", 90.0)], "Chen")
    review(path, c, 3, [("submitted", 40.0), ("reopened", None), ("commented", None)])
    review(path, d, 4, [("submitted", 40.0)], "Bo", "calibration")
    review(path, e, 5, [("submitted", 40.0)], "Anna", "self")
    assert f
    return path


def found(path: Path, query: str) -> str:
    """Return the letters of the calls that are found."""
    letters = {it.call.id: it for it in find(path, query).hits}
    with Journal(path) as journal:
        names = journal.own_names()
    return "".join(sorted(names[id].file[0] for id in letters))


@pytest.mark.parametrize(
    ("query", "letters"),
    [
        ("status:submitted", "a"),
        ("状态：已裁定", "b"),
        ("status:draft", "c"),
        ("status:none", "def"),
        ("-status:none", "abc"),
        ("score<50", "a"),
        ("score>=90%", "b"),
        ("得分>80", "b"),
        ("reviewer:chen", "b"),
        ("质检员：Wang", "ac"),
        ("reviewer:any", "abc"),
        ("reviewer:Wang score<50 hello", "a"),
        ("id:C-a1", "a"),
        ("file:a_long.json", "a"),
        ("编号：c-B", "b"),
        ("C-e1", "e"),
        ("f_long.json", "f"),
        ("e_long", "e"),
    ],
)
def test_calls_are_found_by_their_reviews_and_names(
    journal: Path, query: str, letters: str
) -> None:
    assert found(journal, query) == letters


def test_a_calibration_is_not_betrayed(journal: Path) -> None:
    told = find(journal, "reviewer:Bo")
    assert (told.total, len(told.notes)) == (0, 1)
    assert "Bo" not in str(told.notes[0].values.get("advice"))


def test_words_that_are_said_are_no_name(journal: Path) -> None:
    assert find(journal, "hello").total == 6
    assert all(hit.heard for hit in find(journal, "hello").hits)


def test_of_two_with_swapped_roles_one_is_found(journal: Path) -> None:
    calls = {it.heard.text[-1]: it.call.id for it in find(journal, "hello").hits if it.heard}
    set_aside(journal, calls["a"], calls["b"])
    assert found(journal, "hello") == "bcdef"
    assert found(journal, "agent:Anna") == "bcdef"
    assert found(journal, "hello status:submitted") == ""
    set_aside(journal, calls["b"], calls["a"])
    assert found(journal, "hello status:submitted") == "a"


@pytest.mark.parametrize("query", ["status:soon", "score>high", "score<"])
def test_a_value_that_is_none_is_told(journal: Path, query: str) -> None:
    with pytest.raises(UsageError):
        find(journal, query)
