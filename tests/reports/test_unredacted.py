"""The log of what went out unredacted: it only grows, is the owner's alone, and names nobody."""

import json
import os
import sys
from pathlib import Path

import pytest

from callcoach.errors import StorageError
from callcoach.reports.unredacted import LOG, Unmasked, remember

ENTRY = Unmasked("2026-12-01T06:00:00.000Z", "Wang", "report call-1", "a complaint", "call.html")


def test_every_note_is_kept_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for why in ("first", "第二"):
        remember(folder, Unmasked(ENTRY.when, ENTRY.who, ENTRY.what, why, ENTRY.file))
    notes = [json.loads(line) for line in (folder / LOG).read_text("utf-8").splitlines()]
    assert [note["why"] for note in notes] == ["first", "第二"]
    assert notes[0] | {"why": ENTRY.why} == {
        "when": ENTRY.when, "who": "Wang", "what": ENTRY.what, "why": ENTRY.why, "file": ENTRY.file,
    }  # fmt: skip
    if sys.platform != "win32":
        assert (folder / LOG).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("why", "hidden"),
    [
        ("the customer 13812345678 complained", "13812345678"),
        ("客户的电话是13812345678，投诉", "13812345678"),
        ("mail to anna.berg@example.com", "anna.berg"),
    ],
)
def test_a_reason_keeps_nothing_of_a_customer(tmp_path: Path, why: str, hidden: str) -> None:
    remember(tmp_path, Unmasked(ENTRY.when, ENTRY.who, ENTRY.what, why, ENTRY.file))
    note = (tmp_path / LOG).read_text("utf-8")
    assert hidden not in note
    assert json.loads(note)["why"]


def test_a_note_that_the_disk_cut_off_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr("os.write", lambda handle, data: write(handle, data[:9]))
    with pytest.raises(StorageError, match="cannot be written"):
        remember(tmp_path, ENTRY)


def test_without_a_note_nothing_goes_out(tmp_path: Path) -> None:
    (tmp_path / LOG).mkdir()
    with pytest.raises(StorageError, match="without a note"):
        remember(tmp_path, ENTRY)
    assert list((tmp_path / LOG).iterdir()) == []
