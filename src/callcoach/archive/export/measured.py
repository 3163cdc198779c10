"""Tells which times of a call somebody measured."""

from callcoach.call.events import Heard
from callcoach.call.metrics import MEASURED


def is_measured(said: Heard) -> bool:
    """Tell whether somebody measured when words were said; else it is not told when they ended."""
    return said.source in MEASURED and 0 <= said.start < said.end
