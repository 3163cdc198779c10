"""A recording that comes into a folder is told once, when it is complete."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from callcoach.errors import AudioError
from callcoach.hearing.capture.watched import EVERY, STILL, watch

Act = Callable[[Path], object]


def told(
    folder: Path, acts: dict[int, Act], done: set[str] | None = None, looks: int = 30
) -> list[tuple[int, str]]:
    """Return what is told, and after how many looks.

    `acts` change the folder, after so many looks at it.
    """
    stop = threading.Event()
    count = 0

    def wait(_: float) -> None:
        nonlocal count
        if act := acts.get(count):
            act(folder)
        count += 1
        if count == looks:
            stop.set()

    found = watch(folder, done or set(), stop, now=lambda: count * EVERY, wait=wait)
    return [(count, file.name) for file in found]


def grow(name: str) -> Act:
    """Return an act that writes more of a file."""

    def act(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("ab") as stream:
            stream.write(bytes(10))

    return act


def rename(old: str, new: str) -> Act:
    return lambda folder: (folder / old).rename(folder / new)


def remove(name: str) -> Act:
    return lambda folder: (folder / name).unlink()


LATER = round(STILL / EVERY)


@pytest.mark.parametrize(
    ("acts", "wanted"),
    [
        ({0: grow("a.wav")}, [(1 + LATER, "a.wav")]),
        ({0: grow("a.WAV"), 3: grow("b.mp3")}, [(1 + LATER, "a.WAV"), (4 + LATER, "b.mp3")]),
        ({at: grow("a.wav") for at in range(10)}, [(10 + LATER, "a.wav")]),
        ({at: grow("a.wav") for at in range(0, 20, 2)}, [(19 + LATER, "a.wav")]),
        ({0: grow("a.wav.part")}, []),
        ({0: grow("a.wav.part"), 8: rename("a.wav.part", "a.wav")}, [(9 + LATER, "a.wav")]),
        ({0: grow(".a.wav"), 1: grow("a.tmp"), 2: grow("notes.txt"), 3: grow("wav")}, []),
        ({0: grow("a.wav"), 2: remove("a.wav")}, []),
        ({0: grow("2026/nov/a.wav")}, [(1 + LATER, "a.wav")]),
        ({0: grow("x/a.wav"), 1: grow("y/a.wav")}, [(1 + LATER, "a.wav"), (2 + LATER, "a.wav")]),
        ({0: grow(".trash/a.wav")}, []),
        ({0: grow("a.wav"), 12: grow("a.wav")}, [(1 + LATER, "a.wav")]),
        ({0: lambda folder: (folder / "a.wav").touch()}, []),
        ({0: lambda folder: (folder / "a.wav").mkdir()}, []),
    ],
    ids=[
        "whole", "two", "grows", "pauses", "part", "renamed", "others", "gone", "deep",
        "two folders", "hidden folder", "once", "empty", "folder",
    ],
)  # fmt: skip
def test_a_recording_is_told_once_when_it_stands_still(
    tmp_path: Path, acts: dict[int, Act], wanted: list[tuple[int, str]]
) -> None:
    assert told(tmp_path, acts) == wanted


def test_what_is_there_already_is_told_oldest_first(tmp_path: Path) -> None:
    for age, name in enumerate(("c.wav", "a.wav", "b.wav")):
        grow(name)(tmp_path)
        os.utime(tmp_path / name, (1_000 - age, 1_000 - age))
    assert [name for _, name in told(tmp_path, {})] == ["b.wav", "a.wav", "c.wav"]


def test_what_is_done_is_passed_over(tmp_path: Path) -> None:
    grow("a.wav")(tmp_path)
    grow("b.wav")(tmp_path)
    assert [name for _, name in told(tmp_path, {}, {"a.wav"})] == ["b.wav"]


def test_a_folder_that_goes_away_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    acts: dict[int, Act] = {
        1: shutil.rmtree,
        5: lambda folder: folder.mkdir(),
        6: grow("a.wav"),
    }
    assert told(folder, acts) == [(7 + LATER, "a.wav")]


def test_it_stops_between_two_recordings(tmp_path: Path) -> None:
    grow("a.wav")(tmp_path)
    grow("b.wav")(tmp_path)
    stop = threading.Event()
    times = iter(range(100))
    found = watch(tmp_path, set(), stop, now=lambda: next(times) * STILL, wait=lambda _: None)
    assert next(found).name == "a.wav"
    stop.set()
    assert list(found) == []


def test_there_must_be_a_folder(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="there is no folder"):
        next(watch(tmp_path / "none", set(), threading.Event()))
