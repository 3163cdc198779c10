"""A form for machines; keys are stable."""

from callcoach.review.form.model import Auto, Form, Question, Section, When
from callcoach.script.wording import Wording


def form_json(form: Form) -> dict[str, object]:
    """Return a form as tables and lists; texts by language."""
    return {
        "form": form.id,
        "version": form.version,
        "digest": form.digest,
        "title": _texts(form.title),
        "languages": list(form.languages),
        "pack": form.pack or None,
        "scoring": form.scoring.value,
        "appeal_days": form.appeal_days,
        "bands": [{"least": it.least, "title": _texts(it.title)} for it in form.bands],
        "sections": [_section(it) for it in form.sections],
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "section": section.id,
        "title": _texts(section.title),
        "help": _texts(section.help),
        "weight": section.weight,
        "scored": section.is_scored,
        "when": [_when(it) for it in section.when],
        "questions": [_question(it) for it in section.questions],
    }


def _question(question: Question) -> dict[str, object]:
    return {
        "question": question.id,
        "kind": question.kind.value,
        "title": _texts(question.title),
        "help": _texts(question.help),
        "weight": question.weight,
        "bonus": question.is_bonus,
        "scored": question.is_scored,
        "skip": question.may_skip,
        "comment": question.needs.value,
        "when": [_when(it) for it in question.when],
        "options": [
            {
                "option": it.id,
                "title": _texts(it.title),
                "score": it.score,
                "fails": it.fails and it.fails.value,
                "comment": it.needs_comment,
            }
            for it in question.options
        ],
        "ranges": [
            {
                "least": it.least,
                "most": it.most,
                "score": it.score,
                "fails": it.fails and it.fails.value,
            }
            for it in question.ranges
        ],
        "auto": _auto(question.auto),
    }


def _when(when: When) -> dict[str, object]:
    return {"question": when.question, "options": sorted(when.options), "not": when.is_not}


def _auto(auto: Auto | None) -> dict[str, object] | None:
    if auto is None:
        return None
    return {
        "source": auto.source.value,
        "of": list(auto.of),
        "present": auto.present,
        "absent": auto.absent,
        "unknown": auto.unknown,
        "values": dict(auto.values),
    }


def _texts(wording: Wording | None) -> dict[str, str] | None:
    return None if wording is None else {it: wording.plain(it) for it in wording.variants}
