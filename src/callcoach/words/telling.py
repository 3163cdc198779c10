"""Says how much words tell by themselves: which of several to show as the reason for something."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_LIGHT: Final = frozenset(
    (
        *("a", "an", "the", "this", "that", "these", "those", "some", "any", "all", "no", "not"),
        *("i", "me", "my", "you", "your", "yours", "he", "him", "his", "she", "her", "it", "its"),
        *("we", "us", "our", "they", "them", "their", "who", "what", "which", "when", "where"),
        *("why", "how", "there", "here", "and", "or", "but", "if", "so", "because", "than", "then"),
        *("of", "to", "in", "on", "at", "by", "for", "with", "from", "about", "into", "out", "up"),
        *("off", "over", "as", "am", "is", "are", "was", "were", "be", "been", "being", "do"),
        *("does", "did", "done", "doing", "have", "has", "had", "having", "can", "could", "will"),
        *("would", "shall", "should", "may", "might", "must", "get", "gets", "got", "getting"),
        *("go", "goes", "going", "let", "just", "now", "well", "also", "too", "very", "really"),
        *("ok", "okay", "yes", "yeah", "oh", "um", "uh", "please", "like", "know", "think", "say"),
        *"的了是我你您他她它们这那就也都在和不有吗呢吧啊呀哦嗯呃哎喂哈嘛么个把被给跟对说来去到会能要还再又很自己",
    )
)
"""Words that say little wherever they stand, as tokens are."""
_HEAVIEST: Final = 5
"""So many words of a stretch count: a whole sentence tells no more than its best words."""
_LONG: Final = 8
"""Letters of a word that tells as much as any."""
_CHARACTER: Final = 3
"""As many letters a Chinese character is worth."""


_NUMERALS: Final = frozenset("零〇一二三四五六七八九十百千万两亿")
_DIGITS: Final = 4
"""What all digits of a stretch tell at most: those of a card are not for every list."""


def telling(words: Iterable[str]) -> int:
    """Return how much the tokens of a stretch tell: more for long words and for many of them."""
    weights: list[int] = []
    digits = 0
    for word in words:
        if word[0].isdecimal():
            digits += len(word)
        else:
            weights.append(_weight(word))
    return sum(sorted(weights)[-_HEAVIEST:]) + min(digits, _DIGITS)


@lru_cache(maxsize=8192)
def _weight(word: str) -> int:
    if word in _LIGHT:
        return 0
    if word in _NUMERALS:
        return 2
    return min(len(word), _LONG) if word.isascii() else _CHARACTER
