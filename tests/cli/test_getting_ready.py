"""Whoever waits for a pack at a terminal is told so, and nobody else."""

import io
import sys
import threading

import pytest

from callcoach.cli.getting_ready import getting_ready
from callcoach.locale import Messages

SOON = 30.0
EN = Messages("en")


class Terminal(io.StringIO):
    """An error output that tells when something was written to it."""

    def __init__(self, *, is_terminal: bool = True) -> None:
        super().__init__()
        self.is_terminal = is_terminal
        self.written = threading.Event()

    def isatty(self) -> bool:
        return self.is_terminal

    def write(self, text: str) -> int:
        count = super().write(text)
        if text:
            self.written.set()
        return count


def test_a_long_wait_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    with getting_ready("overdue", EN, patience=0.01):
        assert shown.written.wait(SOON)
    assert shown.getvalue().startswith("Getting overdue ready")
    assert shown.getvalue().count("\n") <= 1


@pytest.mark.parametrize(
    ("is_terminal", "is_silent", "patience"),
    [(True, False, SOON), (False, False, 0.0), (True, True, 0.0)],
)
def test_nothing_is_told_where_it_is_quick_or_nobody_looks(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, is_silent: bool, patience: float
) -> None:
    shown = Terminal(is_terminal=is_terminal)
    monkeypatch.setattr(sys, "stderr", shown)
    before = threading.active_count()
    with getting_ready("overdue", EN, is_silent=is_silent, patience=patience):
        assert threading.active_count() == before + (is_terminal and not is_silent)
    assert shown.getvalue() == ""
