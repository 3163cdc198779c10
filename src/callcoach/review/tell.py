"""Says in words what a form asks, what was answered and what it scores."""

from callcoach.call.explain import Phrasebook
from callcoach.errors import listed
from callcoach.review.events import Decided
from callcoach.review.explain import figure_words
from callcoach.review.form.model import Band, Fails, Form, Question
from callcoach.review.marks import Answer, QuestionScore, Score
from callcoach.script.wording import Language


def form_language(form: Form, wanted: Language) -> Language:
    """Return the language to read a form in: the reader's, where it has it."""
    return wanted if wanted in form.languages else form.languages[0]


def form_title(form: Form, wanted: Language) -> str:
    """Return what a form is called, in the reader's language where it has it."""
    return form.title.plain(form_language(form, wanted))


def answer_words(
    question: Question, answer: Answer, language: Language, messages: Phrasebook
) -> str:
    """Return an answer as people say it; “–” where there is none."""
    if answer.is_skipped:
        return messages.say("not applicable")
    if answer.options:
        found = (option for option in question.options if option.id in answer.options)
        names = [option.title.plain(language) for option in found]
        return messages.say(listed(names)) if names else "–"
    if answer.number is not None:
        measure = question.auto.of[0] if question.auto is not None else ""
        return figure_words(answer.number, measure, messages)
    return answer.text or "–"


def points_words(marked: QuestionScore) -> str:
    """Return what an answer came to as `0.5/1`, a bonus as `+0.5`; empty where nothing counts."""
    if marked.possible:
        return f"{marked.earned:g}/{marked.possible:g}"
    return f"{marked.earned:+g}" if marked.earned else ""


def decider(decision: Decided, messages: Phrasebook) -> str:
    """Return who decided an appeal, and whether that was who had reviewed."""
    if decision.is_alone:
        return messages.say("{name}, who also reviewed", name=decision.by)
    return decision.by


def failing(form: Form, score: Score) -> tuple[tuple[int, Question], ...]:
    """Return the questions whose answers fail the whole form, with their numbers from 1."""
    return tuple(
        (number, question)
        for number, question in enumerate(form.questions, 1)
        if score.questions[question.id].fails is Fails.FORM
    )


def score_words(score: Score, language: Language, messages: Phrasebook) -> str:
    """Return a score as people say it, with its band."""
    if score.percent is None:
        return messages.say("no score yet")
    failed = messages.say("auto-fail") if score.has_failed else ""
    words = (f"{score.percent:.1f}%", _band(score.band, language), failed)
    return " · ".join(word for word in words if word)


def _band(band: Band | None, language: Language) -> str:
    return band.title.plain(language) if band else ""
