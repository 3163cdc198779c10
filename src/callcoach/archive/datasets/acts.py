"""Reads dialogues in JSON Lines with dialogue acts, as CrossWOZ has them.

A record: `dialog`, `turn`, `role` (`usr` is the customer, `sys` the agent), `text`, `acts`.
"""

from collections.abc import Mapping
from pathlib import Path

from callcoach.archive.datasets.files import read_text, records
from callcoach.archive.datasets.model import Dataset, Draft, Line, Trouble
from callcoach.call.evaluate.gold import Mark
from callcoach.errors import Told
from callcoach.script.model import Speaker

LABEL_OF: Mapping[str, str] = {
    "greet": "greeting",
    "thank": "thanks",
    "bye": "closing",
    "welcome": "welcome",
    "reqmore": "more_help",
}
"""The label that an act is."""
KEYS = frozenset(("dialog", "role", "text", "acts"))
_ROLES = {"usr": Speaker.CUSTOMER, "sys": Speaker.AGENT}


def read_acts(path: Path, renamed: Mapping[str, str]) -> Dataset:
    """Return the calls of a file; `renamed` says of acts which labels they are.

    Raises `DatasetError` where the file cannot be read.
    """
    label_of = {**LABEL_OF, **{act: label for act, label in renamed.items() if act in LABEL_OF}}
    draft = Draft()
    for number, record in records(read_text(path), path, draft):
        line = _line(record, label_of)
        if isinstance(line, Told):
            draft.troubles.append(Trouble(str(path), number, line))
        else:
            draft.lines.setdefault(str(record["dialog"]), []).append(line)
    scope = frozenset(
        Mark(label, speaker) for label in label_of.values() for speaker in _ROLES.values()
    )
    return Dataset(path.name, "acts", draft.calls(path.name, scope), tuple(draft.troubles))


def _line(record: Mapping[str, object], label_of: Mapping[str, str]) -> Line | Told:
    text, acts = record.get("text"), record.get("acts")
    speaker = _ROLES.get(str(record.get("role")))
    if not isinstance(text, str) or not isinstance(acts, list) or "dialog" not in record:
        return Told("dialog, text and acts are expected")
    if speaker is None:
        return Told("the role is usr or sys")
    labels = frozenset(label_of[act] for act in map(str, acts) if act in label_of)
    return Line(speaker, text, labels)
