"""Zips that would do harm, or are damaged: nothing of them is taken for a model."""

import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.errors import ModelError
from callcoach.hearing.models import unpack as unpacking
from callcoach.hearing.models.folder import UnfitModel
from callcoach.hearing.models.outside import RESERVE, Stage
from callcoach.hearing.models.unpack import unpack
from tests.hearing.models.conftest import Machine
from tests.hearing.models.making import FILES, make_zip


def unpacked(data: bytes, folder: Path, machine: Machine) -> dict[str, bytes]:
    """Return the files that come of a zip."""
    file, into = folder / "model.zip", folder / "into"
    file.write_bytes(data)
    into.mkdir()
    digests = unpack(file, into, machine.outside)
    found = {
        it.relative_to(into).as_posix(): it.read_bytes() for it in into.rglob("*") if it.is_file()
    }
    assert set(digests) == set(found)
    assert all(digests[name].size == len(found[name]) for name in found)
    return found


def with_entry(info: ZipInfo | str, content: bytes = b"x") -> bytes:
    """Return a model's zip with one entry more."""
    target = BytesIO(make_zip())
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        archive.writestr(info, content)
    return target.getvalue()


@pytest.mark.parametrize("root", ["", "vosk-model-made-en/", "a/b/"])
def test_the_model_is_found_wherever_it_is(tmp_path: Path, machine: Machine, root: str) -> None:
    assert unpacked(make_zip(root=root), tmp_path, machine) == FILES
    total = sum(map(len, FILES.values()))
    assert machine.told[-1] == (Stage.UNPACK, total, total)


def test_what_is_beside_the_model_is_left_out(tmp_path: Path, machine: Machine) -> None:
    data = with_entry("README.txt")
    assert unpacked(data, tmp_path, machine) == FILES


def test_what_a_mac_adds_is_left_out(tmp_path: Path, machine: Machine) -> None:
    assert unpacked(with_entry("__MACOSX/am/final.mdl"), tmp_path, machine) == FILES


@pytest.mark.parametrize(
    "name",
    [
        *("../evil", "vosk-model-made-en/../../evil", "/etc/evil", "C:/evil", "C:evil"),
        *("vosk-model-made-en\\evil", "//host/evil", "a/./evil", "a//evil", ".../evil", "evil."),
        *("evil ", "ev\x1bil", "ev\nil", "vosk-model-made-en/AM/FINAL.MDL", "am:stream"),
        *("..", "nul?", "ev\u202eil"),
    ],
)
def test_an_entry_that_leads_elsewhere_is_refused(
    tmp_path: Path, machine: Machine, name: str
) -> None:
    info = ZipInfo("plain")
    info.filename = name
    with pytest.raises(UnfitModel, match="elsewhere than it should"):
        unpacked(with_entry(info), tmp_path, machine)
    assert list((tmp_path / "into").iterdir()) == []
    assert {it.name for it in tmp_path.iterdir()} == {"model.zip", "into"}


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_an_entry_that_is_no_plain_file_is_refused(
    tmp_path: Path, machine: Machine, kind: int
) -> None:
    info = ZipInfo("vosk-model-made-en/link")
    info.external_attr = (kind | 0o777) << 16
    with pytest.raises(UnfitModel, match="elsewhere"):
        unpacked(with_entry(info, b"/etc/passwd"), tmp_path, machine)


def test_the_same_name_twice_is_refused(tmp_path: Path, machine: Machine) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = with_entry("vosk-model-made-en/am/final.mdl")
    with pytest.raises(UnfitModel, match="elsewhere"):
        unpacked(data, tmp_path, machine)


def test_a_file_that_is_a_folder_too_is_refused(tmp_path: Path, machine: Machine) -> None:
    with pytest.raises(ModelError):
        unpacked(with_entry("vosk-model-made-en/am/final.mdl/x"), tmp_path, machine)


def test_other_ways_of_packing_are_refused(tmp_path: Path, machine: Machine) -> None:
    info = ZipInfo("vosk-model-made-en/x")
    info.compress_type = ZIP_BZIP2
    with pytest.raises(UnfitModel):
        unpacked(with_entry(info), tmp_path, machine)


def test_a_zip_that_grows_too_much_is_refused(tmp_path: Path, machine: Machine) -> None:
    bomb = make_zip({**FILES, "graph/words.txt": bytes(60_000_000)})
    with pytest.raises(UnfitModel, match="more than 50 times"):
        unpacked(bomb, tmp_path, machine)
    assert list((tmp_path / "into").iterdir()) == []


@pytest.mark.parametrize(("limit", "most"), [("MOST_FILES", 5), ("MOST_BYTES", 100_000)])
def test_more_than_any_model_has_is_refused(
    tmp_path: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(unpacking, limit, most)
    with pytest.raises(UnfitModel, match="no speech model is so large"):
        unpacked(make_zip(), tmp_path, machine)


def test_a_zip_that_understates_a_file_is_refused(tmp_path: Path, machine: Machine) -> None:
    data = bytearray(make_zip({**FILES, "am/final.mdl": bytes(5000)}))
    real, told = (5000).to_bytes(4, "little"), (50).to_bytes(4, "little")
    assert data.count(real) == 2
    with pytest.raises(UnfitModel, match="no whole zip"):
        unpacked(bytes(data.replace(real, told)), tmp_path, machine)


def test_a_disk_without_room_is_told_before_anything_is_written(
    tmp_path: Path, machine: Machine
) -> None:
    machine.free = RESERVE + 1000
    with pytest.raises(ModelError, match="too little room"):
        unpacked(make_zip(), tmp_path, machine)
    assert list((tmp_path / "into").iterdir()) == []


def test_a_zip_without_a_model_is_told(tmp_path: Path, machine: Machine) -> None:
    with pytest.raises(UnfitModel, match="holds no speech model"):
        unpacked(make_zip({"readme": b"x"}), tmp_path, machine)


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_zip_is_told_or_gives_what_was_packed(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Cut anywhere, or a byte changed: an error of ours, or the very files."""
    small = {**FILES, "am/final.mdl": bytes(range(256)) * 4}
    packed = make_zip(small)
    at = data.draw(st.integers(0, len(packed) - 1))
    if data.draw(st.booleans()):
        packed = packed[:at]
    else:
        changed = packed[at] ^ data.draw(st.integers(1, 255))
        packed = packed[:at] + bytes([changed]) + packed[at + 1 :]
    folder = tmp_path_factory.mktemp("damaged")
    try:
        found = unpacked(packed, folder, Machine())
    except ModelError:
        return
    names = {name.casefold(): content for name, content in found.items()}
    assert all(content in small.values() for content in names.values())
