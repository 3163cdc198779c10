"""callcoach transcribe: recordings become text, many at a time."""

import importlib.util
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Named
from callcoach.cli.group import Command
from callcoach.cli.hearing.audio import read_roles
from callcoach.cli.model.commands import places_of
from callcoach.cli.transcribe.plan import Planned, plan
from callcoach.cli.transcribe.run import Run, Wish
from callcoach.cli.transcribe.tell import Teller
from callcoach.cli.workplace import Workplace
from callcoach.errors import AudioError, ModelError, UsageError
from callcoach.hearing.batch.batch import Batch, Ticket
from callcoach.hearing.batch.crew import Crew
from callcoach.hearing.capture.watched import watch
from callcoach.hearing.models.language import LANGUAGES
from callcoach.hearing.models.registry import (
    Broken,
    Model,
    NoModel,
    find_folder,
    look_at,
    model_for,
)
from callcoach.hearing.recognise.engines import kind_of
from callcoach.hearing.recognise.messages import Load
from callcoach.hearing.transcribing.transcript_files import Format
from callcoach.locale import mark

PRINTED = Path("-")
INTERRUPTED = 130
"""The exit code where Ctrl-C ended it."""
_AGAIN = {
    True: mark("Interrupted; run the same command again for the rest."),
    False: mark("Interrupted; the same command begins anew."),
}
"""Said where it was interrupted, by whether transcripts are kept."""
_LOOK = 0.2
"""Seconds between two looks at what was heard."""
_NEEDED = ("numpy", "soundfile", "soxr")
_MEMORY = 8 << 30
"""Bytes that the models of all processes may take together where nobody says how many there are."""
_SPREAD = 2
"""Times its files that a model takes in memory, about."""


@click.command(
    "transcribe",
    cls=Command,
    help=mark(
        "Write down what is said in recordings, on this machine: WAV, FLAC, OGG and MP3, and"
        " headerless .ul, .al and .raw. Each channel is a voice of its own; in a stereo recording"
        " the agent is left and the customer right unless --roles says otherwise. What is written"
        " already is not made again, so a run that was interrupted goes on."
    ),
    epilog="""
callcoach transcribe call.wav
callcoach transcribe recordings --out transcripts --format json --format srt
callcoach transcribe call.mp3 --roles agent --format txt --out -
callcoach transcribe --watch incoming --out transcripts --redact
""",
)
@click.argument(
    "files",
    nargs=-1,
    type=Named(path_type=Path),
    help=mark("Recordings, and folders of them."),
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice([it.value for it in Format]),
    default=(Format.JSON.value,),
    show_default=True,
    help=mark("Repeatable; json and jsonl hold everything, and callcoach replay reads them."),
)
@click.option(
    "--out",
    metavar="DIRECTORY",
    type=Named(path_type=Path),
    help=mark("Where the transcripts go, - to print them; beside the recordings if nowhere."),
)
@click.option(
    "--roles",
    metavar="NAME,NAME",
    help=mark("Who speaks on each channel, such as agent,customer."),
)
@click.option("--for", "language", type=click.Choice(LANGUAGES), help=mark("A language: zh or en."))
@click.option("--model", "name", metavar="NAME", help=mark("A model; the one in use if none."))
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="NUMBER",
    help=mark("Processes at a time; each has the model in memory."),
)
@click.option(
    "--watch",
    "watched",
    metavar="DIRECTORY",
    type=Named(path_type=Path),
    help=mark("Go on with what comes into this folder or one in it, until Ctrl-C."),
)
@click.option("--redact", is_flag=True, help=mark("Mask names, numbers and addresses."))
@click.option("--again", is_flag=True, help=mark("Write what is there already anew."))
@click.option(
    "--rate",
    type=click.IntRange(4000, 192_000),
    metavar="NUMBER",
    help=mark("Samples a second of recordings without a header."),
)
@json_option
@click.pass_obj
def transcribe(
    place: Workplace,
    files: tuple[Path, ...],
    formats: tuple[str, ...],
    out: Path | None,
    roles: str | None,
    language: str | None,
    name: str | None,
    jobs: int | None,
    watched: Path | None,
    redact: bool,
    again: bool,
    rate: int | None,
    as_json: bool,
) -> int:
    """Transcribe recordings; return the exit code."""
    if not (files or watched):
        raise UsageError("no recording is named", "name files or folders, or watch one: --watch")
    is_printed = out == PRINTED
    if is_printed and (as_json or watched):
        raise UsageError("--out - prints the transcripts", "leave out --json and --watch")
    _require_readers()
    model = _model(place, name, language)
    planned = plan(files, None if is_printed else out)
    if not (planned or watched):
        raise AudioError(
            "there is no recording in {folder}",
            "name another folder, or a file",
            folder=", ".join(map(str, files)),
        )
    wish = Wish(
        tuple(Format(it) for it in dict.fromkeys(formats)),
        read_roles(roles),
        rate or 0,
        redact,
        again,
        not is_printed,
    )
    logs = place.state_folder
    logs.mkdir(parents=True, exist_ok=True, mode=0o700)
    crew: Crew[Ticket] = Crew(
        Load(kind_of(model.folder), str(model.folder)),
        jobs or _usual_jobs(model.folder),
        logs / "transcribe.log",
    )
    run = Run(Batch(crew, model.name, model.language), wish, model, place.messages)
    teller = Teller(place.messages, wish.formats, is_printed=is_printed, is_json=as_json)
    code = 0
    try:
        _go(run, planned, teller)
        if watched is not None:
            _go_on(run, watched, out, teller)
    except KeyboardInterrupt:
        code = INTERRUPTED
    finally:
        crew.close()
        teller.clear()
    if as_json:
        print_json({"model": model.name, "language": model.language, **teller.json()})
    if len(planned) == 1 and not watched and not as_json and teller.failures:
        raise teller.failures[-1]
    teller.finish()
    if code and teller.missing:
        click.echo(place.messages.say(_AGAIN[wish.is_kept]), err=True)
    return code or (teller.failures[-1].exit_code if teller.failures else 0)


def _go(run: Run, planned: Sequence[Planned], teller: Teller) -> None:
    """Transcribe everything that was planned."""
    teller.expect([one.recording for one in planned])
    for one in planned:
        if (result := run.add(one)) is not None:
            teller.tell(result)
    while not run.is_done:
        _work(run, teller, _LOOK)


def _work(run: Run, teller: Teller, seconds: float) -> None:
    for result in run.step(seconds):
        teller.tell(result)
    teller.show(*run.seconds)


def _go_on(run: Run, folder: Path, out: Path | None, teller: Teller) -> None:
    """Transcribe what comes into a folder, until Ctrl-C."""

    def work(seconds: float) -> None:
        teller.watch(folder)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            _work(run, teller, min(seconds, _LOOK))

    for recording in watch(folder, (), threading.Event(), wait=work):
        teller.expect([recording])
        place = (out or folder) / recording.relative_to(folder).with_suffix("")
        result = run.add(Planned(recording, place))
        if result is not None:
            teller.tell(result)


def _require_readers() -> None:
    """Raise `AudioError` where what reads recordings is not installed."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise AudioError(
            "what reads sound is not installed: {why}",
            "install it: pip install 'callcoach[speech]'",
            why=", ".join(missing),
        )


def _model(place: Workplace, name: str | None, language: str | None) -> Model:
    """Return the model that hears. Raises `ModelError`."""
    if name is not None:
        found = look_at(find_folder(places_of(place), name))
        if isinstance(found, Broken):
            raise found.error
        return found if found.language else replace(found, language=language or place.language)
    wanted = language or place.language
    chosen = model_for(wanted, places_of(place), place.settings.table("speech"))
    if isinstance(chosen, NoModel):
        raise ModelError(chosen.reason, chosen.remedy)
    return chosen


def _usual_jobs(folder: Path) -> int:
    """Return how many processes are run: one for every core, while the models fit in memory."""
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores or 1, _MEMORY // max(_SPREAD * size, 1)))
