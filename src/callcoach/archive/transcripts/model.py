"""A transcript that was read, and what is worth saying about the file it came from."""

from dataclasses import dataclass
from enum import StrEnum

from callcoach.call.captured import Doubt
from callcoach.call.replay import Row

MAX_BYTES = 50 * 1024 * 1024
"""Of a file."""
MAX_ROWS = 200_000
MAX_LINES = 1_000_000
"""Of a plain text."""
MAX_TEXT = 20_000
"""Characters of an utterance; what is longer is cut."""


class NoteCode(StrEnum):
    """What a note is about."""

    TIMES_ESTIMATED = "times_estimated"
    """Times are missing and were estimated from the words."""
    ODD_TIMES = "odd_times"
    """Times cannot be right: negative, ending before they begin, not a number."""
    TIMES_SHIFTED = "times_shifted"
    """Times were those of a clock on the wall; they count from the first one now."""
    OUT_OF_ORDER = "out_of_order"
    """Utterances begin before those written above them; they were sorted."""
    OVERLAPPING = "overlapping"
    """Utterances begin before those before them have ended: cross-talk."""
    UNKNOWN_SPEAKER = "unknown_speaker"
    """A label names neither the agent nor the customer."""
    NO_AGENT = "no_agent"
    """Nobody is the agent."""
    EMPTY_DROPPED = "empty_dropped"
    """Utterances without a word were left out."""
    TEXT_CUT = "text_cut"
    """Utterances were cut to `MAX_TEXT` characters."""
    BAD_CHARACTERS = "bad_characters"
    """Characters that are none (half a surrogate pair) became U+FFFD."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth saying about a file; of one code there is one."""

    code: NoteCode
    line: int
    """Where in the file it is so first, counted from 1; 0 where it is about the whole file."""
    count: int = 1
    """How many utterances it is about."""
    what: str = ""
    """The labels, or the time, that it is about."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """The utterances of a call in the order of their beginnings."""

    rows: tuple[Row, ...]
    is_timed: bool
    """Every utterance has the times that the file gave it; none was estimated."""
    notes: tuple[Note, ...]
    seconds: float = 0.0
    """How long the recording is, where the file says so."""


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance as a file has it."""

    line: int
    label: str
    """The speaker's; empty where there is none."""
    text: str
    start: float | None = None
    """Seconds, as they stand there; None where they are missing or not to be read."""
    end: float | None = None
    is_odd: bool = False
    """One of its times was there, but not to be read."""
    at: float | None = None
    """When a recogniser had heard it."""
    confidence: float | None = None
    doubts: tuple[Doubt, ...] = ()
    """Of the text as it stands there."""
