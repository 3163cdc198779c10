"""Listens to one call: tells, utterance by utterance, which rules hold and why."""

from bisect import insort
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from callcoach.call.rules.captures import captured
from callcoach.call.rules.compile import Ready, Ruleset
from callcoach.call.rules.talk import NO, Found, Said, Talk, Truth, Words, apart
from callcoach.script.rules import RuleId
from callcoach.words.normalise import Tokens, tokenise
from callcoach.words.sound_seam import cross_seam

PAUSE = 3.0
"""Seconds of silence after which a sentence is over, for one who goes on talking."""
AGREED = 0.5
"""How sure a learned judge has to be to say that a rule holds."""


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that holds, and the words it holds by."""

    rule: RuleId
    utterance: int
    """Counted from 0; the newest one, or, of what was decided late, an earlier one."""
    start: int
    """In characters of the utterance."""
    end: int
    phrase: str = ""
    """The phrase that matched; empty where it was no phrase."""
    by: str = "rule"
    """Who says so: `rule`, or `model` for one that was learned from reviewed calls."""
    taken_for: str = ""
    """What was understood, where the words themselves were others."""
    confidence: float = 1.0
    also: tuple[Words, ...] = ()
    """Other words that it rests on."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What the rule keeps of its words: `amount`, `day`."""
    is_silent: bool = False
    """It holds by what was not said: the place tells only when it was known."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance with what the rules say of it, for a second opinion."""

    said: Said
    tokens: Tokens
    rules: frozenset[RuleId]
    """The rules that hold for it."""
    before: Said | None
    """The last utterance of somebody else."""
    position: int
    """Counted from 0."""


class Opinion(Protocol):
    """A learned judge of one rule; see `call.learned`."""

    def judge(self, heard: Heard) -> float:
        """Return how sure it is that the rule holds, 0 to 1; from 0.5 it says so."""


class Listener:
    """One call being listened to. The same utterances give the same hits, live and afterwards."""

    def __init__(
        self,
        rules: Ruleset,
        attributes: Mapping[str, str] | None = None,
        day: date | None = None,
        opinions: Mapping[RuleId, Opinion] | None = None,
    ) -> None:
        self._set = rules
        self._rules = rules.on(day)
        self._opinions = opinions or {}
        self._talk = Talk(attributes=attributes or {})

    def hear(self, said: Said) -> tuple[RuleHit, ...]:
        """Return the rules that hold by an utterance, in the order in which they were judged."""
        tokens = tokenise(said.text)
        leaves = self._leaves(said, tokens)
        index = self._talk.add(said, tokens, leaves)
        return self._judge(index)

    def peek(self, said: Said) -> tuple[RuleHit, ...]:
        """Return what would hold if these words were all of an utterance; nothing is remembered.

        For words that are still being spoken: they may give a hint, never a verdict.
        """
        known, self._talk = self._talk, self._talk.copy()
        try:
            hits = self.hear(said)
        finally:
            self._talk = known
        return tuple(hit for hit in hits if hit.utterance == len(known.said))

    def wait(self, now: float) -> tuple[RuleHit, ...]:
        """Return the rules that hold because time has passed; `now` in seconds of the call."""
        self._talk.now = max(self._talk.now, now)
        return self._judge(None)

    def end(self, metrics: Mapping[str, float | None] | None = None) -> tuple[RuleHit, ...]:
        """Return the rules that hold now that the call is over."""
        self._talk.is_over = True
        self._talk.metrics = metrics
        return self._judge(None)

    def _leaves(self, said: Said, tokens: Tokens) -> Mapping[int, tuple[Found, ...]]:
        """Return the phrases in an utterance, by the number of their leaf."""
        leaves: dict[int, list[Found]] = {}
        for key, found in self._phrases(said, tokens):
            leaves.setdefault(int(key), []).append(found)
        return {number: tuple(found) for number, found in leaves.items()}

    def _phrases(self, said: Said, tokens: Tokens) -> Iterator[tuple[str, Found]]:
        """Yield what was said, what a pause has cut in two, and what it sounded like."""
        index, sounds = len(self._talk.said), self._set.sounds
        exact = self._set.matcher.find(tokens)
        for hit in exact:
            yield hit.key, Found(index, hit.start, hit.end, hit.first, hit.past, hit.phrase)
        if said.is_exact:
            return
        yield from self._across(said, tokens)
        for like in sounds.find(said.text, tokens, exact) if sounds is not None else ():
            found = Found(index, like.start, like.end, like.first, like.past, like.phrase)
            yield like.key, replace(found, taken_for=like.taken_for, confidence=like.confidence)

    def _across(self, said: Said, tokens: Tokens) -> Iterator[tuple[str, Found]]:
        """Yield the phrases that a pause has cut in two while somebody goes on talking."""
        talk = self._talk
        last = talk.said[-1] if talk.said else None
        is_going_on = last is not None and last.speaker is said.speaker and not last.is_exact
        if last is None or not is_going_on or said.start - last.end > PAUSE:
            return
        index = len(talk.said)
        for hit in cross_seam(self._set.matcher, last.text, said.text):
            start, end = hit.after
            past = sum(1 for begin in tokens.starts if begin < end)
            also = ((index - 1, *hit.before),)
            yield hit.key, Found(index, start, end, 0, past, hit.phrase, also=also)

    def _judge(self, index: int | None) -> tuple[RuleHit, ...]:
        """Judge everything that is open, and the newest utterance."""
        talk, by_trigger = self._talk, self._rules.by_trigger
        hits: list[RuleHit] = []
        wanted = bytearray(len(self._rules.rules))
        """The rules that may hold for the newest utterance; it fills while it is gone through."""
        if index is not None:
            for place in self._rules.always:
                wanted[place] = 1
            for leaf in talk.leaves[index]:
                for place in by_trigger.get(leaf, ()):
                    wanted[place] = 1
        for place, ready in enumerate(self._rules.rules):
            id = ready.rule.id
            if ready.overall is not None:
                hits += self._judge_call(ready)
                continue
            fresh: list[Found] = []
            for at in talk.open.pop(id, ()):
                fresh += self._judge_one(ready, at)
            if index is not None and wanted[place]:
                fresh += self._judge_one(ready, index)
            if index is not None and id in self._opinions:
                fresh = self._second(id, index, fresh)
            if fresh:
                known = talk.found.setdefault(id, [])
                for found in fresh:
                    insort(known, found, key=_place)
                hits += [] if is_nameless(id) else [self._hit(ready, found) for found in fresh]
            if index is not None and (fresh or id in talk.open):
                for other in by_trigger.get(id, ()):
                    wanted[other] = 1
        return tuple(hits)

    def _judge_one(self, ready: Ready, index: int) -> tuple[Found, ...]:
        """Return what a rule finds in an utterance; remember to ask again where it is open."""
        verdict = ready.node.at(self._talk, index) if ready.node else NO
        if verdict.truth is Truth.OPEN:
            self._talk.open.setdefault(ready.rule.id, []).append(index)
        if verdict.truth is not Truth.YES:
            return ()
        least = ready.rule.threshold
        found = verdict.found or (self._talk.whole(index),)
        sure = [hit for hit in found if hit.confidence >= least]
        return tuple(apart(sorted(sure, key=lambda hit: (hit.first, -hit.past))))

    def _second(self, id: RuleId, index: int, fresh: list[Found]) -> list[Found]:
        """Return a rule's hits in the newest utterance as a learned judge would have them."""
        talk = self._talk
        other = (at for at in range(index - 1, -1, -1) if talk.turns[at] != talk.turns[index])
        before = next(other, None)
        holding = {
            rule
            for rule, found in talk.found.items()
            if found[-1].utterance == index and not is_nameless(rule)
        }
        here = [found for found in fresh if found.utterance == index]
        heard = Heard(
            talk.said[index],
            talk.tokens[index],
            frozenset(holding | {id} if here else holding),
            None if before is None else talk.said[before],
            index,
        )
        if index in talk.open.get(id, ()):  # it is decided now
            talk.open[id].remove(index)
        sure = self._opinions[id].judge(heard)
        earlier = [found for found in fresh if found.utterance != index]
        if sure < AGREED:
            return earlier
        found = here or [talk.whole(index)]
        return earlier + [replace(hit, by="model", confidence=sure) for hit in found]

    def _hit(self, ready: Ready, found: Found) -> RuleHit:
        hit = _hit(ready.rule.id, found)
        if not ready.rule.captures:
            return hit
        return replace(hit, values=captured(self._talk, found, ready.rule.captures))

    def _judge_call(self, ready: Ready) -> list[RuleHit]:
        """Return a hit where a rule on the call has just come to hold."""
        talk, id = self._talk, ready.rule.id
        known = talk.calls.get(id)
        if ready.overall is None or (known is not None and known.truth is not Truth.OPEN):
            return []
        verdict = ready.overall.judge(talk)
        talk.calls[id] = verdict
        if verdict.truth is not Truth.YES or is_nameless(id):
            return []
        if verdict.found:
            return [_hit(id, verdict.found[-1], tuple(hit.words for hit in verdict.found))]
        return [RuleHit(id, max(len(talk.said) - 1, 0), 0, 0, is_silent=True)]


def is_nameless(id: RuleId) -> bool:
    """Tell whether a rule is a part of another one, made by the compiler."""
    return "/" in id


def _place(found: Found) -> tuple[int, int]:
    return found.place


def _hit(id: RuleId, found: Found, also: tuple[Words, ...] = ()) -> RuleHit:
    return RuleHit(
        rule=id,
        utterance=found.utterance,
        start=found.start,
        end=found.end,
        phrase=found.phrase,
        by=found.by,
        taken_for=found.taken_for,
        confidence=found.confidence,
        also=also or found.also,
    )
