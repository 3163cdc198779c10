"""A phrase is taken apart into the rows and gaps of all its sequences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.words.phrase import Element, Gap, PhraseError, Sequence, sequences
from callcoach.words.sound_rows import Spelt, cut


def sequence_of(spelt: Spelt, rows: list[tuple[str, ...]]) -> Sequence:
    """Return rows, and the gaps before them, as the sequence that they were."""
    found: list[Element] = []
    for row, gap in zip(spelt[::2], spelt[1::2], strict=True):
        found += (Gap(gap), *rows[row]) if gap else rows[row]
    return tuple(found)


def assert_is_whole(phrase: str) -> None:
    rows: dict[tuple[str, ...], int] = {}
    spelt = list(dict.fromkeys(cut(phrase, lambda row: rows.setdefault(row, len(rows)))))
    assert () not in rows
    assert tuple(sequence_of(it, list(rows)) for it in spelt) == sequences(phrase)


@pytest.mark.parametrize(
    "phrase",
    [
        "thank you",
        "(lend|give) me # dollars",
        "pay ... [the] ...3 today",
        "[so] ... pay [it] ...2 [now]",
        "遇到...4(困难|难处)",
        "(今天|明天...2上午)还[一部分]",
        "pay ...30 [some] ...30 today",
        "pay ... [(# ... dollars)|all] ... [by] friday",
        "[a] pay [a] | pay",
    ],
)
def test_rows_and_gaps_make_up_the_sequences(phrase: str) -> None:
    assert_is_whole(phrase)


@given(st.lists(st.sampled_from(["我", "pay", "(", ")", "[", "]", "|", "#", "...2", "..."])))
def test_whatever_can_be_read_is_taken_apart(parts: list[str]) -> None:
    phrase = " ".join(parts)
    try:
        sequences(phrase)
    except PhraseError:
        return
    assert_is_whole(phrase)
