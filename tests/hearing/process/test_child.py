"""A child does what it is told, and whatever it does wrong is told and ended."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.process.worker import FAILED
from tests.hearing.process.odd_worker import Did, Do
from tests.hearing.process.waiting import is_gone, wait_for

PROGRAM = "tests.hearing.process.odd_worker"


class Talk:
    """A child, and everything that it reported."""

    def __init__(self, log: Path | None = None, room: threading.Event | None = None) -> None:
        self.got: list[Did | Ended] = []
        self._room = room
        self.child = Child(PROGRAM, Did, self._receive, log)

    def _receive(self, report: Did | Ended) -> None:
        if self._room and isinstance(report, Did):
            self._room.wait()
        self.got.append(report)

    def end(self) -> Ended:
        """Return how it ended, once it has."""
        wait_for(lambda: self.got and isinstance(self.got[-1], Ended), "the end is told")
        last = self.got[-1]
        assert isinstance(last, Ended)
        assert is_gone(self.child.id)
        return last


def test_orders_are_done_in_order_and_the_end_is_the_last_that_is_told() -> None:
    talk = Talk()
    for number in range(100):
        talk.child.send(Do("echo", str(number)))
    talk.child.close()
    assert talk.end() == Ended(0)
    assert talk.got[:-1] == [Did(str(number)) for number in range(100)]


def test_what_is_printed_does_not_come_between(tmp_path: Path) -> None:
    log = tmp_path / "log"
    talk = Talk(log)
    talk.child.send(Do("print", "LOG (native) "))
    talk.child.close()
    talk.end()
    assert talk.got[:-1] == [Did("printed")]
    assert "LOG (native)" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_the_log_is_bounded(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(bytes(3 << 20))
    talk = Talk(log)
    wait_for(lambda: log.stat().st_size < 1 << 20, "it is cut when a child starts")
    talk.child.send(Do("print", "x" * (700 << 10)))
    wait_for(lambda: Did("printed") in talk.got, "it printed")
    wait_for(lambda: log.stat().st_size < 1 << 20, "and while one runs")
    talk.child.kill()
    talk.end()


def test_an_error_is_logged_where_it_was_raised_but_not_what_it_says(tmp_path: Path) -> None:
    log = tmp_path / "log"
    talk = Talk(log)
    talk.child.send(Do("raise", "what the customer said"))
    assert talk.end() == Ended(FAILED)
    assert "odd_worker" in log.read_text()
    assert "ValueError" in log.read_text()
    assert "customer" not in log.read_text()


def test_an_error_in_a_thread_ends_it() -> None:
    talk = Talk()
    talk.child.send(Do("raise in a thread"))
    assert talk.end() == Ended(FAILED)


def test_a_crash_is_told_with_its_signal() -> None:
    talk = Talk()
    talk.child.send(Do("crash"))
    assert talk.end() == Ended(-signal.SIGSEGV)


@pytest.mark.parametrize("bytes_", ["ff" * 8, "03000000" + "c1c1c1", "02000000" + "8080"])
def test_what_is_no_message_ends_it(bytes_: str) -> None:
    talk = Talk()
    talk.child.send(Do("write", bytes_))
    assert talk.end().is_broken


def test_one_that_breaks_off_within_a_message_ends() -> None:
    talk = Talk()
    talk.child.send(Do("write", "10000000aa"))
    talk.child.send(Do("crash"))
    assert talk.end().code != 0


@pytest.mark.parametrize("what", ["hang", "stop"])
def test_one_that_hangs_falls_silent_and_can_be_ended(what: str) -> None:
    talk = Talk()
    wait_for(lambda: talk.child.has_begun, "a sign of life")
    talk.child.send(Do(what))
    wait_for(lambda: talk.child.silence > 1.5, "it is silent")
    talk.child.kill()
    assert talk.end() == Ended(-signal.SIGKILL)


def test_one_that_has_nothing_to_do_gives_signs_of_life() -> None:
    talk = Talk()
    for _ in range(3):
        wait_for(lambda: talk.child.silence > 0.1, "some time passes")
        wait_for(lambda: talk.child.silence < 0.1, "another sign")
    talk.child.kill()
    talk.end()


def test_one_that_hangs_ends_when_nothing_more_is_wanted() -> None:
    talk = Talk()
    talk.child.send(Do("hang"))
    talk.child.close()
    assert talk.end().code == 0


def test_it_waits_while_nobody_takes_what_it_tells() -> None:
    room = threading.Event()
    talk = Talk(room=room)
    talk.child.send(Do("count", "20000"))
    wait_for(lambda: talk.child.silence == 0.0, "it is not waited for")
    assert talk.got == []
    room.set()
    talk.child.close()
    assert talk.end() == Ended(0)
    assert len(talk.got) == 20_001


def test_too_many_orders_are_refused() -> None:
    talk = Talk()
    talk.child.send(Do("hang"))
    big = Do("echo", "x" * 100_000)
    while talk.child.send(big):
        pass
    talk.child.kill()
    talk.end()


def test_keys_meant_for_the_parent_do_not_reach_it() -> None:
    talk = Talk()
    wait_for(lambda: talk.child.has_begun, "a sign of life")
    os.kill(talk.child.id, signal.SIGINT)
    talk.child.send(Do("echo", "still here"))
    talk.child.close()
    assert talk.end() == Ended(0)
    assert talk.got[0] == Did("still here")


def test_it_reads_nothing_that_is_meant_for_the_parent() -> None:
    talk = Talk()
    talk.child.send(Do("read"))
    talk.child.send(Do("echo", "x"))
    talk.child.close()
    talk.end()
    assert talk.got[:-1] == [Did("0"), Did("x")]


@pytest.mark.parametrize("what", ["echo", "hang", "stop"])
def test_it_ends_with_its_parent(what: str) -> None:
    words = [sys.executable, "-m", "tests.hearing.process.orphan", what]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert not is_gone(child)
        parent.kill()
    wait_for(lambda: is_gone(child), "the child is gone")


def test_nothing_is_left_of_it() -> None:
    def left() -> tuple[int, int]:
        return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))

    before = left()
    for _ in range(3):
        talk = Talk()
        talk.child.kill()
        talk.end()
    del talk
    wait_for(lambda: left() == before, "threads and files are as before")
