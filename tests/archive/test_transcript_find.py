"""Tests of finding calls: folders, patterns, zips, lines, tables, and what is broken in them."""

import json
import pickle
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from callcoach.archive.transcripts import Found, NoteCode, find_calls
from callcoach.archive.transcripts.find import How
from callcoach.errors import TranscriptError
from tests.archive import samples
from tests.archive.transcripts import AGENT, CUSTOMER

CALL = {"id": "c1", "agent": "Lin", "utterances": json.loads(samples.JSON)}


def ids(found: list[Found], root: Path) -> list[str]:
    """Return the calls' ids, as they are within a folder."""
    return [one.id.replace(f"{root}", "").lstrip("/\\").replace("\\", "/") for one in found]


def trouble_of(found: Found) -> str:
    """Return why a call cannot be read."""
    with pytest.raises(TranscriptError) as caught:
        found.read()
    assert caught.value.hint
    return caught.value.message


def check(found: Found) -> None:
    """Assert that it is the call of the samples, here and in another process."""
    for one in (found, pickle.loads(pickle.dumps(found))):  # noqa: S301, our own
        rows = one.read().rows
        assert [row.speaker for row in rows] == [AGENT, CUSTOMER]
        assert (rows[0].text, rows[0].start) == ("Hello.", 1.0)


def test_a_folder_holds_calls_in_any_format(tmp_path: Path) -> None:
    for name in ("b/x.json", "a.srt", "b/.hidden.json", "b/y.docx", ".git/z.json"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(samples.SRT if name.endswith("srt") else samples.JSON, encoding="utf-8")
    found = list(find_calls([tmp_path]))
    assert ids(found, tmp_path) == ["a.srt", "b/x.json"]
    for one in found:
        check(one)
    assert ids(list(find_calls([f"{tmp_path}/**/*.json"])), tmp_path)[-1:] == ["b/x.json"]


def test_what_a_batch_has_made_is_looked_in_where_it_is_named(tmp_path: Path) -> None:
    names = ("batch.json", "flags.csv", "mine.json", "summary.json")
    for name in names:
        (tmp_path / name).write_text(samples.JSON, encoding="utf-8")
    looked = ([tmp_path], [f"{tmp_path}/*.*"])
    assert [ids(list(find_calls(it)), tmp_path) for it in looked] == [list(names)] * 2
    (tmp_path / "batch.json").write_text('{\n  "program": "1",\n  "pack": "x"}', encoding="utf-8")
    assert [ids(list(find_calls(it)), tmp_path) for it in looked] == [["mine.json"]] * 2
    assert ids(list(find_calls([tmp_path / "summary.json"])), tmp_path) == ["summary.json"]


def test_lines_hold_a_call_each_and_a_broken_one_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    lines = [json.dumps(CALL), '{"id": ', "", samples.CONTACT_LENS.replace("\n", ""), "[]x", "oh"]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    found = list(find_calls([path]))
    assert ids(found, tmp_path) == [f"calls.jsonl:{n}" for n in (1, 2, 4, 5, 6)]
    check(found[0])
    check(found[2])
    assert found[0].attributes() == {"id": "c1", "agent": "Lin"}
    assert "not valid JSON" in trouble_of(found[1])
    assert "something follows" in trouble_of(found[3])
    assert trouble_of(found[4]).endswith("calls.jsonl, line 6: this is no JSON")


def test_what_is_odd_about_a_line_is_told_of_that_line(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    overlap = {"utterances": [{**it, "stime": 0, "etime": 9} for it in CALL["utterances"]]}
    lines = [
        json.dumps(CALL).encode(),
        b'{"utterances": [1]}',
        b'{"utterances": [}',
        b'{"utterances": ["\xff"]}',
        json.dumps(overlap).encode(),
        json.dumps({**overlap, "at": 1}).encode(),
    ]
    path.write_bytes(b"\n".join(lines))
    found = list(find_calls([path], How(encoding="utf-8")))
    for number in (2, 3, 4):
        assert f"calls.jsonl, line {number}: " in trouble_of(found[number - 1])
    for number in (5, 6):
        assert {note.line for note in found[number - 1].read().notes} == {number}
    assert {note.line for note in list(find_calls([path]))[4].read().notes} == {5}


def test_lines_hold_an_utterance_each(tmp_path: Path) -> None:
    one = tmp_path / "one.jsonl"
    one.write_text("\n".join(map(json.dumps, json.loads(samples.JSON))), encoding="utf-8")
    (found,) = find_calls([one])
    check(found)
    many = tmp_path / "many.jsonl"
    rows = [{"call": call, **row} for call in "ab" for row in json.loads(samples.JSON)]
    many.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    parted = list(find_calls([many]))
    assert ids(parted, tmp_path) == ["many.jsonl#a", "many.jsonl#b"]
    for each in parted:
        check(each)


def test_a_list_of_calls(tmp_path: Path) -> None:
    path = tmp_path / "calls.json"
    path.write_text(json.dumps([CALL, CALL], indent=1), encoding="utf-8")
    found = list(find_calls([path]))
    assert ids(found, tmp_path) == ["calls.json:1", "calls.json:2"]
    for one in found:
        check(one)


def test_what_is_wrong_in_a_list_of_calls_names_the_call_and_the_line_of_the_file(
    tmp_path: Path,
) -> None:
    odd = [{"speaker": "agent", "text": "Hello."}, {"speaker": "agent", "text": ["Yes."]}]
    listed = ("[", json.dumps(CALL), ",", '{"id": "c2",', ' "utterances": "none"},', "17,")
    path = tmp_path / "calls.json"
    rest = json.dumps({"utterances": odd}, indent=1) + "]"
    path.write_text("\n".join((*listed, rest)), encoding="utf-8")
    first, *wrong = find_calls([path])
    check(first)
    for one in pickle.loads(pickle.dumps(wrong)):  # noqa: S301, our own
        assert one.id.removeprefix(f"{path}:") in ("2", "3", "4")
    assert [trouble_of(one).removeprefix(str(path)) for one in wrong] == [
        ", call 2, line 4: this JSON has no list called utterances",
        ", call 3, line 6: this is no call",
        ", call 4, line 13: the text of this utterance is no text",
    ]


@pytest.mark.parametrize("text", ['[{"utterances": []}, ]', '[{"utterances": []}] 1', "[{}"])
def test_a_broken_list_of_calls_is_found_whole(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calls.json"
    path.write_text(text, encoding="utf-8")
    (found,) = find_calls([path])
    assert found.id == str(path)
    assert "line 1" in trouble_of(found)


def test_a_table_of_many_calls_is_parted_by_its_column(tmp_path: Path) -> None:
    head, *rows = samples.CSV.replace("Call ID", "Call ID").splitlines()
    other = [row.replace("c-1", "c-2") for row in rows]
    path = tmp_path / "calls.csv"
    path.write_text("\n".join([head, *rows, *other, rows[0]]), encoding="utf-8")
    found = list(find_calls([path]))
    assert ids(found, tmp_path) == ["calls.csv#c-1", "calls.csv#c-2", "calls.csv#c-1:6"]
    check(found[0])
    check(found[1])
    assert found[1].attributes() == {"id": "c-2"}
    assert "begun further above" in trouble_of(found[2])


def test_a_table_in_another_encoding_is_read_where_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text(samples.CSV_ZH, encoding="gb18030")
    (found,) = find_calls([path], How(encoding="gb18030"))
    assert [row.text for row in found.read().rows] == ["您好", "哪位"]
    assert not any(note.code is NoteCode.ENCODING_GUESSED for note in found.read().notes)
    with pytest.raises(TranscriptError):
        next(find_calls([path], How(encoding="utf-8"))).read()


def test_chinese_of_old_is_found_out_and_told(tmp_path: Path) -> None:
    table, text, packed = tmp_path / "a.csv", tmp_path / "b.txt", tmp_path / "c.zip"
    table.write_text(samples.CSV_ZH, encoding="gb18030")
    text.write_text("坐席：您好。\n客户：哪位？\n", encoding="gbk")
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(table, "in.csv")
    for found in find_calls([table, text, packed]):
        read = found.read()
        assert [row.text.strip("。？") for row in read.rows] == ["您好", "哪位"]
        told = [note.what for note in read.notes if note.code is NoteCode.ENCODING_GUESSED]
        assert told == ["GB18030"]


def test_a_recording_is_told_by_a_column_or_a_key(tmp_path: Path) -> None:
    table, call = tmp_path / "a.csv", tmp_path / "b.json"
    table.write_text("通话编号,说话人,内容,录音文件\n1,坐席,您好,a/b.wav\n", encoding="utf-8")
    said = [{"speaker": "agent", "text": "hello", "start": 0, "end": 1}]
    call.write_text(json.dumps({"recording": "c.wav", "utterances": said}), encoding="utf-8")
    told = [found.attributes()["recording"] for found in find_calls([table, call])]
    assert told == ["a/b.wav", "c.wav"]


@pytest.mark.parametrize(
    ("table", "message", "hint"),
    [
        ("time,who,words\n0,agent,hello there\n1,customer,yes\n", "what was said; there are: time",
         "--column text=words"),
        ("x;内容\n1;您好\n2;哪位\n", "who speaks; there are: x, 内容", "--column speaker=x"),
    ],
)  # fmt: skip
def test_a_table_whose_columns_are_not_known_says_how_to_name_them(
    tmp_path: Path, table: str, message: str, hint: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(table, encoding="utf-8")
    (found,) = find_calls([path])
    with pytest.raises(TranscriptError, match=message) as caught:
        found.read()
    assert hint in caught.value.hint


def test_a_zip_is_read_and_what_is_broken_in_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "calls.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../a.json", samples.JSON)
        archive.writestr("in/calls.jsonl", json.dumps(CALL) + "\n" + json.dumps(CALL))
        archive.writestr("more.zip", b"PK\x03\x04")
        archive.writestr("read.me", "no call")
    found = list(find_calls([path]))
    assert ids(found, tmp_path) == [
        "calls.zip!../a.json",
        "calls.zip!in/calls.jsonl:1",
        "calls.zip!in/calls.jsonl:2",
        "calls.zip!more.zip",
    ]
    for one in found[:3]:
        check(one)
    assert "zip within a zip" in trouble_of(found[3])
    assert not (tmp_path.parent / "a.json").exists()


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("逾期/王女士.json", "gb18030"), ("逾期/王女士.json", "utf-8"), ("Müller.json", "cp437")],
)
def test_names_in_a_zip_are_read_as_they_were_written(
    tmp_path: Path, name: str, encoding: str
) -> None:
    path = tmp_path / "calls.zip"
    stand_in = "x" * len(name.encode(encoding))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(stand_in.removesuffix("xxxxx") + ".json", samples.JSON)
    packed = path.read_bytes()
    written = stand_in.removesuffix("xxxxx").encode() + b".json"
    path.write_bytes(packed.replace(written, name.encode(encoding)))
    (found,) = find_calls([path])
    assert found.id == f"{path}!{name}"
    check(found)


def test_a_zip_that_would_grow_too_much_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("a.json", "b.json"):
            archive.writestr(name, b" " * 30_000_000)
    (found,) = find_calls([path])
    assert "would grow" in trouble_of(found)


@pytest.mark.parametrize("cut", [10, 60, 120])
def test_half_a_zip_is_told(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "calls.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.json", samples.JSON)
    path.write_bytes(path.read_bytes()[:cut])
    (found,) = find_calls([path])
    assert "no whole zip" in trouble_of(found)


def test_parquet_holds_an_utterance_or_a_call_in_a_row(tmp_path: Path) -> None:
    rows = [{"call": call, **row} for call in "ab" for row in json.loads(samples.JSON)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "long.parquet")
    pq.write_table(pa.Table.from_pylist([CALL, CALL]), tmp_path / "nested.parquet")
    found = list(find_calls([tmp_path]))
    assert ids(found, tmp_path) == [
        "long.parquet#a",
        "long.parquet#b",
        "nested.parquet:1",
        "nested.parquet:2",
    ]
    for one in found:
        check(one)
    (tmp_path / "bad.parquet").write_bytes(b"PAR1" + b"x" * 99)
    (bad,) = find_calls([tmp_path / "bad.parquet"])
    assert "no whole Parquet file" in trouble_of(bad)


def test_what_is_not_there_is_told_when_it_is_read(tmp_path: Path) -> None:
    (found,) = find_calls([tmp_path / "none.json"])
    assert "cannot be read" in trouble_of(found)
    (found,) = find_calls([Path("a\0b")])
    assert trouble_of(found)
