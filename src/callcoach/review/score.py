"""Scores a form: from its answers alone, so that anybody can work it out again."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from callcoach.review.form.model import (
    Band,
    Fails,
    Form,
    Needs,
    Option,
    Question,
    QuestionId,
    QuestionKind,
    Scoring,
    Section,
    When,
)
from callcoach.review.marks import Answer, QuestionScore, Score, SectionScore

_DIGITS = 6
"""Percentages are rounded so that 0.1 + 0.2 falls into no lower band than 0.3."""
_KEPT = 4096
"""How many marks are remembered: there are few but those of numbers."""
_NOTHING = Answer()
_BEYOND = frozenset((Fails.SECTION, Fails.FORM))
"""What brings down more than its own question."""


def score(
    form: Form, answers: Mapping[QuestionId, Answer], commented: Container[str] = ()
) -> Score:
    """Return what answers to a form come to; see `Scale.score`."""
    return Scale(form).score(answers, commented)


class Scale:
    """A form made ready to score any number of calls: what one answer comes to is kept."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self._questions = [(it, question) for it in form.sections for question in it.questions]
        self._placed = {question.id: (section, question) for section, question in self._questions}
        self._mark = lru_cache(_KEPT)(self._mark_of)

    def score(self, answers: Mapping[QuestionId, Answer], commented: Container[str] = ()) -> Score:
        """Return what answers come to; `commented` has the questions with a comment.

        What is not asked, “not applicable” or not answered yet leaves the maximum as well, and
        the weights of the rest share what it had. A bonus adds to what its neighbours earn of
        theirs. In a form of percent, `earned` is of 100.
        """
        form = self._form
        sheet = _Sheet(form, answers)
        marks: dict[QuestionId, QuestionScore] = {}
        for section, question in self._questions:
            id = question.id
            if sheet.asks(section, question):
                marks[id] = self._mark(id, answers.get(id, _NOTHING), id in commented)
            else:
                marks[id] = QuestionScore(id, is_asked=False, is_answered=False)
        sections = _shares(form, [_section(section, marks) for section in form.sections])
        # A form that fails comes to nothing even where nothing in it is scored.
        fails = Fails.FORM in [mark.fails for mark in marks.values()]
        if form.scoring is Scoring.POINTS:
            earned, possible = (
                sum(it.earned for it in sections),
                sum(it.possible for it in sections),
            )
            percent = round(max(earned / possible, 0.0) * 100, _DIGITS) if possible else None
        else:
            percent = _percent(sections)
            earned, possible = percent or 0.0, 0.0 if percent is None else 100.0
        if fails:
            percent, earned = 0.0, 0.0
        return Score(
            percent=percent,
            earned=round(earned, _DIGITS),
            possible=possible,
            has_failed=fails,
            band=_band(form.bands, percent),
            sections=tuple(sections),
            questions=marks,
            unanswered=tuple(
                [id for id, it in marks.items() if it.is_asked and not it.is_answered]
            ),
            uncommented=tuple([id for id, it in marks.items() if it.lacks_comment]),
        )

    def _mark_of(self, id: QuestionId, answer: Answer, is_commented: bool) -> QuestionScore:
        """Return what the answer to a question that is asked comes to."""
        section, question = self._placed[id]
        chosen = _chosen(question, answer)
        if answer.is_skipped or not _is_answered(question, answer, chosen):
            is_answered = answer.is_skipped and question.may_skip
            return QuestionScore(id, is_asked=True, is_answered=is_answered)
        value, best = _value(question, answer, chosen), best_of(question)
        fails = _fails(question, answer, chosen)
        wants = (
            question.needs is Needs.ALWAYS
            or (question.needs is Needs.BELOW_FULL and value < best)
            or any(option.needs_comment for option in chosen)
        )
        earned, possible = 0.0, 0.0
        if question.is_scored and section.is_scored and best > 0:
            is_points = self._form.scoring is Scoring.POINTS
            worth = value if is_points else min(max(value / best, 0.0), 1.0)
            earned = 0.0 if fails is Fails.QUESTION else worth * question.weight
            if not question.is_bonus:
                possible = (best if is_points else 1.0) * question.weight
        return QuestionScore(
            id,
            is_asked=True,
            is_answered=True,
            earned=earned,
            possible=possible,
            fails=fails,
            lacks_comment=wants and not is_commented,
        )


def best_of(question: Question) -> float:
    """Return as much as a question can score, in the units of its options."""
    if question.kind is QuestionKind.MANY:
        return sum(max(option.score, 0.0) for option in question.options)
    if question.kind is QuestionKind.NUMBER:
        return max((it.score for it in question.ranges), default=0.0)
    return max((option.score for option in question.options), default=0.0)


def is_asked(form: Form, answers: Mapping[QuestionId, Answer], id: QuestionId) -> bool:
    """Tell whether a question is asked, as others are answered."""
    question = form.question(id)
    return question is not None and _Sheet(form, answers).asks(form.section_of(id), question)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A form being filled in."""

    form: Form
    answers: Mapping[QuestionId, Answer]
    known: dict[QuestionId, bool] = field(default_factory=dict)
    """Whether questions are asked that were looked at: many may be the condition of many."""

    def asks(self, section: Section, question: Question) -> bool:
        """Tell whether the conditions of a question and of its section hold."""
        if not section.when and not question.when:
            return True
        if question.id not in self.known:
            conditions = (*section.when, *question.when)
            self.known[question.id] = all(self._holds(it, question.id) for it in conditions)
        return self.known[question.id]

    def _holds(self, when: When, asking: QuestionId) -> bool:
        """Tell whether a condition holds; only what comes before a question can decide on it."""
        before: list[QuestionId] = [it.id for it in self.form.questions]
        if when.question not in before[: before.index(asking)]:
            return False
        other = self.form.question(when.question)
        if other is None or not self.asks(self.form.section_of(other.id), other):
            return False
        answer = self.answers.get(other.id, _NOTHING)
        if not _is_answered(other, answer, _chosen(other, answer)):
            return False
        if when.is_not:
            return when.options.isdisjoint(answer.options)
        if answer.is_skipped:
            return False
        return not when.options or not when.options.isdisjoint(answer.options)


def _is_answered(question: Question, answer: Answer, chosen: Sequence[Option]) -> bool:
    """Tell whether an answer is one to this question; `chosen` are its options."""
    if answer.is_skipped:
        return question.may_skip
    match question.kind:
        case QuestionKind.ONE | QuestionKind.MANY:
            return bool(chosen)
        case QuestionKind.NUMBER:
            return answer.number is not None
        case QuestionKind.TEXT | QuestionKind.DATE:
            return bool(answer.text.strip())


def _chosen(question: Question, answer: Answer) -> Sequence[Option]:
    """Return the options that were chosen; where one is wanted, the first of them."""
    if not answer.options:
        return ()
    found = [option for option in question.options if option.id in answer.options]
    return found if question.kind is QuestionKind.MANY else found[:1]


def _value(question: Question, answer: Answer, chosen: Sequence[Option]) -> float:
    if question.kind is QuestionKind.NUMBER and answer.number is not None:
        number = answer.number
        return next((it.score for it in question.ranges if it.holds(number)), 0.0)
    return sum(option.score for option in chosen)


def _fails(question: Question, answer: Answer, chosen: Sequence[Option]) -> Fails | None:
    """Return the most that an answer brings down."""
    found = [option.fails for option in chosen if option.fails]
    if question.kind is QuestionKind.NUMBER and answer.number is not None:
        number = answer.number
        found += [it.fails for it in question.ranges if it.fails and it.holds(number)]
    return max(found, key=list(Fails).index, default=None)


def _section(section: Section, marks: Mapping[QuestionId, QuestionScore]) -> SectionScore:
    """Return what a section comes to by itself; its `weight` is still that of the form."""
    own = [marks[question.id] for question in section.questions]
    possible = sum([mark.possible for mark in own])
    has_failed = not _BEYOND.isdisjoint([mark.fails for mark in own])
    earned = 0.0 if has_failed else sum([mark.earned for mark in own])
    percent = round(max(earned / possible, 0.0) * 100, _DIGITS) if possible > 0 else None
    return SectionScore(
        section.id, percent, round(earned, _DIGITS), possible, section.weight, has_failed
    )


def _shares(form: Form, sections: Sequence[SectionScore]) -> list[SectionScore]:
    """Return sections with the share that each has of the form, of those that were scored."""
    is_points = form.scoring is Scoring.POINTS
    weights = [
        0.0 if it.percent is None else it.possible if is_points else it.weight for it in sections
    ]
    whole = sum(weights)
    return [
        SectionScore(
            it.section,
            it.percent,
            it.earned,
            it.possible,
            weight / whole if whole else 0.0,
            it.has_failed,
        )
        for it, weight in zip(sections, weights, strict=True)
    ]


def _percent(sections: Sequence[SectionScore]) -> float | None:
    """Return what a form comes to, 0 to 100 and, with a bonus, more."""
    scored = [it for it in sections if it.percent is not None and it.weight > 0]
    if not scored:
        return None
    return round(sum((it.percent or 0.0) * it.weight for it in scored), _DIGITS)


def _band(bands: Sequence[Band], percent: float | None) -> Band | None:
    if percent is None:
        return None
    return next((band for band in bands if percent >= band.least), None)
