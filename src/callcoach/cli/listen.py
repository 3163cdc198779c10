"""callcoach listen: live captions, and the cues and flags in what is said, without a script."""

from __future__ import annotations

import queue
import sys
import time
from typing import TYPE_CHECKING

import click

from callcoach.call.inputs import FOLLOW, EndCall
from callcoach.call.live import LiveCall
from callcoach.cli.answer import json_option
from callcoach.cli.audio import MIC, read_audio
from callcoach.cli.audio_options import FASTEST, SLOWEST
from callcoach.cli.call_clock import SoundClock
from callcoach.cli.group import Command
from callcoach.cli.workplace import Workplace
from callcoach.errors import AudioError, UsageError
from callcoach.hearing.listener import Listener, Told
from callcoach.hearing.models.language import LANGUAGES
from callcoach.hearing.signs import Opened, Over, Trouble, Troubled
from callcoach.hearing.status import Condition
from callcoach.locale import mark
from callcoach.settings import Origin

if TYPE_CHECKING:
    from callcoach.cli.listen_tell import Teller

PACK = "courtesy"
"""What is watched for unless the settings or the command line name another pack."""
_TICK = 0.25
"""Seconds after which time passes although nothing is heard."""
_LAST_WORDS = 3.0
"""Seconds that words on their way are waited for at the end."""


@click.command(
    "listen",
    cls=Command,
    help=mark(
        "Print what is said while it is said, and what a pack watches for: what must never be"
        " said, and what is to be said at once. No script is followed. It listens from the moment"
        " you start it: see to it that everybody on the call has agreed. Nothing is kept unless"
        " you add --save; Ctrl-C ends it."
    ),
    epilog="""
callcoach listen
callcoach listen call.wav --pack overdue --speed 4
callcoach listen - --roles agent --rate 8000 --json < samples.raw
""",
)
@click.argument(
    "source",
    required=False,
    metavar="FILE",
    help=mark("A recording, or - for samples of 16 bit on standard input; the microphone if none."),
)
@click.option("--for", "language", type=click.Choice(LANGUAGES), help=mark("A language: zh or en."))
@click.option(
    "--roles", metavar="NAME", help=mark("Who speaks on each channel, such as agent,customer.")
)
@click.option(
    "--speed",
    type=click.FloatRange(SLOWEST, FASTEST),
    default=1.0,
    show_default=True,
    metavar="NUMBER",
    help=mark("How fast a recording is played, times real speed."),
)
@click.option(
    "--rate",
    type=click.IntRange(4000, 192_000),
    metavar="NUMBER",
    help=mark("Samples a second of what has no header; 16000 unless told."),
)
@click.option(
    "--save", is_flag=True, help=mark("Keep it in the journal as a call; never the sound.")
)
@json_option
@click.pass_obj
def listen(
    place: Workplace,
    source: str | None,
    language: str | None,
    roles: str | None,
    speed: float,
    rate: int | None,
    save: bool,
    as_json: bool,
) -> int:
    """Listen until the sound ends or Ctrl-C; return the exit code."""
    from callcoach.cli.desk import Desk
    from callcoach.cli.listen_tell import Captions, JsonLines
    from callcoach.tui.ports import Order

    audio = read_audio(source or MIC, roles, speed, rate, follow=False)
    desk = Desk(place, audio)
    chosen = place.settings.all["pack"]
    pack = PACK if chosen.origin is Origin.DEFAULT else place.settings.text("pack")
    order = Order(pack, "call" if save else "preview", language)
    desk.ears.check(desk.language_of(order))
    clock = SoundClock(speed if audio and audio.is_file else 1.0)
    live = desk.begin(order, clock)
    try:
        teller = (JsonLines if as_json else Captions)(live, place.messages, sys.stdout)
        code = _listen(live, desk.ears.listener(live), teller, clock)
        teller.happened(live.feed(EndCall(by=FOLLOW)))
    finally:
        saving = live.close()
    teller.finish()
    return code if saving.is_durable else 3


def _listen(live: LiveCall, listener: Listener, teller: Teller, clock: SoundClock) -> int:
    """Listen until the sound ends, it cannot go on, or Ctrl-C; return the exit code."""
    came: queue.SimpleQueue[Told | None] = queue.SimpleQueue()
    is_wanted, code = True, 0
    try:
        teller.happened(listener.start(came.put))
        if listener.status.condition is Condition.WAITING:
            teller.happened(listener.turn())
        is_wanted = listener.is_listening
        if is_wanted:
            code = _go_on(live, listener, teller, clock, came)
    except KeyboardInterrupt:
        pass  # the usual end
    listener.finish(lambda: came.put(None))
    until = time.monotonic() + _LAST_WORDS
    while (told := _next(came, until - time.monotonic())) is not None:
        _take(listener, told, teller)
    if not is_wanted:
        raise UsageError(
            "listening is switched off in the settings", "callcoach config set listen script"
        )
    return code


def _go_on(
    live: LiveCall,
    listener: Listener,
    teller: Teller,
    clock: SoundClock,
    came: queue.SimpleQueue[Told | None],
) -> int:
    """Take what comes until the sound ends or cannot go on; return the exit code."""
    ticked = time.monotonic()
    while True:
        if (told := _next(came, _TICK)) is not None:
            sign = told.sign
            if isinstance(sign, Opened):
                clock.start()
            _take(listener, told, teller)
            if isinstance(sign, Over):
                return 0
            if isinstance(sign, Troubled) and sign.what is Trouble.FAILED:
                return AudioError.exit_code
        if time.monotonic() - ticked >= _TICK:
            ticked = time.monotonic()
            teller.happened(live.tick())
            teller.happened(listener.consult())


def _take(listener: Listener, told: Told, teller: Teller) -> None:
    events = listener.take(told)
    if isinstance(told.sign, Troubled) and told.sign.reason:
        teller.trouble(told.sign.told)
    teller.happened(events)
    teller.saying(listener.status.voices)


def _next(came: queue.SimpleQueue[Told | None], seconds: float) -> Told | None:
    try:
        return came.get(timeout=max(seconds, 0.0))
    except queue.Empty:
        return None
