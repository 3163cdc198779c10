"""Writes a call into the journal, and counts it when it is over."""

from collections.abc import Sequence
from pathlib import Path

from callcoach.archive.ids import CallId
from callcoach.archive.writer import CallWriter
from callcoach.call.ports import Saving
from callcoach.script.model import Script
from callcoach.script.pack_files import PackFiles


class CountingWriter(CallWriter):
    """A writer that keeps, when its call has ended, what it came to in figures."""

    def __init__(
        self,
        path: Path,
        call: CallId,
        sources: Sequence[PackFiles],
        rescue_folders: Sequence[Path],
        script: Script | None,
    ) -> None:
        """Take the call over; see `CallWriter`. Without its script it is counted later."""
        super().__init__(path, call, sources, rescue_folders)
        self._script = script

    def close(self) -> Saving:
        """Write what waits, let others write the call, and count it."""
        saving = super().close()
        if saving.is_durable and self._script is not None:
            from callcoach.reports.kept import keep_figures  # 60 ms, once the call is over

            keep_figures(self.path, [self.call], self._script)
        return saving
