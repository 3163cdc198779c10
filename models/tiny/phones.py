"""Maps espeak-ng's mnemonics to the few phones that the net tells apart.

espeak-ng marks many allophones; a small net learns more from fewer classes. Tones are left out of
Mandarin: the cepstra hold no pitch, and the words around tell its homophones apart.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from models.tiny.speech import Mark

Language = Literal["en", "zh"]
SILENCE = "SIL"

_ENGLISH = {
    "p": "P", "b": "B", "t": "T", "t2": "T", "t[": "TH", "t#": "DX", "d": "D", "k": "K", "g": "G",
    "tS": "CH", "dZ": "JH", "f": "F", "v": "V", "T": "TH", "D": "DH", "s": "S", "z": "Z",
    "S": "SH", "Z": "ZH", "h": "HH", "m": "M", "n": "N", "N": "NG", "l": "L", "r": "R", "r-": "R",
    "w": "W", "w#": "W", "j": "Y", "i:": "IY", "i": "IY", "I": "IH", "I2": "IH", "I#": "IH",
    "E": "EH", "a": "AE", "aa": "AE", "A:": "AA", "0": "OH", "O2": "OH", "O:": "AO", "O": "AO",
    "U": "UH", "u:": "UW", "V": "AH", "@": "AX", "@2": "AX", "a#": "AX", "@L": "EL", "3": "ER",
    "3:": "ER", "IR": "ER", "VR": "ER", "eI": "EY", "aI": "AY", "aI2": "AY", "aI@": "AYR",
    "OI": "OY", "aU": "AW", "oU": "OW", "A@": "AR", "O@": "OR", "o@": "OR", "e@": "EHR",
    "i@": "IHR", "i@3": "IHR", "U@": "UHR",
}  # fmt: skip
_MANDARIN = {
    "p": "B", "ph": "P", "t": "D", "th": "T", "k": "G", "kh": "K", "ts": "Z", "tsh": "C",
    "ts.": "ZH", "ts.h": "CH", "tS": "J", "tS;": "J", "tS;h": "Q", "s": "S", "s.": "SH",
    "S": "SH", "S;": "X", "X": "H", "f": "F", "l": "L", "m": "M", "n": "N", "N": "NG", "N-": "NG",
    "z.": "R", "w": "W", "j": "YI", "y": "YV", ";": "J", "h": "H", "@": "E", "@r": "ER",
    "A": "AA", "a": "A", "Au": "AU", "ai": "AI", "ei": "EI", "i": "I", "i.": "IH", "i[": "IZ",
    "iA": "IA", "iE": "IE", "iou": "IOU", "o": "O", "o-": "OO", "ong": "ONG", "ou": "OU",
    "u": "U", "u@": "UE", "ua": "UA", "uai": "UAI", "uei": "UEI", "uo": "UO", "y&": "YA",
    "yE": "YE", "yu": "YU", "y@": "YUE",
}  # fmt: skip
_ENGLISH_JOINTS = frozenset((";", "?"))
_MANDARIN_JOINTS = frozenset(("_|", ";", "?", "(cmn)", "(en)"))
"""Sounds of no length of their own; their time belongs to the phone before."""
_MARKS_OF_KIND = "0123456789#-:"
"""What espeak-ng appends to a mnemonic to name one more allophone."""


class UnknownPhone(Exception):
    """The synthesiser used a mnemonic that the phone set does not name."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone begins to sound."""

    at: float
    """In seconds."""
    name: str


@dataclass(frozen=True, slots=True)
class PhoneSet:
    """The phones of a language; the number of each is its output of the net."""

    names: tuple[str, ...]
    """Silence first."""
    numbers: Mapping[str, int]
    _phones: Mapping[str, str]
    _joints: frozenset[str]

    def read(self, marks: Iterable[Mark]) -> Iterator[Phone]:
        """Yield the phones of what was spoken, pauses among them.

        Raises `UnknownPhone`.
        """
        for mark in marks:
            if mark.name not in self._joints:
                yield Phone(mark.at, self._phone(mark.name))

    def spell(self, marks: Iterable[Mark]) -> tuple[str, ...]:
        """Return the names of the phones of what was spoken, without its pauses."""
        return tuple(phone.name for phone in self.read(marks) if phone.name != SILENCE)

    def _phone(self, mnemonic: str) -> str:
        if not mnemonic or mnemonic.startswith("_"):
            return SILENCE
        found = self._phones.get(mnemonic) or self._phones.get(mnemonic.rstrip(_MARKS_OF_KIND))
        if found is None:
            raise UnknownPhone(mnemonic)
        return found


def phone_set(language: Language) -> PhoneSet:
    """Return the phones of a language."""
    english = language == "en"
    phones = _ENGLISH if english else _MANDARIN
    names = (SILENCE, *sorted(set(phones.values())))
    numbers = {name: number for number, name in enumerate(names)}
    return PhoneSet(names, numbers, phones, _ENGLISH_JOINTS if english else _MANDARIN_JOINTS)
