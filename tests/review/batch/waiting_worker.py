"""The program of a batch, which writes down the first part and then does nothing for ever."""

import threading

from callcoach.cli.review_batch_worker import work
from callcoach.hearing.process.worker import serve
from callcoach.review.batch.messages import Order
from callcoach.review.batch.part import Part
from callcoach.review.batch.results import Results

_WRITE = Results.write


def _write(results: Results, number: int, part: Part) -> None:
    if number:
        threading.Event().wait()
    _WRITE(results, number, part)


if __name__ == "__main__":
    Results.write = _write  # type: ignore[method-assign, assignment]  # a slow disk
    serve(work, Order)
