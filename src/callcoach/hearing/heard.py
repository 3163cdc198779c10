"""What a recogniser says it heard; plain values that pass from process to process.

All times are seconds since the stream of audio began, by the number of samples, not by a clock.
"""

import msgspec


class Word(msgspec.Struct, frozen=True, gc=False):
    """One word as it was recognised."""

    text: str
    start: float
    end: float
    confidence: float
    """Of the recogniser, 0 to 1."""


class Partial(msgspec.Struct, frozen=True, tag="partial"):
    """What may have been said so far. It is drawn and gives hints; it is never kept nor judged."""

    text: str
    start: float
    """When the utterance began, as far as is known."""
    at: float
    """How much audio has been heard."""


class Final(msgspec.Struct, frozen=True, tag="final"):
    """An utterance that is over."""

    words: tuple[Word, ...]
    at: float = 0.0
    """How much audio had been heard when it was over."""

    @property
    def text(self) -> str:
        """Return the words as the engine writes them, between spaces, Chinese ones too."""
        return " ".join(word.text for word in self.words)

    @property
    def start(self) -> float:
        """Return when the first word began."""
        return self.words[0].start

    @property
    def end(self) -> float:
        """Return when the last word ended."""
        return self.words[-1].end

    @property
    def confidence(self) -> float:
        """Return how sure the recogniser is of the words, on average, 0 to 1."""
        return round(sum(word.confidence for word in self.words) / len(self.words), 3)


Result = Partial | Final
"""What comes of a block of audio."""
