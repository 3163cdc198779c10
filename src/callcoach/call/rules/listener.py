"""Listens to one call: tells, utterance by utterance, which rules hold and why."""

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol

import msgspec
from msgspec.structs import replace

from callcoach.call.part import Part
from callcoach.call.rules.captures import captured, parts_of
from callcoach.call.rules.compile import Ruleset
from callcoach.call.rules.making import Ready, Trigger
from callcoach.call.rules.reading import Place, Reading, Signs, Words
from callcoach.call.rules.talk import (
    ASLEEP,
    NO,
    OPEN,
    TRUE,
    UNKNOWN,
    Found,
    Said,
    Talk,
    apart,
)
from callcoach.script.model import Speaker
from callcoach.script.rules import RuleId
from callcoach.words.normalise import Tokens
from callcoach.words.sound_seam import cross_seam

PAUSE = 3.0
"""Seconds of silence after which a sentence is over, for one who goes on talking."""
_NOTHING: Mapping[str, str] = {}
_EARLY = 4
"""Utterances that are the beginning of a call."""
AGREED = 0.5
"""How sure a learned judge has to be to say that a rule holds."""


class RuleHit(msgspec.Struct, frozen=True):
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
    """Who says so: `rule`, or `model` for a learned judge, the pack's or a team's own."""
    taken_for: str = ""
    """What was understood, where the words themselves were others."""
    confidence: float = 1.0
    also: tuple[Words, ...] = ()
    """Other words that it rests on."""
    values: Mapping[str, str] = msgspec.field(default_factory=dict)
    """What the rule keeps of its words: `amount`, `day`."""
    parts: tuple[Part, ...] = ()
    """Where it is paid in several: all of them, the first too."""
    is_silent: bool = False
    """It holds by what was not said: the place tells only when it was known."""
    unsaid_until: float | None = None
    """Where it rests on something that was not said: until when; see `Verdict`."""


class Heard(msgspec.Struct, frozen=True):
    """An utterance with what the rules say of it, for a second opinion."""

    said: Said
    tokens: Tokens
    rules: frozenset[RuleId]
    """The rules that hold for it."""
    before: Said | None
    """The last utterance of somebody else."""
    position: int
    """Counted from 0."""

    @property
    def is_early(self) -> bool:
        """Tell whether it is of the beginning of the call."""
        return self.position < _EARLY


class Opinion(Protocol):
    """A learned judge of one rule; see `call.learned`."""

    def judge(self, heard: Heard) -> float | None:
        """Return how sure it is that the rule holds, 0 to 1, yes from 0.5 on; None: no opinion."""
        ...

    def telling(self, tokens: Tokens) -> tuple[int, int] | None:
        """Return the words that tell most of why: the first, and past the last; None: all."""
        ...


class Listener:
    """One call being listened to. The same utterances give the same hits, live and afterwards."""

    def __init__(
        self,
        rules: Ruleset,
        attributes: Mapping[str, str] | None = None,
        day: date | None = None,
        opinions: Mapping[RuleId, Opinion] | None = None,
        told: Container[RuleId] | None = None,
    ) -> None:
        """Begin to listen; `told` are the rules whose hits are wanted, by default of all."""
        self._set = rules
        self._rules = rules.on(day)
        self._opinions = opinions or {}
        self._told = self._rules.named if told is None else told
        self._is_as_compiled = self._opinions.keys() <= rules.judged
        self._weighed = {speaker: self._judged_of(speaker) for speaker in Speaker}
        """The rules that there are opinions on, a bit for each place, by who speaks."""
        self._talk = Talk(attributes)

    def _judged_of(self, speaker: Speaker) -> int:
        """Return the rules of a speaker that there are opinions on, a bit for each place."""
        places, rules = self._rules.places, self._rules.rules
        known = [places[id] for id in self._opinions if id in places]
        return sum(1 << place for place in known if rules[place].speaker in (None, speaker))

    def read(self, text: str) -> Reading:
        """Return a text as it is read."""
        return self._set.read(text)

    def hear(self, said: Said) -> tuple[RuleHit, ...]:
        """Return the rules that hold by an utterance, in the order in which they were judged."""
        reading = self.read(said.text)
        signs = self._signs(said, reading)
        return self._judge(self._talk.add(said, reading, signs))

    def peek(self, said: Said) -> tuple[RuleHit, ...]:
        """Return what would hold if these words were all of an utterance; nothing is remembered.

        For words that are still being spoken: they may give a hint, never a verdict.
        """
        newest = len(self._talk.said)
        with self._talk.aside():
            hits = self.hear(said)
        return tuple(hit for hit in hits if hit.utterance == newest)

    def wait(self, now: float) -> tuple[RuleHit, ...]:
        """Return the rules that hold because time has passed; `now` in seconds of the call."""
        self._talk.now = max(self._talk.now, now)
        return self._judge(None)

    def end(self, metrics: Mapping[str, float | None] | None = None) -> tuple[RuleHit, ...]:
        """Return the rules that hold now that the call is over."""
        self._talk.is_over = True
        self._talk.metrics = metrics
        return self._judge(None)

    def _signs(self, said: Said, reading: Reading) -> Signs:
        """Return the phrases of an utterance: its own, those cut in two, those it sounds like."""
        if said.is_exact:
            return reading.signs
        across = tuple(self._across(said, reading.tokens))
        if across:
            return reading.signs.more((*across, *self._set.sounding(reading)))
        return self._set.heard(reading)

    def _across(self, said: Said, tokens: Tokens) -> Iterator[tuple[int, Place]]:
        """Yield the phrases that a pause has cut in two while somebody goes on talking."""
        talk = self._talk
        last = talk.said[-1] if talk.said else None
        is_going_on = last is not None and last.speaker is said.speaker and not last.is_exact
        if last is None or not is_going_on or said.start - last.end > PAUSE:
            return
        index = len(talk.said) - 1
        for hit in cross_seam(self._set.matcher, last.text, said.text):
            if self._set.is_leaf(hit.key):
                start, end = hit.after
                past = sum(1 for begin in tokens.starts if begin < end)
                also = ((index, *hit.before),)
                yield int(hit.key), (start, end, 0, past, hit.phrase, "", 1.0, also)

    def _judge(self, index: int | None) -> tuple[RuleHit, ...]:
        """Judge everything that is open, and the newest utterance.

        Sets of rules have a bit for each place; a rule only refers to ones before it.
        """
        talk, rules = self._talk, self._rules
        asked, weighed, chances = 0, 0, talk.chances
        """The rules that may hold for it; they grow on the way, as its chances do."""
        by_trigger: Mapping[Trigger, int] = {}
        pending = rules.of_calls
        for id in talk.wakeful():
            pending |= 1 << rules.places[id]
        if index is not None:
            by_speaker = rules.by_speaker[talk.said[index].speaker]
            outlook = by_speaker.outlook(talk.readings[index], talk.signs[index])
            asked, chances[index] = outlook.asked, outlook.chances
            if self._is_as_compiled:  # else the same words may come to something else
                talk.verdicts[index] = outlook.verdicts
            by_trigger = by_speaker.by_trigger
            weighed = self._weighed[talk.said[index].speaker]
            pending |= asked | weighed
        hits: list[RuleHit] = []
        held: set[RuleId] = set()
        """The rules that hold for the newest utterance, as far as they are judged."""
        while pending:
            lowest = pending & -pending
            pending ^= lowest
            ready = rules.rules[lowest.bit_length() - 1]
            if ready.overall is not None:
                hits += self._judge_call(ready)
                continue
            id = ready.rule.id
            fresh: list[Found] = []
            if talk.open and id in talk.open:
                for at in talk.wake(id):
                    fresh += self._judge_one(ready, at)
                while talk.woken:
                    pending |= 1 << rules.places[talk.woken.pop()]
            if index is not None:
                if asked & lowest and chances[index] & ready.chances == ready.chances:
                    fresh += self._judge_one(ready, index)
                if weighed & lowest:
                    fresh = self._second(ready, index, fresh, held)
            if fresh:
                talk.keep(id, fresh)
                if id in self._told:
                    hits += [self._hit(ready, found) for found in fresh]
                if fresh[-1].utterance == index and id in rules.named:
                    held.add(id)
            elif not (talk.open and id in talk.open):
                continue
            if index is not None:
                chances[index] |= rules.chances.get(id, 0)
                following = by_trigger.get(id, 0)
                asked |= following
                pending |= following
        return tuple(hits)

    def _judge_one(self, ready: Ready, index: int) -> Iterable[Found]:
        """Return what a rule finds in an utterance; remember to ask again where it is open."""
        verdict = ready.node.at(self._talk, index) if ready.node else NO
        if verdict.truth is not TRUE:
            if verdict.truth is UNKNOWN:
                known = verdict if ready.can_wait or verdict is ASLEEP else OPEN
                self._talk.leave_open(ready.rule.id, index, known)
            else:
                self._settle(ready.rule.id, index)
            return ()
        self._settle(ready.rule.id, index)
        least = ready.rule.threshold
        found = verdict.found or (self._talk.whole(index),)
        sure = [hit for hit in found if hit.confidence >= least] if least else found
        if len(sure) < 2:
            return sure
        ordered = sorted(sure, key=lambda hit: (hit.first, -hit.past))
        if self._talk.is_whole(ordered[0]):
            return (_with(ordered[0], ordered[1:]),)
        return apart(ordered)

    def _settle(self, id: RuleId, index: int) -> None:
        """Take note that a rule is decided for an utterance, if it was open."""
        if index in self._talk.open.get(id, ()):
            self._talk.decide(id, index)

    def _second(
        self, ready: Ready, index: int, fresh: list[Found], held: set[RuleId]
    ) -> list[Found]:
        """Return a rule's hits in the newest utterance as a learned judge would have them.

        What the judge finds alone has to be as sure as the rule's threshold asks for; it is told as
        the judge's. What the rule has found, and the judge lets stand, is told as the rule's.
        """
        talk, id = self._talk, ready.rule.id
        before = talk.before(index)
        here = [found for found in fresh if found.utterance == index]
        heard = Heard(
            talk.said[index],
            talk.readings[index].tokens,
            frozenset(held | {id} if here else held),
            None if before < 0 else talk.said[before],
            index,
        )
        sure = self._opinions[id].judge(heard)
        if sure is None or (not here and AGREED <= sure < ready.rule.threshold):
            return fresh  # what is open stays so
        self._settle(id, index)
        if sure < AGREED:
            return [found for found in fresh if found.utterance != index]
        if here:
            return fresh
        found = self._by_telling_words(id, index)
        return [*fresh, replace(found, by="model", confidence=sure)]

    def _by_telling_words(self, id: RuleId, index: int) -> Found:
        """Return an utterance as a hit by the words that told a learned judge most."""
        tokens = self._talk.readings[index].tokens
        telling = self._opinions[id].telling(tokens)
        if telling is None:
            return self._talk.whole(index)
        first, past = telling
        return Found(index, tokens.starts[first], tokens.ends[past - 1], first, past)

    def _hit(self, ready: Ready, found: Found) -> RuleHit:
        wanted = ready.rule.captures
        if not wanted:
            return _hit(ready.rule.id, found, found.also)
        parts = parts_of(self._talk, found, wanted)
        values = captured(self._talk, found, wanted, parts)
        return _hit(ready.rule.id, found, found.also, values, parts)

    def _judge_call(self, ready: Ready) -> list[RuleHit]:
        """Return a hit where a rule on the call has just come to hold."""
        talk, id = self._talk, ready.rule.id
        known = talk.calls.get(id)
        if ready.overall is None or (known is not None and known.truth is not UNKNOWN):
            return []
        verdict = ready.overall.judge(talk)
        talk.calls[id] = verdict
        if verdict.truth is not TRUE or id not in self._told:
            return []
        until = verdict.unsaid_until
        if verdict.found:
            words = tuple(hit.words for hit in verdict.found)
            return [replace(_hit(id, verdict.found[-1], words), unsaid_until=until)]
        last = max(len(talk.said) - 1, 0)
        return [RuleHit(id, last, 0, 0, is_silent=True, unsaid_until=until)]


def _with(whole: Found, parts: Iterable[Found]) -> Found:
    """Return a hit of a whole utterance that rests on hits in it."""
    words = [one for part in parts for one in (part.words, *part.also) if one != whole.words]
    return replace(whole, also=tuple(dict.fromkeys((*whole.also, *words))))


def _hit(
    id: RuleId,
    found: Found,
    also: tuple[Words, ...],
    values: Mapping[str, str] = _NOTHING,
    parts: tuple[Part, ...] = (),
) -> RuleHit:
    return RuleHit(
        id,
        found.utterance,
        found.start,
        found.end,
        found.phrase,
        found.by,
        found.taken_for,
        found.confidence,
        also,
        values,
        parts,
    )
