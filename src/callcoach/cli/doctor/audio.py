"""callcoach doctor audio: the devices, a test recording, and whether this machine keeps up."""

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click
import msgspec

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Number
from callcoach.cli.group import Command
from callcoach.cli.model.commands import places_of
from callcoach.cli.workplace import Workplace
from callcoach.errors import AudioError, ModelError, Told, suggest
from callcoach.hearing.capture.device_list import Listed, list_devices
from callcoach.hearing.capture.seek import no_input
from callcoach.hearing.checking.sample import Sample, take_sample
from callcoach.hearing.checking.sound_check import Checked, Verdict, check_sound
from callcoach.hearing.measuring.speed import Speed, measure_speed
from callcoach.hearing.models.language import LANGUAGES
from callcoach.hearing.models.registry import Model, NoModel, model_for
from callcoach.hearing.recognise.engines import kind_of, load_engine
from callcoach.hearing.signs import Level
from callcoach.hearing.sound import Device
from callcoach.hearing.text import joined
from callcoach.locale import mark
from callcoach.script.model import Speaker
from callcoach.words.display import display
from callcoach.words.wrap import clip

VERDICTS = {
    Verdict.GOOD: Told("good: the voice is clear"),
    Verdict.SILENT: Told(
        "only digital silence: is it muted, or not allowed to be used by this program?"
    ),
    Verdict.NO_VOICE: Told("no voice: speak, or come closer, and try again"),
    Verdict.NOISE: Told("steady noise, and no voice: is it the right device?"),
    Verdict.QUIET: Told("too quiet: come closer, or turn it up in the system's settings"),
    Verdict.NOISY: Told("noisy: the voice is less than 20 dB above what is around it"),
    Verdict.CLIPPED: Told("too loud: it is cut off; turn it down in the system's settings"),
}
"""What is said of a test recording, in the catalogue of the interface."""
_NOTHING_PLAYED = Told("nothing was played meanwhile: play something, and try again")
_EASILY, _BARELY, _ONE = 0.3, 0.45, 0.8
"""Real-time factors up to which two voices are followed easily, barely, and one is."""
_CELLS = 24
"""Of the meter."""
_SOFTEST = -60.0
"""In dB of full scale, where the meter begins."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """What was found out about one device and a model."""

    device: Listed
    sample: Sample
    checked: Checked
    model: Model | NoModel
    speed: Speed | None
    """None where there is no model."""


@click.command(
    "audio",
    cls=Command,
    help=mark(
        "List the microphones and what this machine plays, record a few seconds of one, and say how"
        " it sounds, what is heard of it and whether this machine keeps up. The recording is heard"
        " here, and thrown away."
    ),
    epilog="""
callcoach doctor audio
callcoach doctor audio --device Headset --seconds 5
callcoach doctor audio --loopback --for zh
""",
)
@click.option("--device", "name", metavar="NAME", help=mark("A device, or a part of its name."))
@click.option("--loopback", is_flag=True, help=mark("Record what this machine plays."))
@click.option(
    "--seconds",
    metavar="NUMBER",
    type=Number(1, 60),
    default=3.0,
    show_default=True,
    help=mark("How long to record."),
)
@click.option("--for", "language", type=click.Choice(LANGUAGES), help=mark("A language: zh or en."))
@json_option
@click.pass_obj
def audio(
    place: Workplace,
    name: str | None,
    loopback: bool,
    seconds: float,
    language: str | None,
    as_json: bool,
) -> int:
    """Try a device out; return the exit code."""
    devices = list_devices()
    chosen = _choose(place, devices, name, loopback)
    if not as_json:
        _print_devices(place, devices, chosen)
    tried = _try_out(place, chosen, seconds, language, is_shown=not as_json)
    if as_json:
        _print_as_json(devices, tried)
    else:
        _print(place, tried)
    if isinstance(tried.model, NoModel):
        raise ModelError(tried.model.reason, tried.model.remedy)
    return int(tried.checked.verdict is not Verdict.GOOD)


def _choose(
    place: Workplace, devices: Sequence[Listed], name: str | None, is_loopback: bool
) -> Listed:
    """Return the device that is named, else that of the settings, else the usual one.

    Raises `AudioError` where there is none.
    """
    wanted = name or place.settings.text("far_side" if is_loopback else "microphone")
    of_kind = [it for it in devices if it.is_loopback == is_loopback]
    if not wanted:
        if not of_kind:
            raise no_input(Device(_role(is_loopback), "", is_loopback))
        return next((it for it in of_kind if it.is_default), of_kind[0])
    among = of_kind if is_loopback else devices
    exact = [it for it in among if it.name == wanted]
    partly = [it for it in among if wanted.casefold() in it.name.casefold()]
    if exact or len(partly) == 1:
        return (exact or partly)[0]
    hint = suggest(wanted, [it.name for it in partly or among])
    raise AudioError("there is no sound device “{name}”", hint, name=wanted)


def _try_out(
    place: Workplace, chosen: Listed, seconds: float, language: str | None, is_shown: bool
) -> _Tried:
    device = Device(_role(chosen.is_loopback), chosen.name, chosen.is_loopback)
    meter = _Meter(place, seconds, chosen.is_loopback) if is_shown else None
    sample = take_sample(device, seconds, meter.show if meter else None)
    if meter:
        meter.end()
    own = language or (place.language if place.language in LANGUAGES else LANGUAGES[0])
    model = model_for(own, places_of(place), place.settings.table("speech"))
    speed = None
    if isinstance(model, Model):
        engine = load_engine(kind_of(model.folder), model.folder)
        speed = measure_speed(engine, sample.pcm)
    return _Tried(chosen, sample, check_sound(sample.pcm), model, speed)


def _role(is_loopback: bool) -> Speaker:
    return Speaker.CUSTOMER if is_loopback else Speaker.AGENT


class _Meter:
    """Says when to speak, and shows how loud it is where a terminal can draw over a line."""

    def __init__(self, place: Workplace, seconds: float, is_loopback: bool) -> None:
        say = place.messages.say
        self._notice = say("Speak now: {n} seconds are recorded …", n=f"{seconds:g}")
        if is_loopback:
            self._notice = say("Play something now: {n} seconds are recorded …", n=f"{seconds:g}")
        self._draws = sys.stdout.isatty() and not place.settings.flag("plain")

    def show(self, level: Level) -> None:
        """Show how loud it is; before the first, that it is time to speak."""
        if self._notice:
            click.echo(self._notice)
            self._notice = ""
        if self._draws:
            part = 1 - max(level.rms, _SOFTEST) / _SOFTEST
            filled = min(_CELLS, round(_CELLS * part))
            bar = "#" * filled + "." * (_CELLS - filled)
            click.echo(f"\r[{bar}] {level.rms:5.0f} dB", nl=False)

    def end(self) -> None:
        """Wipe out what was drawn."""
        if self._draws:
            click.echo(f"\r{' ' * (_CELLS + 12)}\r", nl=False)


def _print_devices(place: Workplace, devices: Sequence[Listed], chosen: Listed) -> None:
    say = place.messages.say
    room = shutil.get_terminal_size().columns
    heads = ((False, mark("Microphones")), (True, mark("What this machine plays")))
    for is_loopback, head in heads:
        click.echo(say(head))
        of_kind = [it for it in devices if it.is_loopback == is_loopback]
        if not of_kind:
            click.echo(f"  {say('none')}")
        for it in of_kind:
            notes = [it.host]
            if it.is_default:
                notes.append(say("the usual one"))
            if it == chosen:
                notes.append(say("tried here"))
            click.echo(display(clip(f"  {it.name} [{'] ['.join(notes)}]", room)))


def _print(place: Workplace, tried: _Tried) -> None:
    say, sample, checked = place.messages.say, tried.sample, tried.checked
    verdict = VERDICTS[checked.verdict]
    if tried.device.is_loopback and checked.verdict is Verdict.SILENT:
        verdict = _NOTHING_PLAYED
    lines = [
        say("Device: {name}", name=sample.name),
        say("Sound: {verdict}", verdict=verdict),
        say(
            "Level: voice {level} dB, between the words {noise} dB, peak {peak} dB",
            level=f"{checked.level:.0f}",
            noise=f"{checked.noise:.0f}",
            peak=f"{checked.peak:.0f}",
        ),
        say("Dropped: {n} s", n=f"{sample.dropped:.1f}"),
        say("Begins after: {n} s", n=f"{sample.began_after:.1f}"),
    ]
    if tried.speed is not None and isinstance(tried.model, Model):
        factor = tried.speed.factor
        text = " / ".join(joined(final.words)[0] for final in tried.speed.finals)
        lines += [
            say("Model: {name}", name=tried.model.name),
            say("Heard: {words}", words=text or Told("nothing")),
            say("Real-time factor: {factor}; {pace}", factor=f"{factor:.2f}", pace=_pace(factor)),
        ]
        if tried.speed.delay is not None:
            delay = f"{1000 * tried.speed.delay:.0f}"
            lines.append(say("Words are shown after: {n} ms", n=delay))
    for line in lines:
        click.echo(display(line))


def _pace(factor: float) -> Told:
    """Return what a real-time factor means."""
    if factor <= _EASILY:
        return Told("this machine follows two voices easily")
    if factor <= _BARELY:
        return Told("this machine follows two voices, with little to spare")
    if factor <= _ONE:
        return Told("this machine follows one voice; choose a smaller model for two")
    return Told("this machine is too slow for this model: choose a smaller one")


def _print_as_json(devices: Sequence[Listed], tried: _Tried) -> None:
    sample, speed, model = tried.sample, tried.speed, tried.model
    told: dict[str, object] = {
        "devices": [msgspec.to_builtins(it) for it in devices],
        "device": sample.name,
        "verdict": tried.checked.verdict.value,
        "level": tried.checked.level,
        "noise": tried.checked.noise,
        "peak": tried.checked.peak,
        "clipped": tried.checked.clipped,
        "dropped": sample.dropped,
        "begins_after": sample.began_after,
        "model": model.name if isinstance(model, Model) else None,
        "heard": None,
        "real_time_factor": None,
        "words_after": None,
    }
    if speed is not None:
        told |= {
            "heard": [joined(final.words)[0] for final in speed.finals],
            "real_time_factor": round(speed.factor, 4),
            "words_after": None if speed.delay is None else round(speed.delay, 3),
        }
    print_json(told)
