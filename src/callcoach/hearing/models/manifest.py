"""The official speech models: where each is published, how large it is and what it is for."""

import tomllib
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import msgspec


class Use(StrEnum):
    """What a model is quick enough for."""

    LIVE = "live"
    AFTERWARDS = "afterwards"


class Official(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An official model."""

    id: str
    """Short, for the command line."""
    name: str
    """The folder's, and the zip's without its ending."""
    language: str
    use: Use
    address: str
    size: int
    """Bytes of the zip."""
    licence: str
    sha256: str = ""
    """Of the zip; empty where none is known for certain."""
    checked: date
    """When this was compared with `source`."""
    source: str
    about: Mapping[str, str]
    """What it is for, by the interface's language."""


class _Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    model: tuple[Official, ...]


def shipped_folder() -> Path:
    """Return the folder of the manifest and of the models shipped: in the wheel or a checkout."""
    inside = Path(str(files("callcoach"))) / "models"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[4] / "models"


@lru_cache(maxsize=1)
def official_models() -> tuple[Official, ...]:
    """Return the official models, as the manifest lists them."""
    text = (shipped_folder() / "manifest.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Manifest).model


def find_official(word: str) -> Official | None:
    """Return the official model of this id or name; None where there is none."""
    return next((it for it in official_models() if word in (it.id, it.name)), None)
