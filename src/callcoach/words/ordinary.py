"""Tells common English words from what is in no small dictionary: names, places, codes.

`ordinary.txt` is made by `ordinary_build`; its first lines name its source.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from callcoach.words.table_file import table_lines

_SPOKEN: Final = frozenset(
    (
        *("a", "i", "ok", "okay", "okey", "yeah", "yep", "yup", "nope", "nah", "hi", "hii", "hiya"),
        *("hello", "hey", "bye", "goodbye", "thanks", "thankyou", "thx", "ty", "pls", "plz", "um"),
        *("uh", "er", "erm", "hmm", "hm", "mm", "mhm", "huh", "oh", "ah", "aha", "wow", "oops"),
        *("gonna", "wanna", "gotta", "kinda", "sorta", "cos", "cuz", "dont", "cant", "wont", "im"),
        *("ive", "id", "youre", "thats", "its", "whats", "isnt", "didnt", "doesnt", "wasnt", "u"),
        *("ur", "r", "app", "online", "email", "emails", "internet", "website", "wifi", "sms"),
        *("whatsapp", "ssn", "pin", "otp", "atm", "id", "ac", "acct", "info", "ma'am", "maam"),
        *("mr", "mrs", "ms", "dr", "sir", "madam", "am", "pm", "th", "st", "nd", "rd", "vs", "etc"),
        *("asap", "faq", "pc", "tv", "gb", "mb", "kg", "km", "usd", "eur", "gbp", "cny", "rmb"),
        *("laptop", "smartphone", "login", "username", "blog", "cellphone", "wont", "alright"),
        *("instalment", "instalments", "favour", "cheque", "cheques", "centre", "organise"),
    )
)
"""What people say or write and no spelling list of that size has."""
_ENDINGS: Final = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("d", ""), ("ied", "y"),
    ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("ers", ""), ("ers", "e"), ("ly", ""),
    ("ily", "y"), ("ness", ""), ("iness", "y"),
)  # fmt: skip
_CHAT: Final = frozenset(
    (
        *("ok", "okay", "yes", "no", "thank", "thanks", "you", "please", "sure", "bye", "hello"),
        *("good", "my", "the", "is", "it", "sir", "of", "and", "want", "need", "your", "have"),
        *(
            "can",
            "we",
            "for",
            "to",
            "im",
            "nothing",
            "all",
            "great",
            "morning",
            "day",
            "hi",
            "number",
        ),
    )
)
_LAUGHTER: Final = re.compile(r"(?:a?ha|he|hi|ho|lo|xo)+[hl]?")
_ONCE: Final = re.compile(r"(.)\1+\b")
_LEAST: Final = 3
"""Letters of the shortest word that others are derived from."""


def stems(word: str) -> Iterator[str]:
    """Yield what `word` may be derived from: `paid` from nothing, `paying` from `pay`, `paye`."""
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending) + instead
        if stem == word or len(stem) < _LEAST or not word.endswith(ending):
            continue
        if instead or not (ending[0] == "e" and stem[-1] == "e"):
            yield stem
    for ending in ("ing", "ed", "er"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > _LEAST and rest[-1] == rest[-2]:
            yield rest[:-1]


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """Return the words of the table; it is read once, in about 10 ms."""
    return (
        frozenset(word for line in table_lines("ordinary.txt") for word in line.split(" "))
        | _SPOKEN
    )


@lru_cache(maxsize=8192)
def is_ordinary(word: str) -> bool:
    """Tell whether a lower-case English word, or what it is derived from, is a common one."""
    words = ordinary_words()
    return word in words or any(stem in words for stem in stems(word))


_SERVICE: Final = (
    *("thanks", "thank", "please", "morning", "evening", "afternoon", "hello", "goodbye", "sure"),
    *("sorry", "welcome", "great", "good", "account", "number", "address", "policy", "claim"),
    *("credit", "debit", "internet", "service", "password", "email", "name", "phone", "ticket"),
    *("confirm", "change", "order", "cancel", "information", "details", "awesome", "perfect"),
    *("correct", "flight", "customer", "security", "social", "payment", "problem", "issue"),
    *("want", "need", "know", "help", "helping", "would", "could", "about", "there", "because"),
    *("excellent", "nothing", "something", "anything", "everything", "tomorrow", "yesterday"),
    *("available", "address", "received", "replacement", "forward", "business", "waiting", "okay"),
    *("question", "assistance", "support", "another", "different", "which", "where", "night"),
)
"""What every service call is full of, so that a slip of the hand in it is no name."""


@lru_cache(maxsize=8192)
def is_slip(word: str) -> bool:
    """Tell whether a word is one of a service call's with a letter too many, too few or wrong."""
    plain = _ONCE.sub(r"\1", word)
    if plain != word and (is_ordinary(plain) or is_ordinary(plain[:-1])):
        return True
    return (
        any(_is_near(word, one) for one in _SERVICE)
        or _is_glued(word)
        or _LAUGHTER.fullmatch(word) is not None
    )


def _is_glued(word: str) -> bool:
    """Tell whether a word is two common ones without the space: `okaythanks`."""
    return len(word) > 6 and any(
        (word[:at] in _CHAT and is_ordinary(word[at:]))
        or (word[at:] in _CHAT and is_ordinary(word[:at]))
        for at in range(2, len(word) - 1)
    )


def _is_near(word: str, other: str) -> bool:
    """Tell whether one edit (insert, drop, replace, swap) makes one word of the other."""
    if abs(len(word) - len(other)) > 1 or len(word) < 4:
        return False
    start = 0
    while start < min(len(word), len(other)) and word[start] == other[start]:
        start += 1
    one, two = word[start:], other[start:]
    is_swap = len(one) > 1 and len(two) > 1 and one[0] == two[1] and one[1] == two[0]
    return (
        one[1:] == two[1:] or one[1:] == two or one == two[1:] or (is_swap and one[2:] == two[2:])
    )
