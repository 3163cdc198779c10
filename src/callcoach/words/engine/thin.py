"""Leaves hesitations and stutters out of an utterance, so that they do not break a phrase."""

import re
from collections.abc import Sequence
from typing import Final

FILLERS: Final = frozenset(
    ("um", "umm", "uh", "uhh", "uhm", "er", "erm", "hm", "hmm", "mm", "ah", "eh")
) | frozenset("嗯呃唔啊噢")
"""Words that say nothing between others; alone, some are an answer, and phrases may name them."""

_STUTTERED_ENGLISH = """
    a an the i you he she we they it me my your our his her their this that these those and or but
    so if of to for from in on at by with is am are was were be have has had do does did can could
    will would should what when where which who how not just because
"""
STUTTERED: Final = frozenset("我你您他她它们这那就是在有的了不给跟和") | frozenset(
    _STUTTERED_ENGLISH.split()
)
"""Words that nobody doubles but by stammering, unlike 谢谢, 看看, "bye bye" and "no no"."""


class Stumbles:
    """Leaves hesitations and stutters out of strings of codes."""

    def __init__(self, fillers: frozenset[str], stuttered: frozenset[str]) -> None:
        """Take the codes of `FILLERS` and of `STUTTERED`."""
        self._stuttered = stuttered
        self._edges = "".join(fillers)
        said, doubled = ("".join(sorted(codes)) for codes in (fillers, stuttered))
        self._filler = re.compile(f"[{said}]+")
        self._stutter = re.compile(f"([{doubled}])\\1+")

    def thin(self, codes: str) -> str:
        """Return a string without its fillers, and with what was stuttered said once."""
        return self._stutter.sub(_once, self._filler.sub("", codes))

    def are_within(self, codes: str) -> bool:
        """Tell whether leaving them out brings together what is apart in a string."""
        inner = codes.strip(self._edges)
        return self._filler.search(inner) is not None or self._stutter.search(inner) is not None

    def copies(self, codes: str, thin: str) -> tuple[Sequence[int], Sequence[int]]:
        """Return where in `codes` the first and the last copy of each code of `thin` stand."""
        said: list[int] = []
        begin = 0
        for filler in self._filler.finditer(codes):
            said += range(begin, filler.start())
            begin = filler.end()
        said += range(begin, len(codes))
        if len(said) == len(thin):
            return said, said
        firsts: list[int] = []
        lasts: list[int] = []
        for at in said:
            if lasts and codes[at] == codes[lasts[-1]] and codes[at] in self._stuttered:
                lasts[-1] = at
            else:
                firsts.append(at)
                lasts.append(at)
        return firsts, lasts


def _once(stutter: re.Match[str]) -> str:
    return stutter[1]
