"""Writes `am/final.mdl`: Kaldi's transition model, its nnet3 network and the phones' priors.

Formats: kaldi, src/hmm/transition-model.cc, hmm-topology.cc; src/nnet3/nnet-nnet.cc,
nnet-simple-component.cc; src/nnet3/am-nnet-simple.cc.
"""

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.tiny.compressed import Precision, pack
from models.tiny.layers import Affine

STAY, LEAVE = 0.5, 0.5
"""The chances that a phone goes on, or ends, with each of the net's outputs."""


def acoustic_model(
    outputs: Sequence[int],
    layers: Sequence[Affine],
    priors: npt.NDArray[np.float64],
    precision: Precision,
) -> bytes:
    """Return the bytes of `final.mdl`.

    `outputs` has, for each phone of the graph, the net's output that scores it; the layers end
    with the one before the softmax. A phone `p`, counted from 1, has two transition ids:
    2p - 1 goes on, 2p leaves.
    """
    return b"".join(
        (b"\0B", _transitions(outputs), _network(layers, precision), _contexts(), _priors(priors))
    )


def go_on(phone: int) -> int:
    """Return the transition id with which a phone goes on."""
    return 2 * phone - 1


def leave(phone: int) -> int:
    """Return the transition id with which a phone is left, or begun: the state behind it stays."""
    return 2 * phone


def _transitions(outputs: Sequence[int]) -> bytes:
    count = len(outputs)
    phones = range(1, count + 1)
    topology = (
        _token("<Topology>")
        + _integers(phones)
        + _integers([-1] + [0] * count)
        + b"".join(map(_integer, (1, 2)))  # one entry of two states
        + _integer(0) + _integer(2)  # the first scores, with two ways on
        + _integer(0) + _real(STAY) + _integer(1) + _real(LEAVE)
        + _integer(-1) + _integer(0)  # the second is the end
        + _token("</Topology>")
    )  # fmt: skip
    triples = b"".join(
        _integer(phone) + _integer(0) + _integer(output)
        for phone, output in zip(phones, outputs, strict=True)
    )
    chances = _vector([0.0] + [np.log(STAY), np.log(LEAVE)] * count)
    return (
        _token("<TransitionModel>")
        + topology
        + _token("<Triples>") + _integer(count) + triples + _token("</Triples>")
        + _token("<LogProbs>") + chances + _token("</LogProbs>")
        + _token("</TransitionModel>")
    )  # fmt: skip


def _network(layers: Sequence[Affine], precision: Precision) -> bytes:
    *hidden, output = layers
    inputs = hidden[0].weights.shape[1] // len(hidden[0].offsets)
    lines = [f"input-node name=input dim={inputs}"]
    components: list[tuple[str, bytes]] = []
    below = "input"
    for number, layer in enumerate(hidden, 1):
        affine, relu = f"affine{number}", f"relu{number}"
        spliced = ", ".join(
            below if offset == 0 else f"Offset({below}, {offset})" for offset in layer.offsets
        )
        lines += [
            f"component-node name={affine} component={affine} input=Append({spliced})",
            f"component-node name={relu} component={relu} input={affine}",
        ]
        components.append((affine, _affine(layer, precision)))
        components.append((relu, _nonlinear("RectifiedLinearComponent", len(layer.bias))))
        below = relu
    lines += [
        f"component-node name=affine component=affine input={below}",
        "component-node name=softmax component=softmax input=affine",
        "output-node name=output input=softmax objective=linear",
    ]
    components.append(("affine", _affine(output, precision)))
    components.append(("softmax", _nonlinear("LogSoftmaxComponent", len(output.bias))))
    # The network's plan is text even in a binary file, and an empty line ends it.
    plan = b"\n" + "\n".join(lines).encode() + b"\n\n"
    written = b"".join(_token("<ComponentName>") + _token(name) + body for name, body in components)
    return (
        _token("<Nnet3>") + plan
        + _token("<NumComponents>") + _integer(len(components)) + written
        + _token("</Nnet3>")
    )  # fmt: skip


def _affine(layer: Affine, precision: Precision) -> bytes:
    return (
        _token("<FixedAffineComponent>")
        + _token("<LinearParams>") + pack(layer.weights, precision)
        + _token("<BiasParams>") + _vector(layer.bias)
        + _token("</FixedAffineComponent>")
    )  # fmt: skip


def _nonlinear(kind: str, size: int) -> bytes:
    count_of_frames = b"\x08" + struct.pack("<d", 0.0)
    return (
        _token(f"<{kind}>")
        + _token("<Dim>") + _integer(size)
        + _token("<ValueAvg>") + _vector([])
        + _token("<DerivAvg>") + _vector([])
        + _token("<Count>") + count_of_frames
        + _token(f"</{kind}>")
    )  # fmt: skip


def _contexts() -> bytes:
    """Return the frames around a frame that the net sees: zeros, which the reader computes anew."""
    return _token("<LeftContext>") + _integer(0) + _token("<RightContext>") + _integer(0)


def _priors(priors: npt.NDArray[np.float64]) -> bytes:
    return _token("<Priors>") + _vector(priors)


def _token(name: str) -> bytes:
    return f"{name} ".encode()


def _integer(value: int) -> bytes:
    return struct.pack("<bi", 4, value)


def _real(value: float) -> bytes:
    return struct.pack("<bf", 4, value)


def _integers(values: Sequence[int]) -> bytes:
    return struct.pack(f"<bi{len(values)}i", 4, len(values), *values)


def _vector(values: npt.ArrayLike) -> bytes:
    array = np.asarray(values, "<f4")
    return b"FV " + struct.pack("<bi", 4, len(array)) + array.tobytes()
