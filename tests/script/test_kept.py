"""A pack that was kept is the same as one that is read, until anything about it changes."""

from collections.abc import Callable

import pytest

from callcoach.script import kept
from callcoach.script.kept import load_kept
from callcoach.script.library import Library, shipped_folder
from callcoach.script.load import Loaded, PackFiles, load_pack
from callcoach.script.model import PackId
from tests.support import MINIMAL, base, files, minimal

Packs = dict[PackId, PackFiles]
NONE: Packs = {}


class Store(dict[str, bytes]):
    """A store in memory."""

    def put(self, digest: str, data: bytes) -> None:
        self[digest] = data


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[PackId]:
    """Return the packs that were read from their files, in turn."""
    found: list[PackId] = []
    whole = load_pack

    def noted(pack: PackFiles, find: Callable[[PackId], PackFiles | None]) -> Loaded:
        found.append(pack.id)
        return whole(pack, find)

    monkeypatch.setattr(kept, "load_pack", noted)
    return found


def test_the_second_time_nothing_is_read_and_all_is_the_same(read: list[PackId]) -> None:
    store, library = Store(), Library((shipped_folder(),))
    for name in library.names():
        plain = library.load(name)
        first, second = (Library(library.folders, store).load(name) for _ in range(2))
        assert first == second == plain
    assert read == list(library.names())


def test_a_pack_that_changed_is_read_anew(read: list[PackId]) -> None:
    store = Store()
    first = load_kept(files(MINIMAL), NONE.get, store)
    other = load_kept(files(MINIMAL.replace("Good morning", "Good day")), NONE.get, store)
    assert first.script is not None
    assert other.script is not None
    assert first.script.digest != other.script.digest
    assert load_kept(files(MINIMAL), NONE.get, store) == first
    assert len(read) == 2


def test_so_is_one_whose_used_pack_changed_or_is_gone(read: list[PackId]) -> None:
    store, main = Store(), files(minimal(uses=["base"]))
    before: Packs = {PackId("base"): base()}
    after: Packs = {PackId("base"): base(title="Another")}
    first = load_kept(main, before.get, store)
    assert first.findings == ()
    assert load_kept(main, before.get, store) == first
    assert load_kept(main, after.get, store).sources[1] == after[PackId("base")]
    assert [it.code for it in load_kept(main, NONE.get, store).findings] == ["CC022"]
    assert len(read) == 3


def test_so_is_one_from_another_place_or_for_other_code(
    read: list[PackId], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store()
    load_kept(files(MINIMAL), NONE.get, store)
    moved = load_kept(PackFiles(PackId("example"), {"there.yaml": MINIMAL}), NONE.get, store)
    assert moved.script is not None
    assert moved.script.place.file == "there.yaml"
    monkeypatch.setattr(kept, "_code", lambda: "other")
    load_kept(files(MINIMAL), NONE.get, store)
    assert len(read) == 3


def test_what_has_findings_is_not_kept(read: list[PackId]) -> None:
    store = Store()
    for _ in range(2):
        assert load_kept(files(MINIMAL.replace("to: bye", "to: bey")), NONE.get, store).findings
    assert not store
    assert len(read) == 2


@pytest.mark.parametrize("damage", [b"", b"\x00" * 60, b"no script"])
def test_what_is_damaged_is_made_again(read: list[PackId], damage: bytes) -> None:
    store = Store()
    first = load_kept(files(MINIMAL), NONE.get, store)
    (digest,) = store
    store[digest] = damage
    assert load_kept(files(MINIMAL), NONE.get, store) == first
    assert store[digest] != damage
    store[digest] = b"".join((store[digest][:-1], b"\x00"))
    assert load_kept(files(MINIMAL), NONE.get, store) == first
    assert len(read) == 3


def test_what_lies_under_the_name_of_another_pack_does_not_count(read: list[PackId]) -> None:
    store = Store()
    load_kept(files(MINIMAL), NONE.get, store)
    other = files(MINIMAL.replace("title: Example", "title: Other"))
    wanted = Store()
    load_kept(other, NONE.get, wanted)
    (digest,) = wanted
    wanted[digest] = next(iter(store.values()))
    loaded = load_kept(other, NONE.get, wanted)
    assert loaded.script is not None
    assert loaded.script.title.plain("en") == "Other"
    assert len(read) == 3


def test_a_folder_whose_name_is_no_text_is_read_each_time(read: list[PackId]) -> None:
    store = Store()
    pack = PackFiles(PackId("example"), {"pack-\udcff.yaml": MINIMAL})
    for _ in range(2):
        assert load_kept(pack, NONE.get, store).findings == ()
    assert not store
    assert len(read) == 2
