"""Writes the ONNX files of a streaming model in the form that sherpa-onnx's recogniser loads.

A CTC model takes the form of icefall's zipformer 2 (sherpa-onnx: online-zipformer2-ctc-model.cc)
and a transducer that of icefall's LSTM (online-lstm-transducer-model.cc). What these call the
states of their layers holds the frames that the net still has to see, for it has no other memory.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from models.sherpa.fbank import BANDS, SILENT
from models.sherpa.net import AHEAD, BEHIND, STRIDE, Layer, Weights

CHUNK = 16
"""Frames between two runs of the net; each writes `CHUNK / STRIDE` outputs."""
SEEN = CHUNK - STRIDE + 1 + AHEAD
"""Frames handed over for each run: the last output sees so many ahead."""
_OPSET = 17
_IR = 8
"""A version that the onnxruntime within sherpa-onnx reads."""
_UNUSED = ((1, 1, BEHIND, 3), (BEHIND, 1, 1), (BEHIND, 1, 1), (1, 4, 1), (1, 4, 1), (1, 128, 3, 19))
"""Shapes of the states of one layer of a zipformer 2 with `_ZIPFORMER`, but for the first, and
that of its embedding; the net leaves them as they are."""
_ZIPFORMER = {
    "encoder_dims": "4",
    "query_head_dims": str(BANDS),
    "value_head_dims": "1",
    "num_heads": "1",
    "num_encoder_layers": "1",
    "cnn_module_kernels": "2",
    "left_context_len": str(BEHIND),
}


class Graph:
    """An ONNX graph that grows node by node; names of values are strings."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, shape: Sequence[int | str], *, whole: bool = False) -> str:
        """Declare an input; `whole` for 64-bit numbers without fractions."""
        kind = TensorProto.INT64 if whole else TensorProto.FLOAT
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(
        self, value: str, name: str, shape: Sequence[int | str], *, whole: bool = False
    ) -> None:
        """Declare an output that is a value of the graph."""
        kind = TensorProto.INT64 if whole else TensorProto.FLOAT
        self._nodes.append(helper.make_node("Identity", [value], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, kind, shape))

    def add(self, kind: str, *inputs: str, **attributes: int | Sequence[int]) -> str:
        """Add a node; return the name of what comes out of it."""
        name = f"{kind.lower()}{len(self._nodes)}"
        node = helper.make_node(kind, list(inputs), [name])
        node.attribute.extend(helper.make_attribute(*each) for each in attributes.items())
        self._nodes.append(node)
        return name

    def constant(self, values: npt.NDArray[np.generic]) -> str:
        """Add values as they are."""
        name = f"constant{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def real(self, values: npt.ArrayLike) -> str:
        """Add numbers of 32 bit."""
        return self.constant(np.asarray(values, np.float32))

    def weights(self, values: Weights) -> str:
        """Add a matrix or kernel [outputs, ...] in 8 bit, each row with a scale of its own."""
        flat = values.reshape(len(values), -1)
        scale = np.abs(flat).max(axis=1) / 127 + 1e-12
        rows = np.round(flat / scale[:, None]).astype(np.int8).reshape(values.shape)
        wide = self.add("Cast", self.constant(rows), to=TensorProto.FLOAT)
        return self.add("Mul", wide, self.real(scale.reshape(-1, *[1] * (values.ndim - 1))))

    def write(self, file: Path, metadata: dict[str, str]) -> None:
        """Write the graph with what sherpa-onnx wants to know of it."""
        graph = helper.make_graph(
            self._nodes, "callcoach", self._inputs, self._outputs, self._constants
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)])
        model.ir_version = _IR
        helper.set_model_props(model, metadata)
        onnx.checker.check_model(model)
        onnx.save_model(model, str(file))


def write_ctc(layers: Sequence[Layer], weights: Weights, bias: Weights, file: Path) -> None:
    """Write a CTC model; `weights` [tokens, width] and `bias` are of its last layer."""
    graph = Graph()
    frames = graph.input("x", ("N", SEEN, BANDS))
    memory = graph.input("cached_key_0", (BEHIND, "N", BANDS))
    turned = graph.add("Transpose", memory, perm=[1, 0, 2])
    hidden, rest = _encode(graph, layers, frames, turned)
    logits = graph.add("Add", _matrix(graph, hidden, weights), graph.real(bias))
    scores = graph.add("LogSoftmax", logits, axis=-1)
    graph.output(scores, "log_probs", ("N", CHUNK // STRIDE, len(bias)))
    graph.output(
        graph.add("Transpose", rest, perm=[1, 0, 2]), "new_cached_key_0", (BEHIND, "N", BANDS)
    )
    for number, shape in enumerate(_UNUSED):
        graph.output(graph.input(f"state_{number}", shape), f"new_state_{number}", shape)
    passed = graph.input("processed_lens", ("N",), whole=True)
    graph.output(passed, "new_processed_lens", ("N",), whole=True)
    graph.write(file, {"model_type": "zipformer2", **_about_chunks(), **_ZIPFORMER})


def write_encoder(layers: Sequence[Layer], weights: Weights, bias: Weights, file: Path) -> None:
    """Write a transducer's encoder; `weights` [joint, width] and `bias` are of its last layer."""
    graph = Graph()
    frames = graph.input("x", ("N", SEEN, BANDS))
    memory = graph.input("state0", (1, "N", BEHIND * BANDS))
    unused = graph.input("state1", (1, "N", 1))
    past = graph.add("Reshape", memory, graph.constant(np.array([-1, BEHIND, BANDS])))
    hidden, rest = _encode(graph, layers, frames, past)
    joint = graph.add("Add", _matrix(graph, hidden, weights), graph.real(bias))
    flat = graph.add("Reshape", rest, graph.constant(np.array([1, -1, BEHIND * BANDS])))
    graph.output(joint, "encoder_out", ("N", CHUNK // STRIDE, len(bias)))
    graph.output(flat, "new_state0", (1, "N", BEHIND * BANDS))
    graph.output(unused, "new_state1", (1, "N", 1))
    about = {"num_encoder_layers": "1", "rnn_hidden_size": "1", "d_model": str(BEHIND * BANDS)}
    graph.write(file, {"model_type": "lstm", **_about_chunks(), **about})


def write_decoder(embedding: Weights, weights: Weights, bias: Weights, file: Path) -> None:
    """Write a transducer's decoder: `embedding` [tokens, size], `weights` [joint, last x size].

    It looks back on the last tokens only, as icefall's do.
    """
    last = weights.shape[1] // embedding.shape[1]
    graph = Graph()
    before = graph.input("y", ("N", last), whole=True)
    held = graph.add("Gather", graph.weights(embedding), before, axis=0)
    flat = graph.add("Reshape", held, graph.constant(np.array([-1, weights.shape[1]])))
    joint = graph.add("Add", _matrix(graph, flat, weights), graph.real(bias))
    graph.output(joint, "decoder_out", ("N", len(bias)))
    graph.write(file, {"vocab_size": str(len(embedding)), "context_size": str(last)})


def write_joiner(weights: Weights, bias: Weights, file: Path) -> None:
    """Write a transducer's joiner: `weights` [tokens, joint] and `bias`."""
    graph = Graph()
    joint = weights.shape[1]
    heard = graph.input("encoder_out", ("N", joint))
    before = graph.input("decoder_out", ("N", joint))
    both = graph.add("Tanh", graph.add("Add", heard, before))
    graph.output(
        graph.add("Add", _matrix(graph, both, weights), graph.real(bias)), "logit", ("N", len(bias))
    )
    graph.write(file, {"joiner_dim": str(joint)})


def _about_chunks() -> dict[str, str]:
    about = {"version": "1", "model_author": "callcoach"}
    return {**about, "T": str(SEEN), "decode_chunk_len": str(CHUNK)}


def _encode(graph: Graph, layers: Sequence[Layer], frames: str, past: str) -> tuple[str, str]:
    """Add the net; return its outputs [N, outputs, width] and the frames to keep [N, BEHIND, 80].

    What is kept is above digital silence, so that the zeros at the beginning are silence.
    """
    loud = graph.add("Sub", frames, graph.real(SILENT))
    seen = graph.add("Concat", past, loud, axis=1)
    kept = _cut(graph, seen, 1, CHUNK, CHUNK + BEHIND)
    hidden = graph.add("Transpose", seen, perm=[0, 2, 1])
    length = BEHIND + SEEN
    for layer in layers:
        convolved = graph.add(
            "Conv",
            hidden,
            graph.weights(layer.weights),
            graph.real(layer.bias),
            strides=[layer.stride],
            dilations=[layer.dilation],
        )
        out = graph.add("Relu", convolved)
        reach = layer.dilation * (layer.weights.shape[2] - 1)
        if layer.is_residual:
            out = graph.add("Add", out, _cut(graph, hidden, 2, reach // 2, length - reach // 2))
        hidden, length = out, (length - reach - 1) // layer.stride + 1
    return graph.add("Transpose", hidden, perm=[0, 2, 1]), kept


def _cut(graph: Graph, value: str, axis: int, begin: int, end: int) -> str:
    numbers = (graph.constant(np.array([number])) for number in (begin, end, axis))
    return graph.add("Slice", value, *numbers)


def _matrix(graph: Graph, value: str, weights: Weights) -> str:
    """Return a value times [outputs, inputs] weights."""
    return graph.add("MatMul", value, graph.add("Transpose", graph.weights(weights), perm=[1, 0]))
