"""A review under way: checks each move against its form and status, and returns its events."""

import math
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace as with_fields

from callcoach.errors import IllegalMove, suggest
from callcoach.locale import mark
from callcoach.review.allowed import check_agent, check_status, check_writing, named
from callcoach.review.events import (
    Acknowledged,
    Answered,
    AnswerTakenBack,
    Appealed,
    Commented,
    CommentRemoved,
    Decided,
    FlagRejected,
    FlagRestored,
    Pins,
    Reopened,
    Rescored,
    ReviewEvent,
    ReviewOpened,
    Submitted,
    mark_of,
)
from callcoach.review.fitting import fitting
from callcoach.review.form.model import Form, Question, QuestionId
from callcoach.review.marks import Answer, Score, Suggested
from callcoach.review.purpose import CALIBRATION, STANDARD, check_purpose, counts
from callcoach.review.score import Scale
from callcoach.review.state import ReviewState, Status, apply, fold


class Review:
    """One review; its whole state is a fold over its events, so that it can be taken up again.

    Every move returns the events that it leads to, and raises `IllegalMove`, nothing having
    changed. `by` is a name, `when` an instant in UTC, ISO 8601.
    """

    def __init__(self, form: Form, events: Iterable[ReviewEvent]) -> None:
        """Take up a review; `form` is the one that it was opened with."""
        self.form = form
        self.state: ReviewState = fold(events)
        self._scale = Scale(form)
        self._scored: tuple[ReviewState, Score] | None = None

    @classmethod
    def open(
        cls,
        form: Form,
        *,
        call: str,
        agent: str,
        pins: Pins,
        by: str,
        when: str,
        purpose: str = STANDARD,
        suggested: Mapping[QuestionId, Suggested] | None = None,
    ) -> tuple["Review", tuple[ReviewEvent, ...]]:
        """Return a new review and the event that opens it.

        A calibration is blind: nothing is suggested in it. Raises `IllegalMove` where agents would
        review their own call.
        """
        check_purpose(purpose, agent, by)
        told = {} if purpose == CALIBRATION else _by_name(suggested or {})
        opened = ReviewOpened(
            seq=0,
            by=named(by),
            when=when,
            call=call,
            agent=agent,
            pins=pins,
            purpose=purpose,
            suggested=told,
        )
        return cls(form, (opened,)), (opened,)

    @property
    def status(self) -> Status:
        """Return how far it has come."""
        return self.state.status

    @property
    def answers(self) -> Mapping[QuestionId, Answer]:
        """Return the answers that hold: the person's, else what the call suggests."""
        return {QuestionId(id): answer for id, answer in self.state.answers.items()}

    @property
    def score(self) -> Score:
        """Return what the answers come to now; it is worked out once for each state."""
        if self._scored is None or self._scored[0] is not self.state:
            found = self._scale.score(self.answers, self.state.commented)
            self._scored = self.state, found
        return self._scored[1]

    @property
    def appeal_until(self) -> datetime | None:
        """Return until when it can be appealed against; None for a draft, or where it cannot."""
        submitted, days = self.state.submitted, self.form.appeal_days
        if submitted is None or not days:
            return None
        return datetime.fromisoformat(submitted.when) + timedelta(days=days)

    def answer(
        self, question: str, answer: Answer, *, by: str, when: str
    ) -> tuple[ReviewEvent, ...]:
        """Answer a question: in a draft its reviewer, in an appeal whoever decides it."""
        check_writing(self.state, by)
        fit = fitting(self._question(question), answer)
        if self.state.given.get(question) == fit:
            return ()
        return self._add(
            Answered(seq=self._seq, by=named(by), when=when, question=question, answer=fit)
        )

    def take_back(self, question: str, *, by: str, when: str) -> tuple[ReviewEvent, ...]:
        """Take a person's answer back: what the call suggests holds again."""
        check_writing(self.state, by)
        self._question(question)
        if question not in self.state.given:
            return ()
        return self._add(AnswerTakenBack(seq=self._seq, by=named(by), when=when, question=question))

    def comment(
        self,
        text: str,
        *,
        by: str,
        when: str,
        question: str = "",
        start: float | None = None,
        end: float | None = None,
        is_coaching: bool = False,
    ) -> tuple[ReviewEvent, ...]:
        """Write a comment: on a question, on a span of the call in seconds, or on the whole."""
        check_writing(self.state, by)
        if question:
            self._question(question)
        if not text.strip():
            raise IllegalMove("the comment is empty", "write a few words")
        if start is not None and end is None:
            end = start
        if start is not None and end is not None and not 0 <= start <= end < math.inf:
            raise IllegalMove(
                "a comment cannot be about {start} to {end} s",
                "name seconds since the call began, the earlier first",
                start=start,
                end=end,
            )
        return self._add(
            Commented(
                seq=self._seq,
                by=named(by),
                when=when,
                comment=self.state.next_comment,
                text=text.strip(),
                question=question,
                start=start,
                end=end,
                is_coaching=is_coaching,
            )
        )

    def edit_comment(
        self, comment: int, text: str, *, by: str, when: str
    ) -> tuple[ReviewEvent, ...]:
        """Write a comment of one's own anew; what stood there before stays in the history."""
        check_writing(self.state, by)
        present = self._comment(comment)
        if present.by != named(by):
            raise IllegalMove("the comment is {name}’s", "write one of your own", name=present.by)
        if not text.strip():
            raise IllegalMove("the comment is empty", "write a few words")
        if present.text == text.strip():
            return ()
        return self._add(
            with_fields(present, seq=self._seq, by=named(by), when=when, text=text.strip())
        )

    def remove_comment(self, comment: int, *, by: str, when: str) -> tuple[ReviewEvent, ...]:
        """Take a comment back."""
        check_writing(self.state, by)
        self._comment(comment)
        return self._add(CommentRemoved(seq=self._seq, by=named(by), when=when, comment=comment))

    def reject_flag(
        self, cue: str, what: str, at: float, *, by: str, when: str, why: str = ""
    ) -> tuple[ReviewEvent, ...]:
        """Say that a flag is wrong, which the call raised at a second of it.

        Where a question of the form asks about it, its answer says so: see `verdicts.asks_about`.
        """
        check_writing(self.state, by)
        if not counts(self.state.opened):
            raise IllegalMove(
                "this review says nothing about flags",
                "calibrations, and what agents think of their own calls, are no word on them",
            )
        present = self.state.rejected.get((cue, what, at))
        if present is not None and present.why == why.strip():
            return ()
        return self._add(
            FlagRejected(
                seq=self._seq,
                by=named(by),
                when=when,
                cue=cue,
                what=what,
                at=at,
                why=why.strip(),
            )
        )

    def restore_flag(
        self, cue: str, what: str, at: float, *, by: str, when: str
    ) -> tuple[ReviewEvent, ...]:
        """Take back that a flag is wrong."""
        check_writing(self.state, by)
        if (cue, what, at) not in self.state.rejected:
            return ()
        return self._add(
            FlagRestored(seq=self._seq, by=named(by), when=when, cue=cue, what=what, at=at)
        )

    def submit(self, *, by: str, when: str) -> tuple[ReviewEvent, ...]:
        """Hand the review in; what is unanswered, or lacks a comment, is named."""
        if self.status is not Status.DRAFT:
            raise IllegalMove("the review was submitted already", "an appeal can have it changed")
        check_writing(self.state, by)
        found = self._complete_score()
        return self._add(Submitted(seq=self._seq, by=named(by), when=when, mark=mark_of(found)))

    def reopen(self, *, by: str, when: str, why: str = "") -> tuple[ReviewEvent, ...]:
        """Take back what was handed in: its reviewer, while nobody has answered it."""
        opened = self.state.opened
        told = mark("a review that is {status} cannot be taken back")
        check_status(self.state, (Status.SUBMITTED,), told)
        if named(by) != opened.by:
            raise IllegalMove(
                "the review is {name}’s", "only who handed it in takes it back", name=opened.by
            )
        if opened.purpose == CALIBRATION:
            raise IllegalMove(
                "a calibration stays as it was submitted", "you have seen the others’ answers"
            )
        return self._add(Reopened(seq=self._seq, by=named(by), when=when, why=why.strip()))

    def appeal(
        self, why: str, *, by: str, when: str, questions: tuple[str, ...] = ()
    ) -> tuple[ReviewEvent, ...]:
        """Appeal against the review: its agent, within the form's days."""
        told = mark("a review that is {status} cannot be appealed against")
        check_status(self.state, (Status.SUBMITTED,), told)
        check_agent(self.state.opened, by, mark("only the agent of the call can appeal"))
        days, latest = self.form.appeal_days, self.appeal_until
        if latest is None or datetime.fromisoformat(when) > latest:
            raise IllegalMove(
                "the time for an appeal is over: it was {days} days",
                "a new review can be opened",
                days=days,
            )
        for question in questions:
            self._question(question)
        if not why.strip():
            raise IllegalMove("an appeal needs its reason", "say why in a few words")
        return self._add(
            Appealed(seq=self._seq, by=named(by), when=when, questions=questions, why=why.strip())
        )

    def decide(
        self, *, is_changed: bool, why: str, by: str, when: str, is_alone: bool = False
    ) -> tuple[ReviewEvent, ...]:
        """Decide an appeal: uphold the review, or change it after having answered anew.

        That is for somebody else than who reviewed, but where one `is_alone`; the event says so.
        """
        told = mark("a review that is {status} has no appeal to decide")
        check_status(self.state, (Status.APPEALED,), told)
        check_writing(self.state, by)
        is_own = named(by) == self.state.opened.by
        if is_own and not is_alone:
            raise IllegalMove(
                "who reviewed a call does not decide on the appeal",
                "let somebody else decide; if there is nobody else: --alone",
            )
        if not why.strip():
            raise IllegalMove("a decision needs its reason", "say why in a few words")
        if is_changed and not self.state.differs:
            raise IllegalMove("no answer was changed", "answer anew first, or uphold the review")
        if self.state.differs and not is_changed:
            raise IllegalMove(
                "answers were changed since the appeal", "decide “changed”, or take them back"
            )
        found = mark_of(self._complete_score())
        return self._add(
            Decided(
                seq=self._seq,
                by=named(by),
                when=when,
                is_changed=is_changed,
                why=why.strip(),
                mark=found,
                is_alone=is_own,
            )
        )

    def acknowledge(self, *, by: str, when: str) -> tuple[ReviewEvent, ...]:
        """Take note of a review that was submitted or decided: its agent."""
        told = mark("a review that is {status} cannot be acknowledged")
        check_status(self.state, (Status.SUBMITTED, Status.DECIDED), told)
        check_agent(self.state.opened, by, mark("only the agent of the call can acknowledge"))
        return self._add(Acknowledged(seq=self._seq, by=named(by), when=when))

    def rescored(
        self,
        pins: Pins,
        found: Score,
        suggested: Mapping[QuestionId, Suggested],
        *,
        by: str,
        when: str,
    ) -> tuple[ReviewEvent, ...]:
        """Keep what the call comes to when it is judged again; what was submitted stands."""
        return self._add(
            Rescored(
                seq=self._seq,
                by=named(by),
                when=when,
                pins=pins,
                suggested=_by_name(suggested),
                mark=mark_of(found),
            )
        )

    @property
    def _seq(self) -> int:
        return self.state.seq + 1

    def _add(self, event: ReviewEvent) -> tuple[ReviewEvent, ...]:
        self.state = apply(self.state, event)
        return (event,)

    def _question(self, id: str) -> Question:
        found = self.form.question(id)
        if found is None:
            known = [question.id for question in self.form.questions]
            raise IllegalMove("the form has no question “{id}”", suggest(id, known), id=id)
        return found

    def _comment(self, comment: int) -> Commented:
        found = self.state.comments.get(comment)
        if found is None:
            known = [str(id) for id in self.state.comments]
            raise IllegalMove(
                "there is no comment {comment}", suggest(str(comment), known), comment=comment
            )
        return found

    def _numbered(self, ids: Collection[str]) -> str:
        """Return questions by their numbers and ids, as commands take them."""
        places = enumerate(self.form.questions, 1)
        return ", ".join(f"{number} {it.id}" for number, it in places if it.id in ids)

    def _complete_score(self) -> Score:
        found = self.score
        if found.unanswered:
            raise IllegalMove(
                "not answered yet: {questions}",
                "answer them, or skip those that do not apply",
                questions=self._numbered(found.unanswered),
            )
        if found.uncommented:
            raise IllegalMove(
                "a comment is missing on: {questions}",
                "say why in a few words",
                questions=self._numbered(found.uncommented),
            )
        return found


def _by_name(suggested: Mapping[QuestionId, Suggested]) -> Mapping[str, Suggested]:
    return {str(id): found for id, found in suggested.items()}
