"""By which words of an utterance a cue or a flag is told: those that tell most."""

from functools import cache

import pytest

from callcoach.call.captured import Doubt
from callcoach.call.coach import Coach
from callcoach.call.events import CueHeard, Event, FlagRaised, Heard
from callcoach.call.inputs import Hear
from callcoach.script.model import Speaker
from tests.call.moves import customer
from tests.sessions import Call, coach, play
from tests.support import dump, end, minimal, step


@cache
def _coach() -> Coach:
    tree = minimal(
        steps={"hello": step("Hello.", on="bye"), "bye": end("Bye.")},
        rules={
            "you": {"speaker": "agent", "heard": "(you|your)"},
            "owing": {"heard": ["arrears", "the balance"]},
            "sum": {"number": {"unit": "money"}},
            "disclosure": {"all": [{"rule": "you"}, {"rule": "owing"}]},
            "drives_at": {"not": {"heard": "only joking"}},
            "hints": {"any": [{"rule": "drives_at"}, {"heard": ["the doorstep team", "you"]}]},
            "promise": {
                "speaker": "customer",
                "any": [
                    {"heard": "yes"},
                    {"all": [{"heard": "transfer"}, {"number": {"unit": "money"}}]},
                ],
                "captures": ["amount"],
            },
            "later": {
                "sequence": [{"rule": "promise"}, {"rule": "disclosure", "within": "2 turns"}]
            },
        },
        watch={
            "promised": {"title": "Promised", "rule": "promise", "speaker": "customer"},
            "told_later": {"title": "Told later", "rule": "later"},
        },
        avoid={
            "debt": {"title": "Debt", "rule": "disclosure"},
            "pressure": {"title": "Pressure", "rule": "hints"},
            "insult": {"title": "Insult", "heard": ["sick of", "deadbeat"]},
        },
    )
    return coach(dump(tree))


def _call(*said: Hear) -> Call:
    return play(_coach(), *((10.0 * (n + 1), one) for n, one in enumerate(said)))


def agent(text: str, *doubtful: str) -> Hear:
    """Return words of the agent, of some of which a recogniser was not sure."""
    doubts = tuple(Doubt(text.index(it), text.index(it) + len(it), 0.4) for it in doubtful)
    return Hear(Speaker.AGENT, text, source="speech", doubts=doubts)


def _words(of: Call, event: CueHeard | FlagRaised) -> list[str]:
    said = {it.seq: it.text for it in of.events if isinstance(it, Heard)}
    also = event.also if isinstance(event, CueHeard) else ()
    spans = [span for span in (event.span, *also) if span is not None]
    return [said[span.heard][span.start : span.end] for span in spans]


def _of(events: list[Event], cue: str) -> list[CueHeard]:
    return [it for it in events if isinstance(it, CueHeard) and it.cue == f"example.{cue}"]


def _flags(of: Call) -> dict[str, str]:
    raised = [it for it in of.events if isinstance(it, FlagRaised) and it.span is not None]
    return {str(it.cue).partition(".")[2]: _words(of, it)[0] for it in raised}


TOLD = (
    # Of several parts the one that tells most, wherever it stands.
    ("You are in arrears.", {"debt": "arrears"}),
    ("The balance is what you owe.", {"debt": "The balance"}),
    # Of several phrases of a cue.
    ("I am sick of you, deadbeat.", {"insult": "deadbeat"}),
    ("I am sick of it.", {"insult": "sick of"}),
)


@pytest.mark.parametrize(("said", "flags"), TOLD)
def test_a_flag_is_told_by_the_words_that_tell_most(said: str, flags: dict[str, str]) -> None:
    told = _flags(_call(agent(said)))
    assert {cue: told[cue] for cue in flags} == flags


def test_the_other_parts_go_with_it() -> None:
    call = _call(agent("You are, I fear, in arrears."))
    (debt,) = _of(list(call.events), "debt")
    assert _words(call, debt) == ["arrears", "You"]


def test_a_whole_line_is_told_by_what_stands_in_it() -> None:
    long = "Right then, tomorrow the doorstep team is coming round to have a word."
    assert _flags(_call(agent(long)))["pressure"] == "the doorstep team"


def test_a_short_line_is_told_as_it_is() -> None:
    assert _flags(_call(agent("Not before the doorstep team.")))["pressure"] == (
        "Not before the doorstep team."
    )


def test_words_that_tell_nothing_do_not_stand_in_for_a_line() -> None:
    long = "Who was it that put me down as a contact there, I do wonder about it."
    assert _flags(_call(agent(long)))["pressure"] == long


def test_what_is_kept_of_the_words_stays() -> None:
    call = _call(customer("Yes, I will transfer 300 dollars."))
    (promised,) = _of(list(call.events), "promised")
    assert promised.amount == "300 USD"
    assert _words(call, promised) == ["300 dollars", "transfer"]


@pytest.mark.parametrize("doubtful", ["You", "arrears"])
def test_no_part_that_is_in_doubt_accuses(doubtful: str) -> None:
    call = _call(agent("You are in arrears.", doubtful))
    assert "debt" not in _flags(call)
    (perhaps,) = _of(list(call.events), "debt")
    assert perhaps.is_doubtful


def test_what_follows_from_a_part_in_doubt_is_in_doubt() -> None:
    first = customer("Yes.")
    for doubtful, expected in (((), False), (("You",), True), (("arrears",), True)):
        call = _call(first, agent("You are in arrears.", *doubtful))
        (later,) = _of(list(call.events), "told_later")
        assert later.is_doubtful is expected


def test_doubtful_words_do_not_stand_in_for_others() -> None:
    call = _call(agent("I am sick of you, deadbeat.", "deadbeat"))
    assert _flags(call)["insult"] == "sick of"
