"""Every condition of the rule language, by tables: what holds, where, by which words."""

import pytest

from callcoach.call.coach import Coach
from callcoach.call.rules.compile import Ruleset
from callcoach.errors import PackError
from tests.call.rules.calls import hear, holds, ruleset
from tests.support import minimal, script_of

SUE = {"heard": ["(sue|suing) you", "起诉"]}
THANKS = {"heard": ["thank you", "thanks"]}

WORDS = [
    pytest.param(SUE, "A: We will sue you.", ["sue you"], id="phrase"),
    pytest.param(SUE, "A: 我们会起诉您", ["起诉"], id="phrase in Chinese"),
    pytest.param(SUE, "A: We will not sue you.", ["sue you"], id="denied but asked for"),
    pytest.param({**SUE, "negated": "no"}, "A: We will not sue you.", [], id="denied"),
    pytest.param({**SUE, "negated": "no"}, "A: 我们不会起诉您", [], id="denied in Chinese"),
    pytest.param(
        {**SUE, "negated": "no"}, "A: No, we will sue you.", ["sue you"], id="a no before"
    ),
    pytest.param({**SUE, "negated": "no"}, "A: 不还就起诉你", ["起诉"], id="condition, no denial"),
    pytest.param({**THANKS, "at": "start"}, "A: Well, thank you.", ["thank you"], id="start"),
    pytest.param({**THANKS, "at": "start"}, "A: We thank you.", [], id="not at the start"),
    pytest.param({**THANKS, "at": "end"}, "A: Oh, thank you sir.", ["thank you"], id="end"),
    pytest.param({**THANKS, "at": "end"}, "A: thank you for that", [], id="not at the end"),
    pytest.param({**THANKS, "at": "whole"}, "C: um thanks", ["thanks"], id="whole"),
    pytest.param({**THANKS, "at": "whole"}, "C: thanks for nothing", [], id="not whole"),
    pytest.param(
        {"heard": ["hello ...2"], "at": "whole"}, "A: hello Kayleigh Dunn", ["hello"], id="room"
    ),
    pytest.param(
        {"heard": ["hello ...2"], "at": "whole"}, "A: hello Kayleigh Dunn it is Kurt", [], id="full"
    ),
    pytest.param(
        {"heard": ["...2 from"], "at": "start"},
        "A: Kurt Lang from Bells",
        ["from"],
        id="room first",
    ),
    pytest.param(
        {"heard": ["...2 from"], "at": "start"},
        "A: it was a letter from us",
        [],
        id="no room first",
    ),
    pytest.param(
        {**THANKS, "at": "end", "margin": "2"},
        "A: oh thanks Mr Hall",
        ["thanks"],
        id="near the end",
    ),
    pytest.param(
        {**THANKS, "at": "end", "margin": "2"}, "A: thanks was not paid", [], id="far from the end"
    ),
    pytest.param(
        {**THANKS, "at": "start", "margin": "1"}, "C: um lovely thanks", ["thanks"], id="near start"
    ),
    pytest.param(
        {**THANKS, "at": "whole", "margin": "1"}, "C: lovely thanks that is it", [], id="too much"
    ),
    pytest.param({**THANKS, "unless": "no thanks"}, "C: no thanks", [], id="unless"),
    pytest.param(
        {**THANKS, "unless": "no thanks"}, "C: no thanks, thank you", ["thank you"], id="unless one"
    ),
    pytest.param({**THANKS, "speaker": "agent"}, "C: thanks", [], id="another speaker"),
    pytest.param({**THANKS, "times": "2"}, "C: thanks, thank you", ["thanks", "thank you"], id="2"),
    pytest.param({**THANKS, "times": "2"}, "C: thanks", [], id="once, not twice"),
    pytest.param({**THANKS, "times": "1-1"}, "C: thanks, thank you", [], id="more than once"),
    pytest.param({"number": "any"}, "A: you owe 1,280.40", ["1,280.40"], id="a number"),
    pytest.param(
        {"number": {"from": 500}}, "A: five hundred dollars", ["five hundred"], id="words"
    ),
    pytest.param({"number": {"to": 499}}, "A: five hundred dollars", [], id="too big a number"),
    pytest.param(
        {"number": {"from": 1000}}, "A: 一千二百八十元", ["一千二百八十"], id="Chinese number"
    ),
    pytest.param(
        {"number": {"unit": "money"}},
        "A: $50 or 20 dollars in 3 days",
        ["$50", "20 dollars"],
        id="money",
    ),
    pytest.param({"number": {"unit": "percent"}}, "A: 20% and 30 ％ of 40", ["20", "30"], id="%"),
    pytest.param({"number": {"unit": "day"}}, "A: 50 dollars in 3 days", ["3"], id="days"),
    pytest.param({"regex": r"\bcase\s+\w\d+"}, "A: Case B12 it is", ["Case B12"], id="regex"),
    pytest.param({"not_regex": "case"}, "A: nothing", ["nothing"], id="no regex"),
    pytest.param(
        {"similar": "I am calling about your late payment", "score": "0.5"},
        "A: hello, I am calling you about a late payment",
        ["I am calling you about a late payment"],
        id="similar",
    ),
    pytest.param({"asks": "any"}, "A: I see. Are you working", ["Are you working"], id="asks"),
    pytest.param({"asks": "any"}, "A: Good day. Mrs. Hall?", ["Mrs. Hall"], id="asks a title"),
    pytest.param({"asks": "open"}, "A: Are you working?", [], id="closed, not open"),
    pytest.param({"asks": "open"}, "A: 您什么时候能还", ["您什么时候能还"], id="open in Chinese"),
    pytest.param({"asks": "closed"}, "A: 您方便吗？", ["您方便吗"], id="closed in Chinese"),
    pytest.param({"asks": "any"}, "C: 都好几年了", [], id="好几 asks nothing"),
    pytest.param({"asks": "open"}, "A: 是几年前的事", ["是几年前的事"], id="几 asks how many"),
    pytest.param({"any": [SUE, THANKS]}, "A: thanks", ["thanks"], id="any"),
    pytest.param({"all": [SUE, THANKS]}, "A: thanks", [], id="not all"),
    pytest.param({"all": [SUE, THANKS]}, "A: thanks, I sue you", ["thanks", "sue you"], id="all"),
    pytest.param({"none": [SUE, THANKS]}, "A: hello", ["hello"], id="none"),
    pytest.param({"none": [SUE, THANKS]}, "A: thanks", [], id="not none"),
    pytest.param({"not": SUE}, "A: hello", ["hello"], id="not"),
    pytest.param(
        {"at_least": "2", "of": [SUE, THANKS, {"heard": "hello"}]},
        "A: hello, thanks",
        ["hello", "thanks"],
        id="at least",
    ),
    pytest.param(
        {"near": [{"heard": "pay"}, {"heard": "friday"}], "distance": "3 words"},
        "C: on friday I will pay",
        ["friday I will pay"],
        id="near",
    ),
    pytest.param(
        {"near": [{"heard": "pay"}, {"heard": "friday"}], "distance": "1 words"},
        "C: on friday I will pay",
        [],
        id="too far",
    ),
    pytest.param(
        {"near": [{"heard": "pay"}, {"heard": "friday"}], "distance": "5 words", "ordered": "yes"},
        "C: on friday I will pay",
        [],
        id="in the other order",
    ),
]


@pytest.mark.parametrize(("condition", "line", "expected"), WORDS)
def test_a_condition_points_at_its_words(condition: object, line: str, expected: list[str]) -> None:
    assert [words for _, words in holds(condition, line)] == expected


CALL = (
    "A: hello, am I speaking with Ann",
    "C: yes, who is it",
    "A: what is your date of birth",
    "C: the third of May",
    "A: thank you, you owe us money",
    "C: goodbye",
)
BIRTH = {"heard": "date of birth"}
ANSWER = {"heard": "[the] third of may", "speaker": "customer"}
WRONG = {"heard": "does not match"}

PLACES = [
    pytest.param({"asks": "any", "window": "first 10s"}, [0, 1], id="first seconds"),
    pytest.param({"asks": "any", "window": "10-20s"}, [2], id="between seconds"),
    pytest.param({"heard": "goodbye", "window": "last 2 turns"}, [5], id="last turns"),
    pytest.param({"heard": "hello", "window": "last 2 turns"}, [], id="not the last turns"),
    pytest.param({"heard": "hello", "window": "first 20%"}, [0], id="first percent"),
    pytest.param({"heard": "goodbye", "window": "first 20%"}, [], id="not the first percent"),
    pytest.param({"heard": "goodbye", "window": "80-100%"}, [5], id="last percent"),
    pytest.param({"asks": "any", "window": "first 1 utterances"}, [0], id="first utterance"),
    pytest.param({**ANSWER, "after": {"rule": "birth", "within": "1 turn"}}, [3], id="after"),
    pytest.param(
        {"heard": "owe", "after": {"rule": "birth", "within": "1 turn"}}, [], id="too late"
    ),
    pytest.param({"heard": "owe", "after": {"rule": "birth", "within": "20s"}}, [4], id="in time"),
    pytest.param({"heard": "owe", "after": {"rule": "birth", "within": ">2s"}}, [4], id="beyond"),
    pytest.param({"asks": "any", "before": "birth"}, [0, 1, 2], id="before"),
    pytest.param(
        {"heard": "hello", "before": {"rule": "birth", "within": "2s"}}, [], id="not near"
    ),
    pytest.param({"heard": "owe", "not_after": "birth"}, [], id="not after"),
    pytest.param({"heard": "hello", "not_after": "birth"}, [0], id="nothing before it"),
    pytest.param({"heard": "owe", "not_before": "birth"}, [4], id="not before"),
    pytest.param({"heard": "hello", "not_before": "birth"}, [], id="it came before"),
    pytest.param(
        {"asks": "any", "around": {"rule": "birth", "within": "1 turn"}}, [1, 2], id="around"
    ),
    pytest.param({"asks": "any", "after": {"rule": "asking", "nth": "1"}}, [1, 2], id="the first"),
    pytest.param({"asks": "any", "after": {"rule": "asking", "nth": "-1"}}, [], id="the last"),
    pytest.param({"sequence": [{"rule": "birth"}, {"rule": "answer"}]}, [3], id="sequence"),
    pytest.param({"sequence": [{"rule": "answer"}, {"rule": "birth"}]}, [], id="other order"),
    pytest.param(
        {"sequence": [{"heard": "hello"}, {"rule": "answer", "within": "1 turn"}]},
        [],
        id="sequence too slow",
    ),
    pytest.param(
        {"sequence": [{"rule": "birth"}, {"heard": "who", "absent": "yes"}, {"rule": "answer"}]},
        [3],
        id="absent in between",
    ),
    pytest.param(
        {"sequence": [{"heard": "hello"}, {"heard": "who", "absent": "yes"}, {"rule": "answer"}]},
        [],
        id="present in between",
    ),
    pytest.param(
        {"sequence": [{"rule": "answer"}, {"rule": "wrong", "absent": "yes", "within": "1 turn"}]},
        [3],
        id="nothing after it",
    ),
    pytest.param(
        {"sequence": [{"rule": "answer"}, {"heard": "owe", "absent": "yes", "within": "1 turn"}]},
        [],
        id="something after it",
    ),
    pytest.param(
        {"near": [{"rule": "birth"}, {"heard": "thank you"}], "distance": "10s"},
        [4],
        id="near in s",
    ),
    pytest.param(
        {"near": [{"rule": "birth"}, {"heard": "goodbye"}], "distance": "2s"}, [], id="far in s"
    ),
]


@pytest.mark.parametrize(("condition", "expected"), PLACES)
def test_a_condition_holds_at_its_place(condition: object, expected: list[int]) -> None:
    found = holds(condition, *CALL, birth=BIRTH, answer=ANSWER, wrong=WRONG, asking={"asks": "any"})
    assert sorted({utterance for utterance, _ in found}) == expected


def test_a_step_narrows_to_what_is_said_in_it() -> None:
    condition = {"heard": "hello", "step": "hello"}
    assert holds(condition, "A@hello: hello", "A@bye: hello", "A: hello") == [(0, "hello")]


def test_what_was_known_before_is_heard_by_name() -> None:
    rules = ruleset(
        whole={"fact": "agent"},
        part={
            "near": [{"heard": "this is"}, {"fact": "agent", "in_part": "yes"}],
            "distance": "1 words",
            "ordered": "yes",
        },
    )
    lines = ("A: Hello, this is Maria.", "C: Maria Lopez?")
    assert hear(rules, *lines, attributes={"agent": "Maria Lopez"}) == [
        ("part", 0, "this is Maria"),
        ("whole", 1, "Maria Lopez"),
    ]
    assert hear(rules, *lines) == []


def test_an_attribute_is_what_was_known_before() -> None:
    rules = ruleset(it={"all": [{"attribute": "agent", "is": ["late", "very late"]}, SUE]})
    assert hear(rules, "A: we sue you", attributes={"agent": "Late"})
    assert not hear(rules, "A: we sue you", attributes={"agent": "new"})


def test_what_accuses_may_need_more_confidence_than_what_reminds() -> None:
    similar = {"similar": "I am calling about your late payment", "score": "0.5"}
    line = "A: I am calling you about late payments"
    assert holds(similar, line)
    assert not holds({**similar, "threshold": "0.95"}, line)


def test_a_rule_that_rests_on_others_names_their_words() -> None:
    rules = ruleset(
        birth=BIRTH,
        answer=ANSWER,
        verified={"sequence": [{"rule": "birth"}, {"rule": "answer", "within": "1 turn"}]},
    )
    assert ("verified", 3, "the third of May") in hear(rules, *CALL)


def test_rules_in_a_circle_are_refused() -> None:
    with pytest.raises((PackError, AssertionError)):
        ruleset(one={"rule": "two"}, two={"rule": "one"})


@pytest.mark.parametrize(
    "pack",
    [
        minimal(rules={"it": {"heard": ["fine", "(a|b"]}}),
        minimal(cues={"it": {"title": "It", "in": "hello", "heard": ["fine", "(a|b"]}}),
    ],
    ids=["rule", "cue"],
)
def test_a_phrase_that_cannot_be_read_is_told_with_its_place(pack: dict[str, object]) -> None:
    script = script_of(pack)
    with pytest.raises(PackError, match=r"pack\.yaml:\d+:\d+: .*missing"):
        Ruleset(script.rules) if script.rules else Coach(script)


def test_what_is_known_of_words_is_known_of_their_speaker() -> None:
    rules = ruleset(
        thanks={**THANKS, "speaker": "agent"},
        polite={"all": [{"rule": "thanks"}, {"heard": "sir"}]},
    )
    lines = ["C: thank you sir", "A: thank you sir", "C: thank you sir", "A: thank you sir"]
    first = hear(rules, *lines)
    assert [at for id, at, _ in first if id == "polite"] == [1, 1, 3, 3]
    assert hear(rules, *lines) == first
