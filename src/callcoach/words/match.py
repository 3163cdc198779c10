"""Finds which of many phrases occur in an utterance, and where, in one pass over its tokens.

A phrase occurs where its words stand next to each other, and else where only hesitations and
stutters stand between them (`engine.thin`): "I um I am" holds "i am".
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

from callcoach.words.engine.choose import Chooser, Chosen, Hit, place
from callcoach.words.engine.codes import Alphabet, Sound
from callcoach.words.engine.compile import compile_patterns
from callcoach.words.engine.compiled import Compiled, Store, digest_of
from callcoach.words.engine.places import Places
from callcoach.words.engine.program import Pattern
from callcoach.words.engine.scanners import Engine, Scanners
from callcoach.words.engine.search import Search, Utterances
from callcoach.words.normalise import Tokens, straight, tokenise

__all__ = ["Engine", "Hit", "Matcher", "Pattern", "Store"]

_AT_ONCE: Final = 1_000
"""How many utterances make up one string for a scanner."""


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
        self._places = Places()
        self._scanners = Scanners(compiled, engine, None if fold else store)
        self._search = Search(program, self._alphabet.numerals)
        self._choose = Chooser(program.patterns).choose
        self._keys = [pattern.key for pattern in program.patterns]
        self._phrases = [pattern.phrase for pattern in program.patterns]

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return the hits in `text`, in order of place.

        Hits of one key do not overlap: the leftmost counts, of those the longest.
        """
        text = straight(text)
        codes = self._alphabet.encode(text)
        if codes is None:
            return self.find(tokenise(text))
        pair = self._scanners.for_one()
        plain, thinned = self._search.one(pair, codes, partial(self._alphabet.spoken, text))
        chosen = self._choose(plain, thinned) if plain or thinned else None
        return self._placed(text, codes, chosen) if chosen else ()

    def find(self, tokens: Tokens) -> tuple[Hit, ...]:
        """Return the hits in an utterance that is tokenised already."""
        codes = self._alphabet.encode_words(tokens.words)
        pair = self._scanners.for_one()
        plain, thinned = self._search.one(pair, codes, lambda: tokens.words)
        chosen = self._choose(plain, thinned) if plain or thinned else ()
        starts, ends = tokens.starts, tokens.ends
        spans = [(starts[first], ends[past - 1]) for first, past, _ in chosen]
        return self._hits(chosen, spans)

    def many(self, texts: Sequence[str]) -> list[tuple[Hit, ...]]:
        """Return the hits of each of `texts`, the same as `hits` would, several times faster."""
        found: list[tuple[Hit, ...]] = []
        for begin in range(0, len(texts), _AT_ONCE):
            found += self._batch(texts[begin : begin + _AT_ONCE])
        return found

    def _batch(self, texts: Sequence[str]) -> list[tuple[Hit, ...]]:
        """Return the hits of each of a few texts, which are scanned as one."""
        texts = list(map(straight, texts))
        codes, order = self._alphabet.encode_many(texts)
        some = Utterances.of(codes)

        def words(at: int) -> tuple[str, ...]:
            return self._alphabet.spoken(texts[order[at]])

        plain, thinned = self._search.many(self._scanners.for_many(), some, words)
        found: list[tuple[Hit, ...]] = [()] * len(texts)
        for at in plain.keys() | thinned.keys() if thinned else plain:
            chosen = self._choose(plain.get(at, ()), thinned.get(at, ()))
            if chosen:
                found[order[at]] = self._placed(texts[order[at]], some.parts[at], chosen)
        return found

    def _placed(self, text: str, codes: str, chosen: Sequence[Chosen]) -> tuple[Hit, ...]:
        """Return what was chosen as hits in a text, in order of place."""
        spans = [(first, past) for first, past, _ in chosen]
        return self._hits(chosen, self._places.locate(text, codes, spans))

    def _hits(self, chosen: Sequence[Chosen], places: Iterable[tuple[int, int]]) -> tuple[Hit, ...]:
        """Return what was chosen as hits at `places`, in order of place."""
        keys, phrases = self._keys, self._phrases
        if len(chosen) == 1:
            ((first, past, pattern),), ((start, end),) = chosen, places
            return (Hit(keys[pattern], phrases[pattern], start, end, first, past),)
        found = [
            Hit(keys[pattern], phrases[pattern], start, end, first, past)
            for (first, past, pattern), (start, end) in zip(chosen, places, strict=True)
        ]
        found.sort(key=place)
        return tuple(found)


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
