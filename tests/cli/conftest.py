"""A home for every test of a command: empty, and forgotten afterwards."""

import os
from pathlib import Path

import pytest

from tests.cli.home import Home
from tests.support import SHARED_CACHE


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return an empty home in which commands run; the present folder is one below it."""
    for name in os.environ:
        if name.startswith(("CALLCOACH_", "XDG_", "LC_", "LANG")) or name == "NO_COLOR":
            monkeypatch.delenv(name)
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_CACHE_HOME", str(SHARED_CACHE))
    return Home(tmp_path, desk)
