"""What was said aloud is known, and not written down twice where its key was pressed too."""

from callcoach.call.inputs import SayLine
from callcoach.hearing.live.spoken import spoken_lines
from callcoach.script.model import LineId
from tests.hearing.scripted_ear import AGENT, final, heard_call, opened, texts


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
