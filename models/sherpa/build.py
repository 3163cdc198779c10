"""Builds the tiny streaming models for sherpa-onnx: pieces, corpus, training, two folders."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic

from models.sherpa.corpus import make_corpus
from models.sherpa.export import write_ctc, write_decoder, write_encoder, write_joiner
from models.sherpa.net import array
from models.sherpa.pieces import BLANK, Pieces, count_words, learn_pieces
from models.sherpa.training import Progress, TinyNet, train
from models.tiny.corpus import PART
from models.tiny.package import size_of
from models.tiny.texts import Texts, texts_of

TRANSDUCER, CTC = "tiny-sherpa-{language}", "tiny-sherpa-ctc-{language}"
"""The folders of the two models: they hear by the same net, and write by another."""
BOLDNESS = 1.0
"""Nats by which a transducer is kept from writing nothing: it is not sure at which output to write,
and would rather not."""
_COUNTED = 4000
"""Sentences by which pieces are learnt."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work goes into the models."""

    parts: int
    """Of the corpus, about an hour each."""
    epochs: int
    width: int = 128
    """Of the net's hidden layers."""
    tokens: int = 320
    part: int = PART
    """Utterances in a part."""
    more_epochs: int = 8
    """With what is to be heard for certain, beside the last part."""


FULL = Effort(parts=6, epochs=24)
QUICK = Effort(parts=2, epochs=10)


def build(
    texts: Texts,
    certain: Sequence[str],
    folder: Path,
    effort: Effort,
    *,
    seed: int,
    jobs: int,
    report: Callable[[str], None],
) -> None:
    """Write both models of the words of `texts`, each to a folder within `folder`.

    The sentences in `certain`, whose words are among them, are learnt once more at the end: so
    small a net, without a grammar, hears little else word for word.
    """
    began = monotonic()

    def tell(done: str) -> None:
        report(f"{monotonic() - began:6.0f} s  {done}")

    def tell_epoch(progress: Progress) -> None:
        tell(
            f"epoch {progress.epoch}: CTC {progress.loss:.3f}, "
            f"transducer {progress.head_loss:.3f} nats per piece"
        )

    chance = Random(seed)
    counts = count_words((texts.draw(chance) for _ in range(_COUNTED)), texts.vocabulary)
    pieces = learn_pieces(counts, effort.tokens)
    tell(f"{len(texts.vocabulary)} words, {len(pieces.tokens)} tokens")
    with tempfile.TemporaryDirectory() as scratch:
        speak = partial(make_corpus, jobs=jobs, folder=Path(scratch), part=effort.part)
        corpus = speak(texts, pieces, effort.parts, seed=seed + 1)
        known = speak(texts_of(texts.language, certain), pieces, 1, seed=seed + 2)
    tell(f"{sum(len(each.features) for each in (*corpus, *known)) / 360_000:.1f} hours of speech")
    teach = partial(train, tokens=len(pieces.tokens), width=effort.width, report=tell_epoch)
    begun = teach(corpus, epochs=effort.epochs, seed=seed + 3)
    both = (*corpus[-len(known) :], *known)
    net = teach(both, epochs=effort.more_epochs, seed=seed + 4, begun=begun)
    transducer, ctc = (folder / name.format(language=texts.language) for name in (TRANSDUCER, CTC))
    write_models(net, pieces, transducer, ctc)
    for place in (transducer, ctc):
        tell(f"{place}: {size_of(place) / 1000:.0f} kB")


def write_models(net: TinyNet, pieces: Pieces, transducer: Path, ctc: Path) -> None:
    """Write both models, with the names of files that sherpa-onnx's project publishes."""
    layers, head = net.encoder.folded(), net.head
    for place in (transducer, ctc):
        place.mkdir(parents=True, exist_ok=True)
        (place / "tokens.txt").write_text(pieces.table(), encoding="utf-8")
    write_ctc(layers, array(net.output.weight), array(net.output.bias), ctc / "model.int8.onnx")
    (transducer / "bpe.vocab").write_text(pieces.vocabulary(), encoding="utf-8")
    write_encoder(
        layers, array(head.heard.weight), array(head.heard.bias), transducer / "encoder.int8.onnx"
    )
    write_decoder(
        array(head.embedding.weight),
        array(head.written.weight),
        array(head.written.bias),
        transducer / "decoder.int8.onnx",
    )
    bias = array(head.output.bias)
    bias[BLANK] -= BOLDNESS
    write_joiner(array(head.output.weight), bias, transducer / "joiner.int8.onnx")
