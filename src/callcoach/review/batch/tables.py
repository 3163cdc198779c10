"""What came of calls as tables: the calls, their questions, their flags and their cues.

They hold no words of anybody: where words are is told by utterance and characters.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from callcoach.call.events import CueHeard, Span
from callcoach.review.batch.judge import JudgedCall
from callcoach.review.form.model import Form
from callcoach.script.measures import MEASURES

Cell = str | int | float | bool | None
Record = tuple[Cell, ...]
"""A row of a table, a cell for each of its columns."""


Columns = Mapping[str, type[str] | type[int] | type[float] | type[bool]]
"""What the columns of a table are called and hold, in order; any cell may be empty."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and what a call adds to it."""

    name: str
    columns: Columns
    records: Callable[["Told"], Iterator[Record]]


@dataclass(frozen=True, slots=True)
class Told:
    """A judged call, with what is known of it from elsewhere."""

    id: str
    attributes: Mapping[str, str]
    notes: Sequence[str]
    """Codes of what is odd about its file."""
    form: Form | None
    judged: JudgedCall
    band: str
    """What the form calls the score; empty where it calls it nothing."""


_WHERE: Columns = {"utterance": int, "start": int, "end": int}


def _calls(told: Told) -> Iterator[Record]:
    session, seen, score = told.judged.session, told.judged.seen, told.judged.score
    state, stories = session.state, seen.stories
    owed = told.judged.owed
    yield (
        told.id,
        told.attributes.get("id"),
        told.attributes.get("agent"),
        told.attributes.get("queue"),
        told.attributes.get("started"),
        state.language,
        state.ended.outcome if state.ended else None,
        state.position.step,
        " ".join(told.notes),
        len(session.transcript),
        len(told.judged.events),
        sum(owed.values()),
        len(owed),
        len(stories),
        sum([it.cleared is None and not it.raised.is_unheard for it in stories]),
        seen.metrics.is_timed,
        *(
            (None,) * 6
            if score is None
            else (
                score.percent,
                score.earned,
                score.possible,
                score.has_failed,
                told.band or None,
                len(score.unanswered),
            )
        ),
        *(_figure(seen.figures.get(name)) for name in MEASURES),
    )


def _questions(told: Told) -> Iterator[Record]:
    form, score = told.form, told.judged.score
    if form is None or score is None:
        return
    place = _places(told)
    for section in form.sections:
        for question in section.questions:
            mark = score.questions.get(question.id)
            found = told.judged.suggested.get(question.id)
            answer = found.answer if found else None
            evidence = found.evidence[0] if found and found.evidence else None
            yield (
                told.id,
                section.id,
                question.id,
                mark.is_asked if mark else None,
                mark.is_answered if mark else False,
                " ".join(answer.options) if answer else None,
                answer.number if answer else None,
                answer.is_skipped if answer else None,
                mark.earned if mark else None,
                mark.possible if mark else None,
                str(mark.fails) if mark and mark.fails else None,
                evidence.reason if evidence else None,
                evidence.at if evidence else None,
                *place(evidence.spans[0] if evidence and evidence.spans else None),
            )


def _flags(told: Told) -> Iterator[Record]:
    place = _places(told)
    for number, story in enumerate(told.judged.seen.stories, 1):
        raised, cleared = story.raised, story.cleared
        yield (
            told.id,
            number,
            raised.cue,
            raised.what,
            raised.severity,
            raised.reason,
            raised.at,
            story.times,
            cleared.by if cleared else None,
            cleared.at if cleared else None,
            raised.is_unheard,
            *place(raised.span),
        )


def _cues(told: Told) -> Iterator[Record]:
    place = _places(told)
    for event in told.judged.events:
        if isinstance(event, CueHeard):
            yield (
                told.id,
                event.cue,
                event.at,
                event.counts,
                event.by,
                event.confidence,
                event.is_doubtful,
                *place(event.span),
            )


def _places(told: Told) -> Callable[[Span | None], Record]:
    """Return what tells where words are: the utterance, counted from 1, and its characters."""
    numbers = {heard.seq: at for at, heard in enumerate(told.judged.session.transcript, 1)}

    def place(span: Span | None) -> Record:
        if span is None or span.heard not in numbers:
            return None, None, None
        return numbers[span.heard], span.start, span.end

    return place


def _figure(value: Any) -> float | None:
    return None if value is None else float(value)


_CALLS: Columns = {
    **dict.fromkeys(("call", "own_id", "agent", "queue", "started"), str),
    **dict.fromkeys(("language", "outcome", "step", "notes"), str),
    **dict.fromkeys(("utterances", "events", "cues_met", "cues_owed", "flags", "flags_open"), int),
    "is_timed": bool,
    **dict.fromkeys(("percent", "earned", "possible"), float),
    "has_failed": bool,
    "band": str,
    "unanswered": int,
    **dict.fromkeys((name.replace(".", "_") for name in MEASURES), float),
}
_QUESTIONS: Columns = {
    **dict.fromkeys(("call", "section", "question"), str),
    **dict.fromkeys(("is_asked", "is_answered"), bool),
    "options": str,
    "number": float,
    "is_skipped": bool,
    **dict.fromkeys(("earned", "possible"), float),
    **dict.fromkeys(("fails", "reason"), str),
    "at": float,
    **_WHERE,
}
_FLAGS: Columns = {
    "call": str,
    "flag": int,
    **dict.fromkeys(("cue", "what", "severity", "reason"), str),
    "at": float,
    "times": int,
    "cleared_by": str,
    "cleared_at": float,
    "is_unheard": bool,
    **_WHERE,
}
_CUES: Columns = {
    **dict.fromkeys(("call", "cue"), str),
    "at": float,
    "counts": bool,
    "by": str,
    "confidence": float,
    "is_doubtful": bool,
    **_WHERE,
}
PROBLEMS: Columns = dict.fromkeys(("call", "kind", "problem"), str)
"""Of the table of calls that could not be judged."""
TABLES = (
    Table("calls", _CALLS, _calls),
    Table("questions", _QUESTIONS, _questions),
    Table("flags", _FLAGS, _flags),
    Table("cues", _CUES, _cues),
)
ALL: Mapping[str, Columns] = {
    **{table.name: table.columns for table in TABLES},
    "problems": PROBLEMS,
}
"""Every table, by name."""
