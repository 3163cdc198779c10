"""Knows how Chinese characters are read, and which syllables are easily mistaken for others.

The table `pinyin.txt` is made by `pinyin_build`; its first lines name its sources.
"""

from dataclasses import dataclass
from functools import lru_cache

from callcoach.words.table_file import table_lines

FARTHEST = 0.6
"""Syllables that differ more than this are not called near."""

_INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxzcsryw")
_NEAR_INITIALS = {
    0.2: ("zh z", "ch c", "sh s"),
    0.3: ("n l", "h f"),
    0.4: ("r l", "zh j", "ch q", "sh x"),
    0.5: ("b p", "d t", "g k", "z c", "zh ch", "j q"),
}
_NEAR_FINALS = {
    0.2: ("an ang", "en eng", "in ing"),
    0.3: ("ian iang", "uan uang", "o uo", "ong eng", "un ong"),
    0.4: ("i v", "e uo", "ie ve", "in un", "ei ui", "ai ei", "ian an", "uan an", "iao ao"),
}
"""Distances of a kind that speakers and recognisers confuse, weakest last; judged by ear."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a character."""

    syllable: str
    """Toneless, ü written as v: `huan`, `nv`."""
    tone: int
    """1 to 4; 5 is the neutral tone."""


@dataclass(frozen=True, slots=True)
class Table:
    """All readings of the table."""

    readings: dict[str, tuple[Reading, ...]]
    """Character to its readings, the commonest first."""
    characters: dict[str, dict[int, str]]
    """Syllable to tone to the characters that are mostly read so, the most frequent first."""


@lru_cache(maxsize=1)
def table() -> Table:
    """Return the table; it is read once, in about 10 ms."""
    first: dict[str, Reading] = {}
    further: dict[str, list[Reading]] = {}
    characters: dict[str, dict[int, str]] = {}
    for line in table_lines("pinyin.txt"):
        sound, _, chars = line.partition(" ")
        reading = Reading(sound[:-1], int(sound[-1]))
        own, _, others = chars.partition("=")
        if own:
            characters.setdefault(reading.syllable, {})[reading.tone] = own
        first.update(dict.fromkeys(own, reading))
        for char in others:
            further.setdefault(char, []).append(reading)
    return Table(
        {char: (reading, *further.get(char, ())) for char, reading in first.items()}, characters
    )


def syllables(char: str) -> tuple[str, ...]:
    """Return the toneless readings of a character, the commonest first; none of what is unknown."""
    found = table().readings.get(char, ())
    return tuple(dict.fromkeys(reading.syllable for reading in found))


def split(syllable: str) -> tuple[str, str]:
    """Return the initial and the final of a syllable; `y` and `w` count as initials."""
    for initial in _INITIALS:
        if syllable.startswith(initial) and len(syllable) > len(initial):
            return initial, syllable[len(initial) :]
    return "", syllable


def _costs(pairs: dict[float, tuple[str, ...]]) -> dict[str, dict[str, float]]:
    costs: dict[str, dict[str, float]] = {}
    for cost, names in pairs.items():
        for a, b in (name.split(" ") for name in names):
            costs.setdefault(a, {})[b] = cost
            costs.setdefault(b, {})[a] = cost
    return costs


_INITIAL_COSTS = _costs(_NEAR_INITIALS)
_FINAL_COSTS = _costs(_NEAR_FINALS)


@lru_cache(maxsize=1024)
def near(syllable: str) -> dict[str, float]:
    """Return the other syllables that `syllable` is easily taken for, and how far each is.

    Distances are above 0 and at most `FARTHEST`; not to be changed by the caller.
    """
    known = table().characters
    initial, final = split(syllable)
    found: dict[str, float] = {}
    for other, cost in (_INITIAL_COSTS.get(initial, {}) | {initial: 0.0}).items():
        for rhyme, more in (_FINAL_COSTS.get(final, {}) | {final: 0.0}).items():
            if 0 < cost + more <= FARTHEST and other + rhyme in known:
                found[other + rhyme] = cost + more
    return found
