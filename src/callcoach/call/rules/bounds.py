"""Which hits count: those in a stretch of the call, and those before or after something else."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from callcoach.call.rules.talk import (
    FALSE,
    OPEN,
    PERCENT,
    SECONDS,
    TRUE,
    TURNS,
    UNKNOWN,
    UTTERANCES,
    WORDS,
    Awaited,
    Found,
    Talk,
    Truth,
    Verdict,
    place_of,
)
from callcoach.script.rules import Anchor, Distance, Order, RuleId, Side, Window

AFTER, NOT_AFTER = Order.AFTER, Order.NOT_AFTER
BEFORE, NOT_BEFORE = Order.BEFORE, Order.NOT_BEFORE
FIRST, LAST, PAST = Side.FIRST, Side.LAST, Side.PAST


UNTIL_THE_END = Verdict(UNKNOWN, awaits=())
"""What is settled by the end of the call alone, or settled already."""


class InWindow:
    """Hits in a stretch of the call. An utterance counts by when it begins."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self.is_of_end = window.side is LAST or window.unit is PERCENT
        """Whether nothing is known before the call is over."""

    def allows(self, talk: Talk, index: int) -> Truth:
        """Tell whether any hit in an utterance is in the stretch; UNKNOWN: ask for each."""
        if self._window.unit is WORDS:
            return UNKNOWN
        return self._lets(talk, index, 0)

    def lets(self, talk: Talk, hit: Found) -> Truth:
        """Tell whether a hit is in the stretch; from the end it is known when the call is over."""
        return self._lets(talk, hit.utterance, hit.first)

    def open_for(self, talk: Talk, hit: Found) -> Verdict:
        """Return that nothing but the end of the call settles it."""
        return UNTIL_THE_END

    def _lets(self, talk: Talk, index: int, first: int) -> Truth:
        window = self._window
        if window.side is PAST:
            return self._is_between(talk.now - talk.said[index].end)
        if self.is_of_end and not talk.is_over:
            return UNKNOWN
        return self._is_between(_place(talk, index, first, window))

    def _is_between(self, place: float) -> Truth:
        is_in = self._window.begin <= place < self._window.end
        if self._window.unit is PERCENT and self._window.end >= 100:
            is_in = self._window.begin <= place
        return TRUE if is_in else FALSE

    def is_over(self, talk: Talk) -> bool:
        """Tell whether nothing still to come can be in the stretch."""
        window = self._window
        if talk.is_over:
            return True
        if window.side is not FIRST:
            return False
        if not talk.said:
            return False
        if window.unit is SECONDS:
            return talk.said[-1].start >= window.end
        if window.unit is TURNS:
            return talk.turns[-1] >= window.end
        return window.unit is UTTERANCES and len(talk.said) >= window.end


def _place(talk: Talk, index: int, first: int, window: Window) -> float:
    """Return how far from the window's side the token `first` of an utterance is."""
    is_first = window.side is FIRST
    said = talk.said[index]
    if window.unit is TURNS:
        turn = talk.turns[index]
        return turn if is_first else talk.turns[-1] - turn
    if window.unit is UTTERANCES:
        return index if is_first else len(talk.said) - 1 - index
    if window.unit is WORDS:
        before = talk.words_before(index) + first
        return before if is_first else talk.words_before(len(talk.said)) - before - 1
    seconds = said.start if is_first else max(talk.now - said.end, 0.0)
    if window.unit is PERCENT:
        return 100 * seconds / talk.now if talk.now else 0.0
    return seconds


class Anchored:
    """Hits before, after or around those of other rules, or not so."""

    def __init__(self, anchor: Anchor) -> None:
        order = anchor.order
        self._rules = anchor.rules
        self._within = anchor.within
        self._nth = anchor.nth
        self._looks_back = order not in (BEFORE, NOT_BEFORE)
        self._looks_ahead = order not in (AFTER, NOT_AFTER)
        self._is_negated = order in (NOT_BEFORE, NOT_AFTER)
        self.is_of_end = anchor.nth is not None and anchor.nth < 0
        """Whether nothing is known before the call is over."""

    @property
    def may_wait(self) -> bool:
        """Tell whether it may depend on what is still to come, and not by its rules alone."""
        return self._looks_ahead or self.is_of_end

    def allows(self, talk: Talk, index: int) -> Truth:
        """Tell whether any hit in an utterance lies as it should; UNKNOWN: ask for each."""
        if self._looks_ahead or self._nth is not None or talk.open:
            return UNKNOWN
        truth = FALSE
        for rule in self._rules:
            found = talk.found.get(rule)
            if not found:
                continue
            at = found[-1].utterance
            reach = talk.reach(at, index, self._within) if at < index else UNKNOWN
            if reach is not FALSE:
                truth = reach
                if reach is TRUE:
                    break
        return _reverse(truth) if self._is_negated else truth

    def lets(self, talk: Talk, hit: Found) -> Truth:
        """Tell whether a hit lies as it should to the anchor's hits."""
        if self.is_of_end and not talk.is_over:
            return UNKNOWN
        truth = self._has_before(talk, hit) if self._looks_back else FALSE
        if self._looks_ahead and truth is not TRUE:
            truth = max(truth, self._has_after(talk, hit))
        return _reverse(truth) if self._is_negated else truth

    def open_for(self, talk: Talk, hit: Found) -> Verdict:
        """Return what it waits for to tell whether a hit lies as it should.

        Where it looks ahead that is whatever is said next. A share of the call changes with time.
        """
        within = self._within
        if self.is_of_end:
            return UNTIL_THE_END
        if self._nth is not None or (within is not None and within.unit is PERCENT):
            return OPEN
        if self.lets(talk, hit) is TRUE:
            return UNTIL_THE_END
        if self._looks_ahead or within is None or within.is_beyond:
            return OPEN
        return Verdict(UNKNOWN, awaits=tuple(self._undecided(talk, hit, before=True)))

    def _has_before(self, talk: Talk, hit: Found) -> Truth:
        """Tell whether the anchor was hit before a hit, near enough."""
        within, place = self._within, place_of(hit)
        for rule in self._rules:
            found = self._chosen(talk, rule)
            past = len(found)
            if past and place_of(found[-1]) >= place:
                past = bisect_left(found, place, key=place_of)
            for at in range(past - 1, -1, -1):
                if talk.is_within(found[at], hit, within):
                    return TRUE
                if talk.is_beyond(found[at].utterance, hit, within):
                    break
        return UNKNOWN if talk.open and self._is_open(talk, hit, before=True) else FALSE

    def _has_after(self, talk: Talk, hit: Found) -> Truth:
        place = place_of(hit)
        for rule in self._rules:
            found = self._chosen(talk, rule)
            if not found or place_of(found[-1]) <= place:
                continue
            for at in range(bisect_right(found, place, key=place_of), len(found)):
                if talk.is_within(hit, found[at], self._within):
                    return TRUE
        if talk.open and self._is_open(talk, hit, before=False):
            return UNKNOWN
        return FALSE if _is_settled(talk, hit, self._within) else UNKNOWN

    def _chosen(self, talk: Talk, rule: RuleId) -> Sequence[Found]:
        """Return the hits of a rule that count as the anchor, in order of place."""
        hits = talk.found.get(rule, ())
        nth = self._nth
        if nth is None:
            return hits
        at = nth - 1 if nth > 0 else nth
        return hits[at : at + 1 or None] if -len(hits) <= at < len(hits) else ()

    def _is_open(self, talk: Talk, hit: Found, *, before: bool) -> bool:
        """Tell whether an utterance on the one side of a hit may still turn out to be an anchor."""
        return next(self._undecided(talk, hit, before=before), None) is not None

    def _undecided(self, talk: Talk, hit: Found, *, before: bool) -> Iterator[Awaited]:
        """Yield the utterances on the one side of a hit that may still turn out to be anchors."""
        within, here = self._within, hit.utterance
        is_near = within is None or within.is_beyond
        for rule in self._rules:
            for index in reversed(talk.open.get(rule, {})):
                if not before and index < here:
                    break
                if before and index > here:
                    continue
                if before and talk.is_beyond(index, hit, within):
                    break
                if is_near or talk.is_within(talk.whole(index), hit, within):
                    yield rule, index


def _is_settled(talk: Talk, hit: Found, within: Distance | None) -> bool:
    """Tell whether no anchor can come any more that is near enough after a hit."""
    if talk.is_over:
        return True
    if within is None or within.is_beyond or not talk.said:
        return False
    return talk.apart(hit, talk.whole(len(talk.said) - 1), within.unit) > within.count


def _reverse(truth: Truth) -> Truth:
    if truth is UNKNOWN:
        return truth
    return FALSE if truth is TRUE else TRUE
