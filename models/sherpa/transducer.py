"""What a transducer has beside the encoder: it writes each piece once, by the last few it wrote."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from models.sherpa.pieces import BLANK

CONTEXT = 5
"""Tokens that the decoder looks back on; models of icefall look back on two, and hear better."""
_EMBEDDING, _JOINT = 64, 128
_MISREAD = 0.08
"""The share of the tokens looked back on that is another in training: some will be wrong."""


class TransducerHead(nn.Module):
    """The decoder, which sees the last tokens, and the joiner."""

    def __init__(self, width: int, tokens: int) -> None:
        super().__init__()
        self.heard = nn.Linear(width, _JOINT)
        self.embedding = nn.Embedding(tokens, _EMBEDDING)
        self.written = nn.Linear(CONTEXT * _EMBEDDING, _JOINT)
        self.output = nn.Linear(_JOINT, tokens)

    def forward(self, hidden: Tensor, before: Tensor) -> Tensor:
        """Return [..., tokens] scores of [..., width] and the [..., 5] last tokens."""
        written = self.written(self.embedding(before).flatten(-2))
        scores: Tensor = self.output(torch.tanh(self.heard(hidden) + written))
        return scores


def places(
    chances: npt.NDArray[np.float32], tokens: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return [outputs] the token to write at each, or blank: each where it is most probable.

    `chances` [outputs, tokens] are those of the alignments; the order of the tokens is kept.
    """
    due = np.full(len(chances), BLANK)
    at = 0
    for number, token in enumerate(tokens):
        past = len(chances) - (len(tokens) - number - 1)
        if at >= past:
            break
        at += int(chances[at:past, token].argmax())
        due[at] = token
        at += 1
    return due


def context(
    due: npt.NDArray[np.int64], tokens: int, chance: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Return [outputs, 5] the last tokens written before each output, a few of them others."""
    before = np.array(list(_written(due))).reshape(-1, CONTEXT)
    wrong = (chance.random(before.shape) < _MISREAD) & (before != BLANK)
    return np.where(wrong, chance.integers(1, tokens, before.shape), before)


def _written(due: npt.NDArray[np.int64]) -> Iterator[tuple[int, ...]]:
    """Yield, for each output, the last tokens written before it."""
    last = (BLANK,) * CONTEXT
    for token in due:
        yield last
        if token != BLANK:
            last = (*last[1:], int(token))
