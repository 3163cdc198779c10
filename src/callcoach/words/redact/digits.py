"""Decides for each run of digits whether it is personal, and of what kind."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.numbers import chinese
from callcoach.words.redact.checks import is_card, is_chinese_id, is_date, is_hotline, is_year
from callcoach.words.redact.closed import HAS_HAN
from callcoach.words.redact.contexts import Harmless, Setting, setting
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.speech import Run, Speech
from callcoach.words.redact.tables import is_listed, is_strange

_LEAST: Final = {
    Kind.SSN: 3, Kind.CARD: 4, Kind.ID: 4, Kind.PHONE: 4, Kind.ACCOUNT: 3, Kind.ADDRESS: 4,
    Kind.SECRET: 3, Kind.BIRTH: 2,
}  # fmt: skip
"""How many digits a word before them needs to make them a datum of its kind."""
_CROSS: Final = "叉"
"""How the X at the end of an identity number is said."""
_LETTERED: Final = frozenset((Kind.ACCOUNT, Kind.ID, Kind.CARD, Kind.SECRET, Kind.SSN))
"""Kinds whose numbers hold letters too."""
_SAID: Final = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|ten|eleven|twelve"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)"
)
_DIALLABLE: Final = 6
"""Digits that are a phone number where one was asked for, whatever else is spoken of."""
_ENDING: Final = re.compile(
    rf"\b(?:(?:ending|ends)\s+(?:in\s+|with\s+|on\s+|is\s+)?|last\s+(?:two|three|four)\s+(?:digits\s+)?(?:are|is)\s+)"
    rf"(?P<last>{_SAID}(?:\s{_SAID}){{1,5}})\b(?!\s+(?:months?|weeks?|days?|years?|percent|pounds?|minutes?|hours?))"
)
_AREA: Final = re.compile(r"\s+(?:is\s+the\s+|that's\s+the\s+)?area\s+code\b")
_DIALLED: Final = frozenset((Kind.PHONE, Kind.NUMBER))
_LARGE: Final = frozenset(("hundred", "thousand"))
_READ_OUT: Final = re.compile(
    r"\b(?:(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine)\b ?){2}"
)
"""Digit after digit: `nine hundred one two three` is no sum."""
_BEFORE_YEAR: Final = frozenset((
    "from", "in", "since", "of", "until", "till", "by", "maybe", "or", "around", "about", "early",
    "late", "mid", "back", "summer", "winter", "spring", "autumn",
))  # fmt: skip
_SUM: Final = 6
"""Digits of the largest sum that is said with hundred or thousand and read as digits."""
_CARD: Final = 13
"""Digits of the shortest card number; whoever calls one an order number shows it all the same."""
_LONG: Final = 7
"""Digits in a row that hardly anybody says of a thing."""
_READ: Final = 4
"""Digits that are read out one by one: a sum is said with hundreds and tens."""
_ASKED_ORDER: Final = (
    Kind.CARD, Kind.ID, Kind.SSN, Kind.ACCOUNT, Kind.PHONE, Kind.SECRET, Kind.BIRTH, Kind.ADDRESS
)  # fmt: skip
_CHINESE_MOBILE: Final = re.compile(r"(?:86|0086)?1[3-9]\d{9}")
_CHINESE_LANDLINE: Final = re.compile(r"0(?:10|2\d|[3-9]\d{2})\d{7,8}")
_AREA_FORM: Final = re.compile(
    r"(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]?\d{4}|0\d{3,4}[\s-]\d{5,6}|07\d{3}\s?\d{6}"
    r"|\d{3}-\d{4}|0\d{2,3}[\s-]\d{3,4}[\s-]?\d{4}"
)
_CODED: Final = frozenset("拐洞勾两兩个")
_CODED_DIGIT: Final = r"[零〇洞一幺二两兩三四五六七八九拐勾0-9]"
_CODED_MOBILE: Final = re.compile(
    rf"[幺一1]\s*[三四五六七八九拐勾3-9]\s*(?:{_CODED_DIGIT}(?:\s*个\s*{_CODED_DIGIT})?\s*){{3,9}}"
    rf"(?<=[零〇洞一幺二三四五六七八九拐勾0-9\s])(?!{_CODED_DIGIT}|[百千万块])"
)
"""A Chinese mobile number in radio digits, or with `六个八`."""
_MOBILE: Final = 11
"""Digits of a Chinese mobile number."""
_FIRST_GROUP: Final = 3
"""Digits of the first group of one that is written in groups."""
_EXTENSION: Final = re.compile(
    rf"[\s,]*(?:x|ext\.?|extension|[转轉]|分机|分機)\s*(?:\d{{2,6}}(?!\d)|{_SAID}(?:\s{_SAID}){{0,5}}\b)"
)
_PLUS: Final = re.compile(r"\bplus\s+$")
_SSN_FORM: Final = re.compile(r"\d{3}[\s-]\d{2}[\s-]\d{4}")
_POSTCODE: Final = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b")


def find_digits(speech: Speech, asked: Asked, is_answer: bool) -> Iterator[Entity]:
    """Yield the personal data that are digits.

    `is_answer` says that the turn holds nothing but data: its digits are private even where
    nobody says what they are.
    """
    amounts = [(one.start, one.end) for one in speech.amounts if one.currency is not None]
    days = [(one.start, one.end) for one in speech.days]
    for run in speech.runs:
        around = setting(speech, run)
        found = _kind(speech, run, around, asked, is_answer, _held(run, amounts), _held(run, days))
        if found is not None:
            kind, why = found
            start, end = (run.start, run.end)
            if kind in _LETTERED:
                start, end = _with_letters(speech, run, is_id=kind is Kind.ID)
            extra = _EXTENSION.match(speech.low, end) if kind in _DIALLED else None
            end = extra.end() if extra is not None else end
            start -= speech.text[:start].endswith(("+", "("))
            plus = _PLUS.search(speech.low, 0, start) if kind in _DIALLED else None
            start = plus.start() if plus is not None else start
            yield Entity(kind, start, end, why, run.digits)
        elif len(run.digits) == _FIRST_GROUP and _AREA.match(speech.low, run.end):
            yield Entity(Kind.PHONE, run.start, run.end, "called an area code", run.digits)
    for last in (
        _ENDING.finditer(speech.low)
        if speech.numbers and ("end" in speech.low or "last" in speech.low)
        else ()
    ):
        if not last["last"].startswith(("twenty", "nineteen")):
            yield Entity(Kind.ACCOUNT, *last.span("last"), "last digits of a number", last["last"])
    if not _CODED.isdisjoint(speech.low):
        for mobile in _CODED_MOBILE.finditer(speech.low):
            if _count_coded(mobile.group()) == _MOBILE:
                yield Entity(Kind.PHONE, *mobile.span(), "mobile number", mobile.group())
    for found_code in _POSTCODE.finditer(speech.low) if speech.numbers else ():
        yield Entity(
            Kind.ADDRESS, *found_code.span(), "postcode", found_code.group().replace(" ", "")
        )


def _count_coded(said: str) -> int:
    """Return how many digits `一三九六个八两个七` are."""
    plain = "".join(said.split())
    repeated = [chinese.digit(plain[at - 1]) for at, char in enumerate(plain) if char == "个"]
    return len(plain) + sum(repeated) - 3 * len(repeated)


def _with_letters(speech: Speech, run: Run, *, is_id: bool) -> tuple[int, int]:
    """Return the span of a code with the groups of letters beside its digits: `kis 548796`."""
    words = speech.tokens.words
    first, past = run.first, run.past
    if first and (_is_code(words[first - 1]) or (is_id and _is_joined(speech, first - 1))):
        first -= 1
    if past < len(words) and (_is_code(words[past]) or (is_id and words[past] == _CROSS)):
        past += 1
    return speech.span(first, past)


def _is_joined(speech: Speech, at: int) -> bool:
    """Tell the letter of an identity number of Taiwan or Hong Kong: A123456789."""
    is_letter = len(speech.tokens.words[at]) == 1 and speech.tokens.words[at].isascii()
    return is_letter and speech.tokens.ends[at] == speech.tokens.starts[at + 1]


def _is_code(word: str) -> bool:
    return (
        word.isascii()
        and word.isalpha()
        and len(word) <= 4
        and ((is_strange(word) and not is_listed(word)) or (len(word) == 1 and word not in "ai"))
    )


def _held(run: Run, spans: list[tuple[int, int]]) -> bool:
    """Tell whether most of a run lies inside one of some spans."""
    half = (run.end - run.start) / 2
    return any(min(run.end, end) - max(run.start, start) > half for start, end in spans)


def _kind(
    speech: Speech,
    run: Run,
    around: Setting,
    asked: Asked,
    is_answer: bool,
    is_amount: bool,
    is_day: bool,
) -> tuple[Kind, str] | None:
    digits = run.digits
    sense = around.sense
    count = len(digits)
    is_birth = sense is Kind.BIRTH or Kind.BIRTH in asked.kinds
    if is_amount or (is_day and not is_birth and count < 13):
        return None
    if is_chinese_id(digits) and (count == 18 or sense is Kind.ID):
        return Kind.ID, "identity number with its check digit"
    is_private = is_answer or _first(asked) is not None
    is_public = is_hotline(digits) and not _is_mobile(speech, run)
    if is_public and not (is_private or isinstance(sense, Kind)):
        return None
    if sense is Harmless.REFERENCE and count >= _CARD and is_card(digits):
        return Kind.CARD, "issuer and check digit of a card"
    is_dialled = Kind.PHONE in asked.kinds and count >= _DIALLABLE
    if (sense is Harmless.REFERENCE and not is_dialled) or (
        sense is Harmless.MEASURE and count < _LONG
    ):
        return None
    if is_public and sense is Kind.PHONE and not is_private:
        return None
    if _is_cardinal(speech, run):
        return None
    shape = _shape(speech, run)
    if shape is not None:
        return _named(shape, sense)
    if around.is_measured and count < _LONG:
        return None
    if around.is_ending and count >= 3:
        kind = sense if isinstance(sense, Kind) else _first(asked) or Kind.CARD
        return kind, "last digits of a number"
    if isinstance(sense, Kind) and count >= _LEAST.get(sense, 99):
        return sense, "said of the digits"
    if sense is Harmless.AMOUNT:
        return None
    return _unnamed(speech, run, asked, is_answer)


def _is_mobile(speech: Speech, run: Run) -> bool:
    """Tell a mobile number of China, 188 8123 4567, from a toll-free one of America."""
    is_grouped = len(run.groups[0]) == _FIRST_GROUP or HAS_HAN.search(speech.text) is not None
    return is_grouped and _CHINESE_MOBILE.fullmatch(run.digits) is not None


def _is_cardinal(speech: Speech, run: Run) -> bool:
    """Tell a sum in words from digits: `two thousand nine hundred`, `an account from 2021`."""
    words = speech.tokens.words
    has_large = not _LARGE.isdisjoint(words[run.first : run.past])
    before = words[run.first - 1] if run.first else ""
    is_sum = (
        run.is_spoken
        and has_large
        and len(run.digits) <= _SUM
        and not _READ_OUT.search(" ".join(words[run.first : run.past]))
    )
    return is_sum or (is_year(run.digits) and before in _BEFORE_YEAR)


def _unnamed(speech: Speech, run: Run, asked: Asked, is_answer: bool) -> tuple[Kind, str] | None:
    """Return the kind of digits of which nobody in the turn says what they are."""
    count = len(run.digits)
    wanted = _first(asked)
    if wanted is not None and count >= (2 if is_answer else 3):
        return wanted, "asked for"
    if is_date(run.digits):
        return None
    if count >= 13:
        return Kind.CARD, "digits as long as a card number"
    is_read_out = count >= _LONG and set(map(len, run.groups)) == {1}
    is_read = run.is_spoken and all(len(group) == 1 or len(set(group)) == 1 for group in run.groups)
    if max(map(len, run.groups)) >= _LONG or count >= _LONG + 2 or is_read_out:
        return Kind.NUMBER, "many digits"
    if is_read and count >= _READ and _is_english(speech, run) and not is_year(run.digits):
        return Kind.NUMBER, "read out digit by digit"
    is_round = run.digits.endswith("0" if count < 4 else "00") or is_year(run.digits)
    if is_answer and count >= 3 and not is_round:
        return Kind.NUMBER, "nothing but digits"
    return None


def _is_english(speech: Speech, run: Run) -> bool:
    """Tell digits that are said in English; in Chinese years are read out, too."""
    return HAS_HAN.search(speech.text, run.start, run.end) is None


def _first(asked: Asked) -> Kind | None:
    """Return which kind of digits was asked for."""
    return next((kind for kind in _ASKED_ORDER if kind in asked.kinds), None)


def _named(shape: tuple[Kind, str], sense: object) -> tuple[Kind, str]:
    """Return a kind by its shape, unless somebody says what it is."""
    is_said = isinstance(sense, Kind) and sense in (Kind.ACCOUNT, Kind.ID, Kind.SSN, Kind.CARD)
    return (sense, "said of the digits") if is_said and isinstance(sense, Kind) else shape


def _shape(speech: Speech, run: Run) -> tuple[Kind, str] | None:
    """Return what digits are by their form alone."""
    digits, form = run.digits, speech.text[run.start : run.end]
    if len(digits) >= 13 and is_card(digits):
        return Kind.CARD, "issuer and check digit of a card"
    if _CHINESE_MOBILE.fullmatch(digits):
        return Kind.PHONE, "mobile number"
    is_plus = speech.text[: run.start].endswith("+") or _PLUS.search(speech.low, 0, run.start)
    if is_plus and len(digits) >= 8:
        return Kind.PHONE, "international number"
    if _SSN_FORM.fullmatch(form):
        return Kind.SSN, "form of a social security number"
    start = run.start - 1 if speech.text[: run.start].endswith("(") else run.start
    if _AREA_FORM.fullmatch(speech.text[start : run.end]):
        return Kind.PHONE, "form of a phone number"
    if _CHINESE_LANDLINE.fullmatch(digits) and len(run.groups) == 2:
        return Kind.PHONE, "landline number"
    return None
