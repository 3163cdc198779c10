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
