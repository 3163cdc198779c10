"""Finds the recording of a call that is imported, and tells the journal where it lies."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from callcoach.errors import AudioError, CallcoachError, Told
from callcoach.hearing.capture.watched import SUFFIXES
from callcoach.hearing.keeping.recordings import recordings_folder
from callcoach.hearing.keeping.referring import has_sound, refer

_WORD = re.compile(r"[^\W_]+")
_SLASH = re.compile(r"[\\/]")
_ELSEWHERE = ("//", "\\\\")
"""How the path on another machine begins: nothing is asked there because a transcript says so."""
_LEAST = 4
"""Characters of an id that is looked for within a longer name."""


class Sounds:
    """Recordings in folders, found by the path that a transcript tells, or by their names."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    @property
    def are_asked_for(self) -> bool:
        """Tell whether folders were named: then a call without a recording is worth a word."""
        return bool(self._folders)

    def find(self, told: str, names: Iterable[str], beside: Path) -> Path | None:
        """Return the recording that is told, in the folder of the transcript or in those named.

        Else it is the one that is called by one of `names`, or by one of them and more:
        `20261101_C123_8001.wav` for `C123`. Raises `AudioError` where several are.
        """
        if told and (found := self._at(told, beside)) is not None:
            return found
        if not self._folders:
            return None
        for name in (Path(_SLASH.split(told)[-1]).stem, *names):
            if name and (found := self._called(name)) is not None:
                return found
        return None

    def _at(self, told: str, beside: Path) -> Path | None:
        if "://" in told or told.startswith(_ELSEWHERE):
            return None
        path = Path(told if os.sep == "\\" else told.replace("\\", "/"))
        places = [path] if path.is_absolute() else [it / path for it in (beside, *self._folders)]
        return next((it for it in places if _is_sound(it)), None)

    def _called(self, name: str) -> Path | None:
        words = _words(name)
        if not words:
            return None
        near = self._by_word.get(words[0], [])
        whole = [it for it in near if it.stem.casefold() == name.casefold()]
        longer = [it for it in near if _holds(_words(it.stem), words)]
        found = whole or (longer if sum(map(len, words)) >= _LEAST else [])
        if len(found) > 1:
            raise AudioError(
                "{n} recordings could be its own: {one}, {other}",
                "name them apart, or tell the path in the transcript",
                n=len(found),
                one=found[0].name,
                other=found[1].name,
            )
        return found[0] if found else None

    @cached_property
    def _by_word(self) -> Mapping[str, list[Path]]:
        """Return the recordings in the folders and beneath, by each word of their names."""
        found: dict[str, list[Path]] = {}
        for top in self._folders:
            for folder, folders, names in os.walk(top):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for file in (Path(folder, name) for name in sorted(names)):
                    if _is_named(file):
                        for word in set(_words(file.stem)):
                            found.setdefault(word, []).append(file)
        return found


def _words(name: str) -> list[str]:
    return _WORD.findall(name.casefold())


def _holds(there: Sequence[str], words: Sequence[str]) -> bool:
    return any(there[at : at + len(words)] == words for at in range(len(there)))


def _is_named(file: Path) -> bool:
    return file.suffix.lower() in SUFFIXES and not file.name.startswith(".")


def _is_sound(file: Path) -> bool:
    try:
        return _is_named(file) and file.is_file()
    except (OSError, ValueError):
        return False


def attach(journal: Path, call: str, found: Path) -> None:
    """Let a recording be the sound of a call, unless it has some already.

    Raises `AudioError` where it holds no sound, and `StorageError`.
    """
    root = recordings_folder(journal)
    if not has_sound(root, call):
        refer(root, call, found, _seconds(found), datetime.now(UTC))


def has_kept(journal: Path, call: str) -> bool:
    """Tell whether the journal knows of a call's sound."""
    return has_sound(recordings_folder(journal), call)


def _seconds(file: Path) -> float:
    """Return how long a recording is; 0 where what reads sound is not installed."""
    try:
        # Sound that is not asked for needs none of its libraries.
        from callcoach.hearing.capture.soundfiles import describe
    except ImportError:
        return 0.0
    return describe(file).seconds


def said(error: CallcoachError) -> Told:
    """Return why a call has no sound, for the notes on it."""
    return Told("It has no sound: {why}.", why=error.message)
