"""Answers to a form, what the call itself suggests, and what they score."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from callcoach.call.events import Span
from callcoach.review.form.model import Band, Fails, QuestionId, SectionId


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was answered to one question: one of the four, or nothing where it is skipped."""

    options: tuple[str, ...] = ()
    """Option ids, in the form's order."""
    number: float | None = None
    text: str = ""
    """Words, or a day in ISO 8601."""
    is_skipped: bool = False
    """“Not applicable”."""


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why an answer is suggested."""

    reason: str
    """A code for the sentence that explains it; see `review.explain`."""
    at: float | None = None
    """Where in the call it is to be seen, in seconds."""
    spans: tuple[Span, ...] = ()
    """The words that it rests on."""
    subject: str = ""
    """The cue, metric or attribute that it is about."""
    value: str = ""
    """A figure or a value."""


class Suggested(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the call itself answers to one question."""

    answer: Answer
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """What one question came to."""

    question: QuestionId
    is_asked: bool
    """False where its conditions do not hold."""
    is_answered: bool
    earned: float = 0.0
    """In points; in a form of percent the share of its best, times its weight."""
    possible: float = 0.0
    """As much as there could have been: 0 where it was skipped, not asked, or is a bonus."""
    fails: Fails | None = None
    lacks_comment: bool = False


@dataclass(frozen=True, slots=True)
class SectionScore:
    """What one section came to."""

    section: SectionId
    percent: float | None
    """0 to 100 and, with a bonus, more; None where nothing of it could be scored."""
    earned: float = 0.0
    possible: float = 0.0
    weight: float = 0.0
    """Its share of the form, 0 to 1, once sections that could not be scored are left out."""
    has_failed: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """What answers to a form come to. It follows from form and answers alone."""

    percent: float | None
    """None where nothing could be scored."""
    earned: float
    possible: float
    has_failed: bool
    """An answer has brought the whole form down."""
    band: Band | None
    sections: tuple[SectionScore, ...]
    questions: Mapping[QuestionId, QuestionScore] = field(default_factory=dict)
    unanswered: tuple[QuestionId, ...] = ()
    """Asked, and neither answered nor skipped, in order: a review cannot be submitted so."""
    uncommented: tuple[QuestionId, ...] = ()
    """Answered in a way that wants a comment, without one."""
