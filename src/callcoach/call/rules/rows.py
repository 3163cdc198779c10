"""Conditions on words that stand near one another, or follow one another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from msgspec.structs import replace

from callcoach.call.rules.nodes import Node, words_of
from callcoach.call.rules.reading import Words
from callcoach.call.rules.talk import (
    FALSE,
    NO,
    TRUE,
    UNKNOWN,
    WORDS,
    Found,
    Talk,
    Truth,
    Verdict,
    apart,
    decided,
)
from callcoach.script.rules import Distance

_MAX_COMBINATIONS = 200
"""Of hits of several conditions, looked at for one utterance."""


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
        if self.distance.unit is WORDS:
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
            also=_grounds(hits),
        )


@dataclass(frozen=True, slots=True)
class Chained:
    """Parts that follow one another; it holds where the last one that is to be there is met."""

    links: tuple["ChainLink", ...]

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the last part's words, with those before it as what they rest on."""
        last = max(at for at, link in enumerate(self.links) if not link.is_absent)
        truth, hits = FALSE, []
        for hit in _words(self.links[last].part, talk, index):
            chain = self._back(talk, last, hit)
            if chain is None:
                continue
            outlook = self._ahead(talk, last, hit)
            truth = max(truth, outlook)
            if outlook is TRUE:
                hits.append(replace(hit, also=_grounds(chain)))
        return Verdict(truth, tuple(hits)) if truth is not FALSE else NO

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
        truth = TRUE
        for link in self.links[last + 1 :]:
            for index in range(hit.utterance, len(talk.said)):
                if not link.may_hold(talk, index):
                    continue
                for found in _words(link.part, talk, index):
                    if _ends_before(hit, found) and talk.is_within(hit, found, link.within):
                        return FALSE
            if not talk.is_past(hit, link.within):
                truth = UNKNOWN
        return truth


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One part of a chain."""

    part: Node
    within: Distance | None
    is_absent: bool
    chance: int
    """The number of the chance without which the part cannot hold."""

    def may_hold(self, talk: Talk, index: int) -> bool:
        """Tell whether the part may hold for an utterance."""
        return bool(talk.chances[index] >> self.chance & 1)


def _grounds(hits: Iterable[Found]) -> tuple[Words, ...]:
    """Return the words of several hits, and those that they rest on, each once."""
    return tuple(dict.fromkeys(one for hit in hits for one in (hit.words, *hit.also)))


def _ends_before(one: Found, other: Found) -> bool:
    """Tell whether a hit is over when the other begins."""
    return (one.utterance, one.past) <= other.place and one.place < other.place


def _extent(found: Found) -> tuple[int, int, int]:
    return found.utterance, found.first, found.past


def _words(node: Node, talk: Talk, index: int) -> tuple[Found, ...]:
    """Return the words by which a condition holds for an utterance."""
    return words_of(node.at(talk, index), talk, index)
