"""Rules: what counts as having been said or done in a call, as data that packs write.

A rule is a condition with a name. Conditions of the scope `utterance` hold for single utterances
and point at the words that met them; those of the scope `call` hold for a call as a whole, and
may hold because something was *not* said. The same conditions are judged live and afterwards.

The language is a superset of Contact Lens rules, Transcribe categories, Google phrase matchers
and Aliyun conditions; `script.exchange` translates.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from callcoach.script.place import Place, Text
from callcoach.script.terms import Phrase, Severity, Speaker, StepId
from callcoach.script.wording import Wording

RuleId = NewType("RuleId", str)
"""Namespaced like a cue's: `courtesy.thanks`."""


class Scope(StrEnum):
    """What a condition holds for."""

    UTTERANCE = "utterance"
    CALL = "call"


class At(StrEnum):
    """Where in an utterance words have to stand; fillers and greetings of one word do not count."""

    ANYWHERE = "anywhere"
    START = "start"
    END = "end"
    WHOLE = "whole"
    """They are the whole utterance."""


class Sound(StrEnum):
    """How far words may differ from a phrase, for what a recogniser makes of them."""

    EXACT = "exact"
    ALIKE = "alike"
    """Chinese that sounds the same, or nearly, for phrases of three characters and more."""
    LOOSE = "loose"
    """The same, and English words that sound alike."""


class Asking(StrEnum):
    """Kinds of questions."""

    ANY = "any"
    OPEN = "open"
    """It asks for more than a yes or no: what, why, how, 什么, 为什么, 怎么."""
    CLOSED = "closed"


class Unit(StrEnum):
    """What distances and windows are counted in."""

    SECONDS = "seconds"
    PERCENT = "percent"
    """Of the call's duration."""
    TURNS = "turns"
    """Runs of utterances of one speaker."""
    UTTERANCES = "utterances"
    WORDS = "words"
    """Tokens: Latin words, Chinese characters, numbers."""


class Capture(StrEnum):
    """What may be kept of the words of a hit."""

    AMOUNT = "amount"
    DAY = "day"


class Side(StrEnum):
    """From where a window is counted."""

    FIRST = "first"
    """From the beginning of the call."""
    LAST = "last"
    """From its end."""
    PAST = "past"
    """Back from now: what was heard in the last so many seconds; live only it moves on."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """One of these phrases is said."""

    phrases: tuple[Phrase, ...]
    at: At = At.ANYWHERE
    sound: Sound = Sound.EXACT
    may_be_negated: bool = True
    """False: “not going to sue” is no hit of “sue”."""
    margin: int = 0
    """So many words may stand before the start, or after the end, that `at` asks for."""


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, searched by an engine whose time is linear in the text (RE2)."""

    patterns: tuple[Text, ...]
    is_negated: bool = False
    """It holds where none of them is found."""


@dataclass(frozen=True, slots=True)
class NumberIn:
    """A number is said, in digits or in words."""

    least: Decimal | None = None
    most: Decimal | None = None
    unit: str | None = None
    """As `words.numbers` names it: `money`, `percent`, `day`, `month`...; None: any or none."""


@dataclass(frozen=True, slots=True)
class Similar:
    """A sentence much like one of these is said; see `words.similar` for the measure."""

    phrases: tuple[Phrase, ...]
    score: float
    """0 to 1: how much alike."""


@dataclass(frozen=True, slots=True)
class Asks:
    """Something is asked."""

    kind: Asking = Asking.ANY


@dataclass(frozen=True, slots=True)
class FactSaid:
    """What was known before the call is said: the name of the agent, of the company."""

    fact: str
    """Namespaced, or `agent`. A call that does not know it never meets this."""
    in_part: bool = False
    """A part of a name counts as well: `Ms Wang`, `王女士`, a given name."""


@dataclass(frozen=True, slots=True)
class Refers:
    """Another rule holds; of several, one is enough."""

    rules: tuple[RuleId, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many of the parts hold: one is “any”, all of them “all”."""

    count: int
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """None of the parts holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Distance:
    """At most this far apart, or, where `is_beyond`, farther."""

    count: float
    unit: Unit
    is_beyond: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Hits of all the parts lie within a distance of one another."""

    parts: tuple["Condition", ...]
    distance: Distance
    """Of the words between them; in seconds or turns, of the utterances they stand in."""
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """One part of a sequence."""

    part: "Condition"
    within: Distance | None = None
    """How long after the part before it; None: any time after."""
    is_absent: bool = False
    """Nothing may meet it, from the part before it until the distance is over."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """The parts follow one another; it holds where the last one that is not absent is met."""

    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure of the whole call lies between bounds; see `docs/measures.md` for the names."""

    name: str
    over: float | None = None
    under: float | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """A fact that was known before the call, or the agent or language, is one of these values."""

    name: str
    values: tuple[Text, ...]
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing in the call meets the part, or nothing until some time is over: it holds then."""

    part: "Condition"
    by: float | None = None
    """Seconds of the call; None: it is known when the call is over."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the call: `first 30s`, `last 2 turns`, `10-60s`, `first 20%`, `past 15s`."""

    side: Side
    unit: Unit
    begin: float
    end: float
    """Both counted from the side; 0 and 30 for `first 30s`."""


class Order(StrEnum):
    """Where a hit lies as seen from an anchor."""

    AFTER = "after"
    BEFORE = "before"
    AROUND = "around"
    NOT_AFTER = "not_after"
    NOT_BEFORE = "not_before"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A hit counts only before, after or around the hits of a rule."""

    order: Order
    rules: tuple[RuleId, ...]
    within: Distance | None = None
    nth: int | None = None
    """Only that hit of the rule, from 1, from the last with -1; None: any of them."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A condition of which only some hits count; every bound that is given must hold."""

    part: "Condition"
    speaker: Speaker | None = None
    window: Window | None = None
    steps: tuple[StepId, ...] = ()
    """The step that the call is in; a step that uses one of these counts."""
    anchors: tuple[Anchor, ...] = ()
    unless: tuple["Condition", ...] = ()
    """A hit that overlaps a hit of one of these is taken back."""
    least: int = 1
    """How many hits it takes in the call (scope `call`) or in the utterance."""
    most: int | None = None


Condition = (
    Phrases
    | Regex
    | NumberIn
    | Similar
    | Asks
    | FactSaid
    | Refers
    | AtLeast
    | NoneOf
    | Near
    | Sequence
    | Metric
    | Attribute
    | Absent
    | Narrowed
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition with a name."""

    id: RuleId
    condition: Condition
    place: Place = field(default=Place(""))
    title: Wording | None = None
    scope: Scope = Scope.UTTERANCE
    labels: tuple[str, ...] = ()
    """What it is called in labelled data, for `callcoach eval`: `greeting`, `debt_disclosure`."""
    severity: Severity = Severity.MAJOR
    weight: float = 1.0
    since: date | None = None
    """The first day on which it holds; None: always."""
    until: date | None = None
    """The last day on which it holds."""
    threshold: float = 0.0
    """Hits of a lower confidence do not count: what accuses is to be surer than what reminds."""
    captures: tuple[Capture, ...] = ()
    """What of its words is kept in the event: the amount and the day of a promise."""
    is_alone: bool = False
    """A prerequisite rule: used by others, shown to nobody."""
