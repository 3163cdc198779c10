"""An utterance as it is read, once for all rules: its tokens, its phrases, its numbers."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from callcoach.words.match import Hit
from callcoach.words.normalise import Tokens
from callcoach.words.numbers import Amount, NumberSpan, amounts_among, find_days, find_numbers
from callcoach.words.questions import Question, questions

Words = tuple[int, int, int]
"""An utterance, counted from 0, and where words in it begin and end, in characters."""
Place = tuple[int, int, int, int, str, str, float, tuple[Words, ...]]
"""Where words stand that met a phrase, and how: the fields of `talk.Found` but its utterance."""


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

    __slots__ = ("outlooks", "places")

    def __init__(self, places: Mapping[int, Sequence[Place]]) -> None:
        """Take where phrases stand, by the number of the leaf."""
        self.places = places
        self.outlooks: dict[object, Outlook] = {}
        """What may come of them, kept by `compile.Asked` for itself."""

    def more(self, guesses: Sequence[tuple[int, Place]]) -> "Signs":
        """Return them with others of which one is less sure, by the number of the leaf."""
        if not guesses:
            return self
        places = dict(self.places)
        for number, place in guesses:
            places[number] = (*places.get(number, ()), place)
        return Signs(places)


class Reading:
    """A text and what its words say by themselves; a pure function of the text, free to share.

    Most of it is looked up when somebody asks first, and then kept.
    """

    def __init__(
        self, text: str, tokens: Tokens, leaves: Sequence[Hit], others: Sequence[Hit] = ()
    ) -> None:
        """Take the phrases that occur in `text`, in order of place."""
        self.text = text
        self.tokens = tokens
        self.leaves = leaves
        """Those of rules; their keys are the numbers of leaves."""
        self.others = others
        """Those of anything else that is listened for."""
        self.sounding: Sequence[tuple[int, Place]] | None = None
        """What phrases of which leaves it sounds like; None until somebody has asked."""
        self.heard: Signs | None = None
        """Its phrases with those that it sounds like; None until somebody has asked."""

    @cached_property
    def signs(self) -> Signs:
        """Return the phrases of rules that stand in the text as it is."""
        found: dict[int, list[Place]] = {}
        for hit in self.leaves:
            place = (hit.start, hit.end, hit.first, hit.past, hit.phrase, "", 1.0, ())
            found.setdefault(int(hit.key), []).append(place)
        return Signs(found)

    @cached_property
    def numbers(self) -> tuple[NumberSpan, ...]:
        """Return the numbers among the tokens."""
        return find_numbers(self.tokens.words)

    @cached_property
    def amounts(self) -> tuple[Amount, ...]:
        """Return the amounts of money in the text."""
        return amounts_among(self.text, self.tokens, self.numbers)

    @cached_property
    def day(self) -> str:
        """Return the first day that the text names, as it was said; empty where it names none."""
        days = find_days(self.text)
        return days[0].text if days else ""

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return the sentences that ask."""
        return questions(self.text, self.tokens)
