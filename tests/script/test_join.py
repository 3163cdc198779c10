"""A pack and the packs it uses as one script: names, `use`, and what is hidden."""

from collections.abc import Mapping

import pytest

from callcoach.script.facts import FactId
from callcoach.script.model import CueId, Exit, ExitId, OutcomeId, PackId, Script, StepId
from tests.support import (
    MINIMAL,
    OBJECTION,
    Tree,
    base,
    codes,
    end,
    files,
    findings,
    load,
    minimal,
    script_of,
    step,
    step_of,
)


def exit_of(script: Script, id: str, exit: str) -> Exit:
    """Return a step's exit."""
    found = step_of(script, id).exit(ExitId(exit))
    assert found is not None
    return found


# Namespaces


def test_every_id_carries_its_pack_and_a_bare_one_means_the_packs_own() -> None:
    script = script_of(
        minimal(
            uses=["base"],
            steps={"hello": step("Hi.", on="bye", off="base.bye"), "bye": end("Bye.")},
        ),
        base(),
    )
    assert exit_of(script, "example.hello", "on").to == "example.bye"
    assert exit_of(script, "example.hello", "off").to == "base.bye"
    assert script.packs == ("example", "base")
    assert list(script.outcomes) == ["example.done", "base.done"]


def test_a_name_means_the_own_fact_before_that_of_a_nearer_pack_before_a_farther_one() -> None:
    def facts(*names: str) -> Tree:
        return {name: {"type": "text", "title": name, "given": "yes"} for name in names}

    far = files(minimal(pack="far", facts=facts("a", "b", "c")), "far")
    near = files(minimal(pack="near", uses=["far"], facts=facts("a", "b")), "near")
    script = script_of(minimal(uses=["near"], facts=facts("a")), near, far)
    names = script.names[PackId("example")]
    assert {name: names[name] for name in ("a", "b", "c")} == {
        "a": "example.a",
        "b": "near.b",
        "c": "far.c",
    }
    assert names["far.a"] == "far.a"
    assert "example.a" not in script.names[PackId("near")]
    assert script.names[PackId("far")]["a"] == "far.a"
    assert script.packs == ("example", "near", "far")
    assert FactId("far.c") in script.facts


@pytest.mark.parametrize(
    ("mention", "nearest"),
    [("by", "bye"), ("base.by", "base.bye"), ("elsewhere", "base.elsewhere"), ("zzz", "")],
)
def test_an_unknown_id_is_answered_with_the_nearest_as_it_would_be_written_here(
    mention: str, nearest: str
) -> None:
    other = base(steps={"hello": step("Hi.", on="bye"), "bye": end("Bye."), "elsewhere": end("X.")})
    pack = minimal(uses=["base"], steps={"hello": step("Hi.", on=mention), "bye": end("Bye.")})
    (finding,) = load(pack, other).findings
    assert (finding.code, finding.arguments) == ("CC020", {"kind": "step", "id": mention})
    assert finding.nearest == nearest


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"cues": {"greet": {"in": "nowhere", "title": "x", "heard": "y"}}}, "step"),
        ({"cues": {"greet": {"in": "hello", "title": "x", "heard": "y", "before": "z"}}},
         "step or cue"),
        ({"cues": {"greet": {"in": "hello", "title": "x", "heard": "y", "suggest": "base.z"}}},
         "line"),
        ({"cues": {"greet": {"in": "hello", "title": "x", "heard": "y", "required_for": "z"}}},
         "outcome"),
        ({"avoid": {"threat": {"title": "x", "heard": "y", "repair": "z"}}}, "cue"),
        ({"steps": {"hello": step("Hi.", on="bye") | {"asks": "z"}, "bye": end("Bye.")}}, "fact"),
        ({"steps": {"hello": step("Hi.", on="bye") | {"cues": "z"}, "bye": end("Bye.")}}, "cue"),
        ({"steps": {"hello": step("Hi.", on="bye") | {"say": "z"}, "bye": end("Bye.")}}, "line"),
        ({"steps": {"hello": step("Hi.", on="bye"), "bye": end("Bye.", "z")}}, "outcome"),
        ({"plans": {"p": {"title": "x", "outcome": "z", "turns": []}}}, "outcome"),
        ({"start": "z"}, "step"),
    ],
)  # fmt: skip
def test_every_mention_of_an_id_is_checked(change: Mapping[str, object], kind: str) -> None:
    unknown = [it for it in load(minimal(**change)).findings if it.code == "CC020"]
    assert [finding.arguments["kind"] for finding in unknown] == [kind]


def test_packs_that_use_each_other_are_refused_with_the_circle() -> None:
    one = files(minimal(pack="one", uses=["two"]), "one")
    two = files(minimal(pack="two", uses=["example"]), "two")
    circles = [it for it in load(minimal(uses=["one"]), one, two).findings if it.code == "CC023"]
    assert [it.arguments["path"] for it in circles] == ["example → one → two → example"]
    assert "CC023" in codes(minimal(uses=["example"]))


def test_an_error_in_a_used_pack_keeps_the_pack_from_being_used() -> None:
    loaded = load(minimal(uses=["base"]), base(bogus="x"))
    assert loaded.script is None
    assert [(it.code, it.place.file) for it in loaded.findings] == [("CC004", "base/pack.yaml")]


def test_a_warning_in_a_used_pack_is_that_packs_own_to_report() -> None:
    source = MINIMAL.replace("pack: example", "pack: base").replace(
        "languages: [en]", "languages: [en]\nabout: once #upon a time"
    )
    noisy = files(source, "base")
    assert codes(noisy) == ["CC011"]
    assert codes(minimal(uses=["base"]), noisy) == []


# `use`


USED = {
    "hello": {
        "title": "Hello",
        "note": "Smile",
        "heard": ["hello there"],
        "say": {"hi": "Good morning."},
        "asks": ["reason"],
        "exits": {
            "on": {
                "label": "On",
                "to": "bye",
                "heard": ["go on"],
                "say": {"fine": "Fine."},
                "asks": ["reason"],
                "waives": ["greet"],
                "sets": {"known": "yes"},
            },
            "off": {"label": "Off", "to": "bye"},
        },
    },
    "bye": end("Goodbye."),
}
FACTS = {
    "reason": {"type": "text", "title": "Reason"},
    "known": {"type": "yes_no", "title": "Known"},
}
CUES = {
    "greet": {"in": "hello", "title": "Greet", "heard": ["good morning"]},
    "leave": {"in": "bye", "title": "Leave", "heard": ["goodbye"]},
}


def using(hello: Tree, **more: object) -> Script:
    """Return a script whose step `hello` is this, beside a pack with a step to use."""
    steps = {"hello": hello, "bye": {"use": "base.bye", "outcome": "done"}}
    return script_of(
        minimal(uses=["base"], steps=steps, **more), base(steps=USED, facts=FACTS, cues=CUES)
    )


def test_a_step_takes_over_what_it_does_not_say_itself() -> None:
    script = using({"use": "base.hello"})
    own, used = step_of(script, "example.hello"), load(base(steps=USED, facts=FACTS, cues=CUES))
    assert used.script is not None
    original = used.script.steps[StepId("base.hello")]
    assert own.title == original.title
    assert own.note == original.note
    assert own.heard == original.heard
    assert (own.lines, own.asks, own.exits) == (original.lines, original.asks, original.exits)
    assert own.uses == "base.hello"
    assert script.lineages[own.id] == ("example.hello", "base.hello")


def test_what_a_step_says_itself_comes_first_and_its_lines_add_up() -> None:
    own = step_of(
        using(
            {
                "use": "base.hello",
                "title": "Mine",
                "note": "Breathe",
                "heard": ["mine"],
                "say": {"more": "And more."},
                "exits": {"on": {"label": "Mine", "to": "bye"}},
            }
        ),
        "example.hello",
    )
    assert own.title.plain("en") == "Mine"
    assert own.note is not None
    assert own.note.plain("en") == "Breathe"
    assert [phrase.text.value for phrase in own.heard.phrases] == ["mine"]
    assert own.lines == ("base.hi", "example.more")
    assert [exit.id for exit in own.exits] == ["on"]


def test_an_exit_of_the_same_name_keeps_what_it_does_not_say_itself() -> None:
    script = using({"use": "base.hello", "exits": {"on": {"to": "bye"}}})
    on = exit_of(script, "example.hello", "on")
    assert on.to == "example.bye"
    assert on.label.plain("en") == "On"
    assert [phrase.text.value for phrase in on.heard.phrases] == ["go on"]
    assert (on.lines, on.asks, on.waives) == (("base.fine",), ("base.reason",), ("base.greet",))
    assert [(fact, value.value) for fact, value in on.sets] == [("base.known", "yes")]


def test_a_step_that_ends_the_call_has_no_exits_of_the_step_it_uses() -> None:
    ended = script_of(
        minimal(
            uses=["base"],
            steps={"hello": step("Hi.", on="bye"), "bye": {"use": "base.hello", "outcome": "done"}},
        ),
        base(steps=USED, facts=FACTS, cues=CUES),
    )
    bye = step_of(ended, "example.bye")
    assert (bye.exits, bye.outcome, bye.lines) == ((), "example.done", ("base.hi",))


def test_a_step_without_outcome_or_exits_ends_as_the_step_it_uses() -> None:
    script = script_of(
        minimal(uses=["base"], steps={"hello": step("Hi.", on="bye"), "bye": {"use": "base.bye"}}),
        base(),
    )
    assert step_of(script, "example.bye").outcome == "base.done"
    assert OutcomeId("base.done") in script.outcomes


def test_use_is_followed_through_any_number_of_steps() -> None:
    steps = {
        "hello": {"use": "middle", "exits": {"on": {"to": "bye"}}},
        "middle": {"use": "first", "title": "Middle", "say": {"two": "Two."}},
        "first": step("One.", on="bye") | {"note": "First"},
        "bye": end("Bye."),
    }
    script = script_of(minimal(steps=steps))
    own = step_of(script, "example.hello")
    assert own.title.plain("en") == "Middle"
    assert own.note is not None
    assert own.lines == ("example.l_one_", "example.two")
    assert exit_of(script, "example.hello", "on").label.plain("en") == "On"
    assert script.lineages[own.id] == ("example.hello", "example.middle", "example.first")


@pytest.mark.parametrize(
    "steps",
    [
        {"hello": {"use": "hello"}},
        {"hello": {"use": "one"}, "one": {"use": "hello"}},
        {"hello": {"use": "one"}, "one": {"use": "two"}, "two": {"use": "one"}},
    ],
)
def test_steps_that_use_each_other_are_refused(steps: Tree) -> None:
    assert "CC023" in codes(minimal(steps=dict(steps) | {"bye": end("Bye.")}))


def test_a_label_that_is_missing_is_reported_once_whoever_takes_the_exit_over() -> None:
    hello = step("Hi.", on={"to": "bye", "label": None})
    pack = minimal(steps={"hello": hello, "again": {"use": "hello"}, "bye": end("Bye.")})
    assert [it.code for it in load(pack).findings] == ["CC005"]


def test_a_cue_is_due_in_a_step_and_in_those_that_use_it() -> None:
    script = using({"use": "base.hello", "exits": {"on": {"to": "bye"}}})
    assert script.due[StepId("example.hello")] == ("base.greet",)
    assert script.due[StepId("example.bye")] == ("base.leave",)


def test_a_step_may_name_cues_of_another_pack() -> None:
    script = using(
        {"title": "x", "say": {"x": "X."}, "cues": ["base.greet", "base.leave"],
         "exits": {"on": {"label": "On", "to": "bye"}}}
    )  # fmt: skip
    assert script.due[StepId("example.hello")] == ("base.greet", "base.leave")


def test_a_call_wide_cue_is_not_repeated_in_the_steps() -> None:
    cues = {"greet": {"in": "call", "title": "Greet", "heard": ["good morning"]}}
    hello = step("Hi.", on="bye") | {"cues": "greet"}
    script = script_of(minimal(cues=cues, steps={"hello": hello, "bye": end("Bye.")}))
    assert script.cues[CueId("example.greet")].is_call_wide
    assert script.due == {"example.hello": (), "example.bye": ()}


# What belongs to the script, and what is hidden


def test_only_those_steps_of_a_used_pack_belong_that_a_call_can_come_to() -> None:
    steps = {"hello": step("Hi.", on="bye", away="base.hello"), "bye": end("Bye.")}
    far = {
        "hello": step("Base hi.", on="bye"),
        "bye": end("Base bye."),
        "alone": step("Alone.", on="bye"),
    }
    script = script_of(minimal(uses=["base"], steps=steps), base(steps=far))
    assert set(script.steps) == {"example.hello", "example.bye", "base.hello", "base.bye"}
    assert set(script.lineages) == set(script.due) == set(script.steps)


def test_the_objections_of_a_used_pack_belong_with_what_they_lead_to() -> None:
    script = script_of(minimal(uses=["base"]), base(objections={"later": OBJECTION}))
    assert [step.id for step in script.objections] == ["base.later"]
    assert StepId("base.bye") in script.steps
    assert StepId("base.hello") not in script.steps


def test_an_objection_that_another_one_uses_is_hidden_by_it() -> None:
    own = {"later": {"use": "base.later", "title": "My later", "exits": {"back": {"back": "yes"}}}}
    script = script_of(
        minimal(uses=["base"], objections=own), base(objections={"later": OBJECTION})
    )
    assert [step.id for step in script.objections] == ["example.later"]
    later = step_of(script, "example.later")
    assert (later.bridge, later.lines) == ("base.later_bridge", ("base.of_course",))
    assert [exit.id for exit in later.exits] == ["back"]
    assert StepId("base.later") not in script.steps
    assert StepId("base.bye") not in script.steps


def test_an_objection_used_within_its_own_pack_stays() -> None:
    objections = {"later": OBJECTION, "much_later": {"use": "later", "title": "Much later"}}
    script = script_of(minimal(objections=objections))
    assert {step.id for step in script.objections} == {"example.later", "example.much_later"}


def test_an_objection_keeps_its_vulnerable_mark_when_it_is_used() -> None:
    vulnerable = {"later": dict(OBJECTION) | {"vulnerable": "yes"}}
    own = {"mine": {"use": "base.later", "title": "Mine"}}
    script = script_of(minimal(uses=["base"], objections=own), base(objections=vulnerable))
    assert step_of(script, "example.mine").is_vulnerable


def test_a_pack_without_a_start_can_be_used_but_not_started() -> None:
    tree = minimal(pack="base")
    tree.pop("start")
    assert "CC058" in codes(files(tree, "base"))
    script = script_of(minimal(uses=["base"]), files(tree, "base"))
    assert script.start == "example.hello"


def test_findings_of_a_join_stand_where_the_mention_stands() -> None:
    source = MINIMAL.replace("to: bye}", "to: by}")
    (finding,) = findings(source)
    assert (finding.code, str(finding.place)) == ("CC020", "pack.yaml:12:27")
