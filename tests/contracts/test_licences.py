"""What others made and we ship is named with its makers and licences, and these go with it."""

import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_table_that_was_made_from_others_is_in_the_notice() -> None:
    tables = sorted((ROOT / "src").rglob("*.txt"))
    made = [
        table.relative_to(ROOT).as_posix()
        for table in tables
        if re.search(r"(?i)\bmade by\b", table.read_text(encoding="utf-8")[:600])
    ]
    assert len(made) >= 3
    assert [table for table in made if table not in NOTICE] == []
    named = re.findall(r"^src/\S+", NOTICE, re.MULTILINE)
    assert sorted(named) == made


def test_the_licences_that_the_notice_names_are_there_and_no_others() -> None:
    named = set(re.findall(r"docs/licences/[\w.-]+\.txt", NOTICE))
    there = {file.relative_to(ROOT).as_posix() for file in (ROOT / "docs" / "licences").iterdir()}
    assert named == there


def test_they_go_into_the_wheel_and_the_source_distribution() -> None:
    files = [
        "LICENSE",
        "NOTICE",
        *(f"docs/licences/{file.name}" for file in (ROOT / "docs" / "licences").iterdir()),
    ]
    patterns = PROJECT["project"]["license-files"]
    packed = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    for file in files:
        assert any(fnmatch(file, pattern) for pattern in patterns), file
        assert file.partition("/")[0] in packed, file
