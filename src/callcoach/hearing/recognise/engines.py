"""The kinds of recognisers, each loaded only where it is used."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from callcoach.errors import ModelError
from callcoach.hearing.recogniser import Engine

VOSK, SHERPA = "vosk", "sherpa"
_TOKENS = "tokens.txt"
"""A file that every model of sherpa-onnx has and none of Vosk."""


def kind_of(folder: Path) -> str:
    """Return which kind of recogniser a model is for; Vosk's where nothing tells."""
    return SHERPA if (folder / _TOKENS).is_file() else VOSK


def load_engine(kind: str, folder: Path) -> Engine:
    """Load a model.

    Raises `ModelError` where it cannot be loaded or its recogniser is not installed.
    """
    try:
        return _LOADERS[kind](folder)
    except ImportError as error:
        raise ModelError(
            "the recogniser {kind} is not installed: {why}",
            "install it: pip install 'callcoach[{extra}]'",
            kind=kind,
            why=error,
            extra="speech" if kind == VOSK else kind,
        ) from error


def _load_vosk(folder: Path) -> Engine:
    from callcoach.hearing.vosk import VoskEngine  # 140 ms, and only one of the two is needed

    return VoskEngine(folder)


def _load_sherpa(folder: Path) -> Engine:
    from callcoach.hearing.sherpa import SherpaEngine  # an extra that need not be installed

    return SherpaEngine(folder)


_LOADERS: Mapping[str, Callable[[Path], Engine]] = MappingProxyType(
    {VOSK: _load_vosk, SHERPA: _load_sherpa}
)
