"""Loads packs as they were kept the last time, where neither they nor our code have changed.

Only packs without a finding are kept. What is kept knows the digests of the packs it was joined
with, and that of the code; where any of them differs, or it cannot be read, it is made anew.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from callcoach import __version__
from callcoach.script.load.link import Find, Loaded, load_pack
from callcoach.script.model import PackId
from callcoach.script.pack_files import PackFiles
from callcoach.script.shapes import Shaped, shape, unshape
from callcoach.words.engine.compiled import Store, read, write

_CODE = ("*.py", "load/*.py")
"""All that decides what comes of a pack's files, as seen from here."""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What came of a pack."""

    digest: str
    """That of its files, and of our code."""
    used: tuple[tuple[PackId, str], ...]
    """The packs it uses, in the order in which they were opened, and their digests."""
    shaped: Shaped


def load_kept(files: PackFiles, find: Find, store: Store) -> Loaded:
    """Return what `load_pack` returns, from the store where it has it."""
    digest = _digest_of(files)
    data = store.get(digest)
    kept = None if data is None else read(data, Kept)
    if kept is not None and kept.digest == digest:
        used = [find(id) for id, _ in kept.used]
        opened = [it for it in used if it is not None]
        if [(it.id, _digest_of(it)) for it in opened] == [*kept.used]:
            with suppress(ValueError):
                return Loaded(*unshape(kept.shaped), (), (files, *opened))
    loaded = load_pack(files, find)
    if loaded.script is not None and not loaded.findings:
        used_now = tuple((it.id, _digest_of(it)) for it in loaded.sources[1:])
        with suppress(UnicodeEncodeError):  # a folder whose name is no text
            shaped = shape(loaded.script, loaded.plans)
            store.put(digest, write(Kept(digest, used_now, shaped)))
    return loaded


def _digest_of(files: PackFiles) -> str:
    """Return what tells a pack's files, read by this code, from all others."""
    return _digest((_code(), files.id, *(it for pair in files.files.items() for it in pair)))


@cache
def _code() -> str:
    """Return the digest of the code that loads: another one may make something else of a pack."""
    here = Path(__file__).parent
    sources = sorted(path for pattern in _CODE for path in here.glob(pattern))
    texts = (path.read_text(encoding="utf-8") for path in sources)
    return _digest((__version__, *map(str, sources), *texts))


def _digest(texts: Iterable[str]) -> str:
    """Return the SHA-256 of texts, told apart from those with other bounds, in hex."""
    found = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogateescape")
        found.update(b"%d " % len(data))
        found.update(data)
    return found.hexdigest()
