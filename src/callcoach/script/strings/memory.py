"""Remembers which texts of a pack were accepted as one another's translations.

A target is stale where its source was changed after the two were last accepted together. That is
remembered as digests beside the pack, one pair of languages at a time.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from callcoach.errors import PackError
from callcoach.script.wording import Language


class State(StrEnum):
    """How a translation stands."""

    OK = "ok"
    MISSING = "missing"
    STALE = "stale"
    """The source was changed since, and the target was not."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Which texts were accepted as one another's translations."""

    pairs: Mapping[tuple[Language, Language], Mapping[str, tuple[str, str]]] = field(
        default_factory=dict
    )
    """By two languages in alphabetical order: a row's key to the digests of its two texts."""

    def state(self, source: Language, target: Language, key: str, texts: tuple[str, str]) -> State:
        """Return how a translation stands; `texts` are the source's and the target's."""
        if not texts[1]:
            return State.MISSING
        pair, digests = _pair(source, target, texts)
        known = self.pairs.get(pair, {})
        before = known.get(key)
        if before is None or digests in known.values():
            return State.OK
        place = pair.index(target)
        is_same_target = before[place] == digests[place]
        return State.STALE if is_same_target and before != digests else State.OK

    def accept(
        self, source: Language, target: Language, texts: Mapping[str, tuple[str, str]]
    ) -> "Memory":
        """Return a memory in which these sources and targets belong together."""
        pair = _pair(source, target, ("", ""))[0]
        fresh = {key: _pair(source, target, both)[1] for key, both in texts.items()}
        return Memory({**self.pairs, pair: {**self.pairs.get(pair, {}), **fresh}})


def _pair(
    source: Language, target: Language, texts: tuple[str, str]
) -> tuple[tuple[Language, Language], tuple[str, str]]:
    """Return two languages in alphabetical order, and the digests of their texts likewise."""
    one, other = (_digest(text) for text in texts)
    if source < target:
        return (source, target), (one, other)
    return (target, source), (other, one)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


FORMAT = 1
"""The version of the memory's file."""


def dump_memory(memory: Memory) -> str:
    """Return a memory as the text of its file, one row on a line."""
    pairs = [
        f'  "{"+".join(pair)}": {{\n'
        + ",\n".join(
            f"   {json.dumps(key, ensure_ascii=False)}: {json.dumps(digests)}"
            for key, digests in sorted(known.items())
        )
        + "\n  }"
        for pair, known in sorted(memory.pairs.items())
    ]
    inside = ",\n".join(pairs)
    return f'{{\n "format": {FORMAT},\n "pairs": {{\n{inside}\n }}\n}}\n'


def read_memory(text: str, file: str) -> Memory:
    """Return the memory that a file's text holds. Raises `PackError` where it holds none."""
    try:
        data: Any = json.loads(text)
        pairs = {
            _two(name.split("+")): {str(key): _two(digests) for key, digests in known.items()}
            for name, known in {FORMAT: data["pairs"]}[data["format"]].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise PackError(
            "{file} does not hold what callcoach remembers of translations",
            "delete it; callcoach script strings accept writes it anew",
            file=file,
        ) from error
    return Memory(pairs)


def _two(parts: Sequence[object]) -> tuple[str, str]:
    match parts:
        case [str() as one, str() as other]:
            return one, other
        case _:
            raise ValueError("these are not two texts")
