"""Reads the calls of the journal in figures for the dashboard."""

from collections.abc import Callable, Sequence

from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.summary import CallSummary
from callcoach.cli.report.calls import Scripts, Wanted, read_reviews
from callcoach.cli.workplace import Workplace
from callcoach.errors import StorageError
from callcoach.reports.figures import CallFigures, figures_of
from callcoach.review.state import ReviewState
from callcoach.script.model import PackId, Script
from callcoach.tui.screens.dashboard import Counted

_OFTEN = 25
"""After so many calls it is told how far the reading is."""


class JournalFigures:
    """The journal as `tui.screens.dashboard.Counting` knows it; a call is counted once."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._counted: dict[CallId, tuple[int, CallFigures]] = {}
        """By call: of how many events, and what they came to; calls with reviews are left out."""

    def read(
        self, since: str, tell: Callable[[int, int], None], is_over: Callable[[], bool]
    ) -> Counted | None:
        """Return the calls from a day on that have ended, oldest first; None where it is over."""
        path = self._place.journal_path
        if not path.exists():
            return Counted()
        wanted = (Wanted(since=since), Wanted(since=since, is_practice=True))
        calls: list[CallFigures] = []
        scripts: dict[PackId, Script] = {}
        unreadable = 0
        with Journal(path) as journal:
            every = [call for call in journal.calls() if any(it.admits(call) for it in wanted)]
            reviews, stored = read_reviews(self._place), Scripts(journal)
            for done, call in enumerate(every):
                if is_over():
                    return None
                if done % _OFTEN == 0:
                    tell(done, len(every))
                try:
                    script = stored.get(call.digest)
                    calls.append(self._count(journal, call, script, reviews.get(call.id, ())))
                except StorageError:
                    unreadable += 1
                    continue
                if script is not None:
                    scripts.setdefault(call.script, script)
        return Counted(tuple(reversed(calls)), scripts, unreadable, since)

    def _count(
        self,
        journal: Journal,
        call: CallSummary,
        script: Script | None,
        reviews: Sequence[ReviewState],
    ) -> CallFigures:
        events, figures = self._counted.get(call.id, (0, None))
        if figures is not None and events == call.events and not reviews:
            return figures
        found = figures_of(call.id, journal.events(call.id), script, reviews)
        if not reviews:
            self._counted[call.id] = (call.events, found)
        return found
