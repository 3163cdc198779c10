"""A process that dies of whatever it is to open."""

import os
import signal

from callcoach.hearing.process.worker import Orders, Tell, serve
from callcoach.hearing.sound import Recording


def work(orders: Orders[Recording], _tell: Tell) -> None:
    orders.take(None)
    os.kill(os.getpid(), signal.SIGSEGV)


if __name__ == "__main__":
    serve(work, Recording)
