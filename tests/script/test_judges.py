"""The file of a pack's judges: read and written, good for its own rules, a part of the script."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.errors import Told
from callcoach.script.judges import FILE, Judge, Judges
from callcoach.script.kept import load_kept
from callcoach.script.library import Library
from callcoach.script.load import PackFiles
from callcoach.script.load.fields import Findings
from callcoach.script.load.judges import read_judges, write_judges
from callcoach.script.load.nodes import MAX_BYTES
from callcoach.script.model import PackId
from callcoach.script.rules import RuleId
from tests.support import codes, dump, load, minimal, script_of

THANKS = RuleId("example.thanks")
RULES = {"thanks": {"labels": "thanks", "heard": "thank you"}, "bye": {"heard": "goodbye"}}
PACK = minimal(rules=RULES)
JUDGE = Judge(-1.5, 0.25, {"cheers": 9, "rule example.bye": -3}, 0.02, 40)
NUMBERS = st.floats(-1e9, 1e9)
JUDGES = st.builds(
    Judge,
    NUMBERS,
    NUMBERS,
    st.dictionaries(st.text(), st.integers(-(1 << 31), (1 << 31) - 1), max_size=5),
    NUMBERS,
    st.integers(0, 1 << 20),
)


def brought(judges: Judges | None = None, rules: str | None = None) -> str:
    """Return a file of judges, by default one for the rules of `PACK`."""
    of_rules = script_of(PACK).of_rules if rules is None else rules
    return write_judges(of_rules, {"en": {THANKS: JUDGE}} if judges is None else judges)


def taught(file: str | None = None, id: str = "example", **sections: object) -> PackFiles:
    """Return `PACK` with a file of judges beside it; `sections` are others than its own."""
    pack = dump(PACK | {"pack": id} | sections)
    texts = {f"{id}/pack.yaml": pack, f"{id}/{FILE}": brought() if file is None else file}
    return PackFiles(PackId(id), texts)


@given(
    st.dictionaries(
        st.sampled_from(("en", "zh")),
        st.dictionaries(st.text("ab_.", max_size=9).map(RuleId), JUDGES, max_size=4),
    )
)
def test_what_was_written_is_read_again(judges: Judges) -> None:
    findings = Findings()
    text = write_judges("abc", judges)
    assert read_judges(FILE, text, "abc", findings) == judges
    assert findings.all == []
    assert write_judges("abc", read_judges(FILE, text, "abc", findings)) == text


def test_the_same_judges_are_written_alike_a_line_for_each() -> None:
    one, other = RuleId("a.one"), RuleId("a.other")
    turned = Judge(
        -1.5, 0.25, {key: JUDGE.weights[key] for key in reversed([*JUDGE.weights])}, 0.02, 40
    )
    text = brought({"zh": {other: JUDGE, one: JUDGE}, "en": {one: JUDGE}})
    assert text == brought({"en": {one: turned}, "zh": {one: turned, other: turned}})
    assert [line.partition(":")[0] for line in text.splitlines() if "bias" in line] == [
        '"a.one"', '"a.one"', '"a.other"'
    ]  # fmt: skip


def test_a_script_has_the_judges_of_its_pack() -> None:
    assert load(taught()).findings == ()
    assert script_of(taught()).judges == {"en": {THANKS: JUDGE}}
    assert script_of(PACK).judges == {}


@pytest.mark.parametrize(
    "file",
    [
        "",
        "[]",
        "{}",
        '{"version": 1, "judges": []}',
        '{"version":' * 100_000,
        brought().replace("0.25", "1e999"),
        brought().replace('": 9', f'": {"9" * 400}'),
        brought().replace('": 9', '": 0.5'),
        brought()[:-9],
        brought().ljust(MAX_BYTES + 2)[:-1] + "x",
    ],
    ids=lambda file: repr(file[:40]),
)
def test_what_is_no_file_of_judges_keeps_the_pack_from_being_used(file: str) -> None:
    assert codes(taught(file)) == ["CC080"]
    assert load(taught(file)).script is None


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("", "it is empty, or ends in the middle"),
        (brought()[:-9], "it is empty, or ends in the middle"),
        ("{}", "$ has no “version”"),
        ('{"version": 1, "judges": []}', "$.judges: object expected, not array"),
        (brought().replace("0.25", "1e999"), "$.judges[...][...].scale: the number is too large"),
        (brought() + "x", "it is no JSON from byte "),
        ('{"version":' * 100_000, "$.version: int expected, not object"),
        ("\ud800", "it is not UTF-8 text"),
    ],
    ids=lambda text: repr(text[:40]),
)
def test_what_is_wrong_with_a_file_of_judges_is_told_in_either_language(
    file: str, problem: str
) -> None:
    findings = Findings()
    read_judges(FILE, file, "abc", findings)
    (found,) = findings.all
    told = found.arguments["problem"]
    assert told.startswith(problem)
    assert isinstance(told, Told)


@pytest.mark.parametrize("file", [brought(rules="0" * 64), brought().replace('n": 1', 'n": 2')])
def test_judges_of_other_rules_or_of_another_format_are_not_used(file: str) -> None:
    assert codes(taught(file)) == ["CC081"]
    assert script_of(taught(file)).judges == {}


def test_judges_are_of_no_use_once_a_rule_of_the_pack_or_of_a_used_one_has_changed() -> None:
    later = {**RULES, "bye": {"heard": "so long"}}
    assert codes(taught(rules=later)) == ["CC081"]
    said = minimal(rules=RULES, title="Another", outcomes={"done": {"code": "X", "title": "Y"}})
    assert script_of(said).of_rules == script_of(PACK).of_rules
    used = [PackFiles(PackId("base"), {"base.yaml": dump(minimal(pack="base", rules=its))})
            for its in (RULES, later)]  # fmt: skip
    user = minimal(uses=["base"], rules=RULES)
    first, other = (script_of(user, it).of_rules for it in used)
    assert first != other
    file = brought(rules=first)
    assert codes(taught(file, uses=["base"]), used[0]) == []
    assert codes(taught(file, uses=["base"]), used[1]) == ["CC081"]


def test_a_used_pack_s_judges_judge_its_rules_and_the_nearest_s_come_first() -> None:
    base_thanks = RuleId("base.thanks")
    alone = minimal(pack="base", rules=RULES)
    of_base = script_of(PackFiles(PackId("base"), {"base.yaml": dump(alone)})).of_rules
    own = Judge(0.0, 1.0, {}, 0.0, 1)
    base = taught(brought({"en": {base_thanks: own}, "zh": {base_thanks: own}}, of_base), "base")
    plain = script_of(minimal(uses=["base"], rules=RULES), base)
    assert plain.judges == {"en": {base_thanks: own}, "zh": {base_thanks: own}}
    unknown = RuleId("example.nobody")
    both = {"en": {THANKS: JUDGE, base_thanks: JUDGE, unknown: JUDGE}}
    user = taught(brought(both, plain.of_rules), uses=["base"])
    assert script_of(user, base).judges == {
        "en": {THANKS: JUDGE, base_thanks: JUDGE},
        "zh": {base_thanks: own},
    }


def test_other_judges_are_another_digest() -> None:
    other = brought({"en": {THANKS: Judge(-1.25, 0.25, JUDGE.weights, 0.02, 40)}})
    scripts = [script_of(PACK), script_of(taught()), script_of(taught(other))]
    assert len({script.digest for script in scripts}) == 3
    assert len({script.of_rules for script in scripts}) == 1


NOTHING: dict[PackId, PackFiles] = {}


class Shelf(dict[str, bytes]):
    """A store in memory."""

    def put(self, digest: str, data: bytes) -> None:
        self[digest] = data


def test_a_pack_that_is_kept_keeps_its_judges_until_they_change() -> None:
    shelf, other = Shelf(), taught(brought({}))
    for pack in (taught(), taught(), other, other):
        assert load_kept(pack, NOTHING.get, shelf) == load(pack)
    assert len(shelf) == 2


def test_the_file_is_found_in_the_pack_s_folder_and_read_last(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    (folder / "plans").mkdir(parents=True)
    (folder / "pack.yaml").write_text(dump(PACK), encoding="utf-8")
    (folder / "plans" / "zebra.yaml").write_text("", encoding="utf-8")
    (folder / "others.json").write_text("{}", encoding="utf-8")
    library = Library((tmp_path,))
    assert FILE not in str(library.load("example").sources)
    (folder / FILE).write_text(brought(), encoding="utf-8")
    loaded = library.load("example")
    assert list(loaded.sources[0].files)[-1] == str(folder / FILE)
    assert loaded.script is not None
    assert loaded.script.judges == {"en": {THANKS: JUDGE}}
