"""Downloads: whatever the connection and the server do, the file is right or there is an error."""

from functools import partial
from http.client import HTTPMessage
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcoach.errors import ModelError, UsageError
from callcoach.hearing.models.connection import Redirects, web_address
from callcoach.hearing.models.download import TRIES, Parcel, download
from callcoach.hearing.models.folder import UnfitModel
from callcoach.hearing.models.outside import RESERVE, Stage
from callcoach.locale import Messages
from tests.hearing.models.conftest import Machine
from tests.hearing.models.server import Server, Turn, serving


def parcel(server: Server, folder: Path, **more: Any) -> Parcel:
    """Return the served file as something to download."""
    return Parcel(server.address, folder / "model.zip.part", **more)


def ranges(server: Server) -> list[str | None]:
    """Return the range of every request."""
    return [asked.get("Range") for asked in server.asked]


def test_a_file_comes_whole_and_is_watched(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    file = download(parcel(server, tmp_path), machine.outside)
    size = len(server.content)
    assert file.read_bytes() == server.content
    assert machine.told[0] == (Stage.DOWNLOAD, 0, size)
    assert machine.told[-1] == (Stage.DOWNLOAD, size, size)
    assert server.asked[0]["User-Agent"].startswith("callcoach/")
    assert server.asked[0]["Accept-Encoding"] == "identity"
    assert machine.pauses == []


@pytest.mark.parametrize(
    ("turn", "second"),
    [
        (Turn(cut=1000), "bytes=1000-"),
        (Turn(cut=0), None),
        (Turn(status=503), None),
        (Turn(status=429), None),
        (Turn(cut=1000, waits=True), "bytes=1000-"),
    ],
)
def test_what_was_cut_goes_on_where_it_stopped(
    server: Server, machine: Machine, tmp_path: Path, turn: Turn, second: str | None
) -> None:
    server.turns = [turn]
    assert download(parcel(server, tmp_path), machine.outside).read_bytes() == server.content
    assert ranges(server) == [None, second]
    assert len(machine.pauses) == 1


def test_it_goes_on_days_later_too(server: Server, machine: Machine, tmp_path: Path) -> None:
    server.turns = [Turn(cut=1000), *[Turn(status=503)] * TRIES]
    with pytest.raises(ModelError, match="503"):
        download(parcel(server, tmp_path), machine.outside)
    assert download(parcel(server, tmp_path), machine.outside).read_bytes() == server.content
    assert server.asked[-1]["Range"] == "bytes=1000-"
    assert server.asked[-1]["If-Range"] == server.tag


def test_what_is_there_whole_is_not_asked_for_again(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    for _ in range(2):
        download(parcel(server, tmp_path), machine.outside)
    assert len(server.asked) == 1


@pytest.mark.parametrize("later", [Turn(), Turn(takes_range=False), Turn(tag='"two"')])
def test_a_file_that_changed_between_is_fetched_anew(
    server: Server, machine: Machine, tmp_path: Path, later: Turn
) -> None:
    old, new = server.content, bytes(reversed(server.content))
    server.turns = [Turn(cut=1000), *[Turn(status=503)] * TRIES]
    with pytest.raises(ModelError):
        download(parcel(server, tmp_path), machine.outside)
    server.content, server.tag, server.turns = new, '"two"', [later]
    assert download(parcel(server, tmp_path), machine.outside).read_bytes() == new != old


def test_a_server_that_sends_the_rest_of_another_file_is_not_believed(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    """It ignores `If-Range`: the tag of the rest shows it."""
    whole = parcel(server, tmp_path)
    server.turns = [Turn(cut=1000, tag='"old"'), Turn(tag='"old"', cut=2000)]
    server.content = bytes(reversed(server.content))
    server.turns[1:] = [Turn(tag='"new"')]
    assert download(whole, machine.outside).read_bytes() == server.content


def test_a_server_that_knows_no_ranges_is_asked_for_the_whole(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    server.turns = [Turn(cut=1000, takes_range=False), Turn(takes_range=False)]
    assert download(parcel(server, tmp_path), machine.outside).read_bytes() == server.content


def test_a_server_that_always_stops_at_the_same_byte_is_given_up(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    server.turns = [Turn(cut=1000, takes_range=False)] * 100
    with pytest.raises(ModelError, match="cannot be downloaded: 1000 of"):
        download(parcel(server, tmp_path), machine.outside)
    assert len(server.asked) == 1 + TRIES


@pytest.mark.parametrize("changed", ["", "Thu, 26 Nov 2026 00:00:00 GMT"])
@pytest.mark.parametrize("has_digest", [False, True])
def test_without_a_tag_it_goes_on_only_where_nothing_wrong_can_come_of_it(
    server: Server, machine: Machine, tmp_path: Path, changed: str, has_digest: bool
) -> None:
    server.tag, server.changed = 'W/"weak"', changed
    server.turns = [Turn(cut=1000)]
    file = download(parcel(server, tmp_path, has_digest=has_digest), machine.outside)
    assert file.read_bytes() == server.content
    goes_on = bool(changed) or has_digest
    assert ranges(server) == [None, "bytes=1000-" if goes_on else None]
    assert server.asked[1].get("If-Range") == (changed or None)


def test_a_part_that_is_longer_than_the_file_now_is_fetched_anew(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    server.tag, server.turns = "", [Turn(cut=1000)]
    whole = parcel(server, tmp_path, has_digest=True)
    server.turns += [Turn(status=503)] * TRIES
    with pytest.raises(ModelError):
        download(whole, machine.outside)
    server.content = server.content[:500]
    assert download(whole, machine.outside).read_bytes() == server.content


def test_a_note_that_was_cut_or_is_of_another_address_is_not_believed(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    whole = parcel(server, tmp_path)
    whole.part.write_bytes(b"x" * 1000)
    for note in (b"", b'{"address": "http', b'{"address":"http://x/","validator":"y","total":9}'):
        whole.note.write_bytes(note)
        whole.part.write_bytes(b"x" * 1000)
        assert download(whole, machine.outside).read_bytes() == server.content
    assert ranges(server) == [None] * 3


def test_a_length_that_nobody_tells_is_taken_as_it_comes(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    server.turns = [Turn(says_length=False)]
    assert download(parcel(server, tmp_path), machine.outside).read_bytes() == server.content
    assert machine.told[-1] == (Stage.DOWNLOAD, len(server.content), None)


def test_another_size_than_the_listed_one_is_refused_before_it_is_fetched(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    whole = parcel(server, tmp_path, size=len(server.content) + 1)
    with pytest.raises(UnfitModel, match="is another file than it was"):
        download(whole, machine.outside)
    assert not whole.part.exists()


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        (Turn(status=404), "404 Not Found"),
        (Turn(status=403), "403 Forbidden"),
        (Turn(status=204), "204 No Content"),
        (Turn(kind="text/html"), "answers with a page"),
        (Turn(status=302, location="ftp://example.com/x.zip"), "leads to ftp://"),
        (Turn(status=302, location="file:///etc/passwd"), "302"),
    ],
)
def test_an_answer_that_will_not_change_is_told_at_once(
    server: Server, machine: Machine, tmp_path: Path, turn: Turn, told: str
) -> None:
    server.turns = [turn] * 9
    with pytest.raises(ModelError, match=told) as caught:
        download(parcel(server, tmp_path), machine.outside)
    assert len(server.asked) == 1
    assert machine.pauses == []
    assert list(tmp_path.iterdir()) == []
    assert Messages("zh").tell(caught.value) != str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_another_address_is_followed(
    server: Server, machine: Machine, tmp_path: Path, status: int
) -> None:
    server.turns = [Turn(status=status, location="/elsewhere.zip")]
    assert download(parcel(server, tmp_path), machine.outside).read_bytes() == server.content
    assert [asked["path"] for asked in server.asked] == ["/model.zip", "/elsewhere.zip"]


def test_the_rest_is_asked_for_at_another_address_too(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    there = Turn(status=302, location="/elsewhere.zip")
    server.turns = [there, Turn(cut=1000), there]
    assert download(parcel(server, tmp_path), machine.outside).read_bytes() == server.content
    assert server.asked[-1]["Range"] == "bytes=1000-"


def test_a_circle_of_addresses_ends(server: Server, machine: Machine, tmp_path: Path) -> None:
    server.turns = [Turn(status=302, location="/model.zip")] * 99
    with pytest.raises(ModelError, match="302"):
        download(parcel(server, tmp_path), machine.outside)
    assert len(server.asked) < 20


def test_nothing_leads_out_of_encryption() -> None:
    asked = Request("https://example.com/a.zip")
    for address in ("https://example.org/a.zip", "http://example.com/a.zip"):
        redirected = partial(
            Redirects().redirect_request, asked, BytesIO(), 302, "Found", HTTPMessage(), address
        )
        if address.startswith("https"):
            assert redirected() is not None
        else:
            with pytest.raises(ModelError, match="leads to http:"):
                redirected()


def test_nobody_there_is_told_after_some_tries(machine: Machine, tmp_path: Path) -> None:
    with serving(b"") as gone:
        pass
    with pytest.raises(ModelError, match="cannot be downloaded") as caught:
        download(parcel(gone, tmp_path), machine.outside)
    assert len(machine.pauses) == TRIES - 1
    assert "FILE.zip" in caught.value.hint


def test_a_proxy_is_asked_where_the_environment_names_one(
    server: Server, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.address.removesuffix("/model.zip"))
    there = Parcel("http://models.invalid/a.zip", tmp_path / "a.part")
    assert download(there, machine.outside).read_bytes() == server.content
    assert server.asked[0]["path"] == "http://models.invalid/a.zip"


def test_a_disk_without_room_is_told_before_anything_is_written(
    server: Server, machine: Machine, tmp_path: Path
) -> None:
    machine.free = RESERVE + len(server.content)
    with pytest.raises(ModelError, match="too little room"):
        download(parcel(server, tmp_path), machine.outside)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_meanwhile_keeps_what_is_there(machine: Machine, tmp_path: Path) -> None:
    with serving(bytes(40_000_000)) as server:
        server.turns = [Turn(says_length=False)]
        machine.free = RESERVE - 1
        with pytest.raises(ModelError, match="too little room"):
            download(parcel(server, tmp_path), machine.outside)
        kept = (tmp_path / "model.zip.part").stat().st_size
        assert 0 < kept < len(server.content)
        machine.free = 10**12
        whole = download(parcel(server, tmp_path), machine.outside)
        assert whole.stat().st_size == len(server.content)
        assert server.asked[-1]["Range"] == f"bytes={kept}-"


@settings(max_examples=30)
@given(
    cuts=st.lists(st.integers(0, 400), max_size=3),
    takes_range=st.booleans(),
    tags=st.lists(st.sampled_from(['"a"', '"b"', ""]), min_size=4, max_size=4),
)
def test_whatever_is_cut_the_file_is_the_last_one_or_there_is_an_error(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int], takes_range: bool, tags: list[str]
) -> None:
    machine, folder = Machine(), tmp_path_factory.mktemp("cuts")
    with serving(bytes(range(256)) + b"end") as server:
        turns = [*cuts, None]
        server.turns = [
            Turn(cut=cut, takes_range=takes_range, tag=tag)
            for cut, tag in zip(turns, tags, strict=False)
        ]
        file = download(parcel(server, folder), machine.outside)
        assert file.read_bytes() == server.content


@pytest.mark.parametrize(
    "address",
    ["ftp://x/y.zip", "file:///etc/passwd", "https:///x.zip", "http://me:pw@x/", "http://x:y/", ""],
)
def test_only_addresses_of_the_web_are_asked(address: str) -> None:
    with pytest.raises(UsageError, match="no address on the web"):
        web_address(address)


def test_letters_beyond_the_webs_are_written_as_it_wants() -> None:
    assert web_address("https://x.cn/模型 1.zip?a=%20") == (
        "https://x.cn/%E6%A8%A1%E5%9E%8B%201.zip?a=%20"
    )
