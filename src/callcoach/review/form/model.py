"""What a call is judged by: a form of sections and questions, as its file says.

The terms are those of Amazon Connect's evaluation forms, of which this is a superset.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from callcoach.script.measures import is_count
from callcoach.script.model import CueId
from callcoach.script.place import Place
from callcoach.script.wording import Language, Wording

FormId = NewType("FormId", str)
SectionId = NewType("SectionId", str)
QuestionId = NewType("QuestionId", str)
"""Unique within its form, whatever its section."""
OptionId = NewType("OptionId", str)


class QuestionKind(StrEnum):
    """How a question is answered."""

    ONE = "one"
    """By one of its options."""
    MANY = "many"
    """By any number of its options; what they score is added up."""
    NUMBER = "number"
    """By a number, which its ranges score."""
    TEXT = "text"
    """In words; never scored."""
    DATE = "date"
    """By a day, ISO 8601; never scored."""


class Scoring(StrEnum):
    """How answers become a score."""

    PERCENT = "percent"
    """Weights share out 100 %: those of sections, and within a section those of questions."""
    POINTS = "points"
    """Options and ranges give points; the score is their sum, of as many as there could be."""


class Fails(StrEnum):
    """What an answer brings down to nothing."""

    QUESTION = "question"
    SECTION = "section"
    FORM = "form"


class Needs(StrEnum):
    """When a question wants a comment."""

    NEVER = "never"
    BELOW_FULL = "below_full"
    """Where its answer scores less than its best."""
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose."""

    id: OptionId
    title: Wording
    score: float
    """In points; in a form of percent from 0 to 1."""
    fails: Fails | None = None
    needs_comment: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers that score alike."""

    least: float | None
    """Inclusive; None where there is no bound."""
    most: float | None
    """Exclusive; None where there is no bound."""
    score: float
    fails: Fails | None = None

    def holds(self, number: float) -> bool:
        """Tell whether a number is in it."""
        return (self.least is None or number >= self.least) and (
            self.most is None or number < self.most
        )


class Source(StrEnum):
    """Where an answer can come from without a person."""

    CUE = "cue"
    """Whether the cue was said so that it counts; a forbidden one: whether it was flagged."""
    FLAG = "flag"
    """How often flags of a cue were raised, or of a severity; what was missed and said later does
    not count."""
    METRIC = "metric"
    """A figure of the call, as rules name it (`script.measures`)."""
    ATTRIBUTE = "attribute"
    """`outcome`, `agent`, `mode`, `language`, `pack`, or a fact's id."""


@dataclass(frozen=True, slots=True)
class Auto:
    """How a question is answered by the call itself: a suggestion, until a person answers."""

    source: Source
    of: tuple[str, ...]
    """Cue ids, a metric's name, an attribute's name; all cues have to be met for `present`."""
    present: OptionId | None = None
    """The answer where it is so: met, flagged, the attribute has one of the values."""
    absent: OptionId | None = None
    """The answer where it is not so; None suggests nothing."""
    unknown: OptionId | None = None
    """The answer where nobody could tell (nobody was heard, the step was never reached); None
    suggests that the question does not apply, where that is allowed, and nothing where not."""
    values: Mapping[str, OptionId] = field(default_factory=dict)
    """An attribute's values to the answers that they give."""
    cues: tuple[CueId, ...] = ()
    """`of`, where the source is cues or flags."""


@dataclass(frozen=True, slots=True)
class When:
    """A question that has to be answered so for another question or section to be asked."""

    question: QuestionId
    options: frozenset[OptionId]
    """One of them is the answer, or among the answers; empty: any answer but “not applicable”."""
    is_not: bool = False
    """None of them."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is judged."""

    id: QuestionId
    title: Wording
    kind: QuestionKind
    place: Place
    help: Wording | None = None
    """What counts as what, for whoever answers."""
    options: tuple[Option, ...] = ()
    ranges: tuple[Range, ...] = ()
    weight: float = 1.0
    """Its share of its section, beside those of its neighbours; in a form of points a factor."""
    is_bonus: bool = False
    """What it scores is added, and what it could score is not expected."""
    is_scored: bool = True
    may_skip: bool = True
    """“Not applicable” is an answer: it takes what could be scored away as well."""
    needs: Needs = Needs.NEVER
    when: tuple[When, ...] = ()
    """All have to hold."""
    auto: Auto | None = None

    @property
    def is_count(self) -> bool:
        """Tell whether its answer says how many: no fraction, and nothing below 0."""
        match self.auto:
            case Auto(source=Source.FLAG):
                return self.kind is QuestionKind.NUMBER
            case Auto(source=Source.METRIC, of=(name, *_)):
                return is_count(name)
            case _:
                return False

    def option(self, id: str) -> Option | None:
        """Return an option by its id; None where there is none."""
        return next((option for option in self.options if option.id == id), None)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together."""

    id: SectionId
    title: Wording
    questions: tuple[Question, ...]
    place: Place
    help: Wording | None = None
    weight: float = 1.0
    is_scored: bool = True
    when: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A name for scores from somewhere on."""

    least: float
    """In percent of what could be scored."""
    title: Wording


@dataclass(frozen=True, slots=True)
class Form:
    """A form; it is pinned by its digest wherever something was judged by it."""

    id: FormId
    version: str
    title: Wording
    languages: tuple[Language, ...]
    scoring: Scoring
    sections: tuple[Section, ...]
    bands: tuple[Band, ...]
    """The highest first."""
    digest: str
    """SHA-256 of its file, in hexadecimal."""
    source: str
    """Its file's text: what the digest is of, kept beside reviews so that they can be redone."""
    place: Place
    pack: str = ""
    """The pack whose cues it names; empty where it names none."""
    appeal_days: int = 14
    """How long after it was submitted a review can be appealed against; 0: not at all."""

    @property
    def questions(self) -> Iterator[Question]:
        """Yield all questions in order."""
        for section in self.sections:
            yield from section.questions

    def question(self, id: str) -> Question | None:
        """Return a question by its id; None where there is none."""
        return next((question for question in self.questions if question.id == id), None)

    def section_of(self, id: QuestionId) -> Section:
        """Return the section of a question; raises `KeyError` for one that is none of its own."""
        for section in self.sections:
            if any(question.id == id for question in section.questions):
                return section
        raise KeyError(id)
