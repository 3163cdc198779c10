"""Builds the graph from the net's phones to words, in the shape that Vosk composes with a grammar.

A word's label stands on the arc of its first phone. Vosk can then compose the graph with a
grammar while it decodes, without OpenFst's look-ahead types. Every state but the hubs belongs to
one phone, because its self-loop comes after the arc that enters it, as Vosk expects.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.tiny.acoustics import go_on, leave
from models.tiny.fst import EPSILON, Fst
from models.tiny.grammar import UNKNOWN
from models.tiny.lexicon import Lexicon, Spelling
from models.tiny.phones import SILENCE, PhoneSet

_PAUSE = 0.3
"""The chance of a pause between two words."""
_UNKNOWN_WORD, _UNKNOWN_PHONE = 2.0, 1.5
"""The cost of a word that is not in the lexicon, and of each of its phones beside that."""
_KINDS = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}


@dataclass(frozen=True)
class PlacedPhones:
    """The phones by their place in a word: Vosk finds the words' times by it."""

    phones: PhoneSet

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return silence, then each phone as begin, end, inside and whole of a word."""
        placed = (f"{name}_{kind}" for name in self.phones.names[1:] for kind in _KINDS)
        return (SILENCE, *placed)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of each placed phone, counted from 1."""
        return {name: number for number, name in enumerate(self.names, 1)}

    @property
    def outputs(self) -> list[int]:
        """Return the net's output for each placed phone."""
        return [self.phones.numbers[name.partition("_")[0]] for name in self.names]

    def boundaries(self) -> str:
        """Return Kaldi's `word_boundary.int`."""
        kinds = ("nonword" if name == SILENCE else _KINDS[name[-1]] for name in self.names)
        return "".join(f"{number} {kind}\n" for number, kind in enumerate(kinds, 1))


def place(spelling: Spelling) -> Spelling:
    """Return a word's phones with their places."""
    if len(spelling) == 1:
        return (f"{spelling[0]}_S",)
    first, *inside, last = spelling
    return (f"{first}_B", *(f"{phone}_I" for phone in inside), f"{last}_E")


def word_numbers(words: Sequence[str]) -> dict[str, int]:
    """Return the number of each word, the unknown one among them; 0 is epsilon."""
    return {word: number for number, word in enumerate((UNKNOWN, *sorted(words)), 1)}


def lexicon_graph(lexicon: Lexicon, words: dict[str, int], phones: PlacedPhones) -> Fst:
    """Return the transducer from transition ids to words, in any order of words."""
    builder = _Builder(phones.numbers)
    for word, pronunciations in lexicon.items():
        for pronunciation in pronunciations:
            builder.word(words[word], place(pronunciation.phones), -math.log(pronunciation.weight))
    builder.unknown(words[UNKNOWN], phones.phones.names[1:])
    return builder.fst


@dataclass(slots=True)
class _Builder:
    """The hubs of the graph, and the ends of words that are already in it."""

    numbers: dict[str, int]
    fst: Fst = field(default_factory=Fst)
    before: int = field(init=False)
    """The hub from which every word begins."""
    after: int = field(init=False)
    """The hub to which every word leads."""
    _tails: dict[Spelling, int] = field(default_factory=dict)
    """The state reached with the first phone of a tail; words that end alike share it."""

    def __post_init__(self) -> None:
        start, self.before, self.after = (self.fst.state() for _ in range(3))
        self.fst.final[self.before] = 0.0
        for hub, chance in ((start, 0.5), (self.after, _PAUSE)):
            pause = self._phone_state(SILENCE)
            self.fst.arc(hub, EPSILON, EPSILON, -math.log(1 - chance), self.before)
            self.fst.arc(hub, leave(self.numbers[SILENCE]), EPSILON, -math.log(chance), pause)
            self.fst.arc(pause, EPSILON, EPSILON, 0.0, self.before)

    def word(self, number: int, phones: Spelling, cost: float) -> None:
        """Add one way of saying a word."""
        self.fst.arc(self.before, leave(self.numbers[phones[0]]), number, cost, self._tail(phones))

    def unknown(self, number: int, names: Sequence[str]) -> None:
        """Add the word that is any string of two or more phones."""
        inside = self.fst.state()
        for phone, hub, label, cost in self._unknown_arcs(number, names, inside):
            to = self._phone_state(phone)
            self.fst.arc(hub, leave(self.numbers[phone]), label, cost, to)
            self.fst.arc(to, EPSILON, EPSILON, 0.0, inside)
        for name in names:
            end = self._tail((f"{name}_E",))
            self.fst.arc(inside, leave(self.numbers[f"{name}_E"]), EPSILON, _UNKNOWN_PHONE, end)

    def _unknown_arcs(
        self, number: int, names: Sequence[str], inside: int
    ) -> Iterator[tuple[str, int, int, float]]:
        for name in names:
            yield f"{name}_B", self.before, number, _UNKNOWN_WORD + _UNKNOWN_PHONE
            yield f"{name}_I", inside, EPSILON, _UNKNOWN_PHONE

    def _tail(self, phones: Spelling) -> int:
        if phones not in self._tails:
            first, *rest = phones
            state = self._tails[phones] = self._phone_state(first)
            if rest:
                to = self._tail(tuple(rest))
                self.fst.arc(state, leave(self.numbers[rest[0]]), EPSILON, 0.0, to)
            else:
                self.fst.arc(state, EPSILON, EPSILON, 0.0, self.after)
        return self._tails[phones]

    def _phone_state(self, phone: str) -> int:
        state = self.fst.state()
        self.fst.arc(state, go_on(self.numbers[phone]), EPSILON, 0.0, state)
        return state
