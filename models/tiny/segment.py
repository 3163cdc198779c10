"""Cuts Chinese sentences into the words that the recogniser writes, by the longest match."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segmenter:
    """A list of words; a character that begins none of them is a word of its own."""

    words: frozenset[str]
    longest: int
    """The longest word's length, in characters."""

    def cut(self, sentence: str) -> Iterator[str]:
        """Yield the words of a sentence without spaces: at each place the longest one."""
        at = 0
        while at < len(sentence):
            for length in range(min(self.longest, len(sentence) - at), 0, -1):
                word = sentence[at : at + length]
                if length == 1 or word in self.words:
                    yield word
                    at += length
                    break


def segmenter(words: Iterable[str]) -> Segmenter:
    """Return a segmenter for a list of words."""
    known = frozenset(words)
    return Segmenter(known, max((len(word) for word in known), default=1))
