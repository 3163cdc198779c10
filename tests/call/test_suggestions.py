"""What stays suggested to the agent: the customer's words and an exit's own cue, and how long."""

import pytest

from callcoach.call.events import Suggested
from callcoach.call.inputs import FOLLOW, Input, Undo
from callcoach.script.model import Script, local
from tests.call.example import ANGRY, LATE
from tests.call.moves import agent, cue, customer, end_call, objection, other, take
from tests.sessions import Call, play
from tests.support import end, minimal, script_of, step

SCRIPT: Script = script_of(
    minimal(
        steps={
            "hello": step(
                "Hello.",
                on={"to": "deal", "heard": "go ahead"},
                named={"to": "deal", "heard": {"cue": "name"}},
            ),
            "deal": {**step("Deal.", on="bye"), "heard": {"cue": ["offer", "poor"]}},
            "bye": {**end("Bye."), "heard": "goodbye"},
        },
        objections={
            "late": LATE,
            "angry": {**ANGRY, "heard": {"cue": ["curse", "shouting"]}},
            "ill": {
                "title": "Ill",
                "vulnerable": "yes",
                "heard": ["in hospital"],
                "say": {"so_sorry": "I am so sorry."},
                "exits": {"back": {"label": "Back", "back": "yes"}},
            },
        },
        cues={
            "name": cue("my name", in_="call"),
            "offer": cue("we offer", in_="deal"),
            "shouting": cue("stop shouting", in_="call", times="0-1"),
        },
        watch={
            "curse": cue("damn", speaker="customer"),
            "poor": cue("no money", speaker="customer"),
        },
    )
)


def heard(*inputs: Input) -> Call:
    """Return a call with some inputs, a second apart."""
    return play(SCRIPT, *((float(at), given) for at, given in enumerate(inputs, 1)))


def suggested(*inputs: Input) -> list[str]:
    """Return what is suggested after some inputs, the newest first."""
    return [local(found.target) or found.target for found in heard(*inputs).state.suggestions]


# Whose words


@pytest.mark.parametrize("words", ["we offer", "goodbye", "go ahead", "not now", "stop shouting"])
def test_the_agent_s_words_suggest_nothing_to_the_agent(words: str) -> None:
    assert suggested(agent(words)) == []


@pytest.mark.parametrize("words", ["we offer", "goodbye"])
def test_who_follows_a_transcript_still_hears_where_the_agent_is(words: str) -> None:
    found = [event for event in heard(agent(words)).events if isinstance(event, Suggested)]
    assert len(found) == 1


def test_an_exit_s_own_cue_suggests_it_whoever_says_it() -> None:
    assert suggested(agent("my name is Lin")) == ["named"]


@pytest.mark.parametrize(
    ("given", "target"),
    [
        (customer("go ahead"), "on"),
        (other("go ahead"), "on"),
        (customer("no money"), "deal"),
        (customer("not now"), "late"),
        (customer("damn"), "angry"),
    ],
    ids=str,
)
def test_the_other_side_s_words_suggest_exits_steps_and_objections(
    given: Input, target: str
) -> None:
    assert suggested(given) == [target]


# How long


def test_an_exit_and_a_step_are_suggested_as_long_as_the_call_is_in_the_step() -> None:
    assert suggested(customer("go ahead, no money"), take("on")) == []


def test_an_objection_that_was_heard_stays_suggested_until_it_is_opened() -> None:
    both = customer("not now, damn")
    assert suggested(both, objection("late")) == ["angry"]
    assert suggested(both, objection("late"), take("back")) == ["angry"]
    assert suggested(both, objection("late"), take("away")) == ["angry"]
    assert suggested(both, objection("late"), objection("angry")) == []
    assert suggested(both, objection("angry"), take("back"), take("on")) == ["late"]


def test_an_objection_is_forgotten_when_four_more_utterances_have_passed() -> None:
    assert suggested(customer("damn"), *[agent("well")] * 3) == ["angry"]
    assert suggested(customer("damn"), *[agent("well")] * 4) == []
    assert suggested(customer("damn"), *[agent("well")] * 3, customer("damn"), agent("well")) == [
        "angry"
    ]


def test_one_of_somebody_vulnerable_waits_for_ten() -> None:
    assert suggested(customer("in hospital"), *[agent("well")] * 9) == ["ill"]
    assert suggested(customer("in hospital"), *[agent("well")] * 10) == []


def test_nothing_is_suggested_after_the_end_until_it_is_taken_back() -> None:
    ended = (customer("damn"), take("on"), take("on"), end_call())
    assert suggested(*ended) == []
    assert suggested(*ended, Undo()) == ["angry"]


def test_a_move_taken_back_leaves_what_was_heard_since() -> None:
    heard_before = (customer("go ahead"), take("on"))
    assert suggested(*heard_before, Undo()) == ["on"]
    assert suggested(*heard_before, customer("damn"), Undo()) == ["angry", "on"]
    assert suggested(customer("damn"), objection("angry"), Undo()) == ["angry"]


def test_words_that_led_into_a_step_count_for_what_is_heard_only_from_there_on() -> None:
    waiting = script_of(
        minimal(
            steps={"hello": step("Hello.", on="bye"), "bye": end("Bye.")},
            cues={"offer": {**cue("we offer", in_="bye"), "after": "bye"}},
        )
    )
    follow = take("on", FOLLOW)
    led = play(waiting, (1.0, agent("we offer")), (1.0, follow))
    chosen = play(waiting, (1.0, agent("we offer")), (1.0, take("on")))
    (offer,) = waiting.cues
    assert (led.state.cue(offer).count, chosen.state.cue(offer).count) == (1, 0)
