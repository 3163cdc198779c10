"""Tests of a call's entries, as it goes on and as it is read afterwards."""

import pytest
from msgspec.structs import replace

from callcoach.call.events import CueHeard, FlagRaised, Heard
from callcoach.call.explain import cue_title
from callcoach.call.inputs import Pass, TickCue, Undo
from callcoach.locale import Messages
from callcoach.script.model import CueId
from callcoach.tui.draw import draw_flags
from callcoach.tui.look import Look
from callcoach.tui.signs import signs
from callcoach.tui.story import Story
from callcoach.tui.told_call import tell_call
from callcoach.tui.widgets.paper import Mark
from tests.call.example import Case
from tests.call.moves import agent, cue

LOOK = Look(Messages("en"), signs(False))
NAME = {"cues": {"name": cue("name", in_="call", within="30s of call")}}
LATE = Case("", NAME, [(35.0, Pass()), (40.0, agent("name"))], []).play()


def test_what_is_said_too_late_is_one_remark() -> None:
    script = LATE.session.coach.script
    title = script.cues[next(iter(script.cues))].title.plain("en")
    flag = next(n for n, it in enumerate(LATE.events) if isinstance(it, FlagRaised))
    story = Story(script, LOOK)
    before = [it.body for it in story.tell(LATE.events[: flag + 1]) if title in it.body]
    after = [it.body for it in story.tell(LATE.events[flag + 1 :]) if title in it.body]
    assert before == [title]
    assert after == [f"said too late: {title}"]
    whole = tell_call(script, LATE.events, (), LOOK)
    assert len(whole.flags()) == 1
    assert sum("said too late" in it.piece.body for it in whole.entries) == 1
    assert sum(it.flag is not None for it in whole.entries) == 1


def test_each_event_comes_with_its_own_entries() -> None:
    story = Story(LATE.session.coach.script, LOOK)
    each = [(event, [it.body for it in told]) for event, told in story.tell_each(LATE.events)]
    heard = [(event.text, bodies) for event, bodies in each if isinstance(event, Heard)]
    assert heard == [("name", ["name"])]
    assert [body for _, bodies in each for body in bodies] == [
        it.body for it in story.tell(LATE.events)
    ]
    assert len(each) < len(LATE.events)  # the flag and its clearing are told as one


def test_what_was_taken_back_is_named() -> None:
    tick = TickCue(CueId("example.name"))
    call = Case("", NAME, [(1.0, tick), (2.0, Undo())], []).play()
    title = cue_title(call.session.coach.script, CueId("example.name"), "en")
    (told,) = [
        it.body
        for it in Story(call.session.coach.script, LOOK).tell(call.events)
        if "Taken back" in it.body
    ]
    assert told == f"Taken back: {title}"


@pytest.mark.parametrize(
    ("phrase", "said", "words"),
    [
        ("of", "Well, you may think of it what you like.", "Well, you may think of it"),
        ("shut up", "Now shut up, please.", "shut up"),
    ],
)
def test_a_particle_that_was_flagged_stands_in_its_line(phrase: str, said: str, words: str) -> None:
    parts = {"avoid": {"rude": cue(phrase)}}
    call = Case("", parts, [(3.0, agent(said))], []).play()
    line = next(it for it in call.events if isinstance(it, Heard))
    heard = next(it for it in call.events if isinstance(it, CueHeard))
    entries = tell_call(call.session.coach.script, call.events, (), LOOK).entries
    flagged = next(it.piece for it in entries if it.flag)
    spoken = next(it.piece for it in entries if it.heard is not None)
    assert words in flagged.body.replace("«", "").replace("»", "")
    is_whole = words != phrase
    start, end = (0, len(line.text)) if is_whole else (heard.span.start, heard.span.end)
    assert Mark(start, end, "$error bold underline") in spoken.marks


@pytest.mark.parametrize(
    ("language", "note"), [("en", " (learned judge, 93%)"), ("zh", "（评判模型，把握 93%）")]
)
def test_a_flag_that_a_learned_judge_raises_says_so(language: str, note: str) -> None:
    call = Case("", {"avoid": {"rude": cue("shut up")}}, [(3.0, agent("Now shut up"))], []).play()
    script, look = call.session.coach.script, Look(Messages(language), signs(False))
    judged = [
        replace(it, by="model", confidence=0.934) if isinstance(it, CueHeard) else it
        for it in call.events
    ]
    title = cue_title(script, CueId("example.rude"), "en")
    assert title in [it.body for it in Story(script, look).tell(call.events)]
    story = Story(script, look)
    assert f"{title}{note}" in [it.body for it in story.tell(judged)]
    shown = draw_flags(call.session, look, 4.0, 6, story.by_model)
    assert next(shown).body == f"{title}{note}"
