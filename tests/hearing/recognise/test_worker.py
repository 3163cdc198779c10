"""The recogniser's program, in a process of its own, with the real Vosk."""

import threading
from pathlib import Path

import pytest

from callcoach.hearing.heard import Final
from callcoach.hearing.process.child import Child, Ended
from callcoach.hearing.recognise.messages import (
    Done,
    Flush,
    Heard,
    Load,
    Ready,
    Report,
)
from callcoach.hearing.signs import Troubled
from callcoach.hearing.sound import Block
from callcoach.hearing.supervise.recognising import PROGRAM
from tests.hearing.process.waiting import BOUND
from tests.hearing.recordings import LANGUAGES, MODELS, engine
from tests.hearing.sounds import bare_results, blocks, spoken


def run(*orders: Load | Block | Flush) -> list[Report | Ended]:
    """Return everything that a process reports to some orders."""
    got: list[Report | Ended] = []
    over = threading.Event()

    def receive(report: Report | Ended) -> None:
        got.append(report)
        if isinstance(report, Ended):
            over.set()
        if sum(one.count for one in got if isinstance(one, Done)) == len(orders) - 1:
            child.close()

    child = Child[Report](PROGRAM, Report, receive)
    for order in orders:
        assert child.send(order)
    assert over.wait(BOUND)
    return got


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_hears_what_the_bare_recogniser_hears(language: str) -> None:
    pcm = spoken(language)
    load = Load("vosk", str(MODELS / f"tiny-{language}"))
    ready, *rest, ended = run(load, *blocks(pcm, channel=1), Flush(1))
    assert isinstance(ready, Ready)
    assert ended == Ended(0)
    heard = [one.result for one in rest if isinstance(one, Heard)]
    assert heard == bare_results(engine(language), pcm)
    assert sum(one.count for one in rest if isinstance(one, Done)) == len(list(blocks(pcm))) + 1
    assert {one.channel for one in rest if isinstance(one, Heard | Done)} == {1}


def test_two_voices_do_not_disturb_each_other() -> None:
    first, second = spoken("en", 0), spoken("en", 1)
    pairs = zip(blocks(first, channel=0), blocks(second, channel=1), strict=False)
    both = [one for pair in pairs for one in pair]
    got = run(Load("vosk", str(MODELS / "tiny-en")), *both, Flush(0), Flush(1))
    length = len(both) // 2
    for channel, pcm in enumerate((first, second)):
        cut = b"".join(one.pcm for one in list(blocks(pcm))[:length])
        heard = [one.result for one in got if isinstance(one, Heard) and one.channel == channel]
        assert heard == bare_results(engine("en"), cut)


def test_words_to_expect_reach_the_recogniser() -> None:
    load = Load("vosk", str(MODELS / "tiny-en"), ("monday", "tuesday"))
    got = run(load, *blocks(spoken("en")), Flush(0))
    finals = [one.result for one in got if isinstance(one, Heard) if isinstance(one.result, Final)]
    assert {word.text for final in finals for word in final.words} <= {"monday", "tuesday"}


def test_a_model_that_cannot_be_loaded_is_told_with_the_remedy(tmp_path: Path) -> None:
    failed, ended = run(Load("vosk", str(tmp_path)))
    assert isinstance(failed, Troubled)
    assert str(tmp_path) in failed.told.message
    assert failed.hint
    assert ended == Ended(0)
