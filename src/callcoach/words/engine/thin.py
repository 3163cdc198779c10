"""Leaves hesitations and stutters out of an utterance, so that they do not break a phrase."""

import re
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
        self._fillers = fillers
        self._stuttered = stuttered
        said, doubled = ("".join(sorted(codes)) for codes in (fillers, stuttered))
        self._filler = re.compile(f"[{said}]+")
        self._stutter = re.compile(f"([{doubled}])\\1+")

    def thin(self, codes: str) -> str:
        """Return a string without its fillers, and with what was stuttered said once."""
        return self._stutter.sub(_once, self._filler.sub("", codes))

    def copies(self, codes: str) -> list[tuple[int, int]]:
        """Return the first and the last copy in `codes` of each code of the thinned string."""
        said = [(at, at) for at, code in enumerate(codes) if code not in self._fillers]
        if self._stutter.search(self._filler.sub("", codes)) is None:
            return said
        kept: list[tuple[int, int]] = []
        for at, _ in said:
            if kept and codes[at] == codes[kept[-1][1]] and codes[at] in self._stuttered:
                kept[-1] = kept[-1][0], at
            else:
                kept.append((at, at))
        return kept


def _once(stutter: re.Match[str]) -> str:
    return stutter[1]
