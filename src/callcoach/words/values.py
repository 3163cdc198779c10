"""Finds what is known before a call where it is said: the name of the agent, of the customer."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from callcoach.words.normalise import is_character, tokenise

_TITLES: Final = frozenset(("mr", "mrs", "ms", "miss", "mister", "dr", "sir", "madam"))
_ADDRESSES: Final = ("先生", "女士", "小姐", "太太", "老师", "经理", "师傅", "总", "姐", "哥")
"""What follows a Chinese family name."""
_SHORTEST: Final = 3
"""Letters of a word that may stand for a whole name."""
_COMMON: Final = frozenset(
    (
        *("will", "may", "can", "bill", "sue", "pay", "day", "long", "good", "best", "young"),
        *("hope", "price", "cash", "case", "rich", "fair", "wise", "love", "gay", "low", "more"),
    )
)
"""Names that calls are full of as other words: they stand for one behind a title only."""

Words = tuple[str, ...]


def find_value(words: Words, value: str, in_part: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the first token of each place where a value is said, and past the last.

    `words` are the tokens of an utterance. `in_part`: a part of a name counts as well: one of its
    Latin words, a Chinese given name of two characters, a family name and how people are addressed.
    """
    forms = _forms(value, in_part)
    at = 0
    while at < len(words):
        form = next((form for form in forms if words[at : at + len(form)] == form), None)
        if form is not None:
            yield at, at + len(form)
        at += len(form) if form is not None else 1


@lru_cache(maxsize=256)
def _forms(value: str, in_part: bool) -> tuple[Words, ...]:
    """Return the tokens by which a value may be said, the longest first."""
    whole = tokenise(value).words
    forms = {whole}
    if in_part:
        parts = [word for word in whole if word not in _TITLES]
        forms.update((word,) for word in parts if len(word) >= _SHORTEST and word not in _COMMON)
        forms.update((title, word) for word in parts if word.isascii() for title in _TITLES)
        if whole and all(map(is_character, whole)):
            forms.update(_chinese(whole))
    return tuple(sorted(filter(None, forms), key=len, reverse=True))


def _chinese(whole: Words) -> Iterator[Words]:
    text = "".join(whole)
    name = next((text.removesuffix(it) for it in _ADDRESSES if text.endswith(it)), text)
    if len(name) >= 3:
        yield tuple(name[-2:])
    family = name[:2] if len(name) == 4 else name[:1]
    for address in _ADDRESSES if family else ():
        yield (*family, *address)
