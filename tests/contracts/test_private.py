"""What customers say stays in the journal: no log, no crash file and no error message holds it."""

import ast
from pathlib import Path

import pytest

from callcoach.cli.crash import report_crash
from callcoach.locale import Messages

SOURCE = Path(__file__).parents[2] / "src" / "callcoach"
LOGS = frozenset(("logging", "loguru", "structlog", "syslog"))
SOURCES: dict[str, str] = {}
SAID = "my name is Okonkwo, 4111 1111 1111 1111"


def _imported(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def test_the_rooms_that_handle_words_have_no_log() -> None:
    rooms = ("words", "script", "call", "practice", "archive")
    files = [file for room in rooms for file in (SOURCE / room).rglob("*.py")]
    assert files
    assert not [file.name for file in files if _imported(file) & LOGS]


def _crash() -> None:
    customer = SAID
    try:
        SOURCES[customer]
    except KeyError as cause:
        raise RuntimeError(f"cannot read {customer!r}") from cause


def test_a_crash_tells_places_and_never_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path)
    with pytest.raises(RuntimeError) as caught:
        _crash()
    told = report_crash(caught.value, Messages("en"))
    (file,) = (tmp_path / "crashes").iterdir()
    kept = file.read_text(encoding="utf-8")
    assert "in _crash" in kept
    assert "KeyError" in kept
    assert not [part for part in ("Okonkwo", "4111") if part in kept or part in told]
