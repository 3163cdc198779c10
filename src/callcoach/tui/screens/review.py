"""A call beside its form: read it, hear it, answer with digits, comment, submit, next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from callcoach.errors import CallcoachError
from callcoach.review.form.model import QuestionId, QuestionKind
from callcoach.review.marks import Answer
from callcoach.review.purpose import CALIBRATION
from callcoach.review.state import Status, status_name
from callcoach.tui.form_sheet import MOST
from callcoach.tui.screens import review_ask as asking
from callcoach.tui.screens import review_comment as commenting
from callcoach.tui.screens import review_flags as flagging
from callcoach.tui.screens.opening import write_report
from callcoach.tui.screens.review_hear import SKIP, Hearer
from callcoach.tui.screens.review_view import ReviewView
from callcoach.tui.told_call import places_of
from callcoach.tui.widgets.reading import Reading

if TYPE_CHECKING:
    from callcoach.tui.reviews import Judging


class ReviewScreen(ReviewView):
    """Shows one review, and does to it what its keys say."""

    def __init__(
        self, judging: Judging, follow: Callable[[int], None], swap: Callable[[], None]
    ) -> None:
        """Show a review.

        `follow` opens the call that stands so many places further on in the queue, `swap` the one
        whose roles are the other way round.
        """
        super().__init__(judging)
        self._follow = follow
        self._swap = swap
        self.hearer = Hearer(self)

    def appear(self) -> None:
        """Show the call and its form, and tell of what was typed and is not written yet."""
        super().appear()
        commenting.tell_typed(self)

    def _may_answer(self) -> bool:
        if self.judging.can_answer:
            return True
        status = self.say(status_name(self.judging.review.status))
        self.notice(self.say("This review is {status}: you can only read it.", status=status))
        return False

    def action_answer(self, number: int) -> None:
        """Answer the question in focus by the place of an option, from 1."""
        question = self.question
        if not self._may_answer():
            return
        if question.kind not in (QuestionKind.ONE, QuestionKind.MANY):
            asking.ask_value(
                self,
                question,
                "" if question.kind is not QuestionKind.NUMBER else str(number % MOST),
                self.answer,
            )
        elif number <= len(question.options):
            option = question.options[number - 1].id
            if question.kind is QuestionKind.ONE:
                self.answer(Answer(options=(option,)))
            else:
                held = self.judging.review.answers.get(question.id, Answer()).options
                kept = tuple(it for it in held if it != option)
                self.answer(Answer(options=kept if option in held else (*held, option)), stays=True)

    def action_skip(self) -> None:
        """Say that the question in focus does not apply."""
        if self._may_answer():
            self.answer(Answer(is_skipped=True))

    def answer(self, answer: Answer, stays: bool = False) -> None:
        """Answer the question in focus and go on, once it has the comment it wants."""
        id = self._asked
        if answer == Answer():
            self.action_take_back()
            return
        if not self.do(lambda it, by, when: it.answer(id, answer, by=by, when=when)):
            return
        if self.judging.review.score.questions[id].lacks_comment:
            self.action_reason()
        elif not stays:
            self.go_on()

    def go_on(self) -> None:
        """Look at what comes after an answer: the next question, or the next open one.

        In an appeal that is the next that the agent does not agree with; after the last one stays.
        """
        if self.appealed:
            here = self._place(self._asked)
            beyond = [id for id in self.appealed if self._place(id) > here]
            self.look_at(beyond[0] if beyond else self._asked)
        elif self.desk.settings.flag("next_open") and self._open():
            self.action_next_open()
        else:
            self.action_next_question()

    def action_take_back(self) -> None:
        """Take the answer to the question in focus back."""
        id = self._asked
        if self._may_answer():
            self.do(lambda it, by, when: it.take_back(id, by=by, when=when))

    def action_question(self, id: str) -> None:
        """Look at the question that was clicked."""
        self.look_at(id)

    def action_next_question(self) -> None:
        """Look at the next question that is asked."""
        self._step(1)

    def action_previous_question(self) -> None:
        """Look at the question before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        marks = self.judging.review.score.questions
        ids = [it.id for it in self.judging.review.form.questions]
        asked = [id for id in ids if marks[id].is_asked or id == self._asked]
        place = asked.index(self._asked) + by
        if 0 <= place < len(asked):
            self.look_at(asked[place])

    def _open(self) -> Sequence[QuestionId]:
        """Return the questions that lack an answer or a comment, in the form's order."""
        score = self.judging.review.score
        lacking = {*score.unanswered, *score.uncommented}
        return [it.id for it in self.judging.review.form.questions if it.id in lacking]

    def action_next_open(self) -> None:
        """Look at the next question that lacks something; after the last at the first of them.

        In an appeal where nothing is lacking it is the next that the agent does not agree with.
        """
        open = self._open() or self.appealed
        if not open:
            self.notice(self.say("No question is open: F10 goes on."))
            return
        here = self._place(self._asked)
        self.look_at(next((id for id in open if self._place(id) > here), open[0]))

    def _place(self, question: str) -> int:
        """Return the place of a question in the form."""
        return [it.id for it in self.judging.review.form.questions].index(QuestionId(question))

    def action_evidence(self) -> None:
        """Go to the words that the suggestion rests on; again: to the next of them."""
        suggested = self.judging.review.state.opened.suggested.get(self._asked)
        places = places_of(suggested.evidence if suggested else (), self._told)
        if not places:
            self.notice(self.say("No words of the call speak to this question."))
            return
        self._seen = (self._seen + 1) % len(places)
        self.query_one(Reading).move(places[self._seen], is_centred=True)

    def action_next_flag(self) -> None:
        """Go to what was flagged next."""
        self._to_flag(1)

    def action_previous_flag(self) -> None:
        """Go to what was flagged before."""
        self._to_flag(-1)

    def _to_flag(self, by: int) -> None:
        flags, reading = self._told.flags(), self.query_one(Reading)
        beyond = [it for it in flags if (it - reading.place) * by > 0]
        if beyond:
            reading.move(min(beyond) if by > 0 else max(beyond), is_centred=True)
        else:
            self.notice(
                self.say("No more flags that way.") if flags else self.say("No flags in this call.")
            )

    def action_steps(self) -> None:
        """Show the steps of the script in the call, or leave them out."""
        self._has_steps = not self.has_steps
        self._fill()

    def action_comment(self) -> None:
        """Comment on the line that is read, or write the comment anew that is read."""
        if self._may_answer():
            commenting.ask_comment(self, is_coaching=False)

    def action_coach(self) -> None:
        """Write advice to the agent at the line that is read."""
        if self._may_answer():
            commenting.ask_comment(self, is_coaching=True)

    def action_reason(self) -> None:
        """Comment on the question in focus, or write one's comment on it anew."""
        if self._may_answer():
            commenting.ask_reason(self, self.go_on)

    def action_remove(self) -> None:
        """Take a comment back."""
        if self._may_answer():
            commenting.choose_comment(self)

    def action_reject(self) -> None:
        """Call the flag wrong that is read, or no longer."""
        if self._may_answer():
            flagging.reject_flag(self)

    def action_reject_because(self) -> None:
        """Call the flag wrong that is read, and say why."""
        if self._may_answer():
            flagging.reject_flag_because(self)

    def action_finish(self) -> None:
        """Submit, decide or take note, as the review stands."""
        asking.finish(self)

    def action_appeal(self) -> None:
        """Appeal against the answer in focus, or no longer."""
        asking.mark_appeal(self)

    def action_appeal_whole(self) -> None:
        """Appeal against the review as a whole."""
        asking.appeal_whole(self)

    def action_reopen(self) -> None:
        """Take back what was handed in, while nobody has answered it."""
        asking.ask_reopen(self)

    def action_leave(self) -> None:
        """Go back, once nothing that was typed would be lost."""
        commenting.part(self, super().action_leave)

    def may_quit(self) -> bool:
        """Tell whether the program may end; what was typed and not written is asked about."""
        if not self.kept:
            return True
        commenting.part(self, lambda: self.app.exit(0))
        return False

    def action_next_call(self) -> None:
        """Open the next call of the queue."""
        commenting.part(self, lambda: self._go_to(1))

    def action_previous_call(self) -> None:
        """Open the call before."""
        commenting.part(self, lambda: self._go_to(-1))

    def _go_to(self, by: int) -> None:
        try:
            self._follow(by)
        except CallcoachError as error:
            self.tell(error)

    def action_hear(self) -> None:
        """Hear the call from the words that are read, or be silent."""
        self.hearer.toggle(self._where_read())

    def action_back(self) -> None:
        """Go back by five seconds."""
        self.hearer.skip(-SKIP)

    def action_ahead(self) -> None:
        """Go on by five seconds."""
        self.hearer.skip(SKIP)

    def action_speed(self) -> None:
        """Hear it faster, or as it was."""
        speed = self.hearer.change_speed()
        self.notice(self.say("Speed {speed}×", speed=f"{speed:g}"))

    def disappear(self) -> None:
        """Be silent."""
        self.hearer.close()

    def action_report(self) -> None:
        """Write the report on the call as a page, with personal data masked."""
        opened, status = self.judging.review.state.opened, self.judging.review.status
        if opened.purpose == CALIBRATION and status is Status.DRAFT:
            self.notice(self.say("This review is blind: its call has a report once it is in."))
            return
        call, reviews = self.judging.past.summary.id, self.desk.reviews
        write_report(self, lambda: reviews.report(call))

    def action_swap(self) -> None:
        """Judge the call again with agent and customer the other way round, after being asked."""
        commenting.part(self, lambda: asking.ask_swap(self, self._swap))
