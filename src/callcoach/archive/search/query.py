"""What a search asks for: words and conditions, joined."""

from dataclasses import dataclass, field
from enum import StrEnum


class Key(StrEnum):
    """What a condition is about."""

    SPEAKER = "speaker"
    CUE = "cue"
    """A cue that was said or ticked."""
    MISSED = "missed"
    """A cue that was owed and not made good."""
    FLAG = "flag"
    OPEN = "open"
    """A flag that was not repaired."""
    REPAIRED = "repaired"
    REJECTED = "rejected"
    """A flag that a reviewer calls wrong; the three before it find none of these."""
    OUTCOME = "outcome"
    AGENT = "agent"
    SCRIPT = "script"
    LANGUAGE = "language"
    MODE = "mode"
    CALL = "call"
    """The call's id, or its beginning or end; or a part of its own id or of its file's name."""
    REVIEWER = "reviewer"
    STATUS = "status"
    """How far a review of it has come; `none` where nobody has begun."""
    SCORE = "score"
    """Of a review that was handed in, in percent."""
    AFTER = "after"
    """On that day or later."""
    BEFORE = "before"
    """Before that day."""
    UNTIL = "until"
    """On that day or earlier, as `--until` of the commands has it."""
    ON = "on"
    LONGER = "longer"
    SHORTER = "shorter"
    DURATION = "duration"
    RATIO = "ratio"
    SILENCE = "silence"
    OVERTALK = "overtalk"


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stand one after another in an utterance."""

    words: tuple[str, ...]
    """Tokens of `words.normalise`; at least one."""
    is_prefix: bool = False
    """The last is the beginning of a word: `pay*`."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that is true of who speaks, or of the call."""

    key: Key
    value: str
    """As it was written."""
    sign: str = "="
    """`=`, `>`, `<`, `>=` or `<=`."""
    name: str = field(default="", compare=False)
    """The key as it was written, in either language."""


@dataclass(frozen=True, slots=True)
class Both:
    """All of it."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of it at least."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be."""

    part: "Node"


Node = Words | Condition | Both | Either | Not
