"""The program of the process that lists the devices of this machine, by one library."""

from callcoach.errors import AudioError
from callcoach.hearing.capture.device_list import Found, Look
from callcoach.hearing.capture.load import load_host
from callcoach.hearing.process.worker import Orders, Tell, serve
from callcoach.hearing.signs import troubled_by


def work(orders: Orders[Look], tell: Tell) -> None:
    """Answer what is asked for."""
    while (order := orders.take(None)) is not None:
        try:
            devices = tuple(one.listed for one in load_host(order.library).inputs())
        except AudioError as error:
            tell(Found(order.library, (), troubled_by(error)))
        else:
            tell(Found(order.library, devices))


if __name__ == "__main__":
    serve(work, Look)
