"""The process that takes sound, as the ear drives it: a real one, with real files."""

import queue
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from callcoach.hearing.capture.files import read_recording
from callcoach.hearing.capture.messages import (
    EndFeed,
    Feed,
    Keep,
    Open,
    Order,
    Pause,
    Report,
    Resume,
)
from callcoach.hearing.capture.worker import work
from callcoach.hearing.keeping.kept import read_record
from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.process.worker import Orders
from callcoach.hearing.signs import Level, Opened, Over, Trouble, Troubled
from callcoach.hearing.sound import RATE, Block, Piped, Recording
from callcoach.script.model import Speaker
from tests.hearing.capture.making import pcm_of, samples, tones, voice, write

BOUND = 60
"""Seconds within which even a busy machine answers."""


class Capture:
    """A process that takes sound, and what it has reported."""

    def __init__(self) -> None:
        self.has_ended = False
        self._reports: queue.Queue[Report | Ended] = queue.Queue()
        self.child = Child[Report]("callcoach.hearing.capture.worker", Report, self._reports.put)

    def order(self, *orders: Order) -> None:
        for order in orders:
            assert self.child.send(order)

    def until(self, *kinds: type) -> list[Report | Ended]:
        """Return what is reported, up to the first of some kind."""
        got: list[Report | Ended] = []
        while not got or not isinstance(got[-1], kinds):
            assert not self.has_ended
            got.append(self._reports.get(timeout=BOUND))
            self.has_ended = isinstance(got[-1], Ended)
        return got


@pytest.fixture
def capture() -> Iterator[Capture]:
    it = Capture()
    yield it
    it.child.kill()
    if not it.has_ended:
        it.until(Ended)


def blocks(reports: list[Report | Ended]) -> list[Block]:
    return [it for it in reports if isinstance(it, Block)]


def ended_at(reports: list[Report | Ended]) -> float:
    """Return the time of the last report, which is that the sound is over."""
    over = reports[-1]
    assert isinstance(over, Over)
    return over.at


@pytest.fixture
def call(tmp_path: Path) -> Path:
    """Return a recording of two voices, five seconds long."""
    noise = np.random.default_rng(2).uniform(-0.5, 0.5, (40_000, 2))
    return write(tmp_path / "call.wav", noise, 8_000)


def test_a_file_as_fast_as_it_goes(capture: Capture, call: Path) -> None:
    recording = Recording(str(call), speed=0)
    capture.order(Open(recording))
    reports = capture.until(Over)
    roles = (Speaker.AGENT, Speaker.CUSTOMER)
    assert reports[0] == Opened(roles, ("call.wav", "call.wav"), 0.0)
    assert ended_at(reports) == pytest.approx(5)
    whole = list(read_recording(recording))
    for channel in (0, 1):
        assert voice(blocks(reports), channel) == voice(whole, channel)
    levels = [it for it in reports if isinstance(it, Level)]
    assert {it.channel for it in levels} == {0, 1}
    assert {round(it.rms) for it in levels} == {-11}
    capture.child.close()
    assert capture.until(Ended)[-1] == Ended(0)


def test_a_file_is_paused_and_goes_on_where_time_has_come(capture: Capture, call: Path) -> None:
    recording = Recording(str(call), speed=2)
    capture.order(Open(recording))
    before = capture.until(Block)
    capture.order(Pause(), Resume())
    before += capture.until(Opened)
    assert isinstance(opened := before[-1], Opened)
    after = capture.until(Over)
    whole = samples(voice(read_recording(recording)))
    assert blocks(before)[-1].end <= opened.at + 0.001
    assert blocks(after)[-1].end == pytest.approx(5)
    for block in blocks(before + after):
        begin = round(block.at * RATE)
        if block.channel == 0:
            assert np.array_equal(samples(block.pcm), whole[begin : begin + len(block.pcm) // 2])


def test_a_file_goes_on_in_the_middle(capture: Capture, call: Path) -> None:
    capture.order(Open(Recording(str(call), speed=0), at=3.0))
    reports = capture.until(Over)
    assert isinstance(reports[0], Opened)
    assert reports[0].at == blocks(reports)[0].at == 3.0
    assert len(voice(blocks(reports))) == 2 * 2 * RATE


def test_what_is_fed(capture: Capture) -> None:
    pcm = pcm_of(tones(2, 8_000, 440))
    capture.order(Open(Piped(8_000)))
    capture.order(*(Feed(at / 16_000, pcm[at : at + 3_200]) for at in range(0, len(pcm), 3_200)))
    capture.order(EndFeed())
    reports = capture.until(Over)
    assert len(voice(blocks(reports))) == 2 * 2 * RATE
    assert ended_at(reports) == pytest.approx(2)


def test_a_file_that_is_not_there(capture: Capture, tmp_path: Path) -> None:
    capture.order(Open(Recording(str(tmp_path / "none.wav"))), Pause(), Resume(), EndFeed())
    (troubled,) = capture.until(Troubled)
    assert isinstance(troubled, Troubled)
    assert troubled.what is Trouble.FAILED
    assert str(troubled.told.message) == f"there is no file {tmp_path / 'none.wav'}"
    assert troubled.told.hint


def test_a_file_that_breaks_off_is_over_all_the_same(capture: Capture, call: Path) -> None:
    call.write_bytes(call.read_bytes()[:80_044])
    capture.order(Open(Recording(str(call), speed=0)))
    *reports, troubled, _ = all_reports = capture.until(Over)
    assert isinstance(troubled, Troubled)
    assert troubled.what is Trouble.FAILED
    assert len(voice(blocks(reports))) == 2.5 * 2 * RATE
    assert ended_at(all_reports) == pytest.approx(2.5)


def test_another_file_takes_the_place_of_the_first(capture: Capture, call: Path) -> None:
    capture.order(Open(Recording(str(call), speed=0.5)))
    capture.until(Block)
    capture.order(Open(Recording(str(call), speed=0), at=4.0))
    capture.until(Opened)
    reports = capture.until(Over)
    assert [it for it in reports if isinstance(it, Opened | Troubled)] == []
    assert ended_at(reports) == pytest.approx(5)


@pytest.mark.parametrize("is_first", [True, False])
def test_what_is_kept_is_what_was_reported(
    capture: Capture, call: Path, tmp_path: Path, is_first: bool
) -> None:
    folder = tmp_path / "kept"
    orders = [Keep(str(folder)), Open(Recording(str(call), speed=8))]
    capture.order(*(orders if is_first else reversed(orders)))
    reports = capture.until(Over)
    for stretch in read_record(folder).stretches:
        heard, _ = soundfile.read(folder / stretch.file, dtype="int16")
        whole = samples(voice(blocks(reports), stretch.channel))
        assert np.array_equal(heard, whole[round(stretch.start * RATE) :])


def test_closing_finishes_what_is_kept(capture: Capture, call: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    capture.order(Keep(str(folder), "opus"), Open(Recording(str(call))))
    capture.until(Level)
    capture.child.close()
    capture.until(Ended)
    for stretch in read_record(folder).stretches:
        assert soundfile.info(folder / stretch.file).duration * RATE == stretch.samples > 0


def test_what_cannot_be_kept_is_heard(capture: Capture, call: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    capture.order(Keep(str(tmp_path / "file")), Open(Recording(str(call), speed=0)))
    reports = capture.until(Over)
    troubles = [it.what for it in reports if isinstance(it, Troubled)]
    assert troubles == [Trouble.UNKEPT]
    assert len(voice(blocks(reports))) == 5 * 2 * RATE


def test_one_that_hangs_over_an_order_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[float | None] = []

    def serve(_work: object, _order: object, stuck_after: float | None = None) -> None:
        served.append(stuck_after)

    monkeypatch.setattr("callcoach.hearing.process.worker.serve", serve)
    monkeypatch.delitem(sys.modules, "callcoach.hearing.capture.worker")
    runpy.run_module("callcoach.hearing.capture.worker", run_name="__main__")
    (after,) = served
    assert after is not None
    assert after <= BOUND


@pytest.mark.parametrize(
    ("library", "users"),
    [
        ("soundfile", ("soundfiles", "files")),
        ("soxr", ("resample", "soundfiles", "files", "stream")),
    ],
)
def test_a_library_that_is_missing_is_told(
    call: Path, monkeypatch: pytest.MonkeyPatch, library: str, users: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    for user in users:
        monkeypatch.delitem(sys.modules, f"callcoach.hearing.capture.{user}", raising=False)
    orders: Orders[Order] = Orders()
    orders.put(Open(Recording(str(call))))
    orders.close()
    told: list[object] = []
    work(orders, told.append)
    (troubled,) = told
    assert isinstance(troubled, Troubled)
    assert str(troubled.told) == (
        f"hearing needs {library}, which is not installed. install callcoach[speech]"
    )
