"""What a pack says of listening: when it begins and ends, and where nothing is written down."""

import pytest

from callcoach.script.model import Anchors, CueId, Script, StepId
from tests.support import (
    OBJECTION,
    Tree,
    base,
    codes,
    end,
    findings,
    load,
    minimal,
    script_of,
    shipped,
    show,
    step,
    step_of,
)

STEPS = {"hello": step("It is recorded.", on="bye"), "bye": end("Bye.")}
CUES = {"notice": {"title": "Notice", "in": "hello", "heard": "is recorded"}}
NO = {"no": OBJECTION}


def pack(**sections: object) -> Tree:
    """Return a pack with a notice and an objection against it."""
    return minimal(steps=STEPS, cues=CUES, objections=NO, **sections)


def after(script: Script) -> list[str]:
    """Return what begins listening, and in a script that says nothing, nothing."""
    anchors = script.consent.after if script.consent else Anchors()
    return [*anchors.cues, *anchors.steps]


def stop(script: Script) -> list[str]:
    """Return what ends it."""
    anchors = script.consent.stop if script.consent else Anchors()
    return [*anchors.cues, *anchors.steps]


def test_cues_and_steps_begin_and_end_it() -> None:
    script = script_of(pack(listening={"after": ["notice", "bye"], "stop": "no"}))
    assert script.consent is not None
    assert script.consent.after == Anchors((CueId("example.notice"),), (StepId("example.bye"),))
    assert script.consent.stop == Anchors((), (StepId("example.no"),))


def test_a_pack_that_says_nothing_has_nothing() -> None:
    assert script_of(pack()).consent is None
    assert findings(pack()) == ()


LENT = {"after": "notice", "stop": "no"}
INHERITED = (
    (None, ["base.notice"], ["base.no"]),
    ({"stop": "base.other"}, ["base.notice"], ["base.other"]),
    ({"after": "hello"}, ["example.hello"], ["base.no"]),
    ({"after": "hello", "stop": "bye"}, ["example.hello"], ["example.bye"]),
)


@pytest.mark.parametrize(("own", "begins", "ends"), INHERITED)
def test_what_a_pack_leaves_out_the_pack_that_it_uses_says(
    own: Tree | None, begins: list[str], ends: list[str]
) -> None:
    lender = base(
        cues={"notice": {"title": "Notice", "in": "call", "heard": "is recorded"}},
        watch={"other": {"title": "Other", "heard": "other"}},
        objections=NO,
        listening=LENT,
    )
    tree = minimal(uses=["base"], **({"listening": own} if own else {}))
    script = script_of(tree, lender)
    assert (after(script), stop(script)) == (begins, ends)


def test_it_is_part_of_what_a_call_depends_on() -> None:
    plain, listening, other = (
        script_of(pack(**more)).digest
        for more in ({}, {"listening": {"after": "notice"}}, {"listening": {"after": "bye"}})
    )
    assert len({plain, listening, other}) == 3


WRONG: tuple[tuple[Tree, list[str]], ...] = (
    ({"after": "notise"}, ["CC020"]),
    ({"after": "notice", "stop": "nowhere"}, ["CC020"]),
    ({"after": "notice", "until": "bye"}, ["CC004"]),
    ({"after": {"cue": "notice"}}, ["CC006"]),
    ({"stop": "no"}, ["CC067"]),
    ({"after": "notice"}, []),
    ({"after": "hello"}, []),
    ({"after": "no"}, []),
)


@pytest.mark.parametrize(("listening", "expected"), WRONG)
def test_what_is_wrong_with_it_is_said(listening: Tree, expected: list[str]) -> None:
    assert codes(pack(listening=listening)) == expected


def test_what_no_call_comes_to_is_reported_also_where_it_is_inherited() -> None:
    lender = base(cues=CUES, steps={"hello": end("Hi.")}, listening={"after": "notice"})
    assert codes(minimal(uses=["base"]), lender) == ["CC068"]
    used = minimal(
        uses=["base"], steps={"hello": {"use": "base.hello"}}, start="hello", outcomes={}
    )
    assert "CC068" not in codes(used, lender)


SENSITIVE = (("yes", 120.0), ("90s", 90.0), ("2m", 120.0), ("45", 45.0), ("no", None))


@pytest.mark.parametrize(("written", "seconds"), SENSITIVE)
def test_a_step_may_be_sensitive_for_a_while(written: str, seconds: float | None) -> None:
    steps = {"hello": {**STEPS["hello"], "sensitive": written}, "bye": STEPS["bye"]}
    assert step_of(script_of(minimal(steps=steps)), "example.hello").sensitive == seconds


def test_a_step_is_no_less_sensitive_than_the_one_it_uses() -> None:
    lender = base(steps={"card": {**step("Card."), "sensitive": "30s"}})
    for own, seconds in (({}, 30.0), ({"sensitive": "60s"}, 60.0), ({"sensitive": "no"}, 30.0)):
        mine = {"use": "base.card", "exits": {"on": {"label": "On", "to": "bye"}}, **own}
        steps = {"hello": step("Hello.", on="card"), "card": mine, "bye": end("Bye.")}
        script = script_of(minimal(uses=["base"], steps=steps), lender)
        assert step_of(script, "example.card").sensitive == seconds


@pytest.mark.parametrize("written", ["soon", "0s", "-3s", ["a"]])
def test_how_long_it_takes_is_a_time(written: object) -> None:
    steps = {"hello": {**STEPS["hello"], "sensitive": written}, "bye": STEPS["bye"]}
    loaded = load(minimal(steps=steps))
    assert [show(it).split(" ")[1] for it in loaded.findings] in (["CC007"], ["CC006"])


@pytest.mark.parametrize("place", ["step", "exit"])
def test_a_sensitive_step_that_asks_for_facts_is_reported(place: str) -> None:
    hello = {**step("Hello.", on="bye"), "sensitive": "yes"}
    if place == "step":
        hello["asks"] = "paid"
    else:
        hello["exits"] = {"on": {"label": "On", "to": "bye", "asks": "paid"}}
    facts = {"paid": {"type": "yes_no", "title": "Paid"}}
    assert codes(minimal(steps={**STEPS, "hello": hello}, facts=facts)) == ["CC069"]


@pytest.mark.parametrize("id", ["courtesy", "overdue", "home_visit"])
def test_a_shipped_call_begins_to_listen_with_the_notice(id: str) -> None:
    script = shipped().load(id).script
    assert script is not None
    assert after(script) == ["courtesy.recording_notice"]
    assert {"courtesy.no_recording", "courtesy.refuses_recording"} <= set(stop(script))


def test_a_talk_in_the_street_is_never_listened_to_by_itself() -> None:
    script = shipped().load("community").script
    assert script is not None
    assert script.consent is None
