"""Proposes phrases where a rule and the people who reviewed calls disagree.

Words in a row that stand in what a rule missed, and hardly anywhere else, are proposed as phrases;
words around what it hit wrongly as `unless`. Each comes with what it would have changed. They are
proposals: a person decides whether they mean what they seem to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from callcoach.review.learning.examples import Example
from callcoach.script.rules import RuleId
from callcoach.words.normalise import is_character

_LONGEST = 5
"""Words of a proposal; of Chinese characters one and a half times as many."""
_LEAST_CALLS = 3
"""Different calls that a proposal has to come from: one call's way of speaking is no rule."""
_PRECISION = 0.8
_WORTHLESS = frozenset(
    (
        *("a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "but", "so", "it"),
        *("is", "are", "was", "be", "that", "this", "i", "you", "we", "my", "your", "our"),
        *"的了是我你您们这那有在就也都和不会能",
    )
)
"""Words that say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase that a rule may want, and what it would have changed."""

    rule: RuleId
    phrase: str
    is_veto: bool
    right: int
    """Utterances that it would have put right."""
    wrong: int
    """Utterances that it would have made wrong."""
    calls: int
    """How many calls the right ones are from."""


def propose(rule: RuleId, examples: Sequence[Example], most: int = 5) -> tuple[Proposal, ...]:
    """Return the best phrases and vetoes for a rule, the most useful first."""
    missed = [it for it in examples if it.is_true and not it.holds]
    extra = [it for it in examples if it.holds and not it.is_true]
    rest = [it for it in examples if not it.is_true and not it.holds]
    hits = [it for it in examples if it.is_true and it.holds]
    phrases = _best(rule, missed, rest, most, is_veto=False)
    vetoes = _best(rule, extra, hits, most, is_veto=True)
    return tuple([*phrases, *vetoes][: 2 * most])


def _best(
    rule: RuleId, wanted: Sequence[Example], others: Sequence[Example], most: int, *, is_veto: bool
) -> Iterator[Proposal]:
    """Yield word rows that cover the wanted examples and few others, one after another.

    Greedy: each next one is judged by what those before it have not covered yet.
    """
    shortest = 2 if is_veto else 1
    inside = [frozenset(_rows(example, shortest)) for example in wanted]
    outside = Counter(row for it in others for row in frozenset(_rows(it, shortest)))
    left = list(range(len(wanted)))
    for _ in range(most):
        best = max(_candidates(wanted, inside, left, outside), default=None)
        if best is None:
            return
        _, _, row = best
        covered = [at for at in left if row in inside[at]]
        calls = len({wanted[at].call for at in covered})
        phrase = _written(row)
        yield Proposal(rule, phrase, is_veto, len(covered), outside[row], calls)
        left = [at for at in left if row not in inside[at]]


def _candidates(
    wanted: Sequence[Example],
    inside: Sequence[frozenset[tuple[str, ...]]],
    left: Sequence[int],
    outside: Counter[tuple[str, ...]],
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield (gain, length, words) of every row of words that is worth proposing."""
    calls: dict[tuple[str, ...], set[str]] = {}
    found: Counter[tuple[str, ...]] = Counter()
    for at in left:
        for row in inside[at]:
            found[row] += 1
            calls.setdefault(row, set()).add(wanted[at].call)
    for row, count in found.items():
        is_good = count >= _PRECISION * (count + outside[row])
        if is_good and len(calls[row]) >= _LEAST_CALLS:
            yield count - 2 * outside[row], -len(row), row


def _rows(example: Example, shortest: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of words in an utterance that may make a phrase.

    A veto takes at least two: it has to overlap what it takes back, and say more.
    """
    words = tuple("#" if word[0].isdecimal() else word for word in example.heard.tokens.words)
    for first in range(len(words)):
        is_chinese = is_character(words[first])
        longest = _LONGEST * 3 // 2 if is_chinese else _LONGEST
        for past in range(first + shortest, min(first + longest, len(words)) + 1):
            row = words[first:past]
            if not set(row) <= _WORTHLESS and (len(row) > 1 or not is_chinese) and row != ("#",):
                yield row


def _written(row: Iterable[str]) -> str:
    """Return a row of words as a phrase in the notation of packs."""
    phrase = ""
    for word in row:
        glue = "" if not phrase or (is_character(word) and is_character(phrase[-1])) else " "
        phrase += glue + word
    return phrase
