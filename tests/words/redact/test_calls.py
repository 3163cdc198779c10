"""How well redaction finds what is marked in whole stretches of calls that were written unseen.

`calls.tsv` holds them, with every datum marked, by somebody who had not seen the rules. Of the
stretches with odd numbers errors were read to mend the rules, of those with even numbers only the
totals: they hold the floors here, which lie a little under what was reached.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from callcoach.words.redact import find_all
from tests.words.redact.marked import tokens_of, unmark_spans

_ROWS = [
    row.split("\t")
    for row in Path(__file__).with_name("calls.tsv").read_text("utf-8").splitlines()[1:]
]
_FLOORS = {
    "en": {
        "account": 0.9, "address": 0.6, "birth": 0.5, "card": 0.95, "email": 0.95, "id": 0.95,
        "name": 0.74, "phone": 0.95, "secret": 0.5,
    },
    "zh": {
        "account": 0.95, "address": 0.65, "birth": 0.85, "card": 0.95, "email": 0.95, "id": 0.88,
        "name": 0.55, "phone": 0.58, "secret": 0.95,
    },
}  # fmt: skip
_PRECISION = 0.92


def _even(language: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the turns (speaker, marked text) of each stretch with an even number."""
    stretches: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for stretch, of_language, speaker, said in _ROWS:
        if of_language == language and int(stretch[1:]) % 2 == 0:
            stretches[stretch].append((speaker, said))
    yield from stretches.values()


def _counted(language: str) -> tuple[dict[str, float], float]:
    """Return the share found of each kind, in tokens, and the share of the hidden that is right."""
    marked, met, hidden, right = Counter[str](), Counter[str](), 0, 0
    for turns in _even(language):
        plain = [(speaker, *unmark_spans(said)) for speaker, said in turns]
        everything = find_all((speaker, text) for speaker, text, _ in plain)
        for (_, text, spans), found in zip(plain, everything, strict=True):
            for expected, got in tokens_of(text, spans, found):
                marked[expected or ""] += 1
                met[expected or ""] += got is not None
                hidden += got is not None
                right += got is not None and expected is not None
    return {kind: met[kind] / total for kind, total in marked.items() if kind}, right / hidden


@pytest.mark.parametrize("language", ["en", "zh"])
def test_most_of_what_is_personal_is_hidden_and_little_else(language: str) -> None:
    found, precision = _counted(language)
    low = {kind: share for kind, share in found.items() if share < _FLOORS[language][kind]}
    assert low == {}
    assert set(found) == set(_FLOORS[language])
    assert precision >= _PRECISION
