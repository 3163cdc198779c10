"""Many recordings: each is heard, dead or hanging processes cost one try, and none is left."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from callcoach.errors import ModelError
from callcoach.hearing.batch.batch import Batch, NotTranscribed, Outcome, Ticket, Transcribed
from callcoach.hearing.batch.crew import PROGRAM, Crew
from callcoach.hearing.capture.files import read_recording
from callcoach.hearing.heard import Final
from callcoach.hearing.recognise.messages import Load
from callcoach.hearing.recognise.voice_line import VoiceLine
from callcoach.hearing.sound import RATE, Recording
from callcoach.hearing.transcribing.transcript import utterances
from callcoach.script.model import Speaker
from tests.hearing.batch import faulty
from tests.hearing.recordings import MODELS, SETS, engine

AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER
SOON = 30.0


@contextmanager
def crew(
    folder: str = "", most: int = 2, program: str = faulty.__name__, patience: float = 60.0
) -> Iterator[Crew[Ticket]]:
    """Yield processes, and see to it that none is left."""
    made: Crew[Ticket] = Crew(Load("vosk", folder), most, None, program, patience)
    started: set[int] = set()
    try:
        yield made
    finally:
        started |= set(made.ids)
        made.close()
    until = time.monotonic() + SOON
    while any(map(_runs, started)):
        assert time.monotonic() < until


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except OSError:
        return False
    return True


def outcomes(batch: Batch) -> Mapping[str, Outcome]:
    """Return what becomes of everything in a batch, by the name of the recording."""
    found: dict[str, Outcome] = {}
    until = time.monotonic() + SOON
    while not batch.is_done:
        assert time.monotonic() < until
        for one in batch.step(0.1):
            name = Path(one.recording.path).name
            assert name not in found
            found[name] = one
            heard, seconds = batch.seconds
            assert 0 <= heard <= seconds
    return found


def transcribed(*paths: Path, patience: float = 60.0) -> Mapping[str, Outcome]:
    """Return what becomes of recordings where the faulty worker hears."""
    with crew(patience=patience) as processes:
        batch = Batch(processes, "model", "en")
        for path in paths:
            batch.add(Recording(str(path)))
        return outcomes(batch)


def test_voices_are_put_together_in_order(tmp_path: Path) -> None:
    found = transcribed(*(tmp_path / f"{name}.wav" for name in "abcde"))
    assert sorted(found) == ["a.wav", "b.wav", "c.wav", "d.wav", "e.wav"]
    for name, one in found.items():
        assert isinstance(one, Transcribed)
        read = one.transcript
        assert (read.file, read.seconds, read.channels) == (name, 10.0, (AGENT, CUSTOMER))
        stem = name[0]
        assert [it.text for it in read.utterances] == [f"{stem}-1", f"{stem}-0"]


@pytest.mark.parametrize("when", ["look", "hear"])
def test_what_a_process_dies_over_is_tried_once_more(tmp_path: Path, when: str) -> None:
    names = ("a.wav", f"{when}-once.wav", f"{when}-always.wav", "b.wav")
    found = transcribed(*(tmp_path / name for name in names))
    kinds = {name: type(one) for name, one in found.items()}
    assert kinds == {
        "a.wav": Transcribed,
        "b.wav": Transcribed,
        f"{when}-once.wav": Transcribed,
        f"{when}-always.wav": NotTranscribed,
    }
    once = found[f"{when}-once.wav"]
    assert isinstance(once, Transcribed)
    assert len(once.transcript.utterances) == 2, "nothing of the first try is left"
    broken = found[f"{when}-always.wav"]
    assert isinstance(broken, NotTranscribed)
    assert "broke down twice" in broken.error.message
    assert broken.error.exit_code == 6


def test_a_process_that_hangs_is_replaced(tmp_path: Path) -> None:
    names = ("hang-hear-once.wav", "b.wav")
    found = transcribed(*(tmp_path / name for name in names), patience=8.0)
    assert {type(one) for one in found.values()} == {Transcribed}


def test_what_is_no_sound_or_breaks_off_is_told(tmp_path: Path) -> None:
    found = transcribed(tmp_path / "refused.wav", tmp_path / "cut.wav", tmp_path / "a.wav")
    refused = found["refused.wav"]
    assert isinstance(refused, NotTranscribed)
    assert refused.error.message.endswith("refused.wav is no sound")
    cuts = [one.transcript.is_cut for one in found.values() if isinstance(one, Transcribed)]
    assert sorted(cuts) == [False, True]


@pytest.mark.parametrize(
    ("folder", "told"), [("dies", "breaks down while it is loaded"), ("refuses", "no good: bad")]
)
def test_a_model_that_cannot_be_loaded_ends_the_run(tmp_path: Path, folder: str, told: str) -> None:
    with crew(folder) as processes:
        batch = Batch(processes, "model", "en")
        batch.add(Recording(str(tmp_path / "a.wav")))
        with pytest.raises(ModelError) as caught:
            outcomes(batch)
    assert told in caught.value.message


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_are_those_that_the_recogniser_hears_by_itself(language: str) -> None:
    file = str(SETS / language / "call-1.wav")
    with crew(str(MODELS / f"tiny-{language}"), program=PROGRAM) as processes:
        batch = Batch(processes, "tiny", language)
        batch.add(Recording(file, speed=0))
        (one,) = outcomes(batch).values()
    assert isinstance(one, Transcribed)
    said = [
        (role, list(_bare(language, file, number))) for number, role in enumerate((AGENT, CUSTOMER))
    ]
    assert one.transcript.utterances == utterances(said)
    assert len(one.transcript.utterances) >= 4


def _bare(language: str, file: str, channel: int) -> Iterator[Final]:
    """Yield what a channel says, heard in one go."""
    line = VoiceLine(engine(language).recogniser(RATE))
    pieces = [it for it in read_recording(Recording(file)) if it.channel == channel]
    results = [result for piece in pieces for result in line.accept(piece)]
    yield from (it for it in (*results, *line.flush()) if isinstance(it, Final))


def test_real_files_that_cannot_be_heard_are_told_by_name(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.wav"
    wrong.write_bytes(b"no sound at all" * 99)
    with crew(str(MODELS / "tiny-en"), program=PROGRAM) as processes:
        batch = Batch(processes, "tiny", "en")
        batch.add(Recording(str(wrong)))
        batch.add(Recording(str(tmp_path / "missing.wav")))
        batch.add(Recording(str(SETS / "en" / "call-1.wav"), (AGENT,)))
        found = outcomes(batch)
    errors = {name: one.error for name, one in found.items() if isinstance(one, NotTranscribed)}
    assert set(errors) == {"wrong.wav", "missing.wav", "call-1.wav"}
    assert all(name in error.message and error.hint for name, error in errors.items())
