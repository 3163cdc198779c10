"""What people who reviewed a call say of its flags: that one stands, or that it is not so.

An answer says it by itself: who answers “no” to a question that the call answers “yes” because of
a flag, says that the flag is wrong. One that no question is about is called wrong by itself. Only
what was handed in counts, and of several reviews the newest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from callcoach.call.events import FlagRaised
from callcoach.call.summary import FlagStory
from callcoach.review.events import Commented, FlagRejected
from callcoach.review.form.model import Auto, Form, Question, QuestionKind
from callcoach.review.marks import Answer, Evidence, Suggested
from callcoach.review.purpose import counts
from callcoach.review.state import ReviewState
from callcoach.script.model import CueId, FlagKind

SILENT = frozenset((FlagKind.MISSING, FlagKind.LATE))
"""Flags of what was not said."""
_ACCUSED = frozenset(("flagged", "flag_repaired"))
_KINDS = frozenset(kind.value for kind in FlagKind)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of a flag."""

    cue: CueId
    what: FlagKind
    at: float | None
    """When it was raised, in seconds; None: whenever it was."""
    is_so: bool
    """False: the flag is wrong."""
    by: str
    """Who says it: a name."""
    why: str
    """As they wrote it; empty where they wrote nothing."""
    question: str
    """The id of the question whose answer says it; empty where no question is about the flag."""
    is_due: bool = True
    """False: the question does not apply, so that nothing was owed."""
    heard_at: float | None = None
    """Where in the call a comment on the question points to, in seconds."""


Verdicts = Mapping[tuple[CueId, FlagKind], tuple[Verdict, ...]]
"""By what a flag is about; of several on one flag the last holds."""
NOTHING_SAID: Verdicts = MappingProxyType({})


def verdict_on(verdicts: Verdicts, what: FlagKind, cue: CueId, at: float) -> Verdict | None:
    """Return what people say of a flag that was raised at a time; None where they say nothing."""
    found = verdicts.get((cue, what), ())
    return next((it for it in reversed(found) if it.at in (None, at)), None)


def stands(verdicts: Verdicts, story: FlagStory) -> bool:
    """Tell whether a flag is one still: nobody has said that it is not so."""
    found = verdict_on(verdicts, story.raised.what, story.raised.cue, story.raised.at)
    return found is None or found.is_so


def verdicts_of(reviews: Iterable[ReviewState], form_of: Callable[[str], Form | None]) -> Verdicts:
    """Return what the reviews of one call say of its flags.

    `form_of` returns a form by its digest; None where it cannot be read, which says nothing.
    """
    said: list[Verdict] = []
    for review in sorted(filter(_counts, reviews), key=lambda it: it.stands_since):
        if form := form_of(review.opened.pins.form_digest):
            said += _by_answers(form, review, review.standing_answers)
        said += _by_themselves(review.standing_rejected.values())
    return _by_flag(said)


def verdicts_in(review: ReviewState, form: Form) -> Verdicts:
    """Return what a review says as it stands, handed in or not; nothing where it counts nowhere."""
    if not counts(review.opened):
        return NOTHING_SAID
    said = _by_answers(form, review, review.answers), _by_themselves(review.rejected.values())
    return _by_flag(chain(*said))


def asks_about(form: Form, review: ReviewState, flag: FlagRaised) -> tuple[Question, ...]:
    """Return the questions whose answers can say that a flag is wrong."""
    found: dict[str, Question] = {}
    for question in form.questions:
        auto, suggested = question.auto, review.opened.suggested.get(question.id)
        for one in suggested.evidence if auto and suggested else ():
            kinds, at = _flags_of(one)
            is_it = one.subject == flag.cue and flag.what in kinds and at in (None, flag.at)
            if auto and suggested and is_it and _can_deny(question, auto, suggested, one):
                found[question.id] = question
    return tuple(found.values())


def _by_flag(said: Iterable[Verdict]) -> Verdicts:
    found: dict[tuple[CueId, FlagKind], tuple[Verdict, ...]] = {}
    for verdict in said:
        key = verdict.cue, verdict.what
        found[key] = (*found.get(key, ()), verdict)
    return found


def _counts(review: ReviewState) -> bool:
    return review.mark is not None and counts(review.opened)


def _by_themselves(rejected: Iterable[FlagRejected]) -> Iterator[Verdict]:
    """Yield which flags are called wrong by themselves; kinds of a newer callcoach are left out."""
    for it in rejected:
        if it.what in _KINDS:
            yield Verdict(
                cue=CueId(it.cue),
                what=FlagKind(it.what),
                at=it.at,
                is_so=False,
                by=it.by,
                why=it.why,
                question="",
            )


def _by_answers(
    form: Form, review: ReviewState, answers: Mapping[str, Answer]
) -> Iterator[Verdict]:
    """Yield what the answers of one review say."""
    decided = review.decision if review.decision and review.decision.is_changed else None
    for question in form.questions:
        suggested, answer = review.opened.suggested.get(question.id), answers.get(question.id)
        if question.auto is None or suggested is None or answer is None:
            continue
        is_changed = decided is not None and answer != review.submitted_answers.get(question.id)
        why = _why(review.comments.values(), question.id)
        if decided is not None and is_changed:
            why = decided.why
        for one in suggested.evidence:
            is_so = _is_so(question, question.auto, suggested, answer, one)
            if is_so is None or (is_so and question.id not in review.given):
                continue  # a suggestion that nobody touched is nobody's word
            kinds, at = _flags_of(one)
            for what in sorted(kinds):
                yield Verdict(
                    cue=CueId(one.subject),
                    what=what,
                    at=at,
                    is_so=is_so,
                    by=decided.by if decided is not None and is_changed else review.opened.by,
                    why=why,
                    question=question.id,
                    is_due=not answer.is_skipped,
                    heard_at=_heard_at(review.comments.values(), question.id),
                )


def _why(comments: Iterable[Commented], question: str) -> str:
    return " ".join(it.text for it in comments if it.question == question)


def _heard_at(comments: Iterable[Commented], question: str) -> float | None:
    return next(
        (it.start for it in comments if it.question == question and it.start is not None), None
    )


def _flags_of(one: Evidence) -> tuple[frozenset[FlagKind], float | None]:
    """Return the kinds of the flags that evidence is of, and when they were raised: see `Verdict`.

    There is none for a kind of a newer callcoach.
    """
    if one.reason == "cue_missing":
        return SILENT, None
    return frozenset(kind for kind in FlagKind if kind.value == one.value), one.at


def _can_deny(question: Question, auto: Auto, suggested: Suggested, one: Evidence) -> bool:
    """Tell whether some answer would say that the flag is wrong which evidence is of."""
    if one.reason == "cue_missing":
        return True  # “not applicable” always does
    if one.reason not in _ACCUSED or not _accuses(auto, suggested.answer):
        return False
    return question.kind is QuestionKind.NUMBER or _no(question, auto) is not None


def _is_so(
    question: Question, auto: Auto, suggested: Suggested, answer: Answer, one: Evidence
) -> bool | None:
    """Tell whether an answer lets the flag stand that evidence is of; None: it says nothing."""
    if one.reason == "cue_missing":
        if answer.is_skipped or answer.options == (auto.present,):
            return False
        return True if answer.options and answer.options == (auto.absent,) else None
    if one.reason not in _ACCUSED or not _accuses(auto, suggested.answer):
        return None
    if answer == suggested.answer:
        return True
    if question.kind is QuestionKind.NUMBER:
        return None if answer.number is None else answer.number > 0
    return False if answer.options and answer.options == (_no(question, auto),) else None


def _accuses(auto: Auto, answer: Answer) -> bool:
    """Tell whether the call answered that a flag was raised; put right it may be none."""
    return bool(answer.number) or (bool(answer.options) and answer.options == (auto.present,))


def _no(question: Question, auto: Auto) -> str | None:
    """Return the answer that says that it was not so; of two options the other one."""
    if auto.absent is not None:
        return auto.absent
    others = [option.id for option in question.options if option.id != auto.present]
    return others[0] if len(others) == 1 else None
