"""callcoach review rescore: judge recorded calls again, and say what came out otherwise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import click
import msgspec

from callcoach.archive.database import wall_now
from callcoach.archive.ids import short
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import Reviews
from callcoach.call.events import Heard
from callcoach.call.places import start_of
from callcoach.cli.answer import json_option, print_json
from callcoach.cli.group import Command
from callcoach.cli.review.again import Again, Target, read_target
from callcoach.cli.review.as_json import answer_json, score_json
from callcoach.cli.review.desk import person_option, whoever
from callcoach.cli.workplace import Workplace
from callcoach.errors import CallcoachError, JournalBusy, UsageError
from callcoach.locale import mark
from callcoach.review.explain import explain_evidence
from callcoach.review.form.model import Question
from callcoach.review.marks import Answer
from callcoach.review.rescore import Change, FilledForm, Rescoring, Why
from callcoach.review.store import save, take_up
from callcoach.review.tell import answer_words, form_language, score_words
from callcoach.script.wording import Language
from callcoach.words.clock import clock
from callcoach.words.display import display

_WHYS = {
    Why.ADDED: mark("the question is new"),
    Why.REMOVED: mark("the question is gone"),
    Why.ASKED: mark("it is asked now, or no longer, after another answer"),
    Why.SUGGESTED: mark("the call answers otherwise"),
    Why.ANSWER_LOST: mark("the person’s answer is none of this form’s"),
    Why.WORTH: mark("the same answer scores otherwise"),
}


_Said = Mapping[int, Heard]
"""What was said in a call, by the `seq` that spans name it by."""


@dataclass(frozen=True, slots=True)
class _Skipped:
    call: str
    why: str
    is_unreviewed: bool = False


@click.command(
    "rescore",
    cls=Command,
    help=mark(
        "Judge calls again with a new form or script, or with what was pinned and today’s"
        " callcoach, and say which calls come out otherwise, in which question and why. What"
        " people answered stays. Nothing is written, unless with --save, which adds the new score"
        " to the reviews; the score that was submitted stands."
    ),
    epilog="""
callcoach review rescore --all --with ./courtesy-2.yaml
callcoach review rescore last --with overdue --with form:courtesy
callcoach review rescore --all --json
""",
)
@click.argument("calls", nargs=-1, metavar="[CALL]...", help=mark("Calls, by id or “last”."))
@click.option("--all", "takes_all", is_flag=True, help=mark("All calls in the journal."))
@click.option(
    "--with",
    "wanted",
    multiple=True,
    metavar="NAME",
    help=mark("A form or a pack, by name or path; form:NAME and pack:NAME say which."),
)
@click.option("--save", "is_saved", is_flag=True, help=mark("Add the new score to the reviews."))
@person_option
@json_option
@click.pass_obj
def rescore(
    place: Workplace,
    calls: tuple[str, ...],
    takes_all: bool,
    wanted: tuple[str, ...],
    is_saved: bool,
    person: str,
    as_json: bool,
) -> None:
    """Judge calls again."""
    if bool(calls) is takes_all:
        raise UsageError("name calls, or --all", "callcoach calls lists them")
    by, target = whoever(place, person), read_target(place, wanted)
    ids = _ids(place, calls)
    results: list[object] = []
    skipped: list[_Skipped] = []
    changed: set[str] = set()
    judged: set[str] = set()
    for one in _judged(place, ids, target, by):
        if isinstance(one, _Skipped):
            skipped.append(one)
            continue
        found, said = one
        judged.add(found.call)
        if is_saved and found.review:
            try:
                _save(place, found, by)
            except (
                JournalBusy
            ) as error:  # somebody went on with this one: the others are not theirs
                skipped.append(_Skipped(found.call, place.messages.tell(error)))
        if found.is_changed:
            changed.add(found.call)
        if as_json:
            results.append(_json(found))
        elif found.is_changed:
            for line in _lines(place, found, said, target):
                click.echo(line)
    if as_json:
        told = [{"call": it.call, "why": it.why} for it in skipped]
        print_json(
            {"judged": len(judged), "changed": len(changed), "skipped": told, "results": results}
        )
        return
    for line in _left_out(place, skipped):
        click.echo(line, err=True)
    count = place.messages.count("{n} call judged again", "{n} calls judged again", len(judged))
    click.echo(
        place.messages.say("{judged}, {changed} changed", judged=count, changed=len(changed))
    )


def _ids(place: Workplace, calls: Sequence[str]) -> list[str]:
    with Journal(place.journal_path) as journal:
        if calls:
            return list(dict.fromkeys(journal.find(call).id for call in calls))
        return [call.id for call in journal.calls() if call.ended_at is not None]


def _judged(
    place: Workplace, ids: Sequence[str], target: Target, viewer: str
) -> Iterator[tuple[Rescoring, _Said] | _Skipped]:
    """Yield what each review of each call comes to; one that cannot be judged says why."""
    again = Again(place, target, viewer)
    with Journal(place.journal_path) as journal, Reviews(place.journal_path) as reviews:
        for id in ids:
            try:
                found = again.judge(journal, reviews, id)
            except CallcoachError as error:
                yield _Skipped(id, place.messages.tell(error))
                continue
            yield from ((it, found.said) for it in found.reviews)
            if not found.reviews:
                why = place.messages.say("nobody has reviewed it; name a form")
                yield _Skipped(id, why, is_unreviewed=True)


def _left_out(place: Workplace, skipped: Sequence[_Skipped]) -> Iterator[str]:
    """Yield what was not judged again and why; calls without a review are counted."""
    unreviewed = [it for it in skipped if it.is_unreviewed]
    is_one = len(unreviewed) == 1
    for it in skipped:
        if is_one or not it.is_unreviewed:
            told = place.messages.say("{one}: {other}", one=short(it.call), other=it.why)
            yield display(f"! {told}")
    if len(unreviewed) > 1:
        yield "! " + place.messages.say(
            "{n} calls that nobody has reviewed are left out; name a form to judge them by",
            n=len(unreviewed),
        )


def _save(place: Workplace, found: Rescoring, by: str) -> None:
    with Reviews(place.journal_path) as reviews:
        row = reviews.find(found.review)
        review = take_up(reviews, row)
    events = review.rescored(
        found.after.pins, found.after.score, found.after.suggested, by=by, when=wall_now()
    )
    save(place.journal_path, row, events, found.after.form)


def _lines(place: Workplace, found: Rescoring, said: _Said, target: Target) -> Iterator[str]:
    messages = place.messages
    language = form_language(found.after.form, messages.language)
    sides = (found.before, found.after)
    old, new = (score_words(it.score, language, messages) for it in sides)
    whose = f" ({short(found.review)})" if found.review else ""
    called = f"{short(found.call)}{whose}"
    yield display(messages.say("{one}: {other}", one=called, other=f"{old} → {new}"))
    yield from _shares(place, found, language)
    yield from _judges(place, found)
    for change in found.changes:
        before = _told(place, found.before, change, change.before)
        after = _told(place, found.after, change, change.after)
        why = messages.say(_WHYS[change.why])
        question = _question(found, change)
        title = question.title.plain(language) if question else change.question
        told = messages.say("{one}: {other}", one=title, other=f"{before} → {after}")
        yield display(f"  {told} ({why})")
        if change.why is Why.SUGGESTED and target.script is not None:
            known = target.script.languages
            spoken = messages.language if messages.language in known else known[0]
            for one in change.evidence:
                at = "" if one.at is None else f"{clock(start_of(one.at, one.spans, said))} "
                told = explain_evidence(one, target.script, spoken, messages)
                yield f"      {at}{display(told)}"


def _judges(place: Workplace, found: Rescoring) -> Iterator[str]:
    """Yield where other judges were at work than are now: another callcoach, learned judges."""
    say, old, new = place.messages.say, found.before.pins, found.after.pins
    if old.engine and old.engine != new.engine:
        versions = [f"{it.program} ({it.engine})" for it in (old, new)]
        yield display(
            "  " + say("callcoach {old} judged then, {new} now", old=versions[0], new=versions[1])
        )
    if old.engine and old.learned != new.learned:
        none = say("none")
        told = say(
            "learned judges: {old} then, {new} now",
            old=old.learned or none,
            new=new.learned or none,
        )
        yield display(f"  {told}")


def _shares(place: Workplace, found: Rescoring, language: Language) -> Iterator[str]:
    """Yield the sections whose share of the whole score is another than before."""
    before = {it.section: it.weight for it in found.before.score.sections}
    for section, it in zip(found.after.form.sections, found.after.score.sections, strict=True):
        old = before.get(it.section, 0.0)
        if f"{old:.1%}" != f"{it.weight:.1%}":
            told = place.messages.say(
                "{section}: {old} → {new} of the score",
                section=section.title.plain(language),
                old=f"{old:.1%}",
                new=f"{it.weight:.1%}",
            )
            yield display(f"  {told}")


def _question(found: Rescoring, change: Change) -> Question | None:
    return found.after.form.question(change.question) or found.before.form.question(change.question)


def _told(place: Workplace, judged: FilledForm, change: Change, answer: Answer | None) -> str:
    question = judged.form.question(change.question)
    if question is None or answer is None:
        return "–"
    language = form_language(judged.form, place.messages.language)
    return answer_words(question, answer, language, place.messages)


def _json(found: Rescoring) -> dict[str, object]:
    return {
        "call": found.call,
        "review": found.review or None,
        "changed": found.is_changed,
        "before": _side(found.before),
        "after": _side(found.after),
        "changes": [
            {
                "question": change.question,
                "why": change.why.value,
                "before": answer_json(change.before),
                "after": answer_json(change.after),
                "earned_before": change.earned_before,
                "earned_after": change.earned_after,
                "evidence": [msgspec.to_builtins(one) for one in change.evidence],
                "evidence_before": [msgspec.to_builtins(one) for one in change.evidence_before],
            }
            for change in found.changes
        ],
    }


def _side(judged: FilledForm) -> dict[str, object]:
    return {**msgspec.to_builtins(judged.pins), "score": score_json(judged.score)}
