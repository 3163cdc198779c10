"""Tests of listening: which cues an utterance meets, what it suggests, what is still owed."""

import pytest

from callcoach.call.inputs import Hold, Input, Undo, Unhold
from callcoach.call.judge import Judge
from callcoach.call.leads import Hint
from callcoach.call.state import CallState
from callcoach.script.model import OutcomeId, Script, Speaker, local
from tests.call.example import ANGRY, example, waiving
from tests.call.moves import agent, cue, customer, end_call, jump, objection, take, tick
from tests.sessions import play
from tests.support import Tree, end, files, minimal, script_of, step

AGENT, CUSTOMER, OTHER = Speaker

LATE: Tree = {
    "title": "Late",
    "say": {"of_course": "Of course."},
    "heard": "not now",
    "exits": {"back": {"label": "Back", "back": "yes", "heard": "go on"}},
}
SCRIPT: Script = script_of(
    minimal(
        steps={
            "hello": step(
                "Hello.",
                yes={"to": "deal", "heard": ["right", "speaking"]},
                no={"to": "bye", "heard": ["not right", "speaking"]},
                sad={"to": "bye", "heard": {"cue": "sad"}},
                named={"to": "deal", "heard": {"cue": "name"}},
            ),
            "deal": {**step("Deal.", on="bye"), "heard": "the price"},
            "other_deal": {"use": "deal"},
            "sum_up": {**step("Sum up.", on="bye"), "heard": {"cue": ["summary", "gossip"]}},
            "bye": {**end("Bye."), "heard": "goodbye"},
        },
        objections={"late": LATE, "angry": {**ANGRY, "heard": {"cue": "curse"}}},
        cues={
            "name": cue("my name", in_="hello", unless="not my name"),
            "summary": cue("in short", in_="call"),
        },
        watch={
            "sad": cue("so sad", speaker="customer"),
            "curse": cue("damn", speaker="customer"),
            "noise": cue("hiss", speaker="other"),
        },
        avoid={"gossip": cue("gossip", in_="hello"), "debt": cue("debt", until="deal")},
    )
)
JUDGE = Judge(SCRIPT)


def after(*inputs: Input) -> CallState:
    """Return the state of a call after some inputs."""
    return play(SCRIPT, *((float(at), given) for at, given in enumerate(inputs, 1))).state


def cues_in(text: str, speaker: Speaker = AGENT, state: CallState | None = None) -> list[str]:
    """Return the cues that an utterance meets, in order."""
    hits, _ = JUDGE.listen(state or after(), speaker, JUDGE.rules.read(text))
    return [local(found.cue.id) for found in hits]


def hints_in(text: str, speaker: Speaker, state: CallState | None = None) -> list[str]:
    """Return what an utterance suggests, in order."""
    _, hints = JUDGE.listen(state or after(), speaker, JUDGE.rules.read(text))
    return [hint.target.removeprefix("example.") for hint in hints]


# Whose words


@pytest.mark.parametrize(
    ("text", "speaker", "met"),
    [
        ("my name", AGENT, ["name"]),
        ("my name", CUSTOMER, []),
        ("my name", OTHER, []),
        ("so sad", CUSTOMER, ["sad"]),
        ("so sad", AGENT, []),
        ("so sad", OTHER, []),
        ("hiss", OTHER, ["noise"]),
        ("hiss", AGENT, []),
        ("debt", AGENT, ["debt"]),
        ("debt", CUSTOMER, []),
    ],
)
def test_a_cue_is_met_by_the_one_who_is_to_say_it(
    text: str, speaker: Speaker, met: list[str]
) -> None:
    assert cues_in(text, speaker) == met


@pytest.mark.parametrize("speaker", [CUSTOMER, OTHER])
def test_answers_that_suggest_an_exit_are_the_other_sides_words(speaker: Speaker) -> None:
    assert hints_in("right", speaker) == ["yes"]
    assert hints_in("right", AGENT) == []


@pytest.mark.parametrize("speaker", [CUSTOMER, OTHER])
def test_objections_are_the_other_sides_words(speaker: Speaker) -> None:
    assert hints_in("not now", speaker) == ["late"]
    assert hints_in("not now", AGENT) == []


@pytest.mark.parametrize("speaker", [CUSTOMER, OTHER])
def test_that_the_call_has_come_to_a_step_shows_in_the_agents_words(speaker: Speaker) -> None:
    assert hints_in("goodbye", AGENT) == ["bye"]
    assert hints_in("goodbye", speaker) == []


@pytest.mark.parametrize(
    ("text", "speaker", "target"),
    [
        ("so sad", CUSTOMER, "sad"),
        ("my name", AGENT, "named"),
        ("in short", AGENT, "sum_up"),
        ("damn", CUSTOMER, "angry"),
    ],
)
def test_a_cue_suggests_what_it_does_whoever_says_it(
    text: str, speaker: Speaker, target: str
) -> None:
    assert hints_in(text, speaker) == [target]


def test_a_cue_that_is_not_met_suggests_nothing() -> None:
    assert hints_in("so sad", AGENT) == []
    assert hints_in("that is not my name", AGENT) == []


# What is suggested


def test_the_outermost_words_count() -> None:
    assert hints_in("that is not right", CUSTOMER) == ["no"]


def test_words_beside_each_other_both_count() -> None:
    assert hints_in("right. no, not right", CUSTOMER) == ["yes", "no"]


def test_the_same_words_may_suggest_two_things() -> None:
    assert sorted(hints_in("speaking", CUSTOMER)) == ["no", "yes"]


def test_the_same_thing_is_suggested_once() -> None:
    assert hints_in("right, right, speaking right", CUSTOMER).count("yes") == 1


def test_chinese_words_within_others_do_not_count() -> None:
    hello = step("Hello.", yes={"to": "bye", "heard": "对"}, no={"to": "bye", "heard": "不对"})
    source = minimal(languages=["zh"], steps={"hello": hello, "bye": end("Bye.")})
    call = play(source)
    judge = call.session.coach.judge
    for text, target in (("不对", "no"), ("对的", "yes"), ("不对。对！", "no yes")):
        _, hints = judge.listen(call.state, CUSTOMER, judge.rules.read(text))
        assert " ".join(hint.target for hint in hints) == target


def test_hints_are_in_the_order_of_the_words() -> None:
    assert hints_in("so sad, not now, speaking of it, damn", CUSTOMER)[:2] == ["sad", "late"]
    assert hints_in("damn, not now, so sad", CUSTOMER) == ["angry", "late", "sad"]


def test_a_hint_points_at_its_words() -> None:
    text = "No, not now please"
    _, (hint,) = JUDGE.listen(after(), CUSTOMER, JUDGE.rules.read(text))
    assert text[hint.start : hint.end] == "not now"


def test_only_the_exits_of_the_present_step_are_suggested() -> None:
    assert hints_in("right", CUSTOMER, after(take("yes"))) == []
    assert hints_in("go on", CUSTOMER) == []
    assert hints_in("go on", CUSTOMER, after(objection("late"))) == ["back"]
    assert hints_in("right", CUSTOMER, after(objection("late"))) == []


def test_an_exit_knows_that_it_is_one() -> None:
    (_, exits), (_, steps) = (
        JUDGE.listen(after(), speaker, JUDGE.rules.read(text))
        for speaker, text in ((CUSTOMER, "right"), (AGENT, "goodbye"))
    )
    assert [hint.is_exit for hint in (*exits, *steps)] == [True, False]
    assert isinstance(exits[0], Hint)


def test_a_step_is_suggested_only_while_the_call_has_not_been_there() -> None:
    assert hints_in("the price", AGENT) == ["deal", "other_deal"]
    assert hints_in("the price", AGENT, after(take("yes"))) == ["other_deal"]
    assert hints_in("the price", AGENT, after(take("yes"), take("on"))) == ["other_deal"]
    assert hints_in("the price", AGENT, after(take("yes"), Undo())) == ["deal", "other_deal"]


def test_a_step_that_another_one_uses_counts_as_visited_with_it() -> None:
    assert hints_in("the price", AGENT, after(jump("other_deal"))) == []


def test_an_objection_may_come_again() -> None:
    assert hints_in("not now", CUSTOMER, after(objection("late"), take("back"))) == ["late"]


def test_an_objection_that_is_open_is_not_suggested() -> None:
    assert hints_in("not now", CUSTOMER, after(objection("late"))) == []
    assert hints_in("not now", CUSTOMER, after(objection("late"), objection("angry"))) == []
    assert hints_in("damn", CUSTOMER, after(objection("late"))) == ["angry"]


def test_what_is_suggested_stands_newest_first_and_once() -> None:
    call = play(
        SCRIPT, (1.0, customer("right")), (2.0, customer("not now")), (3.0, customer("right"))
    )
    found = [(local(known.target) or known.target, known.at) for known in call.state.suggestions]
    assert found == [("yes", 3.0), ("late", 2.0)]
    assert call.state.suggestions[0].span.heard == call.session.transcript[2].seq


def test_exits_are_suggested_until_the_step_is_left() -> None:
    call = play(SCRIPT, (1.0, customer("right")), (2.0, take("yes")))
    assert call.state.suggestions == ()


def test_only_the_newest_suggestions_are_kept() -> None:
    ways = {f"way_{n}": {"to": "bye", "heard": f"word {n}"} for n in range(9)}
    source = minimal(steps={"hello": step("Hello.", **ways), "bye": end("Bye.")})
    call = play(source, *((float(n), customer(f"word {n}")) for n in range(9)))
    assert [known.target for known in call.state.suggestions] == [
        f"way_{n}" for n in (8, 7, 6, 5, 4)
    ]


# What is heard


def test_cues_are_met_in_the_order_of_the_words() -> None:
    assert cues_in("in short, my name") == ["summary", "name"]
    assert cues_in("my name, in short") == ["name", "summary"]


def test_vetoed_words_are_not_heard() -> None:
    assert cues_in("that is not my name") == []
    assert cues_in("not my name? yes, my name") == ["name"]


def test_what_is_to_be_avoided_in_some_steps_is_listened_for_there_only() -> None:
    assert cues_in("gossip") == ["gossip"]
    assert cues_in("gossip", state=after(take("yes"))) == []
    assert hints_in("gossip", AGENT, after(take("yes"))) == []
    assert cues_in("gossip", state=after(objection("late"))) == []


def test_what_is_to_be_said_in_a_step_is_listened_for_everywhere() -> None:
    assert cues_in("my name", state=after(jump("bye"))) == ["name"]
    assert cues_in("my name", state=after(Hold())) == ["name"]


def test_silence_and_noise_meet_nothing() -> None:
    for text in ("", " ", "…", "?!", "\n", "👋", "\x00", "#", "..."):
        assert JUDGE.listen(after(), AGENT, JUDGE.rules.read(text)) == ((), ())


# What is owed

OWED: Script = script_of(
    example(
        cues={
            "whole": cue("whole", in_="call"),
            "whole_heavy": cue("whole heavy", in_="call", weight="5"),
            "whole_timed": cue("whole timed", in_="call", within="90s of call"),
            "here": cue("here", in_="hello"),
            "here_heavy": cue("here heavy", in_="hello", weight="2"),
            "here_soon": cue("here soon", in_="hello", within="20s of step"),
            "here_later": cue("here later", in_="hello", within="60s of call"),
            "elsewhere": cue("elsewhere", in_="deal"),
            "left_out": cue("left out", in_="hello", times="0-1"),
            "twice": cue("twice", in_="hello", times="2", weight="0.5"),
        },
        watch={"seen": cue("seen", in_="hello")},
        avoid={"never": cue("never", in_="hello")},
    )
)


def owed(*inputs: tuple[float, Input]) -> list[str]:
    """Return what is owed after some inputs, the most pressing first."""
    return [local(found.cue.id) for found in play(OWED, *inputs).session.owed()]


def test_what_is_owed_here_comes_first_then_what_has_a_deadline_then_by_weight() -> None:
    assert owed() == [
        "here_soon", "here_later", "here_heavy", "here", "twice",
        "whole_timed", "whole_heavy", "whole",
    ]  # fmt: skip


def test_what_was_due_at_once_is_the_most_pressing() -> None:
    cues = {
        "soon": cue("soon", in_="call", within="9s of call"),
        "at_once": cue("at once", in_="call", within="0s of call"),
        "some_day": cue("some day", in_="call"),
    }
    found = play(script_of(minimal(cues=cues))).session.owed()
    assert [local(it.cue.id) for it in found] == ["at_once", "soon", "some_day"]


def test_what_is_met_is_owed_no_more() -> None:
    assert "here" not in owed((1.0, agent("here")))
    assert "here" not in owed((1.0, tick("here")))
    assert "twice" in owed((1.0, agent("twice")))
    assert "twice" not in owed((1.0, agent("twice")), (2.0, agent("twice")))


def test_what_is_owed_elsewhere_is_owed_there() -> None:
    assert owed((1.0, take("on"))) == ["elsewhere", "whole_timed", "whole_heavy", "whole"]
    assert owed((1.0, objection("late"))) == ["whole_timed", "whole_heavy", "whole"]


def test_nothing_is_owed_after_the_call() -> None:
    assert owed((1.0, end_call("hung_up"))) == []


def test_what_is_owed_says_by_when_on_the_active_clock() -> None:
    call = play(OWED, (5.0, Hold()), (15.0, Unhold()), (20.0, take("on")), (30.0, take("again")))
    due = {local(found.cue.id): found.due for found in call.session.owed()}
    assert (due["here_soon"], due["here_later"], due["here"]) == (40.0, 60.0, None)


def test_what_an_exit_waived_is_owed_no_more() -> None:
    source = example(steps=waiving("name"), cues={"name": cue("name", in_="call")})
    call = play(source, (1.0, take("skip")))
    assert call.session.owed() == ()


def required(script: Script, outcome: str | None) -> list[str]:
    """Return the cues that an outcome needs."""
    known = script.outcomes[OutcomeId(f"example.{outcome}")] if outcome else None
    return [local(cue.id) for cue in Judge(script).required(known)]


def test_an_outcome_needs_what_is_required_for_it_and_for_all() -> None:
    script = script_of(
        example(
            cues={
                "always": cue("always", in_="hello", required_for="all"),
                "sold": cue("sold", in_="deal", required_for="sold"),
                "both": cue("both", in_="call", required_for=["done", "sold"]),
                "nice": cue("nice", in_="hello"),
            }
        )
    )
    assert required(script, "sold") == ["always", "sold", "both"]
    assert required(script, "done") == ["always", "both"]
    assert required(script, None) == ["always"]


def test_a_cue_of_a_used_pack_that_has_no_place_in_the_script_is_not_required() -> None:
    base = minimal(
        pack="base",
        steps={"there": end("There."), "hello": step("Hi.", on="there")},
        cues={
            "placed": cue("placed", in_="hello", required_for="all"),
            "unplaced": cue("unplaced", in_="there", required_for="all"),
        },
    )
    steps = {"hello": {"use": "base.hello", "exits": {"on": {"to": "bye"}}}, "bye": end("Bye.")}
    script = script_of(minimal(uses=["base"], steps=steps), files(base, "base"))
    assert required(script, "done") == ["placed"]
