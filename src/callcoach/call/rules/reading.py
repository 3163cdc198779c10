"""An utterance as it is read, once for all rules: its tokens, its phrases, its numbers."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from callcoach.words.match import Hit
from callcoach.words.normalise import Tokens
from callcoach.words.numbers import Amount, NumberSpan, amounts_among, find_days, find_numbers
from callcoach.words.questions import Question, questions
from callcoach.words.sound import SoundHit

Place = tuple[int, int, int, int, str]
"""Start and end in characters, first token and past the last, and the phrase that matched."""


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
        self.sounding: Sequence[SoundHit] | None = None
        """What phrases it sounds like; None until somebody has asked."""

    @cached_property
    def places(self) -> Mapping[int, Sequence[Place]]:
        """Return where the phrases of rules stand, by the number of the leaf."""
        found: dict[int, list[Place]] = {}
        for hit in self.leaves:
            place = (hit.start, hit.end, hit.first, hit.past, hit.phrase)
            found.setdefault(int(hit.key), []).append(place)
        return found

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
