"""Checks whether a form makes sense: its answers, conditions, weights and bands, and its pack."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from callcoach.errors import Told
from callcoach.review.form.auto_check import check_auto
from callcoach.review.form.load import LoadedForm
from callcoach.review.form.model import (
    Fails,
    Form,
    Needs,
    Question,
    QuestionKind,
    Scoring,
    Section,
    When,
)
from callcoach.review.form.vague import vague_word
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.load.fields import nearest
from callcoach.script.model import Script
from callcoach.script.place import Place

_LOOKS_LIKE_PERCENT = 10.0
"""Where a weight is at least this, weights are meant to be percentages."""


def check_form(form: Form, script: Script | None = None) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a form, in the order of its lines.

    Without a script nothing is said about the cues, outcomes and facts that it names.
    """
    whole = (*_bands(form), *_weights(form), *_scored(form))
    return _in_order([*whole, *_parts(form, script, frozenset())])


def check_loaded(loaded: LoadedForm, script: Script | None = None) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a form beyond what its reader found, as `check_form` does.

    Of a form with errors only the parts that have none are checked, and not what rests on others.
    """
    if loaded.form is not None:
        return check_form(loaded.form, script)
    return _in_order(_parts(loaded.draft, script, loaded.broken)) if loaded.draft else ()


def _in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(found, key=lambda it: (it.place, it.code)))


def _parts(form: Form, script: Script | None, broken: frozenset[str]) -> Iterator[Diagnostic]:
    """Report what is wrong with the sections and questions that are not `broken`."""
    for section in form.sections:
        yield from _section(form, section, broken)
    for question in form.questions:
        if question.id not in broken:
            yield from _answers(form, question)
            yield from check_auto(question, script)


def _bands(form: Form) -> Iterator[Diagnostic]:
    """Report bands that are out of order, out of reach, or leave scores without a name."""
    for above, below in pairwise(form.bands):
        if below.least >= above.least:
            arguments = {"least": f"{below.least:g}", "above": f"{above.least:g}"}
            yield Diagnostic("CC113", below.title.place, arguments)
    for band in form.bands:
        if band.least > 100:
            arguments = {"least": f"{band.least:g}", "above": "100"}
            yield Diagnostic("CC113", band.title.place, arguments)
    if form.bands and min(band.least for band in form.bands) > 0:
        last = form.bands[-1]
        yield Diagnostic("CC120", last.title.place, {"least": f"{last.least:g}"})


def _weights(form: Form) -> Iterator[Diagnostic]:
    """Report weights that look like percentages and are not 100 together."""
    if form.scoring is not Scoring.PERCENT:
        return
    sections = [(it.weight, it.place) for it in form.sections if it.is_scored]
    yield from _sum(sections, Told("the sections"))
    for section in form.sections:
        questions = [
            (it.weight, it.place) for it in section.questions if it.is_scored and not it.is_bonus
        ]
        yield from _sum(questions, Told("the questions of {section}", section=section.id))


def _sum(weights: Sequence[tuple[float, Place]], what: Told) -> Iterator[Diagnostic]:
    total = sum(weight for weight, _ in weights)
    is_percent = any(weight >= _LOOKS_LIKE_PERCENT for weight, _ in weights)
    if is_percent and abs(total - 100) > 0.5:
        yield Diagnostic("CC110", weights[0][1], {"what": what, "total": f"{total:g}"})


def _scored(form: Form) -> Iterator[Diagnostic]:
    """Report where nothing can be scored, so that there is no way to 100 %."""
    if not any(_counts(section) and section.weight > 0 for section in form.sections):
        yield Diagnostic("CC111", form.place, {"what": Told("the form")})
    for section in form.sections:
        has_some = any(it.is_scored for it in section.questions)
        if section.is_scored and has_some and not _counts(section):
            what = Told("section {id}", id=section.id)
            yield Diagnostic("CC111", section.place, {"what": what})


def _counts(section: Section) -> bool:
    return section.is_scored and any(
        it.is_scored and not it.is_bonus and it.weight > 0 for it in section.questions
    )


def _section(form: Form, section: Section, broken: frozenset[str]) -> Iterator[Diagnostic]:
    is_whole = section.id not in broken
    if not section.questions and is_whole:
        yield Diagnostic("CC100", section.place, {"section": section.id})
    order = [question.id for question in form.questions]
    if section.when and section.questions and is_whole:
        first = order.index(section.questions[0].id)
        known = [it for it in section.when if it.question not in broken]
        yield from _conditions(form, known, section.id, section.place, first)
    whole = [it for it in section.questions if it.id not in broken]
    for question in whole:
        before = order.index(question.id)
        known = [it for it in question.when if it.question not in broken]
        yield from _conditions(form, known, question.id, question.place, before)
    for one, other in combinations(whole, 2):
        for language in form.languages:
            title = other.title.plain(language)
            if title and one.title.plain(language) == title:
                yield Diagnostic("CC108", other.place, {"one": one.id, "other": other.id})
                break


def _conditions(
    form: Form, conditions: Sequence[When], id: str, place: Place, before: int
) -> Iterator[Diagnostic]:
    """Report conditions that can never hold; `before` is how many questions come first."""
    names = [question.id for question in form.questions]
    for when in conditions:
        other = form.question(when.question)
        if other is None:
            arguments = {"name": when.question, "what": id}
            guess = nearest(when.question, names[:before])
            yield Diagnostic("CC103", place, arguments, nearest=guess)
            continue
        if names.index(other.id) >= before:
            yield Diagnostic("CC104", place, {"name": other.id, "what": id})
            continue
        ids = [option.id for option in other.options]
        for option in sorted(when.options.difference(ids)):
            arguments = {"what": id, "option": option, "known": ", ".join(ids)}
            yield Diagnostic("CC102", place, arguments, nearest=nearest(option, ids))
    if _contradict(form, conditions):
        yield Diagnostic("CC105", place, {"what": id})


def _contradict(form: Form, conditions: Sequence[When]) -> bool:
    """Tell whether no answer to a question of one choice can meet all conditions."""
    left: dict[str, set[str]] = {}
    for when in conditions:
        other = form.question(when.question)
        if other is None or other.kind is not QuestionKind.ONE:
            continue
        ids: set[str] = {option.id for option in other.options}
        if not when.options <= ids:
            continue
        wanted = ids - when.options if when.is_not else (set(when.options) or ids)
        left[other.id] = left.get(other.id, ids) & wanted
        if when.is_not and other.may_skip:
            left[other.id] |= {""}  # “not applicable” is none of them either
    return any(not options for options in left.values())


def _answers(form: Form, question: Question) -> Iterator[Diagnostic]:
    """Report answers that cannot be told apart, never score in full, or fail without a word."""
    for one, other in combinations(question.options, 2):
        titles = [(one.title.plain(it), other.title.plain(it)) for it in form.languages]
        if any(first == second != "" for first, second in titles):
            yield Diagnostic("CC108", question.place, {"one": one.id, "other": other.id})
    scores = [it.score for it in (question.options or question.ranges)]
    if question.is_scored and question.kind is not QuestionKind.MANY and scores:
        full = 1.0 if form.scoring is Scoring.PERCENT else None
        if max(scores) <= 0 or (full and max(scores) < full):
            yield Diagnostic("CC106", question.place, {"question": question.id})
        elif len(set(scores)) == 1:
            yield Diagnostic("CC107", question.place, {"question": question.id})
    is_grave = {Fails.SECTION, Fails.FORM}
    fails = any(it.fails in is_grave and not it.needs_comment for it in question.options)
    fails = fails or any(it.fails in is_grave for it in question.ranges)
    if fails and question.needs is Needs.NEVER:
        yield Diagnostic("CC112", question.place, {"question": question.id})
    if question.kind is QuestionKind.NUMBER and question.ranges:
        yield from _ranges(question)
    if question.help is None and question.auto is None:
        for language in form.languages:
            if word := vague_word(question.title.plain(language)):
                arguments = {"question": question.id, "word": word}
                yield Diagnostic("CC109", question.place, arguments)
                break


def _ranges(question: Question) -> Iterator[Diagnostic]:
    """Report ranges that leave a gap, or of which two hold the same number."""
    low, high = float("-inf"), float("inf")
    bounds = sorted(
        (low if it.least is None else it.least, high if it.most is None else it.most)
        for it in question.ranges
    )
    until = bounds[0][1]
    for since, past in bounds[1:]:
        if since != until:
            problem = Told("none holds {number}", number=f"{until:g}")
            if since < until:
                problem = Told("more than one holds {number}", number=f"{since:g}")
            arguments = {"question": question.id, "problem": problem}
            yield Diagnostic("CC118", question.place, arguments)
        until = max(until, past)
