"""Who is asked for proof proves something or refuses, and what does not match is taken back.

`verified.tsv` holds what was asked, what was said to it, and whether that proves who they are.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest

from callcoach.script.wording import Language
from tests.script.packs.judging import labels_of, rows

TABLE = Path(__file__).with_name("verified.tsv")
OPENINGS = {
    "en": ("A: Hello, may I speak to Anita Patel?", "C: Speaking."),
    "zh": ("A: 您好，请问是王小明先生吗？", "C: 是的。"),
}
DEBT = {"en": "A: You owe us 500 pounds.", "zh": "A: 您目前欠款两千四百元。"}
ASKED = {
    "en": ("A: What are the last four digits of your social?", "C: 4471"),
    "zh": ("A: 请您说一下身份证后四位", "C: 4471"),
}


def judged(language: Language, *turns: str) -> tuple[bool, bool]:
    """Return whether the customer was verified, and whether the debt was told too early."""
    given = set[str]().union(*labels_of([*OPENINGS[language], *turns], language))
    return "verified" in given, "early" in given


@pytest.mark.parametrize(
    ("asked", "said", "proves"), [(row["asked"], row["said"], row["proves"]) for row in rows(TABLE)]
)
def test_only_what_was_asked_for_proves_who_they_are(asked: str, said: str, proves: str) -> None:
    language: Language = "zh" if any("\u4e00" <= char <= "\u9fff" for char in asked) else "en"
    is_proof = proves == "yes"
    found = judged(language, f"A: {asked}", f"C: {said}", DEBT[language])
    assert found == (is_proof, not is_proof)


@pytest.mark.parametrize(
    ("language", "later"),
    [
        ("en", ["A: Hmm, that doesn't match.", "C: Well."]),
        ("en", ["A: Hmm.", "C: What?", "A: That's not what I have here.", "C: Well."]),
        ("zh", ["A: 对不上。", "C: 哦。"]),
        ("zh", ["A: 稍等我看一下。", "C: 好。", "A: 跟我这边登记的不一致。", "C: 哦。"]),
    ],
)
def test_what_does_not_match_is_taken_back(language: Language, later: Sequence[str]) -> None:
    assert judged(language, *ASKED[language], *later, DEBT[language]) == (False, True)


def test_what_stands_on_a_card_that_they_pay_with_is_no_proof() -> None:
    card = ("A: Can I take your card number for the payment?", "C: 4111 1111 1111 1111")
    back = ("A: And the three digits on the back?", "C: 123")
    assert judged("en", *card, *back, DEBT["en"]) == (False, True)


def test_what_is_put_right_counts_again() -> None:
    later = ("A: Hmm.", "C: What?", "A: That's not what I have here.", "C: Sorry, 4417.")
    assert judged("en", *ASKED["en"], *later, "A: Thank you.", DEBT["en"]) == (True, False)


def test_an_amount_that_does_not_match_takes_nothing_back() -> None:
    later = ("C: The amount is wrong.", "A: The amount does not match, you are right.")
    assert judged("en", *ASKED["en"], "A: Thanks.", *later, DEBT["en"]) == (True, False)
