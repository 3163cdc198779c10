"""Denials: what they reach, and two of them side by side."""

import pytest

from callcoach.words.negation import is_negated
from callcoach.words.normalise import tokenise

DENIED = [
    ("we are not going to sue", "sue", True),
    ("we will sue", "sue", False),
    ("it is not that we will not sue", "sue", False),
    ("we never visit customers and no court action is planned", "court", True),
    ("there is no visit nor any court", "court", True),
    ("no letters or no court", "court", True),
    ("we do not call, we sue", "sue", False),
    ("我们不会起诉", "起", True),
    ("不上门也不起诉", "起", True),
    ("不是不起诉", "起", False),
]


@pytest.mark.parametrize(("text", "word", "expected"), DENIED)
def test_what_is_denied(text: str, word: str, expected: bool) -> None:
    tokens = tokenise(text)
    assert is_negated(text, tokens, tokens.words.index(word)) is expected
