"""callcoach form new: a form to start from."""

from pathlib import Path

import click

from callcoach.cli.answer import answer, json_option
from callcoach.cli.form.files import form_library, own_folder
from callcoach.cli.group import Command
from callcoach.cli.making import cannot_be_made, check_free, check_name, new_arguments
from callcoach.cli.output import write_file
from callcoach.cli.paint import short_path
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import mark
from callcoach.review.form.skeleton import LANGUAGES, skeleton


@click.command(
    "new",
    cls=Command,
    help=mark(
        "Make a small form to start from, with comments that explain the format. It lies among"
        " your own forms unless --dir names another folder."
    ),
    epilog="""
callcoach form new sales
callcoach form new sales --in zh --in en
callcoach form new sales --dir ./forms
""",
)
@new_arguments(LANGUAGES)
@json_option
@click.pass_obj
def new(
    place: Workplace, name: str, languages: tuple[str, ...], folder: Path | None, as_json: bool
) -> None:
    """Make a form."""
    check_name(name, mark("“{name}” cannot be the name of a form"))
    check_free(name, form_library(place), mark("there is a form “{name}” already: {where}"))
    file = (folder or own_folder(place)) / f"{name}.yaml"
    if file.exists():
        raise UsageError("{path} exists already", "choose another name", path=file)
    chosen = tuple(dict.fromkeys(languages)) or (place.language,)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_be_made(file.parent, error) from error
    write_file(file, skeleton(name, chosen, place.language).encode("utf-8"))
    wanted = name if folder is None else short_path(file)
    answer(
        as_json,
        {"form": name, "path": str(file), "languages": list(chosen)},
        place.messages.say("Made {path}. What next:", path=short_path(file)),
        *(f"  callcoach form {verb} {wanted}" for verb in ("show", "check")),
    )
