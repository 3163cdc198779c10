"""A call judged while it goes on and one judged afterwards agree, however it is cut up."""

from collections.abc import Iterable
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from callcoach.call.rules.compile import MOST_READ
from callcoach.call.rules.listener import Listener, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.script.model import Speaker, local
from tests.call.rules.calls import ruleset
from tests.support import counted

RULES = ruleset(
    hello={"heard": "hello"},
    ask={"speaker": "agent", "asks": "any"},
    birth={"heard": "[your] birthday", "speaker": "agent"},
    number={"number": "any", "after": {"rule": "birth", "within": "1 turn"}},
    wrong={"heard": "that is wrong", "speaker": "agent"},
    verified={
        "sequence": [
            {"rule": "birth"},
            {"rule": "number", "within": "2 turns"},
            {"rule": "wrong", "within": "1 turn", "absent": "yes"},
        ]
    },
    debt={"heard": "(debt|owe)", "negated": "no"},
    early={"rule": "debt", "speaker": "agent", "not_after": "verified"},
    first={"rule": "hello", "window": "first 8s"},
    last={"rule": "hello", "window": "last 2 turns"},
    later={"rule": "debt", "before": {"rule": "verified", "within": "20s"}},
    around={"rule": "hello", "around": {"rule": "debt", "within": "2 utterances"}},
    close={"near": [{"rule": "debt"}, {"rule": "hello"}], "distance": "10s"},
    silent={"scope": "call", "absent": {"rule": "hello", "speaker": "agent"}, "by": "15s"},
    often={"scope": "call", "rule": "debt", "times": "2-3"},
    polite={"scope": "call", "all": [{"rule": "hello"}, {"none": [{"rule": "wrong"}]}]},
)
WORDS = (
    "hello",
    "what is your birthday",
    "1985",
    "five five",
    "that is wrong",
    "you owe us a debt",
    "no debt",
    "I see",
    "your birthday please",
)
UTTERANCES = st.lists(
    st.tuples(
        st.sampled_from((Speaker.AGENT, Speaker.CUSTOMER)),
        st.sampled_from(WORDS),
        st.floats(0.5, 9.0),
        st.lists(st.floats(0.0, 1.0), max_size=2),
    ),
    max_size=12,
)


def told(hits: Iterable[RuleHit]) -> list[tuple[object, ...]]:
    """Return hits so that they compare; when silence was noticed does not matter."""
    return sorted(
        (hit.rule, -1 if hit.is_silent else hit.utterance, hit.start, hit.end, hit.also)
        for hit in hits
    )


@given(UTTERANCES)
def test_time_that_passes_in_between_changes_nothing(
    call: list[tuple[Speaker, str, float, list[float]]],
) -> None:
    live, after = Listener(RULES), Listener(RULES)
    seen: list[RuleHit] = []
    known: list[RuleHit] = []
    at = 0.0
    for speaker, text, length, pauses in call:
        for pause in sorted(pauses):
            seen += live.wait(at + pause * length)
        said = Said(speaker, text, at, at + length)
        seen += live.hear(said)
        known += after.hear(said)
        at += length + 0.25
    seen += live.end({})
    known += after.end({})
    assert told(seen) == told(known)


@given(UTTERANCES, st.integers(0, 12))
def test_a_call_that_is_taken_up_again_goes_on_as_it_would_have(
    call: list[tuple[Speaker, str, float, list[float]]], cut: int
) -> None:
    whole = Listener(RULES)
    spoken: list[Said] = []
    each: list[tuple[RuleHit, ...]] = []
    at = 0.0
    for speaker, text, length, _ in call:
        spoken.append(Said(speaker, text, at, at + length))
        each.append(whole.hear(spoken[-1]))
        at += length
    again = Listener(RULES)
    for said in spoken[:cut]:
        again.hear(said)
    assert [again.hear(said) for said in spoken[cut:]] == each[cut:]
    assert again.end({}) == whole.end({})


@given(UTTERANCES, st.sampled_from(WORDS))
def test_words_still_being_spoken_leave_no_trace(
    call: list[tuple[Speaker, str, float, list[float]]], partial: str
) -> None:
    glanced, whole = Listener(RULES), Listener(RULES)
    at = 0.0
    for speaker, text, length, _ in call:
        first = glanced.peek(Said(speaker, partial, at, at + length))
        assert first == glanced.peek(Said(speaker, partial, at, at + length))
        said = Said(speaker, text, at, at + length)
        assert glanced.hear(said) == whole.hear(said)
        at += length
    assert glanced.end({}) == whole.end({})


@given(UTTERANCES)
def test_nothing_is_said_twice(call: list[tuple[Speaker, str, float, list[float]]]) -> None:
    listener = Listener(RULES)
    hits: list[RuleHit] = []
    at = 0.0
    for speaker, text, length, _ in call:
        hits += listener.hear(Said(speaker, text, at, at + length))
        at += length
    hits += listener.end({})
    places = [(hit.rule, hit.utterance, hit.start, hit.is_silent) for hit in hits]
    assert len(places) == len(set(places))
    assert listener.end({}) == ()


LATE = ruleset(
    late={"heard": "hello", "window": "last 2 turns"},
    share={"heard": "hello", "window": "last 20%"},
    polite={"heard": "hello"},
    referring={"rule": "polite", "window": "last 2 turns"},
    after={"heard": "hello", "after": {"rule": "debt", "within": "20s"}},
    debt={"heard": "debt"},
)


def test_an_utterance_costs_the_same_however_long_the_call_is() -> None:
    listener = Listener(LATE)

    def say(first: int, past: int) -> None:
        for at in range(first, past):
            speaker = (Speaker.AGENT, Speaker.CUSTOMER)[at % 2]
            listener.hear(Said(speaker, "hello, the debt", at * 3.0, at * 3.0 + 2))

    say(0, 500)
    counted(60 * 150, partial(say, 500, 560))
    hits = [(local(hit.rule), hit.utterance) for hit in listener.end({})]
    found = [hit for hit in hits if hit[0] != "share"]
    assert found == [("late", 558), ("late", 559), ("referring", 558), ("referring", 559)]


def test_what_is_said_again_and_again_stays_as_it_was_read() -> None:
    rules = ruleset(hello={"heard": "hello"})
    often = rules.read("hello again")
    once = rules.read("hello once")
    for number in range(8):
        rules.read(f"{number} " * (MOST_READ // 8))
        assert rules.read("hello again") is often
    assert rules.read("hello once") is not once
