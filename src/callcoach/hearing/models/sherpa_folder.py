"""Looks at a folder of a streaming model for sherpa-onnx, which ends the process on a wrong one.

Files are found by the names under which the project publishes them. What a file says of itself
tells a streaming model from one that only hears whole recordings (sherpa-onnx: csrc/online-*.cc).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from callcoach.hearing.models.onnx import NoOnnx, metadata_of
from callcoach.hearing.models.unfit import UnfitModel

TOKENS = "tokens.txt"
"""The file that every model of sherpa-onnx has, and none of Vosk."""
PIECES = "bpe.vocab"
"""How words are cut into the tokens of a model that writes pieces of words; many lack it."""
_PART = "▁"
"""Begins a token that begins a word, in a model that writes pieces of words."""
_HAN = re.compile("[\u3400-\u9fff]")
_CAPITAL, _SMALL = re.compile("[A-Z]"), re.compile("[a-z]")
_BLANKS = frozenset(("<blk>", "<eps>", "<blank>"))
"""The token that writes nothing: without one, sherpa-onnx ends the process."""
_SPECIAL = re.compile(r"<\S+>")
"""A token that is never written, such as `<blk>`."""
_WENET_CHUNK = 16
"""Outputs that sherpa-onnx has a WeNet model write at a time."""


class Form(StrEnum):
    """How a model is built, which says how sherpa-onnx is to load it."""

    TRANSDUCER = "transducer"
    NEMO_TRANSDUCER = "nemo transducer"
    ZIPFORMER_CTC = "zipformer ctc"
    NEMO_CTC = "nemo ctc"
    WENET_CTC = "wenet ctc"


@dataclass(frozen=True, slots=True)
class SherpaModel:
    """A streaming model, and its files."""

    form: Form
    nets: tuple[Path, ...]
    """One; or the encoder, the decoder and the joiner."""
    tokens: Path
    pieces: Path | None
    """What cuts words into tokens, where there is such a file."""
    window: float
    """Seconds of sound that the net takes in at a time: it may be so late."""

    unit: str
    """Of what words are made, as sherpa-onnx calls it: `bpe`, `cjkchar` or `cjkchar+bpe`."""
    is_in_capitals: bool
    """It writes English in capital letters only, and wants to be told words so."""

    @property
    def takes_words(self) -> bool:
        """Tell whether words to expect can be named to it."""
        return self.form is Form.TRANSDUCER and (self.unit == "cjkchar" or self.pieces is not None)


def read_folder(folder: Path) -> SherpaModel:
    """Return the model in a folder. Raises `UnfitModel`, naming the file, where there is none."""
    tokens, pieces = folder / TOKENS, folder / PIECES
    written = _SPECIAL.sub("", _read_tokens(tokens))
    encoder = _find(folder, "encoder")
    if encoder is None:
        nets: tuple[Path, ...] = (_single(folder),)
        form, window = _of_single(nets[0], _metadata(nets[0]))
    else:
        nets = (encoder, *(_need(folder, part) for part in ("decoder", "joiner")))
        for net in nets[1:]:
            _metadata(net)
        form, window = _of_encoder(encoder, _metadata(encoder))
    units = (("cjkchar", _HAN.search(written)), ("bpe", _PART in written))
    return SherpaModel(
        form,
        nets,
        tokens,
        pieces if pieces.is_file() else None,
        window,
        "+".join(unit for unit, is_so in units if is_so) or "cjkchar",
        bool(_CAPITAL.search(written)) and not _SMALL.search(written),
    )


def _read_tokens(file: Path) -> str:
    """Return a table of tokens. Raises `UnfitModel` for one that would end the process."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnfitModel(
            "{file} cannot be read: {why}", "install the model anew", file=file, why=error
        ) from error
    fields = [line.rsplit(maxsplit=1) for line in text.splitlines() if line.strip()]
    # A space may be a token of its own: the number alone is left of its line.
    is_table = all(field[-1].isdecimal() for field in fields)
    if not is_table or _BLANKS.isdisjoint(field[0] for field in fields):
        raise UnfitModel(
            "{file} is no table of tokens and their numbers", "install the model anew", file=file
        )
    return text


def _find(folder: Path, part: str) -> Path | None:
    """Return the file of a part of a model; the one of 8 bit where there are several.

    The decoder is small, and the project advises to take it in full: its 8 bits cost accuracy.
    """
    found = sorted(folder.glob(f"{part}*.onnx"))
    small = [file for file in found if ".int8." in file.name]
    chosen = [file for file in found if file not in small] if part == "decoder" else small
    return next(iter(chosen or found), None)


def _need(folder: Path, part: str) -> Path:
    found = _find(folder, part)
    if found is None:
        raise UnfitModel(
            "{folder} is no speech model for sherpa-onnx: {file} is missing",
            "name the folder that holds tokens.txt, or get the model anew",
            folder=folder,
            file=f"{part}*.onnx",
        )
    return found


def _single(folder: Path) -> Path:
    """Return the file of a model that has only one; WeNet's streaming one has a name of its own."""
    for part in ("model-streaming", "ctc", "model"):
        if found := _find(folder, part):
            return found
    return _need(folder, "model")


def _metadata(file: Path) -> Mapping[str, str]:
    try:
        return metadata_of(file)
    except (NoOnnx, OSError) as error:
        raise UnfitModel(
            "{file} cannot be read: {why}", "install the model anew", file=file, why=error
        ) from error


def _of_encoder(file: Path, about: Mapping[str, str]) -> tuple[Form, float]:
    if "decode_chunk_len" in about:
        return Form.TRANSDUCER, _seconds(file, about, "T")
    if "chunk_shift" in about:
        return Form.NEMO_TRANSDUCER, _seconds(file, about, "window_size")
    raise _not_streaming(file)


def _of_single(file: Path, about: Mapping[str, str]) -> tuple[Form, float]:
    if "decode_chunk_len" in about:
        return Form.ZIPFORMER_CTC, _seconds(file, about, "T")
    if "chunk_shift" in about:
        return Form.NEMO_CTC, _seconds(file, about, "window_size")
    if "right_context" in about and "cnn_module_kernel" in about:
        outputs = _seconds(file, about, "subsampling_factor") * (_WENET_CHUNK - 1)
        return Form.WENET_CTC, outputs + _seconds(file, about, "right_context")
    raise _not_streaming(file)


def _seconds(file: Path, about: Mapping[str, str], name: str) -> float:
    """Return a number of frames, of 10 ms each, in seconds."""
    try:
        return int(about[name]) / 100
    except (KeyError, ValueError):
        raise _not_streaming(file) from None


def _not_streaming(file: Path) -> UnfitModel:
    return UnfitModel(
        "{file} is no model that hears while somebody speaks",
        "get one whose name has “streaming” in it; callcoach hears word by word",
        file=file,
    )
