"""What is remembered among tests is what would be loaded, whatever has changed."""

from callcoach.call.rules.listener import Heard
from callcoach.script.load import Loaded, PackFiles, load_pack
from callcoach.script.load.link import Find
from callcoach.script.model import PackId
from callcoach.script.rules import RuleId
from callcoach.words.normalise import Tokens
from tests.remembered import MOST, Coaches, Packs
from tests.support import base, dump, files, minimal, script_of

PACK = files(minimal(uses=["base"]))
BASE = base(lines={"extra": {"en": "More."}})


class Certain:
    """A learned judge that is sure of everything."""

    def judge(self, heard: Heard) -> float:
        """Return 1."""
        return 1.0

    def telling(self, tokens: Tokens) -> None:
        """Return nothing: no words tell of it."""


class Counted:
    """`load_pack`, counting how often it is called."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, files: PackFiles, find: Find) -> Loaded:
        self.calls += 1
        return load_pack(files, find)


def test_the_same_texts_are_loaded_once() -> None:
    counted = Counted()
    packs = Packs(counted)
    first = packs(PACK, {BASE.id: BASE}.get)
    again = PackFiles(PACK.id, dict(PACK.files))
    assert packs(again, {BASE.id: BASE}.get) is first
    assert first.script is not None
    assert counted.calls == 1


def test_another_text_of_the_pack_or_of_one_that_it_uses_is_loaded() -> None:
    packs = Packs(load_pack)
    first = packs(PACK, {BASE.id: BASE}.get)
    other = PackFiles(BASE.id, {name: text + "\n" for name, text in BASE.files.items()})
    assert packs(PACK, {BASE.id: other}.get).sources[1] == other
    assert packs(PACK, lambda _: None).script is None
    assert packs(PACK, {BASE.id: BASE}.get) == first
    changed = files(minimal(uses=["base"], version="2"))
    assert packs(changed, {BASE.id: BASE}.get).sources[0] == changed


def test_no_more_than_some_are_kept() -> None:
    counted = Counted()
    packs = Packs(counted)
    tree = minimal()
    for version in (*range(MOST + 1), 0):
        text = dump({**tree, "version": str(version)})
        packs(PackFiles(PackId("example"), {"pack.yaml": text}), lambda _: None)
    assert counted.calls == MOST + 2


def test_a_script_has_one_coach_and_an_equal_one_another() -> None:
    coaches = Coaches()
    script, equal = script_of(minimal()), script_of(minimal())
    assert coaches(script) is coaches(script)
    assert coaches(equal) is not coaches(script)
    assert coaches(equal).script is equal
    assert coaches(script, {}) is coaches(script)
    assert coaches(script, {RuleId("example.polite"): Certain()}) is not coaches(script)
