"""Reads a transcript from a file, in whichever format it is."""

import codecs
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from callcoach.archive.transcripts.assemble import assemble
from callcoach.archive.transcripts.encodings import GB, guessed
from callcoach.archive.transcripts.even_json import even_json
from callcoach.archive.transcripts.formats import detect_format, format_called
from callcoach.archive.transcripts.model import MAX_BYTES, Note, NoteCode, Transcript
from callcoach.archive.transcripts.roles import Roles
from callcoach.archive.transcripts.source import Source
from callcoach.errors import Told, TranscriptError, UsageError
from callcoach.locale import mark

_MEGABYTE = 1024 * 1024


def read_transcript(
    path: Path,
    *,
    format: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    swap: bool = False,
    roles: Roles | None = None,
) -> Transcript:
    """Return the transcript in a file; with `swap`, what it calls agent is the customer.

    `format` is a name from `FORMATS`, or empty to find it out; `columns` says what a table calls
    its fields: `{"speaker": "谁"}`; `roles` who is behind labels that do not say it. UTF-8 is
    expected, or UTF-16 with its mark, or GB18030, unless `encoding` names another. Raises
    `TranscriptError`, naming file and line, and `UsageError` for a format, a field or an encoding
    that there is not.
    """
    return read_bytes(
        content_of(path),
        str(path),
        format=format,
        columns=columns,
        encoding=encoding,
        swap=swap,
        roles=roles,
    )


def read_bytes(
    data: bytes,
    name: str,
    *,
    format: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    swap: bool = False,
    roles: Roles | None = None,
    line: int = 1,
) -> Transcript:
    """Return the transcript that `data` holds; errors call it `name`. As `read_transcript`.

    `line` is the one in which it begins there.
    """
    is_plain = not (format or encoding or roles)
    if is_plain and (even := even_json(data, swap=swap, line=line)) is not None:
        return even
    guess = "" if encoding else guessed(data)
    text = decoded(data, name, encoding or guess, line)
    read = parse_transcript(
        text, name, format=format, columns=columns, swap=swap, roles=roles, line=line
    )
    return noted(read, guess)


def noted(read: Transcript, guess: str) -> Transcript:
    """Return a transcript with a note on the encoding that was guessed, if one was."""
    if not guess:
        return read
    return replace(read, notes=(*read.notes, Note(NoteCode.ENCODING_GUESSED, 0, 1, guess.upper())))


def parse_transcript(
    text: str,
    name: str,
    *,
    format: str = "",
    columns: Mapping[str, str] | None = None,
    swap: bool = False,
    roles: Roles | None = None,
    line: int = 1,
) -> Transcript:
    """Return the transcript that `text` holds; errors call it `name`. As `read_bytes`."""
    if len(text) > MAX_BYTES:
        raise _too_large(name)
    source = Source(text, name, columns, line=line)
    chosen = format_called(format) if format else detect_format(source)
    if chosen.is_json and not source.is_json:
        raise source.error(
            line,
            Told("this is no JSON, in which “{format}” is written", format=chosen.name),
            Told("leave out the format, and it is found out"),
        )
    reading = chosen.read(source)
    if format and not reading.said and not chosen.detect(source):
        raise source.error(
            line,
            Told("this does not look like “{format}”", format=format),
            Told("leave out the format, and it is found out"),
        )
    return assemble(reading, name, swap=swap, told=roles)


def content_of(path: Path) -> bytes:
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


def decoded(data: bytes, name: str, encoding: str = "", line: int = 1) -> str:
    """Return bytes as text, of UTF-8 or UTF-16 unless `encoding` names another.

    `line` is the one in which they begin in what errors call `name`.

    Raises `TranscriptError` where they are no such text, `UsageError` for an unknown encoding.
    """
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    chosen = encoding or ("utf-16" if is_wide else "utf-8-sig")
    try:
        return data.decode(chosen)
    except UnicodeDecodeError as error:
        line += 0 if is_wide else data.count(b"\n", 0, error.start)
        raise TranscriptError(
            "{name}, line {line}: this is not {encoding} text (byte {start})",
            _remedy(data, encoding),
            name=name,
            line=line,
            encoding=chosen.upper().removesuffix("-SIG"),
            start=error.start,
        ) from error
    except (LookupError, ValueError):  # a name with a NUL, and codecs of no text such as idna
        raise UsageError(
            "“{name}” is no encoding of a text",
            "name one such as utf-8, gb18030 or big5",
            name=encoding,
        ) from None


def _remedy(data: bytes, encoding: str) -> str:
    """Return how to make a file readable; what could be Chinese of old is told so."""
    if encoding:
        return mark("name the encoding in which the file was saved")
    try:
        data.decode(GB)
    except UnicodeDecodeError:
        return mark("save the file as UTF-8")
    return mark("save the file as UTF-8, or name its encoding, such as --encoding gb18030 or big5")
