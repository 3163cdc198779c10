"""What the checker has to say about a pack: coded, placed, in both languages, with a remedy."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files

from callcoach.errors import Told
from callcoach.locale import Messages
from callcoach.script.place import Place


class Level(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The pack cannot be used."""
    WARNING = "warning"
    """It can be used, and something in it is very likely not meant."""
    NOTE = "note"
    """Worth knowing."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. Its texts stand in `diagnostics/CODE.toml`."""

    code: str
    """Stable: `CC004`."""
    place: Place
    arguments: Mapping[str, str] = field(default_factory=dict)
    """What the message's placeholders stand for; one that is `Told` is said in any language."""
    path: tuple[str, ...] = ()
    """For a finding about the graph: the steps and exits of the offending path, in order."""
    nearest: str = ""
    """What was probably meant; empty where there is no guess."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says about one code."""

    code: str
    name: str
    """A short name in words: `unknown-key`."""
    level: Level
    message: Mapping[str, str]
    """By language; placeholders in braces."""
    hint: Mapping[str, str]
    why: Mapping[str, str]
    example: Mapping[str, str]
    """File name to text: a small pack that triggers it; `base/pack.yaml` is one that it uses."""
    line: int
    """The line of the example's first file where it is reported."""


@cache
def entry(code: str) -> Entry:
    """Return the catalogue's entry for `code`; raises `KeyError` for one that does not exist."""
    source = files("callcoach.script") / "diagnostics" / f"{code}.toml"
    if not code.startswith("CC") or not source.is_file():
        raise KeyError(code)
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    return Entry(
        code=code,
        name=data["name"],
        level=Level(data["level"]),
        message=data["message"],
        hint=data["hint"],
        why=data["why"],
        example=data["example"],
        line=data["line"],
    )


def is_error(finding: Diagnostic) -> bool:
    """Tell whether a finding keeps what it is about from being used."""
    return entry(finding.code).level is Level.ERROR


def codes() -> tuple[str, ...]:
    """Return every code in the catalogue, in order."""
    folder = files("callcoach.script") / "diagnostics"
    names = sorted(item.name for item in folder.iterdir())
    return tuple(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def message(diagnostic: Diagnostic, language: str) -> str:
    """Return what is wrong, in one sentence."""
    return _said(entry(diagnostic.code).message, diagnostic, language)


def hint(diagnostic: Diagnostic, language: str) -> str:
    """Return what to do about it; a guess at what was meant comes first."""
    advice = _said(entry(diagnostic.code).hint, diagnostic, language)
    if not diagnostic.nearest:
        return advice
    if language == "zh":
        return f"是不是想写“{diagnostic.nearest}”？{advice}"
    return f"Did you mean “{diagnostic.nearest}”? {advice}"


def _said(texts: Mapping[str, str], diagnostic: Diagnostic, language: str) -> str:
    """Return a text of the catalogue with a finding's arguments filled in."""
    messages = Messages(language)
    arguments = {
        name: messages.say(value) if isinstance(value, Told) else value
        for name, value in diagnostic.arguments.items()
    }
    return texts.get(language, texts["en"]).format_map(arguments)
