"""callcoach script new and script schema: a pack to start from, and help for editors."""

import shutil
from pathlib import Path

import click

from callcoach.archive.folder import not_written
from callcoach.cli.answer import answer, json_option
from callcoach.cli.group import Command
from callcoach.cli.making import cannot_be_made, check_free, check_name, new_arguments
from callcoach.cli.output import output_option, write_file
from callcoach.cli.paint import short_path
from callcoach.cli.workplace import Workplace
from callcoach.errors import PackError, UsageError
from callcoach.locale import mark
from callcoach.script.model import PackId
from callcoach.script.skeleton import LANGUAGES, schema_text, skeleton
from callcoach.words.display import display


@click.command(
    "new",
    cls=Command,
    help=mark(
        "Make a small complete pack to start from: a short call, its cues and two rehearsals, with"
        " comments that explain the format. It lies among your own packs unless --dir names"
        " another folder."
    ),
    epilog="""
callcoach script new survey
callcoach script new survey --in zh --in en
callcoach script new survey --dir ./packs
""",
)
@new_arguments(LANGUAGES)
@json_option
@click.pass_obj
def new(
    place: Workplace, name: str, languages: tuple[str, ...], folder: Path | None, as_json: bool
) -> None:
    """Make a pack."""
    check_name(name, mark("“{name}” cannot be the name of a pack"))
    check_free(name, place.library, mark("there is a pack “{name}” already: {where}"))
    parent = folder or next(iter(place.settings.paths("packs")), place.pack_folder)
    chosen = tuple(dict.fromkeys(languages)) or (place.language,)
    made = make_pack(parent / name, PackId(name), chosen, place.language)
    wanted = name if folder is None else short_path(made)
    answer(
        as_json,
        {"pack": name, "path": str(made), "languages": list(chosen)},
        place.messages.say("Made {path}. What next:", path=short_path(made)),
        *(f"  callcoach script {verb} {wanted}" for verb in ("check", "test", "preview")),
    )


def make_pack(path: Path, name: PackId, languages: tuple[str, ...], reader: str) -> Path:
    """Write a new pack's folder and return it.

    Raises `UsageError` where there is something already, `PackError` where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir()
    except FileExistsError as error:
        raise UsageError("{path} exists already", "choose another name", path=path) from error
    except OSError as error:
        raise cannot_be_made(path, error) from error
    try:
        for file, text in skeleton(name, languages, reader).items():
            (path / file).parent.mkdir(exist_ok=True)
            (path / file).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        shutil.rmtree(path, ignore_errors=True)  # half a pack would be in the way the next time
        hint = mark("name another folder with --dir")
        raise not_written(path, error, PackError, hint) from error
    return path


@click.command(
    "schema",
    cls=Command,
    help=mark(
        "Print the JSON Schema of pack files: an editor that has it completes keys, explains them"
        " and marks slips. script new puts it into the pack; a first line names it to the editor:"
        " # yaml-language-server: $schema=./pack.schema.json"
    ),
    epilog="""
callcoach script schema -o my-pack/pack.schema.json
""",
)
@output_option
def schema(output: Path | None) -> None:
    """Print or write the schema."""
    if output is None:
        click.echo(schema_text(), nl=False)
        return
    write_file(output, schema_text().encode("utf-8"))
    click.echo(display(short_path(output)))
