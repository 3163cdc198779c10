"""Builds calls: script, session, recorder and clock, from settings and files."""

import random
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from callcoach import __version__
from callcoach.archive.ids import CallId, new_call_id
from callcoach.archive.journal import Journal
from callcoach.archive.rescue import find_rescue_files, read_rescue
from callcoach.archive.summary import CallSummary
from callcoach.archive.writer import is_being_written, take_back
from callcoach.call.coach import Coach
from callcoach.call.events import Event, FactTold
from callcoach.call.inputs import Resume, TellFact, WriteNote
from callcoach.call.live import LiveCall
from callcoach.call.ports import Clock, Saving
from callcoach.call.session import Session
from callcoach.cli.call_clock import CallClock
from callcoach.cli.coaches import coach_of, shelf_of
from callcoach.cli.counting_writer import CountingWriter
from callcoach.cli.days import today
from callcoach.cli.fact_names import fact_named, no_such_fact
from callcoach.cli.hearing.audio import Audio
from callcoach.cli.hearing.ears import Ears
from callcoach.cli.shelf import usable
from callcoach.cli.stored import read_past, required
from callcoach.cli.titles import CallTitles
from callcoach.cli.workplace import Workplace
from callcoach.errors import FactError, PackError, StorageError, Told, suggest
from callcoach.script.check import check
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.facts import FactId
from callcoach.script.library import Library
from callcoach.script.load import Loaded
from callcoach.script.model import CueId, PackId, PlanId, Script, local
from callcoach.script.plan import Plan
from callcoach.script.wording import Language, Wording
from callcoach.settings import Settings
from callcoach.tui.past import Past
from callcoach.tui.ports import Order

if TYPE_CHECKING:
    from callcoach.tui.reviews import Reviewing
    from callcoach.tui.screens.dashboard_calls import Counting
    from callcoach.tui.searching import Searching

LONGEST_GAP = 3600.0
"""A call that was interrupted for longer, in seconds, goes on as if no time had passed."""


REMEMBERED = 5
"""In the facts of so many calls a form looks for what the agent need not type again."""
_LOOKED_AT = 50
"""So many calls are looked at to find those in one language."""


class Unrecorded:
    """A recorder for calls that are not to be kept: previews and rehearsals."""

    def __init__(self) -> None:
        self._count = 0

    def append(self, events: Sequence[Event]) -> Saving:
        """Count the events."""
        self._count += len(events)
        return Saving(self._count)

    def close(self) -> Saving:
        """Do nothing."""
        return Saving(self._count)


RECORDED = frozenset(("call", "practice"))
"""The modes that are kept in the journal."""


class Desk:
    """Everything around a call; see `tui.ports.Desk`."""

    def __init__(self, workplace: Workplace, audio: Audio | None = None) -> None:
        """Take a user's settings and files; `audio` is what the command line says of listening."""
        self._place = workplace
        self._ears = Ears(workplace, audio)
        self._shelf = shelf_of(workplace)
        self._titles = CallTitles(workplace)
        self._reviews: Reviewing | None = None

    @property
    def settings(self) -> Settings:
        """Return the settings as they are now."""
        return self._place.settings

    @property
    def language(self) -> str:
        """Return the language of the interface."""
        return self._place.language

    @property
    def ears(self) -> Ears:
        """Return what calls are listened to with."""
        return self._ears

    @property
    def searching(self) -> "Searching":
        """Return all calls as they are searched."""
        from callcoach.cli.search.screens import JournalSearch  # opened by a key, not at start-up

        return JournalSearch(self._place.journal_path, self)

    @property
    def counting(self) -> "Counting":
        """Return all calls as they are counted."""
        from callcoach.cli.report.screens import JournalFigures  # opened by a key, not at start-up

        return JournalFigures(self._place)

    @property
    def reviews(self) -> "Reviewing":
        """Return the forms, the reviews and the calls that they are about."""
        if self._reviews is None:
            from callcoach.cli.review.screens import ReviewDesk  # only for those who judge: 90 ms

            self._reviews = ReviewDesk(self._place, self)
        return self._reviews

    @property
    def _library(self) -> Library:
        return self._place.library

    def set(self, name: str, value: str) -> None:
        """Change a setting in the settings file."""
        from callcoach.cli.config import write_setting  # tomlkit: 30 ms

        write_setting(self._place, name, value)
        self._place.forget_settings()

    def packs(self) -> tuple[PackId, ...]:
        """Return the ids of all packs."""
        return self._library.names()

    def load(self, pack: str) -> Loaded:
        """Return what comes of loading a pack."""
        return self._shelf.load(self._library, pack)

    def at_hand(self, digest: str, pack: str) -> Script | None:
        """Return the script with a digest where it is that of a pack which is loaded already."""
        script = self._shelf.at_hand(pack)
        return script if script is not None and script.digest == digest else None

    def check(self, loaded: Loaded) -> tuple[Diagnostic, ...]:
        """Return everything that is wrong with a pack."""
        return check(loaded)

    def stamp(self, pack: str) -> object:
        """Return what changes when a file of a pack, or of one it uses, does."""
        return self._shelf.stamp(self._library, pack)

    def begin(self, order: Order, clock: Clock | None = None) -> LiveCall:
        """Begin a call and its recording; `clock` is its time, by default the real one."""
        coach, loaded = self._shelf.coach(
            self._library, order.pack, self._place.language, order.is_timed
        )
        script = coach.script
        language = self._spoken(order, script)
        started = coach.started(
            language,
            started=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            day=self.today().isoformat(),
            seed=random.SystemRandom().getrandbits(32) if order.seed is None else order.seed,
            mode=order.mode,
            agent=self.settings.text("agent"),
            plan=order.plan,
            program=__version__,
        )
        session, opening = Session.start(coach, started)
        told: list[Event] = []
        for id, text in self.known(order).items():
            try:
                told += session.feed(TellFact(id, text, "given"), 0.0)
            except FactError as error:
                named = Told("{field}: {problem}", field=local(id), problem=error.message)
                raise FactError(named, error.hint) from error
        events, time_of_call = (*opening, *told), clock or self._ears.clock() or CallClock()
        if order.mode not in RECORDED:
            return LiveCall(session, events, Unrecorded(), time_of_call)
        call = new_call_id()
        folders = self._place.rescue_folders
        writer = CountingWriter(
            self._place.journal_path, call, loaded.sources, folders, loaded.script
        )
        return LiveCall(session, events, writer, time_of_call, id=call)

    def language_of(self, order: Order) -> Language:
        """Return the language that a call will be in. Raises `PackError`."""
        return self._spoken(order, usable(self.load(order.pack), self._place.language))

    def _spoken(self, order: Order, script: Script) -> Language:
        return script.language(order.language or self._place.language)

    def known(self, order: Order) -> Mapping[FactId, str]:
        """Return what is known before a call: from the settings, and from the order."""
        script = usable(self.load(order.pack), self._place.language)
        known: dict[FactId, str] = {}
        given = {fact.id for fact in script.given_facts}
        for name, text in self.settings.table("facts").items():
            fact = script.names[script.id].get(name)
            if fact in given and text:
                known[fact] = text
        for name, text in order.facts.items():
            fact = fact_named(script, name)
            if fact is None:
                raise no_such_fact(script, name)
            known[fact] = text
        return {fact: text for fact, text in known.items() if text}

    def latest_facts(self, language: Language) -> Mapping[str, str]:
        """Return what was known before the latest calls in a language.

        A name is written otherwise in another. Nothing where the journal cannot be read.
        """
        found: dict[str, str] = {}
        with suppress(StorageError), Journal(self._place.journal_path) as journal:
            calls = [it for it in journal.calls(_LOOKED_AT) if it.mode == "call"]
            spoken = [it for it in calls if it.language == language][:REMEMBERED]
            for call in reversed(spoken):
                for event in journal.events(call.id):
                    if isinstance(event, FactTold) and event.by == "given":
                        found[local(event.fact)] = event.value
        return found

    def plan(self, pack: str, plan: PlanId | None) -> Plan:
        """Return a plan of a pack; without an id, its demo."""
        plans = self.load(pack).plans
        if plan is None:
            shown = next((known for known in plans.values() if known.is_demo), None)
            found = shown or next(iter(plans.values()), None)
        else:
            found = plans.get(plan) or plans.get(PlanId(f"{pack}.{plan}"))
        if found is None:
            wanted = plan or "demo"
            advice = suggest(wanted, map(local, plans))
            raise PackError("the pack {pack} has no plan “{plan}”", advice, pack=pack, plan=wanted)
        return found

    def resume(self, call: CallId) -> LiveCall:
        """Take up a call that was interrupted, with the script that it began with."""
        live = self._take_up(call, is_resumed=True)
        live.feed(Resume())
        return live

    def _take_up(self, call: CallId, is_resumed: bool) -> LiveCall:
        past = self.past(call)
        script = required(past.script, call)
        with Journal(self._place.journal_path) as journal:
            files = journal.sources(past.summary.digest)
        writer = CountingWriter(
            self._place.journal_path,
            past.summary.id,
            files,
            self._place.rescue_folders,
            script,
        )
        session = Session(self.coach(script), past.events)
        gap = time.time() - _instant(past.summary.started) - past.summary.last_at
        away = gap if 0 <= gap <= LONGEST_GAP else 0.0
        speed = self._ears.speed if is_resumed else 1.0
        clock = CallClock(past.summary.last_at + (away if is_resumed else 0.0), speed)
        return LiveCall(session, past.events, writer, clock, id=past.summary.id, is_new=False)

    def coach(self, script: Script) -> Coach:
        """Return a stored script ready to coach, as a new call would have it.

        Raises `LearnedError` for learned judges that cannot be read.
        """
        return coach_of(self._place, script)

    def calls(self, limit: int) -> tuple[CallSummary, ...]:
        """Return the latest calls; none where there is no journal yet."""
        if not self._place.journal_path.exists():
            return ()
        with Journal(self._place.journal_path) as journal:
            return journal.calls(limit)

    def titles(self, call: CallSummary, language: Language) -> tuple[str, str]:
        """Return what a call's pack and its outcome are called; their ids where no pack says."""
        return self._titles.of(call, language)

    def cue_title(self, cue: CueId, language: Language) -> str:
        """Return what a cue is called; its id where no pack says."""
        return self._titles.cue(cue, language) or cue

    def unfinished(self) -> tuple[CallSummary, ...]:
        """Return the calls that were interrupted and that nobody is writing."""
        if not self._place.journal_path.exists():
            return ()
        path = self._place.journal_path
        with Journal(path) as journal:
            found = journal.unfinished()
        return tuple(call for call in found if not is_being_written(path, call.id))

    def past(self, wanted: str) -> Past:
        """Return a call from the journal, with the script it was made with."""
        return read_past(self._place.journal_path, wanted)

    def add_note(self, call: CallId, text: str) -> tuple[Event, ...]:
        """Write a note to a call that is over; return its events."""
        live = self._take_up(call, is_resumed=False)
        try:
            events = live.feed(WriteNote(text), live.session.state.at)
            if not live.saving.is_durable:
                raise _not_noted(live.saving)
            return events
        finally:
            live.close()

    def export(self, call: CallId, format: str) -> Path:
        """Write a call to a file in the present folder; return it."""
        from callcoach.cli.exports import export_beside  # formats: only when one is asked for

        return export_beside(self._place, self.past(call), format)

    def examples(self, pack: str, plan: Plan) -> Mapping[FactId, Wording]:
        """Return what is known before the call of a plan: its facts, and examples for the rest."""
        script = usable(self.load(pack), self._place.language)
        known = {fact.id: fact.example for fact in script.given_facts if fact.example}
        return known | dict(plan.facts)

    def today(self) -> date:
        """Return the day where the user is."""
        return today()

    def rescue_files(self) -> tuple[Path, ...]:
        """Return the files of calls that the journal could not take and that nobody is writing."""
        found = find_rescue_files(self._place.rescue_folders)
        return tuple(file for file in found if not self._is_in_use(file))

    def _is_in_use(self, rescue: Path) -> bool:
        """Tell whether a call still writes its rescue file; a damaged one is told when opened."""
        try:
            return is_being_written(self._place.journal_path, read_rescue(rescue).call)
        except StorageError:
            return False

    def take_back(self, rescue: Path) -> int:
        """Put a rescue file into the journal and delete it."""
        _, count = take_back(self._place.journal_path, rescue)
        return count

    def is_first_run(self) -> bool:
        """Tell whether the tour has not been seen."""
        return not self._place.tour_mark.exists()

    def tour_seen(self) -> None:
        """Remember that the tour was seen; where that cannot be written, it is shown again."""
        seen = self._place.tour_mark
        try:
            seen.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            seen.touch()
        except OSError:
            return


def _not_noted(saving: Saving) -> StorageError:
    """Return what a user is told of a note that the journal could not take."""
    if not saving.rescue:
        return StorageError(saving.problem, saving.hint)
    return StorageError(
        saving.problem,
        "your note is kept in {file}; callcoach journal import takes it back",
        file=saving.rescue,
    )


def _instant(text: str) -> float:
    """Return an instant in seconds since 1970; now where the text is none."""
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        return time.time()
