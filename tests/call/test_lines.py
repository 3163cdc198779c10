"""Lines that are said by a key: when they began, on hold, and around an objection."""

import pytest

from callcoach.call.inputs import Hold, SwitchLanguage, Undo, Unhold
from callcoach.errors import IllegalMove
from callcoach.script.model import Script
from tests.call.example import ANGRY, LATE, example
from tests.call.moves import agent, customer, jump, line, objection, take, tell
from tests.sessions import Call, play
from tests.support import end, script_of, step

HELLO = {"hi": ["One.", "Two.", "Three."], "there": "There."}
SCRIPT: Script = script_of(
    example(
        steps={
            "hello": {**step("Hello.", on="deal"), "say": HELLO},
            "deal": step(
                "Deal.",
                ask={"stay": "yes", "say": {"ask_them": "May I ask?"}},
                more={"stay": "yes", "say": {"more_of_it": "And more?"}},
                on="bye",
            ),
            "bye": end("Bye."),
        },
        objections={"late": {**LATE, "bridge": "So, where were we."}, "angry": ANGRY},
    )
)


def begun(call: Call) -> tuple[float, float]:
    """Return when the last utterance began and ended."""
    last = call.session.transcript[-1]
    return last.start, last.end


# When a line began


def test_a_line_takes_as_long_as_it_takes() -> None:
    assert begun(play(SCRIPT, (9.0, line("hi", 3.0)))) == (6.0, 9.0)


def test_a_line_begins_after_what_was_said_before_it() -> None:
    call = play(SCRIPT, (8.0, customer("Yes?")), (9.0, line("hi", 3.0)))
    assert begun(call) == (8.0, 9.0)
    call = play(SCRIPT, (8.0, customer("Yes?", 5.0, 7.5)), (9.0, line("hi", 3.0)))
    assert begun(call) == (7.5, 9.0)


def test_a_line_begins_after_its_step_was_entered() -> None:
    call = play(SCRIPT, (8.0, take("on")), (9.0, line("l_deal_", 3.0)))
    assert begun(call) == (8.0, 9.0)


def test_a_line_of_a_spoke_begins_after_the_spoke_was_taken() -> None:
    call = play(SCRIPT, (2.0, take("on")), (8.5, take("ask")), (9.0, line("ask_them", 3.0)))
    assert begun(call) == (8.5, 9.0)


def test_a_hold_does_not_move_when_a_step_was_entered() -> None:
    call = play(SCRIPT, (1.0, Hold()), (8.0, Unhold()), (8.2, take("on")), (9.0, line("hi", 3.0)))
    assert begun(call) == (8.2, 9.0)


def test_a_line_said_while_a_recogniser_is_ahead_begins_when_it_is_said() -> None:
    call = play(SCRIPT, (8.0, customer("Yes?", 8.0, 12.0)), (9.0, line("hi", 3.0)))
    assert begun(call) == (9.0, 9.0)


# On hold


def test_nothing_is_said_to_a_customer_on_hold() -> None:
    call = play(SCRIPT, (1.0, Hold()))
    with pytest.raises(IllegalMove) as refused:
        call.feed(2.0, line("hi"))
    assert refused.value.message == "the customer is on hold"
    assert refused.value.hint
    assert not call.session.transcript
    call.feed(3.0, Unhold(), line("hi"))
    assert call.session.transcript


# Around an objection


def test_what_was_said_in_a_step_is_said_when_an_objection_is_over() -> None:
    call = play(SCRIPT, (1.0, line("hi")), (2.0, objection("late")))
    assert call.state.said == frozenset()
    call.feed(3.0, line("of_course"), take("back"))
    assert call.state.said == {"example.hi"}


def test_what_is_said_again_later_in_the_words_that_were_said() -> None:
    for seed in range(5):
        call = play(SCRIPT, seed=seed)
        before = call.session.lines()
        call.feed(2.0, line("hi"), objection("late"), take("back"))
        assert call.session.lines()[1:] == before


def test_a_bridge_is_offered_anew_each_time_and_alone() -> None:
    away_and_back = (objection("late"), take("back"), line("late_bridge"))
    call = play(SCRIPT, *((1.0, given) for given in away_and_back * 2))
    assert "example.late_bridge" in call.state.said
    call.feed(2.0, objection("late"), take("back"))
    assert [id for id, _ in call.session.lines()] == [
        "example.late_bridge",
        "example.hi",
        "example.there",
    ]
    assert call.state.said == frozenset()


def test_a_spoke_goes_on_where_it_was_interrupted() -> None:
    call = play(SCRIPT, (1.0, take("on")), (2.0, line("l_deal_")), (3.0, take("ask")))
    call.feed(4.0, objection("late"), take("back"))
    assert [id for id, _ in call.session.lines()] == ["example.late_bridge", "example.ask_them"]
    assert call.state.spoke == "ask"
    assert "example.l_deal_" in call.state.said


def test_a_spoke_that_is_taken_again_is_said_again() -> None:
    call = play(SCRIPT, (1.0, take("on")), (2.0, take("ask")), (3.0, line("ask_them")))
    assert "example.ask_them" in call.state.said
    call.feed(4.0, take("more"), take("ask"))
    assert "example.ask_them" not in call.state.said


def test_a_new_visit_begins_anew() -> None:
    call = play(SCRIPT, (1.0, line("hi")), (2.0, take("on")), (3.0, jump("hello")))
    assert call.state.said == frozenset()


def test_objections_in_objections_each_go_on() -> None:
    angry = (line("of_course"), objection("angry"), line("calm"), take("back"))
    call = play(SCRIPT, (1.0, line("hi")), (2.0, objection("late")), (3.0, angry[0]))
    call.feed(4.0, *angry[1:])
    assert call.state.said == {"example.of_course"}
    call.feed(5.0, take("back"))
    assert call.state.said == {"example.hi"}


def test_an_objection_left_for_a_step_leaves_nothing_to_go_on_with() -> None:
    call = play(SCRIPT, (1.0, line("hi")), (2.0, objection("late")), (3.0, take("away")))
    assert not call.state.interrupted
    call.feed(4.0, Undo(), take("back"))
    assert call.state.said == {"example.hi"}


# What is not known


BLANKS = script_of(
    example(
        languages=["en", "zh"],
        title={"en": "Example", "zh": "例子"},
        steps={
            "hello": {
                "title": {"en": "Hello", "zh": "问好"},
                "say": {"hi": {"en": "I am {{ agent }}, hello.", "zh": "我是{{ agent }}，您好。"}},
                "exits": {"on": {"label": {"en": "On", "zh": "好"}, "to": "bye"}},
            },
            "bye": {
                "title": {"en": "Bye", "zh": "再见"},
                "say": {"bye": {"en": "Bye.", "zh": "再见。"}},
                "outcome": "done",
            },
        },
        objections={},
        outcomes={"done": {"code": "DONE", "title": {"en": "Done", "zh": "完"}}},
        facts={"agent": {"type": "text", "title": {"en": "Agent's name", "zh": "坐席姓名"}}},
        cues={
            "name": {
                "title": {"en": "Name", "zh": "姓名"},
                "in": "call",
                "heard": {"en": ["name"], "zh": ["姓名"]},
            },
            "greet": {
                "title": {"en": "Greet", "zh": "问好"},
                "in": "call",
                "heard": {"en": ["hello"], "zh": ["您好"]},
            },
        },
    )
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_title_of_an_unknown_fact_meets_no_cue_and_the_words_beside_it_do(
    language: str,
) -> None:
    call = play(BLANKS, (1.0, SwitchLanguage(language)), (2.0, line("hi")))
    assert "example.name" not in call.state.cues
    span = call.state.cue(BLANKS.cues[next(iter(BLANKS.cues))].id).span
    assert span is None
    (met,) = call.state.cues.values()
    assert met.span is not None
    said = call.session.transcript[-1].text
    assert said[met.span.start : met.span.end].lower() in ("hello", "您好")


def test_the_same_words_said_or_known_do() -> None:
    call = play(BLANKS, (1.0, agent("my name")))
    assert "example.name" in call.state.cues
    call = play(BLANKS, (1.0, tell("agent", "No Name")), (2.0, line("hi")))
    assert "example.name" in call.state.cues


def test_a_transcript_of_such_a_line_is_heard_alike() -> None:
    call = play(BLANKS, (1.0, line("hi")))
    again = play(BLANKS, (1.0, agent(call.session.transcript[-1].text)))
    assert again.state.cues == call.state.cues


def test_other_brackets_are_heard() -> None:
    assert "example.name" in play(BLANKS, (1.0, agent("[name]"))).state.cues
