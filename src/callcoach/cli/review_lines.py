"""A review as people read it, question by question."""

from collections.abc import Iterator
from textwrap import indent

from callcoach.archive.ids import short
from callcoach.archive.reviews import ReviewRow
from callcoach.locale import Messages
from callcoach.review.events import Commented
from callcoach.review.explain import explain_evidence
from callcoach.review.form.model import Form, Question, QuestionKind
from callcoach.review.marks import Answer, Evidence, Score, Suggested
from callcoach.review.review import Review
from callcoach.review.state import ReviewState, status_name
from callcoach.script.model import Script
from callcoach.script.wording import Language
from callcoach.words.clock import clock
from callcoach.words.display import display, display_block


def review_lines(
    row: ReviewRow, review: Review, script: Script | None, messages: Messages
) -> Iterator[str]:
    """Yield a whole review; questions are numbered as the commands take them."""
    say, form, state = messages.say, review.form, review.state
    language, score = form_language(form, messages), review.score
    title = display(form.title.plain(language))
    by = say("by {name}", name=display(row.reviewer))
    yield f"{display(short(row.id))}  {title} {display(form.version)}  {by}"
    called = say("call {call}", call=display(short(row.call)))
    yield f"  {called} · {say(status_name(review.status))} · {percent_words(score, messages)}"
    number = 0
    for section in form.sections:
        found = next(it for it in score.sections if it.section == section.id)
        percent = "" if found.percent is None else f"  {found.percent:.0f}%"
        yield ""
        yield display(section.title.plain(language)) + percent
        for question in section.questions:
            number += 1
            yield from _question(number, question, review, score, script, messages)
    rest = [comment for comment in state.comments.values() if not comment.question]
    if rest:
        yield ""
        yield say("Comments")
    for comment in rest:
        yield from _comment(comment, messages)
    yield from _history(state, messages)
    if score.unanswered:
        yield say("To be answered: {questions}", questions=", ".join(score.unanswered))
    if score.uncommented:
        yield say("To be commented: {questions}", questions=", ".join(score.uncommented))


def form_language(form: Form, messages: Messages) -> Language:
    """Return the language to read a form in: the reader's, where it has it."""
    return messages.language if messages.language in form.languages else form.languages[0]


def percent_words(score: Score, messages: Messages) -> str:
    """Return a score as people say it."""
    if score.percent is None:
        return messages.say("no score yet")
    band = score.band.title.plain(messages.language) if score.band else ""
    failed = messages.say("failed") if score.has_failed else ""
    return " ".join(word for word in (f"{score.percent:.1f}%", display(band), failed) if word)


def answer_words(question: Question, answer: Answer, messages: Messages) -> str:
    """Return an answer as people say it; “–” where there is none."""
    if answer.is_skipped:
        return messages.say("not applicable")
    if answer.options:
        titles = [
            option.title.plain(messages.language)
            for option in question.options
            if option.id in answer.options
        ]
        return ", ".join(titles) or "–"
    if answer.number is not None:
        return f"{answer.number:g}"
    return answer.text or "–"


def _question(
    number: int,
    question: Question,
    review: Review,
    score: Score,
    script: Script | None,
    messages: Messages,
) -> Iterator[str]:
    say, state = messages.say, review.state
    language = form_language(review.form, messages)
    marked = score.questions[question.id]
    title = display(question.title.plain(language))
    if not marked.is_asked:
        yield f"  {number:>2} · {title}  ({say('not asked')})"
        return
    given, suggested = state.given.get(question.id), state.opened.suggested.get(question.id)
    answer = given if given is not None else suggested.answer if suggested else None
    told = display(answer_words(question, answer, messages)) if answer else "–"
    sign = "✓" if marked.is_answered else "?"
    worth = f"  {marked.earned:g}/{marked.possible:g}" if marked.possible else ""
    yield f"  {number:>2} {sign} {title}  [{display(question.id)}]"
    yield f"       {told}{worth}"
    if question.help is not None and not marked.is_answered:
        yield "       " + display(question.help.plain(language))
    if question.kind in (QuestionKind.ONE, QuestionKind.MANY) and not marked.is_answered:
        names = [
            f"{place} {option.title.plain(language)}"
            for place, option in enumerate(question.options, 1)
        ]
        yield "       " + display(say("Choose: {names}", names=" · ".join(names)))
    if suggested is not None:
        yield from _suggested(question, suggested, given, script, language, messages)
    if marked.lacks_comment:
        yield "       " + say("A comment is wanted.")
    for comment in state.comments.values():
        if comment.question == question.id:
            yield from _comment(comment, messages)


def _suggested(
    question: Question,
    suggested: Suggested,
    given: Answer | None,
    script: Script | None,
    language: Language,
    messages: Messages,
) -> Iterator[str]:
    if given is not None and given != suggested.answer:
        told = answer_words(question, suggested.answer, messages)
        yield "       " + display(messages.say("The call suggests: {answer}", answer=told))
    reasons = (_evidence(one, script, language, messages) for one in suggested.evidence)
    for line in dict.fromkeys(reasons):
        yield f"       {line}"


def _evidence(one: Evidence, script: Script | None, language: Language, messages: Messages) -> str:
    at = "" if one.at is None else f"{clock(one.at)} "
    if script is None:
        return at + display(f"{one.subject} {one.value}".strip())
    spoken = language if language in script.languages else script.languages[0]
    return at + display(explain_evidence(one, script, spoken, messages))


def _comment(comment: Commented, messages: Messages) -> Iterator[str]:
    where = ""
    if comment.start is not None:
        end = comment.start if comment.end is None else comment.end
        where = (
            clock(comment.start) if end == comment.start else f"{clock(comment.start)}–{clock(end)}"
        )
        where += " "
    kind = messages.say("coaching") + " " if comment.is_coaching else ""
    text = indent(display_block(comment.text), "         ").strip()
    yield f"       #{comment.comment} {where}{kind}{display(comment.by)}: {text}"


def _history(state: ReviewState, messages: Messages) -> Iterator[str]:
    say = messages.say
    told: list[tuple[str, str, str]] = []
    if state.submitted:
        told.append((say("submitted"), state.submitted.when, state.submitted.by))
    if state.appeal:
        told.append((say("appeal"), state.appeal.when, f"{state.appeal.by}: {state.appeal.why}"))
    if state.decision:
        word = say("changed") if state.decision.is_changed else say("upheld")
        told.append((word, state.decision.when, f"{state.decision.by}: {state.decision.why}"))
    if state.acknowledged:
        told.append((say("acknowledged"), state.acknowledged.when, state.acknowledged.by))
    for again in state.rescored:
        percent = "–" if again.mark.percent is None else f"{again.mark.percent:.1f}%"
        form = f"{again.pins.form} {again.pins.form_version}"
        told.append((say("judged again"), again.when, f"{form}: {percent}"))
    if told:
        yield ""
    for word, when, what in told:
        yield display(f"{when[:16].replace('T', ' ')} UTC  {word}  {what}")
