"""What a call itself answers to a form, and what it leaves open because nobody can tell."""

from functools import cache

import pytest
from msgspec.structs import replace

from callcoach.call.captured import Closed, Doubt, Source
from callcoach.call.coach import Coach
from callcoach.call.events import Span
from callcoach.call.inputs import FOLLOW, Hear, Input, PauseCapture, StartCapture
from callcoach.locale import Messages
from callcoach.review.explain import explain_evidence, explain_fail
from callcoach.review.form.model import Fails, Form
from callcoach.review.marks import Answer, Evidence, Suggested
from callcoach.review.score import score
from callcoach.review.suggest import suggest_answers
from callcoach.script.model import Speaker
from tests.call.moves import agent, cue, customer, end_call, jump, tell, tick
from tests.review.form.forms import form_of, one
from tests.sessions import Call, coach, play
from tests.support import dump, end, minimal, step

SKIPPED = Answer(is_skipped=True)
OPEN = Answer()
"""No answer: a person has to listen."""


@cache
def _coach() -> Coach:
    tree = minimal(
        steps={
            "hello": step("Hello.", on="deal"),
            "deal": step("Deal.", on="bye"),
            "bye": end("Bye."),
        },
        facts={
            "plan": {"type": "choice", "title": "Plan", "choices": {"a": "All", "b": "Bits"}},
        },
        outcomes={
            "done": {"code": "DONE", "title": "Done"},
            "hung_up": {"code": "HUNG", "title": "Hung up", "early": "yes"},
        },
        cues={
            "greet": cue("good morning", in_="hello"),
            "offer": cue("a plan", in_="deal"),
            "sorry": cue("so sorry", in_="call"),
        },
        watch={"upset": {"title": "Upset", "heard": "how dare you", "speaker": "customer"}},
        avoid={"threat": {**cue("sue you"), "severity": "critical", "repair": "sorry"}},
    )
    return coach(dump(tree))


@cache
def _form() -> Form:
    return form_of(
        one(
            {
                "greets": {"title": "Greets", "cue": "greet"},
                "offers": {"title": "Offers", "cue": "offer"},
                "both": {"title": "Both", "cue": ["greet", "offer"]},
                "upset": {"title": "Upset", "cue": "upset", "scored": "no"},
                "threat": {"title": "Threat", "answers": "no_yes", "flag": "threat"},
                "grave": {"title": "Grave", "answers": "no_yes", "flag": "critical"},
                "threats": {"title": "Threats", "flag": "threat", "ranges": {"..1": 1, "1..": 0}},
                "breaks": {
                    "title": "N",
                    "metric": "agent.interruptions",
                    "ranges": {"..1": 1, "1..": 0},
                },
                "asks": {"title": "N", "metric": "agent.questions", "ranges": {"..1": 0, "1..": 1}},
                "done": {
                    "title": "Done",
                    "attribute": "outcome",
                    "values": {"done": "yes"},
                    "absent": "no",
                },
                "plan": {"title": "Plan", "attribute": "plan", "values": {"a": "yes"}},
                "mode": {"title": "Mode", "answers": "text", "attribute": "mode"},
                "must": {"title": "Must", "cue": "offer", "skip": "no"},
                "else": {"title": "Else", "cue": "offer", "unknown": "no"},
                "calms": {"title": "Calms", "cue": "offer", "when": {"upset": "yes"}},
                "eases": {
                    "title": "Eases",
                    "cue": "offer",
                    "when": {"upset": "yes"},
                    "absent": "none",
                },
            }
        )
    )


def suggested(*inputs: Input | tuple[float, Input]) -> dict[str, Suggested]:
    """Return what a call answers; inputs without a time come every ten seconds."""
    timed = [it if isinstance(it, tuple) else (10.0 * n, it) for n, it in enumerate(inputs, 1)]
    call = play(_coach(), *timed)
    return {str(id): it for id, it in suggest_answers(_form(), call.session, call.events).items()}


def chosen(option: str) -> Answer:
    """Return the choice of one answer."""
    return Answer((option,))


GREETED = (agent("Good morning."), customer("Hello."))
UNSURE = Hear(Speaker.AGENT, "We sue you.", 9.0, 10.0, "speech", 0.5, (Doubt(3, 6, 0.4),))
UNSURE_GREETING = Hear(
    Speaker.AGENT, "Good morning.", 9.0, 10.0, "speech", 0.5, (Doubt(0, 4, 0.4),)
)
MIC = (Source(Speaker.AGENT), Source(Speaker.CUSTOMER))

TABLE: tuple[tuple[str, tuple[Input | tuple[float, Input], ...], str, Answer, str], ...] = (
    ("words that were said", GREETED, "greets", chosen("yes"), "cue_heard"),
    ("a tick counts", (tick("greet"),), "greets", chosen("yes"), "cue_ticked"),
    ("words that are not kept", (replace(tick("greet"), by=FOLLOW),), "greets", chosen("yes"),
     "cue_unkept"),
    ("due and not said", (agent("Well."),), "greets", chosen("no"), "cue_missing"),
    ("a step never reached", GREETED, "offers", SKIPPED, "step_not_reached"),
    ("reached and not said", (*GREETED, jump("deal"), agent("So.")), "offers", chosen("no"),
     "cue_missing"),
    ("an agent who was not heard", (customer("Hello?"),), "greets", SKIPPED, "voice_not_heard"),
    ("doubtful words", (UNSURE_GREETING,), "greets", OPEN, "in_doubt"),
    ("one of two is not said", (agent("Well."), jump("deal"), agent("A plan.")), "both",
     chosen("no"), "cue_missing"),
    ("one of two is not known", GREETED, "both", SKIPPED, "cue_heard"),
    ("what the customer shows", (*GREETED, customer("How dare you!")), "upset", chosen("yes"),
     "cue_heard"),
    ("what the customer does not show", GREETED, "upset", chosen("no"), "cue_missing"),
    ("a flag", (agent("We will sue you."),), "threat", chosen("yes"), "flagged"),
    ("no flag", GREETED, "threat", chosen("no"), "not_flagged"),
    ("a flag put right was a flag", (agent("We sue you."), agent("I am so sorry.")), "threat",
     chosen("yes"), "flag_repaired"),
    ("a step passed by", (*GREETED, jump("bye")), "offers", chosen("no"), "step_passed_by"),
    ("due because it is asked", (*GREETED, customer("How dare you!")), "calms", chosen("no"),
     "cue_missing"),
    ("absence that a person has to judge", (*GREETED, customer("How dare you!")), "eases", OPEN,
     "cue_missing"),
    ("perhaps said", (UNSURE,), "threat", OPEN, "in_doubt"),
    ("a flag of an agent who was not heard", (customer("Hi."),), "threat", SKIPPED,
     "voice_not_heard"),
    ("a severity", (agent("We will sue you."),), "grave", chosen("yes"), "flagged"),
    ("a severity in doubt", (UNSURE,), "grave", OPEN, "in_doubt"),
    ("flags counted", (agent("We sue you."), agent("I said we sue you.")), "threats",
     Answer(number=2.0), "flagged"),
    ("no flags counted", GREETED, "threats", Answer(number=0.0), "not_flagged"),
    ("a typed call has no interruptions", GREETED, "breaks", SKIPPED, "not_measured"),
    ("a measured one has",
     ((9.0, Hear(Speaker.CUSTOMER, "Well, you see", 0.0, 5.0, "speech")),
      (9.0, Hear(Speaker.AGENT, "No.", 3.0, 4.0, "speech"))), "breaks", Answer(number=1.0),
     "measured"),
    ("questions are counted in any", (agent("How are you?"),), "asks", Answer(number=1.0),
     "measured"),
    ("a call that has not ended", GREETED, "done", SKIPPED, "attribute_unknown"),
    ("its outcome", (*GREETED, jump("bye"), end_call()), "done", chosen("yes"), "attribute_is"),
    ("another outcome", (*GREETED, end_call("hung_up")), "done", chosen("no"), "attribute_is"),
    ("a fact", (tell("plan", "All"),), "plan", chosen("yes"), "attribute_is"),
    ("a text", GREETED, "mode", Answer(text="call"), "attribute_is"),
    ("unknown where it cannot be skipped", GREETED, "must", OPEN, "step_not_reached"),
    ("unknown with an answer of its own", GREETED, "else", chosen("no"), "step_not_reached"),
    ("not listened to when it was due",
     ((0.0, PauseCapture(Closed.NOT_YET)), (20.0, jump("deal")), (30.0, StartCapture(MIC, "m")),
      (40.0, Hear(Speaker.AGENT, "Well.", 39.0, 40.0, "speech"))),
     "greets", SKIPPED, "not_listened"),
    ("listened to when it was due",
     ((0.0, PauseCapture(Closed.NOT_YET)), (0.5, StartCapture(MIC, "m")),
      (40.0, Hear(Speaker.AGENT, "Well.", 39.0, 40.0, "speech"))),
     "greets", chosen("no"), "cue_missing"),
    ("too little listened to for “not flagged”",
     ((0.0, PauseCapture(Closed.NOT_YET)), (30.0, StartCapture(MIC, "m")),
      (40.0, Hear(Speaker.AGENT, "Well.", 39.0, 40.0, "speech"))),
     "threat", SKIPPED, "partly_heard"),
)  # fmt: skip


@pytest.mark.parametrize(("inputs", "question", "answer", "reason"), [row[1:] for row in TABLE],
                         ids=[row[0] for row in TABLE])  # fmt: skip
def test_a_call_answers(
    inputs: tuple[Input | tuple[float, Input], ...], question: str, answer: Answer, reason: str
) -> None:
    found = suggested(*inputs)[question]
    assert (found.answer, found.evidence[0].reason) == (answer, reason)


def test_evidence_points_at_the_words() -> None:
    call = play(_coach(), (10.0, agent("Hello, good morning.")))
    (found,) = suggest_answers(_form(), call.session, call.events)[
        next(_form().questions).id
    ].evidence
    (span,) = found.spans
    said = next(it for it in call.session.transcript if it.seq == span.heard)
    assert said.text[span.start : span.end] == "good morning"
    assert found.at == 10.0


def test_a_cue_that_the_script_does_not_have_is_unknown() -> None:
    form = form_of(one({"q": {"title": "Q", "cue": "elsewhere.greet"}}))
    call = play(_coach(), (1.0, agent("Good morning.")))
    (found,) = suggest_answers(form, call.session, call.events).values()
    assert (found.answer, found.evidence[0].reason) == (SKIPPED, "cue_unknown")


def test_what_nobody_could_tell_costs_nothing() -> None:
    call = play(_coach(), (1.0, agent("Good morning.")))
    found = suggest_answers(_form(), call.session, call.events)
    known = {id: it.answer for id, it in found.items()}
    assert score(_form(), known).questions[next(_form().questions).id].earned == 1.0
    assert all(
        score(_form(), known).questions[id].possible == 0.0
        for id, it in known.items()
        if it in (SKIPPED, OPEN)
    )


def all_evidence() -> list[tuple[Call, Evidence]]:
    """Return every piece of evidence in the calls of the table."""
    found: list[tuple[Call, Evidence]] = []
    for _, inputs, *_ in TABLE:
        timed = [it if isinstance(it, tuple) else (10.0 * n, it) for n, it in enumerate(inputs, 1)]
        call = play(_coach(), *timed)
        given = suggest_answers(_form(), call.session, call.events)
        found += [(call, one) for it in given.values() for one in it.evidence]
    return found


def test_every_reason_is_said_in_a_sentence() -> None:
    reasons = set()
    for call, evidence in all_evidence():
        told = explain_evidence(evidence, call.session.coach.script, "en", Messages("en"))
        assert told.endswith(".")
        assert "{" not in told
        assert "example." not in told
        reasons.add(evidence.reason)
    assert {row[4] for row in TABLE} <= reasons


@pytest.mark.parametrize(
    ("evidence", "told"),
    [
        (Evidence("cue_missing", 1.0, subject="example.greet"),
         "“Good morning” was due and was not said."),
        (Evidence("cue_heard", 1.0, subject="example.upset"), "“Upset” was heard."),
        (Evidence("cue_missing", subject="example.upset"), "“Upset” was not heard."),
        (Evidence("flagged", 1.0, (Span(1, 0, 2),), "example.threat", "forbidden"),
         "“Sue you” was said and may not be."),
        (Evidence("in_doubt", 1.0, subject="example.greet", value="0.44"),
         ("“Good morning” was perhaps said: the recogniser was 44% sure of the words."
          " Listen there.")),
        (Evidence("not_flagged", subject="critical", value="1.00"),
         "“a critical cue” was not flagged; 100% of the call was heard."),
        (Evidence("measured", subject="talk_ratio", value="0.62"), "Talk ratio (agent) is 62%."),
        (Evidence("measured", subject="hold", value="12.5"), "Time on hold is 12.5 s."),
        (Evidence("attribute_is", subject="outcome", value="example.done"),
         "The outcome is Done."),
        (Evidence("attribute_is", subject="example.plan", value="b"), "Plan is Bits."),
        (Evidence("newer", subject="example.greet", value="3"), "Good morning 3"),
    ],
)  # fmt: skip
def test_a_reason_is_explained(evidence: Evidence, told: str) -> None:
    assert explain_evidence(evidence, _coach().script, "en", Messages("en")) == told


def test_what_fails_is_said() -> None:
    assert len({explain_fail(it, Messages("en")) for it in Fails}) == len(Fails)
