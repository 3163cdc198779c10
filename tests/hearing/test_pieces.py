"""Tokens become words with times: pieces of words, Chinese characters, and bytes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcoach.hearing.heard import Word
from callcoach.hearing.pieces import Piece, join_pieces, utterance


def pieces(*given: tuple[str, float, float]) -> list[Piece]:
    return [Piece(*each) for each in given]


@pytest.mark.parametrize(
    ("text", "written", "words"),
    [
        ("", pieces(), []),
        (
            " GOOD MORNING",
            pieces((" GOOD", 0.2, 1.0), (" MORN", 0.6, 0.25), ("ING", 0.8, 1.0)),
            [Word("good", 0.2, 0.6, 1.0), Word("morning", 0.6, 1.2, 0.5)],
        ),
        (
            "您好",
            pieces(("您", 0.2, 0.9), ("好", 0.4, 0.8)),
            [Word("您", 0.2, 0.4, 0.9), Word("好", 0.4, 0.8, 0.8)],
        ),
        (
            "我用 WECHAT 付",
            pieces(("我", 0.1, 1), ("用", 0.3, 1), (" WE", 0.5, 1), ("CHAT", 0.7, 1), ("付", 1, 1)),
            [
                Word("我", 0.1, 0.3, 1.0),
                Word("用", 0.3, 0.5, 1.0),
                Word("wechat", 0.5, 1.0, 1.0),
                Word("付", 1.0, 1.4, 1.0),
            ],
        ),
        (
            # A model of bytes: six tokens that spell nothing make two characters.
            "您好",
            pieces(*((sign, at / 10, 1.0) for at, sign in enumerate("ƌŕşƋĳĴ"))),
            [Word("您", 0.0, 0.3, 1.0), Word("好", 0.3, 0.7, 1.0)],
        ),
        (
            # A word of its own may begin with a space alone.
            " it's",
            pieces((" ", 0.4, 1.0), ("it", 0.4, 1.0), ("'s", 0.52, 1.0)),
            [Word("it's", 0.4, 0.92, 1.0)],
        ),
    ],
)
def test_pieces_become_words(text: str, written: list[Piece], words: list[Word]) -> None:
    assert join_pieces(text, written) == words


@given(
    st.lists(
        st.tuples(st.sampled_from(["您", " we", "chat", "'s", " ", " İt"]), st.floats(0, 1)),
        min_size=1,
    )
)
def test_words_are_the_texts_and_in_order(given: list[tuple[str, float]]) -> None:
    written = [Piece(text, at / 25, chance) for at, (text, chance) in enumerate(given)]
    text = "".join(piece.text for piece in written)
    words = join_pieces(text, written)
    assert " ".join(word.text for word in words) == utterance(text)
    assert all(0 <= word.confidence <= 1 and word.start <= word.end for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))


@given(st.text(max_size=8), st.lists(st.sampled_from("ab 您"), min_size=1, max_size=6))
def test_a_text_that_its_pieces_do_not_spell_has_words_within_their_time(
    text: str, signs: list[str]
) -> None:
    written = [Piece(sign, float(at), 0.5) for at, sign in enumerate(signs)]
    words = join_pieces(text, written)
    assert " ".join(word.text for word in words) == utterance(text)
    assert all(0 <= word.start <= word.end <= len(signs) for word in words)
