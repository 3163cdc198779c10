"""What importing a room really loads, looked at in a process of its own."""

import subprocess
import sys

import pytest

FOREIGN = ("textual", "click", "yaml", "sqlite3", "asyncio", "numpy", "sklearn", "re2")


SOUND = ("numpy", "soundfile", "soxr", "sounddevice", "soundcard", "vosk", "sherpa_onnx")
WEB = ("ssl", "http", "urllib.request")


def loaded_by(module: str) -> frozenset[str]:
    """Return the modules, and what they are part of, that importing one loads."""
    told = f"import sys, {module}; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    names = run.stdout.split()
    return frozenset(names) | {name.partition(".")[0] for name in names}


@pytest.mark.parametrize(
    "room",
    ["callcoach.call", "callcoach.call.session", "callcoach.call.learned", "callcoach.practice"],
)
def test_the_core_loads_no_interface_no_files_and_no_store(room: str) -> None:
    loaded = loaded_by(room)
    assert "callcoach" in loaded
    assert loaded.isdisjoint(FOREIGN)


@pytest.mark.parametrize(
    "module",
    [
        "callcoach.hearing.ear",
        "callcoach.hearing.supervised",
        "callcoach.hearing.listener",
        "callcoach.cli.hearing.ears",
        "callcoach.cli.listen.command",
    ],
)
def test_what_hears_a_call_leaves_sound_to_its_children_and_the_web_alone(module: str) -> None:
    assert loaded_by(module).isdisjoint((*SOUND, *WEB))
