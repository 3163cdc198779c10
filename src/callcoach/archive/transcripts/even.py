"""Makes a transcript of a call about which nothing need be said, column by column.

Most calls of a large collection are of this kind: who speaks is written, each time is known and
in order, no text is empty. For these it returns what `assemble` returns, many times sooner; for
any other, None.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice, repeat
from operator import lt
from typing import cast

from callcoach.archive.transcripts.channels import may_be_alike
from callcoach.archive.transcripts.fields import Field
from callcoach.archive.transcripts.labels import speaker_of
from callcoach.archive.transcripts.model import (
    MAX_LABEL,
    MAX_ROWS,
    MAX_TEXT,
    Note,
    NoteCode,
    Transcript,
)
from callcoach.archive.transcripts.started import read_started
from callcoach.archive.transcripts.times import are_even, read_clock, thousandths
from callcoach.call.replay import Row
from callcoach.script.model import Speaker

_NUMBERS = frozenset((int, float))
_OTHER_SIDE = {Speaker.AGENT: Speaker.CUSTOMER, Speaker.CUSTOMER: Speaker.AGENT}

Cells = Sequence[object]
CellsOf = Callable[[str], Cells]
"""Returns a column of the utterances by its name. Raises `KeyError`."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What the parts of an utterance are called, each in one way."""

    label: str
    text: str
    start: str
    end: str
    sure: str
    """How sure a recogniser was; empty where none says."""
    is_start_ms: bool
    is_end_ms: bool

    @staticmethod
    def of(fields: Mapping[Field, Sequence[str]]) -> "Keys | None":
        """Return them; None where one is missing, or has more than one name."""
        return _keys(tuple((field, tuple(names)) for field, names in fields.items()))


@lru_cache(maxsize=256)
def _keys(named: tuple[tuple[Field, tuple[str, ...]], ...]) -> Keys | None:
    fields = dict(named)

    def only(*parts: Field) -> str:
        names = [name for part in parts for name in fields.get(part, ())]
        return names[0] if len(names) == 1 else ""

    needed = (
        only(Field.SPEAKER),
        only(Field.TEXT),
        only(Field.START, Field.START_MS),
        only(Field.END, Field.END_MS),
    )
    sure = only(Field.CONFIDENCE)
    if not all(needed) or (not sure and Field.CONFIDENCE in fields):
        return None
    return Keys(*needed, sure, Field.START_MS in fields, Field.END_MS in fields)


def even_transcript(
    keys: Keys,
    cells_of: CellsOf,
    lines: Sequence[int] | None,
    *,
    seconds: float = 0.0,
    attributes: Mapping[str, str],
    swap: bool,
) -> Transcript | None:
    """Return the call whose utterances stand in columns; None where it takes care.

    `lines` are those of the utterances; None where they would have to be counted. Half surrogate
    pairs are not looked for: what msgspec, Arrow and a decoded table return has none.
    """
    try:
        labels, said = _texts(cells_of(keys.label)), _texts(cells_of(keys.text))
        starts, ends = _numbers(cells_of(keys.start)), _numbers(cells_of(keys.end))
        sure = _shares(cells_of(keys.sure)) if keys.sure else repeat(None, len(said))
    except (KeyError, ValueError):
        return None
    roles = _roles(labels, swap=swap)
    texts = list(map(str.strip, said))
    starts = thousandths(starts) if keys.is_start_ms else starts
    ends = thousandths(ends) if keys.is_end_ms else ends
    if roles is None or not all(texts) or max(map(len, texts)) > MAX_TEXT:
        return None
    if not are_even(texts, starts, ends) or (len(roles) == 2 and may_be_alike(texts)):
        return None
    notes = _overlaps(starts, ends, lines)
    began = attributes.get("started")
    if notes is None or (began and read_started(began) is None):
        return None
    speakers = map(roles.__getitem__, labels)
    times = map(float, starts), map(float, ends)
    rows = tuple(map(Row, speakers, texts, *times, repeat(None), sure))
    return Transcript(rows, True, notes, seconds, attributes)


def even_table(
    fields: Mapping[Field, Sequence[str]],
    cells_of: CellsOf,
    lines: Sequence[int],
    *,
    attributes: Mapping[str, str],
    swap: bool,
) -> Transcript | None:
    """Return the call that the rows of a table hold; None where it takes care.

    A ' that keeps a spreadsheet from taking a cell for a formula takes care.
    """
    keys = Keys.of(fields)
    if keys is None or Field.EVENT in fields:
        return None
    try:
        starts = {str(cell)[:1] for key in (keys.label, keys.text) for cell in cells_of(key)}
    except KeyError:
        return None
    if "'" in starts:
        return None
    return even_transcript(keys, cells_of, lines, attributes=attributes, swap=swap)


def _texts(cells: Cells) -> Sequence[str]:
    """Return cells that are texts. Raises `ValueError`."""
    if 0 < len(cells) <= MAX_ROWS and set(map(type, cells)) == {str}:
        return cast("Sequence[str]", cells)
    raise ValueError


def _numbers(cells: Cells) -> Sequence[float]:
    """Return cells that are numbers, or are all written as a clock has them.

    Raises `ValueError`.
    """
    kinds = set(map(type, cells))
    if kinds <= _NUMBERS:
        return cast("Sequence[float]", cells)
    if kinds == {str} and None not in (read := list(map(read_clock, cast("Sequence[str]", cells)))):
        return cast("Sequence[float]", read)
    raise ValueError


def _shares(cells: Cells) -> Sequence[float]:
    """Return cells that are numbers from 0 to 1. Raises `ValueError`."""
    shares = list(map(float, _numbers(cells)))
    if min(shares) >= 0 and max(shares) <= 1:
        return shares
    raise ValueError


def _roles(labels: Sequence[str], *, swap: bool) -> Mapping[str, Speaker] | None:
    """Return who each label is; None where one does not tell, or none is the agent."""
    roles: dict[str, Speaker] = {}
    for label in set(labels):
        speaker = speaker_of(label) if len(label) <= MAX_LABEL else None
        if speaker is None:
            return None
        roles[label] = _OTHER_SIDE.get(speaker, speaker) if swap else speaker
    return roles if Speaker.AGENT in roles.values() else None


def _overlaps(
    starts: Sequence[float], ends: Sequence[float], lines: Sequence[int] | None
) -> tuple[Note, ...] | None:
    """Return the note on cross-talk, if there is any; None where its line is not known."""
    early = list(map(lt, islice(starts, 1, None), accumulate(ends, max)))
    if True not in early:
        return ()
    if lines is None:
        return None
    return (Note(NoteCode.OVERLAPPING, lines[early.index(True) + 1], sum(early)),)
