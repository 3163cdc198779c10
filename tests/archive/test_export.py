"""Tests of exports: what they say, that they come back, and that no text from a call breaks out."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from callcoach.archive.export import (
    CallRecord,
    Format,
    export,
    read_export,
    read_record,
    record_call,
)
from callcoach.archive.export.markdown import escape
from callcoach.archive.ids import CallId
from callcoach.archive.transcripts import parse_transcript
from callcoach.call.events import (
    CallStarted,
    CueHeard,
    Event,
    FactTold,
    Heard,
    Span,
    Unknown,
    decode,
)
from callcoach.call.inputs import (
    EndCall,
    Hear,
    Hold,
    Input,
    Pass,
    TakeExit,
    TellFact,
    TickCue,
    Undo,
    Unhold,
    WriteNote,
)
from callcoach.errors import StorageError, TranscriptError, UsageError
from callcoach.locale import Messages
from callcoach.script.facts import FactId
from callcoach.script.model import CueId, ExitId, Script, Speaker
from callcoach.words.display import display
from callcoach.words.wrap import width
from tests.archive.support import scripted_call
from tests.sessions import coach, start, started
from tests.support import script_of

CALL = CallId("01980000-0000-7000-8000-0000000000aa")
ENGLISH = Messages("en")
AGENT, CUSTOMER = Speaker.AGENT, Speaker.CUSTOMER

PACK = """\
callcoach: 1
pack: example
version: "1.5"
title: {en: Example call, zh: 例子}
languages: [en, zh]
start: hello
facts:
  plan: {type: choice, title: {en: Plan, zh: 方案}, choices: {monthly: {en: Every month, zh: 每月}}}
  agreed: {type: yes_no, title: {en: Agreed, zh: 已同意}}
steps:
  hello:
    title: {en: Greeting, zh: 问好}
    say: {hi: {en: Good morning., zh: 您好。}}
    asks: [plan, agreed]
    exits:
      on: {label: {en: Go on, zh: 继续}, to: bye, sets: {agreed: yes}}
  bye:
    title: {en: Farewell, zh: 道别}
    say: {farewell: {en: Goodbye., zh: 再见。}}
    outcome: done
outcomes:
  done: {code: DONE, title: {en: All done, zh: 完成}}
cues:
  name:
    in: call
    title: {en: Say your name, zh: 报姓名}
    within: 30s of call
    heard: {en: my name is}
  sorry:
    in: call
    title: {en: Apologise, zh: 道歉}
    heard: {en: i am sorry}
watch:
  hardship:
    speaker: customer
    title: {en: Hardship, zh: 困难}
    heard: {en: lost my job}
avoid:
  threat:
    title: {en: Threat, zh: 威胁}
    repair: sorry
    heard: {en: or else}
"""


class _Marked(Messages):
    """Words of the interface that show that they went through it."""

    def __init__(self) -> None:
        super().__init__("en")

    def say(self, text: str, **values: object) -> str:
        return f"⟦{super().say(text, **values)}⟧"

    def count(self, one: str, many: str, n: int, **values: object) -> str:
        return f"⟦{super().count(one, many, n, **values)}⟧"


def _hear(speaker: Speaker, text: str, begin: float, end: float) -> Hear:
    return Hear(speaker, text, begin, end, source="transcript")


INPUTS: Sequence[tuple[float, Input]] = (
    (4.0, _hear(AGENT, "Pay now, or else!", 1.0, 4.0)),
    (6.0, _hear(CUSTOMER, "I lost my job.", 4.5, 6.0)),
    (9.0, _hear(AGENT, "I am sorry, my name is Lin.", 7.0, 9.0)),
    (10.0, TellFact(FactId("example.plan"), "monthly")),
    (11.0, WriteNote("call back *soon*")),
    (12.0, Hold()),
    (14.0, Unhold()),
    (15.0, TakeExit(ExitId("on"))),
    (18.0, _hear(AGENT, "Goodbye.", 17.0, 18.0)),
    (19.0, EndCall()),
)


def _call(*inputs: tuple[float, Input]) -> CallRecord:
    """Return the record of a call to which these things happened."""
    session, opening = start(coach(PACK))
    events: list[Event] = list(opening)
    for at, given_input in inputs:
        events += session.feed(given_input, at)
    return record_call(CALL, events, session.coach.script, "en")


def _script() -> Script:
    return script_of(PACK)


def _saying(*texts: str) -> CallRecord:
    """Return the record of a call in which the customer says and the agent notes these things."""
    inputs: list[tuple[float, Input]] = []
    for place, text in enumerate(texts):
        inputs.append((place + 1.0, _hear(CUSTOMER, text, place, place + 1.0)))
        inputs.append((place + 1.0, WriteNote(text)))
    return _call(*inputs)


# The record


def test_a_record_is_made_of_the_events() -> None:
    record = _call(*INPUTS)
    assert (record.id, record.script, record.title) == (CALL, "example", "Example call")
    assert (record.version, record.language, record.mode) == ("1.5", "en", "call")
    assert (record.code, record.outcome) == ("DONE", "All done")
    without = record_call(CALL, record.events, None, "en")
    assert (without.title, without.code, without.outcome) == ("example", "DONE", "")


def test_an_end_that_was_taken_back_is_none() -> None:
    record = _call(*INPUTS, (20.0, Undo()))
    assert (record.code, record.outcome) == ("", "")
    assert "the call has not ended" in export(record, "txt", ENGLISH)


def test_a_record_begins_with_the_calls_start() -> None:
    for events in ((), _call(*INPUTS).events[1:]):
        with pytest.raises(StorageError, match="does not begin with its start"):
            record_call(CALL, events, None, "en")


# JSON


def test_everything_comes_back_from_json() -> None:
    for record in (_call(*INPUTS), _scripted()):
        text = export(record, Format.JSON, ENGLISH)
        assert read_record(text) == record
        assert read_export("\ufeff" + text) == record.events


def test_json_says_what_was_said_for_programs_that_want_nothing_else() -> None:
    data = json.loads(export(_call(*INPUTS), "json", ENGLISH))
    assert list(data) == ["callcoach_export", "call", "utterances", "events"]
    assert data["callcoach_export"] == 1
    assert data["utterances"][0] == {
        "speaker": "agent", "text": "Pay now, or else!", "stime": 1.0, "etime": 4.0,
    }  # fmt: skip
    assert data["events"][0]["kind"] == "call_started"
    assert data["events"][0]["version"] == 1
    assert data["events"][0]["body"]["seq"] == 0


def test_an_export_is_a_transcript_too() -> None:
    record = _scripted()
    transcript = parse_transcript(export(record, "json", ENGLISH), "x")
    heard = [event for event in record.events if isinstance(event, Heard)]
    assert transcript.is_timed
    assert [(row.speaker, row.text, row.start, row.end) for row in transcript.rows] == [
        (event.speaker, event.text, event.start, event.end) for event in heard
    ]


@pytest.mark.parametrize(
    ("kind", "version", "more"),
    [("from_the_future", 3, {}), ("heard", 9, {}), ("heard", 9, {"version": 4, "body": [1.5]})],
    ids=["an unknown kind", "a newer version of a known kind", "keys of its own"],
)
def test_what_this_program_does_not_know_survives(
    kind: str, version: int, more: dict[str, object]
) -> None:
    body = {"kind": kind, "seq": 7, "at": 2.5, "text": "改变", "speaker": "agent", **more}
    event = decode(kind, version, msgspec.json.encode(body))
    assert isinstance(event, Unknown)
    record = replace(_call(), events=(started(_script()), event))
    (_, back) = read_export(export(record, "json", ENGLISH))
    assert back == event
    for format in Format:
        assert export(record, format, ENGLISH, _script())


WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
TIMES = st.floats(0, 1e6) | st.integers(0, 100).map(float)
HEARD = st.builds(
    Heard,
    seq=st.integers(0, 99),
    at=TIMES,
    speaker=st.sampled_from(Speaker),
    text=WORDS,
    start=TIMES,
    end=TIMES,
    confidence=st.none() | st.floats(0, 1),
)
EVENTS = st.lists(
    HEARD
    | st.builds(FactTold, seq=st.integers(0, 99), at=TIMES, fact=WORDS.map(FactId), value=WORDS)
    | st.builds(
        CueHeard,
        seq=st.integers(0, 99),
        at=TIMES,
        cue=WORDS.map(CueId),
        span=st.builds(
            Span, heard=st.integers(0, 9), start=st.integers(-5, 50), end=st.integers(-5, 50)
        ),
        phrase=WORDS,
    ),
    max_size=6,
)


@given(EVENTS)
def test_any_events_come_back_and_can_be_exported(events: list[Event]) -> None:
    record = replace(_call(), events=(started(_script()), *events))
    assert read_export(export(record, "json", ENGLISH)) == record.events
    for format in Format:
        for script in (None, _script()):
            assert export(record, format, ENGLISH, script).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "no callcoach export"),
        ("[]", "no callcoach export"),
        ("[" * 100_000, "no callcoach export"),
        ('{"callcoach_export": 1}', "no callcoach export"),
        ('{"callcoach_export": 2, "new": []}', "newer callcoach"),
        ("\ud800", "no callcoach export"),
    ],
)
def test_what_is_no_export_is_refused(text: str, what: str) -> None:
    with pytest.raises(TranscriptError, match=what) as caught:
        read_export(text, "call.json")
    assert caught.value.message.startswith("call.json")
    assert caught.value.hint


@pytest.mark.parametrize(
    "body", ["{}", "[]", '{"kind": "x"}', '{"kind": "x", "seq": "a", "at": 0}', "null", '"\\ud8"']
)
@pytest.mark.parametrize("kind", ["heard", "from_the_future"])
def test_an_event_that_is_none_is_named(body: str, kind: str) -> None:
    text = export(_call(), "json", ENGLISH)
    broken = re.sub(
        r'"kind": "step_entered",\s*"version": 1,\s*"body": \{.*?\}(?=\s*\}\s*\]\s*\}\s*$)',
        lambda _: f'"kind": "{kind}", "version": 1, "body": {body}',
        text,
        flags=re.DOTALL,
    )
    assert broken != text
    with pytest.raises(TranscriptError, match=r"event 1 cannot be read|no callcoach export"):
        read_export(broken)


def test_three_thousand_broken_exports_are_read_or_refused() -> None:
    chance = random.Random(7)  # noqa: S311 - broken on purpose, the same way every time
    text = export(_call(*INPUTS), "json", ENGLISH)
    refused = sum(_is_refused(_broken(text, chance)) for _ in range(3_000))
    assert 500 < refused < 3_000


def _broken(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    put = chance.choice(('"', "}", "[", "null", "-1", "1e999", "x", "\ud800", "\\", ""))
    return text[:at] + put + text[at + chance.randrange(4) :]


def _is_refused(text: str) -> bool:
    """Tell whether a text is refused in the way it should be; nothing else may be raised."""
    try:
        read_export(text)
    except TranscriptError:
        return True
    return False


# The report


def _scripted() -> CallRecord:
    """Return the record of a Chinese call that ends with an agreement."""
    call = scripted_call()
    return record_call(CALL, call.events, call.coach.script, "zh")


def test_the_report_says_how_the_call_went() -> None:
    assert (
        export(_call(*INPUTS), "md", ENGLISH, _script())
        == f"""\
# Example call

- **Call:** {CALL}
- **Script:** example, version 1.5 ({_script().digest[:12]})
- **Language:** English
- **Kind:** call
- **Day:** 2026-12-01
- **Began:** 2026-12-01T06:00:00Z
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
- **Non-talk time:** 8.5 s
- **Longest silence:** 3.0 s
- **Overtalk:** 0.0 s
- **On hold:** 2.0 s
- **Turns:** 3
- **Agent:** 3 utterances, 0 questions, talk time 6.0 s, 0 interruptions, 120 words a minute, \
answers after 1.0 s on average
- **Customer:** 1 utterance, 0 questions, talk time 1.5 s, 0 interruptions, 160 words a minute, \
answers after 0.5 s on average
"""
    )


def test_the_plain_report_says_the_same() -> None:
    text = export(_call(*INPUTS), "txt", ENGLISH, _script())
    assert text.startswith("Example call\n============\n\n- Call: ")
    assert (
        "\nTranscript\n----------\n\n00:00 Greeting\n\n- 00:01 Agent: Pay now, or else!\n" in text
    )
    assert "    00:01 Agent: “or else”\n    Put right at 00:09: repaired.\n" in text
    assert all(width(line) <= 80 for line in text.splitlines())


def test_a_flag_that_is_open_and_a_cue_that_was_missed() -> None:
    record = _call((3.0, _hear(AGENT, "Pay, or else", 1, 3)), (31.0, Pass()), (40.0, Pass()))
    text = export(record, "txt", ENGLISH, _script())
    assert "Cues missed\n-----------\n\n- Say your name\n" in text
    assert "into the call and “Say your name” was" in text
    assert text.count("Still open at the end.") == 2


def test_a_flag_that_turned_out_to_be_none_is_not_reported() -> None:
    late = _call((31.0, Pass()), (32.0, _hear(AGENT, "My name is Lin", 29.0, 32.0)))
    assert "No flag was raised." in export(late, "txt", ENGLISH, _script())


def test_a_flag_that_is_raised_again_shows_the_words_each_time() -> None:
    record = _call(
        (3.0, _hear(AGENT, "Pay, or else", 1, 3)), (6.0, _hear(AGENT, "Now or  else", 5, 6))
    )
    text = export(record, "md", ENGLISH, _script())
    assert "  - 00:01 Agent: “or else”\n  - 00:05 Agent: “or  else”\n  - Raised 2 times." in text


def test_a_cue_that_was_ticked_is_said_to_be() -> None:
    record = _call((3.0, TickCue(CueId("example.name"))))
    assert "- **00:03 Say your name:** ticked by hand" in export(record, "md", ENGLISH, _script())


def test_without_the_script_ids_stand_for_titles() -> None:
    text = export(_call(*INPUTS), "md", ENGLISH)
    assert "### 00:00 example.hello" in text
    assert "- **example.plan:** monthly" in text
    assert "- **00:09 example.name:** “my name is”" in text
    assert "- **00:04 example.threat:** What was said counts as “example.threat”" in text
    assert "- **Outcome:** All done (DONE)" in text
    assert "**00:04 example.threat:** “" not in text


def test_a_choice_that_was_taken_back_is_not_told_with_or_without_the_script() -> None:
    record = _call(*INPUTS[:8], (16.0, Undo()), (18.0, _hear(CUSTOMER, "Wait", 17.0, 18.0)))
    for script, step, fact in ((_script(), "Greeting", "Agreed"), (None, "hello", "agreed")):
        text = export(record, "txt", ENGLISH, script)
        assert f"00:16 {'' if script else 'example.'}{step}\n\n- 00:17 Customer: Wait\n" in text
        assert f"{fact}:" not in text


def test_a_call_in_which_nobody_spoke() -> None:
    started_only = replace(_call(), events=(started(_script()),))
    text = export(started_only, "txt", ENGLISH, _script())
    assert "Nothing was said." in text
    assert "Times: not measured" in text


def test_events_that_are_no_calls_are_refused_by_a_report() -> None:
    first = started(_script())
    for events in ((), (Heard(seq=0, at=0, speaker=AGENT, text="a", start=0, end=0),)):
        with pytest.raises(StorageError):
            export(replace(_call(), events=events), "md", ENGLISH)
    odd = CallStarted(**{**msgspec.structs.asdict(first), "day": "yesterday"})
    with pytest.raises(StorageError, match="do not fit together"):
        export(replace(_call(), events=(odd,)), "md", ENGLISH)


def test_every_word_of_the_interface_goes_through_the_messages() -> None:
    marked = _Marked()
    record = replace(_call(*INPUTS), script="example", title="")
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
        export(_call(), "docx", ENGLISH)
    assert "md, txt, csv, json, srt, vtt" in caught.value.hint


# Nothing breaks out

HOSTILE = (
    "# heading",
    "- item\n- item",
    "1. one",
    "2) two",
    "+ plus",
    "---",
    "===",
    "***",
    "> quote",
    "    code",
    "```\ncode",
    "~~~",
    "`code`",
    "**bold** _soft_ ~~gone~~",
    "[link](http://example.org)",
    "![image](x.png)",
    "<script>alert(1)</script>",
    "<!-- hidden",
    "&lt;b&gt; &#35;",
    "| a | b |\n|---|---|",
    "https://example.org www.example.org",
    "[1]: http://example.org",
    "ends with a backslash \\",
    "\\# escaped",
    "\x1b[31mred\x07\u202eright to left\u2028next",
    "a\r\n\r\n# b",
    "# closed #",
    "$x$ ^2^ {.class}",
)
TEXTS = st.sampled_from(HOSTILE) | st.text(st.characters(codec="utf-8"), max_size=60)


def _structure(markdown: str) -> Iterator[str]:
    """Yield the kinds of the blocks of a Markdown text, and of what is inline in them."""
    parser = MarkdownIt("gfm-like", {"linkify": False})
    for token in parser.parse(markdown):
        yield token.type + token.tag
        for inline in token.children or ():
            yield "  " + inline.type


def _merged(kinds: Iterator[str]) -> list[str]:
    """Return kinds without those of text, of which escapes make several pieces."""
    return [kind for kind in kinds if kind not in ("  text", "  text_special")]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_said_changes_the_structure_of_the_report(text: str) -> None:
    harmless = _merged(_structure(export(_saying("harmless"), "md", ENGLISH, _script())))
    assert _merged(_structure(export(_saying(text), "md", ENGLISH, _script()))) == harmless


@given(TEXTS)
def test_markdown_shows_a_text_and_does_nothing_else(text: str) -> None:
    shown = escape(text)
    assert "\n" not in shown
    for around in ("{}", "- {}", "- **lead:** {}", "# {}"):
        tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(around.format(shown))
        inline = [inline for token in tokens for inline in token.children or ()]
        kinds = {piece.type for piece in inline}
        assert kinds <= {"text", "text_special", "strong_open", "strong_close"}, (around, text)
        assert len({token.type for token in tokens} - {"heading_open"}) <= 7
        read = "".join(piece.content for piece in inline).removeprefix("lead:")
        assert read.split() == display(text).split()


def _underlines(report: str) -> int:
    """Return how many headings a plain report has that are underlined."""
    return sum(1 for line in report.split("\n") if re.fullmatch(r"=+|-+", line))


@given(TEXTS)
def test_nothing_said_changes_the_lines_of_the_plain_report(text: str) -> None:
    report = export(_saying("x" + text), "txt", ENGLISH, _script())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", report)
    assert _underlines(report) == _underlines(export(_saying("x"), "txt", ENGLISH, _script()))


# The table

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
    rows = _table(_saying(text, "second"), _script())
    assert all(len(row) == 7 for row in rows)
    for row in rows:
        for cell in row:
            assert cell.strip(" \u3000\u00a0\u200b\ufeff")[:1] not in tuple("=+-@|%＝＋－＠｜％")
            assert cell[:1] not in ("\t", "\r", "\n")
    said = [row[3] for row in rows if row[1] == "said"]
    assert said[0].removeprefix("'") == display(text).removeprefix("'")


def test_the_table_has_a_row_for_each_event_that_matters() -> None:
    rows = _table(_call(*INPUTS), _script())
    assert rows[0] == ["time", "event", "speaker", "text", "step", "cue", "flag"]
    assert rows[1:6] == [
        ["0.000", "step", "", "", "Greeting", "", ""],
        ["1.000", "said", "Agent", "Pay now, or else!", "Greeting", "", ""],
        ["4.000", "cue heard", "Agent", "or else", "Greeting", "Threat", ""],
        [
            *("4.000", "flag", "", "or else", "Greeting", "Threat"),
            "What was said counts as “Threat”, which has no place in a call.",
        ],
        ["4.500", "said", "Customer", "I lost my job.", "Greeting", "", ""],
    ]
    assert ["9.000", "flag cleared", "", "I am sorry", "Greeting", "Threat"] in [
        row[:6] for row in rows
    ]
    assert ["15.000", "exit", "", "Go on", "Greeting", "", ""] in rows
    assert ["15.000", "fact", "", "Agreed: yes", "Greeting", "", ""] in rows
    assert ["10.000", "fact", "", "Plan: Every month", "Greeting", "", ""] in rows
    assert ["11.000", "note", "", "call back *soon*", "Greeting", "", ""] in rows
    assert rows[-1] == ["19.000", "end", "", "All done (DONE)", "Farewell", "", ""]


def test_what_this_program_does_not_know_has_a_row() -> None:
    event = Unknown(seq=9, at=3.0, original="=from_the_future", body={})
    rows = _table(replace(_call(), events=(*_call().events, event)))
    assert rows[-1][:2] == ["3.000", "'=from_the_future"]


# Captions

TIME = {"srt": r"(\d\d+):(\d\d):(\d\d),(\d{3})", "vtt": r"(\d\d+):(\d\d):(\d\d)\.(\d{3})"}


def _captions(text: str, format: str) -> list[tuple[int, int, str]]:
    """Return the captions of a file that a strict player takes: times in ms, and the text."""
    blocks = re.split(r"\n\n+", text.strip("\n"))
    if format == "vtt":
        assert blocks.pop(0) == "WEBVTT"
    captions: list[tuple[int, int, str]] = []
    for number, block in enumerate(filter(None, blocks), 1):
        lines = block.split("\n")
        if format == "srt":
            assert lines.pop(0) == str(number)
        times, words = lines
        found = re.fullmatch(f"{TIME[format]} --> {TIME[format]}", times)
        assert found is not None, times
        h, m, s, ms, *end = map(int, found.groups())
        captions.append((_ms(h, m, s, ms), _ms(*end), words))
    return captions


def _ms(hours: int, minutes: int, seconds: int, ms: int) -> int:
    assert minutes < 60
    assert seconds < 60
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def test_captions_name_the_speaker() -> None:
    record = _call(*INPUTS)
    assert export(record, "srt", ENGLISH).startswith(
        "1\n00:00:01,000 --> 00:00:04,000\nAgent: Pay now, or else!\n\n2\n"
    )
    assert export(record, "vtt", ENGLISH).startswith(
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Agent>Pay now, or else!</v>\n\n"
    )


def test_what_nobody_measured_is_shown_for_as_long_as_it_takes_to_say() -> None:
    record = _call((5.0, Hear(AGENT, "one two three four five")))
    assert _captions(export(record, "srt", ENGLISH), "srt") == [
        (5_000, 7_000, "Agent: one two three four five")
    ]


@pytest.mark.parametrize("format", ["srt", "vtt"])
@given(events=st.lists(HEARD, max_size=8))
def test_captions_are_in_order_and_of_some_length(format: str, events: list[Heard]) -> None:
    record = replace(_call(), events=tuple(events))
    captions = _captions(export(record, format, ENGLISH), format)
    assert len(captions) == sum(1 for event in events if display(event.text).strip())
    starts = [start for start, _, _ in captions]
    assert starts == sorted(starts)
    assert all(start < end for start, end, _ in captions)


@pytest.mark.parametrize("text", [*HOSTILE, "00:00 --> 00:01", "</v><v Agent>lies", "{\\an8}up"])
def test_nothing_said_breaks_out_of_a_caption(text: str) -> None:
    record = _saying(text)
    ((_, _, srt),) = _captions(export(record, "srt", ENGLISH), "srt")
    assert srt.startswith("Customer: ")
    assert not re.search(r"[<>{}]", srt)
    ((_, _, vtt),) = _captions(export(record, "vtt", ENGLISH), "vtt")
    inside = vtt.removeprefix("<v Customer>").removesuffix("</v>")
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", inside)
    plain = inside.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == display(text).strip()


# Files


def test_a_file_is_written_as_it_is_for_its_owners_eyes_alone(tmp_path: Path) -> None:
    path = tmp_path / "call.csv"
    with umask(0o000):
        write_export(path, "\ufeff坐席\r\n\n")
    assert path.read_bytes() == "\ufeff坐席\r\n\n".encode()
    assert mode_of(path) == 0o600
    write_export(path, "second")
    assert path.read_text(encoding="utf-8") == "second"
    assert os.listdir(tmp_path) == ["call.csv"]


def test_a_planted_link_is_replaced_and_its_victim_unchanged(tmp_path: Path) -> None:
    victim, folder = tmp_path / "victim", tmp_path / "out"
    victim.write_text("precious", encoding="utf-8")
    victim.chmod(0o644)
    folder.mkdir()
    plants = {
        "link.md": victim,
        "relative.md": Path("../victim"),
        "twice.md": folder / "link.md",
        "dangling.md": tmp_path / "none",
        "to_folder.md": tmp_path,
    }
    for name, target in plants.items():
        (folder / name).symlink_to(target)
    (folder / "hard.md").hardlink_to(victim)
    for name in (*plants, "hard.md"):
        write_export(folder / name, name)
        assert not (folder / name).is_symlink()
        assert (folder / name).read_text(encoding="utf-8") == name
    assert victim.read_text(encoding="utf-8") == "precious"
    assert mode_of(victim) == 0o644
    assert not (tmp_path / "none").exists()


def test_what_cannot_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    for path in (
        tmp_path / "folder",
        tmp_path / "none" / "call.md",
        tmp_path / "file" / "call.md",
        tmp_path / ("x" * 300),
        tmp_path / "a\0b",
        tmp_path / "a\ud800b" if os.name == "nt" else tmp_path / "\0",
    ):
        with pytest.raises(StorageError) as caught:
            write_export(path, "text")
        assert caught.value.hint
    assert sorted(os.listdir(tmp_path)) == ["file", "folder"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


def test_a_folder_of_somebody_else_is_named_in_the_error(own_folder: Path) -> None:
    own_folder.chmod(0o500)
    with ordinary_user(), pytest.raises(StorageError, match=re.escape(str(own_folder))):
        write_export(own_folder / "call.md", "text")
    assert os.listdir(own_folder) == []
