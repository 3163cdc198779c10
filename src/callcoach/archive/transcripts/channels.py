"""Finds out that two channels of a recording hold the same words, and makes one of them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from callcoach.archive.transcripts.model import NoteCode, Said
from callcoach.archive.transcripts.notes import Notebook

_APART = 2.0
"""Seconds between the beginnings of an utterance and its twin, at most."""
_FEWEST = 3
"""Twins before channels are thought to be alike: people do repeat each other."""
_SHARE = 0.8
"""Of the characters of each channel that have a twin in the other."""


def merge_channels(said: Sequence[Said], notebook: Notebook) -> Sequence[Said]:
    """Return utterances without those that a second channel repeats.

    Where two channels hold the same, nobody's label means anything: all of them are taken away.
    """
    labels = {one.label for one in said}
    if len(labels) != 2:
        return said
    twins = _twins(said)
    lengths = {label: sum(len(one.text) for one in said if one.label == label) for label in labels}
    paired = dict.fromkeys(labels, 0)
    for first, second in twins.items():
        for place in (first, second):
            paired[said[place].label] += len(said[place].text)
    if len(twins) < _FEWEST or any(paired[it] < _SHARE * lengths[it] for it in labels):
        return said
    left_out = frozenset(twins.values())
    for place in left_out:
        notebook.add(NoteCode.CHANNELS_ALIKE, said[place].line)
    return [replace(one, label="") for place, one in enumerate(said) if place not in left_out]


def may_be_alike(texts: Sequence[str]) -> bool:
    """Tell whether so much is said twice that channels may be alike; where not, they are not."""
    folded = list(map(str.casefold, texts))
    if len(folded) - len(set(folded)) < _FEWEST:
        return False
    counts = Counter(folded)
    repeated = sum(len(it) for it, key in zip(texts, folded, strict=True) if counts[key] > 1)
    return repeated > _SHARE * sum(map(len, texts)) - 1


def _twins(said: Sequence[Said]) -> dict[int, int]:
    """Return the places of utterances and of the same words in the other channel at that time."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(said):
        if one.start is not None:
            places[one.text.casefold()].append(place)
    twins: dict[int, int] = {}
    taken: set[int] = set()
    for words, alike in places.items():
        ordered = sorted(alike, key=lambda place: said[place].start or 0.0)
        for place, following in pairwise(ordered):
            one, other = said[place], said[following]
            is_near = (other.start or 0.0) - (one.start or 0.0) <= _APART
            if words and is_near and one.label != other.label and place not in taken:
                twins[min(place, following)] = max(place, following)
                taken.update((place, following))
    return twins
