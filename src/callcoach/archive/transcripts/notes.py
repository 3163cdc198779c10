"""Collects notes while a transcript is read, and says them in the user's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from callcoach.archive.transcripts.model import MAX_TEXT, Note, NoteCode
from callcoach.errors import listed
from callcoach.locale import Messages, mark
from callcoach.words.display import display
from callcoach.words.wrap import clip

KINDS: Mapping[NoteCode, str] = {
    NoteCode.TIMES_ESTIMATED: mark("times are missing and were estimated from the words"),
    NoteCode.ODD_TIMES: mark("times that cannot be right were corrected"),
    NoteCode.TIMES_SHIFTED: mark("times are counted from the first one"),
    NoteCode.OUT_OF_ORDER: mark("utterances were not in order and were sorted"),
    NoteCode.OVERLAPPING: mark("utterances begin before the ones before them have ended"),
    NoteCode.UNKNOWN_SPEAKER: mark("somebody speaks who is neither agent nor customer"),
    NoteCode.NO_AGENT: mark("nobody is the agent: check the labels"),
    NoteCode.EMPTY_DROPPED: mark("utterances without words were left out"),
    NoteCode.TEXT_CUT: mark("utterances that are too long were cut"),
    NoteCode.BAD_CHARACTERS: mark("characters that do not exist became �"),
    NoteCode.EMPTY_CALL: mark("nobody says anything"),
    NoteCode.MILLISECONDS: mark("times were taken as milliseconds"),
    NoteCode.AGENT_GUESSED: mark("who is the agent was guessed from the words: check it"),
    NoteCode.OTHER_SIDE_GUESSED: mark("a label that says nothing was taken for the other side"),
    NoteCode.ROLES_UNKNOWN: mark("who is the agent is unknown"),
    NoteCode.ONE_VOICE: mark("everything is in one voice"),
    NoteCode.CHANNELS_ALIKE: mark("both channels hold the same words"),
    NoteCode.SILENCE_DROPPED: mark("what a recogniser heard in silence was left out"),
    NoteCode.PARTIAL_DROPPED: mark("unfinished utterances were left out"),
    NoteCode.ODD_START: mark("when the call began cannot be read"),
    NoteCode.ENCODING_GUESSED: mark("the text is no UTF-8, and was read as GB18030"),
}
"""What the notes on many calls are about, each kind in a few words."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A text for one thing, and that for many."""

    one: str
    many: str


def count(one: str, many: str) -> _Counted:
    """Return both texts unchanged; they are in the catalogue and will be said later."""
    return _Counted(one, many)


_SENTENCES: Mapping[NoteCode, str | _Counted] = {
    NoteCode.TIMES_ESTIMATED: count(
        "{n} utterance has no complete time; it was estimated from the words.",
        "{n} utterances have no complete times; they were estimated from the words.",
    ),
    NoteCode.ODD_TIMES: count(
        "{n} utterance has a time that cannot be right; it was corrected.",
        "{n} utterances have times that cannot be right; they were corrected.",
    ),
    NoteCode.TIMES_SHIFTED: mark("Times are counted from {time}, the first one."),
    NoteCode.OUT_OF_ORDER: count(
        "{n} utterance stands after a later one; they were sorted.",
        "{n} utterances stand after later ones; they were sorted.",
    ),
    NoteCode.OVERLAPPING: count(
        "{n} utterance begins before the one before it has ended.",
        "{n} utterances begin before the ones before them have ended.",
    ),
    NoteCode.UNKNOWN_SPEAKER: count(
        "The speaker of {n} utterance is neither agent nor customer: {labels}.",
        "The speakers of {n} utterances are neither agent nor customer: {labels}.",
    ),
    NoteCode.NO_AGENT: mark("Nobody in this transcript is the agent; check the labels."),
    NoteCode.EMPTY_DROPPED: count(
        "{n} utterance without words was left out.",
        "{n} utterances without words were left out.",
    ),
    NoteCode.TEXT_CUT: count(
        "{n} utterance was cut to {most} characters.",
        "{n} utterances were cut to {most} characters.",
    ),
    NoteCode.BAD_CHARACTERS: count(
        "{n} utterance held characters that do not exist; they became �.",
        "{n} utterances held characters that do not exist; they became �.",
    ),
    NoteCode.EMPTY_CALL: mark("Nobody says anything in this call."),
    NoteCode.MILLISECONDS: mark("The times are far too large for seconds; they were taken as ms."),
    NoteCode.AGENT_GUESSED: mark(
        "No label says who is the agent; by the words it is {label}. Check it, and swap them if "
        "it is wrong.",
    ),
    NoteCode.OTHER_SIDE_GUESSED: mark(
        "{label} is neither called agent nor customer, and was taken for the other side."
    ),
    NoteCode.ROLES_UNKNOWN: mark(
        "No label says who is the agent, and the words do not make it clear: the roles are "
        'unknown. If you know them, --role "{label}=agent" tells them.',
    ),
    NoteCode.ONE_VOICE: mark(
        "Everything is in one voice: who is the agent and who the customer is unknown."
    ),
    NoteCode.CHANNELS_ALIKE: count(
        "Both channels hold the same words; {n} utterance was left out, and who says what is "
        "unknown.",
        "Both channels hold the same words; {n} utterances were left out, and who says what is "
        "unknown.",
    ),
    NoteCode.SILENCE_DROPPED: count(
        "{n} utterance was left out that a recogniser heard in silence.",
        "{n} utterances were left out that a recogniser heard in silence.",
    ),
    NoteCode.PARTIAL_DROPPED: count(
        "{n} unfinished utterance was left out.",
        "{n} unfinished utterances were left out.",
    ),
    NoteCode.ODD_START: mark(
        "When the call began, “{time}”, cannot be read, and counts as unknown: write it as"
        " 2026-11-01 09:05."
    ),
    NoteCode.ENCODING_GUESSED: mark(
        "The file is no UTF-8; it was read as {encoding}. --encoding names another."
    ),
}
"""What a note says: `{n}` of them, and what it is about under the name that reads best."""
_MAX_LABELS = 5
_LABEL_CELLS = 24


class Notebook:
    """The notes on one file so far."""

    def __init__(self) -> None:
        self._lines: dict[NoteCode, int] = {}
        self._counts: dict[NoteCode, int] = {}
        self._labels: dict[NoteCode, dict[str, None]] = {}

    def add(self, code: NoteCode, line: int, what: str = "") -> None:
        """Note something about one utterance; `what` is remembered for the first few."""
        self._lines[code] = min(self._lines.get(code, line), line)
        self._counts[code] = self._counts.get(code, 0) + 1
        labels = self._labels.setdefault(code, {})
        if what and len(labels) <= _MAX_LABELS:
            labels[clip(display(what), _LABEL_CELLS)] = None

    def notes(self) -> tuple[Note, ...]:
        """Return the notes in the order of `NoteCode`."""
        return tuple(
            Note(code, self._lines[code], self._counts[code], self._what(code))
            for code in NoteCode
            if code in self._lines
        )

    def _what(self, code: NoteCode) -> str:
        labels = list(self._labels[code])
        more = ["…"] if len(labels) > _MAX_LABELS else []
        return ", ".join(labels[:_MAX_LABELS] + more)


def say_note(note: Note, messages: Messages) -> str:
    """Return a note as one sentence."""
    said = _sentence(note, messages)
    if note.line == 0:
        return said
    return messages.say("{sentence} First in line {line}.", sentence=said, line=note.line)


def _sentence(note: Note, messages: Messages) -> str:
    text = _SENTENCES[note.code]
    values: dict[str, object] = {
        "most": MAX_TEXT,
        "labels": messages.say(listed(note.what.split(", ")) if note.what else mark("no label")),
        **dict.fromkeys(("label", "time", "encoding"), note.what),
    }
    if isinstance(text, _Counted):
        return messages.count(text.one, text.many, note.count, **values)
    return messages.say(text, **values)
