"""A child that dies is replaced at once, some times; then every few seconds."""

import os
import signal
import threading
from functools import partial

from callcoach.hearing.process.child import Ended
from callcoach.hearing.process.upheld import Upheld
from tests.hearing.process.odd_worker import Did, Do
from tests.hearing.process.waiting import wait_for

PROGRAM = "tests.hearing.process.odd_worker"


def test_it_is_patient_with_one_that_dies_again_and_again() -> None:
    upheld = Upheld[Did](PROGRAM, Did, lambda _number, _report: None)
    for _ in range(3):
        upheld.lose(100.0)
        assert upheld.is_due(100.1)
    upheld.lose(100.0)
    assert not upheld.is_due(104.9)
    assert upheld.is_due(105.0)
    upheld.serves()
    upheld.lose(200.0)
    assert upheld.is_due(200.1)
    upheld.stop()
    assert not upheld.is_due(1e9)


def test_each_child_has_its_number_and_reports_by_it() -> None:
    got: list[tuple[int, Did | Ended]] = []
    upheld = Upheld[Did](PROGRAM, Did, lambda number, report: got.append((number, report)))
    for number in (1, 2):
        assert upheld.start(0.0)
        assert upheld.send(Do("echo", str(number)))
        answer = number, Did(str(number))
        wait_for(partial(got.__contains__, answer), "it answers")
        upheld.lose(0.0)
        assert not upheld.is_running
        assert not upheld.send(Do("echo"))
    wait_for(lambda: sum(isinstance(one, Ended) for _, one in got) == 2, "both are gone")
    assert upheld.id is None


def test_one_that_cannot_be_started_is_due_again() -> None:
    gone = threading.Event()
    upheld = Upheld[Did]("no.such.module", Did, lambda _number, _report: gone.set())
    upheld.start(0.0)
    assert gone.wait(30)
    upheld.lose(0.0)
    assert upheld.is_due(1.0)


def test_one_that_stands_still_hangs() -> None:
    upheld = Upheld[Did](PROGRAM, Did, lambda _number, _report: None, patience=1.0)
    upheld.start(0.0)
    wait_for(lambda: upheld.has_begun, "a sign of life")
    assert upheld.id is not None
    os.kill(upheld.id, signal.SIGSTOP)
    wait_for(upheld.hangs, "it is silent")
    upheld.stop()
    assert not upheld.hangs()
