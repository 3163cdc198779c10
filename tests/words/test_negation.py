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
    ("if you do not pay we will sue you", "sue", False),
    ("if you don't pay the bank will sue you", "sue", False),
    ("if we do not sue you", "sue", True),
    ("do not pay and we will sue you", "sue", False),
    ("you have not paid so we will sue you", "sue", False),
    ("we will not call and we will not sue", "sue", True),
    ("no we will sue you", "sue", False),
    ("no one will sue you", "sue", True),
    ("I do not think we will sue you", "sue", True),
    ("要不我们起诉你", "起", False),
    ("不然我们起诉你", "起", False),
    ("如果不还我们起诉你", "起", False),
    ("再不还我们起诉了", "起", False),
    ("如果我们不起诉您", "起", True),
    ("不是要起诉您", "起", True),
    ("要不要起诉", "起", False),
    ("我们不会起诉", "起", True),
    ("不上门也不起诉", "起", True),
    ("不是不起诉", "起", False),
]


@pytest.mark.parametrize(("text", "word", "expected"), DENIED)
def test_what_is_denied(text: str, word: str, expected: bool) -> None:
    tokens = tokenise(text)
    assert is_negated(text, tokens, tokens.words.index(word)) is expected
