"""Redaction over the turns of a call: questions, digits in pieces, echoes, what was learnt."""

from decimal import Decimal
from unicodedata import combining, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.locale import Messages
from callcoach.words.redact import (
    MASKS,
    Entity,
    Kind,
    Known,
    Masker,
    Redactor,
    find,
    find_all,
    redact,
)
from tests.words.redact.marked import told, unmark

CALLS = (
    """
    agent: May I have your card number, please?
    customer: {card:four one one one}
    agent: go on
    customer: {card:one one one one}
    agent: okay
    customer: {card:two two two three}
    agent: So that is {card:one one one one two two two three}, correct?
    customer: yes
    """,
    """
    agent: 请您报一下身份证后四位
    customer: {id:一零零二}
    agent: {id:一零零二}，对吗
    customer: 对
    """,
    """
    agent: 麻烦核对一下您的身份证尾号
    customer: 你是谁
    agent: 您也可以先打我们的官方热线问一问，再告诉我后四位
    customer: {id:六零七九}
    """,
    """
    agent: 我用这个号码给您来电，是要确认一下身份证后四位
    customer: 是 {id:4471}
    """,
    """
    agent: I am calling on our recorded line. The last four of your ID, please?
    customer: it's {id:4471}
    """,
    """
    agent: 请您报一下手机尾号
    customer: {phone:4471}
    """,
    """
    agent: Can I have the last four of the phone you called from?
    customer: {phone:4471}
    """,
    """
    agent: 您的验证码是多少
    customer: {secret:四八二九}
    customer: {secret:一三}
    """,
    """
    agent: What is the answer to your security question?
    customer: I don't have it
    agent: It is the name of your first pet.
    customer: yes
    agent: And your password, please?
    customer: it's {secret:purple elephant}
    """,
    """
    agent: Who am I speaking with?
    customer: {name:Grace Park}
    agent: Thank you, {name:Grace Park}. How much can you pay?
    customer: two hundred
    """,
    """
    agent: 请问怎么称呼您
    customer: {name:王建国}
    agent: 好的，{name:建国}先生，您还欠三千二百元
    customer: 三千二百我还不起
    """,
    """
    agent: Hello, this is {name:Mark} from Riverbank. Is this {name:Maria}?
    customer: Yes, this is {name:Maria}. What's this about?
    agent: Thank you, {name:Maria}. Mark my words, it is short.
    customer: Thanks, {name:Mark}, I appreciate that.
    """,
    """
    agent: Can you confirm your account number?
    customer: Fine, it's {account:12345}!
    agent: Is {phone:555-1234} the number that I dialled?
    customer: Shall I dial 12315 then? They ask for 8000 dollars.
    """,
    """
    agent: What is your date of birth?
    customer: {birth:July 4th 1985}
    agent: And the last four digits of your social?
    customer: {ssn:6789}
    agent: And when can you pay?
    customer: on the 15th
    """,
    """
    agent: Could you confirm your address?
    customer: {address:88 Elm, Springfield}
    agent: Can you tell me how much you can pay now?
    customer: I can pay two hundred
    """,
    """
    customer: hello
    agent: hello, this is {name:Lisa} from Riverbank, is this {name:Thompson}?
    customer: no, {name:Thompson} moved away
    agent: What is your e-mail address?
    customer: {email:thompson at riverbank dot org}
    """,
    """
    agent: What's your e-mail?
    customer: {email:bob at gmail}
    agent: Thank you.
    customer: yes, I use gmail for everything
    """,
)


READ_BACK = (
    """
    agent: And your phone?
    customer: {phone:oh seven seven double oh}
    agent: {phone:nine hundred one two three}?
    customer: yes
    agent: You owe nine hundred dollars.
    """,
    """
    agent: 请报一下您的身份证号。
    customer: {id:一一零一零五}
    agent: 嗯
    customer: {id:一九四九一二三一}
    agent: 好的，后面呢
    customer: {id:零零二叉}
    """,
    """
    agent: Can I have your phone number?
    customer: {phone:07700}
    agent: 900 dollars is overdue, by the way
    """,
)
"""What the asker says of a number himself, and its last sign."""
ASKED_BACK = (
    """
    agent: May I have your date of birth, or the last four digits of your ID?
    customer: Why do you need that?
    agent: We ask everybody, it is only a check.
    customer: {birth:1 May 1980}, last {id:four 4321}
    """,
    """
    agent: May I have your date of birth, or the last four digits of your ID?
    customer: Who are you?
    customer: I know nothing about any of this.
    agent: I am with the company you have your plan with.
    agent: It really is only a check, we ask everybody.
    customer: {birth:1 May}, and {id:4321}
    """,
    """
    agent: 请问您的出生日期，或者身份证后四位是多少？
    customer: 为什么要这个？
    agent: 我们对每位客户都要核对一下，只是确认身份。
    customer: {birth:五月一号}，{id:4321}
    """,
    """
    agent: May I have your date of birth?
    customer: Why do you need that?
    agent: We ask everybody, it is only a check.
    customer: No.
    agent: Then when can you pay the rest of what is owed?
    customer: I can pay 300 on 5 May
    """,
)


def _turns(call: str) -> list[tuple[str, str]]:
    rows = [line.strip() for line in call.splitlines() if line.strip()]
    return [(speaker, text) for speaker, _, text in (row.partition(": ") for row in rows)]


GOES_ON = (
    """
    agent: and a number we can reach you on
    customer: {phone:oh eight four}
    agent: yes
    customer: {phone:five five five}
    agent: mm hm
    customer: {phone:oh one} no {phone:oh two nine}
    """,
    """
    customer: my phone number is {phone:oh one three nine seven six double two one eight}
    agent: did you say {phone:one eight}
    customer: {phone:one nine}
    """,
    """
    agent: could you read me the account number off the letter
    customer: {account:seven seven oh} and then {account:nineteen}
    agent: how many payments are left
    customer: twelve
    """,
    """
    agent: what is your date of birth
    customer: {birth:the third of february seventy nine}
    agent: {birth:the third of february seventy nine}
    customer: no the {birth:thirteenth}
    """,
    """
    agent: and your date of birth please
    customer: {birth:4 March 1982}
    agent: and your wife's?
    customer: {birth:9 June 1980}, I think
    """,
    """
    agent: what's your memorable word
    customer: {secret:bluebell} no hang on {secret:larch} and i pay on the third
    """,
)
"""Numbers and days that are told in parts, read back and mended."""


@pytest.mark.parametrize("call", CALLS + READ_BACK + ASKED_BACK + GOES_ON)
def test_what_was_asked_for_is_found_turn_by_turn(call: str) -> None:
    redactor = Redactor()
    for speaker, marked in _turns(call):
        text, expected = unmark(marked)
        assert told(text, redactor.hear(speaker, text)) == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("My name is José García, José", ["José García", "José"]),
        ("Zoë Núñez speaking", ["Zoë Núñez"]),
        ("I'm André", ["André"]),
    ],
)
@pytest.mark.parametrize("known", [Known(), Known(names=(normalize("NFD", "José García"),))])
def test_accents_that_stand_apart_hide_like_others(
    text: str, names: list[str], known: Known
) -> None:
    apart = normalize("NFD", text)
    hidden = Redactor(known).hear("customer", apart)
    whole = Redactor(known).hear("customer", text)
    assert [one.value for one in hidden] == [one.value for one in whole]
    said = " ".join(apart[one.start : one.end] for one in hidden)
    assert all(normalize("NFD", name) in said for name in names)
    assert not any(map(combining, redact(apart, known)))


def test_what_is_learnt_late_is_found_early_in_a_call_that_is_over() -> None:
    turns = [
        ("agent", "Is Okonkwo there?"),
        ("customer", "who?"),
        ("customer", "my name is Okonkwo"),
    ]
    found = list(find_all(turns))
    assert told(turns[0][1], found[0]) == [("name", "Okonkwo")]


def test_a_short_number_without_a_question_is_no_secret_once_something_else_was_asked() -> None:
    redactor = Redactor()
    redactor.hear("agent", "Can I have your account number?")
    redactor.hear("customer", "84900641324")
    redactor.hear("agent", "How many people live with you?")
    assert redactor.hear("customer", "3 or 4 of us") == ()


KNOWN = Known(
    names=("Rosa Field", "王建国"),
    phones=("+86 138 0013 8000",),
    amounts=(Decimal("1280.40"),),
    others=("chronic illness",),
)


@pytest.mark.parametrize(
    "marked",
    [
        "is {name:Rosa Field} there",
        "Mrs {name:Field} please",
        "I saw a field of grass",
        "{name:建国}今天不在",
        "{name:王}先生说他没空",
        "on {phone:138 0013 8000}",
        "the one that ends with {phone:8000}",
        "you owe {amount:$1,280.40}",
        "一共{amount:一千二百八十块四}",
        "you owe $1,280.41",
        "because of my {detail:chronic illness}",
    ],
)
def test_the_contact_record_is_found_wherever_it_is_said(marked: str) -> None:
    text, expected = unmark(marked)
    assert told(text, find(text, KNOWN)) == expected


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("my name is Rosa Hall", "my name is [NAME]"),
        ("pay $300 by Friday", "pay $300 by Friday"),
        ("card ending 4412, ssn 6789", "card ending [CARD], ssn [SSN]"),
    ],
)
def test_a_mask_says_what_was_there(text: str, masked: str) -> None:
    assert redact(text) == masked


def test_masks_are_in_the_language_of_the_interface() -> None:
    said = Messages("zh")
    assert redact("我叫王建国", messages=said) == f"我叫{said.say(MASKS[Kind.NAME])}"


@pytest.mark.parametrize(
    "text",
    [
        "My name is [Agent's name] from [Company].",
        "我是【坐席姓名】，请问是【客户姓名】先生吗",
        "I am [NAME-1], card ending [CARD-2]",
    ],
)
def test_blanks_and_masks_are_no_data(text: str) -> None:
    assert find(text) == ()


def test_numbered_masks_tell_one_datum_from_another() -> None:
    masker = Masker(is_numbered=True)
    texts = ["I am Rosa", "no, Spencer", "Rosa again, please"]
    shown = [masker.mask(text, find(text)).text for text in texts]
    assert shown == ["I am [NAME-1]", "no, [NAME-2]", "[NAME-1] again, please"]


PIECES = st.sampled_from(
    (
        *(
            "my name is",
            "Rosa",
            "王建国",
            "我叫",
            "4111 1111 1111 1111",
            "13800138000",
            "ssn",
            "dot",
        ),
        *(
            "four one one two",
            "at gmail dot com",
            "12 Oak Street",
            "，",
            ".",
            "the",
            "一千二百元",
            "@",
        ),
        *(
            "password is",
            "住在",
            "北京市朝阳区建国路88号",
            "and",
            "尾号",
            "零零一二",
            "(",
            "+44",
            "'s",
        ),
    )
)
SPEECH = st.lists(PIECES | st.text(max_size=6), max_size=8).map(" ".join) | st.text(max_size=60)


@given(SPEECH)
def test_entities_lie_in_order_inside_any_text(text: str) -> None:
    past = 0
    for one in find(text):
        assert past <= one.start < one.end <= len(text)
        assert one.why
        past = one.end


@given(SPEECH)
def test_nothing_that_was_found_is_left_in_the_masked_text(text: str) -> None:
    found = find(text)
    masked = Masker().mask(text, found).text
    kept = "".join(
        text[start:end]
        for start, end in zip(
            (0, *(one.end for one in found)),
            (*(one.start for one in found), len(text)),
            strict=True,
        )
    )
    for name in set(MASKS.values()):
        masked = masked.replace(name, "")
    assert masked == kept or "[" in text


@given(SPEECH, st.integers(0, 60), st.integers(0, 60))
def test_a_span_outside_of_masks_holds_the_same_words_afterwards(
    text: str, one: int, other: int
) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = find(text)
    masked = Masker().mask(text, found)
    moved = masked.text[masked.start(start) : masked.end(end)]
    if all(entity.end <= start or end <= entity.start for entity in found):
        assert moved == text[start:end]
    assert 0 <= masked.start(start) <= masked.end(end) <= len(masked.text)


@given(st.lists(st.tuples(st.sampled_from(("agent", "customer")), SPEECH), max_size=6))
def test_a_call_hides_at_least_what_its_turns_hide_alone(turns: list[tuple[str, str]]) -> None:
    for (_, text), found in zip(turns, find_all(turns), strict=True):
        spans = [(one.start, one.end) for one in found]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        for alone in find(text):
            if alone.kind in (Kind.CARD, Kind.EMAIL, Kind.ID) and alone.end - alone.start > 12:
                assert any(start < alone.end and alone.start < end for start, end in spans)


@given(st.text(alphabet="0123456789", min_size=12, max_size=18))
def test_a_card_number_is_hidden_however_it_is_grouped(digits: str) -> None:
    text = f"my card number is {' '.join(digits[at : at + 4] for at in range(0, len(digits), 4))}"
    assert any(char.isdigit() for char in text)
    assert not any(char.isdigit() for char in redact(text))


def test_an_entity_never_repeats_the_words_in_its_reason() -> None:
    (one,) = find("my name is Spencer")
    assert isinstance(one, Entity)
    assert "spencer" not in one.why.lower()
