"""callcoach export for other programs: Contact Lens and Parquet, masked unless one says why."""

import json
from pathlib import Path

import pytest

from callcoach.archive.parquet.read import read_batches
from tests.cli.home import Home

TALK = "say\nc: my number is 13800138000\nend hung_up\n"


def test_files_are_named_after_call_and_format_and_masked(
    home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    home.make_call(TALK)
    for format, ending in (("contact-lens", ".contact-lens.json"), ("parquet", ".parquet")):
        told = home.run("export", "last", "--format", format, "--json").json
        assert told["path"].endswith(ending)
        data = Path(told["path"]).read_bytes()
        assert b"13800138000" not in data
        if format == "parquet":
            (rows,) = read_batches(Path(told["path"]))
            assert "13800138000" not in str(rows)
            assert rows[0]["is_redacted"] is True
        else:
            assert json.loads(data)["ContentMetadata"] == {"Output": "Redacted"}


def test_parquet_is_not_printed(home: Home) -> None:
    home.make_call(TALK)
    found = home.run("export", "last", "--format", "parquet", "-o", "-")
    assert found.code == 2
    assert "name a file with -o" in found.err
    printed = home.run("export", "last", "--format", "contact-lens", "-o", "-").out
    assert json.loads(printed)["Version"] == "1.1.0"
