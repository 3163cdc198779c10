"""Reads the calls that can be judged, and their reviews, as a person sees them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from callcoach.archive.imports import OwnName
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import ReviewRow
from callcoach.archive.summary import CallSummary
from callcoach.call.events import Event
from callcoach.call.summary import FLAG_KINDS, flag_stories
from callcoach.errors import JournalDamaged
from callcoach.review.calibration import may_see
from callcoach.review.form.model import Form
from callcoach.review.hands import in_hands
from callcoach.review.purpose import CALIBRATION, SELF, counts, is_own
from callcoach.review.sampling import risk
from callcoach.review.state import ReviewState, Status
from callcoach.review.store import Kept
from callcoach.review.verdicts import Verdicts, stands, verdicts_of
from callcoach.script.model import CueId
from callcoach.script.wording import Language
from callcoach.tui.reviews import Case

_FIRST = (Status.APPEALED, Status.DECIDED, Status.SUBMITTED, Status.DRAFT)
"""What waits for somebody, the most urgent first."""
_NAMELESS = OwnName("", "")


class Titles(Protocol):
    """What things are called that calls name by their ids."""

    def titles(self, call: CallSummary, language: Language) -> tuple[str, str]:
        """Return what a call's pack and its outcome are called."""
        ...

    def cue_title(self, cue: CueId, language: Language) -> str:
        """Return what a cue is called."""
        ...


def is_agent_only(person: str, calls: Iterable[CallSummary], reviews: Iterable[ReviewRow]) -> bool:
    """Tell whether somebody makes calls and has judged nobody else's."""
    own = {call.id for call in calls if is_own(call.agent, person)}
    judged = (it.call for it in reviews if it.reviewer == person and it.purpose != SELF)
    return bool(own) and own.issuperset(judged)


def urgency(case: Case) -> int:
    """Return a case's place: what others wait for comes first, then what is begun."""
    if not case.is_waiting or case.status not in _FIRST:
        return len(_FIRST)
    return _FIRST.index(case.status)


class CaseReader:
    """Reads calls with their reviews as a person sees them."""

    def __init__(
        self,
        titles: Titles,
        person: str,
        form: Form | None,
        language: Language,
        names: Mapping[str, OwnName],
        is_agent: bool,
        form_of: Callable[[str], Form | None],
    ) -> None:
        """Read for a person who judges with `form`; `is_agent`: see `is_agent_only`.

        `form_of` returns the form of a review by its digest.
        """
        self._form_of = form_of
        self._named = titles
        self._person = person
        self._form = form
        self._language = language
        self._names = names
        self._is_agent = is_agent
        self._cues: dict[CueId, str] = {}
        self._titles: dict[tuple[str | None, ...], tuple[str, str]] = {}

    def read(self, journal: Journal, call: CallSummary, kept: Sequence[Kept]) -> Iterator[Case]:
        """Yield the reviews of a call and, where it is to be judged yet, the call.

        It waits for this person unless it is in somebody else's hands, or is their own.
        """
        try:
            events = journal.events(call.id, FLAG_KINDS)
        except JournalDamaged:  # callcoach journal verify tells about it
            return
        states = [it.state for it in kept]
        case = self._call(call, events, verdicts_of(states, self._form_of))
        holder = in_hands(states, self._form.id if self._form else "", self._person)
        is_mine = any(self._is_mine(one) for one in kept)
        is_free = not is_mine and not is_own(call.agent, self._person)
        for one in kept:
            found = self._review(case, one, may_see(one.state, self._person, states))
            yield self._in_hands(found, one.state, holder, is_free)
        if not is_mine and holder is None:
            yield replace(case, is_waiting=is_free and not self._is_agent)

    def _is_mine(self, kept: Kept) -> bool:
        is_form = self._form is not None and kept.row.form == self._form.digest
        is_judging = kept.row.purpose != CALIBRATION  # which is blind, and kept apart
        return is_form and is_judging and kept.row.reviewer == self._person

    def _in_hands(
        self, case: Case, state: ReviewState, holder: ReviewState | None, is_free: bool
    ) -> Case:
        """Return a review with who else is at the call, and whether one may be as well."""
        if holder is None:
            return case
        if state is holder:
            return replace(case, is_free=is_free)
        is_later = (
            case.reviewer == self._person
            and case.status is Status.DRAFT
            and counts(state.opened)
            and case.form == holder.opened.pins.form
            and holder.opened.when > state.opened.when
        )
        return replace(case, also=holder.opened.by) if is_later else case

    def _call(self, call: CallSummary, events: Sequence[Event], verdicts: Verdicts) -> Case:
        key = call.script, call.outcome, call.code
        if key not in self._titles:
            self._titles[key] = self._named.titles(call, self._language)
        pack, outcome = self._titles[key]
        stories = [it for it in flag_stories(events) if stands(verdicts, it)]
        open = [it.raised for it in stories if it.cleared is None]
        titles = {it.cue: self._cue(it.cue) for it in open}
        severities = frozenset(it.severity.value for it in open)
        own = self._names.get(call.id, _NAMELESS)
        return Case(
            call,
            pack,
            outcome,
            tuple(titles.values()),
            severities,
            risk(stories),
            name=own.name,
            file=own.file,
        )

    def _cue(self, cue: CueId) -> str:
        if cue not in self._cues:
            self._cues[cue] = self._named.cue_title(cue, self._language)
        return self._cues[cue]

    def _review(self, case: Case, kept: Kept, is_seen: bool) -> Case:
        state, status = kept.state, kept.state.status
        is_mine = kept.row.reviewer == self._person
        is_agents = is_own(state.opened.agent, self._person) and not is_mine
        waits = {
            Status.DRAFT: is_mine,
            Status.APPEALED: not is_own(state.opened.agent, self._person) and not self._is_agent,
            Status.SUBMITTED: is_agents,
            Status.DECIDED: is_agents,
        }
        return replace(
            case,
            review=kept.row.id,
            status=status,
            form=state.opened.pins.form,
            reviewer=kept.row.reviewer,
            percent=state.mark.percent if state.mark and is_seen else None,
            is_blind=not is_seen,
            is_waiting=is_seen and waits.get(status, False),
        )
