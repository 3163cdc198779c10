"""Reads a transcript from a file, in whichever format it is."""

import codecs
import re
from dataclasses import replace
from pathlib import Path

from callcoach.archive.transcripts.assemble import assemble
from callcoach.archive.transcripts.model import MAX_BYTES, Transcript
from callcoach.archive.transcripts.plain import is_plain, read_plain
from callcoach.archive.transcripts.structured import Structured
from callcoach.errors import TranscriptError

_CAPTIONS = re.compile(r"WEBVTT\b|\d+\s*\n\d+:\d\d:\d\d,\d+ --> ")
"""How WebVTT and SubRip begin."""
_MEGABYTE = 1024 * 1024


def read_transcript(path: Path, *, swap: bool = False) -> Transcript:
    """Return the transcript in a file; with `swap`, what it calls agent is the customer.

    UTF-8 is expected, or UTF-16 with its mark. Raises `TranscriptError`, naming file and line.
    """
    return parse_transcript(_decoded(_content(path), str(path)), str(path), swap=swap)


def parse_transcript(text: str, name: str, *, swap: bool = False) -> Transcript:
    """Return the transcript that `text` holds; errors call it `name`.

    Formats: JSON objects with speaker, text, stime and etime (seconds), in a list or in lines;
    what callcoach itself exports or has transcribed; plain text with a label at the beginning of
    each utterance. Raises `TranscriptError`.
    """
    if len(text) > MAX_BYTES:
        raise _too_large(name)
    plain = text.removeprefix("\ufeff")
    start = plain.lstrip()
    if _CAPTIONS.match(start):
        raise TranscriptError(
            "{name} holds captions, which cannot be read back",
            "callcoach export --format json writes a file that can",
            name=name,
        )
    is_json = start[:1] == "{" or (start[:1] == "[" and not is_plain(start))
    if not is_json:
        return assemble(read_plain(plain, name), name, swap=swap)
    structured = Structured(plain, name)
    transcript = assemble(structured, name, swap=swap)
    return replace(transcript, seconds=structured.seconds)


def _content(path: Path) -> bytes:
    """Return the bytes of a file that is small enough and no pipe, device or folder."""
    try:
        if path.exists() and not path.is_file():
            raise TranscriptError(
                "{path} is no file", "name a transcript: .json or .txt", path=path
            )
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TranscriptError(
            "{path} cannot be read: {why}", "check the path", path=path, why=error.strerror
        ) from error
    except ValueError as error:
        raise TranscriptError("this is no path to a file", "check the path") from error
    if len(data) > MAX_BYTES:
        raise _too_large(str(path))
    return data


def _too_large(name: str) -> TranscriptError:
    return TranscriptError(
        "{name}, line 1: the file has more than {most} MB",
        "split it, one call to a file",
        name=name,
        most=MAX_BYTES // _MEGABYTE,
    )


def _decoded(data: bytes, name: str) -> str:
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if is_wide else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = 1 if is_wide else len(data[: error.start].split(b"\n"))
        raise TranscriptError(
            "{name}, line {line}: this is not {encoding} text (byte {start})",
            "save the file as UTF-8",
            name=name,
            line=line,
            encoding=encoding.upper().removesuffix("-SIG"),
            start=error.start,
        ) from error
