"""Redacts a whole call: questions and their answers, digits over several turns, what was learnt."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from callcoach.words.composed import composed
from callcoach.words.questions import questions
from callcoach.words.redact.answers import read_answer
from callcoach.words.redact.chinese_echoes import SPELLED, find_spelled_again, spelled
from callcoach.words.redact.closed import HAS_HAN
from callcoach.words.redact.echoes import TOLD, Said, find_echoes, said_of
from callcoach.words.redact.find import find, placed
from callcoach.words.redact.model import DIGITS, NOBODY, NOTHING, Asked, Entity, Kind, Known
from callcoach.words.redact.questions import read_question
from callcoach.words.redact.speech import prepare
from callcoach.words.redact.tables import is_listed

_UNSURE: Final = frozenset(("after a greeting", "nothing but a name", "first of a turn"))
"""Rules that take a strange word for a name where it stands; elsewhere it may be a misspelling."""
_SPELT: Final = frozenset(("told by its characters", "told by its parts"))
"""Rules that find how a name is written, not the name."""
_IN_PARTS: Final = frozenset((Kind.ADDRESS, Kind.BIRTH))
"""What is told in parts, over turns."""
_MENDED: Final = DIGITS | {Kind.BIRTH}
"""What is mended by a part of it, when it was read back."""
_END: Final = 25
"""Characters at the end of a turn: a name further off is the asker's own."""
_NONE_GIVEN: Final[Mapping[int, frozenset[Kind]]] = MappingProxyType({})
_AGO: Final = 3
"""Turns after which a number that was told is told to its end."""
_FEW: Final = 4
_OTHER: Final = frozenset(("how", "when", "what", "why", "many", "much", "who", "where", "date"))
"""Words of a turn that asks for something else."""
_SAYS: Final = re.compile(
    r"^\W*(?:(?:sorry|so|okay|and)\W+)*(?:did\s+you\s+say|was\s+that|is\s+that|is\s+it|you\s+said|i\s+heard|i've\s+got|i\s+have)\s+",
    re.IGNORECASE,
)
_LEAST: Final = 3
"""Digits of an echo that can be told from any other number."""


class Redactor:
    """Finds personal data turn by turn, with what the turns before asked for and gave."""

    def __init__(self, known: Known = NOBODY, said: Iterable[Said] = ()) -> None:
        self._known = known
        self._said = list(said)
        """What was told in words."""
        self._asked = NOTHING
        self._asker: str | None = None
        self._answered = frozenset[Kind]()
        """The kinds of what was answered since it was asked for."""
        self._left: tuple[Asked, str | None] | None = None
        """What was asked for, and by whom, where the answer is a question: `why do you ask?`"""
        self._last = ""
        """Who spoke before."""
        self._speakers: set[str] = set()
        self._digits: list[tuple[str, Kind]] = []
        """What was said in digits: whole, and joined over turns that followed one another."""
        self._telling: tuple[frozenset[Kind], int] = (frozenset(), 0)
        """The kinds of the digits that were told last, and how many turns ago."""
        self._last_text = ""
        self._spelled: list[tuple[str, Kind]] = []
        """What was spelled in letters and digits, in Chinese."""
        self._open: dict[str, str] = {}
        """By speaker: the digits of the turns up to now that nothing came between."""

    @property
    def said(self) -> Sequence[Said]:
        """Return the addresses, days of birth and secrets that were told up to now."""
        return self._said

    @property
    def known(self) -> Known:
        """The contact record, and the names that were learnt in the call."""
        return self._known

    def hear(
        self, speaker: str, text: str, given: frozenset[Kind] = frozenset()
    ) -> tuple[Entity, ...]:
        """Return the personal data in the next turn; `find` says what they are.

        `given` are kinds that the turn is known to hold, whether or not they were asked for.
        """
        whole = composed(text)
        if whole is None:
            return self._hear(speaker, text, given)
        return tuple(placed(one, whole) for one in self._hear(speaker, whole.text, given))

    def _hear(self, speaker: str, text: str, given: frozenset[Kind]) -> tuple[Entity, ...]:
        """Return the personal data in a turn that is composed."""
        is_asked = self._asker is not None and self._asker != speaker
        is_known = bool(self._speakers - {speaker})
        asked = self._asked if is_asked else Asked(is_known=is_known)
        self._speakers.add(speaker)
        given |= self._read_back(speaker, text) | self._told_on(speaker, text)
        found = find(text, self._known, replace(asked, kinds=asked.kinds | given))
        found = self._with_echoes(text, found)
        self._learn(speaker, text, found, asked)
        self._listen(speaker, text, found)
        self._last, self._last_text = speaker, text
        return found

    def _read_back(self, speaker: str, text: str) -> frozenset[Kind]:
        """Return the kinds of a number of which the asker says a part: `nine hundred one two?`."""
        if self._asker != speaker or self._last == speaker:
            return frozenset()
        kinds = self._asked.kinds & self._answered & DIGITS
        return kinds if kinds and read_answer(prepare(text, least=2)).is_data else frozenset()

    def _told_on(self, speaker: str, text: str) -> frozenset[Kind]:
        """Return the kinds of a number that goes on in a turn, or of which it says a part again.

        Nothing may come between but a word or two, or digits: `and then?`.
        """
        kinds, ago = self._telling
        if not kinds or ago > _AGO or self._last == speaker:
            return frozenset()
        is_next = ago == 1 and _OTHER.isdisjoint(prepare(self._last_text).tokens.words)
        if not (is_next or _is_listening(self._last_text) or _is_digits(self._last_text)):
            return frozenset()
        return kinds if _is_digits(text) else frozenset()

    def _listen(self, speaker: str, text: str, found: Sequence[Entity]) -> None:
        """Take note of what the turn asks for."""
        before = self._asked if self._asker == speaker else NOTHING
        before = replace(before, whole=before.whole - self._answered)
        asked = read_question(text, before)
        is_answer = self._asker is not None and self._asker != speaker
        if self._left is not None and self._left[1] == speaker and not asked.kinds:
            self._asked, self._asker = self._left
            return
        if is_answer and not found and questions(text, prepare(text).tokens):
            self._left = self._asked, self._asker
        elif found or (is_answer and speaker != self._last):
            self._left = None
        if is_answer and not asked.kinds:
            kinds = {one.kind for one in found}
            self._answered |= kinds
            self._asked = replace(
                self._asked, kinds=self._asked.kinds - (kinds - DIGITS - _IN_PARTS)
            )
            return
        mended = before.kinds & _MENDED
        if not asked.kinds and mended and _is_read_back(text, found):
            self._asked, self._asker = Asked(mended, is_known=True), speaker
            return
        if asked.kinds != before.kinds:
            self._answered = frozenset()
        self._asked = replace(asked, whole=asked.whole - _read_out(text, found))
        self._asker = speaker

    def _learn(self, speaker: str, text: str, found: Sequence[Entity], asked: Asked) -> None:
        """Take note of what was told, so that an echo of it is found."""
        told = (said_of(prepare(text), one) for one in found if one.kind in TOLD)
        self._said.extend(one for one in told if one[1] and one not in self._said)
        names = [one.value for one in found if one.kind is Kind.NAME and _is_worth(one)]
        new = tuple(name for name in names if name not in self._known.names)
        if new:
            self._known = replace(self._known, names=(*self._known.names, *dict.fromkeys(new)))
        self._learn_spelled(text, found)
        digits = [one for one in found if one.kind in DIGITS and one.value.isdecimal()]
        for one in digits:
            self._note(one.value, one.kind)
        kinds = frozenset(Kind.PHONE if one.kind is Kind.NUMBER else one.kind for one in digits)
        self._telling = (kinds, 1) if kinds else (self._telling[0], self._telling[1] + 1)
        if len(digits) == 1:
            joined = self._open.get(speaker, "") + digits[0].value
            self._open[speaker] = joined
            self._note(joined, digits[0].kind)
        elif not asked.kinds:
            self._open.pop(speaker, None)

    def _learn_spelled(self, text: str, found: Sequence[Entity]) -> None:
        for one in found:
            said = spelled(text[one.start : one.end]) if one.kind in SPELLED else ""
            is_code = len(said) > _LEAST and not said.isdecimal()
            if is_code and (said, one.kind) not in self._spelled:
                self._spelled.append((said, one.kind))

    def _note(self, digits: str, kind: Kind) -> None:
        if len(digits) >= _LEAST and (digits, kind) not in self._digits:
            self._digits.append((digits, kind))

    def _with_echoes(self, text: str, found: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """Add what is part of what was said before."""
        if not self._digits and not self._said and not self._spelled:
            return found
        speech = prepare(text)
        sums = [one for one in speech.amounts if one.currency is not None]
        echoes = list(find_echoes(speech, self._said))
        echoes += [
            Entity(kind, run.start, run.end, "said before", digits)
            for run in speech.runs
            if not any(run.start < one.end and one.start < run.end for one in sums)
            for digits, kind in self._digits
            if len(run.digits) >= _LEAST + (not run.is_spoken) and run.digits in digits
        ]
        if self._spelled and HAS_HAN.search(text):
            echoes += find_spelled_again(text, self._spelled)
        named = [one for one in found if one.kind is not Kind.NUMBER]
        vague = [one for one in found if one.kind is Kind.NUMBER]
        for echo in (*echoes, *vague):
            if not any(echo.start < one.end and one.start < echo.end for one in named):
                named.append(echo)
        return tuple(sorted(named, key=lambda one: one.start))


def _is_read_back(text: str, found: Sequence[Entity]) -> bool:
    """Tell whether a turn is little but what was told, and leaves room to mend it."""
    rest = len(text) - sum(one.end - one.start for one in found)
    return bool(found) and rest <= _END and "?" not in text


def _is_digits(text: str) -> bool:
    """Tell whether a turn is nothing but some digits: `did you say one eight`."""
    said = prepare(_SAYS.sub("", text), least=2)
    return bool(said.runs) and read_answer(said).is_data


def _is_listening(text: str) -> bool:
    """Tell whether a turn is a word or two that ask for nothing else."""
    words = prepare(text).tokens.words
    return len(words) <= _FEW and _OTHER.isdisjoint(words)


def _read_out(text: str, found: Sequence[Entity]) -> frozenset[Kind]:
    """Return the kinds of what is asked by saying it: `are you still at 5 cedar close`."""
    return frozenset(
        one.kind for one in found if one.kind is not Kind.NAME or one.end > len(text) - _END
    )


def _is_worth(one: Entity) -> bool:
    """Tell whether a name can be looked for everywhere: surely one, no common word, not short."""
    words = one.value.split()
    if not one.value.isascii():
        return len(one.value) > 1 and one.why not in _SPELT
    if one.why in _UNSURE and not all(map(is_listed, words)):
        return False
    return len(words) > 1 or len(one.value) > 2


def find_all(
    turns: Iterable[tuple[str, str]],
    known: Known = NOBODY,
    given: Mapping[int, frozenset[Kind]] = _NONE_GIVEN,
) -> Iterator[tuple[Entity, ...]]:
    """Yield the personal data of each turn (speaker, text) of a call that is over.

    What is learnt late is found early too: the call is read twice. `given` are the kinds that
    turns, counted from 0, are known to hold.
    """
    said = [(*turn, given.get(at, frozenset[Kind]())) for at, turn in enumerate(turns)]
    first = Redactor(known)
    for turn in said:
        first.hear(*turn)
    again = Redactor(first.known, first.said)
    for turn in said:
        yield again.hear(*turn)
