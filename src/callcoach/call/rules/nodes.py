"""Conditions made ready: each tells, for one utterance, whether it holds and by which words.

A node only looks at what has been said; where its answer depends on what is still to come it says
`OPEN` and is asked again. So a call judged while it goes on and one judged afterwards agree.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from callcoach.call.rules.talk import (
    ASLEEP,
    FALSE,
    NO,
    TRUE,
    UNKNOWN,
    YES,
    Found,
    Talk,
    Truth,
    Verdict,
    open_by,
    place_of,
)
from callcoach.script.model import Speaker, StepId
from callcoach.script.rules import RuleId

_MOST_KEPT = 1000
"""Choices of parts that are remembered for one condition."""


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
            if not known or known[-1].utterance < index:
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
            return Verdict(TRUE, tuple(hits))
        if talk.open:
            still = tuple([(it, index) for it in self.rules if index in talk.open.get(it, ())])
            if still:
                return Verdict(UNKNOWN, awaits=still)
        return NO


class Kept:
    """A condition that depends on nothing but the words, or on rules that do not either.

    For a text that is known it is known what the same speaker's saying it came to.
    """

    __slots__ = ("_part",)

    def __init__(self, part: Node) -> None:
        self._part = part

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return what came of the same words before, or ask."""
        verdicts: dict[object, Verdict] = talk.verdicts[index]
        known = verdicts.get(self)
        if known is None:
            known = verdicts[self] = self._part.at(talk, index)
            return known
        found = known.found
        if not found or found[0].utterance == index:
            return known
        return Verdict(TRUE, tuple([_again(hit, index) for hit in found]))


def _again(hit: Found, index: int) -> Found:
    """Return a hit as it is in another utterance of the same words."""
    also = hit.also and tuple([(index, start, end) for _, start, end in hit.also])
    return Found(
        index,
        hit.start,
        hit.end,
        hit.first,
        hit.past,
        hit.phrase,
        hit.taken_for,
        hit.confidence,
        also,
    )


class Parts:
    """Conditions of which those that cannot hold for an utterance are not asked."""

    __slots__ = ("_all", "_first", "_likely", "nodes")

    def __init__(self, nodes: Iterable[Node], first: int) -> None:
        """Take conditions whose chances follow one another from the number `first` on."""
        self.nodes = tuple(nodes)
        self._first = first
        self._all = (1 << len(self.nodes)) - 1
        self._likely: dict[int, tuple[Node, ...]] = {0: ()}
        """What was chosen lately, by the chances that there were."""

    def likely(self, talk: Talk, index: int) -> tuple[Node, ...]:
        """Return those that may hold for an utterance."""
        chances = talk.chances[index] >> self._first & self._all
        chosen = self._likely.get(chances)
        if chosen is None:
            nodes = [node for at, node in enumerate(self.nodes) if chances >> at & 1]
            if len(self._likely) == _MOST_KEPT:
                self._likely.clear()
            chosen = self._likely[chances] = tuple(nodes)
        return chosen


@dataclass(frozen=True, slots=True)
class Some:
    """At least so many of the parts hold in the utterance."""

    count: int
    parts: Parts

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the words of all the parts that hold."""
        likely = self.parts.likely(talk, index)
        spare = len(likely) - self.count
        if spare < 0:
            return NO
        held = 0
        told: list[Verdict] = []
        unknown: list[Verdict] = []
        for part in likely:
            verdict = part.at(talk, index)
            if verdict.truth is TRUE:
                held += 1
                if verdict.found:
                    told.append(verdict)
            elif verdict.truth is FALSE:
                spare -= 1
                if spare < 0:
                    return NO
            else:
                unknown.append(verdict)
        return _merged(told) if held >= self.count else open_by(unknown)


@dataclass(frozen=True, slots=True)
class All:
    """All of the parts hold in the utterance, and none of some others."""

    parts: Parts
    unless: Parts

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the words of all the parts."""
        likely = self.parts.likely(talk, index)
        if len(likely) < len(self.parts.nodes):
            return NO
        told: list[Verdict] = []
        unknown: list[Verdict] = []
        for part in likely:
            verdict = part.at(talk, index)
            if verdict.truth is FALSE:
                return NO
            if verdict.truth is UNKNOWN:
                unknown.append(verdict)
            elif verdict.found:
                told.append(verdict)
        for part in self.unless.likely(talk, index) if self.unless.nodes else ():
            verdict = part.at(talk, index)
            if verdict.truth is TRUE:
                return NO
            if verdict.truth is UNKNOWN:
                unknown.append(verdict)
        if unknown:
            return open_by(unknown)
        return _merged(told if len(told) < 2 else _resting(talk, told))


def _merged(told: Sequence[Verdict]) -> Verdict:
    """Return that several conditions hold, by all their words."""
    if not told:
        return YES
    if len(told) == 1 and len(told[0].found) == 1:
        return told[0]
    return Verdict(TRUE, tuple(sorted([hit for it in told for hit in it.found], key=_order)))


def _resting(talk: Talk, told: Sequence[Verdict]) -> Sequence[Verdict]:
    """Return conditions that hold together, each hit with one of every other: it rests on them."""
    words = [talk.grounds(talk.most_telling(it.found)) for it in told]
    resting: list[Verdict] = []
    for at, verdict in enumerate(told):
        others = tuple([one for place, it in enumerate(words) if place != at for one in it])
        hits = verdict.found
        if others:
            hits = tuple([replace(hit, also=(*hit.also, *others)) for hit in hits])
        resting.append(Verdict(TRUE, hits))
    return resting


def _order(found: Found) -> tuple[int, int, int]:
    return found.utterance, found.first, -found.past


@dataclass(frozen=True, slots=True)
class Nothing:
    """None of the parts holds in the utterance."""

    parts: Parts

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return that it holds where none does: by no words in particular."""
        unknown: list[Verdict] = []
        for part in self.parts.likely(talk, index):
            verdict = part.at(talk, index)
            if verdict.truth is TRUE:
                return NO
            if verdict.truth is UNKNOWN:
                unknown.append(verdict)
        return open_by(unknown) if unknown else YES


@dataclass(frozen=True, slots=True)
class Bounded:
    """A condition of which only some hits count."""

    part: Node
    may_wait: bool
    """Whether the part may depend on what is still to come, and not by its rules alone."""
    speaker: Speaker | None
    steps: frozenset[StepId]
    bounds: tuple["Bound", ...]
    unless: Parts
    least: int
    most: int | None

    def at(self, talk: Talk, index: int) -> Verdict:
        """Return the hits that every bound lets through."""
        said = talk.said[index]
        if self.speaker is not None and said.speaker is not self.speaker:
            return NO
        if self.steps and self.steps.isdisjoint(said.steps):
            return NO
        bounds: Sequence[Bound] = self.bounds
        if bounds and not self.may_wait and not talk.open:
            unsure = []
            for bound in bounds:
                truth = bound.allows(talk, index)
                if truth is FALSE:
                    return NO
                if truth is UNKNOWN:
                    unsure.append(bound)
            bounds = unsure
        verdict = self.part.at(talk, index)
        if verdict.truth is not TRUE:
            return verdict
        hits = verdict.found or (talk.whole(index),)
        unknown: list[Verdict] = []
        for node in self.unless.likely(talk, index) if self.unless.nodes else ():
            veto = node.at(talk, index)
            if veto.truth is UNKNOWN:
                unknown.append(veto)
            for found in words_of(veto, talk, index):
                hits = tuple(
                    [hit for hit in hits if hit.first >= found.past or found.first >= hit.past]
                )
        unsettled: list[Found] = []
        if bounds:
            kept: list[Found] = []
            for hit in hits:
                truth = _lets(bounds, talk, hit)
                if truth is TRUE:
                    kept.append(hit)
                elif truth is UNKNOWN:
                    unsettled.append(hit)
            hits = tuple(kept)
        if self.most is not None and len(hits) > self.most:
            return NO
        if len(hits) >= self.least:
            if self.least > 1:
                hits = _together(talk, hits, self.least)
            return verdict if hits is verdict.found else Verdict(TRUE, hits)
        if not unknown and not unsettled:
            return NO
        if self._is_of_end:
            return ASLEEP
        return open_by([*unknown, *(it.open_for(talk, hit) for hit in unsettled for it in bounds)])

    @property
    def _is_of_end(self) -> bool:
        """Tell whether what is open stays so until the call is over."""
        is_sole = len(self.bounds) == 1 and not self.unless.nodes and self.most is None
        return is_sole and self.bounds[0].is_of_end


def _lets(bounds: Iterable["Bound"], talk: Talk, hit: Found) -> Truth:
    """Tell whether every bound lets a hit through."""
    truth = TRUE
    for bound in bounds:
        truth = min(truth, bound.lets(talk, hit))
        if truth is FALSE:
            break
    return truth


def _together(talk: Talk, hits: Sequence[Found], least: int) -> tuple[Found, ...]:
    """Return hits of which so many are needed, each with the others that it rests on.

    Those that a recogniser was sure of come first: where they are enough, no other is needed.
    """
    ranked = sorted(hits, key=lambda hit: not talk.is_sure(hit))
    others = [[it.words for it in ranked if it is not hit][: least - 1] for hit in hits]
    return tuple(
        [replace(hit, also=(*hit.also, *also)) for hit, also in zip(hits, others, strict=True)]
    )


def words_of(verdict: Verdict, talk: Talk, index: int) -> tuple[Found, ...]:
    """Return the words of a verdict that holds; all of them where it is by none of its own."""
    if verdict.truth is not TRUE:
        return ()
    return verdict.found or (talk.whole(index),)


class Bound(Protocol):
    """Something that lets some hits through."""

    @property
    def is_of_end(self) -> bool:
        """Tell whether nothing is known before the call is over."""

    def allows(self, talk: Talk, index: int) -> Truth:
        """Tell whether all hits in an utterance count, or none; UNKNOWN: ask for each."""

    def lets(self, talk: Talk, hit: Found) -> Truth:
        """Tell whether a hit counts."""

    def open_for(self, talk: Talk, hit: Found) -> Verdict:
        """Return what it waits for to tell whether a hit counts; nothing where that is final."""
