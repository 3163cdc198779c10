"""Learns the word pieces that a model writes: pairs of pieces are joined, the most frequent first.

Byte-pair encoding (Sennrich, Haddow, Birch 2016, "Neural machine translation of rare words with
subword units"), over words with the sign `▁` at their beginning.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

BEGIN = "▁"
"""Stands where a word begins; sherpa-onnx takes it for a space."""
_SPECIAL = ("<blk>", "<sos/eos>", "<unk>")
"""The first tokens of every model of icefall."""
BLANK = 0

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The tokens of a model, and how words are cut into them."""

    tokens: tuple[str, ...]
    """By number."""
    merges: tuple[_Pair, ...]
    """In the order in which they are made."""

    def cut(self, word: str) -> tuple[str, ...]:
        """Return the pieces of a word."""
        return _cut(word, self.merges)

    def numbers(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's pieces."""
        known = _numbered(self.tokens)
        return tuple(known[piece] for piece in self.cut(word))

    def table(self) -> str:
        """Return `tokens.txt`: each token and its number."""
        return "".join(f"{token} {number}\n" for number, token in enumerate(self.tokens))

    def vocabulary(self) -> str:
        """Return `bpe.vocab` as sentencepiece writes it, by which sherpa-onnx cuts hotwords.

        A piece that was joined earlier has a higher score.
        """
        special = "".join(f"{token}\t0\n" for token in _SPECIAL)
        joined = {"".join(pair): -rank for rank, pair in enumerate(self.merges)}
        worst = -len(self.merges)
        return special + "".join(
            f"{token}\t{joined.get(token, worst)}\n" for token in self.tokens[len(_SPECIAL) :]
        )


def learn_pieces(counts: Mapping[str, int], size: int) -> Pieces:
    """Return pieces for words that occur so often, `size` tokens in all."""
    split = {word: _letters(word) for word in counts}
    letters = sorted({letter for pieces in split.values() for letter in pieces})
    merges: list[_Pair] = []
    while len(_SPECIAL) + len(letters) + len(merges) < size:
        pairs: Counter[_Pair] = Counter()
        for word, pieces in split.items():
            for pair in pairwise(pieces):
                pairs[pair] += counts[word]
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        split = {word: _join(pieces, best) for word, pieces in split.items()}
    joined = dict.fromkeys("".join(pair) for pair in merges)
    return Pieces((*_SPECIAL, *letters, *joined), tuple(merges))


def count_words(sentences: Iterable[Sequence[str]], vocabulary: Sequence[str]) -> Mapping[str, int]:
    """Return how often each word occurs; every word of the vocabulary a few times at least."""
    counts = Counter(dict.fromkeys(vocabulary, 3))
    for sentence in sentences:
        counts.update(sentence)
    return counts


def _letters(word: str) -> tuple[str, ...]:
    return (BEGIN, *word)


@lru_cache(maxsize=10_000)
def _cut(word: str, merges: tuple[_Pair, ...]) -> tuple[str, ...]:
    pieces = _letters(word)
    for pair in merges:
        if len(pieces) == 1:
            break
        pieces = _join(pieces, pair)
    return pieces


@lru_cache(maxsize=4)
def _numbered(tokens: tuple[str, ...]) -> Mapping[str, int]:
    return {token: number for number, token in enumerate(tokens)}


def _join(pieces: tuple[str, ...], pair: _Pair) -> tuple[str, ...]:
    return tuple(_joined(pieces, pair))


def _joined(pieces: tuple[str, ...], pair: _Pair) -> Iterator[str]:
    at = 0
    while at < len(pieces):
        if pieces[at : at + 2] == pair:
            yield pieces[at] + pieces[at + 1]
            at += 2
        else:
            yield pieces[at]
            at += 1
