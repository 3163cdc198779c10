"""A review as people read it, question by question."""

from collections.abc import Collection, Iterator
from textwrap import indent

from callcoach.archive.ids import short
from callcoach.archive.reviews import ReviewRow
from callcoach.archive.zone import local_time
from callcoach.call.names import speaker_name
from callcoach.call.places import lines_of, quote
from callcoach.cli.review.flags import flag_lines
from callcoach.locale import Messages, mark
from callcoach.review.events import Commented
from callcoach.review.explain import explain_evidence
from callcoach.review.form.model import Form, Question, QuestionKind
from callcoach.review.marks import Answer, Evidence, Score, Suggested
from callcoach.review.purpose import counts
from callcoach.review.review import Review
from callcoach.review.state import Status, status_name
from callcoach.review.tell import (
    answer_words,
    decider,
    failing,
    form_language,
    points_words,
    score_words,
)
from callcoach.script.wording import Language
from callcoach.tui.past import Past
from callcoach.words.clock import clock
from callcoach.words.display import display, display_block


def review_lines(
    row: ReviewRow, review: Review, past: Past | None, messages: Messages
) -> Iterator[str]:
    """Yield a whole review; questions are numbered as the commands take them.

    Without its call what answers rest on is told without the words.
    """
    say, form, state = messages.say, review.form, review.state
    language, score = form_language(form, messages.language), review.score
    title = display(form.title.plain(language))
    by = say("by {name}", name=display(row.reviewer))
    yield f"{display(short(row.id))}  {title} {display(form.version)}  {by}"
    yield f"  {_call_line(past, row.call, messages)}"
    yield f"  {standing(review, messages)}"
    number = 0
    for section in form.sections:
        found = next(it for it in score.sections if it.section == section.id)
        percent = "" if found.percent is None else f"  {found.percent:.0f}%"
        yield ""
        yield display(section.title.plain(language)) + percent
        for question in section.questions:
            number += 1
            yield from _question(number, question, review, score, past, messages)
    if (
        past is not None
        and counts(state.opened)
        and (flags := list(flag_lines(review, past, messages)))
    ):
        yield ""
        yield say("Flags")
        yield from flags
    rest = [comment for comment in state.comments.values() if not comment.question]
    if rest:
        yield ""
        yield say("Comments")
    for comment in rest:
        yield from _comment(comment, messages)
    yield from _history(review, messages)
    if review.status in (Status.DRAFT, Status.APPEALED):
        yield ""
        yield from still_open(review, messages)
        yield say("The whole call: callcoach show {call}", call=short(row.call))


def question_names(form: Form, ids: Collection[str], language: Language) -> str:
    """Return questions by the numbers that the commands take, and their titles."""
    places = enumerate(form.questions, 1)
    named = (f"{number} {it.title.plain(language)}" for number, it in places if it.id in ids)
    return display(" · ".join(named))


def still_open(review: Review, messages: Messages) -> Iterator[str]:
    """Yield what a review lacks before it can be submitted."""
    language = form_language(review.form, messages.language)
    lacking = (
        (mark("To be answered: {questions}"), review.score.unanswered),
        (mark("To be commented: {questions}"), review.score.uncommented),
    )
    for sentence, ids in lacking:
        if ids:
            names = question_names(review.form, ids, language)
            yield messages.say(sentence, questions=names)


def standing(review: Review, messages: Messages) -> str:
    """Return how far a review has come, and its score: of a draft what it is so far."""
    language = form_language(review.form, messages.language)
    told = display(score_words(review.score, language, messages))
    if review.status is Status.DRAFT and review.score.percent is not None:
        told = messages.say("so far {score}", score=told)
    found = {question.id for _, question in failing(review.form, review.score)}
    if found:
        names = question_names(review.form, found, language)
        told = f"{told} · {messages.say('it fails by {questions}', questions=names)}"
    return f"{messages.say(status_name(review.status))} · {told}"


def _call_line(past: Past | None, call: str, messages: Messages) -> str:
    say = messages.say
    parts = [say("call {call}", call=short(call))]
    if past is not None:
        summary, script = past.summary, past.script
        parts += [summary.local_start, clock(summary.last_at)]
        parts += [say("agent {name}", name=summary.agent)] if summary.agent else []
        outcome = script.outcomes.get(summary.outcome) if script and summary.outcome else None
        parts += [outcome.title.plain(messages.language)] if outcome else []
    return display(" · ".join(parts))


def _question(
    number: int,
    question: Question,
    review: Review,
    score: Score,
    past: Past | None,
    messages: Messages,
) -> Iterator[str]:
    say, state = messages.say, review.state
    language = form_language(review.form, messages.language)
    marked = score.questions[question.id]
    title = display(question.title.plain(language))
    if not marked.is_asked:
        yield f"  {number:>2} · {title}  ({say('not asked')})"
        return
    given, suggested = state.given.get(question.id), state.opened.suggested.get(question.id)
    answer = given if given is not None else suggested.answer if suggested else None
    told = display(answer_words(question, answer, language, messages)) if answer else "–"
    sign = "✓" if marked.is_answered else "?"
    worth = f"  {points}" if (points := points_words(marked)) else ""
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
        yield from _suggested(question, suggested, given, past, language, messages)
    if marked.lacks_comment:
        yield "       " + say("A comment is wanted.")
    for comment in state.comments.values():
        if comment.question == question.id:
            yield from _comment(comment, messages)


def _suggested(
    question: Question,
    suggested: Suggested,
    given: Answer | None,
    past: Past | None,
    language: Language,
    messages: Messages,
) -> Iterator[str]:
    if given is not None and suggested.answer not in (given, Answer()):
        told = answer_words(question, suggested.answer, language, messages)
        yield "       " + display(messages.say("The call suggests: {answer}", answer=told))
    lines = (
        line for one in suggested.evidence for line in _evidence(one, past, language, messages)
    )
    for line in dict.fromkeys(lines):
        yield f"       {line}"


def _evidence(
    one: Evidence, past: Past | None, language: Language, messages: Messages
) -> Iterator[str]:
    """Yield why an answer is suggested, and the words that it rests on."""
    at = "" if one.at is None or one.spans else f"{clock(one.at)} "
    script = past.script if past else None
    if script is None:
        yield at + display(f"{one.subject} {one.value}".strip())
    else:
        yield at + display(explain_evidence(one, script, script.language(language), messages))
    said = lines_of(past.events) if past else {}
    for seq in dict.fromkeys(span.heard for span in one.spans):
        if heard := said.get(seq):
            speaker = speaker_name(heard.speaker, messages)
            words = messages.say("{one}: {other}", one=speaker, other=quote(heard, one.spans))
            yield f"  {clock(heard.start)} {words}"


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
    words = messages.say("{one}: {other}", one=display(comment.by), other=text)
    yield f"       #{comment.comment} {where}{kind}{words}"


def _by(who: str, why: str, messages: Messages) -> str:
    """Return who did something, and why where that was said."""
    return messages.say("{one}: {other}", one=who, other=why) if why else who


def _history(review: Review, messages: Messages) -> Iterator[str]:
    say, state = messages.say, review.state
    language = form_language(review.form, messages.language)
    told: list[tuple[str, str, str]] = []
    for handed_in, back in state.withdrawn:
        told.append((say("submitted"), handed_in.when, handed_in.by))
        told.append((say("taken back"), back.when, _by(back.by, back.why, messages)))
    if state.submitted:
        told.append((say("submitted"), state.submitted.when, state.submitted.by))
    if state.appeal:
        about = question_names(review.form, state.appeal.questions, language)
        words = " · ".join(it for it in (state.appeal.why, about) if it)
        told.append((say("appeal"), state.appeal.when, _by(state.appeal.by, words, messages)))
    if state.decision:
        word = say("changed") if state.decision.is_changed else say("upheld")
        decided = _by(decider(state.decision, messages), state.decision.why, messages)
        told.append((word, state.decision.when, decided))
    if state.acknowledged:
        told.append((say("acknowledged"), state.acknowledged.when, state.acknowledged.by))
    for again in state.rescored:
        percent = "–" if again.mark.percent is None else f"{again.mark.percent:.1f}%"
        form = f"{again.pins.form} {again.pins.form_version}"
        told.append(
            (say("judged again"), again.when, say("{one}: {other}", one=form, other=percent))
        )
    if told:
        yield ""
    for word, when, what in told:
        yield display(f"{local_time(when)}  {word}  {what}")
    if review.status is Status.SUBMITTED and (until := review.appeal_until):
        yield say("It can be appealed against until {day}.", day=local_time(until.isoformat()))
