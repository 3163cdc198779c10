"""callcoach model test: how many words a model gets wrong, and how quick it is on this machine."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from callcoach.cli.answer import json_option, print_json
from callcoach.cli.arguments import Named
from callcoach.cli.group import Command
from callcoach.cli.model.commands import places_of
from callcoach.cli.workplace import Workplace
from callcoach.errors import ModelError, UsageError
from callcoach.hearing.measuring.error_rate import Errors
from callcoach.hearing.measuring.trial import Spoken, Tried, read_files, read_set, try_out
from callcoach.hearing.models.folder import examine
from callcoach.hearing.models.language import LANGUAGES, language_of
from callcoach.hearing.models.manifest import shipped_folder
from callcoach.hearing.models.registry import Model, NoModel, find_folder, model_for
from callcoach.hearing.recognise import engines
from callcoach.hearing.recogniser import Engine
from callcoach.locale import mark
from callcoach.words.display import display
from callcoach.words.wrap import pad, width

CONDITIONS = {
    "clean": mark("clean"),
    "telephone": mark("telephone"),
    "call, agent": mark("call, agent"),
    "call, customer": mark("call, customer"),
    "silence": mark("silence"),
    "all": mark("all"),
}
"""How recordings were made, in the catalogue of the interface."""
_HEADS = (
    *(mark("recordings"), mark("units said"), mark("wrong"), mark("replaced")),
    *(mark("lost"), mark("added"), mark("error rate"), mark("real-time factor")),
)
"""Heads of columns, in the catalogue of the interface."""


@click.command(
    "test",
    cls=Command,
    help=mark(
        "Let a model hear recordings of which the words are known; print how many it gets wrong"
        " (words in English, characters in Chinese) and how much of one processor core it takes"
        " per second of audio. A recording's words stand beside it, in a.txt for a.wav, or in the"
        " manifest of a folder."
    ),
    epilog=mark("""\
callcoach model test                        # the model in use, with the shipped recordings
callcoach model test en-small a.wav b.wav
callcoach model test zh-large --set recordings/zh --errors
"""),
)
@click.argument("name", required=False, help=mark("A model; the one in use if none."))
@click.argument(
    "files",
    nargs=-1,
    type=Named(path_type=Path),
    help=mark("WAV files of 16 bit at 8000 or 16000 Hz."),
)
@click.option(
    "--set",
    "folder",
    metavar="DIRECTORY",
    type=Named(path_type=Path),
    help=mark("A folder of recordings with manifest.json."),
)
@click.option("--for", "language", type=click.Choice(LANGUAGES), help=mark("A language: zh or en."))
@click.option("--errors", "shows", is_flag=True, help=mark("Print what was heard wrongly."))
@json_option
@click.pass_obj
def test_model(
    place: Workplace,
    name: str | None,
    files: tuple[Path, ...],
    folder: Path | None,
    language: str | None,
    shows: bool,
    as_json: bool,
) -> None:
    """Try a model out."""
    if files and folder:
        raise UsageError("there are files and a folder", "name either")
    model = _model(place, name, language)
    spoken = read_files(files) if files else _set(folder, language or language_of(model.name))
    with _hushed():
        engine = load_engine(model)
    tried = []
    for number, it in enumerate(spoken):
        with _hushed():
            tried.append(try_out(engine, it))
        if sys.stderr.isatty():
            click.echo(f"\r{number + 1}/{len(spoken)}", nl=False, err=True)
    if sys.stderr.isatty():
        click.echo("\r", nl=False, err=True)
    if as_json:
        _print_as_json(model, tried)
    else:
        _print(place, model, tried, shows)


def load_engine(folder: Path) -> Engine:
    """Return the recogniser of a model. Raises `ModelError` where it is not installed."""
    examine(folder)
    return engines.load_engine(engines.kind_of(folder), folder)


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep off the screen what recognisers print, past Python, on file descriptor 2."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _model(place: Workplace, name: str | None, language: str | None) -> Path:
    """Return the folder of the model to try."""
    if name is not None:
        return find_folder(places_of(place), name)
    chosen = place.settings.table("speech")
    missing: list[NoModel] = []
    for code in [language] if language else LANGUAGES:
        found = model_for(code, places_of(place), chosen)
        if isinstance(found, Model):
            return found.folder
        missing.append(found)
    raise ModelError(missing[0].reason, missing[0].remedy)


def _set(folder: Path | None, language: str) -> Sequence[Spoken]:
    """Return the recordings of a folder; of the shipped one for a language if none is named."""
    shipped = shipped_folder() / "testset" / language
    if folder is None and not (language and shipped.is_dir()):
        raise UsageError("no recordings are named", "name WAV files, or a folder with --set")
    return read_set(folder or shipped)[1]


def _sums(tried: Sequence[Tried]) -> dict[str, list[Tried]]:
    """Return what was tried by condition; together last, where there are several."""
    sums: dict[str, list[Tried]] = {}
    for it in tried:
        sums.setdefault(it.spoken.condition, []).append(it)
    if len(sums) > 1:
        sums["all"] = list(tried)
    return sums


def _print(place: Workplace, model: Path, tried: Sequence[Tried], shows: bool) -> None:
    say = place.messages.say
    if shows:
        for it in (it for it in tried if it.errors.count):
            click.echo(display(f"{it.spoken.file.name} [{it.spoken.channel}]"))
            click.echo(display(f"  - {it.spoken.text}"))
            click.echo(display(f"  + {it.heard}"))
    click.echo(display(model.name))
    heads = [say(head) for head in _HEADS]
    rows = [("", *heads)]
    for condition, part in _sums(tried).items():
        errors = sum((it.errors for it in part), Errors())
        rate = "–" if errors.rate is None else f"{100 * errors.rate:.1f} %"
        told = (len(part), errors.said, errors.count, errors.replaced, errors.lost, errors.added)
        title = say(CONDITIONS.get(condition, condition))
        rows.append((title, *map(str, told), rate, f"{_load(part):.3f}"))
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (pad(cell, room) for cell, room in zip(row, widths, strict=True))
        click.echo(display("  ".join(cells)).rstrip())


def _load(tried: Sequence[Tried]) -> float:
    """Return seconds of processor time for a second of audio (the real-time factor)."""
    return sum(it.work for it in tried) / max(sum(it.seconds for it in tried), 1e-9)


def _print_as_json(model: Path, tried: Sequence[Tried]) -> None:
    sums = {}
    for condition, part in _sums(tried).items():
        errors = sum((it.errors for it in part), Errors())
        sums[condition] = {
            "recordings": len(part),
            "said": errors.said,
            "replaced": errors.replaced,
            "lost": errors.lost,
            "added": errors.added,
            "rate": errors.rate,
            "seconds": round(sum(it.seconds for it in part), 3),
            "real_time_factor": _load(part),
        }
    each = [
        {
            "file": str(it.spoken.file),
            "channel": it.spoken.channel,
            "condition": it.spoken.condition,
            "said": it.spoken.text,
            "heard": it.heard,
            "errors": it.errors.count,
        }
        for it in tried
    ]
    print_json({"model": model.name, "path": str(model), "by_condition": sums, "recordings": each})
