"""Puts a model folder together as Vosk reads it, with a grammar that can be changed at run time."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.tiny.acoustics import acoustic_model
from models.tiny.compressed import Precision
from models.tiny.fst import Fst, Order
from models.tiny.graph import PlacedPhones, lexicon_graph, word_numbers
from models.tiny.lexicon import Lexicon
from models.tiny.mfcc import configuration
from models.tiny.phones import SILENCE, PhoneSet

if TYPE_CHECKING:
    from models.tiny.training import Trained  # torch is not needed to write files

SILENCE_FAVOUR = 0.05
"""What the prior of silence is multiplied by; below 1 it keeps words out of noise."""
_LEAST_PRIOR = 1e-4
_SETTINGS = """\
--min-active=200
--max-active=3000
--beam=12.0
--lattice-beam=6.0
--acoustic-scale=0.5
--frame-subsampling-factor=3
--frames-per-chunk=21
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=0.75
--endpoint.rule4.min-trailing-silence=1.0
"""
"""Without silence phones Vosk aborts; with its own acoustic scale of 0.1 it hears little."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a model is made of."""

    trained: "Trained"
    phones: PhoneSet
    lexicon: Lexicon
    grammar: Fst


def write_model(parts: Parts, folder: Path, precision: Precision = Precision.BYTE) -> None:
    """Write the files of a model; those of the same names are replaced."""
    placed, words = PlacedPhones(parts.phones), word_numbers(tuple(parts.lexicon))
    priors = np.maximum(parts.trained.priors, _LEAST_PRIOR)
    priors[parts.phones.numbers[SILENCE]] *= SILENCE_FAVOUR
    priors = priors / priors.sum()
    acoustic = acoustic_model(placed.outputs, parts.trained.net.folded(), priors, precision)
    graph = lexicon_graph(parts.lexicon, words, placed).written(Order.OUTPUT)
    grammar = parts.grammar.written(Order.BOTH)
    write_files(folder, model_files(acoustic, graph, grammar, words, placed))


def model_files(
    acoustic: bytes, graph: bytes, grammar: bytes, words: Mapping[str, int], placed: PlacedPhones
) -> Mapping[str, bytes]:
    """Return the files of a model: their names within its folder, and what is in them."""
    listed = "".join(f"{word} {number}\n" for word, number in {"<eps>": 0, **words}.items())
    # The file must be there; it may list a label that no arc has.
    no_symbols = f"{2 * len(placed.names) + 1}\n"
    return {
        "am/final.mdl": acoustic,
        "conf/mfcc.conf": configuration().encode(),
        "conf/model.conf": _SETTINGS.encode(),
        "graph/HCLr.fst": graph,
        "graph/Gr.fst": grammar,
        "graph/words.txt": listed.encode(),
        "graph/disambig_tid.int": no_symbols.encode(),
        "graph/phones/word_boundary.int": placed.boundaries().encode(),
    }


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder, which is made where it is missing."""
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def size_of(folder: Path) -> int:
    """Return how many bytes the files of a model have."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
