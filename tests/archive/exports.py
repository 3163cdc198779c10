"""What the tests of exports share: a small script, its calls, and texts that mean harm."""

from collections.abc import Sequence
from functools import cache

from hypothesis import strategies as st

from callcoach.archive.export.record import CallRecord, record_call
from callcoach.archive.ids import CallId
from callcoach.call.events import Event, Heard
from callcoach.call.inputs import EndCall, Hear, Hold, Input, TakeExit, TellFact, Unhold, WriteNote
from callcoach.locale import Messages
from callcoach.script.facts import FactId
from callcoach.script.model import ExitId, Script, Speaker
from tests.archive.support import scripted_call
from tests.sessions import coach, start
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


def hear(speaker: Speaker, text: str, begin: float, end: float) -> Hear:
    """Return something that was said, with its times."""
    return Hear(speaker, text, begin, end, source="transcript")


INPUTS: Sequence[tuple[float, Input]] = (
    (4.0, hear(AGENT, "Pay now, or else!", 1.0, 4.0)),
    (6.0, hear(CUSTOMER, "I lost my job.", 4.5, 6.0)),
    (9.0, hear(AGENT, "I am sorry, my name is Lin.", 7.0, 9.0)),
    (10.0, TellFact(FactId("example.plan"), "monthly")),
    (11.0, WriteNote("call back *soon*")),
    (12.0, Hold()),
    (14.0, Unhold()),
    (15.0, TakeExit(ExitId("on"))),
    (18.0, hear(AGENT, "Goodbye.", 17.0, 18.0)),
    (19.0, EndCall()),
)


def call_of(*inputs: tuple[float, Input]) -> CallRecord:
    """Return the record of a call to which these things happened."""
    session, opening = start(coach(example()))
    events: list[Event] = list(opening)
    for at, given_input in inputs:
        events += session.feed(given_input, at)
    return record_call(CALL, events, session.coach.script, "en")


@cache
def example() -> Script:
    """Return the script of the calls in these tests."""
    return script_of(PACK)


def saying(*texts: str) -> CallRecord:
    """Return the record of a call in which the customer says and the agent notes these things."""
    inputs: list[tuple[float, Input]] = []
    for place, text in enumerate(texts):
        inputs.append((place + 1.0, hear(CUSTOMER, text, place, place + 1.0)))
        inputs.append((place + 1.0, WriteNote(text)))
    return call_of(*inputs)


def agreement() -> CallRecord:
    """Return the record of a Chinese call that ends with an agreement."""
    call = scripted_call()
    return record_call(CALL, call.events, call.coach.script, "zh")


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

WORDS = st.text(st.characters(codec="utf-8"), max_size=40)
TIMES = (
    st.floats(-10, 1e6)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.integers(0, 100).map(float)
)
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
