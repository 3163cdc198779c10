"""Phrases as the phrase engine takes them."""

from collections.abc import Iterable, Iterator

from callcoach.script.terms import Phrase
from callcoach.words.match import Pattern


def patterns(
    key: str, phrases: Iterable[Phrase], unless: Iterable[Phrase] = ()
) -> Iterator[Pattern]:
    """Yield patterns that hit under `key` where `phrases` occur and nothing of `unless` does."""
    for phrase in phrases:
        yield Pattern(key, phrase.text.value)
    for phrase in unless:
        yield Pattern(key, phrase.text.value, veto=True)
