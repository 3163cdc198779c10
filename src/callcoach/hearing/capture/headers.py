"""Finds in a file's first and last bytes what libsndfile says nothing of."""

import os
import re
from pathlib import Path

from callcoach.errors import AudioError

_UNTOLD = 0x7FFF_0000
"""Bytes: programs that write into a pipe put about this, or more, where the length belongs."""
_CUT = re.compile(r"^\s*(?:data|SSND|Data Size)\s*: (\d+) \(should be (\d+)\)", re.MULTILINE)
"""Of libsndfile's log: bytes that the header tells, and bytes that there are."""
_LAST_PAGE = 1 << 16
"""Bytes within which an Ogg file's last page begins (RFC 3533)."""
_ENDS = 4
"""The flag of an Ogg page that ends its stream."""
_TAGS = re.compile(rb"Xing|Info|VBRI")
"""In the first frame of an MP3 that tells how long it is; of others libsndfile guesses, far off."""


def check(file: Path) -> None:
    """Raise `AudioError` for what cannot be a file of sound, and say why."""
    if file.is_dir():
        raise AudioError("{file} is a folder", "name the files in it", file=file)
    if not file.is_file():
        raise AudioError("there is no file {file}", "check how it is spelt", file=file)
    try:
        with file.open("rb") as stream:
            is_empty = not stream.read(1)
    except OSError as error:
        raise AudioError(
            "{file} cannot be read: {why}",
            "check who may read it",
            file=file,
            why=error.strerror,
        ) from error
    if is_empty:
        raise AudioError(
            "{file} is empty", "copy the recording once more from where it was made", file=file
        )


def is_cut(log: str) -> bool:
    """Tell whether the header tells of more sound than there is."""
    told = _CUT.search(log)
    return told is not None and int(told[2]) < int(told[1]) < _UNTOLD


def lacks_end(file: Path) -> bool:
    """Tell whether an Ogg file has no page that ends its stream."""
    with file.open("rb") as stream:
        if stream.read(4) != b"OggS":
            return False
        stream.seek(max(0, stream.seek(0, os.SEEK_END) - _LAST_PAGE))
        tail = stream.read()
    page = tail.rfind(b"OggS")
    return page < 0 or len(tail) < page + 6 or not tail[page + 5] & _ENDS


def is_tagged(file: Path) -> bool:
    """Tell whether an MP3 tells how long it is."""
    with file.open("rb") as stream:
        head = stream.read(10)
        if head.startswith(b"ID3"):  # seven bits in each byte of its length (ID3v2.4, 3.1)
            length = sum(byte << 7 * place for place, byte in enumerate(reversed(head[6:])))
            stream.seek(length + len(head))
            head = b""
        return bool(_TAGS.search(head + stream.read(4096)))
