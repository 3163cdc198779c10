"""Tells Chinese of old, GB18030 or GBK, from what is no such text, where no encoding is named."""

import codecs

GB = "gb18030"
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LEAST = 0.9
"""Of what is not ASCII in a Chinese text so much is in GB 2312, the usual characters: measured, all
but names. Big5, Latin-1 and bytes of no text, read as GB18030, are there by half at most."""


def guessed(start: bytes) -> str:
    """Return `gb18030` for what is that, and is neither UTF-8 nor UTF-16; else an empty text.

    `start` is a text or its beginning: a character that breaks off at its end counts for nothing.
    """
    if start.startswith(_WIDE) or _read(start, "utf-8") is not None:
        return ""
    others = "".join(char for char in _read(start, GB) or "" if not char.isascii())
    usual = others.encode("gb2312", "ignore").decode("gb2312")
    return GB if others and len(usual) >= _LEAST * len(others) else ""


def _read(start: bytes, encoding: str) -> str | None:
    """Return bytes as text; None where they are none."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        return None
