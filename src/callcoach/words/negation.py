"""Tells whether words are denied: “we are not going to sue you”, 我们不会起诉您."""

import re

from callcoach.words.normalise import Tokens

_ENGLISH = frozenset(
    ("not", "never", "no", "none", "nobody", "nothing", "neither", "nor", "without", "hardly")
)
_CHINESE = frozenset("不没別别未无無勿莫非")
_REACH_ENGLISH = 5
"""Tokens between the denial and the word it denies: “not ... going to have to sue”."""
_REACH_CHINESE = 4
_CLAUSE = re.compile(r"[,.;:!?，。；：！？、…]|\b(?:but|unless|or else)\b|但|否则|要不|除非")
"""Where a denial ends."""
_TURNS = frozenset(("but", "unless", "但", "就", "则", "便", "那"))
"""Words behind which a denial does not reach: 不还就起诉 threatens."""
_JOINS = frozenset(("and", "or", "也"))
"""A denial behind one of these is one more, none of a denial: “no visits and no court”."""
_EMPTY = (("not", "only"), ("not", "just"), ("no", "problem"), ("不", "但"), ("不", "仅"))
"""Denials that deny nothing."""


def is_negated(text: str, tokens: Tokens, first: int) -> bool:
    """Tell whether the words that begin at token `first` are denied by ones before them.

    Only within the clause, and a double denial (“not that I won't sue”) counts as none.
    """
    denials = 0
    words = tokens.words
    for at in range(first - 1, max(first - 1 - _REACH_ENGLISH, -1), -1):
        if _CLAUSE.search(text, tokens.ends[at], tokens.starts[at + 1]):
            break
        if words[at] in _TURNS:
            break
        if (words[at], words[at + 1]) in _EMPTY:
            continue
        is_near = first - at <= _REACH_CHINESE
        is_asking = at > 0 and words[at - 1] == words[at + 1]
        if words[at] in _ENGLISH or (is_near and words[at] in _CHINESE and not is_asking):
            denials += 1
            if words[at] == "nor" or (at > 0 and words[at - 1] in _JOINS):
                break
    return denials % 2 == 1
