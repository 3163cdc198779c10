"""Searches the calls of the journal for the screens."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from callcoach.archive.search.find import Finder, Results
from callcoach.archive.search.index import catch_up
from callcoach.archive.summary import CallSummary
from callcoach.errors import CallcoachError
from callcoach.review.rejections import rejections
from callcoach.script.model import Cue, Outcome
from callcoach.script.wording import Language
from callcoach.tui.ports import Desk


class JournalSearch:
    """The journal as `tui.searching.Searching` knows it; every search opens it for itself."""

    def __init__(self, path: Path, desk: Desk) -> None:
        self._path, self._desk = path, desk
        self._called: dict[str, Collection[str]] = {}
        self._looked_up: set[str] = set()

    def catch_up(self, tell: Callable[[int, int], None], is_over: Callable[[], bool]) -> None:
        """Bring the index up to date."""
        if self._path.exists():
            catch_up(self._path, tell, is_over, rejections(self._path))

    def search(self, query: str, limit: int, is_over: Callable[[], bool]) -> Results:
        """Return what a search finds; nothing where there is no journal yet."""
        if not self._path.exists():
            return Results(0, False, ())
        with Finder(self._path) as finder:
            return finder.find(
                query, self._desk.today(), limit, titles=self._titles, is_over=is_over
            )

    def titles(self, call: CallSummary, language: Language) -> tuple[str, str]:
        """Return what a call's pack and its outcome are called."""
        return self._desk.titles(call, language)

    def _titles(self, scripts: Collection[str]) -> Mapping[str, Collection[str]]:
        """Return what cues and outcomes are called; each script is read once."""
        for pack in set(scripts) - self._looked_up:
            self._called |= script_titles(self._desk, pack)
            self._looked_up.add(pack)
        return self._called


def script_titles(desk: Desk, pack: str) -> Mapping[str, Collection[str]]:
    """Return what the cues and outcomes of a script are called, in every language of it."""
    try:
        script = desk.load(pack).script
    except CallcoachError:
        return {}
    if script is None:
        return {}
    named: list[Cue | Outcome] = [*script.cues.values(), *script.outcomes.values()]
    return {it.id: {it.title.plain(language) for language in script.languages} for it in named}
