"""What was said aloud is known, and not written down twice where its key was pressed too."""

import pytest

from callcoach.call.inputs import SayLine
from callcoach.hearing.live.spoken import spoken_lines
from callcoach.script.model import LineId
from tests.hearing.scripted_ear import AGENT, HeardCall, final, heard_call, opened, texts
from tests.sessions import coach
from tests.support import dump, end, minimal, step


def test_lines_that_were_said_aloud_are_known() -> None:
    call = heard_call(follows=False)
    hello, who = (id for id, _ in call.live.session.lines())
    call.hear(opened())
    assert spoken_lines(call.live.session) == frozenset()
    name = call.live.session.render_line(hello).text.split(" and ")[0]
    call.hear(final(AGENT, name.replace(",", "").lower() + " and i'm calling from"))
    assert spoken_lines(call.live.session) == {hello}
    call.hear(final(AGENT, "may i speak with ms wang"))
    assert spoken_lines(call.live.session) == {hello, who}


def test_a_line_that_the_key_has_written_down_is_not_written_twice() -> None:
    call = heard_call(follows=False)
    call.hear(opened())
    line = LineId("courtesy.who_is_it")
    call.clock.at = 4.0
    call.live.feed(SayLine(line, 2.0))
    call.clock.at = 4.6
    call.hear(final(AGENT, "may i speak with ms wang please", start=2.0))
    assert len(texts(call)) == 1
    call.clock.at = 40.0
    call.hear(final(AGENT, "may i speak with ms wang please", start=37.0))
    assert len(texts(call)) == 2


GAPS = (
    ("Am I speaking with [name]?", "am i speaking with john albert smith", True),
    ("Am I speaking with {name}?", "am i speaking with john", True),
    ("Hello __, am I speaking with XX?", "hello anna am i speaking with john", True),
    ("请问您是【姓名】先生吗？", "请问您是王小明先生吗", True),
    ("请问您是XX先生吗？", "请问您是王小明先生吗", True),
    ("Am I speaking with [name]?", "good morning to you", False),
    ("[name], [company].", "anna from fairway", False),
)


@pytest.mark.parametrize(("said", "heard", "is_said"), GAPS)
def test_what_nobody_has_filled_in_is_filled_in_by_who_reads_it(
    said: str, heard: str, is_said: bool
) -> None:
    steps = {"hello": step(said, on="bye"), "bye": end("Bye.")}
    call = HeardCall(coach(dump(minimal(steps=steps))), follows=False)
    call.hear(opened())
    call.hear(final(AGENT, heard, start=2.0))
    assert bool(spoken_lines(call.live.session)) is is_said
    (line,) = (id for id, _ in call.live.session.lines())
    call.live.feed(SayLine(line, 2.0))
    call.hear(final(AGENT, heard, start=2.0))
    assert len(texts(call)) == (2 if is_said else 3)


def test_what_goes_on_after_a_line_with_gaps_is_written_down() -> None:
    steps = {"hello": step("Can you pay [amount]?", on="bye"), "bye": end("Bye.")}
    call = HeardCall(coach(dump(minimal(steps=steps))), follows=False)
    call.hear(opened())
    (line,) = (id for id, _ in call.live.session.lines())
    call.live.feed(SayLine(line, 2.0))
    more = "can you pay three hundred dollars because otherwise we have to start again next month"
    call.hear(final(AGENT, more, start=2.0))
    assert len(texts(call)) == 2


@pytest.mark.parametrize("said", ["Hello {name}!", "Hello [name]!", "Hello XX!", "Hello ___!"])
def test_a_gap_is_no_word_of_a_line(said: str) -> None:
    steps = {"hello": step(said, on="bye"), "bye": end("Bye.")}
    call = HeardCall(coach(dump(minimal(steps=steps))), follows=False)
    call.hear(opened())
    call.hear(final(AGENT, "hello john"))
    assert len(spoken_lines(call.live.session)) == 1
