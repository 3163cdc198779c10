"""A review for machines; keys are stable."""

import msgspec

from callcoach.archive.reviews import ReviewRow
from callcoach.review.events import Mark
from callcoach.review.form.model import Question, Section
from callcoach.review.marks import Answer, Score
from callcoach.review.review import Review


def review_json(row: ReviewRow, review: Review) -> dict[str, object]:
    """Return a whole review."""
    state, score = review.state, review.score
    pins = state.opened.pins
    return {
        "id": row.id,
        "call": row.call,
        "agent": state.opened.agent,
        "reviewer": row.reviewer,
        "purpose": row.purpose,
        "opened": row.opened,
        "status": review.status.value,
        "form": {
            "id": pins.form,
            "version": pins.form_version,
            "digest": pins.form_digest,
        },
        "script": {
            "id": pins.script,
            "version": pins.script_version,
            "digest": pins.script_digest,
        },
        "program": pins.program,
        "engine": pins.engine or None,
        "learned": pins.learned or None,
        "score": score_json(score),
        "questions": [
            _question_json(section, question, review, score)
            for section in review.form.sections
            for question in section.questions
        ],
        "comments": [
            {
                "number": comment.comment,
                "by": comment.by,
                "when": comment.when,
                "text": comment.text,
                "question": comment.question or None,
                "start": comment.start,
                "end": comment.end,
                "coaching": comment.is_coaching,
            }
            for comment in state.comments.values()
        ],
        "rejected_flags": [
            {"cue": it.cue, "flag": it.what, "at": it.at, "by": it.by, "why": it.why or None}
            for it in state.rejected.values()
        ],
        "unanswered": list(score.unanswered),
        "uncommented": list(score.uncommented),
        "submitted": None
        if state.submitted is None
        else {"when": state.submitted.when, "score": mark_json(state.submitted.mark)},
        "reopened": [
            {
                "submitted": handed_in.when,
                "score": mark_json(handed_in.mark),
                "when": event.when,
                "by": event.by,
                "why": event.why,
            }
            for handed_in, event in state.withdrawn
        ],
        "appeal": None
        if state.appeal is None
        else {
            "by": state.appeal.by,
            "when": state.appeal.when,
            "questions": list(state.appeal.questions),
            "why": state.appeal.why,
        },
        "decision": None
        if state.decision is None
        else {
            "by": state.decision.by,
            "when": state.decision.when,
            "decision": "changed" if state.decision.is_changed else "upheld",
            "why": state.decision.why,
            "alone": state.decision.is_alone,
            "score": mark_json(state.decision.mark),
        },
        "acknowledged": state.acknowledged.when if state.acknowledged else None,
        "rescored": [
            {
                "when": again.when,
                "by": again.by,
                "pins": msgspec.to_builtins(again.pins),
                "score": mark_json(again.mark),
            }
            for again in state.rescored
        ],
    }


def _question_json(
    section: Section, question: Question, review: Review, score: Score
) -> dict[str, object]:
    state, marked = review.state, score.questions[question.id]
    given, suggested = state.given.get(question.id), state.opened.suggested.get(question.id)
    holds = state.answers.get(question.id)
    return {
        "id": question.id,
        "section": section.id,
        "asked": marked.is_asked,
        "answer": answer_json(holds),
        "by": "person" if given is not None else "call" if holds is not None else None,
        "suggested": answer_json(suggested.answer) if suggested else None,
        "evidence": [msgspec.to_builtins(one) for one in suggested.evidence] if suggested else [],
        "earned": marked.earned,
        "possible": marked.possible,
        "fails": marked.fails.value if marked.fails else None,
        "lacks_comment": marked.lacks_comment,
    }


def answer_json(answer: Answer | None) -> dict[str, object] | None:
    """Return an answer; None where there is none."""
    if answer is None or answer == Answer():
        return None
    return {
        "options": list(answer.options),
        "number": answer.number,
        "text": answer.text or None,
        "skipped": answer.is_skipped,
    }


def score_json(score: Score) -> dict[str, object]:
    """Return what answers come to now."""
    band = score.band.title if score.band else None
    return {
        "percent": score.percent,
        "earned": score.earned,
        "possible": score.possible,
        "failed": score.has_failed,
        "band": {name: band.plain(name) for name in band.variants} if band else None,
    }


def mark_json(mark: Mark) -> dict[str, object]:
    """Return a score as it stood."""
    return {
        "percent": mark.percent,
        "earned": mark.earned,
        "possible": mark.possible,
        "failed": mark.has_failed,
        "band": dict(mark.band) or None,
    }
