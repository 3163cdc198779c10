"""Phrases that lie across the seam of two utterances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.match import Matcher, Pattern
from callcoach.words.sound_seam import cross_seam

MATCHER = Matcher(
    [
        Pattern("birth", "date of birth"),
        Pattern("money", "欠款金额"),
        Pattern("when", "when ...3 able to pay"),
        Pattern("thanks", "thank you"),
        Pattern("promise", "i can pay"),
        Pattern("promise", "if i can pay", veto=True),
    ]
)


@pytest.mark.parametrize(
    ("before", "text", "parts"),
    [
        ("could you tell me your date of", "birth please", ("date of", "birth")),
        ("您的欠款", "金额是一千", ("欠款", "金额")),
        ("and when are", "you able to pay", ("when are", "you able to pay")),
        ("the date of birth", "the date of birth", None),
        ("the date of.", "birth please", None),
        ("date of one two three four five", "birth", None),
        ("thank", "you", None),
        ("if i can", "pay it", None),
        ("", "date of birth", None),
        ("date of", "", None),
    ],
)
def test_a_phrase_is_found_in_both_its_parts(
    before: str, text: str, parts: tuple[str, str] | None
) -> None:
    found = [
        (before[slice(*hit.before)], text[slice(*hit.after)])
        for hit in cross_seam(MATCHER, before, text)
    ]
    assert found == ([] if parts is None else [parts])


@given(
    *[st.text(st.sampled_from("date of birth 欠款金额 ican pay.。"), max_size=40) for _ in range(2)]
)
def test_a_hit_has_words_on_both_sides(before: str, text: str) -> None:
    for hit in cross_seam(MATCHER, before, text):
        assert before[slice(*hit.before)].strip()
        assert text[slice(*hit.after)].strip()
        assert hit.before[1] == len(before)
        assert hit.after[0] == 0
