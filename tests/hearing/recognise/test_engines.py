"""A model's folder tells which recogniser it is for."""

import sys
from pathlib import Path

import pytest

from callcoach.errors import ModelError
from callcoach.hearing.recognise.engines import kind_of, load_engine
from callcoach.hearing.sound import RATE
from tests.hearing.recordings import MODELS


def test_the_kind_is_told_by_the_files(tmp_path: Path) -> None:
    assert kind_of(MODELS / "tiny-en") == "vosk"
    assert kind_of(tmp_path) == "vosk"
    (tmp_path / "tokens.txt").touch()
    assert kind_of(tmp_path) == "sherpa"


def test_a_model_is_loaded_by_its_kind() -> None:
    engine = load_engine("vosk", MODELS / "tiny-en")
    assert engine.recogniser(RATE).accept(bytes(3200)) == []


@pytest.mark.parametrize(("kind", "extra"), [("vosk", "speech"), ("sherpa", "sherpa")])
def test_a_recogniser_that_is_not_installed_is_told_with_the_remedy(
    kind: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"callcoach.hearing.{kind}", None)
    with pytest.raises(ModelError, match=f"callcoach\\[{extra}\\]"):
        load_engine(kind, MODELS / "tiny-en")
