"""Turns what is written into the words that are spoken, as Vosk's official models write them.

Lower case, no punctuation, numbers, money, dates and telephone numbers in words.
"""

import re

from models.tiny.phones import Language

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in MONTHS)
_CURRENCIES = {"cn¥": "yuan", "¥": "yuan", "$": "dollars", "£": "pounds", "€": "euros"}
_ENGLISH = re.compile(
    rf"(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:, (?P<year>\d{{4}}))?(?!\d)"
    r"|(?P<sign>cn¥|[¥$£€])(?P<amount>[\d,]+)(?:\.(?P<cents>\d\d))?"
    r"|(?P<bare>[\d,]+)\.(?P<part>\d\d)"
    r"|in (?P<since>(?:19|20)\d\d)"
    r"|(?P<ordinal>\d+)(?:st|nd|rd|th)"
    r"|(?P<number>\d[\d,]*)",
)
_LATIN_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")

_DIGITS = "零一二三四五六七八九"
_MANDARIN = re.compile(
    r"(?P<year>\d{4}|\d\d)年|(?P<amount>[\d,]+)(?:\.(?P<part>\d\d))?(?=元)|(?P<number>\d[\d,]*)"
)
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")


def words_of(text: str, language: Language) -> str:
    """Return the words of a text: English ones with spaces, Chinese characters without."""
    return english(text) if language == "en" else mandarin(text)


def english(text: str) -> str:
    """Return the words of an English text, one space between them."""
    folded = text.lower().replace("’", "'").replace("e-mail", "email")
    return " ".join(_LATIN_WORD.findall(_ENGLISH.sub(_say_english, folded)))


def mandarin(text: str) -> str:
    """Return the Chinese characters of a text; nothing else is left of it."""
    # The amount's jiao and fen stand behind the yuan: 四百二十六元八角.
    folded = text.replace("〇", "零").replace("App", "").lower()
    folded = re.sub(r"(\d)\.(\d)(\d)元", r"\1元<\2\3>", folded)
    return _NOT_HAN.sub("", _MANDARIN.sub(_say_mandarin, re.sub(r"<(\d)(\d)>", _change, folded)))


def cardinal(number: int) -> str:
    """Return a whole number below a million in English words."""
    if number >= 1000:
        rest = number % 1000
        joint = " and " if 0 < rest < 100 else " "
        return f"{cardinal(number // 1000)} thousand" + (f"{joint}{cardinal(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{_SMALL[number // 100]} hundred" + (f" and {cardinal(rest)}" if rest else "")
    if number >= 20:
        return _TENS[number // 10] + (f" {_SMALL[number % 10]}" if number % 10 else "")
    return _SMALL[number]


def ordinal(number: int) -> str:
    """Return a whole number below a million as an English ordinal."""
    *before, last = cardinal(number).split()
    if last in _ORDINALS:
        last = _ORDINALS[last]
    else:
        last = last.removesuffix("y") + ("ieth" if last.endswith("y") else "th")
    return " ".join((*before, last))


def year(number: int) -> str:
    """Return a year in English words: nineteen ninety, two thousand and five, twenty twenty six."""
    if 2000 <= number < 2010:
        return cardinal(number)
    rest = number % 100
    if not rest:
        return f"{cardinal(number // 100)} hundred"
    return f"{cardinal(number // 100)} {'oh ' if rest < 10 else ''}{cardinal(rest)}"


def digits(text: str, language: Language) -> str:
    """Return the digits of a text one by one, in words."""
    if language == "zh":
        return "".join(_DIGITS[int(digit)] for digit in text if digit.isdecimal())
    return " ".join(_SMALL[int(digit)] for digit in text if digit.isdecimal())


def han_number(number: int) -> str:
    """Return a whole number below a hundred million in Chinese characters."""
    if number >= 10000:
        rest = number % 10000
        bridge = "零" if 0 < rest < 1000 else ""
        return f"{han_number(number // 10000)}万" + (bridge + _below_myriad(rest) if rest else "")
    words = _below_myriad(number) if number else "零"
    return words[1:] if words.startswith("一十") else words


def _below_myriad(number: int) -> str:
    said = ""
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // size % 10
        if digit:
            said += _DIGITS[digit] + unit
        elif said and number % size and not said.endswith("零"):
            said += "零"
    return said


def _plain(digits_and_commas: str) -> int:
    return int(digits_and_commas.replace(",", ""))


def _decimal(whole: str, part: str | None) -> str:
    behind = (part or "").rstrip("0")
    said = cardinal(_plain(whole))
    return f"{said} point {digits(behind, 'en')}" if behind else said


def _say_english(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found["month"]:
        month = next(name for name in MONTHS if name.startswith(found["month"][:3]))
        said_year = f" {year(int(found['year']))}" if found["year"] else ""
        return f"{month} {ordinal(int(found['day']))}{said_year}"
    if found["sign"]:
        return f"{_decimal(found['amount'], found['cents'])} {_CURRENCIES[found['sign']]}"
    if found["bare"]:
        return _decimal(found["bare"], found["part"])
    if found["since"]:
        return f"in {year(int(found['since']))}"
    if found["ordinal"]:
        return ordinal(int(found["ordinal"]))
    number = found["number"]
    # Four digits without a comma, or more than five, are a code or a telephone number.
    if "," not in number and (len(number) == 4 or len(number) > 5):
        return digits(number, "en")
    return cardinal(_plain(number))


def _change(match: re.Match[str]) -> str:
    jiao, fen = (int(digit) for digit in match.groups())
    said = f"{_DIGITS[jiao]}角" if jiao else "零" if fen else ""
    return said + (f"{_DIGITS[fen]}分" if fen else "")


def _say_mandarin(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found["year"]:
        return digits(found["year"], "zh") + "年"
    number = found["amount"] or found["number"]
    follows = match.string[match.end() :]
    if not found["amount"] and "," not in number and (len(number) == 4 or len(number) > 5):
        return digits(number, "zh")
    if number == "2" and follows[:1] in ("期", "个", "位", "次"):
        return "两"
    return han_number(_plain(number))
