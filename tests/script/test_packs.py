"""The shipped packs: nothing at all is wrong with them, and they are complete in each language."""

import re
from decimal import Decimal
from functools import cache

import pytest

from callcoach.call.events import (
    CallStarted,
    CueHeard,
    Event,
    FlagRaised,
    Heard,
    StepEntered,
    Suggested,
)
from callcoach.call.inputs import Hear, JumpTo
from callcoach.call.rehearse import rehearse
from callcoach.call.session import Session
from callcoach.script.check import check
from callcoach.script.load import Loaded, PackFiles
from callcoach.script.model import CueId, LineId, PackId, Script, Speaker, StepId, pack_of
from callcoach.words.match import Matcher, Pattern
from callcoach.words.phrase import sequences
from tests.sessions import shipped_coach
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
def test_a_shipped_pack_has_a_version_and_something_about_it(id: PackId) -> None:
    pack = script(id)
    assert re.fullmatch(r"\d+\.\d+", pack.version)
    assert pack.about is not None
    assert set(pack.about.variants) == set(pack.languages) == {"zh", "en"}


def test_every_shipped_pack_has_a_start_but_the_one_that_only_lends_its_parts() -> None:
    assert {id for id in PACKS if script(id).start is None} == {"compliance"}


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
            heard = {phrase.language for phrase in cue.phrases}
            assert cue.rules or heard == set(pack.languages), cue.id


@pytest.mark.parametrize("id", PACKS)
def test_a_pack_with_a_start_has_plans_that_end_in_its_outcomes(id: PackId) -> None:
    plans = loaded(id).plans
    assert bool(plans) is (script(id).start is not None)
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


def begin(id: PackId, language: str) -> tuple[Session, tuple[Event, ...]]:
    """Return a new call with a shipped pack."""
    started = CallStarted(
        seq=0,
        at=0.0,
        script=id,
        digest="",
        script_version="",
        language=language,
        started="2026-11-23T08:00:00Z",
        day="2026-11-23",
        seed=1,
        mode="practice",
    )
    return Session.start(shipped_coach(id), started)


def answered(
    step: str, language: str, words: str, asked: str | None = None
) -> tuple[set[str], set[str]]:
    """Return what a customer's words suggest in a step of `overdue`, and which cues count.

    They answer what the agent `asked`, if anything.
    """
    session, _ = begin(OVERDUE, language)
    if session.state.position.step != step:
        session.feed(JumpTo(StepId(step)), 1.0)
    if asked is not None:
        session.feed(Hear(Speaker.AGENT, asked), 1.5)
    events = session.feed(Hear(Speaker.CUSTOMER, words), 2.0)
    suggested = {event.target for event in events if isinstance(event, Suggested)}
    return suggested, {str(e.cue) for e in events if isinstance(e, CueHeard) and e.counts}


OVERDUE = PackId("overdue")
PROPOSED = {
    "zh": "那分三期，每期426.80元，下个月十号开始，您看行吗？",
    "en": "That would be three instalments of 426.80 each, from December 10. Would that work?",
}
RECORDED = {
    "zh": "我们的通话会录音，您看可以吗？",
    "en": "This call is recorded for quality. Is that all right with you?",
}
NO = {
    "zh": """
        不行，不可以录|不行|不可以|不同意|我不同意|我不可能同意|我没同意|不方便|不太方便|行不行啊
        |可不可以不录|你这样不行，我不同意|肯定还不了|银行的钱我会还|没问题吗|可以吗|可以不还吗
        |我一定还不上|我不会同意的|谁会同意啊|凭什么同意|你们是哪个行业的|我在银行上班|这样不好吧
        |不太行|我不保证能按时|好吗|同意个什么|我能不还吗|我能拿什么还|等我同意了再说
        |对不起，我不要|没有钱，还不上|你方便吗
    """,
    "en": """
        No, I don't agree|That's not okay|Not okay|Is that okay?|Is it okay if I say no?
        |I do not agree|I never agreed to that|Absolutely not|Of course not|Certainly not
        |I'm not sure|Are you sure?|I disagree|That's not right|That is not fine with me|No deal
        |It's a big deal to me|I hope this works|That won't work|Does that sound right?
        |What is okay about this?|I can't pay|I will not pay|How can I pay?|If I can pay at all
        |I would rather not|No way|That does not work|I don't think I can pay
        |That's not really okay|When would I pay?
    """,
}
YES = {
    "zh": """
        可以|可以的|可以，你录吧|行|行，没问题|行的|好的|好的，没问题|好啊|好吧|好呀|没问题|同意
        |我同意|我同意这样|没关系|没关系，录吧|嗯|嗯，可以|嗯，好的|当然可以|对，可以
        |不好意思，可以的|那好|是的，没问题|方便，你说|也行|我没意见|行，就这样|可以，就这么办
    """,
    "en": """
        Yes|Yes, that's fine|Yeah|Yep|Sure|Sure, go ahead|Okay|OK, no problem|Okay then|Fine
        |Fine by me|All right|Alright then|Of course|Certainly|Absolutely|No problem|Go ahead
        |That's fine|That works|That works for me|Sounds good|That sounds fair|I agree
        |I fully agree|I don't mind|By all means|No, that's fine|Perfect
    """,
}
PROMISES = {
    "zh": """
        行，就这样|可以|好的|没问题|我同意|那就这么办|说定了|一言为定|我会还的|我能按时还
        |我保证按时还|我一定还|肯定按时还|我下个月会还，我肯定还|行|行，那就这么定
        |好，我一定准时还|可以，就这样吧|好吧，我会按月还|没问题，我会还|好啊|那好，就这样
        |同意，就这样|我保证十号还|我会在十号还
    """,
    "en": """
        That works|That works for me|It works for me|That's fine|That is okay|That's fair
        |This works|That sounds good|Sounds good|Sounds great|Sounds fair|That sounds fair
        |Let's do that|I agree|I can do that|Deal|Agreed|I will pay on Friday
        |I'll pay it on the tenth|I can pay that|I could manage that|I can afford that
        |I'm able to pay that|Yes, that works|Yes, please|I'll definitely pay
        |I can make that payment|That sounds manageable
    """,
}


def sentences(table: dict[str, str]) -> list[tuple[str, str]]:
    """Return the sentences of a table, each with its language."""
    return [
        (language, words.strip())
        for language, block in table.items()
        for words in " ".join(block.split()).split("|")
    ]


@pytest.mark.parametrize(("language", "words"), sentences(NO))
@pytest.mark.parametrize("has_asked", [True, False])
def test_a_refusal_or_a_question_is_never_heard_as_a_yes(
    language: str, words: str, has_asked: bool
) -> None:
    suggested, _ = answered("overdue.notice", language, words)
    assert "agreed" not in suggested
    asked = PROPOSED[language] if has_asked else None
    suggested, cues = answered("overdue.instalments", language, words, asked)
    assert "accepts" not in suggested
    assert cues.isdisjoint({"overdue.promise", "courtesy.agrees"})
    assert "right" not in answered("overdue.recap", language, words)[0]
    assert "now" not in answered("overdue.moment", language, words)[0]


@pytest.mark.parametrize(("language", "words"), sentences(YES))
def test_a_yes_lights_the_agreeing_exit(language: str, words: str) -> None:
    suggested, cues = answered("overdue.notice", language, words)
    assert "agreed" in suggested
    assert "declined" not in suggested
    assert "courtesy.agrees" in cues
    assert "accepts" in answered("overdue.instalments", language, words)[0]
    assert "now" in answered("overdue.moment", language, words)[0]


@pytest.mark.parametrize(("language", "words"), sentences(PROMISES))
def test_agreeing_to_a_plan_is_a_promise_and_only_then(language: str, words: str) -> None:
    proposed, recorded = PROPOSED[language], RECORDED[language]
    assert "overdue.promise" in answered("overdue.instalments", language, words, proposed)[1]
    assert "overdue.promise" not in answered("overdue.notice", language, words, recorded)[1]


@pytest.mark.parametrize(
    ("language", "words", "amount", "day"),
    [
        ("zh", "可以，我下个月十号先还五百块。", "500 CNY", "下个月十号"),
        ("en", "Okay, I'll pay 500 dollars on December 10.", "500 USD", "December 10"),
        ("en", "That works for me.", "426.80", "December 10"),
    ],
)
def test_a_promise_keeps_the_amount_and_the_day(
    language: str, words: str, amount: str, day: str
) -> None:
    session, _ = begin(OVERDUE, language)
    session.feed(Hear(Speaker.AGENT, PROPOSED[language]), 1.0)
    events = session.feed(Hear(Speaker.CUSTOMER, words), 2.0)
    kept = {str(e.cue): (e.amount, e.day) for e in events if isinstance(e, CueHeard) and e.counts}
    assert kept["overdue.promise"] == (amount, day)
    assert kept["overdue.promise_with_terms"] == (amount, day)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "妈的，你有病吧。"), ("en", "What the fuck is your problem?")]
)
def test_the_agents_own_swearing_is_flagged_and_opens_nothing(language: str, words: str) -> None:
    session, _ = begin(OVERDUE, language)
    events = session.feed(Hear(Speaker.AGENT, words), 1.0)
    flagged = [str(event.cue) for event in events if isinstance(event, FlagRaised)]
    assert flagged == ["courtesy.insult"]
    assert not [event for event in events if isinstance(event, Suggested)]


@pytest.mark.parametrize(
    ("step", "language", "words", "exit"),
    [
        ("overdue.notice", "zh", "不行，不可以录", "declined"),
        ("overdue.notice", "zh", "不可以", "declined"),
        ("overdue.notice", "en", "That's not okay.", "declined"),
        ("overdue.moment", "zh", "不行", "later"),
        ("overdue.moment", "zh", "我没有时间", "later"),
        ("overdue.moment", "en", "I'm busy", "later"),
        ("overdue.instalments", "zh", "不行，太多了", "another_way"),
        ("overdue.instalments", "en", "That won't work", "another_way"),
        ("overdue.probing", "zh", "不方便说", "rather_not_say"),
        ("overdue.probing", "en", "I'd rather not say", "rather_not_say"),
        ("overdue.recap", "zh", "不对", "wrong"),
        ("overdue.recap", "en", "No, wait", "wrong"),
    ],
)
def test_a_refusal_lights_the_exit_for_it(step: str, language: str, words: str, exit: str) -> None:
    assert exit in answered(step, language, words)[0]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", "我是她妈妈"),
        ("zh", "我不是"),
        ("zh", "我是谁关你什么事"),
        ("zh", "是我爱人的电话"),
        ("en", "This is her husband"),
        ("en", "Who is speaking?"),
    ],
)
def test_somebody_else_is_not_heard_as_the_customer(language: str, words: str) -> None:
    assert "reached" not in answered("overdue.greeting", language, words)[0]


@pytest.mark.parametrize(
    ("language", "words", "target"),
    [
        ("zh", "今天还不了", "will_pay"),
        ("zh", "马上还不可能", "will_pay"),
        ("en", "I can't pay it now", "will_pay"),
        ("zh", "我已经还不上了", "overdue.already_paid"),
        ("zh", "我不会还的", "overdue.no_date"),
        ("zh", "得了吧，我走了", "overdue.hardship"),
        ("en", "No, I do not agree", "overdue.amount_wrong"),
        ("en", "I'm not in debt", "courtesy.third_party"),
    ],
)
def test_words_with_another_sense_suggest_nothing(language: str, words: str, target: str) -> None:
    assert target not in answered("overdue.purpose", language, words)[0]


@pytest.mark.parametrize(
    ("language", "words", "exit"),
    [
        ("zh", "我不想分期", "instalments"),
        ("zh", "不要延期", "deferral"),
        ("en", "I don't want instalments", "instalments"),
    ],
)
def test_a_way_that_is_turned_down_is_not_suggested(language: str, words: str, exit: str) -> None:
    suggested, _ = answered("overdue.proposal", language, words)
    assert exit not in suggested
    assert "nothing_fits" in suggested


@pytest.mark.parametrize("words", ["我没有钱还不上", "没有钱，拿什么还"])
def test_no_money_is_not_a_promise_without_a_date(words: str) -> None:
    suggested, _ = answered("overdue.purpose", "zh", words)
    assert "overdue.cannot_pay" in suggested
    assert "overdue.no_date" not in suggested


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_agents_own_lines_point_no_further_than_the_next_step(language: str) -> None:
    pack, said = script(OVERDUE), set[LineId]()
    for plan in loaded(OVERDUE).plans.values():
        if language not in plan.languages:
            continue
        session, opening = begin(OVERDUE, language)
        step, line, words = pack.steps[shipped_coach(OVERDUE).start], LineId(""), ""
        for event in rehearse(session, opening, plan).events:
            match event:
                case StepEntered(step=entered):
                    step = pack.steps[entered]
                case Heard(line=spoken, text=words):
                    line = LineId(spoken or "")
                    said.add(line)
                case Suggested(target=target) if line:
                    near = {exit.id for exit in step.exits} | {exit.to for exit in step.exits}
                    assert target in near, (step.id, line, words)
    bridges = {step.bridge for step in pack.steps.values()}
    offered = {id for step in pack.steps.values() for id in step.lines} - bridges
    assert {id for id in offered if pack_of(id) == OVERDUE} <= said


def test_what_the_account_of_a_plan_adds_up_to_is_what_is_due() -> None:
    facts = {fact.id.partition(".")[2]: fact.example for fact in script(OVERDUE).facts.values()}
    examples = {id: wording.in_language("en")[0].value for id, wording in facts.items() if wording}
    money = {
        id: Decimal(value.split()[0]) for id, value in examples.items() if value.endswith("CNY")
    }
    count = int(examples["instalment_count"])
    assert count * money["instalment_amount"] == money["amount_due"]
    assert money["part_amount"] + money["rest_amount"] == money["amount_due"]


def test_every_cue_of_the_probing_step_is_waived_for_a_customer_who_will_not_say() -> None:
    step = script(OVERDUE).steps[StepId("overdue.probing")]
    exit = next(exit for exit in step.exits if exit.id == "rather_not_say")
    asked = {CueId(f"overdue.ask_{what}") for what in ("income", "pressure", "resume")}
    assert not exit.after
    assert set(exit.waives) == asked
