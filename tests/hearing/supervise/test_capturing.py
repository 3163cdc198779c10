"""The process that takes sound as the ear sees it: nothing that it was fed vanishes in silence."""

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.capture.messages import Feed, Open
from callcoach.hearing.process.child import Ended
from callcoach.hearing.signs import Opened, Sign, Trouble, Troubled
from callcoach.hearing.sound import BYTES, RATE, Block, Device, Piped, Wanted
from callcoach.hearing.supervise import capturing
from callcoach.hearing.supervise.capturing import Capturing
from callcoach.script.model import Speaker

PIECE = 0.5
"""Seconds that are fed at a time."""
PCM = bytes(round(PIECE * RATE) * BYTES)


class Obedient:
    """A child that is there as soon as it is started, and notes what it is sent."""

    def __init__(self, *_given: object) -> None:
        self.sent: list[msgspec.Struct] = []
        self.number = self.failures = 0
        self.is_running = False

    @property
    def has_begun(self) -> bool:
        return self.is_running

    def start(self, _now: float) -> None:
        self.number += 1
        self.is_running = True

    def is_due(self, _now: float) -> bool:
        return not self.is_running

    def hangs(self) -> bool:
        return False

    def send(self, message: msgspec.Struct) -> bool:
        if self.is_running:
            self.sent.append(message)
        return self.is_running

    def lose(self, _now: float) -> None:
        self.failures += 1
        self.is_running = False

    def serves(self) -> None:
        self.failures = 0

    def stop(self) -> None:
        self.is_running = False


class Rig:
    """What takes sound, with a child of the test's own."""

    def __init__(self, wanted: Wanted) -> None:
        self.children: list[Obedient] = []
        self.signs: list[Sign] = []
        self.fed = 0.0
        self.heard: list[tuple[float, float]] = []

        def make(*given: object) -> Obedient:
            self.children.append(Obedient(*given))
            return self.children[-1]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(capturing, "Upheld", _Subscripted(make))
            self.taking = Capturing(
                wanted, None, self.signs.append, lambda *_: None, program="", log=None, patience=1.0
            )
        self.taking.start(0.0)
        self.taking.open(0.0)

    @property
    def child(self) -> Obedient:
        return self.children[0]

    def feed(self) -> None:
        self.taking.feed(Feed(self.fed, PCM), self.fed + PIECE)
        self.fed += PIECE

    def hear(self) -> None:
        """Let the child give back the first piece that it has not given yet."""
        self._answer_open()
        given = [it for it in self.child.sent if isinstance(it, Feed)]
        if given:
            self.child.sent.remove(given[0])
            block = Block(0, given[0].at, given[0].pcm)
            if self.taking.received(self.child.number, block, 0.0):
                self.heard.append((block.at, block.end))

    def _answer_open(self) -> None:
        while opens := [it for it in self.child.sent if isinstance(it, Open)]:
            self.child.sent.remove(opens[0])
            opened = Opened((Speaker.OTHER,), ("pipe",), opens[0].at)
            self.taking.received(self.child.number, opened, 0.0)

    def die(self) -> None:
        self.child.sent.clear()
        self.taking.received(self.child.number, Ended(-9), 0.0)
        self.taking.tick(0.0, may_judge=True)

    def gaps(self) -> Sequence[tuple[float, float]]:
        return [
            (it.start, it.end)
            for it in self.signs
            if isinstance(it, Troubled) and it.what is Trouble.GAP
        ]


class _Subscripted:
    """Stands for a generic class."""

    def __init__(self, make: object) -> None:
        self._make = make

    def __getitem__(self, _report: object) -> object:
        return self._make


def test_what_a_recorder_was_fed_and_did_not_give_is_a_gap() -> None:
    rig = Rig(Piped())
    for _ in range(4):
        rig.feed()
    rig.hear()
    rig.die()
    assert rig.gaps() == [(PIECE, 4 * PIECE)]
    assert [it.what for it in rig.signs if isinstance(it, Troubled)] == [
        Trouble.GAP,
        Trouble.LOST,
    ]


@given(st.lists(st.sampled_from(("feed", "hear", "die")), max_size=40))
def test_all_that_is_fed_is_heard_or_told_as_missing_once(acts: Sequence[str]) -> None:
    rig = Rig(Piped())
    for act in acts:
        getattr(rig, act)()
        if rig.taking.is_over:
            return
    while any(isinstance(it, Feed) for it in rig.child.sent):
        rig.hear()
    times = sorted([*rig.heard, *rig.gaps()])
    ends = [0.0, *(end for _, end in times)]
    assert [start for start, _ in times] == pytest.approx(ends[:-1])
    assert ends[-1] == pytest.approx(rig.fed)


def test_what_is_fed_in_a_pause_is_not_missed() -> None:
    rig = Rig(Piped())
    rig.feed()
    rig.hear()
    rig.feed()
    rig.taking.pause()
    rig.feed()
    rig.die()
    assert rig.gaps() == []


def test_devices_that_hang_are_given_more_time_each_time() -> None:
    """What hangs is left after three seconds, what is only slow is opened in the end."""
    rig = Rig((Device(Speaker.AGENT),))
    times = list[float]()
    for _ in range(5):
        times += [it.answer for it in rig.child.sent if isinstance(it, Open)]
        rig.die()
    assert times == [3.0, 6.0, 12.0, 12.0, 12.0]
