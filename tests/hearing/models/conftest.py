"""What the tests of speech models share: no proxy, a server, a machine that does as it is told."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from callcoach.hearing.models.outside import Outside, Stage
from tests.hearing.models.making import make_zip
from tests.hearing.models.server import Server, serving

NOW = datetime(2026, 11, 26, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask nobody in between."""
    for name in os.environ:
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server that has a model."""
    with serving(make_zip()) as served:
        yield served


class Machine:
    """A machine with a disk and a clock of its own; it keeps what it was told."""

    def __init__(self) -> None:
        self.free = 10**12
        self.pauses: list[float] = []
        self.told: list[tuple[Stage, int, int | None]] = []
        self.outside = Outside(
            free=self._free,
            pause=self.pauses.append,
            now=lambda: NOW,
            tell=lambda *told: self.told.append(told),
            patience=0.5,
        )

    def _free(self, folder: Path) -> int:
        return self.free


@pytest.fixture
def machine() -> Machine:
    """Return a machine with room enough."""
    return Machine()
