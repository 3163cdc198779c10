"""An inbox is bounded, keeps the order, and lets everybody go when it closes."""

import threading
from functools import partial

from callcoach.hearing.process.inbox import Inbox
from tests.hearing.process.waiting import wait_for


def test_acts_are_taken_in_order() -> None:
    inbox, done = Inbox(), list[int]()
    for number in range(3):
        inbox.put(partial(done.append, number))
    while act := inbox.take(0):
        act()
    assert done == [0, 1, 2]


def test_who_puts_too_much_waits_until_something_is_taken() -> None:
    inbox, put = Inbox(most=2), list[int]()

    def fill() -> None:
        for number in range(5):
            inbox.put(lambda: None)
            put.append(number)

    thread = threading.Thread(target=fill)
    thread.start()
    wait_for(lambda: len(put) == 2, "two are put")
    assert thread.is_alive()
    inbox.put(lambda: None, is_urgent=True)
    for _ in range(6):
        assert inbox.take(30) is not None
    thread.join()
    assert inbox.take(0) is None


def test_nobody_waits_when_it_is_closed() -> None:
    inbox = Inbox(most=0)
    thread = threading.Thread(target=inbox.put, args=(lambda: None,))
    thread.start()
    inbox.close()
    thread.join()
    inbox.put(lambda: None)
    assert inbox.take(0) is None
