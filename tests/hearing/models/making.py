"""Makes folders and zips that pass for speech models, and those that should not."""

import random
import struct
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

NAME = "vosk-model-made-en"


def graph(carries_words: bool = True) -> bytes:
    """Return the head of a graph as OpenFst writes it, and some of what follows."""
    kinds = b"".join(struct.pack("<i", len(kind)) + kind for kind in (b"vector", b"standard"))
    return struct.pack("<i", 2125659606) + kinds + struct.pack("<ii", 2, 2 * carries_words) + b"..."


FILES: Mapping[str, bytes] = {
    "am/final.mdl": random.Random(1).randbytes(300_000),
    "conf/mfcc.conf": b"--sample-frequency=16000\n--allow-upsample=true\n",
    "conf/model.conf": b"--beam=10.0\n--endpoint.silence-phones=1:2:3\n",
    "graph/Gr.fst": graph(),
    "graph/HCLr.fst": graph(),
    "graph/disambig_tid.int": b"",
}
"""A model whose words can be set at run time."""


def make_folder(folder: Path, files: Mapping[str, bytes] = FILES) -> Path:
    """Write a model's files; return the folder."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def make_zip(files: Mapping[str, bytes] = FILES, root: str = f"{NAME}/") -> bytes:
    """Return the zip of a model."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        if root:
            archive.mkdir(root)
        for name, content in files.items():
            archive.writestr(f"{root}{name}", content)
    return target.getvalue()


def onnx(metadata: Mapping[str, str], graph: bytes = b"\x0a\x00" * 500) -> bytes:
    """Return a file that passes for an ONNX model, with what it says of itself."""
    pairs = (
        _field(14, _field(1, key.encode()) + _field(2, value.encode()))
        for key, value in metadata.items()
    )
    version, producer = b"\x08\x08", _field(2, b"made")
    return version + producer + _field(7, graph) + b"".join(pairs)


def _field(number: int, content: bytes) -> bytes:
    """Return a field of protobuf that holds bytes."""
    return _number(number << 3 | 2) + _number(len(content)) + content


def _number(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*written, value))


TOKENS = "<blk> 0\n<sos/eos> 1\n<unk> 2\n▁so 3\n▁ 4\n".encode()
CHUNKS = {"model_type": "zipformer2", "T": "45", "decode_chunk_len": "32"}
NEMO = {"window_size": "58", "chunk_shift": "48"}
WENET = {"right_context": "6", "cnn_module_kernel": "15", "subsampling_factor": "4"}
TRANSDUCER: Mapping[str, bytes] = {
    "encoder-epoch-99-avg-1.int8.onnx": onnx(CHUNKS),
    "encoder-epoch-99-avg-1.onnx": onnx(CHUNKS),
    "decoder-epoch-99-avg-1.int8.onnx": onnx({"context_size": "2"}),
    "decoder-epoch-99-avg-1.onnx": onnx({"context_size": "2"}),
    "joiner-epoch-99-avg-1.int8.onnx": onnx({"joiner_dim": "512"}),
    "joiner-epoch-99-avg-1.onnx": onnx({"joiner_dim": "512"}),
    "tokens.txt": TOKENS,
}
"""A streaming model for sherpa-onnx as its project publishes them."""
