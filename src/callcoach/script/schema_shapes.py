"""The shapes that the JSON Schema of packs is put together from."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

Schema = Mapping[str, Any]

LANGUAGE = "^[a-z]{2,3}$"
_ID = "^[a-z][a-z0-9_]*$"
PLAIN: Schema = {"type": ["string", "number", "boolean"]}
"""A single value; the reader takes every one as the text it is written as."""
TEXTS: Schema = {"anyOf": [PLAIN, {"type": "array", "items": PLAIN}]}


def value(en: str, zh: str) -> Schema:
    """Return a single value, explained in both languages."""
    return {**PLAIN, "description": f"{en} {zh}"}


def values(en: str, zh: str) -> Schema:
    """Return one value or a list of them."""
    return {**TEXTS, "description": f"{en} {zh}"}


def flag(en: str, zh: str) -> Schema:
    """Return a yes or no."""
    return {"enum": ["yes", "no", True, False], "description": f"{en} {zh}"}


def one_of(kind: type[StrEnum], en: str, zh: str) -> Schema:
    """Return one of an enumeration's values."""
    return {"enum": [member.value for member in kind], "description": f"{en} {zh}"}


def use(name: str, en: str, zh: str) -> Schema:
    """Return what is defined under `name`."""
    return {"$ref": f"#/$defs/{name}", "description": f"{en} {zh}"}


def named(name: str, en: str, zh: str) -> Schema:
    """Return a section: things of one kind, each under its id."""
    return {
        "type": ["object", "null"],
        "propertyNames": {"pattern": _ID},
        "additionalProperties": {"$ref": f"#/$defs/{name}"},
        "description": f"{en} {zh}",
    }


def table(properties: Schema, required: Sequence[str] = (), **more: Any) -> Schema:
    """Return a table with these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def by_language(properties: Schema) -> Schema:
    """Return a table with one entry for each language, and what may stand beside them."""
    known = {
        "zh": {**TEXTS, "description": "Chinese. 中文。"},
        "en": {**TEXTS, "description": "English. 英文。"},
    }
    return table({**known, **properties}, patternProperties={LANGUAGE: TEXTS})
