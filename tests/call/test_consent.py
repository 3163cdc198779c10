"""When a call may be listened to: by its script, the customer, the agent's key and the settings."""

from functools import cache

import pytest
from hypothesis import given, settings

from callcoach.call.captured import Closed
from callcoach.call.coach import Coach
from callcoach.call.consent import Listening, Policy, may_listen
from callcoach.call.inputs import Hear, Hold, Input, TurnListening, Undo, Unhold
from callcoach.script.model import Speaker
from tests.call.moves import agent, customer, end_call, jump, objection, take, tick, untick
from tests.call.walks import OVERDUE, WALKS, Step, guide, walk
from tests.sessions import Call, coach, play
from tests.support import Tree, dump, end, minimal, step

PACK: Tree = minimal(
    steps={
        "hello": step("Hello.", on="notice", skip="talk"),
        "notice": step("The call is recorded.", agreed="talk", no="refuse"),
        "talk": step("Well.", card="card", on="bye"),
        "card": {**step("Please type it.", done="talk", next="code"), "sensitive": "90s"},
        "code": {**step("And the code.", done="talk"), "sensitive": "yes"},
        "bye": end("Bye."),
    },
    objections={
        "refuse": {
            "title": "No recording",
            "say": {"fine": "That is fine."},
            "exits": {"back": {"label": "Back", "back": "yes"}},
        },
        "who": {
            "title": "Who are you?",
            "say": {"me": "It is me."},
            "exits": {"back": {"label": "Back", "back": "yes"}},
        },
    },
    cues={"notice": {"title": "Notice", "in": "notice", "heard": "is recorded"}},
    watch={"says_no": {"title": "No", "speaker": "customer", "heard": "no recording"}},
    listening={"after": ["notice"], "stop": ["refuse", "says_no"]},
)
OPEN = Listening()
NOTICE = agent("This call is recorded.")
ON, OFF = TurnListening(is_on=True), TurnListening(is_on=False)


@cache
def _coach(listening: bool = True) -> Coach:
    tree = PACK if listening else {key: PACK[key] for key in PACK if key != "listening"}
    return coach(dump(tree))


def call(*inputs: Input, listening: bool = True) -> Call:
    """Return a call in which the inputs came ten seconds apart, the first after ten."""
    return play(_coach(listening), *((10.0 * (n + 1), given) for n, given in enumerate(inputs)))


def listening(of: Call, policy: Policy = Policy.SCRIPT) -> Listening:
    """Return whether a call may be listened to now."""
    return may_listen(of.session.coach.script, of.state, policy)


SCRIPT = (
    ("a call begins with closed ears", (), Closed.NOT_YET),
    ("the notice opens them", (take("on"), NOTICE), None),
    ("where it is ticked, too", (tick("notice"),), None),
    ("the tick taken back closes them", (tick("notice"), untick("notice")), Closed.NOT_YET),
    ("the notice said by the customer opens nothing", (customer("is recorded"),), Closed.NOT_YET),
    ("a way past the notice opens nothing", (take("skip"),), Closed.NOT_YET),
    ("the agent's key does", (ON,), None),
    ("and closes them again", (ON, OFF), Closed.HAND),
    ("also what the notice had opened", (NOTICE, OFF), Closed.HAND),
    ("a hold closes them", (NOTICE, Hold()), Closed.HOLD),
    ("until it is over", (NOTICE, Hold(), Unhold()), None),
    ("a no closes them", (NOTICE, customer("No recording, please.")), Closed.REFUSED),
    ("also before they were open", (customer("no recording"), NOTICE), Closed.REFUSED),
    ("so does the objection", (NOTICE, objection("refuse")), Closed.REFUSED),
    ("its way back opens nothing", (NOTICE, objection("refuse"), take("back")), Closed.REFUSED),
    ("nor does the notice", (NOTICE, objection("refuse"), take("back"), NOTICE), Closed.REFUSED),
    ("another objection is none", (NOTICE, objection("who")), None),
    ("the key opens them with the customer's word", (NOTICE, objection("refuse"), ON), None),
    ("until they say no again", (ON, customer("no recording"), ON, customer("no recording")),
     Closed.REFUSED),
    ("a slip of the key is no refusal", (NOTICE, objection("refuse"), Undo()), None),
    ("but what was said stands",
     (NOTICE, objection("who"), customer("no recording"), Undo()), Closed.REFUSED),
    ("a sensitive step closes them", (NOTICE, jump("card")), Closed.SENSITIVE),
    ("an objection in it, too", (NOTICE, jump("card"), objection("who")), Closed.SENSITIVE),
    ("the key does not open them there", (ON, jump("card"), ON), Closed.SENSITIVE),
    ("leaving it does", (NOTICE, jump("card"), take("done")), None),
    ("taking back that it was left closes them",
     (NOTICE, jump("card"), take("done"), Undo()), Closed.SENSITIVE),
    ("taking back that it was entered opens them", (NOTICE, jump("card"), Undo()), None),
    ("the end closes them", (NOTICE, take("skip"), take("on"), end_call()), Closed.ENDED),
    ("to take the end back opens them", (NOTICE, take("skip"), take("on"), end_call(), Undo()),
     None),
)  # fmt: skip


@pytest.mark.parametrize(("claim", "inputs", "closed"), SCRIPT)
def test_the_script_says_when(claim: str, inputs: tuple[Input, ...], closed: Closed | None) -> None:
    assert listening(call(*inputs)).reason == closed, claim


POLICIES = (
    (Policy.ALWAYS, (), None),
    (Policy.ALWAYS, (Hold(),), Closed.HOLD),
    (Policy.ALWAYS, (OFF,), Closed.HAND),
    (Policy.ALWAYS, (jump("card"),), Closed.SENSITIVE),
    (Policy.ALWAYS, (objection("refuse"),), Closed.REFUSED),
    (Policy.ALWAYS, (objection("refuse"), ON), None),
    (Policy.ASK, (NOTICE,), Closed.NOT_YET),
    (Policy.ASK, (ON,), None),
    (Policy.ASK, (ON, OFF), Closed.HAND),
    (Policy.NEVER, (NOTICE,), Closed.NEVER),
    (Policy.NEVER, (ON,), Closed.NEVER),
)


@pytest.mark.parametrize(("policy", "inputs", "closed"), POLICIES)
def test_the_settings_say_otherwise(
    policy: Policy, inputs: tuple[Input, ...], closed: Closed | None
) -> None:
    assert listening(call(*inputs), policy).reason == closed


def test_a_script_that_says_nothing_waits_for_the_key() -> None:
    assert listening(call(NOTICE, listening=False)).reason is Closed.NOT_YET
    assert listening(call(ON, listening=False)) == OPEN
    assert listening(call(listening=False), Policy.ALWAYS) == OPEN


def test_it_is_told_since_when_and_by_when_it_is_usually_over() -> None:
    assert listening(call(NOTICE, Hold())) == Listening(Closed.HOLD, 20.0)
    assert listening(call(NOTICE, objection("refuse"))) == Listening(Closed.REFUSED, 20.0)
    assert listening(call(NOTICE, jump("card"))) == Listening(Closed.SENSITIVE, 20.0, 110.0)
    assert listening(call(jump("code"))) == Listening(Closed.SENSITIVE, 10.0, 130.0)


def test_another_sensitive_step_begins_anew_and_an_objection_does_not() -> None:
    moved = call(jump("card"), take("next"))
    assert listening(moved) == Listening(Closed.SENSITIVE, 20.0, 140.0)
    there_and_back = call(jump("card"), objection("who"), take("back"))
    assert listening(there_and_back) == Listening(Closed.SENSITIVE, 10.0, 100.0)


def test_the_usual_time_over_opens_nothing() -> None:
    waited = call(NOTICE, jump("card"))
    waited.feed(9999.0, TurnListening(is_on=True))
    assert listening(waited).reason is Closed.SENSITIVE


@settings(max_examples=settings().max_examples // 4)
@given(WALKS)
def test_nothing_opens_what_is_refused_on_hold_or_sensitive_but_the_agent(
    steps: list[Step],
) -> None:
    walked = walk(guide(OVERDUE), steps)
    state = walked.state
    is_shut = state.refusal is not None or state.is_on_hold or state.sensitive_since is not None
    for policy in Policy:
        found = listening(walked, policy)
        assert found.is_open is (found.reason is None)
        assert (found.until is not None) is (found.reason is Closed.SENSITIVE)
        assert not (is_shut and found.is_open)


# The shipped packs


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_call_about_an_instalment_is_listened_to_once_it_was_announced(language: str) -> None:
    started = play(guide(OVERDUE), language=language)
    assert listening(started).reason is Closed.NOT_YET
    said = {"zh": "通话会录音，您看可以吗？", "en": "This call is recorded for quality."}
    started.feed(5.0, Hear(Speaker.AGENT, said[language]))
    assert listening(started) == OPEN
    no = {"zh": "我不想被录音。", "en": "I don't want to be recorded."}
    started.feed(9.0, Hear(Speaker.CUSTOMER, no[language]))
    assert listening(started).reason is Closed.REFUSED


def test_a_card_is_neither_heard_nor_written_in_the_shipped_pack() -> None:
    paying = play(guide(OVERDUE), (1.0, ON), (2.0, objection("overdue.pay_now")))
    assert listening(paying) == Listening(Closed.SENSITIVE, 2.0, 92.0)
