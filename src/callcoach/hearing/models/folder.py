"""Looks at a speech model's folder before a recogniser does, which tells no file and may crash.

What Vosk reads is set out in its `src/model.cc`: two layouts, a graph that is whole (`HCLG.fst`)
or in two parts (`HCLr.fst` and `Gr.fst`, whose words can be set at run time), and its words in a
file unless the graph carries them.
"""

import os
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from callcoach.errors import Told
from callcoach.hearing.models.sherpa_folder import TOKENS, read_folder
from callcoach.hearing.models.unfit import UnfitModel as UnfitModel

_FST_MAGIC = 2125659606
_FST_OUTPUT_SYMBOLS = 2
"""The flag in the head of a graph that carries its words (OpenFst, `fst/fst.h`)."""
_MOST_TYPE = 256
"""Bytes; the names of a graph's types are shorter."""
_IVECTOR = (
    *("ivector/splice.conf", "ivector/online_cmvn.conf", "ivector/final.mat"),
    *("ivector/global_cmvn.stats", "ivector/final.dubm"),
)
_DEFAULT_RATE = 16_000
_TELEPHONE_RATE = 8_000


@dataclass(frozen=True, slots=True)
class Examined:
    """What a model's files say of it."""

    rate: int
    """Samples a second that it was made for."""
    takes_words: bool
    """Its words can be set at run time."""
    notes: tuple[Told, ...]
    """What works, and is worth knowing."""


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the files are."""

    net: str
    settings: str | None
    features: str
    graph: str


_NEW = _Layout("am/final.mdl", "conf/model.conf", "conf/mfcc.conf", "graph/")
_OLD = _Layout("final.mdl", None, "mfcc.conf", "")
NETS = (_NEW.net, _OLD.net, TOKENS)
"""A file that every model has: Vosk's in either layout, or sherpa-onnx's."""


def examine(folder: Path) -> Examined:
    """Return what a folder's files say of the model in it.

    Raises `UnfitModel`, naming the file, where its recogniser could not use it.
    """
    if not folder.is_dir():
        raise UnfitModel("there is no folder {folder}", folder=folder)
    if (folder / TOKENS).is_file():
        return Examined(_DEFAULT_RATE, read_folder(folder).takes_words, ())
    return _examine_vosk(folder)


def _examine_vosk(folder: Path) -> Examined:
    layout = _OLD if (folder / _OLD.net).is_file() else _NEW
    if (folder / _NEW.net).is_file():
        layout = _NEW
    _require(folder, layout.net, layout.features)
    if layout.settings:
        _require(folder, layout.settings)
        if "endpoint.silence-phones" not in _options(folder / layout.settings):
            # Measured: Vosk 0.3.45 ends the process at the first sound.
            raise UnfitModel(
                "{file} does not name --endpoint.silence-phones; Vosk would crash",
                "use a model as it is published",
                file=folder / layout.settings,
            )
    if (folder / "ivector/final.ie").is_file():
        _require(folder, *_IVECTOR)
    is_whole = (folder / f"{layout.graph}HCLG.fst").is_file()
    graphs = ("HCLG.fst",) if is_whole else ("HCLr.fst", "Gr.fst")
    _require(folder, *(f"{layout.graph}{name}" for name in graphs))
    if not is_whole:
        _require(folder, f"{layout.graph}disambig_tid.int")
    flags = [_flags(folder / f"{layout.graph}{name}") for name in graphs]
    if not flags[-1] & _FST_OUTPUT_SYMBOLS:
        _require(folder, f"{layout.graph}words.txt")
    features = _options(folder / layout.features)
    rate = _rate(features.get("sample-frequency", ""))
    notes = tuple(_notes(folder, layout, rate, features.get("allow-upsample") == "true"))
    return Examined(rate, not is_whole, notes)


def _require(folder: Path, *names: str) -> None:
    """Raise `UnfitModel` for the first file that is not there."""
    for name in names:
        if not (folder / name).is_file():
            raise UnfitModel(
                "{folder} is no speech model for Vosk: {file} is missing",
                "name the folder that holds am, conf and graph, or install the model anew",
                folder=folder,
                file=name,
            )


def _options(file: Path) -> dict[str, str]:
    """Return the options of a configuration, `--name=value` in each line."""
    text = file.read_text(encoding="utf-8", errors="replace")
    return dict(re.findall(r"^\s*--([\w.-]+)=(\S*)", text, re.MULTILINE))


def _rate(written: str) -> int:
    """Return a rate in Hz; Kaldi's default where none is written."""
    try:
        return int(float(written)) or _DEFAULT_RATE
    except ValueError:
        return _DEFAULT_RATE


def _flags(graph: Path) -> int:
    """Return the flags in a graph's head. Raises `UnfitModel` where it is no graph."""
    with graph.open("rb") as stream:
        head = stream.read(2 * _MOST_TYPE)
    try:
        (magic,) = struct.unpack_from("<i", head)
        at = 4
        for _ in range(2):  # the type of graph and that of its arcs
            (length,) = struct.unpack_from("<i", head, at)
            at += 4 + max(length, 0)
        _, flags = struct.unpack_from("<ii", head, at)
    except struct.error:
        magic, flags = 0, 0
    if magic != _FST_MAGIC:
        raise UnfitModel(
            "{file} is no graph that Vosk can read", "install the model anew", file=graph
        )
    return int(flags)


def _notes(folder: Path, layout: _Layout, rate: int, upsamples: bool) -> Iterator[Told]:
    if rate > _TELEPHONE_RATE and not upsamples:
        yield Told(
            "{file} lacks --allow-upsample=true: telephone recordings of 8 kHz must be brought to"
            " {rate} Hz first, as callcoach does",
            file=layout.features,
            rate=rate,
        )
    if os.name == "nt" and not str(folder).isascii():
        # alphacep/vosk-api, issue 1072.
        yield Told(
            "on Windows, Vosk cannot read a folder whose path has letters beyond A to Z: set"
            " another one with callcoach config set models PATH"
        )
