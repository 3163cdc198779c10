"""An utterance as it is read, once for all rules: its tokens, its phrases, its numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from callcoach.words.match import Hit, Hits
from callcoach.words.normalise import Tokens
from callcoach.words.numbers import (
    Amount,
    DayMention,
    NumberSpan,
    amounts_among,
    find_days,
    instalments_among,
    numbers_among,
)
from callcoach.words.questions import Question, questions

Words = tuple[int, int, int]
"""An utterance, counted from 0, and where words in it begin and end, in characters."""
Place = tuple[int, int, int, int, str, str, float, tuple[Words, ...]]
"""Where words stand that met a phrase, and how: the fields of `talk.Found` but its utterance."""


_GONE: Final = re.compile(
    r"(?:\bdue|\b(?:dated|missed|since|overdue\s+from|outstanding\s+from|behind\s+from|owed\s+from)"
    r"|(?:到期日|还款日|還款日|应还日|账单日)(?:是|为|為|在)?)(?:\s+(?:back|on|by|in|at|from|for))*\s*$",
    re.IGNORECASE,
)
_TO_COME: Final = re.compile(
    r"\b(?:is|are|be|comes?|falls?|become|becomes|next\s+\w+|not)\s+due(?:\s+\w+)?\s*$",
    re.IGNORECASE,
)
"""Before a day on which something is due that nobody has missed yet."""
_WAS_DUE: Final = re.compile("(?:就)?(?:的)?(?:应还|應還|应付|该还|該還|到期|逾期|没还|沒還|未还)")
_PAST_DAY: Final = re.compile(
    r"(?:yesterday|last\s.*|day\s+before\s.*|大?前天|[昨前上].*)", re.IGNORECASE
)
_THIS_DAY: Final = re.compile(r"\bthis\s+(?:morning|afternoon|evening)\b", re.IGNORECASE)
_AT_ONCE: Final = re.compile(
    r"\b(?:(?:straight|right)\s+away|right\s+now|immediately"
    r"|(?<=\w\s)(?<!for\s)(?<!by\s)now(?=\W*$|[.,;!?]|\s+(?:and|then|plus)\b))"
    "|马上|馬上|现在就|現在就|立刻|立即",
    re.IGNORECASE,
)
_NOT: Final = re.compile(r"\b(?:not|never|cannot|\w+n['’]?t|until|till)\b|[不没沒]", re.IGNORECASE)
_LOOK_BACK: Final = 32


def _is_gone(text: str, day: DayMention) -> bool:
    """Tell a day on which something was due or done from one that is to come."""
    lead = text[max(day.start - _LOOK_BACK, 0) : day.start]
    is_led = _GONE.search(lead) is not None and _TO_COME.search(lead) is None
    is_told = _WAS_DUE.match(text, day.end) is not None
    return is_led or is_told or _PAST_DAY.fullmatch(day.text) is not None


def _days_to_come(text: str) -> list[DayMention]:
    """Return the days in a text on which something may still be done."""
    days = [day for day in find_days(text) if not _is_gone(text, day)]
    return days + [_mention(found) for found in _THIS_DAY.finditer(text)]


def _at_once(text: str) -> Iterator[DayMention]:
    """Yield where a text says `now`."""
    for found in _AT_ONCE.finditer(text):
        if _NOT.search(text, max(found.start() - _LOOK_BACK, 0), found.start()) is None:
            yield _mention(found)


def _mention(found: re.Match[str]) -> DayMention:
    return DayMention(found.start(), found.end(), found[0])


class Outlook:
    """What may come of an utterance's words in the mouth of one speaker."""

    __slots__ = ("asked", "chances", "verdicts")

    def __init__(self, asked: int, chances: int) -> None:
        """Take the rules to ask by the words, and the chances that these give: sets of bits."""
        self.asked = asked
        self.chances = chances
        self.verdicts: dict[object, Any] = {}
        """What came of conditions on the words alone, kept by `nodes.Kept` for itself."""


class Signs:
    """The phrases of rules in an utterance, and what may come of them."""

    __slots__ = ("_guesses", "_hits", "_known", "leaves", "outlooks")

    def __init__(
        self, hits: Hits, leaves: Iterable[int], guesses: Iterable[tuple[int, Place]] = ()
    ) -> None:
        """Take the numbers of the leaves that are hit; `guesses` are others one is less sure of."""
        self._hits = hits
        self._known: dict[int, Sequence[Place]] = {}
        self._guesses: dict[int, list[Place]] = {}
        for number, place in guesses:
            self._guesses.setdefault(number, []).append(place)
        self.leaves = frozenset(leaves).union(self._guesses)
        """The numbers of the leaves whose phrases are there."""
        self.outlooks: dict[object, Outlook] = {}
        """What may come of them, kept by `compile.Asked` for itself."""

    def places(self, leaf: int) -> Sequence[Place]:
        """Return where the phrases of a leaf stand; most that are hit are never asked for."""
        if leaf not in self.leaves:
            return ()
        known = self._known.get(leaf)
        if known is None:
            sure = [_place(hit) for hit in self._hits.of(str(leaf))]
            known = self._known[leaf] = (*sure, *self._guesses.get(leaf, ()))
        return known

    def more(self, guesses: Sequence[tuple[int, Place]]) -> "Signs":
        """Return them with others of which one is less sure, by the number of the leaf."""
        return Signs(self._hits, self.leaves, guesses) if guesses else self


def _place(hit: Hit) -> Place:
    return hit.start, hit.end, hit.first, hit.past, hit.phrase, "", 1.0, ()


class Reading:
    """A text and what its words say by themselves; a pure function of the text, free to share.

    Most of it is looked up when somebody asks first, and then kept.
    """

    def __init__(
        self, text: str, tokens: Tokens, hits: Hits, leaves: Iterable[int], others: Iterable[str]
    ) -> None:
        """Take the phrases that occur in `text`: the leaves of rules and what else is hit."""
        self.text = text
        self.tokens = tokens
        self._hits = hits
        self.signs = Signs(hits, leaves)
        """The phrases of rules that stand in the text as it is."""
        found = [hit for key in others for hit in hits.of(key)]
        self.others = sorted(found, key=lambda hit: (hit.start, hit.end, hit.key))
        """Those of anything else that is listened for, in order of place."""
        self.sounding: Sequence[tuple[int, Place]] | None = None
        """What phrases of which leaves it sounds like; None until somebody has asked."""
        self.heard: Signs | None = None
        """Its phrases with those that it sounds like; None until somebody has asked."""

    def leaves(self) -> Iterator[Hit]:
        """Yield the phrases of rules that stand in the text as it is."""
        for number in self.signs.leaves:
            yield from self._hits.of(str(number))

    @cached_property
    def numbers(self) -> tuple[NumberSpan, ...]:
        """Return the numbers among the tokens."""
        return numbers_among(self.text, self.tokens)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Return the amounts of money in the text."""
        return amounts_among(self.text, self.tokens, self.numbers)

    @cached_property
    def day(self) -> str:
        """Return the first day that the text names to come, as it was said; empty for none.

        When something was due, or done, is no day to come. `Now` is one where no other is named.
        """
        text = self.text
        named = _days_to_come(text) or [*_at_once(text)]
        return min(((day.start, day.text) for day in named), default=(0, ""))[1]

    @cached_property
    def instalments(self) -> tuple[tuple[Amount, DayMention], ...]:
        """Return what is paid in parts: sums with a day each; none where it is not several."""
        if len(self.numbers) < 2:
            return ()
        days = _days_to_come(self.text)
        found = instalments_among(self.text, self.tokens, self.numbers, days)
        if not found and (now := [*_at_once(self.text)]):
            found = instalments_among(self.text, self.tokens, self.numbers, [*days, *now])
        return found

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return the sentences that ask."""
        return questions(self.text, self.tokens)
