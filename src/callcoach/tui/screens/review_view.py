"""A call beside its form, as it is shown: what is read, what is asked, where one is in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from callcoach.call.places import lines_of
from callcoach.errors import CallcoachError
from callcoach.locale import mark
from callcoach.review.form.model import Question, QuestionId
from callcoach.review.state import Status
from callcoach.review.tell import form_language
from callcoach.review.verdicts import Verdicts, verdicts_in
from callcoach.tui.actions import REVIEW, Action, bindings
from callcoach.tui.form_sheet import draw_sheet
from callcoach.tui.page import Page
from callcoach.tui.review_head import draw_head, draw_news
from callcoach.tui.review_role import Role, hints, role_of, what_finishes
from callcoach.tui.told_call import Entry, Told, tell_call, track_of, words_of
from callcoach.tui.widgets.keybar import KeyBar
from callcoach.tui.widgets.paper import Mark, Paper
from callcoach.tui.widgets.reading import Reading
from callcoach.tui.widgets.row import Row
from callcoach.tui.widgets.timeline import Timeline

if TYPE_CHECKING:
    from callcoach.call.events import FlagRaised
    from callcoach.review.events import Commented
    from callcoach.tui.reviews import Judging, Move

EVIDENCE = "reverse"
"""How the words look that the call's answer to the question in focus rests on."""
ROWS_FOR_STEPS = 27
"""In a lower terminal the steps of the script are not shown unless they are asked for."""


class ReviewView(Page):
    """Shows one review; what is done to it is the matter of `ReviewScreen`."""

    ACTIONS: ClassVar[Sequence[Action]] = REVIEW
    BINDINGS: ClassVar[list[BindingType]] = bindings(REVIEW)

    def __init__(self, judging: Judging) -> None:
        super().__init__()
        self.judging = judging
        self._told = Told((), {})
        self.lines = lines_of(judging.past.events)
        """What was said, by the `seq` that spans name it by."""
        self._asked = self._first_open()
        self._looked = {self._asked}
        """The questions that were in focus: their suggestions were seen."""
        self._has_steps: bool | None = None
        """Whether steps are shown; None until somebody chose."""
        self.disputed: tuple[str, ...] = ()
        """The questions that the agent is about to appeal against."""
        self.kept: dict[str, str] = {}
        """Texts that were typed and not written yet, by what they are about; in the journal too."""
        self._shown_status: Status | None = None
        """How far the review was when it was shown last."""
        self._seen = -1
        """Which piece of evidence was gone to last."""

    def do(self, move: Move) -> bool:
        """Make a move and show it; tell why not and return False."""
        before = self._shown_of_call
        try:
            self.judging.do(move)
        except CallcoachError as error:
            self.tell(error)
            return False
        finally:
            if self._shown_of_call == before:
                self._show_form()
            else:
                self._fill()
        return True

    @property
    def _shown_of_call(self) -> tuple[object, ...]:
        """Return what of the review is shown in the call; another makes it told anew."""
        return self._comments, self.judging.review.status, self._verdicts

    def keep_typed(self, about: str, text: str) -> None:
        """Keep what was typed and is not written yet; an empty text is forgotten."""
        typed = text.strip()
        if typed == self.kept.get(about, ""):
            return
        if typed:
            self.kept[about] = typed
        else:
            del self.kept[about]
        try:
            self.judging.keep_typed(about, typed)
        except CallcoachError as error:
            self.tell(error)

    def dispute(self, questions: Sequence[str]) -> None:
        """Appeal against these answers; F10 sends the appeal."""
        self.disputed = tuple(questions)
        self._show_form()

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
            "Read with the arrow keys, answer the question in focus by its digit: the next one"
            " follows. What the call itself suggests holds until you answer. “o” goes to the next"
            " open question, Enter to the words that the suggestion rests on, “n” to the next flag,"
            " “c” writes a comment at the line, “d” says that a flag is wrong which no question"
            " asks about. Everything is kept at once: you can leave and go on later."
        )

    def more_keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys that belong to no action."""
        return (
            ("1 … 9  0", mark("Answer by the digit that stands before it")),
            ("↑ ↓  PgUp PgDn  Home End", mark("Read the call")),
        )

    def legend(self) -> Sequence[tuple[str, str]]:
        """Return what the signs mean, beside the questions and in the call."""
        it = self.look.signs
        return (
            (it.unmet, mark("open: to be answered by you")),
            (it.heard, mark("answered by the call; it holds until you answer")),
            (it.met, mark("answered by a person")),
            (it.pen, mark("a comment; before a question: one is wanted")),
            (it.note, mark("not asked, as others are answered")),
            (it.alarm, mark("under appeal, or it fails the form")),
            (it.warning, mark("a flag: how grave it is and «the words that count» stand with it")),
            (it.step, mark("a step of the script")),
        )

    def hinted(self) -> Sequence[Action]:
        """Return what matters to this person; what F10 does depends on the review."""
        title = what_finishes(self.judging, bool(self.disputed))
        known = {it.id: it for it in self.ACTIONS}
        known["finish"] = replace(known["finish"], title=title)
        if self.appealed:
            known["next_open"] = replace(known["next_open"], title=mark("Next under appeal"))
        return [replace(known[id], is_hinted=True) for id in hints(self.judging)]

    @property
    def _is_plain(self) -> bool:
        return self.desk.settings.flag("plain")

    @property
    def has_steps(self) -> bool:
        """Tell whether the steps of the script are shown in the call."""
        is_roomy = self.app.size.height >= ROWS_FOR_STEPS
        return is_roomy if self._has_steps is None else self._has_steps

    def title_of(self, id: str) -> str:
        """Return what a question of the form is called."""
        form = self.judging.review.form
        question = form.question(id)
        language = form_language(form, self.messages.language)
        return question.title.plain(language) if question else id

    @property
    def _comments(self) -> Sequence[Commented]:
        return tuple(self.judging.review.state.comments.values())

    @property
    def _verdicts(self) -> Verdicts:
        return verdicts_in(self.judging.review.state, self.judging.review.form)

    @property
    def question(self) -> Question:
        """Return the question in focus."""
        found = self.judging.review.form.question(self._asked)
        return found or next(self.judging.review.form.questions)

    @property
    def unseen(self) -> tuple[QuestionId, ...]:
        """Return the questions that the call has answered and that nobody looked at here."""
        review = self.judging.review
        return tuple(
            id
            for id, mark in review.score.questions.items()
            if mark.is_asked and id not in review.state.given and id not in self._looked
        )

    @property
    def appealed(self) -> Sequence[QuestionId]:
        """Return the questions under appeal, in the form's order; none once it is decided."""
        review = self.judging.review
        if review.status is not Status.APPEALED or review.state.appeal is None:
            return ()
        asked = review.state.appeal.questions
        return tuple(it.id for it in review.form.questions if it.id in asked)

    def _first_open(self) -> QuestionId:
        review = self.judging.review
        appeal = review.state.appeal
        if appeal and appeal.questions:
            return QuestionId(appeal.questions[0])
        unanswered = review.score.unanswered
        first = next(review.form.questions).id
        return unanswered[0] if unanswered and self.judging.can_answer else first

    def _fill(self) -> None:
        """Show everything anew, at the same line."""
        events, script = self.judging.past.events, self.judging.session.coach.script
        before, reading = self._entry, self.query_one(Reading)
        verdicts = self._verdicts
        self._told = tell_call(script, events, self._comments, self.look, self.has_steps, verdicts)
        if before is not None:
            reading.place = self._told.same(before)
        reading.show([entry.piece for entry in self._told.entries])
        self.query_one(Timeline).show(track_of(events, self._comments, verdicts), self._is_plain)
        self._show_place()
        self._show_form()

    def _show_form(self) -> None:
        """Show the form, its score, and the words that the suggestion rests on."""
        review, look = self.judging.review, self.look
        script = self.judging.session.coach.script
        disputed = self.appealed or self.disputed
        sheet = draw_sheet(review, script, self.lines, self._asked, look, disputed)
        notes = draw_news(self.judging, self.disputed, look)
        paper = self.query_one("#sheet-text", Paper)
        paper.show([*notes, *sheet.pieces])
        # What people said about the review stands above the questions.
        is_first = sheet.focused <= 1 or self._is_news
        self._shown_status = review.status
        place = 0 if is_first else len(notes) + sheet.focused
        self.once_painted(partial(self._show_question, place))
        self.query_one("#case", Row).show(draw_head(self.judging, look))
        self.show_keys()
        self.query_one(Reading).emphasise(self._evidence_marks())

    @property
    def _is_news(self) -> bool:
        """Tell whether what people said about the review matters more than a question."""
        if self._shown_status is None:
            return role_of(self.judging) is Role.AGENT
        return self._shown_status is not self.judging.review.status

    def _show_question(self, place: int) -> None:
        paper, sheet = self.query_one("#sheet-text", Paper), self.query_one("#sheet")
        sheet.scroll_to(y=max(paper.row_of(place) - 1, 0), animate=False)

    def _evidence_marks(self) -> dict[int, list[Mark]]:
        suggested = self.judging.review.state.opened.suggested.get(self._asked)
        spans = [span for one in suggested.evidence for span in one.spans] if suggested else []
        return words_of(spans, self._told, EVIDENCE)

    @property
    def _entry(self) -> Entry | None:
        """Return what is read."""
        entries, place = self._told.entries, self.query_one(Reading).place
        return entries[place] if place < len(entries) else None

    def _show_place(self) -> None:
        """Show what there is to say about the line that is read."""
        entry = self._entry
        self.query_one("#why", Paper).show(entry.why if entry else ())
        self.query_one(Timeline).move(entry.start if entry else 0.0)

    def on_reading_moved(self, _message: Reading.Moved) -> None:
        """Tell about another line."""
        self._show_place()

    def on_timeline_chosen(self, message: Timeline.Chosen) -> None:
        """Go to where the strip was clicked."""
        self.query_one(Reading).move(self._told.nearest(message.at), is_centred=True)

    def look_at(self, question: str) -> None:
        """Put a question into focus."""
        self._seen = -1
        self._asked = QuestionId(question)
        self._looked.add(self._asked)
        self._show_form()

    def place_read(self) -> tuple[float, float]:
        """Return the seconds of the line that is read."""
        entry = self._entry
        if entry is None:
            return 0.0, 0.0
        return entry.start, max(entry.end, entry.start)

    def comment_read(self) -> int:
        """Return the number of the comment that is read; 0 where it is something else."""
        entry = self._entry
        return entry.comment if entry else 0

    def flags_read(self) -> Sequence[FlagRaised]:
        """Return the flag that is read, or those about the words that are read."""
        entry = self._entry
        return self._told.flags_of(entry) if entry else ()

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

    def show_heard(self, at: float) -> None:
        """Go along with what is heard."""
        self.query_one(Reading).move(self._told.nearest(at))
        self.query_one(Timeline).move(at)

    def show_playing(self, speed: float | None) -> None:
        """Show that the call is heard, and how fast; None: it is silent."""
        self.query_one(Timeline).play(speed)
