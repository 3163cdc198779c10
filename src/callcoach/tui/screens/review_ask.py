"""What the review screen asks for: values, appeals, the last word before submitting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from callcoach.errors import CallcoachError, IllegalMove
from callcoach.review.fitting import parse_answer
from callcoach.review.form.model import Question, QuestionKind
from callcoach.review.marks import Answer
from callcoach.review.state import Status
from callcoach.review.tell import failing, form_language
from callcoach.tui.appeal import first_gap, outline, without_reason
from callcoach.tui.form_sheet import draw_score
from callcoach.tui.review_role import Role, role_of
from callcoach.tui.screens.dialogs import Ask, Choice, choose, confirm
from callcoach.tui.screens.review_comment import ask_text

if TYPE_CHECKING:
    from callcoach.tui.screens.review_view import ReviewView


def ask_value(
    screen: ReviewView, question: Question, begun: str, take: Callable[[Answer], None]
) -> None:
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
            take(parse_answer(question, (text,)))

    hint = screen.say("a day, such as 2026-12-01") if question.kind is QuestionKind.DATE else ""
    asked = Ask(screen.title_of(question.id), value, hint, problem)
    screen.app.push_screen(asked, written)


def ask_swap(screen: ReviewView, swap: Callable[[], None]) -> None:
    """Ask whether agent and customer are the wrong way round."""
    about = screen.say(
        "The call is judged again with agent and customer the other way round, as a call of its"
        " own, which counts from now on. What you have answered here stays with this one; swapping"
        " back lets it count again."
    )
    title = screen.say("Are agent and customer the wrong way round?")
    confirm(screen, title, screen.say("No, leave it"), screen.say("Swap roles"), swap, [about])


def ask_reopen(screen: ReviewView) -> None:
    """Ask why the review is taken back; it is a draft again then."""

    def written(why: str) -> None:
        if screen.do(lambda it, by, when: it.reopen(by=by, when=when, why=why)):
            screen.notice(screen.say("It is a draft again; the history says so."))

    if _may(screen, screen.judging.refused_reopening):
        title = screen.say("Take the review back: why?")
        ask_text(screen, "reopen", title, written, problem=partial(_wants_reason, screen))


def _wants_reason(screen: ReviewView, text: str) -> str:
    """Return what is said where a reason is wanted and none was written; empty for nothing."""
    return "" if text else screen.say("Say why in a few words, or leave it with Esc.")


def finish(screen: ReviewView) -> None:
    """Take the next step of the review: submit, decide, appeal, take note."""
    match role_of(screen.judging):
        case Role.REVIEWER:
            _submit(screen)
        case Role.DECIDER:
            _decide(screen)
        case Role.AGENT if screen.disputed and screen.judging.review.status is Status.SUBMITTED:
            _appeal(screen, screen.disputed)
        case Role.AGENT:
            _take_note(screen)
        case _:
            is_back = screen.judging.refused_reopening is None
            hint = screen.say("“r” takes it back.") if is_back else ""
            screen.notice(screen.say("Nothing is left for you to do here."), hint)


def _submit(screen: ReviewView) -> None:
    review, language = screen.judging.review, screen.messages.language
    if _is_something_open(screen):
        return
    unseen = screen.unseen
    found = failing(review.form, review.score)
    told = [screen.say("It comes to {score}.", score=draw_score(review, screen.look))]
    choices = {
        "submit": Choice("submit", screen.say("Submit")),
        "back": Choice("back", screen.say("Not yet")),
    }
    for number, question in found:
        title = question.title.plain(form_language(review.form, language))
        why = (
            screen.say("by the call’s suggestion, not looked at yet")
            if question.id in unseen
            else screen.say("by the call’s suggestion")
            if question.id not in review.state.given
            else screen.say("by your answer")
        )
        told.append(
            screen.say("It fails by {number} {title}: {why}.", number=number, title=title, why=why)
        )
        look = screen.say("Look at {number} {title}", number=number, title=title)
        choices.setdefault(question.id, Choice(question.id, look))
    if unseen:
        told.append(
            screen.messages.count(
                "{n} answer is the call’s suggestion, which you have not looked at.",
                "{n} answers are the call’s suggestions, which you have not looked at.",
                len(unseen),
            )
        )
        first = unseen[0]
        choices.setdefault(first, Choice(first, screen.say("Look at the first of them")))

    def chosen(id: str) -> None:
        if id == "submit":
            if screen.do(lambda it, by, when: it.submit(by=by, when=when)):
                screen.notice(screen.say("Submitted. “]” opens the next call."))
        elif id != "back":
            screen.look_at(id)

    choose(screen, screen.say("Submit this review?"), [*choices.values()], chosen, told)


def _is_something_open(screen: ReviewView) -> bool:
    """Tell whether something is still to be answered; if so, go there and say what."""
    score = screen.judging.review.score
    missing = (*score.unanswered, *score.uncommented)
    if not missing:
        return False
    screen.look_at(missing[0])
    places = [it.id for it in screen.judging.review.form.questions]
    titles = " · ".join(f"{places.index(id) + 1} {screen.title_of(id)}" for id in missing[:3])
    more = f" (+{len(missing) - 3})" if len(missing) > 3 else ""
    told = (
        screen.say("Not answered yet: {questions}", questions=titles + more)
        if score.unanswered
        else screen.say("A comment is wanted on: {questions}", questions=titles + more)
    )
    screen.notice(told, screen.say("“o” goes to the next open question."), severity="warning")
    return True


def _decide(screen: ReviewView) -> None:
    """Ask for a decision; who reviewed is asked first whether there is nobody else."""
    if _is_something_open(screen):
        return
    if screen.judging.person != screen.judging.review.state.opened.by:
        _ask_decision(screen)
        return
    about = screen.say(
        "The review is yours: a second person sees what one overlooks. If you decide, its history"
        " says that you did both."
    )

    def chosen(id: str) -> None:
        if id == "alone":
            _ask_decision(screen, is_alone=True)

    choices = [
        Choice("back", screen.say("Leave it to somebody else")),
        Choice("alone", screen.say("There is nobody else: decide")),
    ]
    choose(screen, screen.say("Can somebody else decide?"), choices, chosen, [about])


def _ask_decision(screen: ReviewView, *, is_alone: bool = False) -> None:
    """Ask for the reason of a decision: changed where an answer was, else upheld."""
    review = screen.judging.review
    is_changed = review.state.differs
    before, now = review.state.mark, review.score.percent
    if not is_changed:
        title = screen.say("The appeal is refused: no answer was changed. Why?")
    elif before is not None and (now or 0.0) < (before.percent or 0.0):
        title = screen.say("The score falls by what was changed. Why?")
    else:
        title = screen.say("The appeal is granted: answers were changed. Why?")

    def written(text: str) -> None:
        if screen.do(
            lambda it, by, when: it.decide(
                is_changed=is_changed, why=text, by=by, when=when, is_alone=is_alone
            )
        ):
            screen.notice(screen.say("Decided: the agent finds it in the list. “]” goes on."))

    ask_text(screen, "decision", title, written, problem=partial(_wants_reason, screen))


def _take_note(screen: ReviewView) -> None:
    """Ask before taking note, which ends the review; offer the appeal that is still possible."""
    choices = [
        Choice("note", screen.say("Take note: that ends it")),
        Choice("back", screen.say("Not yet")),
    ]
    about = [screen.say("Afterwards nobody can appeal or change it.")]
    if screen.judging.refused_appeal is None:
        choices.append(Choice("whole", screen.say("Appeal against the whole review")))
        about.append(screen.say("To appeal against single answers, mark each of them with “a”."))

    def chosen(id: str) -> None:
        if id == "whole":
            _appeal(screen, ())
        elif id == "note" and screen.do(lambda it, by, when: it.acknowledge(by=by, when=when)):
            screen.notice(screen.say("You have taken note of it."))

    choose(screen, screen.say("Take note of this review?"), choices, chosen, about)


def mark_appeal(screen: ReviewView) -> None:
    """Add the question in focus to what the agent appeals against, or take it out again."""
    if not _may(screen, screen.judging.refused_appeal):
        return
    id = screen.question.id
    kept = tuple(it for it in screen.disputed if it != id)
    screen.dispute(kept if id in screen.disputed else (*kept, id))
    if screen.disputed:
        told = screen.say("Marked for your appeal: F10 asks why and sends it.")
    else:
        told = screen.say("Nothing is marked for an appeal any more.")
    screen.notice(told)


def appeal_whole(screen: ReviewView) -> None:
    """Appeal against the review as a whole."""
    if _may(screen, screen.judging.refused_appeal):
        _appeal(screen, ())


def _may(screen: ReviewView, refused: CallcoachError | None) -> bool:
    """Tell whether a move can be made; say why not."""
    if refused is not None:
        screen.notice(refused.message)
    return refused is None


def _appeal(screen: ReviewView, questions: tuple[str, ...]) -> None:
    """Ask for the reason of an appeal: of several answers each has a line of its own."""

    def written(why: str) -> None:
        marked, screen.disputed = screen.disputed, ()
        if not screen.do(
            lambda it, by, when: it.appeal(why, by=by, when=when, questions=questions)
        ):
            screen.dispute(marked)
        else:
            screen.notice(
                screen.say("You have appealed. Somebody else decides on it."),
                screen.say("Once it is decided, it waits for you in the list."),
            )

    title = (
        screen.messages.count(
            "Appeal against {n} answer: why?", "Appeal against {n} answers: why?", len(questions)
        )
        if questions
        else screen.say("Appeal against the whole review: why?")
    )
    titles = {id: (screen.title_of(id),) for id in questions}
    begun = outline(map(screen.title_of, questions), screen.look) if len(questions) > 1 else ""

    def problem(text: str) -> str:
        bare = " · ".join(map(screen.title_of, without_reason(text, titles)))
        if bare:
            return screen.say("Say why, or take its line out: {questions}", questions=bare)
        return _wants_reason(screen, text)

    ask_text(
        *(screen, f"appeal {' '.join(questions)}", title, written),
        value=begun,
        problem=problem,
        begin_at=partial(first_gap, titles=titles),
    )
