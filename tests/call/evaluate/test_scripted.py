"""A script as a predictor: what its rules are called, cues by their ids, verdicts of calls."""

import pytest

from callcoach.call.evaluate.scripted import ScriptPredictor, unknown_labels
from callcoach.script.model import Script
from tests.call.evaluate.labelled import call
from tests.support import MINIMAL, script_of

CUES = """\
cues:
  greet: {in: call, title: Greet, heard: [hello]}
  say_thanks: {in: call, title: Thank, heard: [thanks]}
  ask_birth: {in: call, title: Ask, rule: asked}
watch:
  agrees: {in: call, title: Agrees, speaker: customer, heard: ["yes"]}
rules:
  thanks: {labels: thanks, heard: [cheers]}
  asked: {labels: identity_request, speaker: agent, heard: [date of birth]}
  given:
    labels: [identity_given, data]
    speaker: customer
    heard: ["#"]
    after: {rule: asked, within: 1 turn}
  told: {labels: debt_disclosure, speaker: agent, heard: [you owe]}
  helper: {heard: [so], internal: yes}
"""
JUDGED = (
    CUES
    + """\
  proved: {labels: verified, scope: call, all: [{rule: given}]}
"""
)
TALK = ("A hello", "A your date of birth", "C 12", "A you owe money", "C yes cheers", "A so thanks")


@pytest.fixture
def script() -> Script:
    return script_of(MINIMAL + CUES)


def test_rules_give_their_labels_and_cues_their_ids(script: Script) -> None:
    made = ScriptPredictor(script).predict(call("1", *TALK))
    assert [set(one) for one in made.labels] == [
        {"greet"},
        {"identity_request", "ask_birth"},
        {"identity_given", "data"},
        {"debt_disclosure"},
        {"agrees", "thanks"},
        {"say_thanks"},
    ]
    (reason,) = (one for one in made.reasons[4] if one.label == "thanks")
    assert (reason.phrase, reason.start, reason.end, reason.by) == ("cheers", 4, 10, "rule")


def test_a_label_that_rules_have_is_not_given_by_cues(script: Script) -> None:
    made = ScriptPredictor(script).predict(call("1", "A thanks"))
    assert made.labels == (frozenset(("say_thanks",)),)


def test_calls_are_judged_by_the_order_of_labels_or_by_a_rule_for_it(script: Script) -> None:
    one = call("1", *TALK)
    by_order = ScriptPredictor(script).predict(one)
    assert (by_order.verified, by_order.early) == (True, False)
    by_rule = ScriptPredictor(script_of(MINIMAL + JUDGED))
    assert by_rule.predict(one).verified is True
    assert by_rule.predict(call("2", "A you owe", "C 12")).verified is False
    assert by_rule.predict(call("2", "A you owe", "C 12")).early is True
    assert all("verified" not in labels for labels in by_rule.predict(one).labels)


def test_an_opinion_is_heard_and_named(script: Script) -> None:
    class Sure:
        def judge(self, heard: object) -> float:
            return 0.75

        def telling(self, tokens: object) -> None:
            return None

    thanks = next(id for id in script.rules if id.endswith(".thanks"))
    made = ScriptPredictor(script, {thanks: Sure()}).predict(call("1", "A well then"))
    (reason,) = made.reasons[0]
    assert (reason.label, reason.by, reason.confidence) == ("thanks", "model", 0.75)


def test_an_opinion_alone_has_to_be_as_sure_as_the_rule_wants() -> None:
    class Fairly:
        def judge(self, heard: object) -> float:
            return 0.75

        def telling(self, tokens: object) -> None:
            return None

    strict = CUES.replace("{labels: thanks,", "{labels: thanks, threshold: 0.9,")
    script = script_of(MINIMAL + strict)
    thanks = next(id for id in script.rules if id.endswith(".thanks"))
    made = ScriptPredictor(script, {thanks: Fairly()}).predict(call("1", "A well then", "A cheers"))
    assert [set(one) & {"thanks"} for one in made.labels] == [set(), {"thanks"}]


def test_a_cue_that_rests_on_a_rule_is_its_speakers() -> None:
    made = ScriptPredictor(
        script_of(MINIMAL + CUES.replace(", speaker: agent, heard: [date", ", heard: [date"))
    )
    assert made.predict(call("1", "C date of birth")).labels == (frozenset(("identity_request",)),)


def test_an_empty_call_is_no_trouble(script: Script) -> None:
    assert ScriptPredictor(script).predict(call("1")).labels == ()


def test_labels_that_no_rule_and_no_cue_can_give_are_known(script: Script) -> None:
    calls = [call("1", "A hello: greet thanks", "C so: greeting"), call("2", "A x: helper")]
    assert unknown_labels(script, calls) == ("greeting", "helper")
