"""The plain layers that a trained net folds into; writing them takes no torch."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Affine:
    """A layer as it is written to the model's file."""

    offsets: tuple[int, ...]
    """The frames of the layer below that are put one behind the other, in 10 ms."""
    weights: Weights
    """[outputs, offsets x inputs]"""
    bias: Weights
    """[outputs]"""


def balance(layers: Sequence[Affine]) -> tuple[Affine, ...]:
    """Return layers that compute the same, with the rows of a layer of like size.

    A rectifier lets a positive factor through, so what a row is divided by, the columns of the
    layer above are multiplied by. Eight bits then serve all rows of a matrix equally well.
    """
    balanced: list[Affine] = []
    gain = np.ones(layers[0].weights.shape[1] // len(layers[0].offsets))
    for layer in layers:
        weights = layer.weights * np.tile(gain, len(layer.offsets))
        is_last = layer is layers[-1]
        gain = np.ones(len(weights)) if is_last else np.abs(weights).max(axis=1) + 1e-9
        balanced.append(Affine(layer.offsets, weights / gain[:, None], layer.bias / gain))
    return tuple(balanced)
