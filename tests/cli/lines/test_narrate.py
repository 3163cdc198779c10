"""What the line mode and the summary tell of the hearing of a call."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from callcoach.call.captured import Closed, Doubt, Source
from callcoach.call.events import CueHeard
from callcoach.call.inputs import (
    Hear,
    Hold,
    Input,
    MissSound,
    PauseCapture,
    ResumeCapture,
    StartCapture,
    StopCapture,
    TurnListening,
    Unhold,
)
from callcoach.call.names import closed_name
from callcoach.cli.lines.narrate import Narrator
from callcoach.cli.lines.summary import summary_json, summary_lines
from callcoach.locale import Messages
from callcoach.script.model import Speaker
from tests.call.moves import cue, end_call, take
from tests.sessions import Call, play
from tests.support import minimal

PACK = minimal(cues={"greet": cue("good morning", in_="hello")}, avoid={"threat": cue("sue you")})
START = StartCapture((Source(Speaker.AGENT, "headset"),), "tiny-en")
UNSURE = Hear(Speaker.AGENT, "I will sue you", 10.0, 12.0, "speech", 0.6, (Doubt(7, 10, 0.4),))
NOISY = Hear(Speaker.AGENT, "Good morning", 13.0, 14.0, "speech", 0.6, (Doubt(0, 4, 0.5),))
CALL: Sequence[tuple[float, Input]] = (
    (0.0, PauseCapture(Closed.NOT_YET)),
    (5.0, TurnListening(is_on=True)),
    (5.0, START),
    (12.0, UNSURE),
    (14.0, NOISY),
    (20.0, Hold()),
    (20.0, PauseCapture(Closed.HOLD)),
    (30.0, Unhold()),
    (30.0, ResumeCapture()),
    (40.0, MissSound(35.0, 37.5, "dropped")),
    (45.0, take("on")),
    (50.0, end_call()),
)


def told(call: Call) -> list[str]:
    """Return what the line mode prints about the hearing of a call."""
    narrator = Narrator(call.session, Messages("en"))
    lines = [line for event in call.events for line in narrator.tell(event)]
    return [line for line in lines if line[:1] in ("(", "~")]


def test_the_line_mode_tells_what_happens_to_the_hearing_once() -> None:
    assert told(play(PACK, *CALL)) == [
        "(Not listening: not opened yet)",
        "(Listening opened by hand)",
        "(Listening; the sound is not kept)",
        "~ Perhaps heard: Sue you. Not flagged, because the recogniser was unsure (40%).",
        "(on hold)",
        "(back from hold)",
        "(Listening again)",
        "(Not heard, everybody, from 0:35 to 0:37: this machine was too slow)",
    ]


def test_a_failure_is_told() -> None:
    call = play(PACK, (1.0, START), (2.0, StopCapture(Closed.FAILED)))
    assert told(call)[-1] == "(Listening has ended: hearing has failed)"


def test_the_summary_tells_what_was_in_doubt_and_how_much_was_heard() -> None:
    call = play(PACK, *CALL)
    told_lines = summary_lines(call.session, call.events, Messages("en"))
    lines = [" ".join(line.split()) for line in told_lines]
    assert "Heard by machine 65%" in lines
    assert "Not listened to 0:10 (the customer is on hold)" in lines
    assert "Not listened to 0:05 (not opened yet)" in lines
    assert "Missed 2.5 s" in lines
    doubt = "~ 0:10 Perhaps heard: Sue you. Not flagged, because the recogniser was unsure (40%)."
    assert doubt in lines
    assert any(line.endswith("in doubt, 50% sure") for line in lines)


def test_programs_are_told_the_same() -> None:
    call = play(PACK, *CALL)
    made = summary_json(call.session, call.events, Messages("en"))
    assert made["listened"] == {
        "heard": 32.5,
        "closed": {"hold": 10.0, "not_yet": 5.0},
        "missed": 2.5,
        "share": 0.65,
    }
    perhaps = made["perhaps"]
    assert isinstance(perhaps, list)
    assert [(it["cue"], it["words"], it["confidence"]) for it in perhaps] == [
        ("example.threat", "sue you", 0.4)
    ]
    heard = made["heard"]
    assert isinstance(heard, list)
    assert [(it["cue"], it["in_doubt"]) for it in heard] == [("example.greet", True)]


def test_a_typed_call_is_told_as_ever() -> None:
    call = play(PACK, (45.0, take("on")), (50.0, end_call()))
    assert told(call) == []
    assert summary_json(call.session, call.events, Messages("en"))["listened"] is None
    lines = " ".join(summary_lines(call.session, call.events, Messages("en")))
    assert "Heard by machine" not in lines


@pytest.mark.parametrize("reason", Closed)
def test_every_reason_has_a_name_of_its_own(reason: Closed) -> None:
    names = [closed_name(one, Messages("en")) for one in Closed]
    assert names.count(closed_name(reason, Messages("en"))) == 1
    assert closed_name("of tomorrow", Messages("en")) == "of tomorrow"


@pytest.mark.parametrize(
    ("said", "shown"), [("So, hi, all of you", "“So, «hi», all of you”"), ("Hi!", "“Hi”")]
)
def test_words_too_few_to_tell_stand_in_their_line(said: str, shown: str) -> None:
    pack = minimal(cues={"greet": cue("hi", in_="hello")})
    call = play(pack, (2.0, Hear(Speaker.AGENT, said, 0.0, 2.0, "typed")))
    lines = [*summary_lines(call.session, call.events, Messages("en"))]
    assert any(line.endswith(shown) for line in lines)


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Sue you (learned judge, 93%): "), ("zh", "Sue you（评判模型，把握 93%）：")],
)
def test_a_flag_that_a_learned_judge_raises_says_so(language: str, title: str) -> None:
    call = play(PACK, (2.0, Hear(Speaker.AGENT, "I will sue you", 1.0, 2.0)))
    narrator = Narrator(call.session, Messages(language))
    by_rule = [line for event in call.events for line in narrator.tell(event)]
    assert not any("93%" in line for line in (*by_rule, *narrator.open_flags()))
    judged = [
        replace(it, by="model", confidence=0.934) if isinstance(it, CueHeard) else it
        for it in call.events
    ]
    told = [line for event in judged for line in narrator.tell(event)]
    assert [line.startswith(f"! {title}") for line in told if line.startswith("!")] == [True]
    assert next(narrator.open_flags()).startswith(f"  1 ! {title}")
