"""The acoustic net: a small time-delay network that folds into plain layers."""

import numpy as np
import torch
from torch import Tensor, nn

from models.tiny.layers import Affine, Weights, balance

OFFSETS: tuple[tuple[int, ...], ...] = (
    (-2, -1, 0, 1, 2),
    (-1, 0, 1),
    (-3, 0, 3),
    (-3, 0, 3),
    (-6, -3, 0, 3),
)
"""For each layer, the frames (of 10 ms) of the layer below that it sees."""
LEFT = -sum(min(offsets) for offsets in OFFSETS)
RIGHT = sum(max(offsets) for offsets in OFFSETS)
"""How many frames before and after a frame decide on its phone."""
STRIDE = 3
"""One output for so many frames, as Vosk's `frame-subsampling-factor` says."""
_SUBSAMPLED_FROM = 2
"""The first layer that sees every third frame only."""
_EPSILON = 1e-5
"""What batch normalisation adds to a variance."""


class AcousticNet(nn.Module):
    """Affine layers with rectifier and batch normalisation, then log-softmax over the phones."""

    mean: Tensor
    scale: Tensor

    def __init__(self, inputs: int, outputs: int, width: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(inputs))
        self.register_buffer("scale", torch.ones(inputs))
        sizes = [inputs, *(width for _ in OFFSETS)]
        self.affine = nn.ModuleList(
            nn.Linear(size * len(offsets), width)
            for size, offsets in zip(sizes, OFFSETS, strict=False)
        )
        self.normal = nn.ModuleList(nn.BatchNorm1d(width, eps=_EPSILON) for _ in OFFSETS)
        self.output = nn.Linear(width, outputs)

    def forward(self, features: Tensor, dropout: float = 0.0) -> Tensor:
        """Return [batch, outputs in time, phones] log-probabilities of [batch, frames, inputs].

        The first output is that of frame `LEFT`, the next that of frame `LEFT + 3`, and so on.
        """
        hidden = (features - self.mean) * self.scale
        for number, offsets in enumerate(OFFSETS):
            unit = STRIDE if number >= _SUBSAMPLED_FROM else 1
            steps = [offset // unit for offset in offsets]
            length = hidden.shape[1] - (steps[-1] - steps[0])
            every = STRIDE if number == _SUBSAMPLED_FROM - 1 else 1
            spliced = torch.cat(
                [hidden[:, step - steps[0] :][:, :length:every] for step in steps], dim=2
            )
            batch, time, size = spliced.shape
            flat = torch.relu(self.affine[number](spliced.reshape(batch * time, size)))
            hidden = self.normal[number](flat).reshape(batch, time, -1)
            if dropout:
                hidden = torch.dropout(hidden, dropout, train=self.training)
        return torch.log_softmax(self.output(hidden), dim=2)

    def folded(self) -> tuple[Affine, ...]:
        """Return the layers with all normalisation folded into weights; a rectifier is between.

        The last one is the output, before its softmax.
        """
        scale, shift = _array(self.scale), -_array(self.mean) * _array(self.scale)
        layers: list[Affine] = []
        for offsets, affine, normal in zip(OFFSETS, self.affine, self.normal, strict=True):
            layers.append(_fold(offsets, affine, scale, shift))
            state = normal.state_dict()
            scale = _array(state["weight"]) / np.sqrt(_array(state["running_var"]) + _EPSILON)
            shift = _array(state["bias"]) - _array(state["running_mean"]) * scale
        layers.append(_fold((0,), self.output, scale, shift))
        return balance(layers)


def _array(values: Tensor) -> Weights:
    array: Weights = values.detach().double().numpy()
    return array


def _fold(offsets: tuple[int, ...], affine: nn.Module, scale: Weights, shift: Weights) -> Affine:
    """Return an affine layer whose input is scaled and shifted first."""
    if not isinstance(affine, nn.Linear):
        raise TypeError(affine)
    weights, bias = _array(affine.weight), _array(affine.bias)
    count = len(offsets)
    return Affine(offsets, weights * np.tile(scale, count), bias + weights @ np.tile(shift, count))
