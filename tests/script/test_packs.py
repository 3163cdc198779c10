"""The shipped packs: nothing at all is wrong with them, and they are complete in each language."""

import re
from functools import cache

import pytest

from callcoach.script.check import check
from callcoach.script.load import Loaded, PackFiles
from callcoach.script.model import PackId, Script, Speaker, pack_of
from callcoach.words.match import Matcher, Pattern
from callcoach.words.phrase import sequences
from tests.support import load, shipped, shipped_files, shipped_ids, show

PACKS = shipped_ids()


@cache
def loaded(id: PackId) -> Loaded:
    """Return what comes of loading a shipped pack."""
    return shipped().load(id)


def script(id: PackId) -> Script:
    """Return the script of a shipped pack."""
    made = loaded(id).script
    assert made is not None
    return made


def test_there_are_packs_among_them_the_two_that_others_build_on() -> None:
    assert {"courtesy", "overdue"} <= set(PACKS)


@pytest.mark.parametrize("id", PACKS)
def test_nothing_is_wrong_with_a_shipped_pack(id: PackId) -> None:
    assert [show(finding) for finding in check(loaded(id))] == []


@pytest.mark.parametrize("id", PACKS)
def test_a_shipped_pack_has_a_start_a_version_and_something_about_it(id: PackId) -> None:
    pack = script(id)
    assert pack.start is not None
    assert re.fullmatch(r"\d+\.\d+", pack.version)
    assert pack.about is not None
    assert set(pack.about.variants) == set(pack.languages) == {"zh", "en"}


@pytest.mark.parametrize("id", PACKS)
def test_every_wording_of_a_shipped_pack_is_in_each_language(id: PackId) -> None:
    pack = script(id)
    wordings = [line.wording for line in pack.lines.values()]
    wordings += [step.title for step in pack.steps.values()]
    wordings += [step.note for step in pack.steps.values() if step.note]
    wordings += [exit.label for step in pack.steps.values() for exit in step.exits]
    wordings += [cue.title for cue in pack.cues.values()]
    wordings += [cue.why for cue in pack.cues.values() if cue.why]
    wordings += [fact.title for fact in pack.facts.values()]
    wordings += [outcome.title for outcome in pack.outcomes.values()]
    wordings += [title for fact in pack.facts.values() for title in fact.choices.values()]
    for wording in wordings:
        assert set(wording.variants) == set(pack.languages), wording.place
        assert all(text.value.strip() for texts in wording.variants.values() for text in texts)


@pytest.mark.parametrize("id", PACKS)
def test_chinese_texts_are_chinese_and_english_ones_are_not(id: PackId) -> None:
    for line in script(id).lines.values():
        for text in line.wording.in_language("zh"):
            assert re.search("[\u4e00-\u9fff]", text.value), text.place
            assert not re.search("[\u4e00-\u9fff][,.!?:;]", text.value), text.place
        for text in line.wording.in_language("en"):
            assert not re.search("[\u3000-\u9fff\uff00-\uffef]", text.value), text.place


@pytest.mark.parametrize("id", PACKS)
def test_every_phrase_of_a_shipped_pack_finds_each_of_its_own_readings(id: PackId) -> None:
    pack = script(id)
    for cue in pack.cues.values():
        for phrase in cue.phrases:
            matcher = Matcher([Pattern(cue.id, phrase.text.value)])
            for sequence in sequences(phrase.text.value)[:40]:
                words = [item if isinstance(item, str) else "" for item in sequence]
                said = " ".join("3" if word == "#" else word for word in words)
                assert matcher.hits(said), (phrase.text, said)


@pytest.mark.parametrize("id", PACKS)
def test_what_is_given_has_an_example_and_what_is_said_of_people_is_private(id: PackId) -> None:
    for fact in script(id).given_facts:
        assert fact.example is not None, fact.id
    for fact in script(id).facts.values():
        if "customer" in fact.id:
            assert fact.private, fact.id


@pytest.mark.parametrize("id", PACKS)
def test_every_cue_says_why_and_every_cue_of_the_agents_can_be_heard(id: PackId) -> None:
    pack = script(id)
    for cue in pack.cues.values():
        if pack_of(cue.id) == id and cue.speaker is Speaker.AGENT:
            assert cue.why is not None, cue.id
            assert {phrase.language for phrase in cue.phrases} == set(pack.languages), cue.id


@pytest.mark.parametrize("id", PACKS)
def test_a_pack_with_a_start_has_plans_that_end_in_its_outcomes(id: PackId) -> None:
    plans = loaded(id).plans
    assert plans
    assert all(plan.outcome in script(id).outcomes for plan in plans.values())


@pytest.mark.parametrize("id", PACKS)
def test_a_shipped_pack_is_the_same_wherever_it_lies(id: PackId) -> None:
    others = [shipped_files(other) for other in PACKS if other != id]
    moved = load(shipped_files(id), *others)
    assert moved.script is not None
    assert moved.script.digest == script(id).digest


@pytest.mark.parametrize("id", PACKS)
def test_a_byte_order_mark_and_other_line_breaks_change_nothing(id: PackId) -> None:
    others = [shipped_files(other) for other in PACKS if other != id]
    windows = {
        name: "\ufeff" + text.replace("\n", "\r\n")
        for name, text in shipped_files(id).files.items()
    }
    moved = load(PackFiles(id, windows), *others)
    assert moved.findings == ()
    assert moved.script is not None
    assert moved.script.digest == script(id).digest
