"""Proposes phrases where a rule and the people who reviewed calls disagree.

Words in a row that stand in what a rule missed, and hardly anywhere else, are proposed as phrases;
words around what it hit wrongly as `unless`. Each comes with what it would have changed in calls
held apart: calls are dealt into folds, and what a row of words changes in a fold counts where the
other folds alone would have proposed it. They are proposals: a person decides whether they mean
what they seem to.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from callcoach.review.learning.examples import Example
from callcoach.script.rules import RuleId
from callcoach.words.engine.thin import FILLERS, STUTTERED
from callcoach.words.normalise import is_character
from callcoach.words.numbers.find import NUMERALS

_LONGEST = 5
"""Words of a proposal; of Chinese characters one and a half times as many."""
_LEAST_CALLS = 3
"""Different calls that a proposal has to come from: one call's way of speaking is no rule."""
FOLDS = 5
"""Parts that calls are dealt into; each is held apart once."""
_BREAK = re.compile("[.?!;:,。？！；：，、…—\n]")
"""Ends a piece of a sentence: no phrase goes beyond it."""
_PRECISION = 0.8
_SMALL = """
    about after again all also any as because before been being both could down each else every few
    first for from get go got had has have here how if into just like may me might more most much
    must never no nor not now off okay ok on once one only or other out over please right same she
    should since some still such than their them then there these they thing things those through
    too under until up upon us very want well went were what when where which while who whom why
    will with without would yes yet
"""
_SMALL_CHINESE = """
    的 了 是 我 你 您 们 这 那 有 在 就 也 都 和 不 会 能 吗 呢 吧 啊 呀 嘛 么 个 下 上 里 中
    去 来 要 得 着 过 把 被 给 让 跟 对 从 到 又 还 很 再 先 后 前
"""
_WORTHLESS = (
    frozenset((*_SMALL.split(), *_SMALL_CHINESE.split(), "#")) | STUTTERED | FILLERS | NUMERALS
)
"""Words that say nothing by themselves, nor with others of them."""


FoldOf = Callable[[str], int]
"""Which fold a call is in, by its key."""
_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A phrase that a rule may want, and what it would have changed."""

    rule: RuleId
    phrase: str
    is_veto: bool
    right: int
    """Utterances of calls held apart that it would have put right."""
    wrong: int
    """Utterances of such calls that it would have made wrong."""
    calls: int
    """How many calls the right ones are from."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """Utterances, each with the rows of words in it that may make a phrase."""

    calls: Sequence[str]
    """The key of each one's call."""
    rows: Sequence[frozenset[_Row]]

    @classmethod
    def of(cls, examples: Iterable[Example], shortest: int) -> Self:
        """Return utterances with their rows of at least `shortest` words."""
        some = tuple(examples)
        return cls(
            tuple(it.call for it in some), tuple(frozenset(_rows(it, shortest)) for it in some)
        )

    def of_calls(self, is_in: Callable[[str], bool]) -> Self:
        """Return those of the calls that are chosen."""
        kept = [at for at, call in enumerate(self.calls) if is_in(call)]
        return type(self)(tuple(self.calls[at] for at in kept), tuple(self.rows[at] for at in kept))

    def without(self, row: _Row) -> Self:
        """Return those without a row of words."""
        kept = [at for at, rows in enumerate(self.rows) if row not in rows]
        return type(self)(tuple(self.calls[at] for at in kept), tuple(self.rows[at] for at in kept))

    def holding(self, row: _Row) -> list[str]:
        """Return the call of each utterance with a row of words."""
        return [call for call, rows in zip(self.calls, self.rows, strict=True) if row in rows]


def propose(
    rule: RuleId, examples: Sequence[Example], most: int = 5, fold_of: FoldOf | None = None
) -> tuple[Proposal, ...]:
    """Return the best phrases and vetoes for a rule, the most useful first.

    `fold_of` says which of the `FOLDS` a call is in; by default calls are dealt as they come.
    """
    deal = fold_of or _dealt(examples)
    missed = [it for it in examples if it.is_true and not it.is_given]
    rest = [it for it in examples if not it.is_true and not it.is_given]
    mine = [it for it in examples if it.holds and not it.others]
    extra = [it for it in mine if not it.is_true]
    hits = [it for it in mine if it.is_true]
    phrases = _best(rule, _Lines.of(missed, 1), _Lines.of(rest, 1), most, deal, is_veto=False)
    vetoes = _best(rule, _Lines.of(extra, 2), _Lines.of(hits, 2), most, deal, is_veto=True)
    return (*phrases, *vetoes)


def _dealt(examples: Iterable[Example]) -> FoldOf:
    calls = {call: at % FOLDS for at, call in enumerate(dict.fromkeys(it.call for it in examples))}
    return calls.__getitem__


def _best(
    rule: RuleId, wanted: _Lines, others: _Lines, most: int, fold_of: FoldOf, *, is_veto: bool
) -> Iterator[Proposal]:
    """Yield word rows that cover the wanted examples and few others, one after another.

    Greedy: each next one is judged by what those before it have not covered yet.
    """
    found = 0
    refused: set[_Row] = set()
    while found < most:
        candidates = (it for it in _candidates(wanted, others) if it[3] not in refused)
        *_, row = max(candidates, default=(0, 0, 0, ()))
        if not row:
            return
        right, wrong = _apart(row, wanted, others, fold_of)
        if len({*right}) < _LEAST_CALLS or len(right) < _PRECISION * (len(right) + len(wrong)):
            refused.add(row)
            continue
        found += 1
        phrase, calls = _written(row), len({*right})
        yield Proposal(rule, phrase, is_veto, len(right), len(wrong), calls)
        wanted = wanted.without(row)


def _apart(
    row: _Row, wanted: _Lines, others: _Lines, fold_of: FoldOf
) -> tuple[Sequence[str], Sequence[str]]:
    """Return the calls of the utterances that a row puts right, and makes wrong, held apart."""
    right: list[str] = []
    wrong: list[str] = []
    inside, outside = wanted.holding(row), others.holding(row)
    for fold in range(FOLDS):
        taught = [call for call in inside if fold_of(call) != fold]
        against = sum(1 for call in outside if fold_of(call) != fold)
        if _is_good(taught, against):
            right += (call for call in inside if fold_of(call) == fold)
            wrong += (call for call in outside if fold_of(call) == fold)
    return right, wrong


def _is_good(inside: Sequence[str], outside: int) -> bool:
    """Tell whether a row is worth proposing: the calls that want it, and how many are against."""
    count = len(inside)
    return count >= _PRECISION * (count + outside) and len({*inside}) >= _LEAST_CALLS


def _candidates(wanted: _Lines, others: _Lines) -> Iterator[tuple[int, int, int, _Row]]:
    """Yield (gain, length, small edges, words) of every row of words worth proposing."""
    calls: dict[_Row, list[str]] = {}
    for call, rows in zip(wanted.calls, wanted.rows, strict=True):
        for row in rows:
            calls.setdefault(row, []).append(call)
    against = Counter(row for rows in others.rows for row in rows if row in calls)
    for row, inside in calls.items():
        if _is_good(inside, against[row]):
            small = (row[0] in _WORTHLESS) + (row[-1] in _WORTHLESS)
            yield len(inside) - 2 * against[row], -len(row), -small, row


def _rows(example: Example, shortest: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of words in an utterance that may make a phrase.

    A veto takes at least two: it has to overlap what it takes back, and say more.
    """
    text, tokens = example.heard.said.text, example.heard.tokens
    words = tuple("#" if word[0].isdecimal() else word for word in tokens.words)
    for first in range(len(words)):
        is_chinese = is_character(words[first])
        longest = _LONGEST * 3 // 2 if is_chinese else _LONGEST
        for past in range(first + 1, min(first + longest, len(words)) + 1):
            if past - first > 1 and _BREAK.search(
                text, tokens.ends[past - 2], tokens.starts[past - 1]
            ):
                break
            row = words[first:past]
            is_long = len(row) >= (2 if is_chinese else shortest)
            if is_long and not _WORTHLESS.issuperset(row):
                yield row


def _written(row: Iterable[str]) -> str:
    """Return a row of words as a phrase in the notation of packs."""
    phrase = ""
    for word in row:
        glue = "" if not phrase or (is_character(word) and is_character(phrase[-1])) else " "
        phrase += glue + word
    return phrase
