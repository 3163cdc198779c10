"""The phrases that occur in an utterance, and where."""

from collections.abc import Iterator, Sequence

import msgspec

from callcoach.words.engine.choose import Chosen
from callcoach.words.engine.scan import Match
from callcoach.words.normalise import Tokens


class Hit(msgspec.Struct, frozen=True, gc=False):
    """A phrase that occurred."""

    key: str
    phrase: str
    start: int
    """Where the words that matched begin in the utterance, in characters."""
    end: int
    """Where they end, exclusive."""
    first: int
    """The first token that matched."""
    past: int
    """Past the last token that matched."""


class Hits:
    """The hits in an utterance by key, each key's worked out when somebody asks for it.

    Most keys of a large pack that an utterance hits are asked for by nobody.
    """

    __slots__ = ("_chosen", "_known", "_phrases", "_tokens")

    def __init__(self, tokens: Tokens, chosen: Chosen, phrases: Sequence[str]) -> None:
        """Take what was chosen in `tokens`, and the phrases of all patterns."""
        self._tokens = tokens
        self._chosen = chosen
        self._phrases = phrases
        self._known: dict[str, tuple[Hit, ...]] = {}

    def __iter__(self) -> Iterator[str]:
        """Yield the keys that have a hit."""
        return iter(self._chosen)

    def of(self, key: str) -> tuple[Hit, ...]:
        """Return the hits of a key, in order of place."""
        known = self._known.get(key)
        if known is None:
            found = self._chosen.of(key)
            known = self._known[key] = tuple([self._hit(key, match) for match in found])
        return known

    def _hit(self, key: str, match: Match) -> Hit:
        first, minus_past, pattern = match
        start, end = self._tokens.starts[first], self._tokens.ends[-minus_past - 1]
        return Hit(key, self._phrases[pattern], start, end, first, -minus_past)
