"""The program of the process that takes sound; it knows nothing of the call.

It runs as `python -m callcoach.hearing.capture.worker`; see `messages` for its orders and reports.
"""

from typing import TYPE_CHECKING

from callcoach.errors import CallcoachError
from callcoach.hearing.capture.messages import EndFeed, Feed, Keep, Open, Order, Pause, Resume
from callcoach.hearing.capture.source import missing
from callcoach.hearing.process.worker import Orders, Tell, serve
from callcoach.hearing.signs import troubled_by

if TYPE_CHECKING:
    from callcoach.hearing.capture.taking import Taking

STUCK_AFTER = 15.0
"""Seconds that an order may take, however many calls of libraries it needs: see `answering`."""


def work(orders: Orders[Order], tell: Tell) -> None:
    """Take sound as it is ordered, until the orders are over."""
    taking: Taking | None = None
    keep: Keep | None = None
    while not orders.is_over:
        try:
            match orders.take(None):
                case Open() as order:
                    if taking:
                        taking.close()
                    taking = None
                    taking = _open(order, keep, tell)
                case Keep() as order:
                    keep = order
                    if taking:
                        taking.keep = order
                case Pause() if taking:
                    taking.pause()
                case Resume() if taking:
                    taking.resume()
                case Feed() as fed if taking:
                    taking.feed(fed.pcm, fed.at)
                case EndFeed() if taking:
                    taking.end_feed()
                case _:
                    pass  # nothing is open, or it was only waited
        except CallcoachError as error:
            tell(troubled_by(error))
    if taking:
        taking.close()


def _open(order: Open, keep: Keep | None, tell: Tell) -> "Taking":
    """Return what takes the sound; raises `AudioError`."""
    try:
        # A library that is missing is told, not died of.
        from callcoach.hearing.capture.taking import Taking

        return Taking(order, tell, keep)
    except ImportError as error:
        raise missing(error) from error


if __name__ == "__main__":
    serve(work, Order, stuck_after=STUCK_AFTER)
