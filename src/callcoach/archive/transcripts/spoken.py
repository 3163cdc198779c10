"""Makes utterances of recognised words: one text, when it was said, how sure it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from callcoach.archive.transcripts.fields import mean
from callcoach.archive.transcripts.model import Said
from callcoach.call.captured import SURE_FROM, Doubt
from callcoach.words.normalise import is_character

PAUSE = 0.8
"""Seconds without a word after which a new utterance begins: a turn's end in the telephone
corpora is followed by 0.2 seconds in the median and rarely by a second (Levinson & Torreira 2015),
and a speaker's own pauses are mostly shorter."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that a recogniser heard."""

    text: str
    start: float | None
    end: float | None
    confidence: float | None


def utterances(words: Sequence[Word], line: int, label: str) -> Iterator[Said]:
    """Yield the utterances that pauses of at least `PAUSE` seconds part."""
    run: list[Word] = []
    for word in words:
        if run and is_pause(run[-1], word):
            yield utterance(run, line, label)
            run = []
        run.append(word)
    if run:
        yield utterance(run, line, label)


def is_pause(before: Word, word: Word) -> bool:
    """Tell whether there is a pause between two words."""
    return before.end is not None and word.start is not None and word.start - before.end >= PAUSE


def utterance(words: Sequence[Word], line: int, label: str) -> Said:
    """Return words as one utterance, with its doubts."""
    text, doubts = _joined(words)
    starts = [word.start for word in words if word.start is not None]
    ends = [word.end for word in words if word.end is not None]
    return Said(
        line=line,
        label=label,
        text=text,
        start=starts[0] if starts else None,
        end=ends[-1] if ends else None,
        confidence=mean(word.confidence for word in words),
        doubts=doubts,
    )


def _joined(words: Sequence[Word]) -> tuple[str, tuple[Doubt, ...]]:
    """Return what was said, with no space beside a Chinese character, and where it is unsure."""
    text = ""
    doubts: list[Doubt] = []
    for word in words:
        piece = word.text.strip()
        if not piece:
            continue
        if text and not is_character(text[-1]) and not is_character(piece[0]):
            text += " "
        start = len(text)
        text += piece
        if word.confidence is not None and word.confidence < SURE_FROM:
            doubts.append(Doubt(start, len(text), word.confidence))
    return text, tuple(doubts)
