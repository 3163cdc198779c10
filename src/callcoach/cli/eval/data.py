"""Which labelled calls an evaluation is about, and what else is made of them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from callcoach.archive.datasets import Dataset, read_dataset
from callcoach.call.evaluate.conditions import Corrupt
from callcoach.call.evaluate.gold import LabelledCall
from callcoach.call.evaluate.split import Overlap, Part, of_part, overlap
from callcoach.errors import UsageError, suggest
from callcoach.words.noise import Noise

_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody wants to look at."""

    part: Part
    labels: Sequence[str]
    """Only these; all where there are none."""
    ids: Sequence[str]
    """Only the calls with these ids; all where there are none."""


def read_all(paths: Sequence[Path], pairs: Sequence[str]) -> tuple[Dataset, ...]:
    """Return the data sets at some paths, each under a name of its own.

    `pairs` are `theirs=ours`: what labels of the files are called here. Raises `UsageError` for
    one that is no pair or about no label there is, `DatasetError` for a file that cannot be read.
    """
    renamed = _renames(pairs)
    found: dict[str, Dataset] = {}
    for path in paths:
        for dataset in read_dataset(path, renamed):
            name, number = dataset.name, 1
            while name in found:
                number += 1
                name = f"{dataset.name} ({number})"
            calls = tuple(replace(call, origin=name) for call in dataset.calls)
            found[name] = replace(dataset, name=name, calls=calls)
    known = _labels_of(call for dataset in found.values() for call in dataset.calls)
    for theirs, ours in renamed.items():
        if ours not in known:
            raise _unknown(theirs, known)
    return tuple(found.values())


def _labels_of(calls: Iterable[LabelledCall]) -> frozenset[str]:
    """Return the labels that were looked for in some calls."""
    return frozenset(one.label for call in calls for one in call.scope)


def _unknown(label: str, known: Iterable[str]) -> UsageError:
    advice = suggest(label, sorted(known))
    return UsageError("no data here have the label “{label}”", advice, label=label)


def _renames(pairs: Sequence[str]) -> Mapping[str, str]:
    renamed: dict[str, str] = {}
    for pair in pairs:
        theirs, sign, ours = (part.strip() for part in pair.partition("="))
        if not (theirs and sign and ours):
            raise UsageError("“{pair}” is no pair of names", "write --map bye=closing", pair=pair)
        renamed[theirs] = ours
    return renamed


def choose(calls: Sequence[LabelledCall], choice: Choice) -> tuple[LabelledCall, ...]:
    """Return the calls that are wanted, with only the wanted labels in their scope.

    Raises `UsageError` for a label or an id that there is not, and where no call is left.
    """
    known = _labels_of(calls)
    for label in choice.labels:
        if label not in known:
            raise _unknown(label, known)
    wanted = {id.strip() for given in choice.ids for id in given.split(",") if id.strip()}
    for id in sorted(wanted - {name for call in calls for name in (call.id, call.key)}):
        raise UsageError("there is no call “{id}” in these data", "check --only", id=id)
    chosen = tuple(
        _narrowed(call, choice.labels)
        for call in of_part(calls, choice.part)
        if not wanted or not wanted.isdisjoint((call.id, call.key))
    )
    if not chosen:
        raise UsageError("there is no call in this part", "leave out --part or --only")
    return chosen


def _narrowed(call: LabelledCall, labels: Sequence[str]) -> LabelledCall:
    if not labels:
        return call
    return replace(call, scope=frozenset(one for one in call.scope if one.label in labels))


def shared(calls: Sequence[LabelledCall], part: Part) -> Overlap | None:
    """Return how much of a part stands in the other one; None where all calls are looked at."""
    if part is Part.ALL:
        return None
    other = Part.DEV if part is Part.HELD else Part.HELD
    return overlap(of_part(calls, part), of_part(calls, other))


def mishearing(calls: Sequence[LabelledCall]) -> Corrupt:
    """Return what mishears, with the English words of the calls to put for others."""
    said = (one.text.lower() for call in calls for one in call.utterances)
    return Noise(Counter(word for text in said for word in _WORD.findall(text))).corrupt
