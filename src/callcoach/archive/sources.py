"""The files of a script as they are kept with a call, so that it can be judged again as it was."""

import json
import zlib
from collections.abc import Sequence

from callcoach.script.model import PackId
from callcoach.script.pack_files import PackFiles


def pack_sources(sources: Sequence[PackFiles]) -> bytes:
    """Return the files of a script and of the packs it uses, compressed."""
    text = json.dumps([[pack.id, dict(pack.files)] for pack in sources], ensure_ascii=False)
    return zlib.compress(text.encode("utf-8"))


def unpack_sources(packed: bytes) -> tuple[PackFiles, ...]:
    """Return what `pack_sources` was given; raises `ValueError` for anything else."""
    try:
        found = json.loads(zlib.decompress(packed))
        return tuple(PackFiles(PackId(id), dict(files)) for id, files in found)
    except (zlib.error, TypeError, RecursionError) as error:
        raise ValueError("these are no packed sources") from error
