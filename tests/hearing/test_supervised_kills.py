"""Whatever happens to its processes, the ear goes on: nothing is told twice, little is lost."""

import io
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from callcoach.hearing.heard import Final, Partial
from callcoach.hearing.signs import Opened, Said, Sign, Trouble
from callcoach.hearing.sound import BYTES, RATE, Device, Piped, Recording
from callcoach.script.model import Speaker
from tests.hearing.hanging_recorder import MARK
from tests.hearing.listening import Listening, listening
from tests.hearing.poison_worker import DEADLY, STUPEFYING
from tests.hearing.process.waiting import is_gone, wait_for
from tests.hearing.recordings import LANGUAGES, engine
from tests.hearing.sounds import bare_results, spoken, write_wave

PATIENCE = 0.8
"""Seconds; the less, the sooner the test is over."""
POISON = "tests.hearing.poison_worker"
KILLS = 25
"""Of each of the ears that are killed side by side."""
EARS = ("en", "zh", "en", "zh")
MEGABYTES = 10
"""By which this process may have grown between the fifth kill and the last."""


def finals(language: str, pcm: bytes) -> list[Final]:
    """Return what a recogniser hears that nobody kills."""
    return [one for one in bare_results(engine(language), pcm) if isinstance(one, Final)]


@dataclass
class Killer:
    """Kills the recogniser in the midst of every utterance, once."""

    kills: int = 0
    uttered: int = -1
    """Utterances that were over at the last kill."""
    pages: list[int] = field(default_factory=list)
    """Of memory, at every kill."""

    def __call__(self, heard: Listening, sign: Sign) -> None:
        process = heard.ear.processes[1]
        if not (isinstance(sign, Said) and isinstance(sign.result, Partial)) or process is None:
            return
        if len(heard.finals) > self.uttered and self.kills < KILLS:
            self.uttered = len(heard.finals)
            os.kill(process, signal.SIGSTOP if self.kills % 2 else signal.SIGSEGV)
            self.kills += 1
            self.pages.append(int(Path("/proc/self/statm").read_text().split()[1]))


def hear_through_kills(language: str, file: Path) -> tuple[Killer, Listening]:
    killer = Killer()
    wanted = Recording(str(file), speed=0)
    with listening(wanted, language, also=killer, patience=PATIENCE) as heard:
        wait_for(lambda: killer.kills == KILLS, "it is killed so often", bound=300)
        heard.wait_over()
    return killer, heard


def left() -> tuple[int, int]:
    return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))


def zombies() -> int:
    children = Path("/proc/self/task").glob("*/children")
    return sum(is_gone(int(child)) for file in children for child in file.read_text().split())


def is_same(one: Final, other: Final) -> bool:
    """Tell whether two recognisers heard the same utterance alike."""
    return one.text == other.text and abs(one.start - other.start) < 0.3


@pytest.mark.timeout(400)
def test_a_hundred_crashes_and_hangs_lose_no_more_than_an_utterance_each(tmp_path: Path) -> None:
    sounds = {
        language: b"".join(spoken(language, number % 6) for number in range(KILLS + 3))
        for language in LANGUAGES
    }
    files = {
        language: write_wave(tmp_path / f"{language}.wav", pcm) for language, pcm in sounds.items()
    }
    before = left()
    with ThreadPoolExecutor(len(EARS)) as pool:
        done = list(pool.map(lambda each: hear_through_kills(each, files[each]), EARS))
    wait_for(lambda: left() == before, "threads and files are as before")
    assert zombies() == 0
    for language, (killer, heard) in zip(EARS, done, strict=True):
        assert killer.kills == KILLS
        assert len(heard.troubles(Trouble.RESTARTED)) >= KILLS
        grown = (killer.pages[-1] - killer.pages[4]) * os.sysconf("SC_PAGE_SIZE") / 1e6
        assert grown < MEGABYTES
        told = [one.result for one in heard.finals if isinstance(one.result, Final)]
        assert all(one.end <= other.start for one, other in pairwise(told)), "none is told twice"
        wanted = finals(language, sounds[language])
        lost = [one for one in wanted if not any(is_same(one, other) for other in told)]
        assert len(lost) <= len(heard.troubles(Trouble.GAP))


def test_a_recogniser_dies_over_a_sound_twice_and_hears_the_rest(tmp_path: Path) -> None:
    before, after = spoken("en"), spoken("en", 1)
    file = write_wave(tmp_path / "a.wav", before + DEADLY + bytes(BYTES * RATE) + after)
    with listening(Recording(str(file), speed=0), recogniser=POISON) as heard:
        heard.wait_over()
    (gap,) = heard.troubles(Trouble.GAP)
    at = len(before) / BYTES / RATE
    assert gap.channel == 0
    assert gap.start < at < gap.end
    assert gap.end - gap.start < 1.0
    assert len(heard.troubles(Trouble.RESTARTED)) == 2
    assert heard.texts() == [one.text for pcm in (before, after) for one in finals("en", pcm)]


def test_a_sound_that_makes_it_hang_costs_no_more(tmp_path: Path) -> None:
    before, after = spoken("en"), spoken("en", 1)
    quiet = bytes(BYTES * RATE)
    sick = write_wave(
        tmp_path / "a.wav", before + STUPEFYING + quiet + after, before + bytes(200) + quiet + after
    )
    wanted = Recording(str(sick), speed=0)
    with listening(wanted, recogniser=POISON, patience=PATIENCE) as heard:
        heard.wait_over()
    texts = [one.text for pcm in (before, after) for one in finals("en", pcm)]
    assert heard.texts(0) == texts
    assert heard.texts(1) == texts, "the other voice is heard whole"
    assert {one.channel for one in heard.troubles(Trouble.GAP)} >= {0}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_of_a_file_nothing_is_lost_when_the_recorder_dies(number: int, tmp_path: Path) -> None:
    pcm = b"".join(spoken("en", each) for each in range(6)) * 4
    file = write_wave(tmp_path / "a.wav", pcm, pcm)
    killed = threading.Event()

    def kill(heard: Listening, sign: Sign) -> None:
        if isinstance(sign, Said) and not killed.is_set():
            killed.set()
            recorder = heard.ear.processes[0]
            assert recorder is not None
            os.kill(recorder, number)

    with listening(Recording(str(file), speed=0), also=kill, patience=PATIENCE) as heard:
        heard.wait_over()
    assert len(heard.troubles(Trouble.LOST)) == len(heard.troubles(Trouble.BACK)) == 1
    wanted = [one.text for one in finals("en", pcm)]
    assert heard.texts(0) == wanted
    assert heard.texts(1) == wanted


def test_a_recorder_that_dies_takes_up_the_call_at_its_true_time(tmp_path: Path) -> None:
    pcm = b"".join(spoken("en", each) for each in range(6)) * 2
    file = write_wave(tmp_path / "a.wav", pcm)
    killed = threading.Event()

    def kill(heard: Listening, sign: Sign) -> None:
        if isinstance(sign, Said) and isinstance(sign.result, Final) and not killed.is_set():
            killed.set()
            recorder = heard.ear.processes[0]
            assert recorder is not None
            os.kill(recorder, signal.SIGKILL)

    with listening(Recording(str(file), speed=4.0), also=kill) as heard:
        heard.wait_over()
    assert [type(one) for one in heard.signs].count(Opened) == 1
    assert len(heard.troubles(Trouble.LOST)) == len(heard.troubles(Trouble.BACK)) == 1
    wanted = {one.text: one.start for one in finals("en", pcm[len(pcm) // 2 :])}
    second = len(pcm) / 2 / BYTES / RATE
    late = [
        abs(one.result.start - second - wanted[one.result.text])
        for one in heard.finals
        if one.result.text in wanted and one.result.start > second
    ]
    assert late
    assert max(late) < 0.5


def test_a_pipe_goes_on_when_the_recorder_dies() -> None:
    pcm = b"".join(spoken("en", each) for each in range(6)) * 3
    stream = io.BytesIO(pcm)
    killed = threading.Event()

    def kill(heard: Listening, sign: Sign) -> None:
        if isinstance(sign, Said) and not killed.is_set():
            killed.set()
            recorder = heard.ear.processes[0]
            assert recorder is not None
            os.kill(recorder, signal.SIGKILL)

    with listening(Piped(RATE, 1), also=kill, read=stream.read) as heard:
        heard.wait_over()
    assert len(heard.troubles(Trouble.LOST)) == len(heard.troubles(Trouble.BACK)) == 1
    wanted = finals("en", pcm)
    told = [one.result for one in heard.finals if isinstance(one.result, Final)]
    assert is_same(told[-1], wanted[-1])
    lost = [one for one in wanted if not any(is_same(one, other) for other in told)]
    assert len(lost) < 5
    gaps = heard.troubles(Trouble.GAP)
    assert all(any(one.start < gap.end and gap.start < one.end for gap in gaps) for one in lost)


def test_a_recorder_that_dies_in_a_pause_opens_nothing_before_its_end(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", spoken("en") * 6)
    with listening(Recording(str(file), speed=2.0)) as heard:
        wait_for(lambda: heard.said, "something is heard")
        heard.ear.pause()
        wait_for(lambda: heard.finals, "what was said is told")
        recorder = heard.ear.processes[0]
        assert recorder is not None
        os.kill(recorder, signal.SIGKILL)
        wait_for(lambda: heard.ear.processes[0] not in (None, recorder), "there is another")
        began = time.monotonic()
        wait_for(lambda: time.monotonic() - began > 1.0, "it had time to open something")
        assert not heard.troubles(Trouble.BACK)
        heard.ear.resume()
        heard.wait_over()
    assert sum(isinstance(one, Opened) for one in heard.signs) == 2
    assert len(heard.finals) > 1


def test_a_driver_that_hangs_as_it_is_opened_is_left_soon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No order is 15 seconds old by then: the process ends by itself, and another one opens."""
    monkeypatch.setenv(MARK, str(tmp_path / "hung"))
    wanted = (Device(Speaker.AGENT),)
    with listening(wanted, recorder="tests.hearing.hanging_recorder", logs=tmp_path) as heard:
        wait_for(lambda: heard.troubles(Trouble.LOST), "the process is left")
        wait_for(lambda: heard.has(Opened), "another one has opened it")
    assert b"Timeout (0:00:03)" in (tmp_path / "capture.log").read_bytes()


def test_a_recogniser_that_answers_what_it_was_not_asked_is_replaced(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", spoken("en"))
    with listening(Recording(str(file)), recogniser="tests.hearing.lying_worker") as heard:
        wait_for(lambda: len(heard.troubles(Trouble.RESTARTED)) > 1, "it is replaced")


def test_both_processes_end_when_this_one_is_killed(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", spoken("en") * 20)
    program = (
        "import sys, time\n"
        "from callcoach.hearing.sound import Recording\n"
        "from tests.hearing.listening import listening\n"
        "with listening(Recording(sys.argv[1])) as heard:\n"
        "    while not heard.said:\n"
        "        time.sleep(0.01)\n"
        "    sys.stdout.write('%d %d\\n' % heard.ear.processes)\n"
        "    sys.stdout.flush()\n"
        "    time.sleep(3600)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    words = [sys.executable, "-c", program, str(file)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout
        recorder, recogniser = map(int, parent.stdout.readline().split())
        os.kill(recogniser, signal.SIGSTOP)
        parent.kill()
    wait_for(lambda: is_gone(recorder) and is_gone(recogniser), "both are gone")
