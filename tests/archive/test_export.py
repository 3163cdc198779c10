"""Tests of what is exported: the record of a call and the report on it."""

import re
from dataclasses import replace

import msgspec
import pytest

from callcoach.archive.export.formats import Format, export
from callcoach.archive.export.record import record_call
from callcoach.call.events import CallStarted, Heard
from callcoach.call.inputs import FOLLOW, Pass, TickCue, Undo
from callcoach.errors import StorageError, UsageError
from callcoach.locale import Messages
from callcoach.script.model import CueId
from callcoach.words.wrap import width
from tests.archive.exports import (
    AGENT,
    CALL,
    CUSTOMER,
    ENGLISH,
    INPUTS,
    agreement,
    call_of,
    example,
    hear,
)
from tests.archive.support import scripted_call
from tests.sessions import started


def test_a_record_is_made_of_the_events() -> None:
    record = call_of(*INPUTS)
    assert (record.id, record.script, record.title) == (CALL, "example", "Example call")
    assert (record.version, record.language, record.mode) == ("1.5", "en", "call")
    assert (record.code, record.outcome) == ("DONE", "All done")
    without = record_call(CALL, record.events, None, "en")
    assert (without.title, without.code, without.outcome) == ("example", "DONE", "")


def test_an_end_that_was_taken_back_is_none() -> None:
    record = call_of(*INPUTS, (20.0, Undo()))
    assert (record.code, record.outcome) == ("", "")
    assert "the call has not ended" in export(record, "txt", ENGLISH)


def test_a_record_begins_with_the_calls_start() -> None:
    for events in ((), call_of(*INPUTS).events[1:]):
        with pytest.raises(StorageError, match="does not begin with its start"):
            record_call(CALL, events, None, "en")


class _Marked(Messages):
    """Words of the interface that show that they went through it."""

    def __init__(self) -> None:
        super().__init__("en")

    def say(self, text: str, **values: object) -> str:
        return f"⟦{super().say(text, **values)}⟧"

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        return f"⟦{super().count(one, many, n, **values)}⟧"


@pytest.mark.usefixtures("in_shanghai")
def test_the_report_says_how_the_call_went() -> None:
    assert (
        export(call_of(*INPUTS), "md", ENGLISH, example())
        == f"""\
# Example call

- **Call:** {CALL}
- **Script:** example, version 1.5 ({example().digest[:12]})
- **Language:** English
- **Kind:** call
- **Day:** 2026-12-01
- **Began:** 2026-12-01 14:00 UTC+08:00
- **Length:** 00:19
- **Outcome:** All done (DONE)

## Facts

- **Plan:** Every month
- **Agreed:** yes

## Transcript

### 00:00 Greeting

- **00:01 Agent:** Pay now, or else!
- **00:04 Customer:** I lost my job.
- **00:07 Agent:** I am sorry, my name is Lin.

### 00:15 Farewell

- **00:17 Agent:** Goodbye.

## Cues met

- **00:09 Apologise:** “I am sorry”
- **00:09 Say your name:** “my name is”

## Noticed

- **00:06 Hardship:** “lost my job”

## Flags

- **00:04 Threat:** What was said counts as “Threat”, which has no place in a call.
  - forbidden, critical
  - 00:01 Agent: “or else”
  - Put right at 00:09: repaired.

## Notes

- **00:11:** call back \\*soon\\*

## Measures

- **Talk ratio of the agent:** 80%
- **Non-talk time:** 9.5 s
- **Longest silence:** 3 s
- **Overtalk:** 0 s
- **On hold:** 2 s
- **Turns:** 3
- **Agent:** 3 utterances, 0 questions, talk time 6 s, 0 interruptions, 120 words a minute, \
answers after 1 s on average
- **Customer:** 1 utterance, 0 questions, talk time 1.5 s, 0 interruptions, 160 words a minute, \
answers after 0.5 s on average
"""
    )


def test_the_plain_report_says_the_same() -> None:
    text = export(call_of(*INPUTS), "txt", ENGLISH, example())
    assert text.startswith("Example call\n============\n\n- Call: ")
    assert (
        "\nTranscript\n----------\n\n00:00 Greeting\n\n- 00:01 Agent: Pay now, or else!\n" in text
    )
    assert "    00:01 Agent: “or else”\n    Put right at 00:09: repaired.\n" in text
    assert all(width(line) <= 80 for line in text.splitlines())


def test_the_chinese_report_has_chinese_titles() -> None:
    call = agreement()
    script = scripted_call().coach.script
    for format in ("md", "txt"):
        text = export(call, format, Messages("zh"), script)
        assert text.startswith(("# 逾期分期沟通\n", "逾期分期沟通\n"))
        assert "您好，这里是安心分期，我是林晓。" in text
        assert all(width(line) <= 80 for line in text.splitlines()) or format == "md"


def test_a_flag_that_is_open_and_a_cue_that_was_missed() -> None:
    record = call_of((3.0, hear(AGENT, "Pay, or else", 1, 3)), (31.0, Pass()), (40.0, Pass()))
    text = export(record, "txt", ENGLISH, example())
    assert "Cues missed\n-----------\n\n- Say your name\n" in text
    assert "into the call and “Say your name” was" in text
    assert text.count("Still open at the end.") == 2


def test_a_flag_that_turned_out_to_be_none_is_not_reported() -> None:
    late = call_of((31.0, Pass()), (32.0, hear(AGENT, "My name is Lin", 29.0, 32.0)))
    assert "No flag was raised." in export(late, "txt", ENGLISH, example())


def test_a_flag_that_is_raised_again_shows_the_words_each_time() -> None:
    record = call_of(
        (3.0, hear(AGENT, "Pay, or else", 1, 3)), (6.0, hear(AGENT, "Now or  else", 5, 6))
    )
    text = export(record, "md", ENGLISH, example())
    assert "  - 00:01 Agent: “or else”\n  - 00:05 Agent: “or  else”\n  - Raised 2 times." in text


def test_a_cue_that_words_met_that_are_not_kept_is_not_told_as_ticked() -> None:
    record = call_of((3.0, TickCue(CueId("example.name"), FOLLOW)))
    told = export(record, "md", ENGLISH, example())
    assert "- **00:03 Say your name:** met by words that are not kept" in told


def test_a_cue_that_was_ticked_is_said_to_be() -> None:
    record = call_of((3.0, TickCue(CueId("example.name"))))
    assert "- **00:03 Say your name:** ticked by hand" in export(record, "md", ENGLISH, example())


def test_without_the_script_ids_stand_for_titles() -> None:
    text = export(call_of(*INPUTS), "md", ENGLISH)
    assert "### 00:00 example.hello" in text
    assert "- **example.plan:** monthly" in text
    assert "- **00:09 example.name:** “my name is”" in text
    assert "- **00:04 example.threat:** What was said counts as “example.threat”" in text
    assert "- **Outcome:** All done (DONE)" in text
    assert "**00:04 example.threat:** “" not in text


def test_a_choice_that_was_taken_back_is_not_told_with_or_without_the_script() -> None:
    record = call_of(*INPUTS[:8], (16.0, Undo()), (18.0, hear(CUSTOMER, "Wait", 17.0, 18.0)))
    for script, step, fact in ((example(), "Greeting", "Agreed"), (None, "hello", "agreed")):
        text = export(record, "txt", ENGLISH, script)
        assert f"00:16 {'' if script else 'example.'}{step}\n\n- 00:17 Customer: Wait\n" in text
        assert f"{fact}:" not in text


def test_a_call_in_which_nobody_spoke() -> None:
    started_only = replace(call_of(), events=(started(example()),))
    text = export(started_only, "txt", ENGLISH, example())
    assert "Nothing was said." in text
    assert "Times: not measured" in text


def test_events_that_are_no_calls_are_refused_by_a_report() -> None:
    first = started(example())
    for events in ((), (Heard(seq=0, at=0, speaker=AGENT, text="a", start=0, end=0),)):
        with pytest.raises(StorageError):
            export(replace(call_of(), events=events), "md", ENGLISH)
    odd = CallStarted(**{**msgspec.structs.asdict(first), "day": "yesterday"})
    with pytest.raises(StorageError, match="do not fit together"):
        export(replace(call_of(), events=(odd,)), "md", ENGLISH)


def test_every_word_of_the_interface_goes_through_the_messages() -> None:
    marked = _Marked()
    record = replace(call_of(*INPUTS), title="")
    for format in (Format.MD, Format.TXT, Format.CSV, Format.SRT, Format.VTT):
        text = export(record, format, marked, None)
        rest = re.sub(r"⟦[^⟦⟧]*⟧", "", _flat(text))
        while "⟦" in rest:
            rest = re.sub(r"⟦[^⟦⟧]*⟧", "", rest)
        assert not re.findall(r"(?i)agent|customer|outcome|forbidden|threat,|cues|time", rest), rest


def _flat(text: str) -> str:
    """Return a text without line breaks that may lie within a sentence."""
    return " ".join(text.split())


def test_there_is_no_other_format() -> None:
    with pytest.raises(UsageError, match="no format") as caught:
        export(call_of(), "docx", ENGLISH)
    assert "md, txt, csv, json, srt, vtt" in caught.value.hint
