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
from callcoach.cli.arguments import Number
from callcoach.cli.call_clock import SoundClock
from callcoach.cli.getting_ready import getting_ready
from callcoach.cli.group import Command
from callcoach.cli.hearing.audio import MIC, Audio, read_audio
from callcoach.cli.hearing.options import FASTEST, SLOWEST
from callcoach.cli.workplace import Workplace
from callcoach.errors import AudioError, CallcoachError, UsageError
from callcoach.hearing.listener import Listener, Told
from callcoach.hearing.live.status import Condition
from callcoach.hearing.models.language import LANGUAGES
from callcoach.hearing.signs import Opened, Over, Trouble, Troubled
from callcoach.locale import mark
from callcoach.settings import Origin

if TYPE_CHECKING:
    from callcoach.cli.desk import Desk
    from callcoach.cli.listen.tell import Teller
    from callcoach.tui.ports import Order

PACK = "courtesy"
"""What is watched for unless the settings or the command line name another pack."""
INTERRUPTED = 130
"""The exit code where it was ended before it listened."""
_TICK = 0.25
"""Seconds after which time passes although nothing is heard."""
_LAST_WORDS = 3.0
"""Seconds that words on their way are waited for at the end."""


@click.command(
    "listen",
    cls=Command,
    help=mark(
        "Print what is said while it is said, and what a pack watches for: what must never be"
        " said, and what is to be said at once. No script is followed. Before the microphone opens"
        " you are asked whether everybody on the call has agreed. Nothing is kept unless you add"
        " --save; Ctrl-C ends it."
    ),
    epilog="""
callcoach listen
callcoach listen --yes --save
callcoach listen call.wav --pack overdue --speed 4
callcoach listen - --roles agent --rate 8000 --json < samples.raw
""",
)
@click.argument(
    "source",
    required=False,
    metavar="[FILE]",
    help=mark("A recording, or - for samples of 16 bit on standard input; the microphone if none."),
)
@click.option("--for", "language", type=click.Choice(LANGUAGES), help=mark("A language: zh or en."))
@click.option(
    "--roles",
    metavar="NAME,NAME",
    help=mark("Who speaks on each channel, such as agent,customer."),
)
@click.option(
    "--speed",
    type=Number(SLOWEST, FASTEST),
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
@click.option("--yes", is_flag=True, help=mark("Do not ask: everybody on the call has agreed."))
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
    yes: bool,
    as_json: bool,
) -> int:
    """Listen until the sound ends or Ctrl-C; return the exit code."""
    audio = read_audio(source or MIC, roles, speed, rate, follow=False, keep="no")
    try:
        code = None if audio is None else _run(place, audio, language, save, yes, as_json)
    except KeyboardInterrupt:
        code = None
    if code is None:
        click.echo(place.messages.say("Ended before it began: nothing was heard."), err=True)
    return INTERRUPTED if code is None else code


def _run(
    place: Workplace, audio: Audio, language: str | None, save: bool, yes: bool, as_json: bool
) -> int | None:
    """Listen, and tell what it came to; return the exit code, None where nothing was heard."""
    from callcoach.cli.desk import Desk
    from callcoach.cli.listen.consent import have_agreed
    from callcoach.cli.listen.tell import Captions, JsonLines
    from callcoach.tui.ports import Order

    desk = Desk(place, audio)
    chosen = place.settings.all["pack"]
    pack = PACK if chosen.origin is Origin.DEFAULT else place.settings.text("pack")
    order = Order(pack, "call" if save else "preview", language)
    desk.ears.check(desk.language_of(order))
    if audio.source == MIC and not (yes or have_agreed(place, is_kept=save)):
        return None
    clock = SoundClock(audio.speed)
    with getting_ready(pack, place.messages, is_silent=as_json):
        live, listener = _begin(desk, order, clock)
    try:
        teller = (JsonLines if as_json else Captions)(live, place.messages, sys.stdout)
        code = _listen(live, listener, teller, clock)
        events = live.feed(EndCall(by=FOLLOW))
    finally:
        saving = live.close()
    if code is not None:
        teller.happened(events)
        teller.finish()
    return code if saving.is_durable else 3


def _begin(desk: Desk, order: Order, clock: SoundClock) -> tuple[LiveCall, Listener]:
    """Begin a call and find what listens to it; where there is nothing, the call is closed."""
    live = desk.begin(order, clock)
    try:
        return live, desk.ears.listener(live)
    except CallcoachError:
        live.close()
        raise


def _listen(live: LiveCall, listener: Listener, teller: Teller, clock: SoundClock) -> int | None:
    """Listen until the sound ends, it cannot go on, or Ctrl-C.

    Returns the exit code; None for a Ctrl-C before there was any sound.
    """
    came: queue.SimpleQueue[Told | None] = queue.SimpleQueue()
    is_wanted = True
    code: int | None = 0
    try:
        teller.happened(listener.start(came.put))
        if listener.status.condition is Condition.WAITING:
            teller.happened(listener.turn())
        is_wanted = listener.is_listening
        if is_wanted:
            code = _go_on(live, listener, teller, clock, came)
    except KeyboardInterrupt:
        code = 0 if clock.has_started else None
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
