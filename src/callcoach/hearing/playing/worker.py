"""The program of the process that plays sound; it knows nothing of the call.

It runs as `python -m callcoach.hearing.playing.worker`; see `messages` for orders and reports.
"""

from callcoach.errors import CallcoachError
from callcoach.hearing.capture.source import missing
from callcoach.hearing.playing.messages import Order, Play, Played, Playing
from callcoach.hearing.process.worker import Orders, Tell, serve
from callcoach.hearing.signs import troubled_by

STUCK_AFTER = 15.0
"""Seconds that an order may take, however many calls of libraries it needs."""


def work(orders: Orders[Order], tell: Tell) -> None:
    """Play what is ordered, until the orders are over."""
    order: Order | None = None
    while not orders.is_over:
        order = order or orders.take(None)
        if not isinstance(order, Play):
            order = None
            continue
        try:
            order = _play(order, orders, tell)
        except CallcoachError as error:
            tell(troubled_by(error))
            order = None


def _play(play: Play, orders: Orders[Order], tell: Tell) -> Order | None:
    """Play until the end or the next order, and return that; raises `AudioError`."""
    try:
        # A library that is missing is told, not died of.
        from callcoach.hearing.capture.faster import Faster
        from callcoach.hearing.capture.loudspeaker import Loudspeaker
        from callcoach.hearing.capture.mixing import mixed
    except ImportError as error:
        raise missing(error) from error
    except OSError as error:  # PortAudio itself
        raise missing(ImportError(name="libportaudio")) from error
    faster = Faster(play.speed)
    with Loudspeaker() as loudspeaker:
        for at, samples in mixed(play.parts, play.at):
            loudspeaker.play(faster.take(samples))
            tell(Playing(play.number, max(at - loudspeaker.late * play.speed, play.at)))
            following = orders.take(0.0)
            if following is not None or orders.is_over:
                return following
        loudspeaker.finish()
    tell(Played(play.number))
    return None


if __name__ == "__main__":
    serve(work, Order, stuck_after=STUCK_AFTER)
