"""Calls that were made elsewhere: each content once, whole or not at all."""

from pathlib import Path

import pytest

from callcoach.archive.ids import new_call_id
from callcoach.archive.imports import import_call, imported
from callcoach.archive.journal import Journal
from callcoach.errors import StorageError
from tests.archive.support import CALL
from tests.sessions import start
from tests.support import MINIMAL, files


def test_a_content_is_taken_once(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    _, events = start(MINIMAL)
    assert imported(path) == {}
    assert import_call(path, CALL, events, (files(MINIMAL),), "d1") == CALL
    assert import_call(path, new_call_id(), events, (files(MINIMAL),), "d1") == CALL
    other = new_call_id()
    assert import_call(path, other, events, (files(MINIMAL),), "d2") == other
    assert imported(path) == {"d1": CALL, "d2": other}
    with Journal(path) as journal:
        assert journal.events(CALL) == tuple(events)
        assert journal.verify().is_sound
        assert len(journal.calls()) == 2


def test_a_call_that_is_none_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    _, events = start(MINIMAL)
    with pytest.raises(StorageError):
        import_call(path, CALL, events[1:], (files(MINIMAL),), "d1")
    assert imported(path) == {}
