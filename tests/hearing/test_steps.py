"""A recogniser is asked whenever it may have got on, and seldom when it has not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.recogniser import Recogniser
from callcoach.hearing.steps import Steps, read_step
from tests.hearing.recordings import LANGUAGES, MODELS, engine, sentence

PIECE = 4


@given(
    every=st.integers(1, 60),
    first=st.integers(0, 59),
    changes=st.lists(st.booleans(), min_size=1, max_size=80),
)
def test_it_is_asked_after_every_piece_in_which_it_got_on(
    every: int, first: int, changes: list[bool]
) -> None:
    steps, at = Steps(every, PIECE), 0
    for change in changes * 3:
        gets_on = any((frame - first) % every == 0 for frame in range(at, at + PIECE))
        is_asked = steps.pass_by()
        assert is_asked or not gets_on
        if gets_on and change:
            steps.saw_change()
        at += PIECE


def test_once_its_times_are_known_it_is_asked_once_a_step_or_so() -> None:
    steps, asked = Steps(21, PIECE), 0
    for piece in range(1000):
        gets_on = any((frame - 14) % 21 == 0 for frame in range(PIECE * piece, PIECE * (piece + 1)))
        is_asked = steps.pass_by()
        asked += is_asked
        if gets_on:
            steps.saw_change()
    assert asked < 1.2 * 1000 * PIECE / 21


def test_where_words_change_at_other_times_nothing_is_believed() -> None:
    steps = Steps(21, PIECE)
    for _ in range(3):
        assert steps.pass_by()
        steps.saw_change()
        while not steps.pass_by():
            pass
        steps.forget()


@pytest.mark.parametrize("language", LANGUAGES)
def test_asking_seldom_tells_the_same_as_asking_always(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [sentence(language, number) for number in range(6)]
    pcm = b"".join(one.pcm + bytes(2 * one.rate) for one in sentences)

    def hear() -> list[object]:
        recogniser: Recogniser = engine(language).recogniser(sentences[0].rate)
        return [*recogniser.accept(pcm), *recogniser.finish()]

    seldom = hear()
    monkeypatch.setattr(Steps, "pass_by", lambda _steps: True)
    assert hear() == seldom
    assert len(seldom) > 20


@pytest.mark.parametrize(
    ("written", "step"),
    [
        ("", 20),
        ("--frame-subsampling-factor=3", 21),
        ("--frames-per-chunk=51\n--frame-subsampling-factor=3\n", 51),
        ("--frames-per-chunk=a\n", 20),
        ("--frames-per-chunk=0\n", 1),
    ],
)
def test_how_much_is_decoded_at_once_stands_in_the_model(
    written: str, step: int, tmp_path: Path
) -> None:
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "model.conf").write_text(written, encoding="utf-8")
    assert read_step(tmp_path) == step


def test_a_model_without_settings_has_the_usual() -> None:
    assert read_step(MODELS / "none") == 20
