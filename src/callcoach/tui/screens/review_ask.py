"""What the review screen asks for: values, comments, appeals, the last word before submitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from callcoach.errors import IllegalMove
from callcoach.locale import mark
from callcoach.review.fitting import parse_answer
from callcoach.review.form.model import Question, QuestionId, QuestionKind
from callcoach.review.state import Status
from callcoach.review.tell import form_language
from callcoach.tui.form_sheet import draw_score
from callcoach.tui.screens.dialogs import Ask, Choice, Choose
from callcoach.words.clock import clock

if TYPE_CHECKING:
    from callcoach.tui.screens.review import ReviewScreen


def _title(screen: ReviewScreen, id: QuestionId) -> str:
    form = screen.judging.review.form
    question = form.question(id)
    language = form_language(form, screen.messages.language)
    return question.title.plain(language) if question else id


def ask_value(screen: ReviewScreen, question: Question, begun: str) -> None:
    """Ask for a number, a text or a day; `begun` was typed already."""
    present = screen.judging.review.state.given.get(question.id)
    value = begun or (present.text if present else "")

    def problem(text: str) -> str:
        try:
            parse_answer(question, (text,))
        except IllegalMove as error:
            return screen.messages.tell(error)
        return ""

    def written(text: str | None) -> None:
        if text is not None:
            screen.answer(parse_answer(question, (text,)))

    hint = screen.say("a day, such as 2026-12-01") if question.kind is QuestionKind.DATE else ""
    asked = Ask(_title(screen, question.id), value, hint, problem)
    screen.app.push_screen(asked, written)


def ask_comment(screen: ReviewScreen, is_coaching: bool) -> None:
    """Ask for a comment on the line that is read, or for advice to the agent."""
    start, end = screen.place_read()

    def written(text: str | None) -> None:
        if text is not None:
            screen.do(
                lambda it, by, when: it.comment(
                    text, by=by, when=when, start=start, end=end, is_coaching=is_coaching
                )
            )

    title = (
        screen.say("Coaching note at {time}", time=clock(start))
        if is_coaching
        else screen.say("Comment at {time}", time=clock(start))
    )
    screen.app.push_screen(Ask(title), written)


def ask_reason(screen: ReviewScreen) -> None:
    """Ask for a comment on the question in focus; then go on to the next."""
    id = screen.question.id

    def written(text: str | None) -> None:
        if text is not None and screen.do(
            lambda it, by, when: it.comment(text, by=by, when=when, question=id)
        ):
            screen.action_next_question()

    title = screen.say("Comment on “{question}”", question=_title(screen, id))
    screen.app.push_screen(Ask(title), written)


def choose_comment(screen: ReviewScreen) -> None:
    """Let the reviewer choose a comment to take back."""
    review = screen.judging.review
    found = [
        Choice(str(number), it.text, "" if it.start is None else clock(it.start))
        for number, it in review.state.comments.items()
    ]
    if not found:
        screen.notice(screen.say("There are no comments."))
        return

    def chosen(id: str | None) -> None:
        if id is not None:
            screen.do(lambda it, by, when: it.remove_comment(int(id), by=by, when=when))

    screen.app.push_screen(Choose(screen.say("Take which comment back?"), found), chosen)


def what_finishes(screen: ReviewScreen) -> str:
    """Return what `finish` does now, in the catalogue; empty where nothing is left to do."""
    judging = screen.judging
    match judging.review.status:
        case Status.DRAFT if judging.can_answer:
            return mark("Submit")
        case Status.APPEALED if judging.can_answer:
            return mark("Decide")
        case Status.SUBMITTED if judging.is_agents and screen.disputed:
            return mark("Send the appeal")
        case Status.SUBMITTED | Status.DECIDED if judging.is_agents:
            return mark("Take note")
        case _:
            return ""


def finish(screen: ReviewScreen) -> None:
    """Take the next step of the review: submit, decide, take note."""
    judging = screen.judging
    match judging.review.status:
        case Status.DRAFT if judging.can_answer:
            _submit(screen)
        case Status.APPEALED if judging.can_answer:
            _decide(screen)
        case Status.SUBMITTED if judging.is_agents and screen.disputed:
            _appeal(screen)
        case Status.SUBMITTED | Status.DECIDED if judging.is_agents:
            if screen.do(lambda it, by, when: it.acknowledge(by=by, when=when)):
                screen.notice(screen.say("You have taken note of it."))
        case _:
            screen.notice(screen.say("Nothing is left for you to do here."))


def _submit(screen: ReviewScreen) -> None:
    review = screen.judging.review
    if _is_something_open(screen):
        return

    def chosen(id: str | None) -> None:
        if id == "submit" and screen.do(lambda it, by, when: it.submit(by=by, when=when)):
            screen.notice(screen.say("Submitted. “]” opens the next call."))

    told = screen.say("It comes to {score}.", score=draw_score(review, screen.look))
    choices = [
        Choice("submit", screen.say("Submit")),
        Choice("back", screen.say("Look at it once more")),
    ]
    screen.app.push_screen(Choose(screen.say("Submit this review?"), choices, [told]), chosen)


def _is_something_open(screen: ReviewScreen) -> bool:
    """Tell whether something is still to be answered; if so, go there and say what."""
    score = screen.judging.review.score
    missing = (*score.unanswered, *score.uncommented)
    if not missing:
        return False
    screen.action_question(missing[0])
    titles = ", ".join(_title(screen, id) for id in missing[:3])
    more = f" (+{len(missing) - 3})" if len(missing) > 3 else ""
    told = (
        screen.say("Not answered yet: {questions}", questions=titles + more)
        if score.unanswered
        else screen.say("A comment is wanted on: {questions}", questions=titles + more)
    )
    screen.notice(told, severity="warning")
    return True


def _decide(screen: ReviewScreen) -> None:
    """Ask for the reason of a decision: changed where an answer was, else upheld."""
    review = screen.judging.review
    if _is_something_open(screen):
        return
    is_changed = review.state.answers != review.state.submitted_answers
    title = (
        screen.say("The appeal is granted: answers were changed. Why?")
        if is_changed
        else screen.say("The appeal is refused: no answer was changed. Why?")
    )

    def written(text: str | None) -> None:
        if text is not None:
            screen.do(
                lambda it, by, when: it.decide(is_changed=is_changed, why=text, by=by, when=when)
            )

    screen.app.push_screen(Ask(title), written)


def mark_appeal(screen: ReviewScreen) -> None:
    """Add the question in focus to what the agent appeals against, or take it out again."""
    judging = screen.judging
    if judging.review.status is not Status.SUBMITTED or not judging.is_agents:
        screen.notice(screen.say("Only the agent can appeal, once the review is submitted."))
        return
    id = screen.question.id
    kept = tuple(it for it in screen.disputed if it != id)
    screen.dispute(kept if id in screen.disputed else (*kept, id))


def _appeal(screen: ReviewScreen) -> None:
    questions = screen.disputed

    def written(why: str | None) -> None:
        if why is not None and screen.do(
            lambda it, by, when: it.appeal(why, by=by, when=when, questions=questions)
        ):
            screen.dispute(())
            screen.notice(screen.say("You have appealed. Somebody else decides on it."))

    count = screen.messages.count(
        "Appeal against {n} answer: why?", "Appeal against {n} answers: why?", len(questions)
    )
    screen.app.push_screen(Ask(count), written)
