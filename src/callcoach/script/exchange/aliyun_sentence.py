"""Writes what one sentence has to have as operators of an Aliyun condition."""

from collections.abc import Sequence
from itertools import count as counting

from callcoach.errors import Told
from callcoach.script.exchange.aliyun_formula import And, Formula, Name, Not, Or, names_in
from callcoach.script.exchange.aliyun_range import ROLES
from callcoach.script.exchange.formula import MAX_CHOICES, MAX_CLAIMS, ways
from callcoach.script.exchange.notation import (
    AnyNumber,
    Choice,
    Row,
    Space,
    Words,
    parse,
    texts_of,
)
from callcoach.script.exchange.report import Account
from callcoach.script.exchange.tree import key_of
from callcoach.script.model import Phrase
from callcoach.script.rules import (
    At,
    AtLeast,
    Condition,
    Narrowed,
    NoneOf,
    Phrases,
    Regex,
    RuleId,
    Side,
    Similar,
    Sound,
    Unit,
)
from callcoach.words.phrase import PhraseError

Json = dict[str, object]
_ROLES = {speaker: role for role, speaker in ROLES.items()}
_SPECIAL = frozenset(r"\.^$*+?{}[]()|")


class Unwritable(Exception):
    """Something that the other system has nothing for; not for the user's eyes as it is."""

    def __init__(self, what: str, why: Told | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.why = why or Told("that system has nothing like it")


class Sentence:
    """Writes the operators of one condition."""

    def __init__(self, rule: RuleId, account: Account) -> None:
        self.rule = rule
        self.account = account
        self.made: list[Json] = []
        self.ids = counting(1)

    def bounds(self, narrowed: Narrowed) -> Json:
        """Return the role and the sentences that bound a condition. Raises `Unwritable`."""
        if narrowed.steps:
            raise Unwritable("step")
        if narrowed.unless:
            self.account.approximate(self.rule, "unless", Told("without its exceptions"))
        if (narrowed.least, narrowed.most) != (1, None):
            raise Unwritable("times")
        found: Json = {}
        if narrowed.speaker is not None:
            if narrowed.speaker not in _ROLES:
                raise Unwritable("speaker", Told("that system knows agent and customer only"))
            found["role"] = _ROLES[narrowed.speaker]
        window = narrowed.window
        if window is not None:
            first, last = int(window.begin), int(window.end)
            if window.unit is not Unit.UTTERANCES or window.side is Side.PAST:
                raise Unwritable("window", Told("that system counts in sentences only"))
            if window.side is Side.FIRST:
                found["range"] = {"from": first + 1, "to": last}
            else:
                found["range"] = {"from": -last, "to": -first - 1}
        return found

    def operators(self, condition: Condition) -> tuple[list[Json], Formula]:
        """Return the operators of a condition and the formula over them. Raises `Unwritable`."""
        formula = self._formula(condition)
        return self.made, formula

    def _formula(self, condition: Condition) -> Formula:
        match condition:
            case Phrases():
                return self._phrases(condition)
            case NoneOf((Phrases() as phrases,)) if (texts := self._texts(phrases)) is not None:
                return self._keywords(texts, 0)
            case AtLeast(count=count, parts=parts) if (
                count > 1 and (single := self._single(parts)) is not None
            ):
                return self._keywords(single, -1 if count == len(parts) else count)
            case AtLeast(2, (Regex(wanted, False), Regex((unwanted,), True))):
                pattern = "|".join(it.value for it in wanted)
                return self._regex({"regex": pattern, "notRegex": unwanted.value})
            case AtLeast(count=count, parts=parts):
                chosen = ways([self._formula(part) for part in parts], count)
                size = sum(1 for way in chosen for part in way for _ in names_in(part))
                if len(chosen) > MAX_CHOICES or size > MAX_CLAIMS:
                    raise Unwritable("at_least", Told("it has too many ways to be met"))
                rows = [And(way) if len(way) > 1 else way[0] for way in chosen]
                return rows[0] if len(rows) == 1 else Or(tuple(rows))
            case NoneOf(parts=parts):
                inner = [self._formula(part) for part in parts]
                return Not(inner[0] if len(inner) == 1 else Or(tuple(inner)))
            case Regex(patterns=patterns, is_negated=is_negated):
                found = self._regex({"regex": "|".join(it.value for it in patterns)})
                return Not(found) if is_negated else found
            case Similar(phrases=phrases, score=score):
                near = Told("as a semantic match: by its meaning and not by its words")
                self.account.approximate(self.rule, "similar", near)
                sentences = [it.text.value for it in phrases]
                param = {"score": round(score * 100), "similarlySentences": sentences}
                return self._operator("SIMILAR_MATCH", param)
            case Narrowed():
                raise Unwritable("speaker/window/after", Told("only of the whole condition"))
            case _:
                raise Unwritable(key_of(condition))

    def _operator(self, kind: str, param: Json) -> Formula:
        oid = str(next(self.ids))
        self.made.append({"oid": oid, "type": kind, "param": param})
        return Name(oid)

    def _keywords(self, texts: Sequence[str], size: int) -> Formula:
        """Return an operator that takes all (-1), none (0) or so many of some texts."""
        param = {"keywords": list(texts), "keywordMatchSize": size, "in_sentence": True}
        return self._operator("INCLUDE_KEYWORDS", param)

    def _regex(self, param: Json) -> Formula:
        return self._operator("REGULAR_EXPRESSION", param)

    def _phrases(self, phrases: Phrases) -> Formula:
        if phrases.at is not At.ANYWHERE:
            self.account.approximate(self.rule, "at", Told("anywhere in an utterance"))
        if phrases.sound is not Sound.EXACT:
            self.account.approximate(self.rule, "sound", Told("only as it is written"))
        if not phrases.may_be_negated:
            self.account.approximate(self.rule, "negated", Told("also where it is negated"))
        texts = self._texts(phrases)
        if texts is not None:
            return self._operator("HIT_ANY_KEYWORDS", {"keywords": list(texts)})
        near = Told("gaps and numbers as a regular expression")
        self.account.approximate(self.rule, "heard", near)
        return self._regex({"regex": "|".join(map(self._pattern, phrases.phrases))})

    def _texts(self, phrases: Phrases) -> tuple[str, ...] | None:
        """Return all texts that some phrases stand for; None where one is no text, or too many."""
        found: dict[str, None] = {}
        for phrase in phrases.phrases:
            try:
                texts = texts_of(phrase.text.value)
            except PhraseError:  # too many to be written out; an expression is shorter
                return None
            if texts is None:
                return None
            found |= dict.fromkeys(texts)
        return tuple(found)

    def _single(self, parts: Sequence[Condition]) -> tuple[str, ...] | None:
        """Return the texts of parts that are one text each; None where one is something else."""
        found: list[str] = []
        for part in parts:
            if not isinstance(part, Phrases) or part != Phrases(part.phrases):
                return None
            texts = self._texts(part)
            if texts is None or len(texts) != 1:
                return None
            found += texts
        return tuple(found)

    def _pattern(self, phrase: Phrase) -> str:
        try:
            return regular(phrase.text.value, is_solid=phrase.language == "zh")
        except PhraseError as error:
            raise Unwritable("heard", error.message) from error


def regular(phrase: str, *, is_solid: bool) -> str:
    """Return a regular expression for a phrase; in a solid language every character is a word.

    Raises `PhraseError` for one that is not in the notation.
    """
    return "|".join(_row(row, is_solid) for row in parse(phrase))


def _row(row: Row, is_solid: bool) -> str:
    """Return a row as its parts with anything but words between them."""
    made: list[str] = []
    for part in row:
        match part:
            case Words(text):
                made += map(_word, text.split())
            case AnyNumber():
                made.append("[0-9][0-9,.]*")
            case Space(most):
                made.append(f".{{0,{most}}}" if is_solid else rf"(?:\w+\W*){{0,{most}}}")
            case Choice(rows, may_lack):
                inner = "|".join(_row(inner, is_solid) for inner in rows)
                made.append(f"(?:{inner}){'?' if may_lack else ''}")
    return (r"\W*" if not is_solid else "").join(made)


def _word(text: str) -> str:
    """Return a word as itself, and Latin letters at its ends as those of a whole word."""
    escaped = "".join(f"\\{char}" if char in _SPECIAL else char for char in text)
    before, after = (r"\b" if text[at].isascii() and text[at].isalnum() else "" for at in (0, -1))
    return f"{before}{escaped}{after}"
