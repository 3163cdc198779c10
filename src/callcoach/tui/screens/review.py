"""A call beside its form: read it, hear it, answer with digits, comment, submit, next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.review.events import Commented
from callcoach.review.form.model import Question, QuestionId, QuestionKind
from callcoach.review.marks import Answer
from callcoach.review.state import Status, status_name
from callcoach.tui.actions import EVERYWHERE, REVIEW, Action, bindings
from callcoach.tui.form_sheet import MOST, draw_sheet
from callcoach.tui.page import Page
from callcoach.tui.review_head import draw_head, draw_news
from callcoach.tui.reviews import Judging
from callcoach.tui.screens import review_ask as asking
from callcoach.tui.screens.review_hear import SKIP, Hearer
from callcoach.tui.told_call import Told, places_of, tell_call, track_of, words_of
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.paper import Mark, Paper
from callcoach.tui.widgets.reading import Reading
from callcoach.tui.widgets.row import Row
from callcoach.tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from callcoach.tui.reviews import Move

EVIDENCE = "reverse"
"""How the words look that the call's answer to the question in focus rests on."""


class ReviewScreen(Page):
    """Shows one review."""

    ACTIONS: ClassVar[Sequence[Action]] = REVIEW
    BINDINGS: ClassVar[list[BindingType]] = bindings(REVIEW)

    def __init__(
        self, judging: Judging, follow: Callable[[int], None], swapped: Callable[[str], None]
    ) -> None:
        """Show a review.

        `follow` opens the call that stands so many places further on in the queue, `swapped` one
        whose roles are the other way round.
        """
        super().__init__()
        self.judging = judging
        self._follow = follow
        self._swapped = swapped
        self._told = Told((), {})
        self._asked = self._first_open()
        self.disputed: tuple[str, ...] = ()
        """The questions that the agent is about to appeal against."""
        self.hearer = Hearer(self)
        self._seen = -1
        """Which piece of evidence was gone to last."""

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Row(id="case")
        with Horizontal(id="judging"):
            with Vertical(id="told"):
                yield Timeline(id="timeline")
                yield Reading(self.look.signs.here if self._is_plain else "▌", id="call-lines")
                yield Paper(id="why")
            with VerticalScroll(id="sheet", can_focus=False):
                yield Paper(id="sheet-text")
        yield KeyBar()

    def appear(self) -> None:
        """Show the call and its form."""
        super().appear()
        self._fill()
        self.query_one(Reading).focus()

    def words_changed(self) -> None:
        """Say everything in the other language."""
        self._fill()

    def help_text(self) -> str:
        """Return what this screen is for."""
        return mark(
            "Read with the arrow keys, answer the question in focus by its digit; Tab goes on to"
            " the next. What the call itself suggests holds until you answer. Enter goes to the"
            " words that the suggestion rests on, N to the next flag, C writes a comment at the"
            " line. Everything is kept at once: you can leave and go on later."
        )

    def show_keys(self) -> None:
        """Show the keys that work here; what F10 does depends on how far the review is."""
        keys = dict(self.desk.settings.table("keys"))
        title = asking.what_finishes(self)
        own = [replace(it, title=title) if it.id == "finish" else it for it in self.ACTIONS]
        actions = (*EVERYWHERE[:1], *own, *EVERYWHERE[1:])
        self.query_one(KeyBar).show(actions, self.messages, keys, self._is_plain)

    @property
    def _is_plain(self) -> bool:
        return self.desk.settings.flag("plain")

    @property
    def _comments(self) -> Sequence[Commented]:
        return tuple(self.judging.review.state.comments.values())

    @property
    def question(self) -> Question:
        """Return the question in focus."""
        found = self.judging.review.form.question(self._asked)
        return found or next(self.judging.review.form.questions)

    def _first_open(self) -> QuestionId:
        review = self.judging.review
        appeal = review.state.appeal
        if appeal and appeal.questions and review.status is Status.APPEALED:
            return QuestionId(appeal.questions[0])
        unanswered = review.score.unanswered
        first = next(review.form.questions).id
        return unanswered[0] if unanswered and self.judging.can_answer else first

    def _fill(self) -> None:
        """Show everything anew."""
        events, script = self.judging.past.events, self.judging.session.coach.script
        self._told = tell_call(script, events, self._comments, self.look)
        reading = self.query_one(Reading)
        reading.show([entry.piece for entry in self._told.entries])
        self.query_one(Timeline).show(track_of(events, self._comments), self._is_plain)
        self._show_place()
        self._show_form()

    def _show_form(self) -> None:
        """Show the form, its score, and the words that the suggestion rests on."""
        review, look = self.judging.review, self.look
        script = self.judging.session.coach.script
        appeal = review.state.appeal
        appealed = appeal.questions if appeal and review.status is Status.APPEALED else ()
        appealed = appealed or self.disputed
        sheet = draw_sheet(review, script, self._asked, look, appealed)
        notes = draw_news(self.judging, self.disputed, look)
        paper = self.query_one("#sheet-text", Paper)
        paper.show([*notes, *sheet.pieces])
        place = len(notes) + sheet.focused
        self.call_after_refresh(self._show_question, place)
        self.query_one("#case", Row).show(draw_head(self.judging, look))
        self.show_keys()
        self.query_one(Reading).emphasise(self._evidence_marks())

    def _show_question(self, place: int) -> None:
        paper, sheet = self.query_one("#sheet-text", Paper), self.query_one("#sheet")
        sheet.scroll_to(y=max(paper.row_of(place) - 1, 0), animate=False)

    def _evidence_marks(self) -> dict[int, list[Mark]]:
        suggested = self.judging.review.state.opened.suggested.get(self._asked)
        spans = [span for one in suggested.evidence for span in one.spans] if suggested else []
        return words_of(spans, self._told, EVIDENCE)

    def _show_place(self) -> None:
        """Show what there is to say about the line that is read."""
        entries = self._told.entries
        place = self.query_one(Reading).place
        entry = entries[place] if place < len(entries) else None
        self.query_one("#why", Paper).show(entry.why if entry else ())
        self.query_one(Timeline).move(entry.start if entry else 0.0)

    def on_reading_moved(self, _message: Reading.Moved) -> None:
        """Tell about another line."""
        self._show_place()

    def on_timeline_chosen(self, message: Timeline.Chosen) -> None:
        """Go to where the strip was clicked."""
        self.query_one(Reading).move(self._told.nearest(message.at))

    # Moves

    def do(self, move: Move) -> bool:
        """Make a move and show it; tell why not and return False."""
        before = self._comments
        try:
            self.judging.do(move)
        except CallcoachError as error:
            self.tell(error)
            return False
        finally:
            if self._comments == before:
                self._show_form()
            else:
                self._fill()
        return True

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
        """Answer the question in focus and go on to the next, once it has the comment it wants."""
        id = self._asked
        if answer == Answer():
            self.action_take_back()
            return
        if not self.do(lambda it, by, when: it.answer(id, answer, by=by, when=when)):
            return
        if self.judging.review.score.questions[id].lacks_comment:
            self.action_reason()
        elif not stays:
            self.action_next_question()

    def action_take_back(self) -> None:
        """Take the answer to the question in focus back."""
        id = self._asked
        if self._may_answer():
            self.do(lambda it, by, when: it.take_back(id, by=by, when=when))

    def action_question(self, id: str) -> None:
        """Look at another question."""
        self._asked, self._seen = QuestionId(id), -1
        self._show_form()

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
            self.action_question(asked[place])

    def action_evidence(self) -> None:
        """Go to the words that the suggestion rests on; again: to the next of them."""
        suggested = self.judging.review.state.opened.suggested.get(self._asked)
        places = places_of(suggested.evidence if suggested else (), self._told)
        if not places:
            self.notice(self.say("No words of the call speak to this question."))
            return
        self._seen = (self._seen + 1) % len(places)
        self.query_one(Reading).move(places[self._seen])

    def action_next_flag(self) -> None:
        """Go to the next flag."""
        self._to_flag(1)

    def action_previous_flag(self) -> None:
        """Go to the flag before."""
        self._to_flag(-1)

    def _to_flag(self, by: int) -> None:
        flags, reading = self._told.flags(), self.query_one(Reading)
        beyond = [it for it in flags if (it - reading.place) * by > 0]
        if beyond:
            reading.move(beyond[0] if by > 0 else beyond[-1])
        else:
            self.notice(
                self.say("No more flags that way.") if flags else self.say("No flags in this call.")
            )

    def action_comment(self) -> None:
        """Comment on the line that is read."""
        if self._may_answer():
            asking.ask_comment(self, is_coaching=False)

    def action_coach(self) -> None:
        """Write advice to the agent at the line that is read."""
        if self._may_answer():
            asking.ask_comment(self, is_coaching=True)

    def action_reason(self) -> None:
        """Comment on the question in focus."""
        if self._may_answer():
            asking.ask_reason(self)

    def action_remove(self) -> None:
        """Take a comment back."""
        if self._may_answer():
            asking.choose_comment(self)

    def place_read(self) -> tuple[float, float]:
        """Return the seconds of the line that is read."""
        entries, place = self._told.entries, self.query_one(Reading).place
        if place >= len(entries):
            return 0.0, 0.0
        return entries[place].start, max(entries[place].end, entries[place].start)

    def action_finish(self) -> None:
        """Submit, decide or take note, as the review stands."""
        asking.finish(self)

    def action_appeal(self) -> None:
        """Appeal against the answer in focus, or no longer."""
        asking.mark_appeal(self)

    def dispute(self, questions: Sequence[str]) -> None:
        """Appeal against these answers; F10 sends the appeal."""
        self.disputed = tuple(questions)
        self._show_form()

    def action_next_call(self) -> None:
        """Open the next call of the queue."""
        self._go_on(1)

    def action_previous_call(self) -> None:
        """Open the call before."""
        self._go_on(-1)

    def _go_on(self, by: int) -> None:
        try:
            self._follow(by)
        except CallcoachError as error:
            self.tell(error)

    def action_hear(self) -> None:
        """Hear the call from the words that are read, or be silent."""
        self.hearer.toggle(self._where_read())

    def _where_read(self) -> float:
        """Return about when the words are said that are read: evidence in the line, or its start.

        No times of words are kept; a line is taken to be said evenly.
        """
        reading, (start, end) = self.query_one(Reading), self.place_read()
        found = self._evidence_marks().get(reading.place)
        if not found:
            return start
        text = self._told.entries[reading.place].piece.body
        return start + (end - start) * found[0].start / max(len(text), 1)

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

    def show_heard(self, at: float) -> None:
        """Go along with what is heard."""
        self.query_one(Reading).move(self._told.nearest(at))
        self.query_one(Timeline).move(at)

    def disappear(self) -> None:
        """Be silent."""
        self.hearer.close()

    def action_swap(self) -> None:
        """Judge the call again with agent and customer the other way round."""
        try:
            self._swapped(self.judging.journal.swapped(self.judging.past.summary.id))
        except CallcoachError as error:
            self.tell(error)
