"""Answers a form's questions by what happened in a call, and says what each answer rests on."""

from collections.abc import Mapping, Sequence

from callcoach.call.events import CallStarted, Event
from callcoach.call.session import Session
from callcoach.review.form.model import (
    Auto,
    Form,
    OptionId,
    Question,
    QuestionId,
    QuestionKind,
    Source,
)
from callcoach.review.marks import Answer, Evidence, Suggested
from callcoach.review.suggest_cues import Finding, Verdict, seen_cue, seen_flags
from callcoach.review.suggest_heard import ENOUGH
from callcoach.review.suggest_seen import Seen
from callcoach.script.facts import FactId, canonical

_COUNTED = ("turns", "utterances", "questions")
"""Measures that need no times."""
_LIVE = ("duration", "hold")
"""Measures that a call made here has even where nobody measured who spoke when."""


def suggest_answers(
    form: Form, session: Session, events: Sequence[Event]
) -> Mapping[QuestionId, Suggested]:
    """Return what a call itself answers to the questions of a form; see `answers_of`."""
    return answers_of(form, Seen.of(session, events))


def answers_of(form: Form, seen: Seen) -> Mapping[QuestionId, Suggested]:
    """Return what a call that was looked through answers to the questions of a form.

    Where nobody could tell (a voice that was not heard, a step that the call did not come to) the
    answer is the question's own for that, else “not applicable”. What is asked on a condition was
    due where the condition holds. Where the words are in doubt, or the question wants no answer
    from absence, there is only the evidence: a person has to listen.
    """
    found: dict[QuestionId, Suggested] = {}
    for section in form.sections:
        for question in section.questions:
            if question.auto is not None:
                is_due = bool(question.when or section.when)
                found[question.id] = _suggested(question, question.auto, seen, is_due=is_due)
    return found


def _suggested(question: Question, auto: Auto, seen: Seen, *, is_due: bool) -> Suggested:
    match auto.source:
        case Source.CUE:
            found = [seen_cue(it, seen, is_due=is_due) for it in auto.cues]
            return _by_finding(question, auto, _together(found))
        case Source.FLAG:
            return _by_flags(question, auto, seen)
        case Source.METRIC:
            return _by_metric(question, auto, seen)
        case Source.ATTRIBUTE:
            return _by_attribute(question, auto, seen)


def _together(findings: Sequence[Finding]) -> Finding:
    """Return what several cues come to: one that is absent decides, then one in doubt."""
    if len(findings) == 1:
        return findings[0]
    verdicts = [it.verdict for it in findings]
    order = (Verdict.ABSENT, Verdict.DOUBTFUL, Verdict.UNKNOWN)
    verdict = next((it for it in order if it in verdicts), Verdict.PRESENT)
    return Finding(verdict, tuple(one for it in findings for one in it.evidence))


def _by_finding(question: Question, auto: Auto, finding: Finding) -> Suggested:
    match finding.verdict:
        case Verdict.PRESENT:
            return _chosen(auto.present, finding.evidence)
        case Verdict.ABSENT:
            return _chosen(auto.absent, finding.evidence)
        case Verdict.UNKNOWN:
            return _unknown(question, auto, finding.evidence)
        case Verdict.DOUBTFUL:
            return Suggested(Answer(), finding.evidence)


def _chosen(option: OptionId | None, evidence: tuple[Evidence, ...]) -> Suggested:
    return Suggested(Answer((option,)) if option is not None else Answer(), evidence)


def _unknown(question: Question, auto: Auto, evidence: tuple[Evidence, ...]) -> Suggested:
    if auto.unknown is not None:
        return Suggested(Answer((auto.unknown,)), evidence)
    return Suggested(Answer(is_skipped=question.may_skip), evidence)


def _by_flags(question: Question, auto: Auto, seen: Seen) -> Suggested:
    finding, count = seen_flags(auto.of, auto.cues, seen)
    if question.kind is not QuestionKind.NUMBER:
        return _by_finding(question, auto, finding)
    if finding.verdict in (Verdict.PRESENT, Verdict.ABSENT):
        return Suggested(Answer(number=float(count)), finding.evidence)
    return _by_finding(question, auto, finding)


def _by_metric(question: Question, auto: Auto, seen: Seen) -> Suggested:
    name = auto.of[0]
    value = seen.figures.get(name)
    kind = name.rpartition(".")[2]
    is_known = seen.metrics.is_timed or kind in _COUNTED or (kind in _LIVE and seen.is_live)
    if value is None or not is_known:
        return _unknown(question, auto, (Evidence("not_measured", subject=name),))
    if seen.ears.share < ENOUGH and name != "duration":
        share = f"{seen.ears.share:.2f}"
        return _unknown(question, auto, (Evidence("partly_heard", subject=name, value=share),))
    number = round(value, 3)
    return Suggested(
        Answer(number=number), (Evidence("measured", subject=name, value=f"{number:g}"),)
    )


def _by_attribute(question: Question, auto: Auto, seen: Seen) -> Suggested:
    name = auto.of[0]
    value = _attribute(name, seen)
    if not value:
        return _unknown(question, auto, (Evidence("attribute_unknown", subject=name),))
    evidence = (Evidence("attribute_is", subject=name, value=value),)
    if question.kind is QuestionKind.TEXT:
        return Suggested(Answer(text=value), evidence)
    return _chosen(auto.values.get(value, auto.absent), evidence)


def _attribute(name: str, seen: Seen) -> str:
    """Return an attribute of a call; empty where it is not known."""
    state = seen.state
    if name == "outcome":
        return state.ended.outcome or "" if state.ended else ""
    started = next((it for it in seen.events if isinstance(it, CallStarted)), None)
    match name:
        case "agent":
            return started.agent if started else ""
        case "mode":
            return started.mode if started else ""
        case "pack":
            return seen.script.id
        case "language":
            return state.language
    value = state.facts.get(FactId(name))
    return "" if value is None else canonical(value)
