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
    steps, at, has_changed = Steps(every, PIECE), 0, False
    for change in changes * 3:
        gets_on = any((frame - first) % every == 0 for frame in range(at, at + PIECE))
        has_changed |= gets_on and change
        is_asked = steps.pass_by()
        assert is_asked or not gets_on
        if is_asked:
            steps.saw(change=has_changed)
            has_changed = False
        at += PIECE


@given(every=st.integers(1, 60), first=st.integers(0, 59), waits=st.lists(st.booleans()))
def test_what_it_did_is_asked_for_later_where_that_has_to_wait(
    every: int, first: int, waits: list[bool]
) -> None:
    steps, at, has_got_on = Steps(every, PIECE), 0, False
    for is_put_off in [*waits, False]:
        has_got_on |= any((frame - first) % every == 0 for frame in range(at, at + PIECE))
        is_asked = steps.pass_by()
        assert is_asked or not has_got_on
        if is_asked and not is_put_off:
            steps.saw(change=has_got_on)
            has_got_on = False
        at += PIECE


def test_once_its_times_are_known_it_is_asked_once_a_step_or_so() -> None:
    steps, asked = Steps(21, PIECE), 0
    for piece in range(1000):
        gets_on = any((frame - 14) % 21 == 0 for frame in range(PIECE * piece, PIECE * (piece + 1)))
        if steps.pass_by():
            asked += 1
            steps.saw(change=gets_on)
    assert asked < 1.2 * 1000 * PIECE / 21


def test_where_words_change_at_other_times_nothing_is_believed() -> None:
    steps = Steps(21, PIECE)
    for _ in range(3):
        assert steps.pass_by()
        steps.saw(change=True)
        while not steps.pass_by():
            pass
        steps.forget()


@pytest.mark.parametrize("language", LANGUAGES)
def test_asking_seldom_tells_the_same_as_asking_always(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [sentence(language, number) for number in range(6)]
    pcm = b"".join(one.pcm + bytes(2 * one.rate) for one in sentences)

    def hear() -> list[tuple[type, str, float]]:
        recogniser: Recogniser = engine(language).recogniser(sentences[0].rate)
        results = [*recogniser.accept(pcm), *recogniser.finish()]
        return [(type(result), result.text, result.at) for result in results]

    seldom = hear()
    monkeypatch.setattr(Steps, "pass_by", lambda _steps: True)
    assert hear() == seldom  # where a word begins may differ by a frame
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
