"""Tests of the ways through a script: what is open, where it leads, what an illegal move says."""

from collections.abc import Iterator, Mapping

import pytest

from callcoach.call.flow import By, Flow, Frame, Move, Position
from callcoach.call.inputs import Pass
from callcoach.errors import IllegalMove
from callcoach.script.facts import FactId, FactValue
from callcoach.script.model import ExitId, PackId, Script, StepId
from tests.call.moves import jump, objection, path, take
from tests.sessions import coach, play, start
from tests.support import end, minimal, script_of, shipped, shipped_ids, step

LATER: dict[str, object] = {
    "title": "Later",
    "say": {"of_course": "Of course."},
    "exits": {
        "back": {"label": "Back", "back": "yes"},
        "leave": {"label": "Leave", "to": "bye"},
        "angry": {"label": "Angry", "to": "angry"},
    },
}
ANGRY: dict[str, object] = {
    "title": "Angry",
    "say": {"sorry": "I am sorry."},
    "exits": {"back": {"label": "Back", "back": "yes"}},
}
SCRIPT: Script = script_of(
    minimal(
        facts={
            "paid": {"type": "yes_no", "title": "Paid"},
            "owed": {"type": "money", "title": "Owed"},
        },
        steps={
            "hello": step(
                "Hello.",
                on="ask",
                rich={"to": "bye", "when": "owed > 1000 and not paid"},
                later={"to": "later"},
            ),
            "ask": step(
                "Ask.",
                one={"stay": "yes"},
                two={"stay": "yes"},
                extra={"stay": "yes", "optional": "yes"},
                after_one={"stay": "yes", "optional": "yes", "after": "one"},
                done={"to": "bye", "after": "all"},
            ),
            "wait": step("Wait.", on={"to": "bye", "when": "paid"}),
            "bye": end("Bye."),
        },
        objections={"later": LATER, "angry": ANGRY},
    )
)
FLOW = Flow(SCRIPT)
HELLO, ASK, WAIT, BYE, LATER_ID, ANGRY_ID = (
    StepId(f"example.{id}") for id in ("hello", "ask", "wait", "bye", "later", "angry")
)
PAID, OWED = FactId("example.paid"), FactId("example.owed")
FRAME = Frame(HELLO, frozenset(), 0.0, 1)


def at(step: StepId, *done: str) -> Position:
    """Return a position with some spokes done."""
    return Position(step, frozenset(map(ExitId, done)))


def open_ways(position: Position, facts: Mapping[FactId, FactValue] | None = None) -> list[str]:
    """Return the exits that are open."""
    return [way.exit.id for way in FLOW.ways(position, facts or {}) if way.is_open]


def refusal(
    position: Position, exit: str, facts: Mapping[FactId, FactValue] | None = None
) -> IllegalMove:
    """Return the error that taking an exit ends in."""
    with pytest.raises(IllegalMove) as caught:
        FLOW.take(position, ExitId(exit), facts or {}, "en")
    return caught.value


# What is open


def test_ways_are_in_the_order_of_the_script_open_or_not() -> None:
    ways = FLOW.ways(at(ASK), {})
    assert [way.exit.id for way in ways] == ["one", "two", "extra", "after_one", "done"]
    assert [way.is_open for way in ways] == [True, True, True, False, False]


def test_a_way_says_what_it_waits_for() -> None:
    waits = {str(way.exit.id): way.waits_for for way in FLOW.ways(at(ASK, "two"), {})}
    assert waits["done"] == ("one",)
    assert waits["after_one"] == ("one",)
    assert waits["one"] == ()


def test_a_hub_opens_when_all_that_is_not_optional_is_done() -> None:
    assert "done" not in open_ways(at(ASK, "one"))
    assert "done" not in open_ways(at(ASK, "two", "extra"))
    assert "done" in open_ways(at(ASK, "one", "two"))


def test_a_spoke_may_wait_for_another() -> None:
    assert "after_one" not in open_ways(at(ASK, "two"))
    assert "after_one" in open_ways(at(ASK, "one"))


def test_a_spoke_may_be_done_again() -> None:
    (one,) = [way for way in FLOW.ways(at(ASK, "one"), {}) if way.exit.id == "one"]
    assert one.is_done
    assert one.is_open


@pytest.mark.parametrize(
    ("facts", "is_open"),
    [
        ({}, False),
        ({PAID: True}, True),
        ({PAID: False}, False),
        ({OWED: "1500"}, False),
    ],
)
def test_a_guard_decides_by_what_is_known(facts: Mapping[FactId, FactValue], is_open: bool) -> None:
    assert open_ways(at(WAIT), facts) == (["on"] if is_open else [])


def test_the_way_back_is_open_only_in_an_objection() -> None:
    assert "back" not in open_ways(at(LATER_ID))
    assert "back" in open_ways(Position(LATER_ID, stack=(FRAME,)))


# Where it leads


def test_an_exit_leads_to_its_step() -> None:
    assert FLOW.take(at(HELLO), ExitId("on"), {}, "en") == Move(ASK, By.EXIT)


def test_an_exit_may_lead_into_an_objection() -> None:
    assert FLOW.take(at(HELLO), ExitId("later"), {}, "en") == Move(LATER_ID, By.OBJECTION)


def test_a_spoke_stays_where_it_is() -> None:
    assert FLOW.take(at(ASK), ExitId("one"), {}, "en") is None


def test_the_way_back_leads_to_where_the_innermost_objection_was_opened() -> None:
    inner = Frame(LATER_ID, frozenset(), 4.0, 2)
    position = Position(ANGRY_ID, stack=(FRAME, inner))
    assert FLOW.take(position, ExitId("back"), {}, "en") == Move(LATER_ID, By.BACK)


def test_an_objection_leads_out_into_the_script() -> None:
    position = Position(LATER_ID, stack=(FRAME,))
    assert FLOW.take(position, ExitId("leave"), {}, "en") == Move(BYE, By.EXIT)


@pytest.mark.parametrize("step", [HELLO, ASK, WAIT, BYE, ANGRY_ID])
def test_an_objection_can_be_opened_from_anywhere(step: StepId) -> None:
    assert FLOW.open_objection(at(step), LATER_ID) == Move(LATER_ID, By.OBJECTION)


@pytest.mark.parametrize("step", [ASK, WAIT, BYE, LATER_ID])
def test_any_step_can_be_jumped_to_from_anywhere(step: StepId) -> None:
    assert FLOW.jump(at(step), HELLO) == Move(HELLO, By.JUMP)


# What an illegal move says


def test_an_exit_that_is_not_there_is_refused_and_the_open_ones_are_named() -> None:
    error = refusal(at(HELLO), "nowhere")
    assert "nowhere" in error.message
    assert error.hint == "open here: On / Later"


def test_an_exit_of_another_step_is_refused() -> None:
    assert refusal(at(HELLO), "one").message == "the step Hello. has no exit “one”"


def test_an_exit_that_waits_is_refused_and_the_open_ones_are_named() -> None:
    error = refusal(at(ASK, "one"), "done")
    assert error.message == "the exit “Done” of Ask. is not open"
    assert error.hint == "open here: One / Two / Extra / After_one"


def test_ways_are_named_in_the_language_of_the_call() -> None:
    def both(en: str, zh: str) -> dict[str, str]:
        return {"en": en, "zh": zh}

    ways = {
        "ask": {"label": both("Ask", "问"), "stay": "yes"},
        "done": {"label": both("Done", "好了"), "to": "bye", "after": "all"},
        "leave": {"label": both("Leave", "走"), "to": "bye"},
    }
    call = play(
        minimal(
            languages=["en", "zh"],
            title=both("Example", "例子"),
            steps={
                "hello": {"title": both("Hello", "问好"), "say": {"hi": both("Hi", "您好")}}
                | {"exits": ways},
                "bye": {"title": both("Bye", "再见"), "say": {"bye": both("Bye", "再见")}}
                | {"outcome": "done"},
            },
            outcomes={"done": {"code": "DONE", "title": both("Done", "完")}},
        ),
        language="zh",
    )
    with pytest.raises(IllegalMove) as refused:
        call.feed(1.0, take("done"))
    assert refused.value.message == "the exit “好了” of 问好 is not open"
    assert refused.value.hint == "open here: 问 / 走"


def test_where_nothing_is_open_the_hint_is_to_end_the_call() -> None:
    assert refusal(at(WAIT), "on").hint == "open here: nothing; end the call"


def test_the_hint_knows_what_the_facts_open() -> None:
    assert "Rich" not in refusal(at(HELLO), "nowhere").hint
    position, facts = at(WAIT), {PAID: True}
    assert refusal(position, "nowhere", facts).hint == "open here: On"


def test_the_way_back_out_of_no_objection_is_refused() -> None:
    assert refusal(at(LATER_ID), "back").hint == "open here: Leave / Angry"


@pytest.mark.parametrize("id", ["example.nothing", "example.hello", ""])
def test_what_is_no_objection_cannot_be_opened_and_those_there_are_are_named(id: str) -> None:
    with pytest.raises(IllegalMove) as caught:
        FLOW.open_objection(at(HELLO), StepId(id))
    assert caught.value.hint == "there are example.later, example.angry"


@pytest.mark.parametrize(
    "position",
    [
        Position(LATER_ID, stack=(FRAME,)),
        Position(ANGRY_ID, stack=(FRAME, Frame(LATER_ID, frozenset(), 4.0, 2))),
    ],
    ids=["here", "below"],
)
def test_an_objection_that_is_open_is_not_opened_again(position: Position) -> None:
    with pytest.raises(IllegalMove, match="open already"):
        FLOW.open_objection(position, LATER_ID)


@pytest.mark.parametrize("id", ["example.nothing", "example.later", ""])
def test_what_is_no_step_cannot_be_jumped_to(id: str) -> None:
    with pytest.raises(IllegalMove, match="there is no step"):
        FLOW.jump(at(HELLO), StepId(id))


def test_nobody_jumps_to_where_they_are() -> None:
    with pytest.raises(IllegalMove, match="already"):
        FLOW.jump(at(HELLO), HELLO)


# The machine behind it


def test_a_refused_move_leaves_no_trace() -> None:
    for _ in range(2):
        refusal(at(WAIT), "on")
        refusal(at(HELLO), "one")
        assert FLOW.take(at(HELLO), ExitId("on"), {}, "en") == Move(ASK, By.EXIT)


def test_calls_that_share_a_coach_do_not_disturb_each_other() -> None:
    guide = coach(SCRIPT)
    one, _ = start(guide)
    two, _ = start(guide)
    one.feed(take("on"), 1.0)
    two.feed(objection("later"), 1.0)
    one.feed(take("one"), 2.0)
    two.feed(take("back"), 2.0)
    assert (one.state.position.step, two.state.position.step) == (ASK, HELLO)
    assert one.state.position.done == {"one"}


def test_steps_and_exits_may_be_called_like_the_insides_of_the_machine() -> None:
    names = ("state", "trigger", "initial", "is_open", "add_model", "dispatch", "to_bye")
    steps = {name: step(name, trigger="bye", state="bye", model="bye") for name in names}
    source = minimal(start="state", steps={**steps, "bye": end("Bye.")})
    for name in names:
        call = play(source, (1.0, jump(name)) if name != "state" else (1.0, Pass()))
        call.feed(2.0, take("trigger"))
        assert path(call.events)[-2:] == [name, "bye"]


def every_position(script: Script) -> Iterator[Position]:
    """Yield every step with nothing and with everything done, outside and inside of a stack."""
    if not script.steps:  # a pack that is only there to be used by others
        return
    frame = Frame(next(iter(script.steps)), frozenset(), 0.0, 1)
    for here in script.steps.values():
        for done in (frozenset[ExitId](), frozenset(exit.id for exit in here.exits)):
            for stack in ((), (frame,)):
                yield Position(here.id, done, stack)


@pytest.mark.parametrize("pack", shipped_ids())
def test_an_exit_of_a_shipped_pack_can_be_taken_exactly_where_it_is_open(pack: PackId) -> None:
    script = shipped().load(pack).script
    assert script is not None
    flow = Flow(script)
    taken = refused = 0
    for position in every_position(script):
        for known in ({}, dict.fromkeys(script.facts, True)):
            for way in flow.ways(position, known):
                if not way.is_open:
                    with pytest.raises(IllegalMove):
                        flow.take(position, way.exit.id, known, "en")
                    refused += 1
                    continue
                move = flow.take(position, way.exit.id, known, "en")
                home = position.stack[-1].step if way.exit.back else None
                assert (move.step if move else None) == (way.exit.to or home)
                taken += 1
    assert (taken > 0) is (refused > 0) is bool(script.steps)
