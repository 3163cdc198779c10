"""What importing a room really loads, looked at in a process of its own."""

import subprocess
import sys

import pytest

FOREIGN = ("textual", "click", "yaml", "sqlite3", "asyncio", "numpy", "sklearn", "re2")


@pytest.mark.parametrize(
    "room",
    ["callcoach.call", "callcoach.call.session", "callcoach.call.learned", "callcoach.practice"],
)
def test_the_core_loads_no_interface_no_files_and_no_store(room: str) -> None:
    told = f"import sys, {room}; print(*sorted(sys.modules))"
    run = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert "callcoach" in loaded
    assert loaded.isdisjoint(FOREIGN)
