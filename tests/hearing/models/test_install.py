"""Installing: whole or not at all, whatever happens meanwhile."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from errno import EACCES, ENOSPC
from pathlib import Path

import pytest
from filelock import FileLock

from callcoach.errors import ModelError, UsageError
from callcoach.hearing.models.folder import UnfitModel
from callcoach.hearing.models.install import install, remove
from callcoach.hearing.models.outside import RESERVE, free_bytes, told_of_disk
from callcoach.hearing.models.record import Fault, read_record, verify
from callcoach.hearing.models.registry import Model, Places, found_models
from callcoach.hearing.models.wanted import Wanted
from tests.hearing.models.conftest import NOW, Machine
from tests.hearing.models.making import FILES, NAME, make_folder, make_zip
from tests.hearing.models.server import Server, Turn

SOURCE = Path(__file__).resolve().parents[3] / "src"
KILLED = """\
import os, sys
from pathlib import Path
from callcoach.hearing.models.install import install
from callcoach.hearing.models.outside import Outside
from callcoach.hearing.models.wanted import Wanted
left = int(sys.argv[3])
def tell(*told):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
wanted = Wanted("vosk-model-made-en", "en", Path(sys.argv[1]))
install(wanted, Path(sys.argv[2]), Outside(tell=tell, now=lambda: os._exit(9)))
"""
"""Installs a zip; ends at once after so many steps, or before the record is written."""


def names(folder: Path) -> list[str]:
    """Return the names of the models that are found."""
    return [it.name for it in found_models(Places(folder, (), folder))]


def left(folder: Path) -> list[str]:
    """Return what lies about beside models."""
    return sorted(it.name for it in folder.iterdir() if it.name not in (".lock", NAME))


@pytest.fixture
def zipped(tmp_path: Path) -> Wanted:
    """Return a zip on this machine, to be installed."""
    file = tmp_path / f"{NAME}.zip"
    file.write_bytes(make_zip())
    return Wanted(NAME, "en", file)


@pytest.fixture
def fetched(server: Server) -> Wanted:
    """Return a zip on a server, to be installed; its digest is known."""
    return Wanted(NAME, "en", server.address, hashlib.sha256(server.content).hexdigest())


def test_a_model_comes_from_a_server(
    fetched: Wanted, server: Server, machine: Machine, tmp_path: Path
) -> None:
    folder = tmp_path / "models"
    examined = install(fetched, folder, machine.outside)
    (found,) = found_models(Places(folder, (), folder))
    assert isinstance(found, Model)
    assert (found.name, found.language, found.rate) == (NAME, "en", examined.rate)
    record = found.record
    assert record is not None
    assert (record.source, record.sha256) == (server.address, fetched.sha256)
    assert record.is_expected
    assert record.installed == NOW
    assert set(record.files) == set(FILES)
    assert list(verify(found.folder, record)) == []
    assert left(folder) == [".downloads"]
    assert list((folder / ".downloads").iterdir()) == []


def test_a_model_comes_from_a_zip_which_stays(
    zipped: Wanted, machine: Machine, tmp_path: Path
) -> None:
    folder = tmp_path / "models"
    install(zipped, folder, machine.outside)
    record = read_record(folder / NAME)
    assert record is not None
    assert not record.is_expected
    assert isinstance(zipped.place, Path)
    assert record.sha256 == hashlib.sha256(zipped.place.read_bytes()).hexdigest()
    assert names(folder) == [NAME]


def test_a_model_comes_from_a_folder_which_stays(machine: Machine, tmp_path: Path) -> None:
    place = make_folder(tmp_path / "mine")
    (place / "callcoach-model.json").write_text("of another machine")
    folder = tmp_path / "models"
    install(Wanted(NAME, "en", place), folder, machine.outside)
    record = read_record(folder / NAME)
    assert record is not None
    assert set(record.files) == set(FILES)
    assert list(verify(folder / NAME, record)) == []
    assert place.is_dir()


def test_a_folder_without_a_model_is_told(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(UnfitModel, match=r"am/final\.mdl is missing"):
        install(Wanted(NAME, "en", tmp_path / "none"), tmp_path / "models", machine.outside)
    assert left(tmp_path / "models") == []


def test_a_wrong_digest_keeps_nothing_and_tells_both(
    fetched: Wanted, server: Server, machine: Machine, tmp_path: Path
) -> None:
    folder = tmp_path / "models"
    wrong = replace(fetched, sha256="0" * 64)
    with pytest.raises(UnfitModel, match=f"{fetched.sha256}, not {'0' * 64}"):
        install(wrong, folder, machine.outside)
    assert list((folder / ".downloads").iterdir()) == []
    assert names(folder) == []
    install(fetched, folder, machine.outside)
    assert len(server.asked) == 2


def test_a_zip_that_ends_too_early_is_fetched_anew_the_next_time(
    fetched: Wanted, server: Server, machine: Machine, tmp_path: Path
) -> None:
    """The server says no length, so only the zip itself can tell."""
    folder, unknown = tmp_path / "models", replace(fetched, sha256="")
    server.turns = [Turn(cut=200_000, says_length=False)]
    with pytest.raises(UnfitModel, match="no whole zip"):
        install(unknown, folder, machine.outside)
    assert names(folder) == []
    install(unknown, folder, machine.outside)
    assert names(folder) == [NAME]
    assert "Range" not in server.asked[-1]


def test_a_download_survives_a_disk_without_room_for_what_is_in_it(
    fetched: Wanted, server: Server, machine: Machine, tmp_path: Path
) -> None:
    folder = tmp_path / "models"

    def free(_: Path) -> int:
        is_there = (folder / ".downloads" / f"{NAME}.zip.part").exists()
        return RESERVE if is_there and server.asked[1:] else 10**12

    server.turns = [Turn(cut=1000)]
    with pytest.raises(ModelError, match="too little room"):
        install(fetched, folder, replace(machine.outside, free=free))
    assert left(folder) == [".downloads"]
    install(fetched, folder, machine.outside)
    assert names(folder) == [NAME]
    assert server.asked[-1]["Range"] == "bytes=1000-"


def test_what_is_installed_already_is_left_alone(
    zipped: Wanted, machine: Machine, tmp_path: Path
) -> None:
    install(zipped, tmp_path / "models", machine.outside)
    with pytest.raises(UsageError, match="installed already"):
        install(zipped, tmp_path / "models", machine.outside)


def test_a_second_installation_waits_for_nobody(
    zipped: Wanted, machine: Machine, tmp_path: Path
) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    with (
        FileLock(folder / ".lock", thread_local=False),
        pytest.raises(ModelError, match="another installation"),
    ):
        install(zipped, folder, machine.outside)
    install(zipped, folder, machine.outside)


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 4, 99])
def test_killed_at_any_step_it_leaves_nothing_that_is_taken_for_a_model(
    zipped: Wanted, machine: Machine, tmp_path: Path, steps: int
) -> None:
    folder = tmp_path / "models"
    words = [sys.executable, "-c", KILLED, str(zipped.place), str(folder), str(steps)]
    done = subprocess.run(words, check=False, env={**os.environ, "PYTHONPATH": str(SOURCE)})
    assert done.returncode == 9
    assert names(folder) == []
    install(zipped, folder, machine.outside)
    assert names(folder) == [NAME]
    assert left(folder) == []


def test_interrupted_by_hand_it_tidies_up(zipped: Wanted, machine: Machine, tmp_path: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    folder = tmp_path / "models"
    with pytest.raises(KeyboardInterrupt):
        install(zipped, folder, replace(machine.outside, tell=interrupt))
    assert left(folder) == []


def test_a_model_is_removed_at_once(
    zipped: Wanted, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "models"
    install(zipped, folder, machine.outside)
    with monkeypatch.context() as patched:

        def killed(_: Path) -> None:
            raise KeyboardInterrupt

        patched.setattr("callcoach.hearing.models.install.shutil.rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            remove(folder / NAME)
    assert names(folder) == []
    assert left(folder) != []
    install(zipped, folder, machine.outside)
    assert left(folder) == []
    remove(folder / NAME)
    assert names(folder) == []


def test_damage_shows_later(zipped: Wanted, machine: Machine, tmp_path: Path) -> None:
    install(zipped, tmp_path / "models", machine.outside)
    folder = tmp_path / "models" / NAME
    record = read_record(folder)
    assert record is not None
    net = folder / "am/final.mdl"
    data = net.read_bytes()
    net.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    (folder / "conf/mfcc.conf").unlink()
    (folder / "graph/extra").write_bytes(b"")
    found = {it.file: it.fault for it in verify(folder, record)}
    assert found == {
        "am/final.mdl": Fault.CHANGED,
        "conf/mfcc.conf": Fault.MISSING,
        "graph/extra": Fault.STRANGE,
    }


def test_a_record_that_is_damaged_is_told(tmp_path: Path) -> None:
    (tmp_path / "callcoach-model.json").write_text('{"name": 1}')
    with pytest.raises(UnfitModel, match="cannot be read"):
        read_record(tmp_path)


@pytest.mark.parametrize(
    ("number", "told"), [(ENOSPC, "is full"), (EACCES, "cannot be read or written")]
)
def test_what_the_disk_refuses_is_told(tmp_path: Path, number: int, told: str) -> None:
    with pytest.raises(ModelError, match=told), told_of_disk(tmp_path):
        raise OSError(number, os.strerror(number), "x")


def test_room_is_measured_also_where_the_folder_is_not_there_yet(tmp_path: Path) -> None:
    assert free_bytes(tmp_path / "a" / "b") > 0
