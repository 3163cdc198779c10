"""The builder makes a model that hears what it was built for; needs libespeak-ng and torch."""

from pathlib import Path

import pytest
from vosk import Model, SetLogLevel

from models.tiny.corpus import make_corpus
from models.tiny.package import size_of
from models.tiny.score import decode
from models.tiny.speech import Manner, SpeechError, say
from models.tiny.texts import texts_of
from models.tiny.wav import write_wav

pytestmark = pytest.mark.builder
SAID = ("good morning", "i can pay on friday", "no thank you", "call me on monday please")
"""So few that a net learns them within a minute."""


@pytest.mark.timeout(600)
def test_a_model_hears_its_own_sentences(tmp_path: Path) -> None:
    from models.tiny.build import Effort, build  # torch is installed for this test only

    SetLogLevel(-1)
    told: list[str] = []
    effort = Effort(2, 8, width=48, grammar_sentences=500, rarest_pair=1, part=200)
    build(texts_of("en", SAID), tmp_path, effort, seed=3, jobs=1, report=told.append)
    assert size_of(tmp_path) < 200_000
    assert len(told) == 2 + effort.epochs + 1
    model = Model(str(tmp_path))
    for sentence in SAID:
        path = tmp_path / "said.wav"
        write_wav(path, [say(sentence, Manner("en-us")).samples], 16000)
        assert " ".join(word.word for word in decode(model, path)) == sentence


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_corpus_is_the_same_whatever_the_number_of_processes(jobs: int, tmp_path: Path) -> None:
    said = texts_of("en", SAID)
    once = make_corpus(said, 2, seed=1, jobs=1, folder=tmp_path, part=12)
    again = make_corpus(said, 2, seed=1, jobs=jobs, folder=tmp_path, part=12)
    assert (once.features == again.features).all()
    assert (once.labels == again.labels).all()


def test_a_voice_that_there_is_not_is_named() -> None:
    with pytest.raises(SpeechError, match="en-moon"):
        say("good morning", Manner("en-moon"))
