"""Turns text into the terms of the index, and words that are looked for into a phrase of terms.

A term stands for one token of `words.normalise`, at its place: a Chinese character with the one
after it (`逾期`), anything else alone. So a phrase of terms is found exactly where its tokens stand
one after another; whatever punctuation is between them counts for neither. Behind them come the
numbers that they say; see `amounts`.
"""

from itertools import pairwise
from operator import add

from callcoach.archive.search.amounts import is_number_term, number_terms, places_of
from callcoach.words.normalise import characters, is_character, tokenise

TOKENIZER = "ascii tokenchars '.*''_-'"
"""Of FTS5: every sign but a space belongs to a term."""
SEQ_BITS = 20
"""A row of the index is a call's number and, in so many bits, the event's place from the end."""
LAST = (1 << SEQ_BITS) - 1
"""The row of a call's first event, without the number: later ones have lower rows."""
_QUOTE = {ord('"'): None, 0: None}


def terms(text: str) -> str:
    """Return the terms of an utterance, in order, with spaces between them."""
    if plain := characters(text):  # 4x as fast as one by one
        numbers = number_terms(tuple(plain))
        return " ".join((*map(add, plain, plain[1:]), plain[-1], *numbers))
    words = tokenise(text).words
    if not words:
        return ""
    return " ".join((*map(_term, words, (*words[1:], "")), *number_terms(words)))


def _term(word: str, following: str) -> str:
    if following and is_character(word) and is_character(following):
        return word + following
    return word


def phrase(words: tuple[str, ...], is_prefix: bool) -> str:
    """Return tokens that are looked for as a phrase of FTS5.

    With `is_prefix` the last is the beginning of a word: `pay*`.
    """
    if is_number_term(words):
        return f'"{words[0]}"'
    wanted = [_term(word, following) for word, following in pairwise((*words, ""))]
    is_open = is_prefix
    if is_character(words[-1]):
        if len(words) > 1 and is_character(words[-2]):
            wanted.pop()  # it is in the term before
        else:
            is_open = True  # it may have any character after it
    quoted = " ".join(wanted).translate(_QUOTE)
    return f'"{quoted}"*' if is_open else f'"{quoted}"'


def spans(text: str, words: tuple[str, ...], is_prefix: bool) -> list[tuple[int, int]]:
    """Return where words stand in a text, one after another, in characters; none overlaps another.

    This is what is looked for, by the text itself: the index must agree with it.
    """
    tokens = tokenise(text)
    if is_number_term(words):
        places = places_of(words[0], tokens.words)
        return [(tokens.starts[first], tokens.ends[past - 1]) for first, past in places]
    found: list[tuple[int, int]] = []
    count, at = len(words), 0
    while at + count <= len(tokens.words):
        if _stands(tokens.words[at : at + count], words, is_prefix):
            start, end = tokens.starts[at], tokens.ends[at + count - 1]
            if not found or start >= found[-1][1]:
                found.append((start, end))
            at += count
        else:
            at += 1
    return found


def _stands(there: tuple[str, ...], words: tuple[str, ...], is_prefix: bool) -> bool:
    if there == words:
        return True
    return is_prefix and there[:-1] == words[:-1] and there[-1].startswith(words[-1])
