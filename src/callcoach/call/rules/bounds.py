"""Which hits count: those in a stretch of the call, and those before or after something else."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from callcoach.call.rules.talk import Found, Talk, Truth, place_of
from callcoach.script.rules import Anchor, Distance, Order, RuleId, Side, Unit, Window


@dataclass(frozen=True, slots=True)
class InWindow:
    """Hits in a stretch of the call. An utterance counts by when it begins."""

    window: Window

    @property
    def is_of_end(self) -> bool:
        """Tell whether nothing is known before the call is over."""
        return self.window.side is Side.LAST or self.window.unit is Unit.PERCENT

    def lets(self, talk: Talk, hit: Found) -> Truth:
        """Tell whether a hit is in the stretch; from the end it is known when the call is over."""
        window = self.window
        if window.side is Side.PAST:
            return self._is_between(talk.now - talk.said[hit.utterance].end)
        if self.is_of_end and not talk.is_over:
            return Truth.OPEN
        return self._is_between(_place(talk, hit, window))

    def _is_between(self, place: float) -> Truth:
        is_in = self.window.begin <= place < self.window.end
        if self.window.unit is Unit.PERCENT and self.window.end >= 100:
            is_in = self.window.begin <= place
        return Truth.YES if is_in else Truth.NO

    def is_over(self, talk: Talk) -> bool:
        """Tell whether nothing still to come can be in the stretch."""
        window = self.window
        if talk.is_over:
            return True
        if window.side is not Side.FIRST:
            return False
        if not talk.said:
            return False
        if window.unit is Unit.SECONDS:
            return talk.said[-1].start >= window.end
        if window.unit is Unit.TURNS:
            return talk.turns[-1] >= window.end
        return window.unit is Unit.UTTERANCES and len(talk.said) >= window.end


def _place(talk: Talk, hit: Found, window: Window) -> float:
    """Return how far from the window's side a hit is."""
    is_first = window.side is Side.FIRST
    said = talk.said[hit.utterance]
    if window.unit is Unit.TURNS:
        turn = talk.turns[hit.utterance]
        return turn if is_first else talk.turns[-1] - turn
    if window.unit is Unit.UTTERANCES:
        return hit.utterance if is_first else len(talk.said) - 1 - hit.utterance
    if window.unit is Unit.WORDS:
        before = talk.words_before(hit.utterance) + hit.first
        return before if is_first else talk.words_before(len(talk.said)) - before - 1
    seconds = said.start if is_first else max(talk.now - said.end, 0.0)
    if window.unit is Unit.PERCENT:
        return 100 * seconds / talk.now if talk.now else 0.0
    return seconds


@dataclass(frozen=True, slots=True)
class Anchored:
    """Hits before, after or around those of other rules, or not so."""

    anchor: Anchor

    @property
    def is_of_end(self) -> bool:
        """Tell whether nothing is known before the call is over."""
        return self.anchor.nth is not None and self.anchor.nth < 0

    def lets(self, talk: Talk, hit: Found) -> Truth:
        """Tell whether a hit lies as it should to the anchor's hits."""
        order = self.anchor.order
        if self.is_of_end and not talk.is_over:
            return Truth.OPEN
        if order is Order.AFTER:
            return self._has_before(talk, hit)
        if order is Order.NOT_AFTER:
            return _reverse(self._has_before(talk, hit))
        if order is Order.BEFORE:
            return self._has_after(talk, hit)
        if order is Order.NOT_BEFORE:
            return _reverse(self._has_after(talk, hit))
        return max(self._has_before(talk, hit), self._has_after(talk, hit))

    def _has_before(self, talk: Talk, hit: Found) -> Truth:
        """Tell whether the anchor was hit before a hit, near enough."""
        within = self.anchor.within
        for rule in self.anchor.rules:
            found = self._chosen(talk, rule)
            past = len(found)
            if past and place_of(found[-1]) >= hit.place:
                past = bisect_left(found, hit.place, key=place_of)
            for at in range(past - 1, -1, -1):
                if talk.is_within(found[at], hit, within):
                    return Truth.YES
                if talk.is_beyond(found[at].utterance, hit, within):
                    break
        return Truth.OPEN if self._is_open(talk, hit, before=True) else Truth.NO

    def _has_after(self, talk: Talk, hit: Found) -> Truth:
        for rule in self.anchor.rules:
            found = self._chosen(talk, rule)
            if not found or place_of(found[-1]) <= hit.place:
                continue
            for at in range(bisect_right(found, hit.place, key=place_of), len(found)):
                if talk.is_within(hit, found[at], self.anchor.within):
                    return Truth.YES
        if self._is_open(talk, hit, before=False):
            return Truth.OPEN
        return Truth.NO if _is_settled(talk, hit, self.anchor.within) else Truth.OPEN

    def _chosen(self, talk: Talk, rule: RuleId) -> Sequence[Found]:
        """Return the hits of a rule that count as the anchor, in order of place."""
        hits = talk.found.get(rule, ())
        nth = self.anchor.nth
        if nth is None:
            return hits
        at = nth - 1 if nth > 0 else nth
        return hits[at : at + 1 or None] if -len(hits) <= at < len(hits) else ()

    def _is_open(self, talk: Talk, hit: Found, *, before: bool) -> bool:
        """Tell whether an utterance on the one side of a hit may still turn out to be an anchor."""
        for rule in self.anchor.rules:
            for index in talk.open.get(rule, ()):
                is_there = index <= hit.utterance if before else index >= hit.utterance
                near = self.anchor.within is None or self.anchor.within.is_beyond
                if is_there and (
                    near or talk.is_within(talk.whole(index), hit, self.anchor.within)
                ):
                    return True
        return False


def _is_settled(talk: Talk, hit: Found, within: Distance | None) -> bool:
    """Tell whether no anchor can come any more that is near enough after a hit."""
    if talk.is_over:
        return True
    if within is None or within.is_beyond or not talk.said:
        return False
    return talk.apart(hit, talk.whole(len(talk.said) - 1), within.unit) > within.count


def _reverse(truth: Truth) -> Truth:
    return Truth(Truth.YES - truth)
