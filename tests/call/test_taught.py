"""The judges that a pack brings: who they are, what they weigh, and how sure they are."""

from collections.abc import Iterator
from dataclasses import replace
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.call import taught
from callcoach.call.learned import LONGEST, features, features_of_words
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.listener import AGREED, Heard, Listener, RuleHit
from callcoach.call.rules.talk import Said
from callcoach.call.taught import (
    Panel,
    judged_rules,
    language_of,
    most_telling,
    opinions_on,
    rules_heard,
)
from callcoach.script.judges import Judge, Judges
from callcoach.script.model import Script, Speaker
from callcoach.script.rules import RuleId
from callcoach.words.normalise import Tokens, tokenise
from tests.support import minimal, script_of

THANKS, HELLO, BYE = (RuleId(f"example.{name}") for name in ("thanks", "hello", "bye"))
RULES = {
    "thanks": {"labels": "thanks", "heard": "thank you"},
    "hello": {"heard": "hello"},
    "bye": {"heard": "goodbye", "speaker": "agent"},
    "warm": {"rule": "thanks", "after": {"rule": "hello", "within": "2 turns"}},
    "cold": {"heard": "well", "unless": {"rule": "thanks"}},
    "apart": {"heard": "so"},
    "soon": {
        "rule": "hello",
        "before": {"rule": "bye", "within": "2 utterances"},
        "threshold": "0.9",
    },
}
PLAIN = script_of(minimal(rules=RULES))
READY = Ruleset(PLAIN.rules)
SPEAKERS = (Speaker.AGENT, Speaker.CUSTOMER)
TEXTS = ("hello there", "cheers well", "thank you 12", "goodbye so", "多谢 您", "well", "")
FEATURES = (
    *("hello", "there", "cheers", "cheers well", "^ cheers", "#", "well $", "thank you #", "$"),
    *("多", "谢 您", "early", "later", "speaker agent", "before hello", "before cheers well"),
    *(f"rule example.{rule}" for rule in RULES),
)
JUDGE = st.builds(
    Judge,
    st.floats(-4, 4),
    st.floats(0.001, 1),
    st.dictionaries(st.sampled_from(FEATURES), st.integers(-127, 127)),
    st.just(0.1),
    st.just(1),
)
JUDGES = st.dictionaries(
    st.sampled_from(("en", "zh")),
    st.dictionaries(st.sampled_from((THANKS, HELLO, BYE, RuleId("example.soon"))), JUDGE),
)
CALL = st.lists(st.tuples(st.sampled_from(SPEAKERS), st.sampled_from(TEXTS)), max_size=8)
HEARD = st.builds(
    lambda text, speaker, rules, before, position: Heard(
        Said(speaker, text, 0.0, 1.0),
        tokenise(text),
        rules,
        None if before is None else Said(Speaker.OTHER, before, 0.0, 1.0),
        position,
    ),
    st.sampled_from(TEXTS),
    st.sampled_from(SPEAKERS),
    st.frozensets(st.sampled_from([RuleId(f"example.{rule}") for rule in RULES])),
    st.sampled_from((None, *TEXTS)),
    st.integers(0, 8),
)


def judge_of(**weights: int) -> Judge:
    """Return a judge that says yes from a sum of 1 on."""
    return Judge(-1.0, 1.0, weights, 0.1, 1)


def script_with(judges: Judges) -> Script:
    """Return a script with `RULES`, and judges of them."""
    return replace(PLAIN, judges=judges)


def heard(text: str, *rules: RuleId, before: str | None = None) -> Heard:
    """Return something that an agent says late in a call."""
    last = None if before is None else Said(Speaker.CUSTOMER, before, 0.0, 1.0)
    return Heard(Said(Speaker.AGENT, text, 1.0, 2.0), tokenise(text), frozenset(rules), last, 9)


# Who judges


class Team:
    """A judge that a team has taught."""

    def judge(self, _: Heard) -> float:
        return 0.75

    def telling(self, _: Tokens) -> None:
        return None


def test_a_team_s_judges_go_before_the_pack_s_of_their_rules() -> None:
    script = script_with({"en": {THANKS: judge_of(), HELLO: judge_of()}, "zh": {BYE: judge_of()}})
    team = {HELLO: Team()}
    found = opinions_on(script, team)
    assert found.keys() == {THANKS, HELLO, BYE} == judged_rules(script)
    assert [rule for rule, judge in found.items() if isinstance(judge, Team)] == [HELLO]
    assert opinions_on(PLAIN, team) == team
    assert opinions_on(PLAIN) == {}


def test_what_a_judge_weighs_is_heard_besides_what_is_named() -> None:
    warm, cold = RuleId("example.warm"), RuleId("example.cold")
    script = script_with({"zh": {BYE: judge_of(**{f"rule {cold}": 1})}})
    assert rules_heard(script, [HELLO]).keys() == {HELLO, BYE, THANKS, cold}
    assert rules_heard(PLAIN, [HELLO]).keys() == {HELLO}
    assert rules_heard(PLAIN, [warm]).keys() == {warm, THANKS, HELLO}
    assert rules_heard(script, [HELLO], {BYE: Team()}) == script.rules


# What they weigh


def sum_by_hand(judge: Judge, it: Heard) -> float:
    """Return what speaks for a rule, feature by feature, as it was taught."""
    total = sum(judge.weights.get(feature, 0) for feature in set(features(it)))
    return judge.bias + total * judge.scale


@given(JUDGES, st.lists(HEARD, max_size=12))
def test_a_judge_adds_up_what_an_utterance_holds(judges: Judges, those: list[Heard]) -> None:
    """One panel hears them all, whoever asks first: what is kept does not mix."""
    opinions = opinions_on(script_with(judges))
    for it in those:
        of = judges.get(language_of(it.tokens), {})
        for rule, opinion in opinions.items():
            margin = sum_by_hand(of[rule], it) if rule in of else -1.0
            sure = opinion.judge(it)
            if margin < 0:
                assert sure is None, "what a rule says stands, now and later"
            else:
                assert sure is not None
                assert sure >= AGREED
                assert sure == pytest.approx(1 / (1 + exp(-min(margin, 30))))


def test_no_weight_is_too_much() -> None:
    most = Judge(1e308, 1e308, {"hello": 2**31 - 1, "there": -(2**31)}, 0.1, 1)
    opinion = opinions_on(script_with({"en": {HELLO: most}}))[HELLO]
    assert opinion.judge(heard("hello")) == pytest.approx(1.0)
    assert opinion.judge(heard("there")) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [("thank you", "en"), ("ok 好", "zh"), ("谢谢", "zh"), ("12", "en"), ("", "en"), ("。", "en")],
)
def test_one_chinese_character_makes_an_utterance_chinese(text: str, language: str) -> None:
    assert language_of(tokenise(text)) == language
    judges = {"en": {THANKS: judge_of(later=1)}, "zh": {THANKS: judge_of(later=2)}}
    sure = opinions_on(script_with(judges))[THANKS].judge(heard(text))
    assert sure == pytest.approx(0.5 if language == "en" else 1 / (1 + exp(-1)))


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the texts whose words were added up, in turn."""
    found: list[str] = []

    def noted(it: Heard) -> Iterator[str]:
        found.append(it.said.text)
        return features_of_words(it)

    monkeypatch.setattr(taught, "features_of_words", noted)
    monkeypatch.setattr(taught, "_MOST_KEPT", 3)
    return found


def test_what_is_said_again_is_added_up_once_for_all_judges(weighed: list[str]) -> None:
    script = script_with({"en": {THANKS: judge_of(), HELLO: judge_of()}})
    for opinion in opinions_on(script).values():
        opinion.judge(heard("hello"))
        opinion.judge(heard("hello", BYE))
    assert weighed == ["hello"]


def test_what_is_kept_is_bounded_and_the_frequent_stays(weighed: list[str]) -> None:
    panel = Panel({"en": {THANKS: judge_of(hello=1)}})
    for at in range(9):
        assert panel.weigh(heard("hello"), "en") == {THANKS: 1}
        assert panel.weigh(heard(f"once {'so ' * at}"), "en") == {}
    assert weighed.count("hello") == 1
    assert panel.weigh(heard("once "), "en") == {}
    assert weighed.count("once ") == 2, "what was not said again for long is forgotten"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("so cheers mate", "so cheers"),
        ("mate well then", "well then"),
        ("see you at nine", "see you at"),
        ("pay 500 now", "500 now"),
        ("a or b", "a or b"),
        ("a rude b", "a"),
        ("rude cheers", "cheers"),
        ("rude", None),
        ("nothing", None),
        ("", None),
    ],
)
def test_the_words_that_tell_most_are_a_stretch_that_weighs_most(
    text: str, words: str | None
) -> None:
    weights = {"so": 1, "cheers": 5, "well": 2, "well then": 3, "rude": -9, "a": 1, "b": 1}
    weights |= {"you": 4, "see you at": 4, "you at": 4, "# now": 2, "#": 1}
    tokens = tokenise(text)
    found = most_telling(tokens, weights)
    told = found and text[tokens.starts[found[0]] : tokens.ends[found[1] - 1]]
    assert told == words


ROWS = st.lists(st.sampled_from("abc"), min_size=1, max_size=LONGEST).map(" ".join)


@given(st.lists(st.sampled_from("abc"), max_size=9), st.dictionaries(ROWS, st.integers(-9, 9)))
def test_no_stretch_tells_more(words: list[str], weights: dict[str, int]) -> None:
    shares = [0.0] * len(words)
    for first in range(len(words)):
        for past in range(first + 1, min(first + LONGEST, len(words)) + 1):
            for at in range(first, past):
                shares[at] += weights.get(" ".join(words[first:past]), 0) / (past - first)
    sums = [sum(shares[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)]
    found = most_telling(tokenise(" ".join(words)), weights)
    told = sum(shares[slice(*found)]) if found else 0
    assert told == pytest.approx(max([0, *sums]))


# Calls

Spoken = list[tuple[Speaker, str]]


def said_at(at: int, call: Spoken) -> Said:
    """Return an utterance of a call, one every two seconds."""
    return Said(*call[at], 2.0 * at, 2.0 * at + 1)


def hits(judges: Judges, call: Spoken, rules: Ruleset = READY) -> list[RuleHit]:
    """Return what holds in a call."""
    listener, found = Listener(rules, opinions=opinions_on(script_with(judges))), list[RuleHit]()
    for at in range(len(call)):
        found += listener.hear(said_at(at, call))
    return [*found, *listener.end({})]


@given(JUDGES, CALL, CALL)
def test_a_call_comes_out_the_same_whatever_else_is_heard(
    judges: Judges, one: Spoken, other: Spoken
) -> None:
    opinions = opinions_on(script_with(judges))
    first, second = (Listener(READY, opinions=opinions) for _ in range(2))
    found: list[RuleHit] = []
    for at in range(max(len(one), len(other))):
        if at < len(other):
            second.hear(said_at(at, other))
        if at < len(one):
            found += first.hear(said_at(at, one))
    assert [*found, *first.end({})] == hits(judges, one)


@given(JUDGES, CALL)
def test_rules_that_know_who_is_judged_judge_as_those_that_do_not(
    judges: Judges, call: Spoken
) -> None:
    judged = judged_rules(script_with(judges))
    assert hits(judges, call, Ruleset(PLAIN.rules, judged=judged)) == hits(judges, call)


@given(JUDGES, CALL)
def test_a_judge_takes_nothing_back(judges: Judges, call: Spoken) -> None:
    """What other rules say may follow from what is found: `cold` holds unless somebody thanks."""
    found = {(hit.rule, hit.utterance) for hit in hits(judges, call)}
    lost = [it.rule for it in hits({}, call) if (it.rule, it.utterance) not in found]
    assert {*lost} <= {"example.cold"}


@given(JUDGES, CALL)
def test_what_a_judge_finds_is_told_by_its_words_and_only_of_who_can_be_meant(
    judges: Judges, call: Spoken
) -> None:
    for hit in hits(judges, call):
        speaker, text = call[hit.utterance]
        assert hit.rule != BYE or speaker is Speaker.AGENT
        if hit.by == "model" and hit.rule in (THANKS, HELLO, BYE):
            judge = judges[language_of(tokenise(text))][hit.rule]
            tokens = tokenise(text)
            words = most_telling(tokens, judge.weights) or (0, len(tokens.words))
            told = text[hit.start : hit.end]
            assert tokenise(told).words == tokens.words[slice(*words)]
            assert hit.confidence >= max(AGREED, PLAIN.rules[hit.rule].threshold)
