"""Puts masks in place of personal data: [NAME], or [NAME-1] so that one can tell them apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from callcoach.locale import Messages
from callcoach.words.redact.find import find
from callcoach.words.redact.model import MASKS, NOBODY, NOTHING, Asked, Entity, Kind, Known

_ENGLISH: Final = "en"


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with masks, and where its characters went."""

    text: str
    moves: tuple[tuple[int, int, int, int], ...]
    """For each mask: start and end in the text before, start and end in the text after."""

    def start(self, at: int) -> int:
        """Return where a span begins now that began at `at`: inside of a mask, at its beginning."""
        return self._moved(at, is_end=False)

    def end(self, at: int) -> int:
        """Return where a span ends now that ended at `at`: inside of a mask, at its end."""
        return self._moved(at, is_end=True)

    def _moved(self, at: int, is_end: bool) -> int:
        shift = 0
        for start, end, new_start, new_end in self.moves:
            if at <= start:
                break
            if at < end:
                return new_end if is_end else new_start
            shift = new_end - end
        return at + shift


class Masker:
    """Masks the turns of one call: the same datum has the same mask wherever it is said."""

    def __init__(self, messages: Messages | None = None, is_numbered: bool = False) -> None:
        """Masks are in the language of `messages`; numbered ones count from 1 for each kind."""
        self._messages = messages or Messages(_ENGLISH)
        self._is_numbered = is_numbered
        self._numbers: dict[tuple[Kind, str], int] = {}

    def mask(self, text: str, entities: Iterable[Entity]) -> Masked:
        """Return `text` with a mask in place of each entity."""
        parts: list[str] = []
        moves: list[tuple[int, int, int, int]] = []
        at = length = 0
        for entity in sorted(entities, key=lambda one: one.start):
            label = self.label(entity.kind, entity.value)
            parts += (text[at : entity.start], label)
            begin = length + entity.start - at
            length, at = begin + len(label), entity.end
            moves.append((entity.start, entity.end, begin, length))
        return Masked("".join((*parts, text[at:])), tuple(moves))

    def label(self, kind: Kind, value: str) -> str:
        """Return the mask of a datum."""
        mask = self._messages.say(MASKS[kind])
        if not self._is_numbered:
            return mask
        number = self._numbers.get((kind, value))
        if number is None:
            number = 1 + sum(known is kind for known, _ in self._numbers)
            self._numbers[kind, value] = number
        return f"{mask.removesuffix(']')}-{number}]"


def redact(
    text: str,
    known: Known = NOBODY,
    asked: Asked = NOTHING,
    messages: Messages | None = None,
    is_numbered: bool = False,
) -> str:
    """Return a single turn with its personal data masked; see `find`."""
    return Masker(messages, is_numbered).mask(text, find(text, known, asked)).text
