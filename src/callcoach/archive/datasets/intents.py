"""Reads customer turns in a table with intents and slots, as MultiDoGO has them.

Columns: `conversationId`, `turnNumber`, `utteranceId`, `utterance`, `slot-labels`, `intent`. The
slots stand one for each word, the words being what single spaces separate; several intents are
joined by `<div>` or commas.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from callcoach.archive.datasets.files import read_text, table
from callcoach.archive.datasets.model import Dataset, Draft, Line, Trouble
from callcoach.call.evaluate.gold import Mark, Slot
from callcoach.errors import Told
from callcoach.script.model import Speaker

LABEL_OF: Mapping[str, str] = {
    "openinggreeting": "greeting",
    "closinggreeting": "closing",
    "thankyou": "thanks",
}
"""The label that an intent is; the others say what the customer wants."""
HEADER = ("conversationId", "turnNumber", "utteranceId", "utterance", "slot-labels", "intent")
_NONE = "O"
_JOINT = re.compile(r"<div>|[,+|\s]+")


def read_intents(path: Path, renamed: Mapping[str, str]) -> Dataset:
    """Return the calls of a file; `renamed` says of intents which labels they are.

    Raises `DatasetError` where the file cannot be read.
    """
    label_of = {**LABEL_OF, **renamed}
    draft = Draft()
    rows = table(read_text(path))
    next(rows, None)
    for number, row in rows:
        line = _line(row, label_of)
        if isinstance(line, Told):
            draft.troubles.append(Trouble(str(path), number, line))
        else:
            draft.lines.setdefault(row[0], []).append(line)
    scope = frozenset(Mark(label, Speaker.CUSTOMER) for label in _looked_for(label_of, draft))
    return Dataset(path.name, "intents", draft.calls(path.name, scope), tuple(draft.troubles))


def _looked_for(label_of: Mapping[str, str], draft: Draft) -> set[str]:
    """Return the labels that the file can give: those every such file has, and those in it."""
    seen = {label for lines in draft.lines.values() for line in lines for label in line.labels}
    return {label_of[intent] for intent in LABEL_OF} | seen


def _line(row: Sequence[str], label_of: Mapping[str, str]) -> Line | Told:
    if len(row) != len(HEADER):
        return Told("{n} columns are expected", n=len(HEADER))
    text, slots, intents = row[3], row[4], row[5]
    if not row[0]:
        return Told("the conversation has no id")
    words, kinds = text.split(" "), slots.split(" ")
    if len(words) != len(kinds):
        return Told("there are {words} words and {slots} slots", words=len(words), slots=len(kinds))
    labels = frozenset(label_of[name] for name in _JOINT.split(intents) if name in label_of)
    return Line(Speaker.CUSTOMER, text, labels, slots=tuple(_slots(words, kinds)))


def _slots(words: Sequence[str], kinds: Sequence[str]) -> Iterator[Slot]:
    """Yield a slot for each word that has one; neighbouring words are not joined."""
    at = 0
    for word, kind in zip(words, kinds, strict=True):
        if kind != _NONE and word.strip():
            yield Slot(kind, at, at + len(word))
        at += len(word) + 1
