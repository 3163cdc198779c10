"""Tests that what was acknowledged survives a loss of power, at whatever moment it comes."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from callcoach.archive.ids import CallId
from callcoach.archive.journal import Journal
from callcoach.archive.writer import CallWriter
from callcoach.errors import StorageError
from tests.archive.disk import Disk, on_disk
from tests.archive.support import chances, scripted_call

CUTS = 60
CALLS = 4
BATCHES = scripted_call().batches[:14]
EVENTS = scripted_call().events


def call_of(number: int) -> CallId:
    """Return the id of one of the calls."""
    return CallId(f"0199aaaa-bbbb-7ccc-8ddd-eeeeffff000{number}")


Lossy = Mapping[str, str]
FAITHFUL: Lossy = {}
NORMAL: Lossy = {"PRAGMA synchronous = FULL": "PRAGMA synchronous = NORMAL"}
OFF: Lossy = {"PRAGMA synchronous = FULL": "PRAGMA synchronous = OFF"}


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What was found when the machine was started again."""

    acknowledged: int
    lost: int
    """How many acknowledged events are gone."""
    damage: str
    """What is wrong with the journal; empty where it is sound."""


def write(disk: Disk, path: Path, instead: Lossy) -> Sequence[int]:
    """Write calls one after the other until the power goes; return how much of each was saved."""
    saved: list[int] = []
    with on_disk(disk, instead):
        for number in range(CALLS):
            writer = CallWriter(path, call_of(number), scripted_call().sources)
            saved.append(0)
            for batch in BATCHES:
                saving = writer.append(batch)
                saved[-1] = saving.saved
                if disk.is_cut:
                    break
            writer.close()
            if disk.is_cut:
                break
    return saved


def look(folder: Path, disk: Disk, saved: Sequence[int], chance: random.Random) -> Aftermath:
    """Return what is left of calls after the power was cut."""
    for name, data in disk.survivors(chance).items():
        (folder / name).write_bytes(data)
    path = folder / "journal.db"
    try:
        with Journal(path) as journal:
            verdict = journal.verify()
            found = [journal.events(call_of(number)) for number in range(len(saved))]
    except StorageError as error:
        damage = str(error) if any(saved) else ""
        return Aftermath(sum(saved), sum(saved), damage)
    damage = "; ".join(problem.what for problem in verdict.problems)
    for number, events in enumerate(found):
        if events != EVENTS[: len(events)]:
            damage += f"; call {number} is another"
    lost = sum(max(count - len(events), 0) for count, events in zip(saved, found, strict=True))
    return Aftermath(sum(saved), lost, damage)


def cut_power(folder: Path, seed: int, steps: int, instead: Lossy) -> Aftermath:
    """Return what is left after a cut at some step."""
    chance = chances(seed)
    disk = Disk()
    disk.cut_at = chance.randrange(1, steps)
    before, after = folder / f"{seed}-before", folder / f"{seed}-after"
    after.mkdir()
    saved = write(disk, before / "journal.db", instead)
    assert disk.is_cut
    return look(after, disk, saved, chance)


def steps_of_it_all(folder: Path, instead: Lossy) -> int:
    """Return how many steps writing the calls takes where the power stays."""
    disk = Disk()
    saved = write(disk, folder / "whole" / "journal.db", instead)
    assert list(saved) == [sum(map(len, BATCHES))] * CALLS
    return disk.steps


def test_no_acknowledged_event_is_lost_when_the_power_goes(tmp_path: Path) -> None:
    steps = steps_of_it_all(tmp_path, FAITHFUL)
    found = [cut_power(tmp_path, seed, steps, FAITHFUL) for seed in range(CUTS)]
    assert [aftermath.damage for aftermath in found if aftermath.damage] == []
    assert sum(aftermath.lost for aftermath in found) == 0
    assert sum(aftermath.acknowledged for aftermath in found) > CUTS * 10


@pytest.mark.parametrize("instead", [NORMAL, OFF])
def test_this_would_show_a_journal_that_does_not_wait_for_the_disk(
    tmp_path: Path, instead: Lossy
) -> None:
    steps = steps_of_it_all(tmp_path, instead)
    found = [cut_power(tmp_path, seed, steps, instead) for seed in range(20)]
    assert sum(aftermath.lost for aftermath in found) > 0


@pytest.mark.parametrize("times", [1, 2, 3, 4])
def test_syncs_that_fail_do_not_write_events_twice(tmp_path: Path, times: int) -> None:
    """The bytes may be in the log although the disk said no: the next try must see that."""
    for place in range(1, len(BATCHES)):
        disk = Disk()
        path = tmp_path / str(place) / "journal.db"
        rescue = tmp_path / str(place) / "rescue"
        call = call_of(0)
        with on_disk(disk):
            writer = CallWriter(path, call, scripted_call().sources, (rescue,))
            for number, batch in enumerate(BATCHES):
                disk.failing_syncs = times if number == place else 0
                saving = writer.append(batch)
                if number == place:
                    assert not saving.is_durable
            disk.failing_syncs = 0
            assert writer.close().is_durable
        with Journal(path) as journal:
            assert journal.verify().is_sound
            assert journal.events(call) == EVENTS[: sum(map(len, BATCHES))]
        assert not list(rescue.iterdir())
