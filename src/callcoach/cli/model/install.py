"""callcoach model install: brings a speech model onto this machine."""

import sys
import time
from collections.abc import Iterator

import click

from callcoach.cli.answer import answer, json_option
from callcoach.cli.group import Command
from callcoach.cli.model.commands import places_of
from callcoach.cli.model.progress import Progress
from callcoach.cli.workplace import Workplace
from callcoach.hearing.models.install import install as install_model
from callcoach.hearing.models.language import LANGUAGES
from callcoach.hearing.models.manifest import find_official
from callcoach.hearing.models.outside import Outside
from callcoach.hearing.models.registry import Model, look_at, model_for
from callcoach.hearing.models.wanted import Wanted, read_wanted
from callcoach.locale import mark
from callcoach.words.display import display


@click.command(
    "install",
    cls=Command,
    help=mark(
        "Install a speech model: an official one by name, or any model for Vosk from an address,"
        " a zip or a folder. A download that was cut short goes on where it stopped. The model is"
        " there whole or not at all."
    ),
    epilog="""
callcoach model install zh-small
callcoach model install en-small --mirror https://models.example.com/vosk
callcoach model install ~/Downloads/vosk-model-small-cn-0.22.zip
callcoach model install https://models.example.com/own-model.zip --for zh
""",
)
@click.argument(
    "name", help=mark("callcoach model list names the official ones; or an address, zip or folder.")
)
@click.option(
    "--mirror", default="", metavar="ADDRESS", help=mark("Fetch ADDRESS/NAME.zip instead.")
)
@click.option("--sha256", default="", metavar="DIGEST", help=mark("What the zip must be."))
@click.option(
    "--for",
    "language",
    type=click.Choice(LANGUAGES),
    help=mark("The language it hears, where the name does not tell."),
)
@json_option
@click.pass_obj
def install(
    place: Workplace, name: str, mirror: str, sha256: str, language: str | None, as_json: bool
) -> None:
    """Install a model."""
    say = place.messages.say
    wanted = read_wanted(name, mirror, sha256, language or "")
    places = places_of(place)
    if not as_json:
        click.echo(display(say("From {place}", place=wanted.place)), err=True)
        if (known := find_official(wanted.name)) and isinstance(wanted.place, str):
            told = say(
                "{name} is published by Alpha Cephei under {licence}; callcoach does not ship it.",
                name=known.name,
                licence=known.licence,
            )
            click.echo(display(told), err=True)
    with Progress(sys.stderr, say, time.monotonic) as progress:
        install_model(wanted, places.own, Outside(tell=progress.tell))
    found = look_at(places.own / wanted.name)
    if not isinstance(found, Model):  # somebody changed it since
        raise found.error
    told_of = {
        "name": found.name,
        "language": found.language,
        "path": str(found.folder),
        "sha256": found.record.sha256 if found.record else None,
        "is_expected": bool(wanted.sha256),
        "notes": [say(note) for note in found.notes],
    }
    answer(as_json, told_of, *_lines(place, wanted, found))


def _lines(place: Workplace, wanted: Wanted, found: Model) -> Iterator[str]:
    """Yield what people are told of an installed model."""
    say = place.messages.say
    yield say("{name} is installed in {folder}.", name=found.name, folder=found.folder)
    digest = found.record.sha256 if found.record else ""
    if wanted.sha256:
        yield say("Its SHA-256 is the one expected.")
    elif digest:
        yield say(
            "Nobody has told its SHA-256 before; it was written down as it came: {digest}",
            digest=digest,
        )
    if isinstance(wanted.place, str) and wanted.place.startswith("http:") and not wanted.sha256:
        yield say("It came by a connection that is not encrypted: anybody could have changed it.")
    chosen = model_for(found.language, places_of(place), place.settings.table("speech"))
    values = {"name": found.name, "language": found.language}
    if chosen == found:
        yield say("{name} hears {language} now.", **values)
    else:
        yield say("To choose it: callcoach model use {language} {name}", **values)
    yield from map(say, found.notes)
