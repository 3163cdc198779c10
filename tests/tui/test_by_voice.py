"""A recording, played as a microphone into the real recogniser, drives the screens by voice."""

from pathlib import Path

import pytest

from callcoach.archive.journal import Journal
from callcoach.call.captured import CaptureStarted, CaptureStopped
from callcoach.call.events import (
    CallEnded,
    CueHeard,
    ExitTaken,
    FlagCleared,
    FlagRaised,
    Heard,
    Jumped,
    StepEntered,
)
from callcoach.locale import Messages
from callcoach.script.model import FlagKind
from tests.tui.spoken_call import CALLS, recorded
from tests.tui.terminal import Terminal

MODELS = {"CALLCOACH_SPEECH": "en=tiny-en;zh=tiny-zh"}
WALKED = ["greeting", "notice", "moment", "matter", "more_help", "goodbye"]
"""The steps of the shipped pack, in order."""
CASES = {
    "en": ("Threat", "have a good day goodbye", "Done (DONE)"),
    "zh": ("侮辱或粗话", "祝您生活愉快再见", "完成"),
}
"""The flag, words of the last step and the outcome, by language."""


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for recordings."""
    return tmp_path_factory.mktemp("spoken")


@pytest.mark.parametrize("language", CASES)
def test_a_call_is_walked_and_judged_by_voice_alone(
    tmp_path: Path, sounds: Path, language: str
) -> None:
    flag, last, outcome = CASES[language]
    recording = recorded(language, sounds)
    words = ("call", "courtesy", "--language", language, "--audio", str(recording))
    tour = tmp_path / "state" / "callcoach" / "tour-seen"
    tour.parent.mkdir(parents=True)
    tour.touch()
    with Terminal(tmp_path, *words, "--speed", "4", size=(100, 40), environment=MODELS) as terminal:
        terminal.wait_for("▮")  # a voice is heard
        terminal.wait_for(flag)
        terminal.wait_for(last)
        terminal.wait_for(Messages(language).say("The recording is over"))
        assert "✗" not in terminal.text()
        terminal.press("f10")
        terminal.wait_for(outcome)
        terminal.press("escape")
        assert terminal.wait_end() == 0
    with Journal(tmp_path / "data" / "callcoach" / "journal.db") as journal:
        (call,) = journal.calls(1)
        events = journal.events(call.id)
    heard = [event for event in events if isinstance(event, Heard)]
    assert [event.source for event in heard] == ["speech"] * len(CALLS[language])
    (raised,) = (event for event in events if isinstance(event, FlagRaised))
    (cleared,) = (event for event in events if isinstance(event, FlagCleared))
    assert raised.what is FlagKind.FORBIDDEN
    assert (cleared.flag, cleared.by) == (raised.flag, "repaired")
    entered = [event.step for event in events if isinstance(event, StepEntered)]
    assert entered == [f"courtesy.{step}" for step in WALKED]
    moves = [event for event in events if isinstance(event, ExitTaken | Jumped)]
    assert [event.by for event in moves] == ["follow"] * (len(WALKED) - 1)
    assert sum(isinstance(event, CaptureStarted) for event in events) == 1
    stopped = [str(event.reason) for event in events if isinstance(event, CaptureStopped)]
    assert stopped == ["over", "ended"]
    ended = next(event.seq for event in events if isinstance(event, CallEnded))
    assert all(isinstance(event, CueHeard) for event in events if event.seq > ended)
