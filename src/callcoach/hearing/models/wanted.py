"""What the user asks to install: a model's name, an address, a zip or a folder."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from callcoach.errors import Told, UsageError, suggest
from callcoach.hearing.models.connection import web_address
from callcoach.hearing.models.language import language_of
from callcoach.hearing.models.manifest import Official, find_official, official_models

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""Names that are plain on every system, and to Vosk on Windows (alphacep/vosk-api, issue 1072)."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A model to install."""

    name: str
    language: str
    place: str | Path
    """An address of the web; or a zip or a folder on this machine."""
    sha256: str = ""
    """Of the zip; empty where it is not known."""
    size: int | None = None
    """Bytes of the zip, where they are known."""


def read_wanted(given: str, mirror: str = "", sha256: str = "", language: str = "") -> Wanted:
    """Return what a command line asks for; see `callcoach model install`.

    Raises `UsageError` where nothing can be meant by it.
    """
    digest = sha256.lower().removeprefix("sha256:").strip()
    if digest and not _DIGEST.fullmatch(digest):
        raise UsageError(
            "a SHA-256 has 64 digits and letters a to f", "it is what sha256sum prints"
        )
    known = find_official(given)
    path = Path(given).expanduser()
    if mirror:
        name = _named(known.name if known else given)
        place: str | Path = web_address(f"{mirror.rstrip('/')}/{name}.zip")
    elif known:
        name, place = known.name, known.address
    elif "://" in given:
        place = web_address(given)
        name = _named(unquote(urlsplit(place).path).rpartition("/")[2].removesuffix(".zip"))
    elif path.exists():
        place = path.resolve()
        name = _named(place.name if place.is_dir() else place.name.removesuffix(".zip"))
        if place.is_dir() and digest:
            raise UsageError("a folder has no SHA-256", "leave --sha256 out, or name its zip")
    else:
        raise UsageError(
            "there is no model, file or folder “{name}”",
            suggest(given, [it.id for it in official_models()]),
            name=given,
        )
    return _complete(known or find_official(name), name, place, digest, language)


def _complete(
    known: Official | None, name: str, place: str | Path, digest: str, language: str
) -> Wanted:
    """Add what is known of a model of this name."""
    spoken = language or (known.language if known else language_of(name))
    if not spoken:
        raise UsageError(
            "the name “{name}” does not tell the language", "add --for zh or --for en", name=name
        )
    if digest or known is None or (isinstance(place, Path) and place.is_dir()):
        return Wanted(name, spoken, place, digest)
    return Wanted(name, spoken, place, known.sha256, known.size)


def _named(name: str) -> str:
    """Return a name that a model's folder can have. Raises `UsageError`."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            "a model cannot be called “{name}”",
            Told("rename it: letters A to Z, digits, dots and dashes"),
            name=name,
        )
    return name
