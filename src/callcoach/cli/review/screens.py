"""Reviews as the screens ask for them; see `tui.reviews.Reviewing`."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from threading import Lock
from typing import Protocol

from callcoach.archive.database import wall_now
from callcoach.archive.ids import short
from callcoach.archive.journal import Journal
from callcoach.archive.reviews import Queue, ReviewRow, Reviews, save_queue
from callcoach.archive.summary import CallSummary
from callcoach.archive.typed import Place as TypingPlace
from callcoach.archive.typed import TypedTexts, keep_text
from callcoach.call.coach import Coach
from callcoach.call.session import Session
from callcoach.cli.form.files import form_library
from callcoach.cli.report.build import call_report
from callcoach.cli.report.write import write_free_page
from callcoach.cli.review.cases import CaseReader, Titles, is_agent_only, urgency
from callcoach.cli.review.desk import opened, own_reviews, whoever
from callcoach.cli.review.start import open_review
from callcoach.cli.review.swapping import swapped
from callcoach.cli.stored import required, stored_script
from callcoach.cli.workplace import Workplace
from callcoach.errors import JournalBusy, UsageError
from callcoach.hearing.keeping.recordings import recorded_of, recordings_folder
from callcoach.hearing.playing.kept_sound import KeptSound, parts_of
from callcoach.review.calibration import may_see
from callcoach.review.events import ReviewEvent
from callcoach.review.form.model import Form
from callcoach.review.hands import in_hands
from callcoach.review.purpose import CALIBRATION, counts
from callcoach.review.review import Review
from callcoach.review.sampling import Candidate, Size, sample
from callcoach.review.store import Forms, new_review, read_state, save, take_up
from callcoach.script.load import PackFiles
from callcoach.script.model import Script
from callcoach.script.wording import Language
from callcoach.tui.past import Past
from callcoach.tui.reviews import MOST_CALLS, Case, Cases, Judging, Standing, Take

REMEMBERED, MOST_PHRASES = 100, 10
"""Of so many of the latest reviews comments are offered again, and so many of them."""


class Scripts(Titles, Protocol):
    """The scripts that calls were made with, and what they call things."""

    def at_hand(self, digest: str, pack: str) -> Script | None:
        """Return the script with a digest where it is loaded already."""
        ...

    def coach(self, script: Script) -> Coach:
        """Return a script ready to coach. Raises `LearnedError`."""
        ...


class ReviewDesk:
    """Everything around reviews; see `tui.reviews.Reviewing`."""

    def __init__(self, place: Workplace, scripts: Scripts) -> None:
        self._place = place
        self._scripts = scripts
        self._person = ""
        self._busy = Lock()
        self._coaches: dict[str, Coach] = {}
        """By the digest of the script; making one takes half a second."""
        self._beside: set[str] = set()
        """Reviews of others whose calls are judged as well, knowing of them."""
        self._known: dict[str, tuple[object, tuple[Case, ...]]] = {}
        """By call, what was listed of it the last time, and what that rests on."""

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

    def cases(self, queue: str, form: str, language: Language, most: int = MOST_CALLS) -> Cases:
        """Return the calls of a queue, or the latest ones, and their reviews.

        What was listed before and has not changed is not read again.
        """
        path = self._place.journal_path
        if not path.exists():
            return Cases(())
        used = next((it for it in self.forms() if it.digest == form), None)
        with Journal(path) as journal, Reviews(path) as reviews:
            found, rows = journal.calls(), reviews.all()
            is_agent = is_agent_only(self.person, found, rows)
            found = tuple(it for it in found if it.ended_at is not None)
            if queue:
                found = _of_queue(journal, reviews.queue(queue), found)
            of: dict[str, list[ReviewRow]] = {}
            for row in rows:
                of.setdefault(row.call, []).append(row)
            names = journal.own_names()
            forms = Forms(reviews)
            reader = CaseReader(
                self._scripts, self.person, used, language, names, is_agent, forms.get
            )
            cases: list[Case] = []
            for call in found[:most]:
                own = of.get(call.id, ())
                rests_on = call, tuple(own), self.person, form, language, is_agent
                before, listed = self._known.get(call.id, (None, ()))
                if before != rests_on:
                    kept = [read_state(reviews, row) for row in own]
                    listed = tuple(reader.read(journal, call, kept))
                    self._known[call.id] = rests_on, listed
                cases += listed
        cases.sort(key=urgency)
        return Cases(tuple(cases), max(len(found) - most, 0), is_agent)

    def judge(self, call: str, form: Form) -> Judging:
        """Return this person's review of a call, or one that is not begun yet."""
        with Reviews(self._place.journal_path) as reviews:
            for row in own_reviews(reviews, call, form, self.person, is_blind=False):
                return self._judging(call, take_up(reviews, row), row)
        past, session = self.call_up(call)
        review = open_review(self._place, past, session, form, self.person)
        return Judging(past, session, review, None, self)

    def calibrate(self, call: str, form: Form) -> str:
        """Begin this person's blind review of a call, or find the one begun; return its id."""
        with Reviews(self._place.journal_path) as reviews:
            for row in own_reviews(reviews, call, form, self.person, is_blind=True):
                return row.id
        past, session = self.call_up(call)
        return self.begin(
            open_review(self._place, past, session, form, self.person, CALIBRATION)
        ).id

    def reopen(self, review: str) -> Judging:
        """Return a review."""
        row, found = opened(self._place, review, self.person)
        return self._judging(row.call, found, row)

    def _judging(self, call: str, review: Review, row: ReviewRow) -> Judging:
        past, session = self.call_up(call)
        return Judging(past, session, review, row, self)

    def call_up(self, call: str) -> tuple[Past, Session]:
        """Return a call and its session as it ended: the first of a pack takes two seconds."""
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
            script = self._scripts.at_hand(call.digest, call.script) or stored_script(files)
            self._coaches[call.digest] = self._scripts.coach(required(script, call.id))
        return self._coaches[call.digest]

    def swapped(self, call: str) -> str:
        """Return the call with the roles the other way round; see `swapping.swapped`."""
        return swapped(self._place, call, self._coach)

    def begin(self, review: Review) -> ReviewRow:
        """Put a review that was just opened into the journal.

        Raises `JournalBusy`, once, where somebody else has begun to judge the call meanwhile.
        """
        opened = review.state.opened
        with Reviews(self._place.journal_path) as reviews:
            kept = [read_state(reviews, row) for row in reviews.of_call(opened.call)]
        other = in_hands((it.state for it in kept), opened.pins.form, opened.by)
        if other is not None and counts(opened):
            id = next(it.row.id for it in kept if it.state is other)
            if id not in self._beside:
                self._beside.add(id)
                raise JournalBusy(
                    "{name} is at this call already",
                    "the same again judges it as well",
                    name=other.opened.by,
                )
        return new_review(self._place.journal_path, review)

    def beside(self, review: str) -> None:
        """Let this person judge the call of somebody else's review as well."""
        self._beside.add(review)

    def draw(self, name: str, calls: Sequence[Case], size: Size, by_risk: bool) -> Queue:
        """Keep a sample of some calls as a queue."""
        if not name.strip():
            raise UsageError("a queue needs a name", "write one")
        found = {
            str(it.call.id): Candidate(it.call.id, it.call.agent, day=it.call.day, risk=it.risk)
            for it in calls
        }
        seed = random.SystemRandom().getrandbits(31)
        drawn = sample(found.values(), seed, size, by_risk=by_risk)
        told = {
            "seed": seed,
            "size": {key: value for key, value in asdict(size).items() if value is not None},
            "by_risk": by_risk,
            "of": len(found),
        }
        queue = Queue(name.strip(), wall_now(), self.person, drawn, json.dumps(told))
        save_queue(self._place.journal_path, queue)
        return queue

    def keep(self, row: ReviewRow, events: Sequence[ReviewEvent]) -> ReviewRow:
        """Put events of a review into the journal, durably."""
        return save(self._place.journal_path, row, events)

    def read(self, review: str) -> tuple[ReviewRow, Review]:
        """Return a review as it is in the journal."""
        return opened(self._place, review, self.person)

    def typed(self, review: Review) -> Mapping[str, str]:
        """Return what this person typed in a review and has not written."""
        with TypedTexts(self._place.journal_path) as texts:
            return texts.at(self._typing(review))

    def keep_typed(self, review: Review, about: str, text: str) -> None:
        """Keep what was typed."""
        keep_text(self._place.journal_path, self._typing(review), about, text)

    def _typing(self, review: Review) -> TypingPlace:
        opened = review.state.opened
        return TypingPlace(opened.call, review.form.digest, self.person, opened.purpose)

    def phrases(self, question: str) -> tuple[str, ...]:
        """Return comments that were written lately, those on the same question first."""
        path = self._place.journal_path
        if not path.exists():
            return ()
        with Reviews(path) as reviews:
            rows = [it for it in reviews.all() if it.purpose != CALIBRATION][:REMEMBERED]
            states = [read_state(reviews, row).state for row in rows]
        written = [it for state in states for it in state.comments.values()]
        written.sort(key=lambda it: it.when, reverse=True)
        written.sort(key=lambda it: not question or it.question != question)
        return tuple(dict.fromkeys(it.text for it in written))[:MOST_PHRASES]

    def report(self, call: str) -> tuple[Path, str]:
        """Write the report on a call as a page; personal data are masked in it."""
        past, _ = self.call_up(call)
        report = call_report(self._place, past)
        where = write_free_page(self._place, report, f"call-{short(past.summary.id)}")
        return where, report.left_out

    def sound(self, call: str) -> Take | None:
        """Return the sound of a call, or of the one that has the roles the other way round."""
        path = self._place.journal_path
        root = recordings_folder(path)
        recorded = recorded_of(root, call)
        if recorded is None:
            with Journal(path) as journal:
                pairs = journal.set_aside().items()
            twins = (two if one == call else one for one, two in pairs if call in (one, two))
            recorded = next((it for twin in twins if (it := recorded_of(root, twin))), None)
        parts = parts_of(recorded) if recorded else ()
        return KeptSound(parts) if parts else None

    def standing(self, call: str) -> tuple[Standing, ...]:
        """Return what became of a call so far: the reviews that this person may see."""
        with Reviews(self._place.journal_path) as reviews:
            kept = [read_state(reviews, row) for row in reviews.of_call(call)]
        states = [it.state for it in kept]
        return tuple(
            Standing(
                one.row.id,
                one.row.reviewer,
                one.state.status,
                one.state.mark.percent if one.state.mark else None,
            )
            for one in kept
            if may_see(one.state, self.person, states)
        )


def _of_queue(
    journal: Journal, queue: Queue, calls: Sequence[CallSummary]
) -> tuple[CallSummary, ...]:
    """Return those of some calls that are in a queue, in its order; see `Journal.counting`."""
    known = {str(it.id): it for it in calls}
    return tuple(known[id] for id in journal.counting(queue.calls) if id in known)
