"""A command as a process: pipes, colours, full disks, interruptions; never a traceback."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.home import Home

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals and signals are POSIX's")
DEADLINE = 20.0


def in_terminal(home: Home, *words: str) -> str:
    """Return what a command prints on a terminal."""
    import pty

    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "callcoach", *words],
        env={**home.variables(), "TERM": "xterm-256color"},
        cwd=home.desk,
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    printed = b""
    try:
        while piece := os.read(master, 65536):
            printed += piece
    except OSError:  # the other end has been closed
        pass
    process.wait(DEADLINE)
    os.close(master)
    return printed.decode("utf-8")


def test_colours_on_a_terminal_only_and_never_with_no_color(home: Home) -> None:
    home.run("script", "new", "survey", "--dir", ".")
    head = home.desk / "survey" / "pack.yaml"
    head.write_text(head.read_text("utf-8") + "\nbogus: 1\n", "utf-8")
    words = ("script", "check", "./survey")
    assert "\x1b[31m" in in_terminal(home, *words)
    assert "\x1b[" not in home.spawn(*words).stdout
    assert "\x1b[31m" in in_terminal(home, "shwo")
    assert "\x1b[" not in home.spawn("shwo").stderr
    home.environment["NO_COLOR"] = "1"
    assert "\x1b[" not in in_terminal(home, *words)
    assert "\x1b[" not in in_terminal(home, "shwo")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
@pytest.mark.parametrize("words", [("--help",), ("--version",), ("script", "list")], ids=" ".join)
def test_an_output_that_takes_nothing_is_told(home: Home, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = home.spawn(*words, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr.startswith("callcoach: the output cannot be written")
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_leaves_is_no_error_to_tell(home: Home) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "callcoach", "demo"],
        env=home.variables(),
        cwd=home.desk,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(DEADLINE) == 141, "as a shell has it for SIGPIPE"


def test_an_interrupted_call_is_kept_and_says_130(home: Home) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "callcoach", "call", "courtesy", "--line-mode"],
        env={**home.variables(), "PYTHONUNBUFFERED": "1"},
        cwd=home.desk,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("note here\n")
    process.stdin.flush()
    began = time.monotonic()
    while "note written" not in process.stdout.readline():
        assert time.monotonic() - began < DEADLINE
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=DEADLINE)
    assert process.returncode == 130
    assert "callcoach call --resume last" in out
    assert err == ""
    assert len(home.run("calls", "--json").json) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "\udcff"), 2),
        (("\udcff",), 2),
        (("replay", "\udcff.json"), 1),
        (("script", "check", "\x1b[31mred"), 1),
    ],
)
def test_strange_bytes_are_told_and_cannot_speak_to_the_terminal(
    home: Home, words: tuple[str, ...], code: int
) -> None:
    home.make_call("quit\n")
    done = home.spawn(*words)
    assert done.returncode == code
    assert done.stderr.startswith("callcoach: ")
    assert "\x1b" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", [("calls",), ("demo",), ("doctor",), ("script", "list")])
def test_a_home_that_cannot_be_written_is_no_crash(home: Home, words: tuple[str, ...]) -> None:
    home.environment["HOME"] = "/proc/nowhere"
    done = home.spawn(*words)
    assert done.returncode == (1 if words == ("doctor",) else 0), done.stderr
    assert "Traceback" not in done.stderr


def test_an_encoding_without_the_signs_still_prints(home: Home) -> None:
    home.environment["PYTHONIOENCODING"] = "latin-1"
    done = home.spawn("demo", capture_output=False, stdout=subprocess.DEVNULL)
    assert done.returncode == 0


def test_a_folder_that_is_gone_is_told(home: Home) -> None:
    home.make_call("quit\n")
    program = (
        "import os, sys\n"
        "os.rmdir(os.getcwd())\n"
        "from callcoach.cli import main\n"
        "main(['export', 'last'])\n"
    )
    gone = home.path / "gone"
    gone.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=home.variables(),
        cwd=gone,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode in (1, 3)
    assert done.stderr.startswith("callcoach: ")
    assert "bug" not in done.stderr
