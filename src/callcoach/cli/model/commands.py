"""callcoach model: the speech models on this machine."""

from pathlib import Path

import click

from callcoach.cli.answer import answer, json_option
from callcoach.cli.ask import agrees
from callcoach.cli.config import write_setting
from callcoach.cli.group import Command, Group, Lazy
from callcoach.cli.workplace import Workplace
from callcoach.errors import ModelError, UsageError
from callcoach.hearing.models.folder import UnfitModel, examine
from callcoach.hearing.models.install import remove as remove_folder
from callcoach.hearing.models.language import LANGUAGES
from callcoach.hearing.models.manifest import shipped_folder
from callcoach.hearing.models.record import Fault, read_record
from callcoach.hearing.models.record import verify as verify_folder
from callcoach.hearing.models.registry import (
    Model,
    Places,
    find_folder,
    found_models,
    look_at,
    model_for,
)
from callcoach.locale import mark
from callcoach.settings import load_settings, written
from callcoach.words.display import display

_HERE = "callcoach.cli.model.commands"
FAULTS = {
    Fault.MISSING: mark("is missing"),
    Fault.CHANGED: mark("was changed"),
    Fault.STRANGE: mark("was not there when it was installed"),
}
"""What is wrong with a file, in the catalogue of the interface."""

model = Group(
    name="model",
    help=mark(
        "Install, check and choose the speech models by which calls are heard. Nothing is fetched"
        " unless you install it, and no speech leaves this machine."
    ),
    lazy={
        "list": Lazy("callcoach.cli.model.list:list_models", mark("List the speech models")),
        "install": Lazy("callcoach.cli.model.install:install", mark("Install a speech model")),
        "verify": Lazy(f"{_HERE}:verify", mark("Check that no file was changed or lost")),
        "use": Lazy(f"{_HERE}:use", mark("Choose the model that hears a language")),
        "path": Lazy(f"{_HERE}:path", mark("Print a model's folder")),
        "test": Lazy("callcoach.cli.model.test:test_model", mark("Measure how well a model hears")),
        "remove": Lazy(f"{_HERE}:remove", mark("Remove a model")),
    },
    epilog="""
callcoach model list
callcoach model install zh-small
callcoach model use zh zh-small
""",
)


def places_of(place: Workplace) -> Places:
    """Return where this user's speech models are."""
    usual = place.data_folder / "models"
    own = place.settings.path("models")
    return Places(own or usual, (usual,) if own else (), shipped_folder())


@click.command(
    "path",
    cls=Command,
    help=mark("Print a model's folder."),
    epilog=mark("""\
callcoach model path vosk-model-small-cn-0.22
callcoach model path zh      # the one that hears Chinese
"""),
)
@click.argument("name", help=mark("A model, or a language: the one that hears it."))
@json_option
@click.pass_obj
def path(place: Workplace, name: str, as_json: bool) -> None:
    """Print a folder."""
    if name in LANGUAGES:
        found = model_for(name, places_of(place), place.settings.table("speech"))
        if not isinstance(found, Model):
            raise ModelError(found.reason, found.remedy)
        folder = found.folder
    else:
        folder = find_folder(places_of(place), name)
    answer(as_json, {"name": folder.name, "path": str(folder)}, str(folder))


@click.command(
    "use",
    cls=Command,
    help=mark("Choose the model that hears a language; it is written into the settings file."),
    epilog="""
callcoach model use zh zh-small
callcoach model use en vosk-model-en-us-0.22-lgraph
""",
)
@click.argument("language", type=click.Choice(LANGUAGES), help=mark("A language: zh or en."))
@click.argument("name", help=mark("A model that is installed, or the path of a folder."))
@json_option
@click.pass_obj
def use(place: Workplace, language: str, name: str, as_json: bool) -> None:
    """Choose a model."""
    places = places_of(place)
    given = Path(name).expanduser()
    found = look_at(given.resolve() if given.is_dir() else find_folder(places, name))
    if not isinstance(found, Model):
        raise found.error
    if found.language not in ("", language):
        raise UsageError(
            "{name} hears {spoken}, not {language}",
            "callcoach model list tells the languages",
            name=found.name,
            spoken=found.language,
            language=language,
        )
    word = found.name if _is_found(places, found) else str(found.folder)
    if ";" in word:
        raise UsageError("the path of {folder} has a semicolon", "rename it", folder=found.folder)
    in_file = load_settings(place.config_file, environment={}).table("speech")
    write_setting(place, "speech", written({**in_file, language: word}))
    say = place.messages.say
    told = {"language": language, "name": found.name, "path": str(found.folder)}
    answer(as_json, told, say("{name} hears {language} now.", name=found.name, language=language))
    for note in found.notes:
        click.echo(display(say(note)), err=True)


def _is_found(places: Places, found: Model) -> bool:
    """Tell whether a model's name leads to it."""
    try:
        return find_folder(places, found.name) == found.folder
    except ModelError:
        return False


@click.command(
    "verify",
    cls=Command,
    help=mark(
        "Compare every file of a model with what was written down when it was installed. Exit"
        " code 6 says that one was changed or lost."
    ),
    epilog="""
callcoach model verify
callcoach model verify zh-small --json
""",
)
@click.argument("name", required=False, help=mark("A model; every installed one if none."))
@json_option
@click.pass_obj
def verify(place: Workplace, name: str | None, as_json: bool) -> None:
    """Verify models."""
    places, say = places_of(place), place.messages.say
    folders = [it.folder for it in found_models(places)]
    if name is not None:
        folders = [find_folder(places, name)]
    rows: list[dict[str, object]] = []
    lines: list[str] = []
    bad: list[str] = []
    for folder in folders:
        wrong = list(_wrong(place, folder))
        record = None if wrong else read_record(folder)
        rows.append({"name": folder.name, "path": str(folder), "is_sound": not wrong})
        rows[-1] |= {"has_record": record is not None, "problems": wrong}
        bad += [folder.name] if wrong else []
        lines += [f"! {folder.name}: {problem}" for problem in wrong]
        if not wrong:
            told = (
                mark("every file is as it was installed")
                if record
                else mark(
                    "no file is missing; callcoach did not install it, so no digests are known"
                )
            )
            lines.append(f"{folder.name}: {say(told)}")
    if not folders:
        click.echo(say("No speech model is installed yet."), err=True)
    answer(as_json, rows, *lines)
    if bad:
        raise UnfitModel(
            "damaged: {names}",
            "callcoach model remove NAME, then install it anew",
            names=", ".join(bad),
        )


def _wrong(place: Workplace, folder: Path) -> list[str]:
    """Return what is wrong with a model, in the user's language."""
    say = place.messages.say
    try:
        record = read_record(folder)
        if record is None:
            examine(folder)
            return []
        found = list(verify_folder(folder, record))
    except ModelError as error:
        return [place.messages.tell(error)]
    return [f"{it.file} {say(FAULTS[it.fault])}" for it in found]


@click.command(
    "remove",
    cls=Command,
    help=mark("Remove a model from this machine."),
    epilog="""
callcoach model remove vosk-model-small-cn-0.22
callcoach model remove zh-small --yes
""",
)
@click.argument("name", help=mark("A model that is installed."))
@click.option("--yes", is_flag=True, help=mark("Do not ask."))
@json_option
@click.pass_obj
def remove(place: Workplace, name: str, yes: bool, as_json: bool) -> None:
    """Remove a model."""
    places, say = places_of(place), place.messages.say
    folder = find_folder(places, name)
    if folder.parent not in (places.own, *places.others):
        raise UsageError(
            "{folder} is none of your installed models", "delete it by hand", folder=folder
        )
    if not (yes or agrees(say("Remove {folder}? [y/N] ", folder=folder))):
        raise click.Abort
    remove_folder(folder)
    told = {"name": folder.name, "path": str(folder)}
    answer(as_json, told, say("{name} is removed.", name=folder.name))
    for language, word in place.settings.table("speech").items():
        if word == folder.name:
            click.echo(
                display(
                    say(
                        "It was chosen for {language}: callcoach model use {language} NAME chooses"
                        " another.",
                        language=language,
                    )
                ),
                err=True,
            )
