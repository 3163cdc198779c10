"""The worst errors come first, with the phrases that made them."""

import pytest

from callcoach.call.evaluate.blame import phrase_records, rarities, slips, worst
from callcoach.call.evaluate.gold import Prediction, Reason
from callcoach.call.evaluate.score import score
from tests.call.evaluate.labelled import call, said

CALLS = [
    call("1", "A hello: greeting", "A hi: greeting", "A so", "A thanks: thanks", scope=["closing"]),
    call("2", "A hello: greeting", "A well: thanks", "A and"),
]
MADE = [said("greeting", "", "greeting", ""), said("greeting", "", "closing")]


def test_errors_come_by_turns_the_worst_label_first() -> None:
    scores = score(CALLS, MADE)
    found = worst(slips(CALLS, MADE, scores), scores)
    told = [(one.slip.mark.label, one.slip.utterance.text, one.slip.is_extra) for one in found]
    assert told == [
        ("thanks", "thanks", False),
        ("greeting", "hi", False),
        ("thanks", "well", False),
        ("greeting", "so", True),
    ]
    assert found[3].slip.reasons[0].phrase == "<greeting>"


def test_alike_errors_are_one_and_weigh_more() -> None:
    calls = [call(str(n), "A bye: closing", "A Take  care: closing") for n in range(3)]
    calls += [call("x", "A take care: closing")]
    made = [said("closing", ""), *[said("", "")] * 2, said("")]
    scores = score(calls, made)
    found = worst(slips(calls, made, scores), scores)
    assert [(one.slip.utterance.text, one.times) for one in found] == [
        ("Take  care", 4),
        ("bye", 2),
    ]
    assert len(slips(calls, made, scores)) == 6


def test_the_cost_is_what_f1_gains_when_it_is_put_right() -> None:
    scores = score(CALLS, MADE)
    by_place = {(slip.call, slip.number): slip for slip in slips(CALLS, MADE, scores)}
    now = 2 * 2 / (2 * 2 + 1 + 1)
    assert by_place["set/1", 2].cost == pytest.approx(4 / 5 - now)
    assert by_place["set/1", 1].cost == pytest.approx(6 / 7 - now)


def test_a_phrase_has_a_record() -> None:
    records = {(one.mark.label, one.phrase): one for one in phrase_records(CALLS, MADE)}
    greeting = records["greeting", "<greeting>"]
    assert (greeting.right, greeting.wrong, greeting.alone) == (2, 1, 2)
    assert ("closing", "<closing>") not in records, "nobody looked for it in that call"


def test_words_of_one_call_are_told_from_those_of_several() -> None:
    calls = [
        call("1", "A hello there: greeting", "A HELLO: greeting", "C hello: greeting"),
        call("2", "A hello: greeting", "A well met: greeting", "A well met: greeting"),
        call("3", "A hey ho", "A unheard: greeting"),
    ]
    made = [by_words("hello", "HELLO", "hello"), by_words("hello", "well met", "well met")]
    made.append(by_words("hey", ""))
    found = {str(one.mark): (one.hits, one.once) for one in rarities(calls, made)}
    assert found == {"greeting (agent)": (5, 2), "greeting (customer)": (1, 1)}


def by_words(*words: str) -> Prediction:
    """Return a prediction of greetings by the first words of each utterance."""
    return Prediction(
        tuple((Reason("greeting", "x", 0, len(said)),) if said else () for said in words)
    )
