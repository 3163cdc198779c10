"""Tests of what is shown: the flags that deserve a look, the most urgent first."""

import pytest

from callcoach.call.attention import FADES_AFTER, can_be_advised, is_repairable, to_look_at
from callcoach.call.inputs import Input, Pass, Snooze
from callcoach.script.model import FlagKind, Script, local
from tests.call.example import Case
from tests.call.moves import agent, cue, end_call, objection, take, tick
from tests.sessions import Call, play
from tests.support import Tree, minimal, script_of

CUES: dict[str, Tree] = {
    "once": cue("once", in_="call", times="0-1", severity="critical"),
    "who": cue("who", in_="call", before="price", severity="major"),
    "price": cue("price", in_="call", times="0-9"),
    "sorry": cue("sorry", in_="call", times="0-9"),
}
TIMED: dict[str, Tree] = {
    "name": cue("name", in_="call", within="10s of call"),
    "firm": cue("firm", in_="call", within="10s of call", severity="minor"),
}
AVOID: dict[str, Tree] = {
    "threat": cue("threat", repair="sorry"),
    "insult": cue("insult"),
    "mild": cue("mild", repair="sorry", severity="minor"),
    "gruff": cue("gruff", repair="sorry", severity="minor"),
    "debt": cue("debt", until="who"),
    "leak": cue("leak", until="who", repair="sorry"),
}
UNTIMED: Script = script_of(minimal(cues=CUES, avoid=AVOID))
SCRIPT: Script = script_of(minimal(cues=CUES | TIMED, avoid=AVOID))


def shown(call: Call, at: float) -> list[str]:
    """Return the flags that are shown at a time, the first on top."""
    found = to_look_at(call.state, call.session.coach.script, at)
    return [f"{flag.what} {local(flag.cue)}" for flag in found]


def flagged(*inputs: tuple[float, Input]) -> dict[str, bool]:
    """Return the open flags of a call, and whether words can still clear each."""
    call = play(SCRIPT, *inputs)
    return {
        f"{flag.what} {local(flag.cue)}": is_repairable(flag, SCRIPT)
        for flag in call.state.flags.values()
    }


@pytest.mark.parametrize(
    ("inputs", "flag", "can_repair"),
    [
        ([(11.0, Pass())], "missing name", True),
        ([(11.0, agent("name"))], "late name", False),
        ([(1.0, agent("once")), (2.0, agent("once"))], "repeated once", False),
        ([(1.0, agent("price"))], "out_of_order who", True),
        ([(1.0, agent("threat"))], "forbidden threat", True),
        ([(1.0, agent("insult"))], "forbidden insult", False),
        ([(1.0, agent("debt"))], "out_of_order debt", False),
        ([(1.0, agent("leak"))], "out_of_order leak", True),
    ],
)
def test_what_can_still_be_put_right_is_known(
    inputs: list[tuple[float, Input]], flag: str, can_repair: bool
) -> None:
    assert flagged(*inputs)[flag] is can_repair


def test_what_can_be_put_right_comes_before_what_cannot() -> None:
    call = play(UNTIMED, (1.0, agent("insult")), (2.0, agent("mild")))
    assert shown(call, 3.0) == ["forbidden mild", "forbidden insult"]


def test_the_graver_comes_first() -> None:
    call = play(SCRIPT, (1.0, agent("threat")), (2.0, agent("mild")), (11.0, Pass()))
    assert shown(call, 12.0) == [
        "forbidden threat", "missing name", "forbidden mild", "missing firm",
    ]  # fmt: skip


def test_of_equal_gravity_the_forbidden_comes_first_then_the_order_then_the_missing() -> None:
    call = play(SCRIPT, (1.0, agent("threat")), (2.0, agent("price leak")), (11.0, Pass()))
    assert shown(call, 12.0) == [
        "forbidden threat", "out_of_order leak", "out_of_order who", "missing name",
        "missing firm",
    ]  # fmt: skip


@pytest.mark.parametrize("words", [("mild", "gruff"), ("gruff", "mild")])
def test_of_the_same_kind_the_newer_comes_first(words: tuple[str, str]) -> None:
    older, newer = words
    call = play(UNTIMED, (1.0, agent(older)), (2.0, agent(newer)))
    assert shown(call, 3.0) == [f"forbidden {newer}", f"forbidden {older}"]


def test_what_nothing_can_put_right_fades() -> None:
    call = play(UNTIMED, (1.0, agent("insult")))
    assert shown(call, 1.0 + FADES_AFTER) == ["forbidden insult"]
    assert shown(call, 1.5 + FADES_AFTER) == []
    assert [flag.what for flag in call.state.flags.values()] == [FlagKind.FORBIDDEN]


def test_what_was_said_again_is_shown_again() -> None:
    call = play(UNTIMED, (1.0, agent("insult")), (50.0, Pass()))
    assert shown(call, 50.0) == []
    call.feed(100.0, agent("insult"))
    assert shown(call, 101.0) == ["forbidden insult"]


def test_what_can_be_put_right_does_not_fade() -> None:
    call = play(UNTIMED, (1.0, agent("threat")))
    assert shown(call, 10_000.0) == ["forbidden threat"]


def test_a_snoozed_flag_is_quiet_until_its_time_is_over() -> None:
    call = play(UNTIMED, (1.0, agent("threat")), (5.0, Snooze(1, 60.0)))
    assert shown(call, 64.5) == []
    assert shown(call, 65.0) == ["forbidden threat"]


def test_snoozing_one_flag_leaves_the_others_awake() -> None:
    call = play(UNTIMED, (1.0, agent("threat")), (2.0, agent("mild")), (5.0, Snooze(1)))
    assert shown(call, 6.0) == ["forbidden mild"]


def test_a_flag_that_was_snoozed_and_is_raised_again_wakes() -> None:
    call = play(UNTIMED, (1.0, agent("threat")), (5.0, Snooze(1)), (7.0, agent("threat")))
    assert shown(call, 8.0) == ["forbidden threat"]


def test_what_is_cleared_is_not_shown() -> None:
    call = play(SCRIPT, (11.0, Pass()), (12.0, tick("name")), (13.0, tick("firm")))
    assert shown(call, 14.0) == []


WHO: Tree = {
    "cues": {
        "who": cue("who", in_="hello", required_for="sold"),
        "sorry": cue("sorry", in_="call", times="0-9"),
    },
    "avoid": {"debt": cue("debt", repair="who"), "rude": cue("rude", repair="sorry")},
}


@pytest.mark.parametrize(
    ("inputs", "wanted"),
    [
        ([], {"debt": True, "rude": True}),
        ([(2.0, take("on"))], {"debt": True, "rude": True}),
        ([(2.0, objection("late"))], {"debt": False, "rude": True}),
        ([(2.0, objection("late")), (3.0, take("back"))], {"debt": True, "rude": True}),
        ([(2.0, objection("late")), (3.0, take("away"))], {"debt": False, "rude": True}),
        ([(2.0, end_call("sold"))], {"debt": True, "rude": True}),
        ([(2.0, end_call("done"))], {"debt": False, "rude": True}),
    ],
)
def test_what_repairs_a_flag_is_advised_where_it_has_a_place(
    inputs: list[tuple[float, Input]], wanted: dict[str, bool]
) -> None:
    call = Case("", WHO, [(1.0, agent("debt, rude")), *inputs], []).play()
    script = call.session.coach.script
    flags = {local(it.cue): it for it in call.state.flags.values()}
    told = {id: can_be_advised(flags[id], call.state, script) for id in wanted}
    assert told == wanted
