"""Reviews as the screens ask for them; see `tui.reviews.Reviewing`."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Lock

from msgspec.structs import replace as with_fields

from callcoach.archive.database import wall_now
from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.imports import import_call, imported
from callcoach.archive.journal import Journal
from callcoach.archive.phrases import PhraseFiles
from callcoach.archive.reviews import Queue, ReviewRow, Reviews
from callcoach.archive.summary import CallSummary
from callcoach.call.coach import Coach
from callcoach.call.events import Event, Heard
from callcoach.call.explain import cue_title
from callcoach.call.replay import without_deadlines
from callcoach.call.session import Session
from callcoach.call.summary import flag_stories
from callcoach.cli.cues.learned import learned_judges
from callcoach.cli.desk import Desk, stored_script
from callcoach.cli.form.files import form_library
from callcoach.cli.review.desk import opened, pins_of, whoever
from callcoach.cli.workplace import Workplace
from callcoach.errors import IllegalMove, JournalDamaged, PackError, StorageError
from callcoach.hearing.keeping.recordings import find_recorded, recordings_folder
from callcoach.hearing.playing.kept_sound import KeptSound, parts_of
from callcoach.review.calibration import may_see
from callcoach.review.events import ReviewEvent
from callcoach.review.form.model import Form
from callcoach.review.rejudge import IMPORTED, judge_again
from callcoach.review.review import Review
from callcoach.review.sampling import risk_of
from callcoach.review.state import Status
from callcoach.review.store import Kept, new_review, read_state, save, take_up
from callcoach.review.suggest import suggest_answers
from callcoach.script.load import PackFiles
from callcoach.script.model import CueId, Script, Speaker
from callcoach.script.wording import Language
from callcoach.tui.ports import Past
from callcoach.tui.reviews import Case, Cases, Judging, Take

MOST_CALLS = 1000
"""As many of the latest calls are listed; samples and search reach the others."""
REMEMBERED, MOST_PHRASES = 100, 10
"""Of so many of the latest reviews comments are offered again, and so many of them."""
_OTHER = {Speaker.AGENT: Speaker.CUSTOMER, Speaker.CUSTOMER: Speaker.AGENT}


class ReviewDesk:
    """Everything around reviews; see `tui.reviews.Reviewing`."""

    def __init__(self, place: Workplace, desk: Desk) -> None:
        self._place = place
        self._desk = desk
        self._person = ""
        self._busy = Lock()
        self._coaches: dict[str, Coach] = {}
        """By the digest of the script; making one takes half a second."""

    @property
    def person(self) -> str:
        """Return who is at work."""
        return whoever(self._place, self._person)

    def be(self, person: str) -> None:
        """Let somebody else be at work from now on."""
        self._person = person

    def now(self) -> str:
        """Return this instant."""
        return wall_now()

    def forms(self) -> tuple[Form, ...]:
        """Return the forms that can be used; `callcoach form check` tells about the others."""
        library = form_library(self._place)
        loaded = (library.load(name).form for name in library.names())
        return tuple(form for form in loaded if form is not None)

    def queues(self) -> tuple[Queue, ...]:
        """Return the saved samples."""
        if not self._place.journal_path.exists():
            return ()
        with Reviews(self._place.journal_path) as reviews:
            return reviews.queues()

    def cases(self, queue: str, form: str, language: Language) -> Cases:
        """Return the calls of a queue, or the latest ones, and their reviews."""
        path = self._place.journal_path
        if not path.exists():
            return Cases(())
        reader = _Reader(self._desk, self.person, form, language)
        swaps = imported(path)
        with Journal(path) as journal, Reviews(path) as reviews:
            found = [it for it in journal.calls() if it.ended_at is not None]
            if queue:
                known = {str(it.id): it for it in found}
                found = [known[id] for id in reviews.queue(queue).calls if id in known]
            kept: dict[str, list[Kept]] = {}
            for row in reviews.all():
                kept.setdefault(row.call, []).append(read_state(reviews, row))
            cases: list[Case] = []
            for call in found[:MOST_CALLS]:
                is_swapped = _swap_digest(call.id) in swaps
                cases += reader.read(journal, call, kept.get(call.id, ()), is_swapped)
        cases.sort(key=_urgency)
        return Cases(tuple(cases), max(len(found) - MOST_CALLS, 0))

    def judge(self, call: str, form: Form) -> Judging:
        """Return this person's review of a call, or one that is not begun yet."""
        with Reviews(self._place.journal_path) as reviews:
            for row in reviews.of_call(call):
                if row.reviewer == self.person and row.form == form.digest:
                    return self._judging(call, take_up(reviews, row), row)
        past, session = self._call_up(call)
        review, _ = Review.open(
            form,
            call=past.summary.id,
            agent=past.summary.agent,
            pins=pins_of(form, session.coach.script, past.summary.digest),
            by=self.person,
            when=wall_now(),
            purpose="role_play" if past.summary.mode == "practice" else "standard",
            suggested=suggest_answers(form, session, past.events),
        )
        return Judging(past, session, review, None, self)

    def reopen(self, review: str) -> Judging:
        """Return a review."""
        row, found = opened(self._place, review, self.person)
        return self._judging(row.call, found, row)

    def _judging(self, call: str, review: Review, row: ReviewRow) -> Judging:
        past, session = self._call_up(call)
        return Judging(past, session, review, row, self)

    def prepare(self, call: str) -> None:
        """Make ready what showing a call takes: the first of a pack takes two seconds."""
        self._call_up(call)

    def _call_up(self, call: str) -> tuple[Past, Session]:
        with self._busy:  # whoever comes while it is made ready waits, and does not make it twice
            return self._fold(call)

    def _fold(self, call: str) -> tuple[Past, Session]:
        path = self._place.journal_path
        with Journal(path) as journal:
            summary = journal.find(call)
            events = journal.events(summary.id)
            files = journal.sources(summary.digest)
        coach = self._coach(summary, files)
        return Past(summary, events, coach.script), Session(coach, events)

    def _coach(self, call: CallSummary, files: Sequence[PackFiles]) -> Coach:
        if call.digest not in self._coaches:
            script = self._present(call) or stored_script(files)
            if script is None:
                raise StorageError(
                    "the script of the call {call} cannot be read",
                    "callcoach show still can",
                    call=call.id,
                )
            self._coaches[call.digest] = self._desk.coach(script)
        return self._coaches[call.digest]

    def _present(self, call: CallSummary) -> Script | None:
        """Return the script of a call where the pack is still the same: it is loaded already."""
        try:
            script = self._desk.load(call.script).script
        except PackError:
            return None
        return script if script is not None and script.digest == call.digest else None

    def swapped(self, call: str) -> str:
        """Return the call with the roles the other way round: a call of its own in the journal.

        The swap of a swap is the call that it was made of.
        """
        path = self._place.journal_path
        with Journal(path) as journal:
            summary = journal.find(call)
            if summary.mode != IMPORTED:
                raise IllegalMove(
                    "the roles of a call that was made here are known",
                    "they can be swapped in calls that came as transcripts",
                )
            before = {digest: id for digest, id in imported(path).items() if id == summary.id}
            for other in journal.calls():
                if _swap_digest(other.id) in before:
                    return other.id
            events = journal.events(summary.id)
            files = journal.sources(summary.digest)
        turned: list[Event] = [
            with_fields(it, speaker=_OTHER.get(it.speaker, it.speaker))
            if isinstance(it, Heard)
            else it
            for it in events
        ]
        coach = self._coach(summary, files)
        if any(isinstance(it, Heard) and it.source == "typed" for it in events):
            script = without_deadlines(coach.script)
            store = PhraseFiles(self._place.cache_folder / "phrases")
            coach = Coach(script, learned_judges(self._place, coach.script), store)
        _, happened = judge_again(coach, turned)
        stamp = int(summary.id.replace("-", "")[:12], 16)
        made = new_call_id(stamp)
        return import_call(path, made, happened, files, _swap_digest(summary.id))

    def begin(self, review: Review) -> ReviewRow:
        """Put a review that was just opened into the journal."""
        return new_review(self._place.journal_path, review)

    def keep(self, row: ReviewRow, events: Sequence[ReviewEvent]) -> ReviewRow:
        """Put events of a review into the journal, durably."""
        return save(self._place.journal_path, row, events)

    def read(self, review: str) -> tuple[ReviewRow, Review]:
        """Return a review as it is in the journal."""
        return opened(self._place, review, self.person)

    def phrases(self, question: str) -> tuple[str, ...]:
        """Return comments that were written lately, those on the same question first."""
        path = self._place.journal_path
        if not path.exists():
            return ()
        with Reviews(path) as reviews:
            rows = [it for it in reviews.all() if it.purpose != "calibration"][:REMEMBERED]
            states = [read_state(reviews, row).state for row in rows]
        written = [it for state in states for it in state.comments.values()]
        written.sort(key=lambda it: it.when, reverse=True)
        written.sort(key=lambda it: not question or it.question != question)
        return tuple(dict.fromkeys(it.text for it in written))[:MOST_PHRASES]

    def sound(self, call: str) -> Take | None:
        """Return the sound that is kept of a call."""
        root = recordings_folder(self._place.journal_path)
        if not (root / call).is_dir():
            return None
        recorded = next((it for it in find_recorded(root) if it.call == call), None)
        parts = parts_of(recorded) if recorded else ()
        return KeptSound(parts) if parts else None


class _Reader:
    """Reads calls with their reviews as a person sees them."""

    def __init__(self, desk: Desk, person: str, form: str, language: Language) -> None:
        self._desk = desk
        self._person = person
        self._form = form
        self._language = language
        self._scripts: dict[str, Script | None] = {}
        self._titles: dict[tuple[str | None, ...], tuple[str, str]] = {}

    def read(
        self, journal: Journal, call: CallSummary, kept: Sequence[Kept], is_swapped: bool
    ) -> Iterator[Case]:
        """Yield the reviews of a call and, where it is to be judged yet, the call.

        A call whose roles were wrong, and are right in another, need not be judged, nor one's own
        that somebody else has judged.
        """
        try:
            events = journal.events(call.id)
        except JournalDamaged:  # callcoach journal verify tells about it
            return
        case = self._call(call, events)
        states = [it.state for it in kept]
        for one in kept:
            yield self._review(case, one, may_see(one.state, self._person, states))
        is_done = bool(kept) and call.agent == self._person
        if not (is_swapped or is_done or any(self._is_mine(one) for one in kept)):
            yield replace(case, is_waiting=True)

    def _is_mine(self, kept: Kept) -> bool:
        return kept.row.reviewer == self._person and kept.row.form == self._form

    def _call(self, call: CallSummary, events: Sequence[Event]) -> Case:
        key = call.script, call.outcome, call.code
        if key not in self._titles:
            self._titles[key] = self._desk.titles(call, self._language)
        pack, outcome = self._titles[key]
        open = [it.raised for it in flag_stories(events) if it.cleared is None]
        script = self._script(call.script)
        titles = {it.cue: self._cue(script, it.cue) for it in open}
        severities = frozenset(it.severity.value for it in open)
        return Case(call, pack, outcome, tuple(titles.values()), severities, risk_of(events))

    def _cue(self, script: Script | None, cue: CueId) -> str:
        if script is None:
            return cue
        spoken = self._language in script.languages
        return cue_title(script, cue, self._language if spoken else script.languages[0])

    def _script(self, pack: str) -> Script | None:
        if pack not in self._scripts:
            try:
                self._scripts[pack] = self._desk.load(pack).script
            except PackError:
                self._scripts[pack] = None
        return self._scripts[pack]

    def _review(self, case: Case, kept: Kept, is_seen: bool) -> Case:
        state, status = kept.state, kept.state.status
        is_mine = kept.row.reviewer == self._person
        agent = state.opened.agent
        is_agents = agent in ("", self._person)
        waits = {
            Status.DRAFT: is_mine,
            Status.APPEALED: not agent or agent != self._person,
            Status.SUBMITTED: is_agents and not is_mine,
            Status.DECIDED: is_agents and not is_mine,
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


_FIRST = (Status.APPEALED, Status.DECIDED, Status.SUBMITTED, Status.DRAFT)
"""What waits for somebody, the most urgent first."""


def _urgency(case: Case) -> int:
    """Return a case's place: what others wait for comes first, then what is begun."""
    if not case.is_waiting or case.status not in _FIRST:
        return len(_FIRST)
    return _FIRST.index(case.status)


def _swap_digest(call: CallId) -> str:
    """Return what names the content of a call whose roles are the other way round."""
    return hashlib.sha256(f"roles swapped\n{call}".encode()).hexdigest()
