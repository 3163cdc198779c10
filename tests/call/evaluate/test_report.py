"""The whole of an evaluation: conditions, folds, languages, redaction."""

from dataclasses import dataclass, replace
from random import Random

import pytest

from callcoach.call.evaluate.conditions import Damage, damage, misheard
from callcoach.call.evaluate.gold import Slot
from callcoach.call.evaluate.predict import Untrained
from callcoach.call.evaluate.report import Hearing, against, evaluate
from callcoach.call.evaluate.slots import score_slots
from tests.call.evaluate.labelled import ByHeart, Parrot, call, said

CALLS = [
    call("1", "A hello: greeting", "C hi: greeting", "A bye: closing", origin="one"),
    call("2", "A hello: greeting", "C yo: greeting", "A bye: closing", origin="two"),
    replace(call("3", "A 你好: greeting", origin="two"), language="zh"),
]
KNOWN = Parrot({"hello": ["greeting"], "hi": ["greeting"], "你好": ["greeting"]})


def shouted(text: str, rate: float, random: Random) -> str:
    return text.upper() if random.random() < rate else text


def test_everything_is_told_by_language_and_by_origin() -> None:
    report = evaluate(CALLS, Untrained(KNOWN))
    assert {name: one.calls for name, one in report.languages.items()} == {"en": 2, "zh": 1}
    assert {name: one.calls for name, one in report.origins.items()} == {"one": 1, "two": 2}
    assert report.whole.calls == 3
    assert [slip.mark.label for slip in report.slips] == ["closing", "greeting", "closing"]
    assert report.conditions == ()


def test_bad_hearing_is_seeded_by_the_utterance_and_measured_against_clean() -> None:
    hearing = Hearing((0.5, 1.0), shouted)
    report = evaluate(CALLS, Untrained(KNOWN), hearing=hearing)
    english = [one for one in report.conditions if one.language == "en"]
    assert [one.rate for one in english] == [0, 0.5, 1]
    assert english[0].damage == Damage(3, 3, 0, 6)
    assert english[2].damage == Damage(3, 0, 0, 6)
    assert (english[2].damage.recall, english[2].damage.extras) == (0, 0)
    alone = misheard(CALLS[1], 0.5, shouted, 1)
    assert alone == misheard(CALLS[1], 0.5, shouted, 1)
    assert alone.utterances[0].labels == CALLS[1].utterances[0].labels


def test_new_labels_of_bad_hearing_count_by_the_thousand() -> None:
    lost = damage(CALLS[:1], [said("greeting", "", "")], [said("", "greeting closing x", "")])
    assert (lost.recall, lost.new) == (0, 2)
    assert lost.extras == pytest.approx(2000 / 3)


def test_folds_judge_every_call_by_the_others() -> None:
    calls = [call(str(n), f"A word {n}: greeting") for n in range(9)]
    report = evaluate(calls, ByHeart(), fold_count=3)
    assert len(report.folds) == 3
    assert report.whole.macro.value == 0
    assert sum(fold.calls for fold in report.folds) == 9


def test_a_version_is_compared_on_the_calls_that_it_judged() -> None:
    report = evaluate(CALLS, Untrained(KNOWN))
    old = {CALLS[0].digest: said("", "", "").labels}
    found = against(CALLS, report, "old", old, 1)
    assert found.left_out == 2
    assert len(found.comparison.changes) == 2


@dataclass(frozen=True)
class Entity:
    kind: str
    start: int
    end: int


def test_redaction_is_scored_word_by_word() -> None:
    text = "i am john doe at 5 elm street ok"
    slots = (
        Slot("name", 5, 9),
        Slot("name", 10, 13),
        Slot("address", 17, 18),
        Slot("size", 30, 32),
    )
    one = call("1", "C x")
    utterance = replace(one.utterances[0], text=text, slots=slots)
    one = replace(one, utterances=(utterance,))
    found = [Entity("name", 5, 13), Entity("address", 19, 29)]
    scored = score_slots([one], lambda _: [found])
    assert scored is not None
    assert {slot.kind: (slot.words, slot.found) for slot in scored.slots} == {
        "name": (2, 2),
        "address": (1, 0),
    }
    assert {it.kind: (it.words, it.marked) for it in scored.found} == {
        "name": (2, 2),
        "address": (2, 0),
    }
    assert scored.recall.value == pytest.approx(2 / 3)
    assert scored.precision.value == pytest.approx(2 / 4)
    assert score_slots([call("2", "C x")], lambda _: [[]]) is None
