"""Settings: one table of options, each by default, file, environment or flag, in that order."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from callcoach.errors import Told, UsageError, suggest
from callcoach.locale import mark

PREFIX = "CALLCOACH_"
_MOST = 1_000_000
"""The most characters that a settings file may have."""
"""What the name of an environment variable begins with: `CALLCOACH_THEME`."""


class Kind(StrEnum):
    """What sort of value an option takes."""

    TEXT = "text"
    CHOICE = "choice"
    FLAG = "flag"
    PATH = "path"
    PATHS = "paths"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be set."""

    name: str
    title: str
    """In the catalogue of the interface."""
    kind: Kind
    default: str
    """As it would be written in the environment."""
    help: str
    """In the catalogue of the interface."""
    choices: tuple[str, ...] = ()
    stand_in: str = ""
    """What its value is called in the help of the flag; empty: as its kind has it."""

    @property
    def flag(self) -> str:
        """Return the option as it is written on the command line, without its dashes."""
        return self.name.replace("_", "-")


THEMES = ("callcoach-dark", "callcoach-light", "high-contrast", "ansi")
OPTIONS: tuple[Option, ...] = (
    Option(
        "language",
        mark("Language"),
        Kind.CHOICE,
        "auto",
        mark("Language of the interface; auto follows the locale"),
        ("auto", "en", "zh"),
    ),
    Option(
        "pack",
        mark("Pack"),
        Kind.TEXT,
        "overdue",
        mark("Pack that a call uses when none is named"),
        stand_in="PACK",
    ),
    Option(
        "packs", mark("Folders of packs"), Kind.PATHS, "", mark("Folders with packs of your own")
    ),
    Option(
        "journal",
        mark("Journal"),
        Kind.PATH,
        "",
        mark("File of the journal; empty for the usual place"),
    ),
    Option(
        "agent",
        mark("Agent"),
        Kind.TEXT,
        "",
        mark("Your name or number, kept with every call"),
        stand_in="NAME",
    ),
    Option(
        "theme", mark("Theme"), Kind.CHOICE, "callcoach-dark", mark("Colours of the screen"), THEMES
    ),
    Option(
        "plain",
        mark("Plain signs"),
        Kind.FLAG,
        "no",
        mark("Plain borders and signs, for old terminals"),
    ),
    Option(
        "bell",
        mark("Bell"),
        Kind.FLAG,
        "no",
        mark("Ring the terminal's bell when a critical flag appears"),
    ),
    Option(
        "facts",
        mark("Facts"),
        Kind.TABLE,
        "",
        mark("What you know before every call, such as the company"),
    ),
    Option(
        "models",
        mark("Folder of models"),
        Kind.PATH,
        "",
        mark("Folder of the speech models; empty for the usual place"),
    ),
    Option(
        "speech",
        mark("Speech models"),
        Kind.TABLE,
        "",
        mark("Speech model of each language, such as zh=NAME;en=NAME"),
    ),
    Option(
        "hearing",
        mark("Hearing"),
        Kind.CHOICE,
        "off",
        mark("What a call listens to: the microphone and the far side, or nothing"),
        ("off", "mic"),
    ),
    Option(
        "microphone",
        mark("Microphone"),
        Kind.TEXT,
        "",
        mark("Device of your own voice, by its name; empty for the usual one"),
        stand_in="NAME",
    ),
    Option(
        "far_side",
        mark("Far side"),
        Kind.TEXT,
        "",
        mark("Device on which the customer is heard; empty for what this machine plays"),
        stand_in="NAME",
    ),
    Option(
        "listen",
        mark("When to listen"),
        Kind.CHOICE,
        "script",
        mark("From when on a call is listened to; script waits for the notice in the script"),
        ("script", "always", "ask", "never"),
    ),
    Option(
        "follow_speech",
        mark("Follow speech"),
        Kind.FLAG,
        "yes",
        mark("Go on in the script by what was heard"),
    ),
    Option(
        "hints",
        mark("Hints"),
        Kind.FLAG,
        "no",
        mark("Tell the recogniser the words of the pack; some then hear nothing else"),
    ),
    Option(
        "keep_audio",
        mark("Keep audio"),
        Kind.CHOICE,
        "no",
        mark("Keep the sound of calls, one file for each voice: no, flac or opus"),
        ("no", "flac", "opus"),
    ),
    Option(
        "keep_audio_days",
        mark("Days to keep audio"),
        Kind.TEXT,
        "30",
        mark("Days after which kept audio is deleted; 0 keeps it until you delete it"),
        stand_in="DAYS",
    ),
    Option(
        "next_open",
        mark("On to what is open"),
        Kind.FLAG,
        "no",
        mark("After an answer in a review go to the next open question, not just the next"),
    ),
    Option("keys", mark("Keys"), Kind.TABLE, "", mark("Keys of your own for the screen's actions")),
)
BY_NAME: Mapping[str, Option] = {option.name: option for option in OPTIONS}

Value = str | bool | Path | tuple[Path, ...] | Mapping[str, str]


class Origin(StrEnum):
    """Where a value comes from."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    FLAG = "flag"


ORIGINS: Mapping[Origin, str] = {
    Origin.DEFAULT: mark("by default"),
    Origin.FILE: mark("from the file"),
    Origin.ENVIRONMENT: mark("from the environment"),
    Origin.FLAG: mark("from the command line"),
}
"""What origins are called, in the catalogue of the interface."""


@dataclass(frozen=True, slots=True)
class Setting:
    """An option's value and where it comes from."""

    option: Option
    value: Value
    origin: Origin
    where: str = ""
    """The file, variable or flag."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All options with their values."""

    all: Mapping[str, Setting]
    file: Path
    """The settings file, whether it exists or not."""

    def text(self, name: str) -> str:
        """Return the value of a text or a choice."""
        value = self.all[name].value
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        """Return the value of a flag."""
        return self.all[name].value is True

    def path(self, name: str) -> Path | None:
        """Return the value of a path; None where it is not set."""
        value = self.all[name].value
        return value if isinstance(value, Path) else None

    def paths(self, name: str) -> tuple[Path, ...]:
        """Return the value of a list of paths."""
        value = self.all[name].value
        return value if isinstance(value, tuple) else ()

    def table(self, name: str) -> Mapping[str, str]:
        """Return the value of a table."""
        value = self.all[name].value
        return value if isinstance(value, Mapping) else {}


def load_settings(
    file: Path,
    environment: Mapping[str, str] | None = None,
    flags: Mapping[str, str] | None = None,
) -> Settings:
    """Return the settings: flags before the environment before the file before the defaults.

    Raises `UsageError`, naming the file, variable or flag, for a value that cannot be used.
    """
    environment = os.environ if environment is None else environment
    written = _read(file)
    found: dict[str, Setting] = {}
    for option in OPTIONS:
        variable = PREFIX + option.name.upper()
        flag = (flags or {}).get(option.name)
        if flag is not None:
            where = f"--{option.flag}"
            found[option.name] = _setting(option, flag, Origin.FLAG, where)
        elif environment.get(variable):
            found[option.name] = _setting(
                option, environment[variable], Origin.ENVIRONMENT, variable
            )
        elif option.name in written:
            found[option.name] = _setting(option, written[option.name], Origin.FILE, str(file))
        else:
            found[option.name] = _setting(option, option.default, Origin.DEFAULT, "")
    return Settings(found, file)


def text_of(file: Path) -> str:
    """Return the text of a settings file. Raises `UsageError` for one that is too large.

    A device has no end. Raises `OSError` and `UnicodeDecodeError` as well.
    """
    with file.open(encoding="utf-8") as opened:
        text = opened.read(_MOST + 1)
    if len(text) > _MOST:
        raise UsageError(
            "{file} is larger than {most:,} bytes", "is it the right file?", file=file, most=_MOST
        )
    return text


def _read(file: Path) -> Mapping[str, object]:
    """Return what a settings file says; nothing where there is none."""
    if not file.exists():
        return {}
    import tomllib  # 2 ms that a user without a file need not wait for

    try:
        written = tomllib.loads(text_of(file))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            "{file} is no readable TOML: {why}", "correct or delete it", file=file, why=error
        ) from error
    except OSError as error:
        raise UsageError(
            "{file} cannot be read: {why}", "check its rights", file=file, why=error.strerror
        ) from error
    for name in written:
        if name not in BY_NAME:
            advice = suggest(name, BY_NAME)
            raise UsageError("{file}: there is no option “{name}”", advice, file=file, name=name)
    return written


def parse_value(name: str, given: str, where: str) -> Value:
    """Return the value that a text means for an option.

    Raises `UsageError`, naming where the text comes from, for an option that there is none of and
    for a value that cannot be used.
    """
    option = BY_NAME.get(name)
    if option is None:
        raise UsageError("there is no option “{name}”", suggest(name, BY_NAME), name=name)
    return _value(option, given, where)


def _setting(option: Option, given: object, origin: Origin, where: str) -> Setting:
    return Setting(option, _value(option, given, where or "default"), origin, where)


def _value(option: Option, given: object, where: str) -> Value:
    """Return a value of the option's kind from a text or from what TOML made of it."""
    match option.kind, given:
        case Kind.FLAG, bool():
            return given
        case Kind.FLAG, str() if given.lower() in ("yes", "true", "1", "on"):
            return True
        case Kind.FLAG, str() if given.lower() in ("no", "false", "0", "off", ""):
            return False
        case Kind.CHOICE, str() if given in option.choices:
            return given
        case Kind.TEXT, str():
            return given
        case Kind.PATH, str():
            return Path(given).expanduser() if given else ""
        case Kind.PATHS, str():
            return tuple(Path(part).expanduser() for part in given.split(os.pathsep) if part)
        case Kind.PATHS, list() if all(isinstance(part, str) for part in given):
            return tuple(Path(part).expanduser() for part in given)
        case Kind.TABLE, dict() if all(isinstance(part, (str, int)) for part in given.values()):
            return {str(key): str(part) for key, part in given.items()}
        case Kind.TABLE, str():
            return _pairs(option, given, where)
        case _:
            raise _unusable(option, given, where)


def _pairs(option: Option, given: str, where: str) -> Mapping[str, str]:
    """Return `name=value` pairs, separated by semicolons, as a table."""
    pairs: dict[str, str] = {}
    for part in given.split(";"):
        name, sign, value = part.partition("=")
        if sign:
            pairs[name.strip()] = value.strip()
        elif part.strip():
            raise _unusable(option, given, where)
    return pairs


def _unusable(option: Option, given: object, where: str) -> UsageError:
    expected = {
        Kind.FLAG: Told("it takes yes or no"),
        Kind.CHOICE: Told("it takes one of {known}", known=", ".join(option.choices)),
        Kind.TEXT: Told("it takes a text"),
        Kind.PATH: Told("it takes a path"),
        Kind.PATHS: Told("it takes paths, separated by {sign}", sign=os.pathsep),
        Kind.TABLE: Told("it takes name=value, separated by ;"),
    }[option.kind]
    return UsageError(
        "{where}: {name} cannot be “{given}”",
        expected,
        where=where,
        name=option.name,
        given=given,
    )


def written(value: Value) -> str:
    """Return a value as it would be written in the environment."""
    match value:
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case Path():
            return str(value)
        case tuple():
            return os.pathsep.join(map(str, value))
        case _:
            return ";".join(f"{key}={part}" for key, part in value.items())
