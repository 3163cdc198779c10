"""The builder makes models that sherpa-onnx hears by; needs libespeak-ng, torch and onnx."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

from callcoach.hearing.sherpa import SherpaEngine
from models.tiny.package import size_of
from models.tiny.texts import texts_of

pytestmark = pytest.mark.builder
SAID = ("good morning", "no thank you", "call me on monday")


@pytest.mark.timeout(600)
def test_both_models_are_built_and_load(tmp_path: Path) -> None:
    from models.sherpa.build import CTC, TRANSDUCER, Effort, build  # torch and onnx: here only

    told: list[str] = []
    effort = Effort(1, 3, width=32, tokens=40, part=60, more_epochs=2)
    build(texts_of("en", SAID), SAID, tmp_path, effort, seed=3, jobs=1, report=told.append)
    assert len(told) == 2 + 3 + 2 + 2
    for name in (TRANSDUCER, CTC):
        folder = tmp_path / name.format(language="en")
        assert size_of(folder) < 250_000
        recogniser = SherpaEngine(folder).recogniser(16_000)
        assert [*recogniser.accept(bytes(32_000)), *recogniser.finish()] == []


def test_what_is_written_computes_what_was_trained(tmp_path: Path) -> None:
    """A CTC model of chance weights writes the same pieces as its net, chunk by chunk."""
    import torch

    from models.sherpa.build import write_models
    from models.sherpa.fbank import SILENT, fbank
    from models.sherpa.net import AHEAD, BEHIND
    from models.sherpa.pieces import learn_pieces
    from models.sherpa.training import TinyNet, spikes

    torch.manual_seed(4)
    pieces = learn_pieces({"good": 3, "morning": 2}, 20)
    net = TinyNet(48, len(pieces.tokens)).eval()
    write_models(net, pieces, tmp_path / "transducer", tmp_path / "ctc")
    chance = np.random.default_rng(5)
    sound = (chance.standard_normal(32_000) * 2000).round()
    recogniser = SherpaEngine(tmp_path / "ctc").recogniser(16_000)
    texts = [getattr(it, "text", "") for it in recogniser.accept(sound.astype("<i2").tobytes())]
    frames = np.zeros((1, BEHIND + 200 + AHEAD, 80), np.float32)
    frames[0, BEHIND : BEHIND + 200] = fbank(sound)[:200] - SILENT
    with torch.no_grad():
        scores = net(torch.from_numpy(frames))[1][0].numpy()
    written = "".join(pieces.tokens[token] for _, token in spikes(scores))
    assert "".join(written.replace("▁", "").split()).startswith(
        "".join("".join(texts[-1:]).split())[:40] or "?"
    )


def test_places_keep_the_order_of_the_pieces() -> None:
    from models.sherpa.transducer import places

    chance = Random(6)
    for _ in range(200):
        tokens = np.array([chance.randint(1, 5) for _ in range(chance.randint(0, 9))], np.int64)
        chances = np.random.default_rng(chance.randint(0, 99)).random((chance.randint(1, 12), 6))
        due = places(chances.astype(np.float32), tokens)
        written = [token for token in due if token]
        assert written == list(tokens) or len(tokens) > len(chances)
