"""The acoustic net of a tiny streaming model: convolutions in time that see half a second ahead."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

from models.sherpa.fbank import BANDS

STRIDE = 4
"""Frames of one output: sherpa-onnx reckons times with this number."""
DILATIONS = (1, 2, 4, 4)
"""Of the layers that see every fourth frame only, in outputs."""
_NARROW = 96
_FRONT = ((5, 2), (3, 2))
"""Kernel and stride of the first two layers, which see all frames and every second one."""
AHEAD = 11 * STRIDE + 2
"""Frames after an output's own that the net sees."""
BEHIND = 11 * STRIDE + 6
"""Frames before it."""
_EPSILON = 1e-5

Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layer:
    """A convolution with all normalisation folded in, as it is written to a file."""

    weights: Weights
    """[outputs, inputs, kernel]"""
    bias: Weights
    """[outputs]"""
    stride: int = 1
    dilation: int = 1
    is_residual: bool = False
    """What comes in is added to what comes out."""


class EncoderNet(nn.Module):
    """Convolutions, each with batch normalisation and rectifier; the later ones are residual."""

    mean: Tensor
    scale: Tensor

    def __init__(self, width: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(BANDS, 1))
        self.register_buffer("scale", torch.ones(BANDS, 1))
        self.layers = nn.ModuleList(
            (
                nn.Conv1d(BANDS, _NARROW, *_FRONT[0]),
                nn.Conv1d(_NARROW, width, *_FRONT[1]),
                *(nn.Conv1d(width, width, 3, dilation=dilation) for dilation in DILATIONS),
            )
        )
        self.normal = nn.ModuleList(
            nn.BatchNorm1d(_outputs(layer), eps=_EPSILON) for layer in self.layers
        )

    def forward(self, features: Tensor) -> Tensor:
        """Return [batch, outputs in time, width] of [batch, frames, bands].

        The first output is that of frame `BEHIND`, the next that of frame `BEHIND + 4`.
        """
        hidden = (features.transpose(1, 2) - self.mean) * self.scale
        for number, (layer, normal) in enumerate(zip(self.layers, self.normal, strict=True)):
            seen = torch.relu(normal(layer(hidden)))
            if number >= len(_FRONT):
                margin = (hidden.shape[2] - seen.shape[2]) // 2
                seen = seen + hidden[:, :, margin : margin + seen.shape[2]]
            hidden = seen
        return hidden.transpose(1, 2)

    def folded(self) -> tuple[Layer, ...]:
        """Return the layers with all normalisation folded into weights; rectifiers are between."""
        layers: list[Layer] = []
        for number, (layer, normal) in enumerate(zip(self.layers, self.normal, strict=True)):
            state, of_layer = normal.state_dict(), layer.state_dict()
            weights, bias = array(of_layer["weight"]), array(of_layer["bias"])
            if number == 0:
                weights = weights * array(self.scale)[None, :, :]
                bias = bias - (weights * array(self.mean)[None, :, :]).sum(axis=(1, 2))
            gain = array(state["weight"]) / np.sqrt(array(state["running_var"]) + _EPSILON)
            bias = (bias - array(state["running_mean"])) * gain + array(state["bias"])
            folded = weights * gain[:, None, None]
            later = number - len(_FRONT)
            stride = _FRONT[number][1] if later < 0 else 1
            dilation = DILATIONS[later] if later >= 0 else 1
            layers.append(Layer(folded, bias, stride, dilation, later >= 0))
        return tuple(layers)


def array(values: Tensor) -> Weights:
    """Return a tensor's values."""
    held: Weights = values.detach().double().numpy()
    return held


def _outputs(layer: nn.Module) -> int:
    if not isinstance(layer, nn.Conv1d):
        raise TypeError(layer)
    outputs: int = layer.out_channels
    return outputs
