"""callcoach config: what is set, where it comes from, and how to change it."""

import json
import os
from pathlib import Path

import click

from callcoach.cli.group import Command, Group, Lazy
from callcoach.cli.workplace import Workplace
from callcoach.errors import UsageError
from callcoach.locale import mark
from callcoach.settings import BY_NAME, Value, load_settings, written

config = Group(
    name="config",
    help=mark("Show the settings, where they come from, and change them."),
    lazy={
        "show": Lazy("callcoach.cli.config:show", mark("Show every setting")),
        "path": Lazy("callcoach.cli.config:path", mark("Print the settings file's path")),
        "set": Lazy("callcoach.cli.config:change", mark("Change a setting in the file")),
    },
    epilog="""
callcoach config show --origin
callcoach config set theme high-contrast
callcoach config set facts "company=Fairway Finance;agent_name=Anna"
""",
)


@click.command("show", cls=Command, help=mark("Show every setting, or one."))
@click.argument("name", required=False)
@click.option("--origin", is_flag=True, help=mark("Say where each value comes from."))
@click.option("--json", "as_json", is_flag=True, help=mark("Print JSON."))
@click.pass_obj
def show(place: Workplace, name: str | None, origin: bool, as_json: bool) -> None:
    """Print settings."""
    if name is not None and name not in BY_NAME:
        raise UsageError(f"there is no option “{name}”", "there are " + ", ".join(BY_NAME))
    shown = [setting for key, setting in place.settings.all.items() if name is None or key == name]
    if as_json:
        rows = {
            setting.option.name: {
                "value": _plain(setting.value),
                "origin": setting.origin.value,
                "where": setting.where,
            }
            for setting in shown
        }
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for setting in shown:
        line = f"{setting.option.name} = {written(setting.value)}"
        if origin:
            where = f" ({setting.where})" if setting.where else ""
            line += f"    # {setting.origin}{where}"
        click.echo(line)


@click.command("path", cls=Command, help=mark("Print the settings file's path."))
@click.pass_obj
def path(place: Workplace) -> None:
    """Print a path."""
    click.echo(place.config_file)


@click.command("set", cls=Command, help=mark("Change a setting in the settings file."))
@click.argument("name")
@click.argument("value")
@click.pass_obj
def change(place: Workplace, name: str, value: str) -> None:
    """Write a setting."""
    write_setting(place.config_file, name, value)
    click.echo(f"{name} = {value}")


def write_setting(file: Path, name: str, value: str) -> None:
    """Write one setting into the settings file, everything else in it left as it is.

    Raises `UsageError` for an unknown name, a value that cannot be used or a file that cannot be
    written.
    """
    import tomlkit  # 35 ms

    if name not in BY_NAME:
        raise UsageError(f"there is no option “{name}”", "there are " + ", ".join(BY_NAME))
    parsed = load_settings(file, {}, {name: value}).all[name].value
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        document = tomlkit.parse(text)
        document[name] = _plain(parsed)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = file.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(tomlkit.dumps(document), encoding="utf-8")
        fresh.replace(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}", "check it") from error


def _plain(value: Value) -> str | bool | list[str] | dict[str, str]:
    """Return a value as JSON and TOML know it."""
    match value:
        case bool() | str():
            return value
        case Path():
            return str(value)
        case tuple():
            return [str(part) for part in value]
        case _:
            return dict(value)
