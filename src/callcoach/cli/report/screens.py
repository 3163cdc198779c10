"""Reads the calls of the journal in figures for the dashboard."""

from collections.abc import Callable
from pathlib import Path

from callcoach.cli.report.build import many_report
from callcoach.cli.report.calls import CallReader, Wanted
from callcoach.cli.report.write import write_free_page
from callcoach.cli.workplace import Workplace
from callcoach.reports.many import About
from callcoach.tui.screens.dashboard_calls import Counted


class JournalFigures:
    """The journal as `tui.screens.dashboard_calls.Counting` knows it."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def read(
        self, since: str, tell: Callable[[int, int], None], is_over: Callable[[], bool]
    ) -> Counted | None:
        """Return the calls from a day on that have ended, oldest first; None where it is over."""
        wanted = Wanted(since=since), Wanted(since=since, is_practice=True)
        with CallReader(self._place, since) as reader:
            found = reader.read(wanted, tell, is_over)
        if found is None:
            return None
        return Counted(found.calls, found.scripts, found.damaged, since, found.forms)

    def report(self, about: About) -> tuple[Path, str]:
        """Write a report as a page; personal data are masked in it."""
        script = about.script or ""
        wanted = Wanted(about.agent, script, about.since, about.until, about.is_practice)
        report = many_report(self._place, about, wanted)
        name = "-".join(it for it in (about.kind, about.agent, script) if it)
        return write_free_page(self._place, report, name), report.left_out
