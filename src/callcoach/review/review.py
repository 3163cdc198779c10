"""A review under way: checks each move against its form and status, and returns its events."""

import math
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace as with_fields

from callcoach.errors import IllegalMove, suggest
from callcoach.locale import mark
from callcoach.review.events import (
    Acknowledged,
    Answered,
    AnswerTakenBack,
    Appealed,
    Commented,
    CommentRemoved,
    Decided,
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
from callcoach.review.purpose import CALIBRATION, STANDARD, check_answered, check_purpose
from callcoach.review.score import score
from callcoach.review.state import ReviewState, Status, apply, fold, status_name

_OPEN = (Status.DRAFT, Status.APPEALED)
"""When answers and the comments beneath them can change."""


class Review:
    """One review; its whole state is a fold over its events, so that it can be taken up again.

    Every move returns the events that it leads to, and raises `IllegalMove`, nothing having
    changed. `by` is a name, `when` an instant in UTC, ISO 8601.
    """

    def __init__(self, form: Form, events: Iterable[ReviewEvent]) -> None:
        """Take up a review; `form` is the one that it was opened with."""
        self.form = form
        self.state: ReviewState = fold(events)

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
            by=_named(by),
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
        """Return what the answers come to now."""
        return score(self.form, self.answers, self.state.commented)

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
        self._check_writing(by)
        fit = fitting(self._question(question), answer)
        if self.state.given.get(question) == fit:
            return ()
        return self._add(
            Answered(seq=self._seq, by=_named(by), when=when, question=question, answer=fit)
        )

    def take_back(self, question: str, *, by: str, when: str) -> tuple[ReviewEvent, ...]:
        """Take a person's answer back: what the call suggests holds again."""
        self._check_writing(by)
        self._question(question)
        if question not in self.state.given:
            return ()
        return self._add(
            AnswerTakenBack(seq=self._seq, by=_named(by), when=when, question=question)
        )

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
        self._check_writing(by)
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
                by=_named(by),
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
        self._check_writing(by)
        present = self._comment(comment)
        if present.by != _named(by):
            raise IllegalMove("the comment is {name}’s", "write one of your own", name=present.by)
        if not text.strip():
            raise IllegalMove("the comment is empty", "write a few words")
        if present.text == text.strip():
            return ()
        return self._add(
            with_fields(present, seq=self._seq, by=_named(by), when=when, text=text.strip())
        )

    def remove_comment(self, comment: int, *, by: str, when: str) -> tuple[ReviewEvent, ...]:
        """Take a comment back."""
        self._check_writing(by)
        self._comment(comment)
        return self._add(CommentRemoved(seq=self._seq, by=_named(by), when=when, comment=comment))

    def submit(self, *, by: str, when: str) -> tuple[ReviewEvent, ...]:
        """Hand the review in; what is unanswered, or lacks a comment, is named."""
        if self.status is not Status.DRAFT:
            raise IllegalMove("the review was submitted already", "an appeal can have it changed")
        self._check_writing(by)
        found = self._complete_score()
        return self._add(Submitted(seq=self._seq, by=_named(by), when=when, mark=mark_of(found)))

    def reopen(self, *, by: str, when: str, why: str = "") -> tuple[ReviewEvent, ...]:
        """Take back what was handed in: its reviewer, while nobody has answered it."""
        opened = self.state.opened
        if self.status is not Status.SUBMITTED:
            raise IllegalMove(
                "a review that is {status} cannot be taken back",
                _NEXT[self.status],
                status=status_name(self.status),
            )
        if _named(by) != opened.by:
            raise IllegalMove(
                "the review is {name}’s", "only who handed it in takes it back", name=opened.by
            )
        if opened.purpose == CALIBRATION:
            raise IllegalMove(
                "a calibration stays as it was submitted", "you have seen the others’ answers"
            )
        return self._add(Reopened(seq=self._seq, by=_named(by), when=when, why=why.strip()))

    def appeal(
        self, why: str, *, by: str, when: str, questions: tuple[str, ...] = ()
    ) -> tuple[ReviewEvent, ...]:
        """Appeal against the review: its agent, within the form's days."""
        if self.status is not Status.SUBMITTED:
            raise IllegalMove(
                "a review that is {status} cannot be appealed against",
                _NEXT[self.status],
                status=status_name(self.status),
            )
        check_answered(self.state.opened)
        agent = self.state.opened.agent
        if agent and by != agent:
            raise IllegalMove(
                "only the agent of the call can appeal", "it is {agent}: --as", agent=agent
            )
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
            Appealed(seq=self._seq, by=_named(by), when=when, questions=questions, why=why.strip())
        )

    def decide(self, *, is_changed: bool, why: str, by: str, when: str) -> tuple[ReviewEvent, ...]:
        """Decide an appeal: uphold the review, or change it after having answered anew."""
        if self.status is not Status.APPEALED:
            raise IllegalMove(
                "a review that is {status} has no appeal to decide",
                _NEXT[self.status],
                status=status_name(self.status),
            )
        self._check_writing(by)
        if not why.strip():
            raise IllegalMove("a decision needs its reason", "say why in a few words")
        differs = self.state.answers != self.state.submitted_answers
        if is_changed and not differs:
            raise IllegalMove("no answer was changed", "answer anew first, or uphold the review")
        if differs and not is_changed:
            raise IllegalMove(
                "answers were changed since the appeal", "decide “changed”, or take them back"
            )
        found = mark_of(self._complete_score())
        return self._add(
            Decided(
                seq=self._seq,
                by=_named(by),
                when=when,
                is_changed=is_changed,
                why=why.strip(),
                mark=found,
            )
        )

    def acknowledge(self, *, by: str, when: str) -> tuple[ReviewEvent, ...]:
        """Take note of a review that was submitted or decided: its agent."""
        if self.status not in (Status.SUBMITTED, Status.DECIDED):
            raise IllegalMove(
                "a review that is {status} cannot be acknowledged",
                _NEXT[self.status],
                status=status_name(self.status),
            )
        check_answered(self.state.opened)
        agent = self.state.opened.agent
        if agent and by != agent:
            raise IllegalMove(
                "only the agent of the call can acknowledge", "it is {agent}: --as", agent=agent
            )
        return self._add(Acknowledged(seq=self._seq, by=_named(by), when=when))

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
                by=_named(by),
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

    def _check_writing(self, by: str) -> None:
        """Raise `IllegalMove` where nothing can be answered now, or not by this person."""
        if self.status not in _OPEN:
            raise IllegalMove(
                "the review is {status}: nothing in it can be changed",
                "an appeal can have it changed",
                status=status_name(self.status),
            )
        opened = self.state.opened
        if self.status is Status.DRAFT and _named(by) != opened.by:
            raise IllegalMove(
                "the review is {name}’s",
                "open one of your own, or name {name}: --as",
                name=opened.by,
            )
        if self.status is Status.APPEALED and opened.agent and by == opened.agent:
            raise IllegalMove("nobody decides on their own appeal", "let somebody else decide")

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


_NEXT = {
    Status.DRAFT: mark("submit it first"),
    Status.SUBMITTED: mark("it can be appealed against or acknowledged"),
    Status.APPEALED: mark("the appeal is to be decided first"),
    Status.DECIDED: mark("it can be acknowledged"),
    Status.ACKNOWLEDGED: mark("it is over"),
}


def _by_name(suggested: Mapping[QuestionId, Suggested]) -> Mapping[str, Suggested]:
    return {str(id): found for id, found in suggested.items()}


def _named(by: str) -> str:
    """Return a name; raises `IllegalMove` where there is none."""
    if not by.strip():
        raise IllegalMove("nobody says who does this", "name yourself: --as NAME")
    return by.strip()
