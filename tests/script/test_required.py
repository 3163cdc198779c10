"""The proof that no call ends well without what it owes: examples."""

import pytest

from callcoach.script.check.required import check_required, reached_without
from callcoach.script.model import StepId, local
from tests.support import Tree, counted, end, files, minimal, script_of, step

OWED = {"who": {"in": "check", "title": "Who", "heard": ["who are you"], "required_for": "all"}}
CHECK = step("Who are you?", yes={"to": "bye"})
VERIFIED = {"verified": {"type": "yes_no", "title": "Verified"}}


def bypasses(
    steps: Tree,
    *,
    cues: Tree | None = None,
    facts: Tree | None = None,
    objections: Tree | None = None,
    outcomes: Tree | None = None,
) -> list[tuple[str, str, str]]:
    """Return the cues that can be bypassed, the ends that are reached so, and how."""
    script = script_of(
        minimal(
            steps=steps,
            cues=cues or OWED,
            facts=facts or {},
            objections=objections or {},
            outcomes=outcomes or {"done": {"code": "DONE", "title": "Done"}},
        )
    )
    return [
        (it.arguments["cue"], it.arguments["end"], " ".join(it.path))
        for it in check_required(script)
    ]


def test_a_call_that_must_pass_the_step_cannot_bypass_the_cue() -> None:
    assert bypasses({"hello": step("Hi.", on="check"), "check": CHECK, "bye": end("Bye.")}) == []


def test_the_shortest_way_around_is_told() -> None:
    steps = {
        "hello": step("Hi.", on="check", far="one", near="two"),
        "check": CHECK,
        "one": step("One.", on="two"),
        "two": step("Two.", on="bye", back="hello"),
        "bye": end("Bye."),
    }
    assert bypasses(steps) == [("who", "bye", "hello near two on bye")]


def test_every_end_that_can_be_reached_is_told_once() -> None:
    steps = {
        "hello": step("Hi.", on="check", a="bye", b="other", c="bye"),
        "check": CHECK,
        "bye": end("Bye."),
        "other": end("Other."),
    }
    assert bypasses(steps) == [("who", "bye", "hello a bye"), ("who", "other", "hello b other")]


def test_a_call_that_starts_where_the_cue_is_due_has_passed_it() -> None:
    cues = {"who": dict(OWED["who"]) | {"in": "hello"}}
    assert bypasses({"hello": step("Hi.", on="bye"), "bye": end("Bye.")}, cues=cues) == []


def test_a_cue_due_in_the_end_itself_cannot_be_bypassed() -> None:
    cues = {"who": dict(OWED["who"]) | {"in": "bye"}}
    assert bypasses({"hello": step("Hi.", on="bye"), "bye": end("Bye.")}, cues=cues) == []


def test_a_cue_may_be_due_in_any_of_several_steps() -> None:
    cues = {"who": dict(OWED["who"]) | {"in": ["one", "two"]}}
    steps = {
        "hello": step("Hi.", a="one", b="two"),
        "one": step("One.", on="bye"),
        "two": step("Two.", on="bye"),
        "bye": end("Bye."),
    }
    assert bypasses(steps, cues=cues) == []
    steps["hello"] = step("Hi.", a="one", b="two", c="bye")
    assert bypasses(steps, cues=cues) == [("who", "bye", "hello c bye")]


def test_only_the_outcomes_that_need_the_cue_count() -> None:
    outcomes = {
        "sold": {"code": "SOLD", "title": "Sold"},
        "done": {"code": "DONE", "title": "Done"},
        "dropped": {"code": "DROP", "title": "Dropped", "early": "yes"},
    }
    steps = {
        "hello": step("Hi.", a="bye", b="sale", c="drop", d="check"),
        "check": CHECK,
        "bye": end("Bye."),
        "sale": end("Sale.", "sold"),
        "drop": end("Drop.", "dropped"),
    }
    sold = {"who": dict(OWED["who"]) | {"required_for": ["sold"]}}
    assert bypasses(steps, cues=sold, outcomes=outcomes) == [("who", "sale", "hello b sale")]
    assert [found[1] for found in bypasses(steps, outcomes=outcomes)] == ["bye", "sale"]


@pytest.mark.parametrize(
    "change", [{"required_for": []}, {"in": "call"}], ids=["required for nothing", "call-wide"]
)
def test_a_cue_that_is_not_bound_to_an_outcome_or_a_step_is_not_proved(change: Tree) -> None:
    cues = {"who": dict(OWED["who"]) | dict(change)}
    assert (
        bypasses({"hello": step("Hi.", on="bye"), "check": CHECK, "bye": end("B.")}, cues=cues)
        == []
    )


def test_what_is_watched_or_avoided_is_owed_by_nobody() -> None:
    who = dict(OWED["who"])
    script = script_of(
        minimal(
            steps={"hello": step("Hi.", on="bye", off="check"), "check": CHECK, "bye": end("Bye.")},
            watch={"who": who},
            avoid={"never": who},
        )
    )
    assert list(check_required(script)) == []


def test_a_pack_without_a_start_proves_nothing() -> None:
    tree = minimal(pack="base", cues=OWED, steps={"check": CHECK, "bye": end("Bye.")})
    tree.pop("start")
    assert list(check_required(script_of(files(tree, "base")))) == []


# Guards over what only exits settle


def guarded(when: str, **settling: str) -> list[str]:
    """Return how a call can bypass the check where the way around it is guarded."""
    steps = {
        "hello": step("Hi.", on="check", around={"to": "bye", "when": when}),
        "check": step("Who are you?", yes={"to": "hello", "sets": settling}),
        "bye": end("Bye."),
    }
    return [path for _, _, path in bypasses(steps, facts=VERIFIED)]


def test_a_guard_that_only_the_step_itself_settles_keeps_the_way_around_closed() -> None:
    assert guarded("verified", verified="yes") == []
    assert guarded("verified == yes", verified="yes") == []
    assert guarded("verified and verified != no", verified="yes") == []


def test_a_guard_that_holds_before_leaves_the_way_around_open() -> None:
    assert guarded("not verified", verified="yes") == ["hello around bye"]
    assert guarded("verified or not verified", verified="yes") == ["hello around bye"]


def test_a_guard_over_what_anybody_may_tell_may_hold() -> None:
    steps = {
        "hello": step("Hi.", on="check", around={"to": "bye", "when": "verified"})
        | {"asks": ["verified"]},
        "check": step("Who are you?", yes={"to": "bye", "sets": {"verified": "yes"}}),
        "bye": end("Bye."),
    }
    assert [path for _, _, path in bypasses(steps, facts=VERIFIED)] == ["hello around bye"]
    given = {"verified": dict(VERIFIED["verified"]) | {"given": "yes"}}
    steps["hello"] = step("Hi.", on="check", around={"to": "bye", "when": "verified"})
    assert [path for _, _, path in bypasses(steps, facts=given)] == ["hello around bye"]


@pytest.mark.parametrize("guard", ["fee > 3", "fee < 3", "fee == 3", "fee != 3", "not fee > 3"])
def test_a_comparison_with_what_anybody_may_tell_may_hold_and_may_not(guard: str) -> None:
    steps = {
        "hello": step("Hi.", on="check", around={"to": "bye", "when": guard}) | {"asks": ["fee"]},
        "check": CHECK,
        "bye": end("Bye."),
    }
    found = bypasses(steps, facts={"fee": {"type": "number", "title": "Fee"}})
    assert [path for _, _, path in found] == ["hello around bye"]


def test_a_bypass_of_another_packs_cue_stands_at_the_own_end_that_is_reached() -> None:
    steps = {"hello": step("Hi.", on="base.check", off="bye"), "bye": end("Bye.", "base.done")}
    check = {"hello": step("Base hi.", on="check"), "check": CHECK, "bye": end("Base bye.")}
    base = files(minimal(pack="base", steps=check, cues=OWED), "base")
    script = script_of(minimal(uses=["base"], steps=steps), base)
    (finding,) = check_required(script)
    assert finding.place == script.steps[StepId("example.bye")].place
    own = script_of(
        minimal(
            steps={
                **steps,
                "bye": end("Bye."),
                "hello": step("Hi.", a="bye", b="check"),
                "check": CHECK,
            },
            cues=OWED,
        )
    )
    (finding,) = check_required(own)
    assert finding.place == next(iter(own.cues.values())).place


def test_what_a_spoke_settles_opens_a_guard_of_the_same_step() -> None:
    steps = {
        "hello": step(
            "Hi.",
            settle={"stay": "yes", "sets": {"verified": "yes"}},
            on="check",
            around={"to": "bye", "when": "verified"},
        ),
        "check": CHECK,
        "bye": end("Bye."),
    }
    assert [path for _, _, path in bypasses(steps, facts=VERIFIED)] == [
        "hello settle hello around bye"
    ]


def test_what_is_settled_later_counts_and_not_what_was_settled_before() -> None:
    steps = {
        "hello": step("Hi.", on={"to": "mid", "sets": {"verified": "yes"}}),
        "mid": step("Mid.", no={"to": "last", "sets": {"verified": "no"}}, yes="check"),
        "last": step("Last.", around={"to": "bye", "when": "verified"}, on="check"),
        "check": CHECK,
        "bye": end("Bye."),
    }
    assert bypasses(steps, facts=VERIFIED) == []
    steps["mid"] = step("Mid.", no="last", yes="check")
    assert [path for _, _, path in bypasses(steps, facts=VERIFIED)] == [
        "hello on mid no last around bye"
    ]


def test_money_and_days_that_exits_settle_are_compared_by_their_values() -> None:
    facts = {
        "fee": {"type": "money", "title": "Fee"},
        "day": {"type": "date", "title": "Day"},
    }
    steps = {
        "hello": step("Hi.", on={"to": "mid", "sets": {"fee": "¥1,280", "day": "2026-12-01"}}),
        "mid": step(
            "Mid.",
            dear={"to": "bye", "when": "fee > 2000 or day > '2026-12-31'"},
            on="check",
        ),
        "check": CHECK,
        "bye": end("Bye."),
    }
    assert bypasses(steps, facts=facts) == []
    steps["mid"] = step("Mid.", dear={"to": "bye", "when": "fee > 1000"}, on="check")
    assert [path for _, _, path in bypasses(steps, facts=facts)] == ["hello on mid dear bye"]


# Objections


def test_an_objection_is_a_way_around_from_anywhere() -> None:
    objections = {"later": step("Later.", close="bye", on={"back": "yes"}) | {"heard": ["later"]}}
    steps = {"hello": step("Hi.", on="check"), "check": CHECK, "bye": end("Bye.")}
    assert bypasses(steps, objections=objections) == [("who", "bye", "hello ! later close bye")]


def test_an_objection_that_only_goes_back_is_no_way_around() -> None:
    objections = {"later": step("Later.", on={"back": "yes"}) | {"heard": ["later"]}}
    steps = {"hello": step("Hi.", on="check"), "check": CHECK, "bye": end("Bye.")}
    assert bypasses(steps, objections=objections) == []


def test_an_objection_goes_back_with_what_it_settled() -> None:
    settle = {"back": "yes", "sets": {"verified": "yes"}}
    objections = {"later": step("Later.", on=settle) | {"heard": ["later"]}}
    steps = {
        "hello": step("Hi.", on="check", around={"to": "bye", "when": "verified"}),
        "check": CHECK,
        "bye": end("Bye."),
    }
    assert bypasses(steps, facts=VERIFIED, objections=objections) == [
        ("who", "bye", "hello ! later on hello around bye")
    ]


def test_an_objection_behind_a_guard_is_open_only_once_that_is_settled() -> None:
    close = {"to": "bye", "when": "verified"}
    objections = {"later": step("Later.", close=close, on={"back": "yes"}) | {"heard": ["later"]}}
    steps = {
        "hello": step("Hi.", on="check"),
        "check": step("Who are you?", yes={"to": "last", "sets": {"verified": "yes"}}),
        "last": step("Last.", on="bye"),
        "bye": end("Bye."),
    }
    assert bypasses(steps, facts=VERIFIED, objections=objections) == []


def test_an_exit_may_lead_into_an_objection_and_come_back() -> None:
    settle = {"back": "yes", "sets": {"verified": "yes"}}
    objections = {"later": step("Later.", on=settle) | {"heard": ["later"]}}
    steps = {
        "hello": step("Hi.", on="check", wait="later", around={"to": "bye", "when": "verified"}),
        "check": CHECK,
        "bye": end("Bye."),
    }
    found = bypasses(steps, facts=VERIFIED, objections=objections)
    assert [len(path.split()) for _, _, path in found] == [
        len(["hello", "x", "later", "x", "hello", "x", "bye"])
    ]


def test_an_objection_can_be_opened_at_an_end_too() -> None:
    outcomes = {
        "sold": {"code": "SOLD", "title": "Sold"},
        "done": {"code": "DONE", "title": "Done"},
    }
    cues = {"who": dict(OWED["who"]) | {"required_for": ["sold"]}}
    later = step("Later.", on={"back": "yes"}, sale={"to": "sale", "when": "verified"})
    steps = {
        "hello": step("Hi.", on={"to": "bye", "sets": {"verified": "yes"}}, ask="check"),
        "check": step("Who are you?", yes={"to": "sale", "sets": {"verified": "no"}}),
        "bye": end("Bye."),
        "sale": end("Sale.", "sold"),
    }
    found = bypasses(
        steps, cues=cues, facts=VERIFIED, objections={"later": later}, outcomes=outcomes
    )
    assert found == [("who", "sale", "hello on bye ! later sale sale")]


def test_steps_that_a_call_can_come_to_before_an_anchor() -> None:
    script = script_of(
        minimal(
            steps={
                "hello": step("Hi.", a="one", b="anchor"),
                "one": step("One.", on="anchor"),
                "anchor": step("Anchor.", on="after"),
                "also_anchor": {"use": "anchor", "exits": {"on": {"to": "after"}}},
                "after": step("After.", on="bye"),
                "bye": end("Bye."),
            }
        )
    )
    assert set(map(local, reached_without(script, [StepId("example.anchor")]))) == {"hello", "one"}
    assert reached_without(script, [StepId("example.hello")]) == frozenset()


def test_facts_that_no_guard_asks_for_do_not_multiply_the_proof() -> None:
    spokes = {f"s{n}": {"stay": "yes", "sets": {f"f{n}": "yes"}} for n in range(14)}
    facts = {f"f{n}": {"type": "yes_no", "title": "F"} for n in range(14)}
    steps = {"hello": step("Hi.", on="check", **spokes), "check": CHECK, "bye": end("Bye.")}
    assert counted(200_000, lambda: bypasses(steps, facts=facts)) == []


def test_facts_of_too_many_combinations_are_walked_as_if_any_guard_might_hold() -> None:
    names = [f"f{n}" for n in range(24)]
    spokes = {f"s{name}": {"stay": "yes", "sets": {name: "yes"}} for name in names}
    facts = {name: {"type": "yes_no", "title": "F"} for name in names}
    around = {"to": "bye", "when": " and ".join([*names, "not f0"])}
    steps = {
        "hello": step("Hi.", on="check", **spokes, around=around),
        "check": CHECK,
        "bye": end("Bye."),
    }
    found = counted(3_000_000, lambda: bypasses(steps, facts=facts))
    assert [path for _, _, path in found] == ["hello around bye"]


def test_many_objections_in_a_long_call_do_not_multiply_the_proof() -> None:
    objections = {
        f"o{n}": step(f"Later {n}.", on={"back": "yes"}) | {"heard": [f"word{n}"]}
        for n in range(30)
    }
    steps = {f"s{n}": step(f"Step {n}.", on=f"s{n + 1}") for n in range(60)}
    steps |= {"hello": step("Hi.", on="s0"), "s60": step("Last.", on="check")}
    steps |= {"check": CHECK, "bye": end("Bye.")}
    proof = script_of(minimal(steps=steps, cues=OWED, objections=objections))
    assert counted(60_000, lambda: list(check_required(proof))) == []
