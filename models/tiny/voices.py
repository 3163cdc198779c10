"""Names the voices that the models learn from, and those kept back to test them."""

import random
from dataclasses import dataclass

from models.tiny.phones import Language
from models.tiny.speech import Manner

_HEARD = (
    "", "+m1", "+m2", "+m3", "+m4", "+m6", "+m7", "+f1", "+f2", "+f4", "+f5", "+Alex", "+Andrea",
    "+Andy", "+Annie", "+belinda", "+benjamin", "+caleb", "+Denis", "+Diogo", "+Gene", "+Henrique",
    "+Hugo", "+Jacky", "+john", "+Lee", "+Marco", "+max", "+Michael", "+paul", "+quincy",
    "+steph", "+travis", "+victor", "+zac", "+klatt", "+klatt2", "+klatt4",
)  # fmt: skip
"""`+rob` is not among them: with the Mandarin voice it crashes espeak-ng 1.51."""
_KEPT_BACK = (
    "+m5", "+m8", "+f3", "+linda", "+michel", "+Mike", "+robert", "+steph2", "+klatt3", "+adam",
)  # fmt: skip
_ENGLISH_ACCENTS = (
    "en-us", "en-us", "en-us", "en", "en", "en-GB-x-rp", "en-GB-scotland", "en-US-nyc", "en-029",
    "en-GB-x-gbcwmd",
)  # fmt: skip
_ENGLISH_ACCENT_KEPT_BACK = "en-GB-x-gbclan"
_MANDARIN = "cmn-latn-pinyin"
"""Debian's `cmn` of espeak-ng 1.51 reads the pinyin out as English; this one speaks it."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The voices of a language that speak in one of the two roles."""

    accents: tuple[str, ...]
    variants: tuple[str, ...]
    speeds: tuple[int, int]
    """The slowest and the fastest, in words per minute."""
    stretches: tuple[float, float]

    def manner(self, chance: random.Random) -> Manner:
        """Draw a voice and the way it speaks."""
        return Manner(
            voice=chance.choice(self.accents) + chance.choice(self.variants),
            speed=chance.randint(*self.speeds),
            pitch=chance.randint(20, 80),
            pitch_range=chance.randint(20, 90),
            gap=chance.choice((0, 0, 0, 2, 6)),
            stretch=1.0 if chance.random() < 0.3 else chance.uniform(*self.stretches),
        )


def training_cast(language: Language) -> Cast:
    """Return the voices that a model learns from."""
    accents = _ENGLISH_ACCENTS if language == "en" else (_MANDARIN,)
    return Cast(accents, _HEARD, speeds=(110, 215), stretches=(0.85, 1.17))


def test_cast(language: Language, *, is_telephone: bool) -> Cast:
    """Return voices that no model has heard; on the telephone also an accent that none has."""
    if language == "zh":
        accents: tuple[str, ...] = (_MANDARIN,)
    else:
        accents = ("en-us", "en", _ENGLISH_ACCENT_KEPT_BACK if is_telephone else "en-GB-x-rp")
    return Cast(accents, _KEPT_BACK, speeds=(120, 210), stretches=(0.95, 1.05))


def lexicon_accents(language: Language) -> tuple[str, ...]:
    """Return the accents whose way of saying a word goes into the lexicon, each once."""
    return tuple(dict.fromkeys(training_cast(language).accents))
