"""Finds which of many phrases occur in an utterance, and where, in one pass over its tokens.

A phrase occurs where its words stand next to each other, and else where only hesitations and
stutters stand between them (`engine.thin`): "I um I am" holds "i am".
"""

from collections.abc import Iterable, Sequence
from functools import partial

from msgspec.structs import replace

from callcoach.words.engine.automaton import Automaton
from callcoach.words.engine.choose import Chooser
from callcoach.words.engine.codes import Alphabet, Sound
from callcoach.words.engine.compile import compile_patterns
from callcoach.words.engine.compiled import Compiled, Store, digest_of, read, write
from callcoach.words.engine.hits import Hit, Hits
from callcoach.words.engine.places import locate
from callcoach.words.engine.program import Pattern, Program
from callcoach.words.engine.scan import Match
from callcoach.words.engine.search import Found, Search
from callcoach.words.normalise import Tokens, tokenise

__all__ = ["Hit", "Hits", "Matcher", "Pattern", "Store"]

_Placed = tuple[int, int, str, int, int, int]
"""Start, end and key of a hit, by which hits are sorted; first token, past, and pattern."""


class Matcher:
    """Many phrases compiled into one automaton; immutable once built and free to share."""

    def __init__(
        self,
        patterns: Iterable[Pattern],
        *,
        fold: Sound | None = None,
        store: Store | None = None,
    ) -> None:
        """Compile `patterns`; raises `PhraseError` for one that is not in the notation.

        `fold` is applied to every word and Chinese character of phrases and utterances, except
        hesitations and numbers in digits. `store` keeps the compiled form for the next time,
        unless there is a `fold`.
        """
        program = _program(tuple(dict.fromkeys(patterns)), fold, store)
        self.patterns = program.patterns
        """What is looked for."""
        self._alphabet = Alphabet(program.words, fold)
        search = Search(program, self._alphabet.numerals)
        self._search = partial(search.one, Automaton(program, search.ends))
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
        chosen = self._chosen(self._search(codes, partial(self._alphabet.spoken, text)))
        return self._placed(text, codes, chosen) if chosen else ()

    def find(self, tokens: Tokens) -> tuple[Hit, ...]:
        """Return the hits in an utterance that is tokenised already, in order of place."""
        starts, ends, keys = tokens.starts, tokens.ends, self._keys
        return self._hits(
            [
                (starts[first], ends[-minus_past - 1], keys[pattern], first, -minus_past, pattern)
                for first, minus_past, pattern in self._chosen(self._found(tokens))
            ]
        )

    def by_key(self, tokens: Tokens) -> Hits:
        """Return the same hits by key."""
        return Hits(tokens, self._choose(self._found(tokens)), self._phrases)

    def _found(self, tokens: Tokens) -> Found:
        return self._search(self._alphabet.encode_words(tokens.words), lambda: tokens.words)

    def _chosen(self, found: Found) -> list[Match]:
        """Return the matches that count, those of a key together."""
        if not (found.plain or found.thinned):
            return []
        chosen = self._choose(found)
        return [match for key in chosen for match in chosen.of(key)]

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


def _program(patterns: tuple[Pattern, ...], fold: Sound | None, store: Store | None) -> Program:
    """Return patterns, none of which is there twice, compiled; from the store where it has them."""
    if fold is not None or store is None:
        return compile_patterns(patterns, Alphabet(sound=fold))
    digest = digest_of(patterns)
    data = store.get(digest)
    kept = None if data is None else read(data, Compiled)
    if kept is not None and kept.digest == digest:
        return replace(kept.program, patterns=patterns)
    program = compile_patterns(patterns, Alphabet())
    store.put(digest, write(Compiled(digest, replace(program, patterns=()))))
    return program
