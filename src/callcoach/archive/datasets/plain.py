"""Reads a team's own labelled calls: a table, or JSON Lines, with one utterance in each line.

Columns (or keys): `call`, `speaker` (agent, customer, or another word for them), `text`, `labels`
(commas or semicolons between; in JSON also a list). They may also have `start` and `end`
(seconds), `verified` and `early` (yes or no; on one line of a call is enough). In a table the
first line names the columns, in any order; others are ignored. An utterance keeps its labels'
names: those of the rules, or the ids of the pack's cues. A label counts as looked for in the
whole file where one utterance of that speaker has it.
"""

from collections.abc import Mapping
from pathlib import Path

from callcoach.archive.datasets.files import read_text, records, table
from callcoach.archive.datasets.model import Dataset, Draft, Line, Trouble
from callcoach.archive.transcripts.labels import speaker_of
from callcoach.archive.transcripts.times import read_seconds
from callcoach.errors import Told

COLUMNS = frozenset(("call", "speaker", "text", "labels"))
_YES = frozenset(("y", "yes", "true", "1", "是"))
_NO = frozenset(("n", "no", "false", "0", "否"))
_VERDICTS = ("verified", "early")


def read_plain_table(path: Path, renamed: Mapping[str, str]) -> Dataset:
    """Return the calls of a table. Raises `DatasetError` where it cannot be read."""
    draft = Draft()
    rows = table(read_text(path))
    _, head = next(rows, (1, []))
    names = [name.strip().lower() for name in head]
    for number, row in rows:
        if row and not any(row):
            continue
        if len(row) != len(names):
            wrong = Told("{n} columns are expected", n=len(names))
            draft.troubles.append(Trouble(str(path), number, wrong))
        else:
            _take(dict(zip(names, row, strict=True)), path, number, renamed, draft)
    return Dataset(path.name, "plain", draft.calls(path.name), tuple(draft.troubles))


def read_plain_lines(path: Path, renamed: Mapping[str, str]) -> Dataset:
    """Return the calls of JSON Lines. Raises `DatasetError` where they cannot be read."""
    draft = Draft()
    for number, record in records(read_text(path), path, draft):
        _take(record, path, number, renamed, draft)
    return Dataset(path.name, "plain", draft.calls(path.name), tuple(draft.troubles))


def _take(
    record: Mapping[str, object], path: Path, number: int, renamed: Mapping[str, str], draft: Draft
) -> None:
    """Take a record into the draft."""
    line = _line(record, renamed)
    call = str(record.get("call") or "").strip()
    if not isinstance(line, Told) and not call:
        line = Told("the call has no id")
    if isinstance(line, Told):
        draft.troubles.append(Trouble(str(path), number, line))
        return
    draft.lines.setdefault(call, []).append(line)
    for name in _VERDICTS:
        answer = str(record.get(name) if record.get(name) is not None else "").strip().lower()
        if answer in _YES | _NO:
            draft.verdicts[call][name] = answer in _YES
        elif answer:
            wrong = Told("{name} takes yes or no", name=name)
            draft.troubles.append(Trouble(str(path), number, wrong))


def _line(record: Mapping[str, object], renamed: Mapping[str, str]) -> Line | Told:
    text, labels = record.get("text"), record.get("labels")
    if not isinstance(text, str):
        return Told("the text is missing")
    speaker = speaker_of(str(record.get("speaker") or ""))
    if speaker is None:
        return Told("the speaker is neither agent nor customer")
    if isinstance(labels, str) or labels is None:
        named = (labels or "").replace(";", ",").replace("，", ",").split(",")
    elif isinstance(labels, list):
        named = list(map(str, labels))
    else:
        return Told("the labels are neither text nor a list")
    start, is_start_odd = read_seconds(record.get("start"))
    end, is_end_odd = read_seconds(record.get("end"))
    if is_start_odd or is_end_odd:
        return Told("a time is no number of seconds")
    plain = (label.strip() for label in named)
    given = frozenset(renamed.get(label, label) for label in plain if label)
    return Line(speaker, text, given, start, end)
