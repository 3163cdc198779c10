"""The parts of a report that show words: quotes, flags, what was owed and said, reviews.

Every text in them is raw: whoever writes them out makes it harmless.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a call, with those around them."""

    time: str
    speaker: str
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Example:
    """A flag with the words that it rests on."""

    title: str
    sort: str
    """What is wrong, and how much it matters."""
    severity: str
    """As machines name it."""
    reason: str
    where: str
    """The call, its day, the time in it."""
    end: str
    """Whether it was put right."""
    quotes: tuple[Quoted, ...]
    repairs: tuple[Quoted, ...] = ()
    """The words that put it right, where there are any."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Flags with their evidence."""

    id: str
    title: str
    lead: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of an utterance that are marked alike."""

    text: str
    mark: str
    """`met`, `flag`, or nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance."""

    time: str
    speaker: str
    side: str
    """`agent`, `customer` or `other`."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was said in a step."""

    title: str
    time: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that was said."""

    id: str
    title: str
    lead: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on a timeline, from one time to another in shares of the call."""

    start: float
    end: float
    kind: str
    """`agent`, `customer`, `other`, `step`, or the severity of a flag."""
    title: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of a timeline."""

    title: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A call from its beginning to its end."""

    id: str
    title: str
    lead: str
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    """Places in shares of the call, and their times."""
    steps: tuple[tuple[str, str], ...] = ()
    """When the call came to each step, and what it is called."""


@dataclass(frozen=True, slots=True)
class Notes:
    """Points without figures: a label and what there is to say."""

    id: str
    title: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Check:
    """Something that was owed, and whether it was said."""

    title: str
    is_met: bool
    told: str
    """When, and how it is known: by words or by hand."""
    words: str


@dataclass(frozen=True, slots=True)
class Checks:
    """What was owed, by step."""

    id: str
    title: str
    lead: str
    steps: tuple[tuple[str, tuple[Check, ...]], ...]


@dataclass(frozen=True, slots=True)
class ScoredQuestion:
    """A question of a review."""

    title: str
    """With its number."""
    answer: str
    """Empty where it was not asked."""
    by: str
    """Who answered: a person or the call; that it was not asked."""
    points: str
    state: str
    """`met`, `missed`, `failed`, or nothing where it is not scored."""
    why: tuple[str, ...]
    """Sentences: what the answer rests on and what it brought about."""
    quotes: tuple[Quoted, ...]
    remarks: tuple[tuple[str, str], ...]
    """Comments: whose and where, and what they say."""


@dataclass(frozen=True, slots=True)
class ScoredSection:
    """A section of a form that was filled in."""

    title: str
    percent: str
    """What it came to; empty where nothing in it is scored."""
    questions: tuple[ScoredQuestion, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A review with all its questions."""

    id: str
    title: str
    lead: str
    result: str
    has_failed: bool
    sections: tuple[ScoredSection, ...]
    remarks: tuple[tuple[str, str], ...]
    """Comments that are on no question."""
    history: tuple[tuple[str, str], ...]
    """What became of it, in order: when and what, who and why."""
    columns: tuple[str, str, str]
    """What is called the question, the answer, the points."""
