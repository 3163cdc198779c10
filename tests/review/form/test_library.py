"""Finding forms: by name, by path, the user's own before those that are shipped."""

from pathlib import Path

import pytest

from callcoach.errors import PackError
from callcoach.review.form.library import FormLibrary, shipped_forms
from tests.review.form.forms import one
from tests.support import dump


def test_a_users_own_form_hides_a_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "courtesy.yaml").write_text(dump(one({"q": "Q"})), "utf-8")
    (tmp_path / "notes.txt").write_text("no form", "utf-8")
    library = FormLibrary((tmp_path, tmp_path / "nowhere", shipped_forms()))
    assert library.locate("courtesy").parent == tmp_path
    assert library.locate("compliance").parent == shipped_forms()
    assert library.names().count("courtesy") == 1
    assert "notes" not in library.names()
    loaded = library.load(str(tmp_path / "courtesy.yaml"))
    assert loaded.form is not None
    assert loaded.form.id == "example"


def test_a_form_that_is_not_there_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"no form “courtsy”.*did you mean courtesy"):
        FormLibrary((shipped_forms(),)).locate("courtsy")
    with pytest.raises(PackError, match="callcoach form new"):
        FormLibrary((tmp_path,)).locate("mine")


def test_a_form_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(PackError, match="cannot be read"):
        FormLibrary((tmp_path,)).load("folder")
    (tmp_path / "latin.yaml").write_bytes("title: Prüfung".encode("latin-1"))
    loaded = FormLibrary((tmp_path,)).load("latin")
    assert loaded.form is None
    assert loaded.findings
