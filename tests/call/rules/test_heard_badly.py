"""Words that a recogniser got wrong: what is understood says so, and accuses nobody."""

import pytest

from callcoach.call.events import CueHeard, Event, FlagRaised
from callcoach.call.inputs import Hear
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import Listener, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.call.session import Session
from callcoach.script.model import Speaker
from tests.call.example import example
from tests.sessions import coach, started
from tests.support import minimal, script_of
from tests.words.test_sound_program import Kept

GUIDE = coach(
    example(
        rules={
            "plan": {"heard": "payment plan", "sound": "loose"},
            "thank": {"heard": "thank you for calling", "sound": "loose", "threshold": "0.97"},
        },
        cues={"offer": {"title": "Offer a plan", "in": "hello", "rule": "plan"}},
        avoid={"plan_too_early": {"title": "No plans here", "rule": "plan"}},
    )
)


def hear(text: str, *, is_exact: bool = False) -> tuple[RuleHit, ...]:
    listener = Listener(Ruleset(GUIDE.script.rules))
    return listener.hear(Said(Speaker.AGENT, text, 0.0, 2.0, is_exact=is_exact))


def test_what_was_understood_stands_beside_what_was_heard() -> None:
    text = "we have a pavement plan for you"
    (hit,) = hear(text)
    assert (text[hit.start : hit.end], hit.taken_for) == ("pavement plan", "payment plan")
    assert 0.5 < hit.confidence < 1


def test_what_is_found_by_sound_is_kept_compiled() -> None:
    pack = minimal(rules={"plan": {"heard": "the plan of payments", "sound": "loose"}})
    store = Kept()
    ruleset = Ruleset(script_of(pack).rules, store=store)
    assert len(store) == 1
    assert ruleset.sounds is not None
    assert len(store) == 3, "the phrases, their sounds, and the exact vetoes"


def test_what_was_heard_well_is_taken_as_it_is() -> None:
    (hit,) = hear("we have a payment plan for you")
    assert (hit.taken_for, hit.confidence) == ("", 1.0)


def test_nobody_can_have_misheard_what_was_typed() -> None:
    assert hear("we have a pavement plan for you", is_exact=True) == ()


def test_a_rule_may_want_to_be_surer() -> None:
    assert hear("thank you for calling")
    assert not hear("think you for falling")


def events_of(text: str, source: str) -> list[Event]:
    session, opening = Session.start(GUIDE, started(GUIDE.script))
    said = Hear(Speaker.AGENT, text, 0.0, 2.0, source)
    return [*opening, *session.feed(said, 2.0)]


@pytest.mark.parametrize(
    ("text", "source", "cues", "flags"),
    [
        ("a payment plan", "speech", {"example.offer", "example.plan_too_early"}, 1),
        ("a pavement plan", "speech", {"example.offer"}, 0),
        ("a pavement plan", "transcript", {"example.offer"}, 0),
        ("a pavement plan", "typed", set(), 0),
    ],
)
def test_what_was_only_understood_meets_what_is_owed_and_accuses_nobody(
    text: str, source: str, cues: set[str], flags: int
) -> None:
    events = events_of(text, source)
    assert {it.cue for it in events if isinstance(it, CueHeard)} == cues
    assert sum(isinstance(it, FlagRaised) for it in events) == flags


def test_chinese_by_its_sound() -> None:
    words = {"zh": ["跟您核对"], "en": ["let me check with you"]}
    script = script_of(
        minimal(
            languages=["zh", "en"],
            title={"zh": "例", "en": "Example"},
            steps={"hello": {"title": {"zh": "好", "en": "Hello"}, "outcome": "done"}},
            outcomes={"done": {"code": "DONE", "title": {"zh": "好", "en": "Done"}}},
            rules={"check": {"heard": words, "sound": "alike"}},
        )
    )
    listener = Listener(Ruleset(script.rules))
    (hit,) = listener.hear(Said(Speaker.AGENT, "我 根 您 和 队 一 下", 0.0, 2.0))
    assert hit.taken_for == "跟您核对"
    assert listener.hear(Said(Speaker.AGENT, "let me chuck with you", 3.0, 4.0)) == ()


TAKEN_BACK = [
    pytest.param("owe would you like to pay", False, id="by its sound"),
    pytest.param("how would you like to pay", False, id="as it is written"),
    pytest.param("and would you like to pay", True, id="something else"),
]


@pytest.mark.parametrize(("text", "holds"), TAKEN_BACK)
def test_what_takes_back_is_heard_by_its_own_sound(text: str, holds: bool) -> None:
    veto = {"en": ["how would you like to"], "sound": "loose"}
    rule = {"heard": "would you like to pay", "unless": [veto]}
    listener = Listener(Ruleset(script_of(minimal(rules={"offers": rule})).rules))
    assert bool(listener.hear(Said(Speaker.AGENT, text, 0.0, 2.0))) is holds


BRIEF = [
    pytest.param("你号 请问 是 王 先生 吗", "start", ["你好"], id="at the start"),
    pytest.param("我 想 问 你号", "start", [], id="not at the start"),
    pytest.param("我 想 问 你号", "anywhere", [], id="anywhere it is too short"),
]


@pytest.mark.parametrize(("text", "at", "taken_for"), BRIEF)
def test_two_characters_are_known_by_their_sound_where_they_have_to_stand(
    text: str, at: str, taken_for: list[str]
) -> None:
    rule = {"heard": {"zh": ["你好"], "en": []}, "at": at, "sound": "alike"}
    script = script_of(
        minimal(
            languages=["zh", "en"],
            title={"zh": "例", "en": "Example"},
            steps={"hello": {"title": {"zh": "好", "en": "Hello"}, "outcome": "done"}},
            outcomes={"done": {"code": "DONE", "title": {"zh": "好", "en": "Done"}}},
            rules={"hello": rule},
        )
    )
    hits = Listener(Ruleset(script.rules)).hear(Said(Speaker.AGENT, text, 0.0, 2.0))
    assert [hit.taken_for for hit in hits] == taken_for


SPLIT = [
    pytest.param(("we have a payment", "plan for you"), 1.0, True, id="cut by a pause"),
    pytest.param(("we have a payment", "plan for you"), 9.0, False, id="a long pause"),
    pytest.param(("this is your payment.", "Plan well"), 1.0, False, id="two sentences"),
]


@pytest.mark.parametrize(("texts", "pause", "expected"), SPLIT)
def test_a_phrase_may_be_cut_by_a_pause(
    texts: tuple[str, str], pause: float, expected: bool
) -> None:
    script = script_of(
        minimal(rules={"plan": {"heard": "a payment plan"}, "own": {"heard": "your payment plan"}})
    )
    listener = Listener(Ruleset(script.rules))
    first, second = texts
    assert listener.hear(Said(Speaker.AGENT, first, 0.0, 2.0)) == ()
    hits = listener.hear(Said(Speaker.AGENT, second, 2.0 + pause, 4.0 + pause))
    assert bool(hits) is expected
    for hit in hits:
        assert second[hit.start : hit.end] == "plan"
        assert [first[start:end] for _, start, end in hit.also] == ["a payment"]


def test_what_two_people_say_is_no_phrase() -> None:
    script = script_of(minimal(rules={"plan": {"heard": "a payment plan"}}))
    listener = Listener(Ruleset(script.rules))
    listener.hear(Said(Speaker.AGENT, "we have a payment", 0.0, 2.0))
    assert listener.hear(Said(Speaker.CUSTOMER, "plan for you", 2.5, 4.0)) == ()
