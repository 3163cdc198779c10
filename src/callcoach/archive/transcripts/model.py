"""A transcript that was read, and what is worth saying about the file it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from callcoach.call.captured import Doubt
from callcoach.call.events import Event
from callcoach.call.replay import Row

MAX_BYTES = 50 * 1024 * 1024
"""Of a file."""
MAX_ROWS = 200_000
MAX_LINES = 1_000_000
"""Of a plain text."""
MAX_TEXT = 20_000
"""Characters of an utterance; what is longer is cut."""
MAX_LABEL = 100
"""Characters of what a file calls a speaker."""


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
    EMPTY_CALL = "empty_call"
    """Nobody says anything."""
    MILLISECONDS = "milliseconds"
    """Times were in milliseconds, though nothing says so."""
    AGENT_GUESSED = "agent_guessed"
    """No label tells who is the agent: the words do."""
    OTHER_SIDE_GUESSED = "other_side_guessed"
    """A label that tells nothing was taken for the side that no label names."""
    ROLES_UNKNOWN = "roles_unknown"
    """Neither labels nor words tell who is the agent."""
    ONE_VOICE = "one_voice"
    """Everything has the same label, which tells nothing, or none has any."""
    CHANNELS_ALIKE = "channels_alike"
    """Both channels held the same words; they were merged into one."""
    SILENCE_DROPPED = "silence_dropped"
    """A recogniser took silence for words."""
    PARTIAL_DROPPED = "partial_dropped"
    """Utterances that were not finished, of which the finished ones stand elsewhere."""
    ODD_START = "odd_start"
    """When the call began is written, and cannot be read."""
    ENCODING_GUESSED = "encoding_guessed"
    """The text is no UTF-8, and was read in the encoding that it is by its bytes."""


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
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What the file says about the call: id, agent, customer, started, language, queue, outcome,
    and recording, where its sound is."""
    record: tuple[Event, ...] = ()
    """The events of the call, where callcoach exported it and its words are as they were."""


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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a format's reader took from a file."""

    said: Sequence[Said]
    seconds: float = 0.0
    attributes: Mapping[str, str] = field(default_factory=dict)
    dropped: Mapping[NoteCode, Sequence[int]] = field(default_factory=dict)
    """The lines of what was left out, by the reason."""
    is_own: bool = False
    """callcoach wrote it: nothing of it is guessed at or merged."""
    record: tuple[Event, ...] = ()
    """See `Transcript`."""
