"""A program that lists devices as libraries of sound do: some crash, some hang."""

import os
import time

from callcoach.hearing.capture.device_list import Found, Look
from callcoach.hearing.process.worker import Orders, Tell, serve


def work(orders: Orders[Look], tell: Tell) -> None:
    """Answer as the library does that is asked for."""
    order = orders.take(None)
    assert order is not None
    match order.library:
        case "crashes":
            os.abort()
        case "hangs":
            time.sleep(600)
        case name:
            tell(Found(name))


if __name__ == "__main__":
    serve(work, Look)
