"""Finds which of many phrases occur in an utterance, and where, in one pass over its tokens.

A phrase occurs where its words stand next to each other, and else where only hesitations and
stutters stand between them (`engine.thin`): "I um I am" holds "i am".
"""

from collections.abc import Iterable, Sequence
from typing import Final

from callcoach.words.engine.choose import Chooser, Chosen, Hit, place
from callcoach.words.engine.codes import STUMBLES, Alphabet, Sound
from callcoach.words.engine.compile import compile_patterns
from callcoach.words.engine.compiled import Compiled, Store, digest_of
from callcoach.words.engine.program import Pattern
from callcoach.words.engine.scanners import Engine, Scanners
from callcoach.words.engine.search import Search, WordsAt, stumbled
from callcoach.words.normalise import Tokens, tokenise

__all__ = ["Engine", "Hit", "Matcher", "Pattern", "Store"]

_AT_ONCE: Final = 1_000
"""How many utterances make up one string for a scanner."""
_FEW: Final = 6
"""More hits than that are placed by tokenising the whole utterance."""


class Matcher:
    """Many phrases compiled into one automaton; immutable once built and free to share."""

    def __init__(
        self,
        patterns: Iterable[Pattern],
        *,
        fold: Sound | None = None,
        engine: Engine = "auto",
        store: Store | None = None,
    ) -> None:
        """Compile `patterns`; raises `PhraseError` for one that is not in the notation.

        `fold` is applied to every word and Chinese character of phrases and utterances, except
        hesitations and numbers in digits. `engine` is for comparisons. `store` keeps the
        compiled form for the next time, unless there is a `fold`.
        """
        compiled = _compiled(tuple(dict.fromkeys(patterns)), fold, store)
        program = compiled.program
        self._alphabet = Alphabet(program.words, fold)
        self._scanners = Scanners(compiled, engine, None if fold else store)
        self._search = Search(program)
        self._choose = Chooser(program.patterns).choose

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return the hits in `text`, in order of place.

        Hits of one key do not overlap: the leftmost counts, of those the longest.
        """
        codes = self._alphabet.encode(text)
        chosen = self._chosen(codes, lambda _: self._alphabet.spoken(text))
        return self._placed(text, codes, chosen) if chosen else ()

    def find(self, tokens: Tokens) -> tuple[Hit, ...]:
        """Return the hits in an utterance that is tokenised already."""
        codes = self._alphabet.encode_words(tokens.words)
        return _hits(self._chosen(codes, lambda _: tokens.words), tokens)

    def many(self, texts: Sequence[str]) -> list[tuple[Hit, ...]]:
        """Return the hits of each of `texts`, the same as `hits` would, several times faster."""
        found: list[tuple[Hit, ...]] = []
        for begin in range(0, len(texts), _AT_ONCE):
            found += self._batch(texts[begin : begin + _AT_ONCE])
        return found

    def _batch(self, texts: Sequence[str]) -> list[tuple[Hit, ...]]:
        """Return the hits of each of a few texts, which are scanned as one."""

        def words(at: int) -> tuple[str, ...]:
            return self._alphabet.spoken(texts[at])

        pair = self._scanners.for_many()
        parts = list(map(self._alphabet.encode, texts))
        plain = self._search.matches(pair, parts, words)
        hesitant = stumbled(parts)
        thinned = self._search.thinned(pair, parts, hesitant, words) if hesitant else {}
        found: list[tuple[Hit, ...]] = [()] * len(texts)
        for at in plain.keys() | thinned.keys() if thinned else plain:
            chosen = self._choose(plain.get(at, ()), thinned.get(at, ()))
            if chosen:
                found[at] = self._placed(texts[at], parts[at], chosen)
        return found

    def _chosen(self, codes: str, words: WordsAt) -> list[Chosen]:
        """Return the matches in one utterance that count."""
        pair = self._scanners.for_one()
        plain = self._search.matches(pair, (codes,), words)
        is_hesitant = STUMBLES.has_any(codes)
        thinned = self._search.thinned(pair, (codes,), (0,), words) if is_hesitant else {}
        return self._choose(plain.get(0, ()), thinned.get(0, ())) if plain or thinned else []

    def _placed(self, text: str, codes: str, chosen: Sequence[Chosen]) -> tuple[Hit, ...]:
        """Return what was chosen as hits in a text, in order of place."""
        if len(chosen) > _FEW:
            return _hits(chosen, tokenise(text))
        found: list[Hit] = []
        for first, past, pattern in chosen:
            start, end = self._alphabet.locate(text, codes, first, past)
            found.append(Hit(pattern.key, pattern.phrase, start, end, first, past))
        return tuple(sorted(found, key=place) if len(found) > 1 else found)


def _hits(chosen: Iterable[Chosen], tokens: Tokens) -> tuple[Hit, ...]:
    """Return what was chosen as hits among tokens, in order of place."""
    found: list[Hit] = []
    for first, past, pattern in chosen:
        start, end = tokens.starts[first], tokens.ends[past - 1]
        found.append(Hit(pattern.key, pattern.phrase, start, end, first, past))
    return tuple(sorted(found, key=place))


def _compiled(patterns: Sequence[Pattern], fold: Sound | None, store: Store | None) -> Compiled:
    """Return patterns compiled, from the store where it has them."""
    if fold is not None or store is None:
        return Compiled("", compile_patterns(patterns, Alphabet(sound=fold)))
    digest = digest_of(patterns)
    data = store.get(digest)
    kept = None if data is None else Compiled.from_bytes(data, digest)
    if kept is not None:
        return kept
    compiled = Compiled(digest, compile_patterns(patterns, Alphabet()))
    store.put(digest, compiled.to_bytes())
    return compiled
