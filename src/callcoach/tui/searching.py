"""What the search screen needs from the outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from callcoach.archive.search.find import Results
    from callcoach.archive.summary import CallSummary
    from callcoach.script.wording import Language

Stop = Callable[[], bool]
"""Asked all the while; a search ends where it says so."""


class Searching(Protocol):
    """All calls, as they are searched. Its methods are called in threads."""

    def catch_up(self, tell: Callable[[int, int], None], is_over: Stop) -> None:
        """Bring the index up to date; `tell` hears how far it is. Raises `StorageError`."""
        ...

    def search(self, query: str, limit: int, is_over: Stop) -> Results:
        """Return what a search finds.

        Raises `UsageError` for one that is not understood, `StorageError` and `SearchStopped`.
        """
        ...

    def titles(self, call: CallSummary, language: Language) -> tuple[str, str]:
        """Return what a call's pack and its outcome are called."""
        ...
