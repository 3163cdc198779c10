"""A small complete pack to start from, with comments that teach the format.

The templates beside this module hold both languages: a comment begins with `#zh` or `#en`, and
every text stands on its own line under `zh:` or `en:`. What is not asked for is left out.
"""

import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

from callcoach.script.model import PackId
from callcoach.script.schema import SCHEMA
from callcoach.script.wording import Language

LANGUAGES = ("zh", "en")
"""The languages that the templates have texts in."""

SCHEMA_FILE = "pack.schema.json"
_TEMPLATES = ("pack.yaml", "cues.yaml", "plans/first.yaml")
_COMMENT = re.compile(r"( *)#(zh|en)( .*|)")
_TEXT = re.compile(r" *(zh|en): ")


def skeleton(name: PackId, languages: Sequence[Language], reader: Language) -> Mapping[str, str]:
    """Return the files of a new pack by name: the pack, its cues and plans, and the schema.

    `languages` are those of the pack, `reader` is that of the comments.
    """
    made = {template: _fill(template, name, languages, reader) for template in _TEMPLATES}
    return made | {SCHEMA_FILE: schema_text()}


def schema_text() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n"


def _fill(template: str, name: PackId, languages: Sequence[Language], reader: Language) -> str:
    """Return a template in some languages, its comments in one."""
    source = files("callcoach.script.skeleton") / f"{template.rpartition('/')[2]}.in"
    lines: list[str] = []
    for line in source.read_text(encoding="utf-8").splitlines():
        if comment := _COMMENT.fullmatch(line):
            if comment[2] == reader:
                lines.append(f"{comment[1]}#{comment[3]}")
        elif not (text := _TEXT.match(line)) or text[1] in languages:
            lines.append(line)
    filled = "\n".join(lines) + "\n"
    return filled.replace("@name@", name).replace("@languages@", ", ".join(languages))
