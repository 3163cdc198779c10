"""Kept audio: bound to its call, verified by digests, deleted when asked or when it is old."""

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.ids import CallId, is_call_id, new_call_id
from callcoach.errors import StorageError, UsageError
from callcoach.hearing.capture.messages import Keep
from callcoach.hearing.keeping.kept import (
    RECORD,
    Kept,
    Stretch,
    close_record,
    read_record,
    write_record,
)
from callcoach.hearing.keeping.recordings import (
    Fault,
    Wrong,
    days_of,
    delete,
    find_call,
    find_recorded,
    folder_for,
    is_call,
    prune,
    recordings_folder,
    started,
    verify,
)
from callcoach.hearing.models.registry import Model, look_at
from callcoach.hearing.signs import Over
from callcoach.hearing.sound import RATE, Recording
from callcoach.hearing.supervised import SupervisedEar
from callcoach.script.model import Speaker
from tests.hearing.recordings import MODELS, SETS

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
VOICES = (Speaker.AGENT, Speaker.CUSTOMER)
SOUND = b"fLaC and what follows"
LONGEST = 60.0
"""Seconds that a busy machine may take."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return recordings_folder(tmp_path / "journal.db")


def keep(root: Path, days_ago: float = 1.0, *, close: bool = True, call: str = "") -> Path:
    """Keep the sound of a call that began so many days before `NOW`; return the take's folder."""
    began = NOW - timedelta(days=days_ago)
    call = call or new_call_id(int(began.timestamp() * 1000))
    folder = folder_for(root, call)
    stretches = []
    for channel, role in enumerate(VOICES):
        name = f"{role.value}-0.flac"
        (folder / name).write_bytes(SOUND)
        stretches.append(Stretch(name, channel, role, 0.5 * channel, 16_000, 48_000))
    write_record(folder, Kept("flac", tuple(stretches)))
    if close:
        close_record(folder, call, 4.25, NOW)
    return folder


def tamper(folder: Path, **changes: object) -> None:
    """Write something else into the record."""
    record = msgspec.json.decode((folder / RECORD).read_bytes())
    (folder / RECORD).write_bytes(msgspec.json.encode(record | changes))


def test_only_its_owner_may_look_into_it(root: Path) -> None:
    folder = keep(root)
    assert {place.stat().st_mode & 0o777 for place in (root, folder.parent, folder)} == {0o700}
    assert (folder / RECORD).stat().st_mode & 0o777 == 0o600


def test_a_closed_record_says_which_call_and_when(root: Path) -> None:
    folder = keep(root)
    kept = read_record(folder)
    assert (kept.call, kept.opened) == (folder.parent.name, 4.25)
    assert kept.closed == "2026-11-26T12:00:00+00:00"
    assert kept.seconds == 3.0
    assert all(len(it.sha256) == 64 for it in kept.stretches)
    assert not [file.name for file in folder.iterdir() if file.name.startswith(".")]


def test_a_stretch_that_never_became_whole_keeps_its_file_without_a_digest(root: Path) -> None:
    folder = keep(root, close=False)
    half, whole = read_record(folder).stretches
    half = msgspec.structs.replace(half, samples=0)
    write_record(folder, Kept("flac", (half, whole)))
    closed = close_record(folder, folder.parent.name, 0.0, NOW)
    assert [bool(it.sha256) for it in closed.stretches] == [False, True]
    assert (folder / half.file).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 3},
        {"version": "x"},
        {"stretches": [{"file": "../journal.db", "channel": 0, "role": "agent", "start": 0}]},
        *(
            {"stretches": [{"file": name, "channel": 0, "role": "agent", "start": 0, "rate": 8000}]}
            for name in ("", ".", "..", "/etc/passwd", "../x", "a/b", "..\\x", "C:x", "a\\b")
        ),
        {"stretches": [{"file": "a", "channel": 0, "role": "agent", "start": 0, "rate": 0}]},
    ],
)
def test_a_record_that_leads_elsewhere_or_is_none_is_refused(
    root: Path, changes: dict[str, object]
) -> None:
    folder = keep(root)
    tamper(folder, **changes)
    with pytest.raises(StorageError):
        read_record(folder)
    (found,) = find_recorded(root)
    assert not found.is_readable
    assert verify(found) == (Fault(f"1/{RECORD}", Wrong.UNREADABLE),)


def test_a_record_that_cannot_be_replaced_stays_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = keep(root, close=False)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageError, match="No space left"):
        close_record(folder, folder.parent.name, 0.0, NOW)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_what_is_kept_is_found_newest_first_and_nothing_else(root: Path, tmp_path: Path) -> None:
    folders = [keep(root, days).parent for days in (3, 1, 2)]
    (root / "notes").mkdir()
    folder_for(root, new_call_id())  # of a call that nobody heard
    (root / new_call_id()).write_text("a file")
    (root / new_call_id()).symlink_to(tmp_path, target_is_directory=True)
    found = find_recorded(root)
    assert [it.folder for it in found] == [folders[1], folders[2], folders[0]]
    assert all(abs(NOW - it.started - timedelta(days=3)) < timedelta(days=3) for it in found)
    assert found[0].size == sum(file.stat().st_size for file in folders[1].glob("1/*"))
    assert find_recorded(root / "none") == ()


def test_a_call_is_named_by_its_id_or_a_part(root: Path) -> None:
    newer, older = keep(root, 1).parent, keep(root, 2).parent
    found = find_recorded(root)
    assert find_call(found, "last").folder == newer
    for word in (older.name, older.name[-8:], older.name[-8:].upper(), older.name[:13]):
        assert find_call(found, word).folder == older
    for word in ("", "zzz", "../" + older.name):
        with pytest.raises(StorageError, match="no audio is kept"):
            find_call(found, word)
    with pytest.raises(StorageError, match="more than one"):
        find_call(found, older.name[:3])
    with pytest.raises(StorageError, match="no audio is kept"):
        find_call((), "last")


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (lambda _: None, ()),
        (lambda folder: (folder / "agent-0.flac").unlink(), (("agent-0.flac", Wrong.MISSING),)),
        (
            lambda folder: (folder / "agent-0.flac").write_bytes(SOUND[:-1] + b"W"),
            (("agent-0.flac", Wrong.CHANGED),),
        ),
        (
            lambda folder: ((folder / "agent-0.flac").unlink(), (folder / "agent-0.flac").mkdir()),
            (("agent-0.flac", Wrong.UNREADABLE),),
        ),
        (lambda folder: (folder / "more.flac").touch(), (("more.flac", Wrong.STRANGE),)),
    ],
)
def test_what_was_harmed_is_found(
    root: Path, harm: object, found: tuple[tuple[str, Wrong], ...]
) -> None:
    folder = keep(root)
    assert callable(harm)
    harm(folder)
    (recorded,) = find_recorded(root)
    assert tuple((it.file, it.what) for it in verify(recorded)) == tuple(
        (f"1/{file}", what) for file, what in found
    )


def test_of_a_call_that_broke_off_only_what_is_missing_is_known(root: Path) -> None:
    folder = keep(root, close=False)
    (folder / "agent-0.flac").write_bytes(b"other")
    (folder / "customer-0.flac").unlink()
    (recorded,) = find_recorded(root)
    assert not recorded.is_closed
    assert verify(recorded) == (Fault("1/customer-0.flac", Wrong.MISSING),)


def test_a_call_that_went_on_has_a_take_more_each_bound_to_its_own_second(root: Path) -> None:
    first = keep(root)
    second = keep(root, call=first.parent.name)
    third = keep(root, call=first.parent.name, close=False)
    folder_for(root, first.parent.name)  # an ear that heard nothing
    assert [it.name for it in (first, second, third)] == ["1", "2", "3"]
    (recorded,) = find_recorded(root)
    assert [it.folder for it in recorded.takes] == [first, second, third]
    assert recorded.seconds == 9.0
    assert (recorded.is_readable, recorded.is_closed) == (True, False)
    assert verify(recorded) == ()
    (second / "agent-0.flac").write_bytes(b"")
    (recorded.folder / "note.txt").touch()
    assert [(it.file, it.what) for it in verify(recorded)] == [
        ("2/agent-0.flac", Wrong.CHANGED),
        ("note.txt", Wrong.STRANGE),
    ]
    delete(recorded)
    assert not recorded.folder.exists()


def test_deleting_follows_no_link_and_leaves_what_is_outside(root: Path, tmp_path: Path) -> None:
    folder, other = keep(root, 1).parent, keep(root, 2).parent
    mine = tmp_path / "mine.flac"
    mine.write_bytes(SOUND)
    (folder / "link.flac").symlink_to(mine)
    (folder / "1" / "link.flac").symlink_to(mine)
    (folder / "2").symlink_to(other, target_is_directory=True)
    delete(find_call(find_recorded(root), folder.name))
    assert not folder.exists()
    assert mine.read_bytes() == SOUND
    assert len(list(other.glob("1/*"))) == 3


def test_a_folder_that_somebody_put_there_is_not_emptied(root: Path) -> None:
    folder = keep(root).parent
    (folder / "inner").mkdir()
    (folder / "inner" / "own.txt").write_text("mine")
    (recorded,) = find_recorded(root)
    with pytest.raises(StorageError):
        delete(recorded)
    assert [file.name for file in folder.iterdir()] == ["inner"]
    assert (folder / "inner" / "own.txt").read_text() == "mine"


@given(
    ages=st.lists(st.integers(0, 60), max_size=6, unique=True),
    days=st.integers(0, 50),
    held=st.sets(st.integers(0, 60)),
)
def test_what_is_older_than_so_many_days_goes_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, ages: list[int], days: int, held: set[int]
) -> None:
    root = recordings_folder(tmp_path_factory.mktemp("kept") / "journal.db")
    folders = {age: keep(root, age, close=False).parent for age in ages}
    gone = prune(root, days, NOW, {folders[age].name for age in held.intersection(ages)})
    left = {it.folder for it in find_recorded(root)}
    old = {folder for age, folder in folders.items() if days and age > days and age not in held}
    assert {it.folder for it in gone} == old
    assert left == set(folders.values()) - old


def test_the_folder_of_a_call_that_nobody_heard_goes_too_and_is_not_told_of(root: Path) -> None:
    began = NOW - timedelta(days=31)
    empty = folder_for(root, new_call_id(int(began.timestamp() * 1000)))
    assert prune(root, 30, NOW) == ()
    assert not empty.parent.exists()


def test_what_cannot_be_deleted_does_not_keep_the_rest(root: Path) -> None:
    stuck, free = keep(root, 40).parent, keep(root, 50).parent
    (stuck / "inner").mkdir()
    with pytest.raises(StorageError):
        prune(root, 30, NOW)
    assert stuck.exists()
    assert not free.exists()


@pytest.mark.parametrize("text", ["", "-1", "1.5", "many", "٣", "²", "99999999999999999999"])
def test_days_are_a_number(text: str) -> None:
    with pytest.raises(UsageError, match="keep_audio_days"):
        days_of(text)


def test_days_that_are_one_are_taken() -> None:
    assert [days_of(text) for text in ("0", "7", "036500")] == [0, 7, 36_500]


@given(milliseconds=st.integers(0, 253_402_300_799_999))
def test_the_id_of_a_call_tells_when_it_began(milliseconds: int) -> None:
    call = new_call_id(milliseconds)
    assert is_call(call)
    assert started(call) - datetime.fromtimestamp(0, UTC) == timedelta(milliseconds=milliseconds)


@given(name=st.one_of(st.text(), st.uuids().map(str), st.uuids().map(lambda it: it.hex)))
def test_no_other_name_becomes_a_folder(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    root = recordings_folder(tmp_path_factory.getbasetemp() / "journal.db")
    if not is_call(name):
        with pytest.raises(StorageError):
            folder_for(root, name)
        assert not root.exists()
    else:
        assert is_call_id(CallId(name))


def test_an_id_from_after_the_year_9999_is_none() -> None:
    assert not is_call(new_call_id(253_402_300_800_000))


@pytest.mark.parametrize("format", ["flac", "opus"])
def test_the_sound_of_a_real_call_is_kept_voice_by_voice(root: Path, format: str) -> None:
    from soundfile import SoundFile  # as a player would read it

    call = new_call_id()
    folder = folder_for(root, call)
    model = look_at(MODELS / "tiny-en")
    assert isinstance(model, Model)
    file = SETS / "en" / "call-1.wav"
    ear = SupervisedEar(Recording(str(file), speed=0.0), model, keep=Keep(str(folder), format))
    is_over = threading.Event()
    ear.start(lambda sign: is_over.set() if isinstance(sign, Over) else None)
    ear.open()
    assert is_over.wait(LONGEST)
    ear.close()
    close_record(folder, call, 11.5, NOW)
    (recorded,) = find_recorded(root)
    assert verify(recorded) == ()
    (take,) = recorded.takes
    kept = take.kept
    assert kept is not None
    assert (kept.call, take.folder) == (call, folder)
    assert [(it.channel, it.role) for it in kept.stretches] == list(enumerate(VOICES))
    with SoundFile(str(file)) as sound:
        seconds = sound.frames / sound.samplerate
    for stretch in kept.stretches:
        assert abs(stretch.samples / RATE - seconds) < 0.01
        assert (folder / stretch.file).stat().st_mode & 0o777 == 0o600
        with SoundFile(str(folder / stretch.file)) as sound:
            assert abs(sound.frames - stretch.samples) <= RATE * 0.05
