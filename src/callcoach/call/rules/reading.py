"""An utterance as it is read, once for all rules: its tokens, its phrases, its numbers."""

from collections.abc import Sequence
from functools import cached_property

from callcoach.words.match import Hit
from callcoach.words.normalise import Tokens
from callcoach.words.numbers import Amount, NumberSpan, amounts_among, find_days, find_numbers
from callcoach.words.questions import Question, questions
from callcoach.words.sound import SoundHit


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
