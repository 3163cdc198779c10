"""Files that are no transcripts are told by what they are, and what to do with them."""

import zipfile
from pathlib import Path

import pytest

from callcoach.archive.transcripts import find_calls
from callcoach.errors import TranscriptError
from tests.archive import samples

KINDS = (
    (b"RIFF\x24\x00\x00\x00WAVEfmt ", "is a recording"),
    (b"ID3\x04\x00 music", "is a recording"),
    (b"\x00\x00\x00\x20ftypM4A ", "is a recording"),
    (b"OggS\x00", "is a recording"),
    (b"%PDF-1.7 text", "is a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 table", "is a file of an office program"),
)


def problem(path: Path) -> str:
    """Return what is wrong with the only call in a file."""
    (found,) = find_calls([path])
    with pytest.raises(TranscriptError) as caught:
        found.read()
    assert caught.value.hint
    return caught.value.message


@pytest.mark.parametrize(("data", "what"), KINDS)
def test_what_begins_as_another_kind_of_file_is_called_so(
    tmp_path: Path, data: bytes, what: str
) -> None:
    path = tmp_path / "call.txt"
    path.write_bytes(data)
    assert problem(path) == f"{path} {what}"


@pytest.mark.parametrize("member", ["[Content_Types].xml", "mimetype"])
def test_a_workbook_is_no_zip_of_transcripts(tmp_path: Path, member: str) -> None:
    path = tmp_path / "calls.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "")
        archive.writestr("xl/a.json", samples.JSON)
    assert problem(path) == f"{path} is a file of an office program"


@pytest.mark.parametrize("text", ["ID3: hello", "RIFFraff: hello", "Agent: ftyp"])
def test_a_text_that_begins_alike_is_read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "call.txt"
    path.write_text(text, encoding="utf-8")
    (found,) = find_calls([path])
    assert [row.text for row in found.read().rows] == [text.partition(": ")[2]]
