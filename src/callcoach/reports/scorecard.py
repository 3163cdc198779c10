"""A review as a document: every question with its answer, what it rests on, and what was written.

What is told is what stands: an answer that an appeal had changed is told with the score before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from callcoach.archive.export.record import CallRecord
from callcoach.archive.zone import local_day
from callcoach.call.events import CueHeard, Event, FlagCleared, FlagRaised, Span
from callcoach.call.places import lines_of, start_of
from callcoach.locale import Messages
from callcoach.reports.examples import masked, quote
from callcoach.reports.parts import Notes, Quoted, Scorecard, ScoredQuestion, ScoredSection
from callcoach.reports.reviewed import is_replaced, newest_scored
from callcoach.review.events import Commented, Mark
from callcoach.review.explain import explain_evidence, explain_fail
from callcoach.review.form.model import Form, Question, QuestionId
from callcoach.review.marks import Answer, Evidence, QuestionScore, Score
from callcoach.review.purpose import counts
from callcoach.review.score import score
from callcoach.review.state import ReviewState, status_name
from callcoach.review.tell import answer_words, decider, form_language, form_title, points_words
from callcoach.script.model import Script
from callcoach.words.clock import clock

_QUOTES = 3
"""Of one question: more is in the transcript."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review, and the form that it was made with."""

    state: ReviewState
    form: Form | None
    """None where it cannot be read any more."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a review is told with."""

    record: CallRecord
    script: Script | None
    messages: Messages
    moved: Mapping[Span, Span] = field(default_factory=dict)
    """Where words stand in the record; see `moved_spans`."""


def moved_spans(before: Iterable[Event], after: Iterable[Event]) -> Mapping[Span, Span]:
    """Return where the words that cues and flags rest on went when a call was masked."""
    found: dict[Span, Span] = {}
    for one, other in zip(before, after, strict=True):
        match one, other:
            case CueHeard(), CueHeard():
                found |= zip((one.span, *one.also), (other.span, *other.also), strict=True)
            case ((FlagRaised() | FlagCleared()), (FlagRaised() | FlagCleared())):
                if one.span is not None and other.span is not None:
                    found[one.span] = other.span
            case _:
                pass
    return found


def scorecards(reviews: Iterable[Reviewed], telling: Telling) -> Iterator[Scorecard | Notes]:
    """Yield the reviews that were handed in, the oldest first; others score nobody.

    Where a newer one counts in the place of another, this one says so.
    """
    known, say = tuple(reviews), telling.messages.say
    newest = newest_scored(it.state for it in known)
    handed_in = [
        (standing.when, it)
        for it in known
        if (standing := it.state.submitted) is not None
        and it.state.mark is not None
        and counts(it.state.opened)
    ]
    for number, (_, it) in enumerate(sorted(handed_in, key=lambda one: one[0]), 1):
        id = "review" if number == 1 else f"review{number}"
        told = [say(status_name(it.state.status))]
        if is_replaced(it.state, newest):
            told.append(say("a newer review counts"))
        if it.form:
            yield _Card(it.state, it.form, telling, told).card(id)
        else:
            yield _bare(id, it.state, telling, told)


def _bare(id: str, state: ReviewState, telling: Telling, standing: Sequence[str]) -> Notes:
    """Return what is known of a review whose form is lost."""
    say = telling.messages.say
    told = (_mark_words(state.mark), *standing)
    items = [(say("{label}:", label=say("Score")), " · ".join(told))]
    items += [
        (say("{label}:", label=_written_by(it, telling.messages)), _masked(it.text, telling))
        for it in state.comments.values()
    ]
    title = say("Review: {form}", form=state.opened.pins.form)
    return Notes(id, title, tuple(items))


def _mark_words(mark: Mark | None) -> str:
    return "–" if mark is None or mark.percent is None else f"{mark.percent:.1f}%"


def _masked(text: str, telling: Telling) -> str:
    return masked(text, telling.record, telling.messages)


def _written_by(comment: Commented, messages: Messages) -> str:
    """Return what a comment is, where in the call it belongs, and whose it is."""
    kind = messages.say("Coaching") if comment.is_coaching else messages.say("Comment")
    at = comment.start
    where = "" if at is None else clock(at)
    if at is not None and comment.end is not None and clock(comment.end) != where:
        where += f"–{clock(comment.end)}"
    return " · ".join(it for it in (kind, where, comment.by) if it)


class _Card:
    """One review, being told."""

    def __init__(
        self, state: ReviewState, form: Form, telling: Telling, standing: Sequence[str]
    ) -> None:
        """Tell a review; `standing` says in words how far it has come, and whether it counts."""
        self._state, self._form, self._telling = state, form, telling
        self._standing = standing
        self._messages = telling.messages
        self._language = form_language(form, telling.messages.language)
        self._lines = lines_of(telling.record.events)
        self._answers = {QuestionId(id): it for id, it in state.standing_answers.items()}
        self._score: Score = score(form, self._answers, state.commented)

    def card(self, id: str) -> Scorecard:
        """Return the review."""
        say, state, form = self._messages.say, self._state, self._form
        comments = [it for it in state.comments.values() if not it.question]
        title = form_title(form, self._messages.language)
        return Scorecard(
            id=id,
            title=say("Review: {form}", form=title),
            lead=say(
                "{form}, version {version}, by {reviewer}. What a person answered stands beside"
                " what the call answered by itself.",
                form=title,
                version=form.version,
                reviewer=state.opened.by,
            ),
            result=" · ".join(it for it in self._result() if it),
            has_failed=self._score.has_failed,
            sections=tuple(self._sections()),
            remarks=tuple(map(self._remark, comments)),
            history=tuple(self._history()),
            columns=(say("Question"), say("Answer"), say("Points")),
        )

    def _result(self) -> Iterator[str]:
        mark, say = self._state.mark, self._messages.say
        yield _mark_words(mark)
        band = dict(mark.band) if mark else {}
        yield band.get(self._language) or next(iter(band.values()), "")
        if mark and mark.has_failed:
            yield say("auto-fail")
        if mark and mark.percent is not None and mark.percent > 100:
            yield say("above 100%: with the bonus")
        yield from self._standing

    def _sections(self) -> Iterator[ScoredSection]:
        number = 0
        for section, found in zip(self._form.sections, self._score.sections, strict=True):
            rows = []
            for question in section.questions:
                number += 1
                rows.append(self._question(number, question))
            percent = "" if found.percent is None else f"{found.percent:.0f}%"
            if found.has_failed:
                percent = f"0% · {self._messages.say('auto-fail')}"
            yield ScoredSection(section.title.plain(self._language), percent, tuple(rows))

    def _question(self, number: int, question: Question) -> ScoredQuestion:
        marked = self._score.questions[question.id]
        title = f"{number}. {question.title.plain(self._language)}"
        if not marked.is_asked:
            return ScoredQuestion(title, "", self._messages.say("not asked"), "", "", (), (), ())
        answer = self._answers.get(question.id)
        told = self._words(question, answer)
        why, quotes = self._evidence(question)
        comments = [it for it in self._state.comments.values() if it.question == question.id]
        return ScoredQuestion(
            title=title,
            answer=told,
            by=self._who(question, answer),
            points=points_words(marked),
            state=_state(marked),
            why=(*self._fail(marked), *why, *self._appeal(question)),
            quotes=quotes,
            remarks=tuple(map(self._remark, comments)),
        )

    def _words(self, question: Question, answer: Answer | None) -> str:
        if answer is None:
            return "–"
        told = answer_words(question, answer, self._language, self._messages)
        return _masked(told, self._telling) if answer.text else told

    def _who(self, question: Question, answer: Answer | None) -> str:
        """Return who answered, and what the call answered where that was something else."""
        say, state = self._messages.say, self._state
        suggested = state.opened.suggested.get(question.id)
        own = suggested.answer if suggested and suggested.answer != Answer() else None
        before = state.submitted_answers.get(question.id)
        is_changed = state.decision is not None and state.submitted is not None and answer != before
        if answer is None:
            return ""
        by = state.opened.by
        if is_changed and state.decision is not None:
            by = state.decision.by
        elif question.id not in state.given and answer == own:
            return say("by the call")
        if is_changed:
            told = self._words(question, before)
            return say("{name}; before the appeal: {answer}", name=by, answer=told)
        if own is not None and own != answer:
            told = self._words(question, own)
            return say("{name}; the call said: {answer}", name=by, answer=told)
        return by

    def _fail(self, marked: QuestionScore) -> tuple[str, ...]:
        return (explain_fail(marked.fails, self._messages),) if marked.fails else ()

    def _appeal(self, question: Question) -> Iterator[str]:
        appeal = self._state.appeal
        if appeal is not None and question.id in appeal.questions:
            yield self._messages.say("{name} appealed against this answer.", name=appeal.by)

    def _evidence(self, question: Question) -> tuple[tuple[str, ...], tuple[Quoted, ...]]:
        """Return why the call answers as it does, and the words that it rests on."""
        suggested = self._state.opened.suggested.get(question.id)
        evidence = suggested.evidence if suggested else ()
        times: dict[str, dict[str, None]] = {}
        for one in evidence:
            known = times.setdefault(self._sentence(one), {})
            if one.at is not None:
                known[clock(start_of(one.at, one.spans, self._lines))] = None
        quotes = dict.fromkeys(it for one in evidence for it in self._quotes(one))
        why = (f"{', '.join(at)} {told}".strip() for told, at in times.items())
        return tuple(why), tuple(quotes)[:_QUOTES]

    def _sentence(self, one: Evidence) -> str:
        script = self._telling.script
        if script is None:
            return f"{one.subject} {one.value}".strip()
        spoken = script.language(self._language)
        return explain_evidence(one, script, spoken, self._messages)

    def _quotes(self, one: Evidence) -> Iterator[Quoted]:
        for span in one.spans:
            said, moved = self._lines.get(span.heard), self._moved(span)
            if said is None:
                continue
            if moved is None or moved.end <= moved.start:
                moved = Span(said.seq, 0, 0)  # nobody knows any more which words count
            yield quote(said, moved, self._messages)

    def _moved(self, span: Span) -> Span | None:
        if not self._telling.record.is_redacted:
            return span
        return self._telling.moved.get(span)

    def _remark(self, comment: Commented) -> tuple[str, str]:
        return _written_by(comment, self._messages), _masked(comment.text, self._telling)

    def _history(self) -> Iterator[tuple[str, str]]:
        """Yield what became of the review: who did what on which day, and why."""
        state, say = self._state, self._messages.say
        if state.submitted is not None:
            told = say("{score}, by {reviewer}", score=_mark_words(state.submitted.mark),
                       reviewer=state.submitted.by)  # fmt: skip
            yield _dated(say("submitted"), state.submitted.when), told
        if state.appeal is not None:
            about = [
                f"{number} {it.title.plain(self._language)}"
                for number, it in enumerate(self._form.questions, 1)
                if it.id in state.appeal.questions
            ]
            words = (say("{name}: {words}", name=state.appeal.by,
                         words=_masked(state.appeal.why, self._telling)), *about)  # fmt: skip
            yield _dated(say("appeal"), state.appeal.when), " · ".join(words)
        if state.decision is not None:
            word = say("changed") if state.decision.is_changed else say("upheld")
            told = say("{name}: {words}", name=decider(state.decision, self._messages),
                       words=_masked(state.decision.why, self._telling))  # fmt: skip
            yield _dated(word, state.decision.when), f"{told} · {self._before_and_after()}"
        if state.acknowledged is not None:
            yield _dated(say("acknowledged"), state.acknowledged.when), state.acknowledged.by

    def _before_and_after(self) -> str:
        before = self._state.submitted.mark if self._state.submitted else None
        after = self._state.decision.mark if self._state.decision else None
        return f"{_mark_words(before)} → {_mark_words(after)}"


def _dated(word: str, when: str) -> str:
    return f"{local_day(when)} {word}"


def _state(marked: QuestionScore) -> str:
    if marked.fails:
        return "failed"
    if not marked.possible:
        return ""
    return "met" if marked.earned >= marked.possible else "missed"
