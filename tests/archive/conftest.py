"""Fixtures of the journal's tests."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from callcoach.archive import writer
from callcoach.archive.rescue import RescueFile
from tests.archive.pool import Pool
from tests.archive.support import CALL, NOBODY, as_stored, scripted_call


@pytest.fixture(scope="session")
def _started_pool() -> Iterator[Pool]:
    with Pool() as pool:
        yield pool


@pytest.fixture
def pool(_started_pool: Pool) -> Iterator[Pool]:
    """Return what starts child processes; those that are left are killed after the test."""
    yield _started_pool
    _started_pool.clear()


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Return where a journal is to be made; neither it nor its folder exists."""
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def in_shanghai(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the machine stand in China, eight hours ahead of UTC."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a writer wait but a moment for whoever has locked the journal."""
    monkeypatch.setattr(writer, "LIVE_BUSY_MS", 5)


@pytest.fixture
def rescue(tmp_path: Path) -> Path:
    """Return the rescue file of the scripted call's first 30 events."""
    scripted = scripted_call()
    file = RescueFile(CALL, scripted.sources, (tmp_path / "rescue",))
    assert file.keep(as_stored(scripted.events[:30]))
    assert file.path is not None
    return file.path


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """Return a folder of the user whom `ordinary_user` acts as."""
    folder = Path(tempfile.mkdtemp(prefix="callcoach-test-"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o700)
    shutil.rmtree(folder)
