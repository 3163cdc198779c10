"""Reads the calls of the journal in figures for the dashboard."""

from collections.abc import Callable

from callcoach.archive.journal import Journal
from callcoach.cli.report.calls import Scripts, Wanted, told_by
from callcoach.cli.workplace import Workplace
from callcoach.errors import StorageError
from callcoach.reports.figures import CallFigures
from callcoach.reports.kept import KeptFigures
from callcoach.review.judged import read_judged
from callcoach.tui.screens.dashboard_calls import Counted

_OFTEN = 25
"""After so many calls it is told how far the reading is."""


class JournalFigures:
    """The journal as `tui.screens.dashboard_calls.Counting` knows it."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def read(
        self, since: str, tell: Callable[[int, int], None], is_over: Callable[[], bool]
    ) -> Counted | None:
        """Return the calls from a day on that have ended, oldest first; None where it is over."""
        path = self._place.journal_path
        if not path.exists():
            return Counted()
        wanted = (Wanted(since=since), Wanted(since=since, is_practice=True))
        calls: list[CallFigures] = []
        unreadable = 0
        with Journal(path) as journal:
            every = [call for call in journal.calls() if any(it.admits(call) for it in wanted)]
            judged, scripts = read_judged(path), Scripts(journal)
            with KeptFigures(path, scripts.get, since) as kept:
                for done, call in enumerate(every):
                    if is_over():
                        return None
                    if done % _OFTEN == 0:
                        tell(done, len(every))
                    try:
                        calls.append(told_by(judged, kept.of(journal, call)))
                    except StorageError:
                        unreadable += 1
            newest = scripts.newest(every)
        forms = judged.newest_forms()
        return Counted(tuple(reversed(calls)), newest, unreadable, since, forms)
