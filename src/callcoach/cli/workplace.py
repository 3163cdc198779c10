"""What the commands share: settings, words, packs and the places on disk, each made when needed."""

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from callcoach.errors import StorageError, UsageError
from callcoach.locale import Messages, detect
from callcoach.settings import Settings, load_settings

if TYPE_CHECKING:
    from callcoach.script.library import Library


class Workplace:
    """One user's settings and files."""

    def __init__(self, flags: Mapping[str, str], config: str | None = None) -> None:
        self._flags = flags
        self._config = config

    def is_given(self, name: str) -> bool:
        """Tell whether a setting stands on the command line itself."""
        return name in self._flags

    @property
    def named_config(self) -> str:
        """Return the settings file that was named; empty where the usual one is read."""
        return self._config or os.environ.get("CALLCOACH_CONFIG", "")

    @cached_property
    def config_file(self) -> Path:
        """Return the settings file; `CALLCOACH_CONFIG` or `--config` name another."""
        if named := self.named_config:
            return Path(named).expanduser()
        from platformdirs import user_config_path  # 10 ms

        return user_config_path("callcoach", appauthor=False) / "config.toml"

    @cached_property
    def settings(self) -> Settings:
        """Return the settings.

        Raises `UsageError` for one that cannot be used, and for a file that was named but is not
        there.
        """
        if self.named_config and not self.config_file.exists():
            raise UsageError(
                "there is no settings file {path}",
                "check how it is spelt; callcoach config set makes it",
                path=self.config_file,
            )
        return load_settings(self.config_file, flags=self._flags)

    def make_config_folder(self) -> None:
        """Make the folder of the usual settings file; that of one that was named is the user's."""
        if not self.named_config:
            self.config_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)

    def forget_settings(self) -> None:
        """Read the settings again when they are asked for next."""
        for name in ("settings", "language", "messages", "library", "journal_path"):
            self.__dict__.pop(name, None)

    @cached_property
    def language(self) -> str:
        """Return the language of the interface."""
        chosen = self.settings.text("language")
        return detect() if chosen == "auto" else chosen

    @cached_property
    def messages(self) -> Messages:
        """Return the words of the interface."""
        return Messages(self.language)

    @cached_property
    def data_folder(self) -> Path:
        """Return where what the user makes is kept."""
        from platformdirs import user_data_path

        return user_data_path("callcoach", appauthor=False)

    @cached_property
    def state_folder(self) -> Path:
        """Return where logs and the like are kept."""
        from platformdirs import user_state_path

        return user_state_path("callcoach", appauthor=False)

    @cached_property
    def cache_folder(self) -> Path:
        """Return where is kept what can be made again."""
        from platformdirs import user_cache_path

        return user_cache_path("callcoach", appauthor=False)

    @cached_property
    def tour_mark(self) -> Path:
        """Return the file that says that the tour has been seen."""
        return self.state_folder / "tour-seen"

    @cached_property
    def journal_path(self) -> Path:
        """Return the journal's file; see `check_journal`."""
        self.check_journal()
        return self.settings.path("journal") or self.data_folder / "journal.db"

    def check_journal(self) -> None:
        """Raise `StorageError` for a journal that was named in a folder that is not there."""
        if (named := self.settings.path("journal")) is not None:
            check_folder(named)

    def has_journal(self) -> bool:
        """Tell whether there is a journal to read; the usual one is made with the first call.

        Raises `StorageError` where one was named that is not there: it may be misspelt.
        """
        if self.journal_path.exists():
            return True
        if self.settings.path("journal") is not None:
            raise StorageError(
                "there is no journal at {path}",
                "check how it is spelt; it is made with the first call",
                path=self.journal_path,
            )
        return False

    @cached_property
    def pack_folder(self) -> Path:
        """Return where the user's own packs are kept when nothing else is set."""
        return self.data_folder / "packs"

    @cached_property
    def library(self) -> "Library":
        """Return the packs: the user's own folders first, then those that are shipped."""
        from callcoach.archive.phrases import ScriptFiles
        from callcoach.script.library import Library, shipped_folder  # yaml: 10 ms

        own = (*self.settings.paths("packs"), self.pack_folder)
        return Library((*own, shipped_folder()), ScriptFiles(self.cache_folder / "scripts"))

    @cached_property
    def rescue_folders(self) -> tuple[Path, ...]:
        """Return where calls are kept that the journal cannot take, best place first."""
        import tempfile
        import zlib

        whose = zlib.crc32(os.fsencode(self.data_folder))
        return (
            self.data_folder / "rescue",
            Path.home() / ".callcoach-rescue",
            Path(tempfile.gettempdir()) / f"callcoach-rescue-{whose:08x}",
        )


def check_folder(journal: Path) -> None:
    """Raise `StorageError` where the folder of a journal is not there: none is made for a name."""
    if not journal.parent.is_dir():
        raise StorageError(
            "there is no folder {folder} for the journal",
            "make it, or name another with --journal",
            folder=journal.parent,
        )
