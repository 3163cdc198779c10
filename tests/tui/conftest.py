"""Every test of the screens has a home of its own."""

from pathlib import Path

import pytest

from tests.tui.stage import set_home


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home that the application takes for the user's."""
    set_home(tmp_path, monkeypatch)
    monkeypatch.chdir(tmp_path)
    return tmp_path
