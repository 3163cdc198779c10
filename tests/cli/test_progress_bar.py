"""A bar is drawn where somebody can see it, and leaves nothing behind."""

from io import StringIO

import pytest

from callcoach.cli.progress_bar import ProgressBar


class Screen(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_bar_fills_one_line_and_goes_without_trace(
    share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    screen = Screen()
    bar = ProgressBar(screen)
    bar.draw("3/6", share, "剩余 0:10")
    drawn = screen.getvalue()
    assert drawn.startswith("\r3/6 [")
    assert drawn.count("#") == 24 * share
    assert drawn.count("#") + drawn.count(".") == 24
    assert "\n" not in drawn
    bar.clear()
    assert screen.getvalue() == f"{drawn}\r{' ' * 49}\r"
    bar.clear()
    assert screen.getvalue().endswith(f"{' ' * 49}\r")


def test_nothing_is_written_to_a_file() -> None:
    out = StringIO()
    bar = ProgressBar(out)
    bar.draw("3/6", 0.5, "")
    bar.clear()
    assert out.getvalue() == ""


def test_a_bar_that_is_left_stands_and_the_next_begins_below() -> None:
    screen = Screen()
    bar = ProgressBar(screen)
    bar.leave()
    bar.draw("1/2", 1.0, "")
    bar.leave()
    bar.leave()
    bar.clear()
    assert screen.getvalue().startswith("\r1/2 [")
    assert screen.getvalue().count("\n") == 1
    assert screen.getvalue().endswith("\n")
