"""Judges the calls of the journal again: with what was pinned, or with another form or script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import ReviewRow, Reviews
from callcoach.call.coach import Coach
from callcoach.call.events import CallStarted, Event, Heard
from callcoach.call.places import lines_of
from callcoach.call.replay import untimed
from callcoach.call.session import Session
from callcoach.cli.desk import Desk
from callcoach.cli.form.files import form_library, named_form
from callcoach.cli.review.desk import pins_of
from callcoach.cli.shelf import script_of
from callcoach.cli.stored import required, stored_script
from callcoach.cli.workplace import Workplace
from callcoach.errors import PackError, Told, UsageError
from callcoach.review.calibration import may_see
from callcoach.review.events import Pins
from callcoach.review.form.model import Form, QuestionId
from callcoach.review.marks import Answer
from callcoach.review.purpose import CALIBRATION
from callcoach.review.rejudge import is_untimed, judge_again
from callcoach.review.rescore import FilledForm, Rescoring, carry, compare
from callcoach.review.state import Status
from callcoach.review.store import read_form, read_state
from callcoach.review.suggest import suggest_answers
from callcoach.script.model import Script


@dataclass(frozen=True, slots=True)
class Target:
    """What calls are judged by anew; None for what was pinned."""

    form: Form | None = None
    script: Script | None = None


def read_target(place: Workplace, wanted: tuple[str, ...]) -> Target:
    """Return what names stand for: forms and packs, `form:` or `pack:` before them if need be.

    Raises `UsageError` for a name that is both, or for two of a kind, and `PackError`.
    """
    form: Form | None = None
    script: Script | None = None
    for name in wanted:
        kind, rest = _kind(place, name)
        if kind == "form":
            if form is not None:
                raise UsageError("two forms are named", "name one")
            form = named_form(place, rest)
        else:
            if script is not None:
                raise UsageError("two packs are named", "name one")
            script = script_of(place, rest)
    return Target(form, script)


def _kind(place: Workplace, name: str) -> tuple[str, str]:
    """Return `form` or `pack`, and the name without what says so."""
    head, sign, rest = name.partition(":")
    if sign and head in ("form", "pack"):
        return head, rest
    is_form, is_pack = _is_found(place, name)
    if is_form and is_pack and Path(name).is_file():
        return ("form" if form_library(place).load(name).form else "pack"), name
    if is_form and is_pack:
        raise UsageError(
            "“{name}” is a form and a pack", "write form:{name} or pack:{name}", name=name
        )
    if is_form or is_pack:
        return ("form" if is_form else "pack"), name
    known = [f"form:{it}" for it in form_library(place).names()]
    known += [f"pack:{it}" for it in place.library.names()]
    raise UsageError(
        "“{name}” is no form and no pack",
        Told("there are {known}", known=", ".join(known)),
        name=name,
    )


def _is_found(place: Workplace, name: str) -> tuple[bool, bool]:
    found = []
    for locate in (form_library(place).locate, place.library.locate):
        try:
            locate(name)
        except PackError:
            found.append(False)
        else:
            found.append(True)
    return found[0], found[1]


@dataclass(frozen=True, slots=True)
class Rejudged:
    """What judging a call again came to."""

    reviews: Sequence[Rescoring]
    """For each of its reviews; empty where nobody has reviewed it."""
    said: Mapping[int, Heard]
    """What was said in the call as it was judged now, by the `seq` that spans name it by."""


class Again:
    """Judges call after call; a script is made ready once."""

    def __init__(self, place: Workplace, target: Target, viewer: str) -> None:
        self._place = place
        self._viewer = viewer
        self._target = target
        self._coaches: dict[tuple[str, bool], Coach] = {}
        self._forms: dict[str, Form] = {}
        self._pins: dict[tuple[str, str], Pins] = {}

    def judge(self, journal: Journal, reviews: Reviews, id: str) -> Rejudged:
        """Return what each submitted review of a call comes to now.

        A call without any is compared with its record, where a form is named. Raises
        `StorageError` for a call that cannot be judged, and `PackError`.
        """
        call = CallId(id)
        events = journal.events(call)
        digest = next((it.digest for it in events if isinstance(it, CallStarted)), "")
        kept = required(stored_script(journal.sources(digest)), id)
        rows = self._rows(reviews, id)
        if not rows and self._target.form is None:
            return Rejudged((), {})
        session, happened = judge_again(self._coach(self._target.script or kept, events), events)
        if not rows and self._target.form is not None:
            form = self._target.form
            was = Session(self._coach(kept, events), events)
            before = FilledForm(
                form,
                self._pinned(form, kept, digest),
                suggest_answers(form, was, events),
                {},
            )
            after = self._after(form, session, happened, {})
            return Rejudged((compare(id, "", before, after),), lines_of(happened))
        found = [self._compare(reviews, row, session, happened) for row in rows]
        return Rejudged(found, lines_of(happened))

    def _rows(self, reviews: Reviews, call: str) -> list[ReviewRow]:
        """Return the submitted reviews of a call that the viewer may see.

        Where a form is named, those with this form, of whichever version.
        """
        kept = [read_state(reviews, row) for row in reviews.of_call(call)]
        states = [it.state for it in kept]
        return [
            it.row
            for it in kept
            if it.state.status is not Status.DRAFT
            and may_see(it.state, self._viewer, states)
            and (self._target.form is None or it.state.opened.pins.form == self._target.form.id)
        ]

    def _compare(
        self, reviews: Reviews, row: ReviewRow, session: Session, events: tuple[Event, ...]
    ) -> Rescoring:
        state = read_state(reviews, row).state
        if row.form not in self._forms:
            self._forms[row.form] = read_form(reviews, row.form)
        pinned = self._forms[row.form]
        form = self._target.form or pinned
        given = {QuestionId(id): answer for id, answer in state.given.items()}
        told = {QuestionId(id): found for id, found in state.opened.suggested.items()}
        before = FilledForm(pinned, state.opened.pins, told, given, state.commented)
        is_blind = state.opened.purpose == CALIBRATION
        after = self._after(form, session, events, given, state.commented, is_blind=is_blind)
        return compare(row.call, row.id, before, after)

    def _after(
        self,
        form: Form,
        session: Session,
        events: tuple[Event, ...],
        given: dict[QuestionId, Answer],
        commented: frozenset[str] = frozenset(),
        *,
        is_blind: bool = False,
    ) -> FilledForm:
        script = session.coach.script
        pins = self._pinned(form, script, script.digest)
        told = {} if is_blind else suggest_answers(form, session, events)
        return FilledForm(form, pins, told, carry(form, given), commented)

    def _pinned(self, form: Form, script: Script, digest: str) -> Pins:
        """Return what a score follows from; the learned judges are read once for all of a kind."""
        key = form.digest, digest
        if key not in self._pins:
            self._pins[key] = pins_of(self._place, form, script, digest)
        return self._pins[key]

    def _coach(self, script: Script, events: tuple[Event, ...]) -> Coach:
        is_timed = not is_untimed(events)
        key = script.digest, is_timed
        if key not in self._coaches:
            coach = Desk(self._place).coach(script)
            self._coaches[key] = coach if is_timed else untimed(coach)
        return self._coaches[key]
