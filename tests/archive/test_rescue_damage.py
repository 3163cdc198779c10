"""Tests of what is left of a rescue file that broke off, was damaged or is hostile."""

import base64
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from callcoach.archive.ids import new_call_id
from callcoach.archive.journal import Journal
from callcoach.archive.rescue import RescueFile, read_rescue
from callcoach.archive.sources import pack_sources
from callcoach.archive.writer import import_rescue
from callcoach.errors import StorageError
from tests.archive.support import CALL, as_stored, scripted_call, write_call

BATCHES = scripted_call().batches
EVENTS = scripted_call().events
SOURCES = scripted_call().sources


def test_a_last_line_that_broke_off_is_left_out(journal: Path, rescue: Path) -> None:
    whole = rescue.read_bytes()
    last = whole[:-1].rfind(b"\n") + 1
    for length in range(last + 1, len(whole) - 1):
        rescue.write_bytes(whole[:length])
        found = read_rescue(rescue)
        assert not found.is_whole
        assert list(found.events) == as_stored(EVENTS[:29])
    assert import_rescue(journal, found) == 29


def _around_breaks(whole: bytes) -> set[int]:
    """Return the lengths that end just before, at and after a line break."""
    breaks = [at for at, byte in enumerate(whole) if byte == ord("\n")]
    return {at + shift for at in breaks for shift in (0, 1, 2)} - {len(whole) + 1}


def test_a_file_cut_anywhere_gives_what_was_whole_or_is_refused(tmp_path: Path) -> None:
    file = RescueFile(CALL, (), (tmp_path,))
    assert file.keep(as_stored(EVENTS[:12]))
    assert file.path is not None
    whole = file.path.read_bytes()
    head = whole.index(b"\n")
    for length in {*range(0, len(whole), 5), *_around_breaks(whole)}:
        file.path.write_bytes(whole[:length])
        if length < head:
            with pytest.raises(StorageError):
                read_rescue(file.path)
            continue
        found = read_rescue(file.path)
        lines = whole[:length].count(b"\n") - 1
        assert list(found.events)[: max(lines, 0)] == as_stored(EVENTS[: max(lines, 0)])
        assert len(found.events) - max(lines, 0) in (0, 1)
        assert list(found.events) == as_stored(EVENTS[: len(found.events)])


HEAD = msgspec.json.encode(
    {
        "callcoach_rescue": 1,
        "call": CALL,
        "sources": base64.b64encode(pack_sources(())).decode(),
    }
)


def with_head(**changed: object) -> bytes:
    """Return the head of a rescue file with something changed."""
    return msgspec.json.encode({**msgspec.json.decode(HEAD, type=dict[str, object]), **changed})


def with_line(**changed: object) -> bytes:
    """Return a whole rescue file of one event with something changed in it."""
    body = msgspec.json.decode(as_stored(EVENTS[:1])[0].body)
    line = {"seq": 0, "kind": "call_started", "version": 1, "at": 0, "wall": "", "body": body}
    return HEAD + b"\n" + msgspec.json.encode({**line, **changed}) + b"\n"


DEEP = b"[" * 200_000 + b"]" * 200_000
NASTY = {
    "nothing": b"",
    "a line break": b"\n",
    "nul": b"\x00" * 100,
    "a mark of byte order": b"\xef\xbb\xbf" + HEAD + b"\n",
    "utf-16": HEAD.decode().encode("utf-16"),
    "no utf-8": HEAD + b'\n{"seq":0,"kind":"\xff\xfe"}\n',
    "no json": b"callcoach\n",
    "a number": b"1\n",
    "null": b"null\n",
    "a deep head": DEEP + b"\n",
    "deep sources": with_head(sources=base64.b64encode(pack_sources(())).decode() * 3),
    "sources no base64": with_head(sources="%%%"),
    "sources no ascii": with_head(sources="您好"),
    "sources no zlib": with_head(sources="AAAA"),
    "sources a number": with_head(sources=3),
    "a call that is a number": with_head(call=3),
    "a newer format": with_head(callcoach_rescue=2),
    "an older format": with_head(callcoach_rescue=0),
    "a huge format": with_head(callcoach_rescue=2**63),
    "a deep line": HEAD + b"\n" + DEEP + b"\n",
    "a deep body": HEAD
    + b'\n{"seq":0,"kind":"x","version":1,"at":0,"wall":"","body":'
    + DEEP
    + b"}\n",
    "an unfinished deep line": HEAD + b"\n" + b"[" * 200_000,
    "endless digits": HEAD + b'\n{"seq":' + b"9" * 10_000 + b"}\n",
    "two heads": HEAD + b"\n" + HEAD + b"\n",
    "no body": HEAD + b'\n{"seq":0,"kind":"x","version":1,"at":0,"wall":""}\n',
    "carriage returns": with_line().replace(b"\n", b"\r\n"),
    "empty lines": with_line().replace(b"\n", b"\n\n"),
    "an event that is none": with_line(body={}),
    "an event of another kind": with_line(kind="call_ended"),
    "an event that is a list": with_line(body=[]),
    "an event that is null": with_line(body=None),
    "a deep event": with_line(body=msgspec.Raw(DEEP)),
    "a kind of tomorrow": with_line(kind="tomorrow"),
    "a kind of tomorrow without a place": with_line(kind="tomorrow", body={}),
    "a kind of tomorrow in the wrong place": with_line(
        kind="tomorrow", body={"seq": "x", "at": []}
    ),
    "a version of tomorrow": with_line(version=99),
    "a negative version": with_line(version=-1),
    "a huge version": with_line(version=2**70),
    "a negative place": with_line(seq=-1),
    "a huge place": with_line(seq=2**70),
    "a huge time": HEAD
    + b"\n"
    + with_line(at=0).split(b"\n")[1].replace(b'"at":0', b'"at":1e999', 1),
    "a time that is a text": with_line(at="noon"),
    "nul in a text": with_line(wall="\x00"),
    "a call without a name": with_head(call="") + with_line().removeprefix(HEAD),
    "a call named nul": with_head(call="\x00") + with_line().removeprefix(HEAD),
    "a call with a long name": with_head(call="x" * 5000) + with_line().removeprefix(HEAD),
    "a call named as a folder": with_head(call="a/b/c") + with_line().removeprefix(HEAD),
    "a call named as a way out": with_head(call="../../out") + with_line().removeprefix(HEAD),
}


def take_back(journal: Path, data: bytes) -> None:
    """Take bytes back as if they were a rescue file; only a `StorageError` is allowed."""
    path = journal.parent.parent / "callcoach-rescue-x.jsonl"
    path.write_bytes(data)
    try:
        rescued = read_rescue(path)
        count = import_rescue(journal, rescued)
    except StorageError as error:
        assert error.hint  # noqa: PT017 - refused or taken, both are right
    else:
        with Journal(journal) as opened:
            events = opened.events(rescued.call)
            assert len(events) >= count
            assert opened.verify().is_sound


@pytest.mark.parametrize("what", NASTY)
def test_a_hostile_file_is_refused_or_taken_but_never_crashes(journal: Path, what: str) -> None:
    existing = write_call(journal, BATCHES[:3])
    take_back(journal, NASTY[what])
    with Journal(journal) as opened:
        assert opened.events(existing) == EVENTS[: sum(map(len, BATCHES[:3]))]
        assert opened.verify().is_sound


@pytest.mark.parametrize("call", ["../../out", "../out", "{}/out", "a/b/c", "..", "\x00", ""])
def test_a_hostile_name_of_a_call_makes_no_file_elsewhere(
    journal: Path, tmp_path: Path, call: str
) -> None:
    write_call(journal, BATCHES[:1])
    before = {path for path in tmp_path.rglob("*") if "locks" not in path.parts[:-1]}
    file = tmp_path / "callcoach-rescue-x.jsonl"
    file.write_bytes(with_head(call=call.format(tmp_path)) + with_line().removeprefix(HEAD))
    with pytest.raises(StorageError):
        import_rescue(journal, read_rescue(file))
    after = {path for path in tmp_path.rglob("*") if path.parent.name != "locks"}
    assert after - before <= {file}


_LINES = st.one_of(
    st.binary(max_size=60),
    st.builds(
        lambda **fields: msgspec.json.encode(fields),
        seq=st.integers(-1, 3) | st.integers(),
        kind=st.sampled_from(["call_started", "heard", "undone", "call_ended", "tomorrow"]),
        version=st.integers(0, 2),
        at=st.floats(allow_nan=False, allow_infinity=False) | st.none(),
        wall=st.text(max_size=5),
        body=st.recursive(
            st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["seq", "at", "kind", "of", "x"]), inner, max_size=4
                )
            ),
            max_leaves=6,
        )
        | st.sampled_from([msgspec.Raw(event.body) for event in as_stored(EVENTS[:4])]),
    ),
)


@pytest.fixture(scope="module")
def busy_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a journal that everything hostile is taken back into."""
    path = tmp_path_factory.mktemp("hostile") / "data" / "journal.db"
    write_call(path, BATCHES[:3])
    return path


@settings(max_examples=100)
@given(lines=st.lists(_LINES, max_size=4), head=st.just(HEAD) | st.binary(max_size=40))
@example(lines=[b'{"seq":0,"kind":"tomorrow","version":1,"at":0,"wall":"","body":{}}'], head=HEAD)
def test_hostile_bytes_never_crash(busy_journal: Path, lines: list[bytes], head: bytes) -> None:
    take_back(busy_journal, b"\n".join([head, *lines, b""]))


@settings(max_examples=40)
@given(data=st.data())
def test_a_damaged_rescue_file_never_crashes(busy_journal: Path, data: st.DataObject) -> None:
    call = new_call_id()
    file = RescueFile(call, (), (busy_journal.parent.parent / "rescue",))
    assert file.keep(as_stored(EVENTS[:8]))
    assert file.path is not None
    content = bytearray(file.path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    file.drop()
    take_back(busy_journal, bytes(content))


def test_a_missing_or_unreadable_rescue_file_is_said_so(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.jsonl", tmp_path):
        with pytest.raises(StorageError) as caught:
            read_rescue(path)
        assert str(path) in caught.value.message
        assert caught.value.hint


def test_a_bad_line_in_the_middle_is_named(tmp_path: Path) -> None:
    file = RescueFile(CALL, (), (tmp_path,))
    assert file.keep(as_stored(EVENTS[:6]))
    assert file.path is not None
    lines = file.path.read_bytes().split(b"\n")
    lines[3] = b"{"
    file.path.write_bytes(b"\n".join(lines))
    with pytest.raises(StorageError, match="line 4"):
        read_rescue(file.path)
