"""A worker that does what it is told, right or wrong."""

import os
import signal
import sys
import threading
import time

import msgspec

from callcoach.hearing.process.worker import Orders, Tell, serve


class Do(msgspec.Struct, frozen=True, tag="do"):
    """What to do, as `_DEEDS` has it."""

    what: str
    text: str = ""


class Did(msgspec.Struct, frozen=True, tag="did"):
    """It was done."""

    text: str


def work(orders: Orders[Do], tell: Tell) -> None:
    while not orders.is_over:
        order = orders.take(None)
        if order is not None:
            do(order, tell)


def do(order: Do, tell: Tell) -> None:
    match order.what:
        case "echo":
            tell(Did(order.text))
        case "count":
            for number in range(int(order.text)):
                tell(Did(str(number)))
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "raise":
            raise ValueError(order.text)
        case "raise in a thread":
            threading.Thread(target=lambda: 1 / 0).start()
        case "hang":
            time.sleep(3600)
        case "stop":
            os.kill(os.getpid(), signal.SIGSTOP)
        case "print":
            os.write(1, order.text.encode())
            sys.stdout.write(order.text)
            sys.stdout.flush()
            os.write(2, order.text.encode())
            tell(Did("printed"))
        case "write":
            # As a library would that had got hold of the pipe.
            for number in range(3, 10):
                try:
                    os.write(number, bytes.fromhex(order.text))
                except OSError:
                    continue
        case "read":
            tell(Did(str(len(sys.stdin.read()))))
        case _:
            raise AssertionError(order)


if __name__ == "__main__":
    serve(work, Do, stuck_after=0.5)
