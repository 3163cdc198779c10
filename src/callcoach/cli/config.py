"""callcoach config: what is set, where it comes from, and how to change it."""

from collections.abc import Mapping
from pathlib import Path

import click

from callcoach.archive.folder import not_written, write_whole
from callcoach.cli.answer import answer, json_option, print_json
from callcoach.cli.group import Command, Group, Lazy
from callcoach.cli.workplace import Workplace, check_folder
from callcoach.errors import UsageError, suggest
from callcoach.locale import mark
from callcoach.settings import BY_NAME, ORIGINS, Value, parse_value, text_of, written
from callcoach.words.display import display

config = Group(
    name="config",
    help=mark("Show the settings, where they come from, and change them."),
    lazy={
        "show": Lazy("callcoach.cli.config:show", mark("Show every setting")),
        "path": Lazy("callcoach.cli.config:path", mark("Print the settings file's path")),
        "set": Lazy("callcoach.cli.config:change", mark("Change a setting in the file")),
        "unset": Lazy("callcoach.cli.config:unset", mark("Take a setting out of the file")),
    },
    epilog=mark("""\
callcoach config show --origin
callcoach config set theme high-contrast
callcoach config set facts "company=Fairway Finance;agent_name=Anna"
"""),
)


@click.command(
    "show",
    cls=Command,
    help=mark("Show every setting, or one."),
    epilog="""
callcoach config show
callcoach config show theme --origin
callcoach config show --json
""",
)
@click.argument("name", required=False, help=mark("One setting; all if none."))
@click.option("--origin", is_flag=True, help=mark("Say where each value comes from."))
@json_option
@click.pass_obj
def show(place: Workplace, name: str | None, origin: bool, as_json: bool) -> None:
    """Print settings."""
    if name is not None and name not in BY_NAME:
        raise UsageError("there is no option “{name}”", suggest(name, BY_NAME), name=name)
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
        print_json(rows)
        return
    for setting in shown:
        line = f"{setting.option.name} = {written(setting.value)}"
        if origin:
            where = f" ({setting.where})" if setting.where else ""
            line += f"    # {place.messages.say(ORIGINS[setting.origin])}{where}"
        click.echo(display(line))


@click.command(
    "path",
    cls=Command,
    help=mark("Print the settings file's path."),
    epilog="""
callcoach config path
""",
)
@json_option
@click.pass_obj
def path(place: Workplace, as_json: bool) -> None:
    """Print a path."""
    answer(as_json, {"path": str(place.config_file)}, str(place.config_file))


@click.command(
    "set",
    cls=Command,
    help=mark("Change a setting in the settings file."),
    epilog=mark("""\
callcoach config set theme high-contrast
callcoach config set language zh
callcoach config set facts "company=Fairway Finance;agent_name=Anna"
"""),
)
@click.argument("name", help=mark("The setting; callcoach config show lists them."))
@click.argument("value", help=mark("As it would stand in the environment."))
@json_option
@click.pass_obj
def change(place: Workplace, name: str, value: str, as_json: bool) -> None:
    """Write a setting."""
    write_setting(place, name, value)
    if name == "keys":
        _tell_lost_keys(place, parse_value(name, value, "config set"))
    told = {"path": str(place.config_file), "name": name, "value": value}
    answer(as_json, told, f"{name} = {value}")


@click.command(
    "unset",
    cls=Command,
    help=mark("Take a setting out of the settings file, so that its default holds again."),
    epilog="""
callcoach config unset theme
""",
)
@click.argument("name", help=mark("The setting; callcoach config show lists them."))
@json_option
@click.pass_obj
def unset(place: Workplace, name: str, as_json: bool) -> None:
    """Take a setting out."""
    write_setting(place, name, None)
    told = {"path": str(place.config_file), "name": name}
    answer(as_json, told, str(place.config_file))


def _tell_lost_keys(place: Workplace, own: Value) -> None:
    """Tell of the actions that lose a key to one of the user's own."""
    from callcoach.cli.own_keys import key_faults

    for fault in key_faults(own) if isinstance(own, Mapping) else ():
        click.echo(display(place.messages.say(fault.message)), err=True)


def write_setting(place: Workplace, name: str, value: str | None) -> None:
    """Write one setting into the settings file, everything else in it left as it is.

    None takes the setting out, also one that there is none of any more.

    Raises `UsageError` for an unknown name, a value that cannot be used or a file that cannot be
    written.
    """
    import tomlkit  # 35 ms

    file = place.config_file
    parsed = None if value is None else parse_value(name, value, "config set")
    if name == "keys" and isinstance(parsed, Mapping):
        from callcoach.cli.own_keys import check_keys  # Textual: 250 ms

        check_keys(parsed)
    if name == "journal" and isinstance(parsed, Path):
        check_folder(parsed)
    try:
        text = text_of(file) if file.exists() else ""
        document = tomlkit.parse(text)
        if parsed is None:
            document.pop(name, None)
        else:
            document[name] = _plain(parsed)
        place.make_config_folder()
        write_whole(file.resolve(), tomlkit.dumps(document).encode("utf-8"))
    except (tomlkit.exceptions.ParseError, UnicodeDecodeError) as error:
        raise UsageError(
            "{file} is no readable TOML: {why}", "correct or delete it", file=file, why=error
        ) from error
    except OSError as error:
        raise not_written(file, error, UsageError) from error


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
