"""The whole ear, with its real processes: it tells what there is to tell, once, in order."""

import io
import subprocess
import sys
import threading
import time
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from callcoach.hearing.capture.files import read_recording
from callcoach.hearing.heard import Final, Partial, Result
from callcoach.hearing.signs import Level, Opened, Over, Said, Trouble
from callcoach.hearing.sound import BYTES, RATE, Piped, Recording
from callcoach.script.model import Speaker
from tests.hearing.listening import Listening, listening, tiny
from tests.hearing.process.waiting import is_gone, wait_for
from tests.hearing.recordings import LANGUAGES, SETS, engine
from tests.hearing.sounds import bare_results, spoken, write_wave

SLOW = "tests.hearing.slow_worker"


def bare(language: str, recording: Recording, channel: int) -> list[Result]:
    """Return what the recogniser alone hears in a voice of a file."""
    blocks = [block for block in read_recording(recording) if block.channel == channel]
    return bare_results(engine(language), b"".join(block.pcm for block in blocks))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_call_is_heard_as_by_the_bare_recogniser(language: str) -> None:
    call = Recording(str(SETS / language / "call-0.wav"), speed=0)
    with listening(call, language) as heard:
        heard.wait_over()
    for channel in (0, 1):
        results = [one.result for one in heard.said if one.channel == channel]
        assert results == bare(language, call, channel)
    assert len(heard.finals) > 4
    assert len(heard.threads) == 1
    assert isinstance(heard.signs[0], Opened)
    assert heard.signs[0].roles == (Speaker.AGENT, Speaker.CUSTOMER)
    assert isinstance(heard.signs[-1], Over)
    assert not heard.troubles(Trouble.DROPPED)


def test_one_that_is_played_is_heard_with_levels_and_little_delay(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", spoken("en"))
    with listening(Recording(str(file), speed=1.0)) as heard:
        heard.wait_over()
    assert heard.texts() == [
        one.text for one in bare_results(engine("en"), spoken("en")) if isinstance(one, Final)
    ]
    assert sum(isinstance(one, Level) for one in heard.signs) > 10
    assert all(one.lag >= 0 for one in heard.said)
    partials = [one.lag for one in heard.said if isinstance(one.result, Partial)]
    assert min(partials) < 1.0


def test_a_recording_with_the_same_on_both_sides_is_told_once(tmp_path: Path) -> None:
    pcm = b"".join(spoken("en", number) for number in range(6))
    file = write_wave(tmp_path / "a.wav", pcm, pcm)
    with listening(Recording(str(file), speed=0)) as heard:
        heard.wait_over()
    (told,) = heard.troubles(Trouble.SAME)
    assert "both sides" in told.told.message
    assert told.hint
    assert heard.texts(0) == heard.texts(1)


def test_nothing_is_opened_before_it_is_asked_for(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", spoken("en"))
    heard = Listening(Recording(str(file), speed=0), tiny("en"))
    wait_for(lambda: None not in heard.ear.processes, "both processes run")
    assert heard.signs == []
    heard.ear.open()
    heard.wait_over()
    heard.ear.close()


def test_raw_samples_of_another_program_are_all_heard() -> None:
    pcm = b"".join(spoken("en", number) for number in range(4))
    stream = io.BytesIO(pcm)
    with listening(Piped(RATE, 1), read=lambda size: stream.read(min(size, 777))) as heard:
        heard.wait_over()
    assert [one.result for one in heard.said] == bare_results(engine("en"), pcm)
    last = heard.signs[-1]
    assert isinstance(last, Over)
    assert last.at == pytest.approx(len(pcm) / BYTES / RATE, abs=0.01)


def test_what_another_program_writes_waits_until_it_is_heard() -> None:
    """A pipe is not read ahead for more than some seconds, however slow the recogniser is."""
    read = 0
    room = threading.Event()

    def endless(size: int) -> bytes:
        nonlocal read
        read += size
        return bytes(size) if not room.is_set() else b""

    with listening(Piped(RATE, 1), read=endless, recogniser=SLOW) as heard:
        wait_for(lambda: read > BYTES * RATE * 8, "it goes on")
        assert read < BYTES * RATE * 40
        assert not heard.troubles(Trouble.DROPPED)
        room.set()


def test_a_recogniser_that_is_too_slow_lets_the_oldest_go_and_says_so(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", bytes(BYTES * RATE * 120))
    with listening(Recording(str(file), speed=16.0), recogniser=SLOW) as heard:
        wait_for(lambda: len(heard.troubles(Trouble.DROPPED)) > 2, "sound is let go")
    # A recogniser that was replaced on a busy machine leaves older sound, which goes later.
    gone = sorted(heard.troubles(Trouble.DROPPED), key=lambda one: one.start)
    assert all(one.start < one.end for one in gone)
    assert all(one.end < other.start + 1 / RATE for one, other in pairwise(gone))


def test_what_was_said_before_a_pause_is_told_and_nothing_of_the_pause(tmp_path: Path) -> None:
    first, second, third = (spoken("en", number, pause=0.0) for number in range(3))
    file = write_wave(tmp_path / "a.wav", first + bytes(3200) + second + bytes(64000) + 4 * third)
    length = len(first) / BYTES / RATE
    begins = (len(first) + len(second) + 67200) / BYTES / RATE

    def pause(heard: Listening, sign: object) -> None:
        """Pause in the midst of the first sentence; go on when what followed has passed."""
        if isinstance(sign, Said) and not paused.is_set():
            paused.set()
            heard.ear.pause()

    paused = threading.Event()
    with listening(Recording(str(file), speed=2.0), also=pause) as heard:
        wait_for(lambda: heard.finals, "the beginning of the first is told")
        told, began = len(heard.signs), time.monotonic()
        wait_for(lambda: time.monotonic() - began > begins / 2, "the second has passed")
        assert not any(isinstance(one, Level) for one in heard.signs[told:])
        heard.ear.resume()
        heard.wait_over()
    ends = [one.result.end for one in heard.finals if isinstance(one.result, Final)]
    starts = [one.result.start for one in heard.finals if isinstance(one.result, Final)]
    assert ends[0] < length
    assert starts[1] > length + 1.0
    assert "".join(heard.texts()[1:])
    assert sum(isinstance(one, Opened) for one in heard.signs) == 2


def test_after_a_switch_what_is_being_said_is_heard_from_its_beginning(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", spoken("zh") + spoken("zh", 1))

    def switch(heard: Listening, sign: object) -> None:
        if isinstance(sign, Said) and not switched.is_set():
            switched.set()
            heard.ear.switch(tiny("zh"))

    switched = threading.Event()
    with listening(Recording(str(file), speed=0), "en", also=switch) as heard:
        heard.wait_over()
    wanted = bare_results(engine("zh"), spoken("zh") + spoken("zh", 1))
    assert heard.texts() == [one.text for one in wanted if isinstance(one, Final)]
    assert not heard.troubles(Trouble.RESTARTED)


def test_a_switch_to_what_cannot_be_loaded_goes_on_as_before(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", spoken("en") + spoken("en", 1))
    with listening(Recording(str(file), speed=4.0)) as heard:
        wait_for(lambda: heard.said, "something is heard")
        broken = replace(tiny("en"), folder=tmp_path)
        heard.ear.switch(broken)
        heard.wait_over()
    (told,) = heard.troubles(Trouble.RESTARTED)
    assert str(tmp_path) in told.told.message
    assert told.hint
    assert len(heard.finals) == 2


def test_a_model_that_cannot_be_loaded_is_told_and_nothing_is_listened_to(tmp_path: Path) -> None:
    file = write_wave(tmp_path / "a.wav", spoken("en"))
    heard = Listening(Recording(str(file), speed=1.0), replace(tiny("en"), folder=tmp_path))
    heard.ear.open()
    wait_for(lambda: heard.troubles(Trouble.FAILED), "it is told")
    wait_for(lambda: heard.ear.processes == (None, None), "both processes are gone")
    heard.ear.close()


def test_a_model_over_which_every_process_dies_is_given_up(tmp_path: Path) -> None:
    folder = tmp_path / "deadly"
    folder.mkdir()
    file = write_wave(tmp_path / "a.wav", spoken("en"))
    model = replace(tiny("en"), folder=folder)
    heard = Listening(Recording(str(file), speed=1.0), model, recogniser=SLOW)
    wait_for(lambda: heard.troubles(Trouble.FAILED), "it is told")
    heard.ear.close()
    assert len(heard.troubles(Trouble.RESTARTED)) == 4


def test_a_file_that_cannot_be_read_is_told_with_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    file.write_bytes(b"nothing that sounds")
    with listening(Recording(str(file), speed=0)) as heard:
        wait_for(lambda: heard.troubles(Trouble.FAILED), "it is told")
    (told,) = heard.troubles(Trouble.FAILED)
    assert "a.wav" in told.told.message
    assert told.hint


def test_what_was_on_its_way_is_told_before_it_closes(tmp_path: Path) -> None:
    pcm = spoken("en", pause=0.0)
    file = write_wave(tmp_path / "a.wav", pcm)
    with listening(Recording(str(file), speed=2.0)) as heard:
        wait_for(lambda: len(heard.said) > 2, "words are heard, but no end")
        assert not heard.finals
    assert len(heard.finals) == 1
    processes = heard.ear.processes
    assert processes == (None, None)
    told = len(heard.signs)
    heard.ear.close()
    assert len(heard.signs) == told


def test_closing_leaves_nothing_behind(tmp_path: Path) -> None:
    def left() -> tuple[int, int]:
        return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))

    file = write_wave(tmp_path / "a.wav", spoken("en"))
    before = left()
    with listening(Recording(str(file), speed=1.0)) as heard:
        wait_for(lambda: heard.said, "something is heard")
        processes = heard.ear.processes

    def is_as_before() -> bool:
        """Bear that what tests before this one have left may end meanwhile."""
        return all(now <= then for now, then in zip(left(), before, strict=True))

    wait_for(is_as_before, "threads and files are as before")
    for process in processes:
        assert process is not None
        wait_for(partial(is_gone, process), "the process is gone")


def test_what_recognises_and_records_stays_out_of_this_process() -> None:
    told = (
        "import sys, callcoach.hearing.supervised\n"
        "print({name.partition('.')[0] for name in sys.modules})\n"
    )
    words = [sys.executable, "-c", told]
    loaded = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    heavy = ("numpy", "soundfile", "soxr", "sounddevice", "soundcard", "vosk", "webrtcvad")
    assert not [name for name in heavy if f"'{name}'" in loaded]


def test_one_that_was_never_started_or_opened_closes() -> None:
    heard = Listening(Recording("none"), tiny("en"))
    heard.ear.close()
    assert heard.signs == []
