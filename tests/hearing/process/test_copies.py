"""A copy of this process is a worker like any other: it answers, ends, and can be ended."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.process.copies import Copy, can_copy, make_copies
from callcoach.hearing.process.worker import FAILED, Orders, Tell, serve
from tests.hearing.process.odd_worker import Did, Do, work
from tests.hearing.process.waiting import is_gone, wait_for

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes")


def copied(tmp_path: Path, count: int = 1) -> list[Copy]:
    return make_copies(count, lambda: serve(work, Do), tmp_path / "log")


def talk(copy: Copy, *orders: Do) -> list[Did | Ended]:
    """Return what a copy reports, which ends when it has done what it was asked."""
    got: list[Did | Ended] = []
    child = Child("no.such.program", Did, got.append, None, copy)
    for order in orders:
        child.send(order)
    child.close()
    wait_for(lambda: got and isinstance(got[-1], Ended), "the end is told")
    assert is_gone(copy.pid)
    return got


def test_copies_do_what_they_are_told_each_by_itself(tmp_path: Path) -> None:
    for number, copy in enumerate(copied(tmp_path, 3)):
        assert talk(copy, Do("echo", str(number))) == [Did(str(number)), Ended(0)]


def test_a_copy_has_what_was_made_ready_and_no_open_file(tmp_path: Path) -> None:
    ready = {"words": "made before"}
    held = (tmp_path / "held").resolve()

    def show(orders: Orders[Do], tell: Tell) -> None:
        orders.take(None)
        tell(Did(ready["words"]))
        tell(Did(str(held in [it.resolve() for it in Path("/proc/self/fd").iterdir()])))

    with held.open("w"):
        (copy,) = make_copies(1, lambda: serve(show, Do), None)
        assert talk(copy, Do("show"))[:2] == [Did("made before"), Did("False")]


@pytest.mark.parametrize(("deed", "code"), [("raise", FAILED), ("crash", -11)])
def test_how_a_copy_ends_is_told(deed: str, code: int, tmp_path: Path) -> None:
    (copy,) = copied(tmp_path)
    assert talk(copy, Do(deed))[-1] == Ended(code)


def test_a_copy_that_hangs_is_ended(tmp_path: Path) -> None:
    (copy,) = copied(tmp_path)
    with pytest.raises(subprocess.TimeoutExpired):
        copy.wait(0.05)
    copy.kill()
    assert copy.wait() == -9
    copy.kill()  # its number may be another's by now
    assert copy.wait(0.0) == -9
    copy.stdin.close()
    copy.stdout.close()


def test_a_process_with_threads_is_not_copied() -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    assert not can_copy()
    over.set()
    thread.join()


def test_a_process_with_one_thread_can_be_copied() -> None:
    told = "from callcoach.hearing.process.copies import can_copy; print(can_copy())"
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    run = subprocess.run(
        [sys.executable, "-c", told], env=os.environ | paths, capture_output=True, check=True
    )
    assert run.stdout.split() == [b"True"]
