"""Where packs are found: by path, in the user's folders, beside one another, among the shipped."""

from pathlib import Path

import pytest

from callcoach.errors import PackError
from callcoach.script.library import MAX_FILES, Library, read_source, shipped_folder, sources
from callcoach.script.load.nodes import MAX_BYTES
from callcoach.script.model import PackId
from tests.support import MINIMAL


def place(folder: Path, id: str, source: str = MINIMAL) -> Path:
    """Write a pack into a folder of packs; return its own folder."""
    path = folder / id
    path.mkdir(parents=True)
    text = source.replace("pack: example", f"pack: {id}")
    (path / "pack.yaml").write_text(text, encoding="utf-8")
    return path


def test_the_shipped_packs_are_found_by_their_ids() -> None:
    library = Library((shipped_folder(),))
    assert library.names() == tuple(sorted(library.names()))
    for name in library.names():
        assert library.locate(name) == shipped_folder() / name


def test_a_pack_is_found_by_folder_file_or_id(tmp_path: Path) -> None:
    path = place(tmp_path, "mine")
    library = Library((tmp_path,))
    assert library.locate("mine") == path
    assert library.locate(str(path)) == path
    assert library.locate(str(path / "pack.yaml")) == path
    loaded = library.load("mine")
    assert loaded.script is not None
    assert loaded.script.id == "mine"


def test_a_single_file_is_a_pack_called_like_it(tmp_path: Path) -> None:
    file = tmp_path / "single.yaml"
    file.write_text(MINIMAL.replace("pack: example", "pack: single"), encoding="utf-8")
    library = Library(())
    assert library.locate(str(file)) == file
    loaded = library.load(str(file))
    assert loaded.findings == ()
    assert loaded.script is not None
    assert loaded.script.id == "single"


def test_an_earlier_folder_wins_and_every_id_is_named_once(tmp_path: Path) -> None:
    first = place(tmp_path / "a", "both")
    place(tmp_path / "b", "both")
    place(tmp_path / "b", "other")
    library = Library((tmp_path / "nowhere", tmp_path / "a", tmp_path / "b"))
    assert library.names() == ("both", "other")
    assert library.locate("both") == first


def test_folders_without_a_head_are_no_packs(tmp_path: Path) -> None:
    place(tmp_path, "mine")
    (tmp_path / "notes").mkdir()
    (tmp_path / "readme.yaml").write_text("x: y", encoding="utf-8")
    assert Library((tmp_path,)).names() == ("mine",)


def test_a_pack_that_does_not_exist_is_answered_with_those_that_do(tmp_path: Path) -> None:
    place(tmp_path, "courtesy")
    place(tmp_path, "overdue")
    with pytest.raises(PackError) as refused:
        Library((tmp_path,)).load("overdu")
    assert "did you mean overdue?" in refused.value.hint
    assert "courtesy, overdue" in refused.value.hint
    with pytest.raises(PackError, match="none"):
        Library(()).locate("anything")


@pytest.mark.parametrize(
    "wanted",
    ["~nobody-of-this-name/pack", "x" * 300, "a\0b", "", "nowhere.yaml"],
    ids=["nobody's home", "too long", "zero", "empty", "no such file"],
)
def test_a_path_that_cannot_be_is_no_pack(wanted: str) -> None:
    with pytest.raises(PackError):
        Library(()).locate(wanted)


def test_the_head_comes_first_and_the_plans_last(tmp_path: Path) -> None:
    path = place(tmp_path, "mine")
    (path / "plans").mkdir()
    for name in ("zebra.yaml", "cues.yaml", "plans/one.yaml", "plans/also.yaml", "notes.txt"):
        (path / name).write_text("", encoding="utf-8")
    found = [str(file.relative_to(path)) for file in sources(path)]
    assert found == ["pack.yaml", "cues.yaml", "zebra.yaml", "plans/also.yaml", "plans/one.yaml"]
    assert list(Library(()).open(path).files) == [str(path / name) for name in found]


def test_packs_that_are_used_are_looked_for_beside_the_pack_first(tmp_path: Path) -> None:
    place(tmp_path / "shipped", "base")
    place(tmp_path / "mine", "base")
    user = place(
        tmp_path / "mine", "user", MINIMAL.replace("languages:", "uses: [base]\nlanguages:")
    )
    loaded = Library((tmp_path / "shipped",)).load(str(user))
    assert loaded.script is not None
    assert [source.id for source in loaded.sources] == ["user", "base"]
    assert str(tmp_path / "mine" / "base") in next(iter(loaded.sources[1].files))


def test_a_pack_that_is_used_and_not_found_is_a_finding(tmp_path: Path) -> None:
    user = place(tmp_path, "user", MINIMAL.replace("languages:", "uses: [base]\nlanguages:"))
    loaded = Library(()).load(str(user))
    assert [finding.code for finding in loaded.findings] == ["CC022"]
    assert loaded.script is None


def test_a_folder_under_another_name_than_its_pack_is_a_finding(tmp_path: Path) -> None:
    path = place(tmp_path, "mine")
    moved = path.rename(tmp_path / "yours")
    assert [finding.code for finding in Library(()).load(str(moved)).findings] == ["CC014"]


def test_a_file_that_is_not_utf_8_is_a_finding_on_the_line_of_the_first_such_character(
    tmp_path: Path,
) -> None:
    path = place(tmp_path, "mine")
    (path / "cues.yaml").write_bytes("# hello\ncues: {}  # 您好".encode("gb18030"))
    loaded = Library((tmp_path,)).load("mine")
    assert loaded.script is None
    (found,) = loaded.findings
    assert (found.code, found.place.line, found.place.column) == ("CC015", 2, 13)
    assert found.place.file.endswith("cues.yaml")


def test_a_pack_in_another_encoding_does_not_keep_others_from_being_read(tmp_path: Path) -> None:
    path = place(tmp_path, "mine")
    place(tmp_path, "other")
    (path / "pack.yaml").write_bytes("title: 您好".encode("gbk"))
    library = Library((tmp_path,))
    assert [finding.code for finding in library.load("mine").findings] == ["CC015"]
    assert library.load("other").script is not None


def test_a_file_that_cannot_be_read_is_refused_with_its_name(tmp_path: Path) -> None:
    path = place(tmp_path, "mine")
    (path / "cues.yaml").mkdir()
    with pytest.raises(PackError, match=r"cues\.yaml cannot be read"):
        Library((tmp_path,)).load("mine")


def test_a_folder_full_of_files_is_refused(tmp_path: Path) -> None:
    path = place(tmp_path, "mine")
    for number in range(MAX_FILES - 1):
        (path / f"x{number}.yaml").touch()
    assert len(Library(()).open(path).files) == MAX_FILES
    (path / "one_more.yaml").touch()
    with pytest.raises(PackError, match=str(MAX_FILES)):
        Library((tmp_path,)).load("mine")


def test_an_id_is_no_path(tmp_path: Path) -> None:
    place(tmp_path / "packs", "base")
    place(tmp_path, "secret")
    user = place(
        tmp_path / "packs", "user", MINIMAL.replace("languages:", "uses: [../secret]\nlanguages:")
    )
    loaded = Library((tmp_path / "packs",)).load(str(user))
    assert [finding.code for finding in loaded.findings] == ["CC022"]
    assert [source.id for source in loaded.sources] == [PackId("user")]


def test_of_a_file_without_an_end_no_more_is_read_than_is_too_much(tmp_path: Path) -> None:
    path = place(tmp_path, "mine")
    with (path / "cues.yaml").open("wb") as file:
        file.write("\ufeff# 您好\r\n".encode() * 2)
        file.truncate(1 << 32)
    (found,) = Library((tmp_path,)).load("mine").findings
    assert (found.code, found.place.line) == ("CC010", 1)
    text = read_source(path / "cues.yaml")
    assert MAX_BYTES < len(text.removeprefix("\ufeff")) < MAX_BYTES + 3
    assert text.startswith("\ufeff# 您好\n")
