"""Says that a pack is being made ready where that keeps somebody waiting at a terminal."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import click

from callcoach.locale import Messages
from callcoach.words.display import display

PATIENCE = 1.0
"""Seconds without a word: a pack that was made ready before takes less."""


@contextmanager
def getting_ready(
    pack: str, messages: Messages, *, is_silent: bool = False, patience: float = PATIENCE
) -> Iterator[None]:
    """Say what is waited for once `patience` seconds have passed; never where `is_silent`."""
    if is_silent or not sys.stderr.isatty():
        yield
        return
    told = messages.say("Getting {pack} ready; the first time takes longest…", pack=pack)
    timer = threading.Timer(patience, click.echo, (display(told),), {"err": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
