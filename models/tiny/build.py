"""Builds a tiny model: texts, lexicon, corpus, training, graph, folder."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic

from models.tiny.corpus import PART, make_corpus
from models.tiny.grammar import bigram
from models.tiny.graph import word_numbers
from models.tiny.lexicon import learn_lexicon
from models.tiny.package import Parts, size_of, write_model
from models.tiny.phones import phone_set
from models.tiny.texts import Texts
from models.tiny.training import Progress, train


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work goes into a model."""

    parts: int
    """Of the corpus, about an hour each."""
    epochs: int
    width: int
    """Of the net's hidden layers."""
    grammar_sentences: int = 30_000
    rarest_pair: int = 2
    """Pairs of words seen less often are not in the grammar."""
    part: int = PART
    """Utterances in a part."""


FULL = Effort(parts=6, epochs=8, width=192)
QUICK = Effort(parts=1, epochs=5, width=128)


def build(
    texts: Texts,
    folder: Path,
    effort: Effort,
    *,
    seed: int,
    jobs: int,
    report: Callable[[str], None],
) -> None:
    """Write a model that knows the words of `texts` to `folder`; `report` is told what is done."""
    began = monotonic()

    def tell(done: str) -> None:
        report(f"{monotonic() - began:6.0f} s  {done}")

    def tell_epoch(progress: Progress) -> None:
        tell(
            f"epoch {progress.epoch} of {effort.epochs}: loss {progress.loss:.3f}, "
            f"right {progress.accuracy:.1%}"
        )

    phones = phone_set(texts.language)
    lexicon = learn_lexicon(texts, seed)
    tell(f"{len(lexicon)} words, {sum(map(len, lexicon.values()))} ways to say them")
    with tempfile.TemporaryDirectory() as scratch:
        corpus = make_corpus(texts, effort.parts, seed=seed + 1, jobs=jobs, folder=Path(scratch))
    tell(f"{corpus.hours:.1f} hours of speech")
    trained = train(
        corpus,
        len(phones.names),
        width=effort.width,
        epochs=effort.epochs,
        seed=seed + 2,
        report=tell_epoch,
    )
    chance = Random(seed + 3)
    grammar = bigram(
        (texts.draw(chance) for _ in range(effort.grammar_sentences)),
        word_numbers(tuple(lexicon)),
        effort.rarest_pair,
    )
    write_model(Parts(trained, phones, lexicon, grammar), folder)
    tell(f"{folder}: {size_of(folder) / 1000:.0f} kB")
