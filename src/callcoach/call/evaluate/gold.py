"""Labelled calls: what was said, and what people say that it was."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from callcoach.script.model import Speaker


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A label in one speaker's mouth: the agent's thanks are another thing than the customer's."""

    label: str
    speaker: Speaker

    def __str__(self) -> str:
        return f"{self.label} ({self.speaker})"


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of an utterance that people marked as data of a kind: a name, a card number."""

    kind: str
    start: int
    """In characters."""
    end: int
    """Exclusive."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody said, and its labels."""

    speaker: Speaker
    text: str
    start: float
    """In seconds since the call began; estimated where nobody measured."""
    end: float
    labels: frozenset[str] = frozenset()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledCall:
    """A call and what is true of it."""

    id: str
    origin: str
    """The data set it is from."""
    language: str
    utterances: tuple[Utterance, ...]
    scope: frozenset[Mark]
    """The labels that were looked for: one that is not in here cannot be right or wrong."""
    verified: bool | None = None
    """The customer proved who they are; None where nobody says."""
    early: bool | None = None
    """The debt was disclosed before that; None where nobody says."""

    @property
    def key(self) -> str:
        """Return what names the call among those of all data sets."""
        return f"{self.origin}/{self.id}"

    @property
    def digest(self) -> str:
        """Return the SHA-256, in hex, of who said what: of two calls that are alike, the same."""
        told = sha256()
        for one in self.utterances:
            told.update(f"{one.speaker}\0{one.text}\0".encode("utf-8", "surrogatepass"))
        return told.hexdigest()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a label was given."""

    label: str
    phrase: str = ""
    """The phrase that matched; empty where none did."""
    start: int = 0
    """Where the words that matched stand in the utterance, in characters."""
    end: int = 0
    """Exclusive; equal to `start` where no words are to blame."""
    by: str = "rule"
    """Who decided: `rule` or `model`."""
    taken_for: str = ""
    """What the words were taken for where they were not heard exactly."""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a predictor says of a call."""

    reasons: tuple[tuple[Reason, ...], ...]
    """Of each utterance; several may give one label."""
    verified: bool | None = None
    early: bool | None = None

    @property
    def labels(self) -> tuple[frozenset[str], ...]:
        """Return the labels of each utterance."""
        return tuple(frozenset(one.label for one in reasons) for reasons in self.reasons)


def language_of(texts: Iterable[str]) -> str:
    """Return the language that most of the texts are in: `zh` or `en`.

    A Chinese character says about as much as three Latin letters.
    """
    chinese = latin = 0
    for text in texts:
        chinese += sum(1 for char in text if "\u4e00" <= char <= "\u9fff")
        latin += sum(1 for char in text if char.isascii() and char.isalpha())
    return "zh" if chinese * 3 > latin else "en"


def with_texts(call: LabelledCall, texts: Iterable[str]) -> LabelledCall:
    """Return a call with other words in the mouths of the same speakers, and no slots."""
    changed = (
        replace(one, text=text, slots=()) for one, text in zip(call.utterances, texts, strict=True)
    )
    return replace(call, utterances=tuple(changed))
