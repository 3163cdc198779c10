"""The options of the commands that listen: what to, from when on, and whether to follow it."""

import click

from callcoach.cli.arguments import Number, all_of
from callcoach.locale import mark

SLOWEST, FASTEST = 0.1, 50.0
"""Speeds at which a file can be played."""


audio_options = all_of(
    click.option(
        "--audio",
        metavar="mic|FILE|-",
        help=mark(
            "What to listen to: the microphone and the far side, a recording that is played as if"
            " it were one, or samples of 16 bit on standard input."
        ),
    ),
    click.option(
        "--roles",
        metavar="NAME,NAME",
        help=mark("Who speaks on each channel, such as agent,customer."),
    ),
    click.option(
        "--speed",
        type=Number(SLOWEST, FASTEST),
        metavar="NUMBER",
        default=1.0,
        show_default=True,
        help=mark("How fast a recording is played, times real speed."),
    ),
    click.option(
        "--rate",
        type=click.IntRange(4000, 192_000),
        metavar="NUMBER",
        help=mark("Samples a second of what has no header; 16000 unless told."),
    ),
    click.option(
        "--follow/--no-follow",
        default=None,
        help=mark("Go on in the script by what was heard, or only by hand."),
    ),
)
