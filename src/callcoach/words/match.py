"""Finds which of many phrases occur in an utterance, and where, in one pass over its tokens.

A phrase occurs where its words stand next to each other, and else where only hesitations and
stutters stand between them (`engine.thin`): "I um I am" holds "i am".
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from callcoach.words.engine.choose import Chooser, Hit, Match
from callcoach.words.engine.codes import SEPARATOR, Alphabet, Sound
from callcoach.words.engine.compile import compile_patterns
from callcoach.words.engine.compiled import Compiled, Store, digest_of, read, write
from callcoach.words.engine.places import locate
from callcoach.words.engine.program import Pattern
from callcoach.words.engine.scanners import Engine, Scanners
from callcoach.words.engine.search import Search, Utterances, WordsAt
from callcoach.words.normalise import Tokens, tokenise

__all__ = ["Engine", "Hit", "Matcher", "Pattern", "Store"]

_AT_ONCE: Final = 4_000
"""How many utterances make up one string for a scanner."""
_Placed = tuple[int, int, str, int, int, int]
"""Start, end and key of a hit, by which hits are sorted; first token, past, and pattern."""


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
        self.patterns = program.patterns
        """What is looked for."""
        self._alphabet = Alphabet(program.words, fold)
        self._search = search = Search(program, self._alphabet.numerals)
        kept = None if fold else store
        self._scanners = Scanners(compiled, engine, kept, search.ends)
        self._choose = Chooser(program.patterns).choose
        self._keys = [pattern.key for pattern in program.patterns]
        self._phrases = [pattern.phrase for pattern in program.patterns]

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return the hits in `text`, in order of place.

        Hits of one key do not overlap: the leftmost counts, of those the longest.
        """
        codes = self._alphabet.encode(text)
        if codes is None:
            return self.find(tokenise(text))
        scanner = self._scanners.for_one()
        plain, thinned = self._search.one(scanner, codes, partial(self._alphabet.spoken, text))
        chosen = self._choose(plain, thinned) if plain or thinned else ()
        return self._placed(text, codes, chosen) if chosen else ()

    def find(self, tokens: Tokens) -> tuple[Hit, ...]:
        """Return the hits in an utterance that is tokenised already."""
        codes = self._alphabet.encode_words(tokens.words)
        scanner = self._scanners.for_one()
        plain, thinned = self._search.one(scanner, codes, lambda: tokens.words)
        return self._among(tokens, self._choose(plain, thinned)) if plain or thinned else ()

    def find_many(self, said: Sequence[Tokens]) -> list[tuple[Hit, ...]]:
        """Return the hits of each of `said`, the same as `find` would, some faster."""
        found: list[tuple[Hit, ...]] = []
        for begin in range(0, len(said), _AT_ONCE):
            found += self._find_batch(said[begin : begin + _AT_ONCE])
        return found

    def many(self, texts: Sequence[str]) -> list[tuple[Hit, ...]]:
        """Return the hits of each of `texts`, the same as `hits` would, several times faster."""
        found: list[tuple[Hit, ...]] = []
        for begin in range(0, len(texts), _AT_ONCE):
            found += self._batch(texts[begin : begin + _AT_ONCE])
        return found

    def _batch(self, texts: Sequence[str]) -> list[tuple[Hit, ...]]:
        """Return the hits of each of a few texts, which are scanned as one."""
        codes, order = self._alphabet.encode_many(texts)
        some = Utterances.of(codes)

        def words(at: int) -> tuple[str, ...]:
            return self._alphabet.spoken(texts[order[at]])

        found: list[tuple[Hit, ...]] = [()] * len(texts)
        for at, chosen in self._chosen(some, words):
            found[order[at]] = self._placed(texts[order[at]], some.parts[at], chosen)
        return found

    def _find_batch(self, said: Sequence[Tokens]) -> list[tuple[Hit, ...]]:
        """Return the hits of each of a few utterances, which are scanned as one."""
        some = Utterances.of(
            SEPARATOR.join([self._alphabet.encode_words(one.words) for one in said])
        )
        found: list[tuple[Hit, ...]] = [()] * len(said)
        for at, chosen in self._chosen(some, lambda at: said[at].words):
            found[at] = self._among(said[at], chosen)
        return found

    def _chosen(self, some: Utterances, words: WordsAt) -> Iterator[tuple[int, list[Match]]]:
        """Yield the utterances in which matches count, and these."""
        plain, thinned = self._search.many(self._scanners.for_many(), some, words)
        for at in plain.keys() | thinned.keys() if thinned else plain:
            chosen = self._choose(plain.get(at, ()), thinned.get(at, ()))
            if chosen:
                yield at, chosen

    def _among(self, tokens: Tokens, chosen: Sequence[Match]) -> tuple[Hit, ...]:
        """Return what was chosen as hits in an utterance that is tokenised."""
        starts, ends, keys = tokens.starts, tokens.ends, self._keys
        return self._hits(
            [
                (starts[first], ends[-minus_past - 1], keys[pattern], first, -minus_past, pattern)
                for first, minus_past, pattern in chosen
            ]
        )

    def _placed(self, text: str, codes: str, chosen: Sequence[Match]) -> tuple[Hit, ...]:
        """Return what was chosen as hits in a text."""
        if len(chosen) == 1:
            ((first, minus_past, pattern),) = chosen
            ((start, end),) = locate(text, codes, ((first, -minus_past),))
            key, phrase = self._keys[pattern], self._phrases[pattern]
            return (Hit(key, phrase, start, end, first, -minus_past),)
        spans = [(first, -minus_past) for first, minus_past, _ in chosen]
        return self._hits(
            [
                (start, end, self._keys[pattern], first, -minus_past, pattern)
                for (start, end), (first, minus_past, pattern) in zip(
                    locate(text, codes, spans), chosen, strict=True
                )
            ]
        )

    def _hits(self, placed: list[_Placed]) -> tuple[Hit, ...]:
        """Return hits in order of place."""
        phrases = self._phrases
        placed.sort()
        return tuple(
            [
                Hit(key, phrases[pattern], start, end, first, past)
                for start, end, key, first, past, pattern in placed
            ]
        )


def _compiled(patterns: Sequence[Pattern], fold: Sound | None, store: Store | None) -> Compiled:
    """Return patterns compiled, from the store where it has them."""
    if fold is not None or store is None:
        return Compiled("", compile_patterns(patterns, Alphabet(sound=fold)))
    digest = digest_of(patterns)
    data = store.get(digest)
    kept = None if data is None else read(data, Compiled)
    if kept is not None and kept.digest == digest:
        return kept
    compiled = Compiled(digest, compile_patterns(patterns, Alphabet()))
    store.put(digest, write(compiled))
    return compiled
