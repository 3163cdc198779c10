"""Tests of the table: what is in it, and that no cell is a formula."""

import csv
import io
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.archive.export.formats import export
from callcoach.archive.export.record import CallRecord
from callcoach.archive.export.table import BOM, defuse
from callcoach.archive.transcripts import parse_transcript
from callcoach.call.events import Heard, Unknown
from callcoach.call.inputs import Hear, Undo
from callcoach.locale import Messages
from callcoach.script.model import Script
from callcoach.words.display import display
from tests.archive.exports import (
    AGENT,
    CUSTOMER,
    ENGLISH,
    HOSTILE,
    INPUTS,
    WORDS,
    call_of,
    example,
    saying,
)

FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "|calc",
    "%0A",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u3000=1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    " ＝1",
)
CELLS = st.builds("".join, st.lists(st.sampled_from((*FORMULAS, *HOSTILE, '"', ",", ";", "a"))))


def _table(record: CallRecord, script: Script | None = None) -> list[list[str]]:
    text = export(record, "csv", ENGLISH, script)
    assert text.startswith(BOM)
    assert text.endswith("\r\n")
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True))


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_cell_that_might_be_a_formula_is_defused(cell: str) -> None:
    assert defuse(cell) == "'" + cell
    assert defuse("a" + cell) == "a" + cell


@given(CELLS | WORDS)
def test_no_cell_of_the_table_can_be_a_formula(text: str) -> None:
    rows = _table(saying(text, "second"), example())
    assert all(len(row) == 8 for row in rows)
    for row in rows:
        for cell in row:
            assert cell.strip(" \u3000\u00a0\u200b\ufeff")[:1] not in tuple("=+-@|%＝＋－＠｜％")
            assert cell[:1] not in ("\t", "\r", "\n")
    said = [row[3] for row in rows if row[1] == "said"]
    assert said[0].removeprefix("'") == display(text).removeprefix("'")


def test_the_table_has_a_row_for_each_event_that_matters() -> None:
    rows = _table(call_of(*INPUTS), example())
    assert rows[0] == ["time", "event", "speaker", "text", "step", "cue", "flag", "end"]
    assert rows[1:6] == [
        ["0.000", "step", "", "", "Greeting", "", "", ""],
        ["1.000", "said", "Agent", "Pay now, or else!", "Greeting", "", "", "4.000"],
        ["4.000", "cue heard", "Agent", "or else", "Greeting", "Threat", "", ""],
        [
            *("4.000", "flag", "", "or else", "Greeting", "Threat"),
            "What was said counts as “Threat”, which has no place in a call.",
            "",
        ],
        ["4.500", "said", "Customer", "I lost my job.", "Greeting", "", "", "6.000"],
    ]
    assert ["9.000", "flag cleared", "", "I am sorry", "Greeting", "Threat"] in [
        row[:6] for row in rows
    ]
    assert ["15.000", "exit", "", "Go on", "Greeting", "", "", ""] in rows
    assert ["15.000", "fact", "", "Agreed: yes", "Greeting", "", "", ""] in rows
    assert ["10.000", "fact", "", "Plan: Every month", "Greeting", "", "", ""] in rows
    assert ["11.000", "note", "", "call back *soon*", "Greeting", "", "", ""] in rows
    assert rows[-1] == ["19.000", "end", "", "All done (DONE)", "Farewell", "", "", ""]


def test_the_rows_stand_in_the_order_of_their_times() -> None:
    times = [float(row[0]) for row in _table(call_of(*INPUTS), example())[1:]]
    assert times == sorted(times)


def test_a_choice_that_was_taken_back_is_named() -> None:
    rows = _table(call_of(*INPUTS[:8], (16.0, Undo())), example())
    assert ["16.000", "taken back", "", "exit", "Farewell", "", "", ""] in rows


def test_what_this_program_does_not_know_has_a_row() -> None:
    event = Unknown(seq=9, at=3.0, original="=from_the_future", body=msgspec.Raw(b"{}"))
    rows = _table(replace(call_of(), events=(*call_of().events, event)))
    assert rows[-1][:2] == ["3.000", "'=from_the_future"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_call_comes_back_from_its_table_with_its_times(language: str) -> None:
    record = call_of(*INPUTS)
    read = parse_transcript(export(record, "csv", Messages(language), example()), "call.csv")
    said = [event for event in record.events if isinstance(event, Heard)]
    assert [(row.speaker, row.text, row.start, row.end) for row in read.rows] == [
        (event.speaker, event.text, event.start, event.end) for event in said
    ]
    assert (read.is_timed, read.seconds) == (True, 19.0)


def test_a_call_whose_times_nobody_measured_comes_back_from_its_table_as_such() -> None:
    record = call_of((5.0, Hear(AGENT, "one two three")), (9.0, Hear(CUSTOMER, "＝four")))
    read = parse_transcript(export(record, "csv", ENGLISH), "call.csv")
    assert [(row.start, row.text) for row in read.rows] == [(5.0, "one two three"), (9.0, "＝four")]
    assert not read.is_timed
