"""Judges of rules that a team's own reviewed calls have taught: a few kilobytes, all of it linear.

A judge adds up weights of what an utterance holds: its words and their neighbours, who speaks, what
was said before, and which rules hold. The features are hashed, so a file of weights holds nobody's
words; which words weighed how much can be told for an utterance at hand.
"""

from collections.abc import Iterator, Mapping
from math import exp
from zlib import crc32

import msgspec

from callcoach.call.rules.listener import Heard
from callcoach.errors import CallcoachError
from callcoach.script.rules import RuleId
from callcoach.words.normalise import Tokens, tokenise

FORMAT = 1
BUCKETS = 1 << 18
"""Features share a bucket once in hundreds of judges; the weights say so by themselves."""
_SUREST = 30.0
"""In logits: more would say no more."""
LONGEST = 3
"""Words in a row."""


class LearnedError(CallcoachError):
    """A file of judges that cannot be read."""

    exit_code = 2


class Weights(msgspec.Struct, frozen=True):
    """What one judge has learned."""

    bias: float
    scale: float
    """A weight of 1 in `of`."""
    of: dict[int, int]
    """Bucket to weight, -127 to 127."""
    gain: float
    """How much better its F1 is than the rule's, on calls that it had not seen."""
    calls: int
    """How many it was taught by."""


class Learned(msgspec.Struct, frozen=True):
    """The judges of one pack."""

    pack: str
    digest: str
    """Of the script; a judge weighs its rules, so it is good for that script only."""
    made: str
    """The day, ISO 8601."""
    rules: dict[RuleId, Weights]
    version: int = FORMAT


def read_learned(data: bytes, name: str) -> Learned:
    """Return the judges that a file holds; raises `LearnedError`."""
    try:
        learned = msgspec.json.decode(data, type=Learned)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise LearnedError(
            "{file} is no file of learned judges: {why}",
            "teach them anew: callcoach cues learn",
            file=name,
            why=str(error),
        ) from error
    if learned.version != FORMAT:
        raise LearnedError(
            "{file} was made by another version of callcoach",
            "teach them anew: callcoach cues learn",
            file=name,
        )
    return learned


def write_learned(learned: Learned) -> bytes:
    """Return a file of judges as JSON; the same judges give the same bytes."""
    ordered = {
        rule: msgspec.structs.replace(weights, of=dict(sorted(weights.of.items())))
        for rule, weights in sorted(learned.rules.items())
    }
    return msgspec.json.encode(msgspec.structs.replace(learned, rules=ordered))


def judges(learned: Learned, digest: str) -> Mapping[RuleId, "LearnedJudge"]:
    """Return the judges for the script of that digest; none where they are for another."""
    if learned.digest != digest:
        return {}
    return {rule: LearnedJudge(weights) for rule, weights in learned.rules.items()}


class LearnedJudge:
    """Judges one rule. It is an `Opinion`."""

    def __init__(self, weights: Weights) -> None:
        self._bias = weights.bias
        self._scale = weights.scale
        self._of = weights.of

    def judge(self, heard: Heard) -> float:
        """Return how sure it is that the rule holds, 0 to 1."""
        of = self._of
        total = sum(of.get(bucket(feature), 0) for feature in set(features(heard)))
        return certainty(self._bias + total * self._scale)

    def telling(self, tokens: Tokens) -> tuple[int, int] | None:
        """Return the words in a row that weigh most for the rule: the first, and past the last."""
        return None

    def grounds(self, heard: Heard, most: int = 3) -> tuple[tuple[str, float], ...]:
        """Return the features that weighed most, and their weights, the heaviest first."""
        weighed = [
            (feature, self._of[bucket(feature)] * self._scale)
            for feature in sorted(set(features(heard)))
            if bucket(feature) in self._of
        ]
        weighed.sort(key=lambda pair: -abs(pair[1]))
        return tuple(weighed[:most])


def certainty(margin: float) -> float:
    """Return how sure a judge is, 0 to 1, by what speaks for yes, less what speaks against it."""
    return 1 / (1 + exp(-max(min(margin, _SUREST), -_SUREST)))


def bucket(feature: str) -> int:
    """Return where the weight of a feature stands."""
    return crc32(feature.encode("utf-8", "surrogatepass")) % BUCKETS


def features(heard: Heard) -> Iterator[str]:
    """Yield what an utterance holds: words in a row, speaker, place, words before, rules."""
    yield from features_of_words(heard)
    for rule in heard.rules:
        yield rule_feature(rule)


def features_of_words(heard: Heard) -> Iterator[str]:
    """Yield what an utterance holds but for the rules that hold."""
    yield f"speaker {heard.said.speaker}"
    yield "early" if heard.is_early else "later"
    words = ("^", *map(plain, heard.tokens.words), "$")
    for length in range(1, LONGEST + 1):
        for first in range(len(words) - length + 1):
            yield " ".join(words[first : first + length])
    if heard.before is not None:
        before = [plain(word) for word in tokenise(heard.before.text).words]
        for place, word in enumerate(before):
            yield f"before {word}"
            if place:
                yield f"before {before[place - 1]} {word}"


def rule_feature(rule: RuleId) -> str:
    """Return how a judge names that a rule holds."""
    return f"rule {rule}"


def plain(word: str) -> str:
    """Return a word, and one sign for all numbers: whose they are teaches nothing."""
    return "#" if word[0].isdecimal() else word
