"""Tests of the Parquet export: a row for each utterance, and the call can be read back."""

from dataclasses import replace
from pathlib import Path

import pytest

from callcoach.archive.export.file import write_export
from callcoach.archive.export.formats import Format, export, export_bytes
from callcoach.archive.export.record import CallRecord
from callcoach.archive.export.redacted import redact_record
from callcoach.archive.export.utterances import COLUMNS
from callcoach.archive.parquet.read import read_batches
from callcoach.archive.transcripts import find_calls
from callcoach.call.events import Heard
from callcoach.call.inputs import FOLLOW, EndCall, Hear
from callcoach.errors import UsageError
from tests.archive.exports import (
    AGENT,
    CUSTOMER,
    ENGLISH,
    INPUTS,
    agreement,
    call_of,
    example,
    hear,
)


def _rows(record: CallRecord, path: Path) -> list[dict[str, object]]:
    write_export(path, export_bytes(record, Format.PARQUET, ENGLISH, example()))
    return [dict(row) for batch in read_batches(path) for row in batch]


def test_a_row_holds_an_utterance_and_what_is_true_of_the_call(tmp_path: Path) -> None:
    first, *_, last = _rows(call_of(*INPUTS), tmp_path / "call.parquet")
    assert list(first) == list(COLUMNS)
    assert first["text"] == "Pay now, or else!"
    assert (first["speaker"], first["start"], first["end"]) == ("agent", 1.0, 4.0)
    assert (first["cues"], first["flags"]) == ("example.threat", "example.threat.forbidden")
    assert (first["step"], last["step"]) == ("example.hello", "example.bye")
    assert first["talk_ratio"] == pytest.approx(6.0 / 7.5)
    assert (last["outcome_code"], last["call_seconds"], last["cues"]) == ("DONE", 19.0, None)


def test_a_call_that_nobody_measured_has_no_measures_and_an_empty_one_no_rows(
    tmp_path: Path,
) -> None:
    (row,) = _rows(call_of((5.0, Hear(AGENT, "hello"))), tmp_path / "a.parquet")
    assert row["talk_ratio"] is None
    assert row["non_talk"] is None
    assert row["outcome"] is None
    assert _rows(call_of((5.0, EndCall(by=FOLLOW))), tmp_path / "b.parquet") == []


def test_masks_and_reasons_are_told(tmp_path: Path) -> None:
    record = call_of((6.0, hear(CUSTOMER, "Call me on 13800138000.", 4.0, 6.0)))
    (masked,) = _rows(redact_record(record, example(), ENGLISH), tmp_path / "a.parquet")
    assert masked["is_redacted"] is True
    assert "13800138000" not in str(masked)
    (whole,) = _rows(replace(record, why_whole="calibration"), tmp_path / "b.parquet")
    assert (whole["is_redacted"], whole["why_unredacted"]) == (False, "calibration")


def test_it_is_read_back_with_the_same_utterances(tmp_path: Path) -> None:
    for name, record in (("en", call_of(*INPUTS)), ("zh", agreement())):
        path = tmp_path / f"{name}.parquet"
        write_export(path, export_bytes(record, "parquet", ENGLISH))
        (found,) = find_calls([path])
        transcript = found.read()
        assert transcript.is_timed
        assert [(row.speaker, row.text, row.start, row.end) for row in transcript.rows] == [
            (event.speaker, event.text, event.start, event.end)
            for event in record.events
            if isinstance(event, Heard)
        ]
        assert transcript.attributes["started"] == record.started


def test_it_cannot_be_printed_and_other_formats_are_the_same_as_bytes() -> None:
    record = call_of(*INPUTS)
    with pytest.raises(UsageError, match="Parquet is no text"):
        export(record, "parquet", ENGLISH)
    for format in ("md", "vtt", "contact-lens"):
        assert export_bytes(record, format, ENGLISH) == export(record, format, ENGLISH).encode()
