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
_MARK = re.compile(r"[,.;:!?，。；：！？、…]")
"""Where a denial ends."""
_TURNS = frozenset(("but", "unless", "otherwise", "但", "就", "则", "便", "那"))
"""Words behind which a denial does not reach: 不还就起诉 threatens."""
_JOINS = frozenset(("and", "or", "也"))
"""A denial behind one of these is one more, none of a denial: “no visits and no court”."""
_BEGINS = frozenset(("and", "or", "so", "then", "no"))
"""Before somebody who does something a sentence begins: “no we will sue you”."""
_SUBJECTS = frozenset(("i", "you", "we", "they", "he", "she", "it"))
_MODALS = frozenset(("will", "would", "can", "could", "may", "might", "shall", "must"))
_REACH_IF = 4
"""Tokens between `if` and the denial in its sentence: “if you do not pay”."""
_ABOUT_ALL = frozenset("是会會要能可说說想代用担擔怕")
"""Behind 不 these deny all that follows; another verb has a sentence of its own: 不还我们起诉."""
_EMPTY = (("not", "only"), ("not", "just"), ("no", "problem"), ("不", "但"), ("不", "仅"))
"""Denials that deny nothing."""


def is_negated(text: str, tokens: Tokens, first: int) -> bool:
    """Tell whether the words that begin at token `first` are denied by ones before them.

    Only within the sentence, and a double denial (“not that I won't sue”) counts as none.
    """
    denials = 0
    words = tokens.words
    for at in range(first - 1, max(first - 1 - _REACH_ENGLISH, -1), -1):
        if _MARK.search(text, tokens.ends[at], tokens.starts[at + 1]):
            break
        if words[at] in _TURNS or (words[at] in _BEGINS and words[at + 1] in _SUBJECTS):
            break
        is_asking = at > 0 and words[at - 1] == words[at + 1]
        if words[at] == "不" and _is_or_else(words, at):
            break
        if words[at : at + 2] in _EMPTY:
            continue
        is_near = first - at <= _REACH_CHINESE
        if words[at] in _ENGLISH or (is_near and words[at] in _CHINESE and not is_asking):
            if _is_of_other(words, at, first):
                break
            denials += 1
            if words[at] == "nor" or (at > 0 and words[at - 1] in _JOINS):
                break
    return denials % 2 == 1


def _is_or_else(words: tuple[str, ...], at: int) -> bool:
    """Tell the 不 of 不然我们起诉 and 要不我们起诉, with which a sentence begins."""
    after = words[at + 1]
    return after == "然" or (words[at - 1 : at] == ("要",) and after not in "要是")


def _is_of_other(words: tuple[str, ...], at: int, first: int) -> bool:
    """Tell a denial in a sentence before: “if you do not pay we will sue”, 不还我们起诉."""
    between = words[at + 1 : first]
    if words[at] in _CHINESE:
        return not {"我", "咱"}.isdisjoint(between[1:]) and between[0] not in _ABOUT_ALL
    is_if = "if" in words[max(at - _REACH_IF, 0) : at]
    return is_if and not (_SUBJECTS.isdisjoint(between) and _MODALS.isdisjoint(between[1:]))
