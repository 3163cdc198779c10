"""Conditions made ready: each tells, for one utterance, whether it holds and by which words.

A node only looks at what has been said; where its answer depends on what is still to come it says
`OPEN` and is asked again. So a call judged while it goes on and one judged afterwards agree.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Protocol

from msgspec.structs import replace

from callcoach.call.rules.talk import (
    ASLEEP,
    NO,
    OPEN,
    Found,
    Talk,
    Truth,
    Verdict,
    apart,
    decided,
    place_of,
)
from callcoach.script.model import Speaker, StepId
from callcoach.script.rules import Distance, RuleId, Unit

_MAX_COMBINATIONS = 200
"""Of hits of several conditions, looked at for one utterance."""


class Node(Protocol):
    """A condition of the scope `utterance`."""

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return whether it holds for an utterance, and the words that met it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What other rules found in the utterance."""

    rules: tuple[RuleId, ...]

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the hits of the rules; open where one of them is and none is known."""
        hits: list[Found] = []
        for rule in self.rules:
            known = talk.found.get(rule)
            if not known:
                continue
            past = len(known)
            if known[-1].utterance > index:
                past = bisect_left(known, (index + 1, 0), key=place_of)
            for at in range(past - 1, -1, -1):
                if known[at].utterance != index:
                    break
                hits.append(known[at])
        if hits:
            if len(hits) > 1:
                hits.sort(key=place_of)
            return Verdict(Truth.YES, tuple(hits))
        if talk.open and any(index in talk.open.get(rule, ()) for rule in self.rules):
            return OPEN
        return NO


class Some:
    """At least so many of the parts hold in the utterance."""

    def __init__(self, count: int, parts: Iterable[tuple[Node, frozenset[int] | None]]) -> None:
        """Take with each part the leaves without one of which it cannot hold.

        None: it has to be asked.
        """
        self._count = count
        self._parts: list[Node] = []
        self._always = 0
        self._by_leaf: dict[int, int] = {}
        """The parts that may hold where a leaf was hit, one bit each."""
        for place, (part, leaves) in enumerate(parts):
            self._parts.append(part)
            if leaves is None:
                self._always |= 1 << place
            for leaf in leaves or ():
                self._by_leaf[leaf] = self._by_leaf.get(leaf, 0) | 1 << place

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the words of all the parts that hold."""
        places, by_leaf = self._always, self._by_leaf
        for leaf in talk.leaves[index].keys() & by_leaf.keys():
            places |= by_leaf[leaf]
        spare = places.bit_count() - self._count
        if spare < 0:
            return NO
        held: list[Verdict] = []
        while places:
            place = places & -places
            places ^= place
            verdict = self._parts[place.bit_length() - 1].at(talk, index)
            if verdict.truth is Truth.YES:
                held.append(verdict)
            elif verdict.truth is Truth.NO:
                spare -= 1
                if spare < 0:
                    return NO
        if len(held) >= self._count:
            if len(held) == 1 and len(held[0].found) == 1:
                return held[0]
            hits = sorted((found for verdict in held for found in verdict.found), key=_order)
            return Verdict(Truth.YES, tuple(hits))
        return OPEN


def _order(found: Found) -> tuple[int, int, int]:
    return found.utterance, found.first, -found.past


@dataclass(frozen=True, slots=True)
class Nothing:
    """None of the parts holds in the utterance."""

    parts: tuple[Node, ...]

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return that it holds where none does: by no words in particular."""
        truth = max((part.at(talk, index).truth for part in self.parts), default=Truth.NO)
        if truth is Truth.NO:
            return Verdict(Truth.YES)
        return OPEN if truth is Truth.OPEN else NO


@dataclass(frozen=True, slots=True)
class Close:
    """Hits of all the parts near one another; it holds where the last of them is said."""

    parts: tuple[Node, ...]
    distance: Distance
    is_ordered: bool

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the words from the first of the hits to the last, in the last one's utterance."""
        sets: list[tuple[Found, ...]] = []
        for part in self.parts:
            hits = tuple(self._hits(part, talk, index))
            if not hits:
                return NO
            sets.append(hits)
        if not any(hit.utterance == index for hits in sets for hit in hits):
            return NO
        joined: dict[tuple[int, int], Found] = {}
        for count, chosen in enumerate(product(*sets)):
            if count == _MAX_COMBINATIONS:
                break
            hit = self._join(talk, index, chosen)
            if hit is not None:
                joined.setdefault((hit.first, hit.past), hit)
        return decided(apart(sorted(joined.values(), key=_extent)))

    def _hits(self, part: Node, talk: Talk, index: int) -> Iterator[Found]:
        """Yield the hits of a part in this utterance and those before it that may be near."""
        yield from _words(part, talk, index)
        if self.distance.unit is Unit.WORDS:
            return
        anchor = talk.whole(index)
        for at in range(index - 1, -1, -1):
            if not talk.is_within(talk.whole(at), anchor, self.distance):
                return
            yield from _words(part, talk, at)

    def _join(self, talk: Talk, index: int, chosen: tuple[Found, ...]) -> Found | None:
        if max(hit.utterance for hit in chosen) != index:
            return None
        hits = sorted(chosen, key=_extent)
        if self.is_ordered and tuple(hits) != chosen:
            return None
        for one, other in pairwise(hits):
            if one.utterance == other.utterance and other.first < one.past:
                return None
            if not talk.is_within(one, other, self.distance):
                return None
        here = [hit for hit in hits if hit.utterance == index]
        span = talk.span(index, here[0].first, max(hit.past for hit in here))
        return replace(
            span,
            phrase=" … ".join(dict.fromkeys(hit.phrase for hit in chosen if hit.phrase)),
            confidence=min(hit.confidence for hit in hits),
            also=tuple(hit.words for hit in hits),
        )


@dataclass(frozen=True, slots=True)
class Chained:
    """Parts that follow one another; it holds where the last one that is to be there is met."""

    links: tuple["ChainLink", ...]

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the last part's words, with those before it as what they rest on."""
        last = max(at for at, link in enumerate(self.links) if not link.is_absent)
        truth, hits = Truth.NO, []
        for hit in _words(self.links[last].part, talk, index):
            chain = self._back(talk, last, hit)
            if chain is None:
                continue
            outlook = self._ahead(talk, last, hit)
            truth = max(truth, outlook)
            if outlook is Truth.YES:
                hits.append(replace(hit, also=tuple(found.words for found in chain)))
        return Verdict(truth, tuple(hits))

    def _back(self, talk: Talk, at: int, hit: Found) -> tuple[Found, ...] | None:
        """Return the hits of the links up to `at`, which is met by `hit`; None: there are none."""
        before = max((one for one in range(at) if not self.links[one].is_absent), default=None)
        if before is None:
            return (hit,)
        within = self.links[at].within
        link = self.links[before]
        for index in range(hit.utterance, -1, -1):
            if talk.is_beyond(index, hit, within):
                return None
            if not link.may_hold(talk, index):
                continue
            for found in reversed(_words(link.part, talk, index)):
                if not _ends_before(found, hit):
                    continue
                if not talk.is_within(found, hit, within):
                    if within is not None and not within.is_beyond:
                        return None
                    continue
                if self._is_clear(talk, range(before + 1, at), found, hit):
                    chain = self._back(talk, before, found)
                    if chain is not None:
                        return (*chain, hit)
        return None

    def _is_clear(self, talk: Talk, absent: range, since: Found, until: Found) -> bool:
        """Tell whether nothing that has to be absent was said between two hits."""
        return not any(
            _ends_before(since, found) and _ends_before(found, until)
            for link in absent
            for index in range(since.utterance, until.utterance + 1)
            if self.links[link].may_hold(talk, index)
            for found in _words(self.links[link].part, talk, index)
        )

    def _ahead(self, talk: Talk, last: int, hit: Found) -> Truth:
        """Tell whether what has to be absent after the last hit is absent, as far as is known."""
        truth = Truth.YES
        for link in self.links[last + 1 :]:
            for index in range(hit.utterance, len(talk.said)):
                if not link.may_hold(talk, index):
                    continue
                for found in _words(link.part, talk, index):
                    if _ends_before(hit, found) and talk.is_within(hit, found, link.within):
                        return Truth.NO
            if not talk.is_past(hit, link.within):
                truth = Truth.OPEN
        return truth


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One part of a chain."""

    part: Node
    within: Distance | None
    is_absent: bool
    leaves: frozenset[int] | None
    """Without one of which the part cannot hold; None: it has to be asked."""

    def may_hold(self, talk: Talk, index: int) -> bool:
        """Tell whether the part may hold for an utterance."""
        return self.leaves is None or not self.leaves.isdisjoint(talk.leaves[index])


def _ends_before(one: Found, other: Found) -> bool:
    """Tell whether a hit is over when the other begins."""
    return (one.utterance, one.past) <= other.place and one.place < other.place


@dataclass(frozen=True, slots=True)
class Bounded:
    """A condition of which only some hits count."""

    part: Node
    speaker: Speaker | None
    steps: frozenset[StepId]
    bounds: tuple["Bound", ...]
    unless: tuple[Node, ...]
    least: int
    most: int | None

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the hits that every bound lets through."""
        said = talk.said[index]
        if self.speaker is not None and said.speaker is not self.speaker:
            return NO
        if self.steps and self.steps.isdisjoint(said.steps):
            return NO
        verdict = self.part.at(talk, index)
        if verdict.truth is not Truth.YES:
            return verdict
        hits = verdict.found or (talk.whole(index),)
        is_open = False
        for node in self.unless:
            veto = node.at(talk, index)
            is_open |= veto.truth is Truth.OPEN
            for found in _words_of(veto, talk, index):
                hits = tuple(
                    [hit for hit in hits if hit.first >= found.past or found.first >= hit.past]
                )
        kept: list[Found] = []
        for hit in hits:
            truth = self._lets(talk, hit)
            is_open |= truth is Truth.OPEN
            if truth is Truth.YES:
                kept.append(hit)
        if self.most is not None and len(kept) > self.most:
            return NO
        if len(kept) >= self.least:
            return Verdict(Truth.YES, tuple(_together(talk, kept, self.least)))
        if not is_open:
            return NO
        return ASLEEP if self._is_of_end else OPEN

    @property
    def _is_of_end(self) -> bool:
        """Tell whether what is open stays so until the call is over."""
        is_sole = len(self.bounds) == 1 and not self.unless and self.most is None
        return is_sole and self.bounds[0].is_of_end

    def _lets(self, talk: Talk, hit: Found) -> Truth:
        truth = Truth.YES
        for bound in self.bounds:
            truth = min(truth, bound.lets(talk, hit))
            if truth is Truth.NO:
                break
        return truth


def _together(talk: Talk, hits: Sequence[Found], least: int) -> Iterable[Found]:
    """Return hits of which so many are needed, each with the others that it rests on.

    Those that a recogniser was sure of come first: where they are enough, no other is needed.
    """
    if least < 2:
        return hits
    ranked = sorted(hits, key=lambda hit: not talk.is_sure(hit))
    return [
        replace(
            hit,
            also=(
                *hit.also,
                *[other.words for other in ranked if other is not hit][: least - 1],
            ),
        )
        for hit in hits
    ]


def _extent(found: Found) -> tuple[int, int, int]:
    return found.utterance, found.first, found.past


def _words(node: Node, talk: Talk, index: int) -> tuple[Found, ...]:
    """Return the words by which a condition holds for an utterance."""
    return _words_of(node.at(talk, index), talk, index)


def _words_of(verdict: Verdict, talk: Talk, index: int) -> tuple[Found, ...]:
    """Return the words of a verdict that holds; all of them where it is by none of its own."""
    if verdict.truth is not Truth.YES:
        return ()
    return verdict.found or (talk.whole(index),)


class Bound(Protocol):
    """Something that lets some hits through."""

    @property
    def is_of_end(self) -> bool:
        """Tell whether nothing is known before the call is over."""

    def lets(self, talk: Talk, hit: Found) -> Truth:
        """Tell whether a hit counts."""
