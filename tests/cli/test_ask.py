"""Questions are asked where somebody can answer, and only a clear yes is one."""

import io
import sys

import pytest

from callcoach.cli.ask import agrees
from callcoach.errors import UsageError


class Stream(io.StringIO):
    """Text that comes from a terminal, or does not."""

    def __init__(self, text: str = "", *, is_terminal: bool = True) -> None:
        super().__init__(text)
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal


class Interrupted:
    """A terminal at which Ctrl-C is pressed."""

    def isatty(self) -> bool:
        return True

    def readline(self) -> str:
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("typed", "is_yes"),
    [("y\n", True), (" YES \n", True), ("是\n", True), ("n\n", False), ("\n", False), ("", False)],
)
def test_only_a_clear_yes_is_one(monkeypatch: pytest.MonkeyPatch, typed: str, is_yes: bool) -> None:
    shown = Stream()
    monkeypatch.setattr(sys, "stdin", Stream(typed))
    monkeypatch.setattr(sys, "stderr", shown)
    assert agrees("It is so.", "Well? ") is is_yes
    assert shown.getvalue() == "It is so.\nWell? "


@pytest.mark.parametrize("deaf", ["stdin", "stderr"])
def test_nobody_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch, deaf: str) -> None:
    for name in ("stdin", "stderr"):
        monkeypatch.setattr(sys, name, Stream("y\n", is_terminal=name != deaf))
    with pytest.raises(UsageError):
        agrees("Well? ")


def test_what_is_said_after_ctrl_c_has_a_line_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Stream()
    monkeypatch.setattr(sys, "stdin", Interrupted())
    monkeypatch.setattr(sys, "stderr", shown)
    with pytest.raises(KeyboardInterrupt):
        agrees("Well? ")
    assert shown.getvalue() == "Well? \n"
