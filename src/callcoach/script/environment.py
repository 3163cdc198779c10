"""The one place that sets jinja2 up: sandboxed, strict, with values spoken in a language."""

from datetime import date
from decimal import Decimal
from functools import cache

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from callcoach.script.facts import Fact, FactKind, FactValue, Money
from callcoach.script.guard import compare
from callcoach.script.wording import Language

FILTERS = ("short", "long", "upper", "lower")
"""`short` and `long` are ways to say a date; the others change the case of a text."""

_SPOKEN_CURRENCIES = {("zh", "CNY"): "#,##0.00元"}
"""Where people say an amount otherwise than it is printed."""

_LOCALES = {"zh": "zh_Hans_CN", "en": "en_US"}


class Spoken:
    """A fact's value as a template sees it: a text to say, comparable like in a guard."""

    __slots__ = ("_language", "_text", "_today", "_value")

    def __init__(
        self, value: FactValue, text: str, language: Language, today: date | None = None
    ) -> None:
        """Take a value; a short date says its year where it is not that of `today`."""
        self._value = value
        self._text = text
        self._language = language
        self._today = today

    def __str__(self) -> str:
        return self._text

    def __bool__(self) -> bool:
        return self._value is not False

    def __hash__(self) -> int:
        return hash(self._text)

    def __eq__(self, other: object) -> bool:
        return self._compare("==", other)

    def __ne__(self, other: object) -> bool:
        return self._compare("!=", other)

    def __lt__(self, other: object) -> bool:
        return self._compare("<", other)

    def __le__(self, other: object) -> bool:
        return self._compare("<=", other)

    def __gt__(self, other: object) -> bool:
        return self._compare(">", other)

    def __ge__(self, other: object) -> bool:
        return self._compare(">=", other)

    def _compare(self, op: str, other: object) -> bool:
        match other:
            case bool() | str() | Decimal():
                return compare(self._value, op, other)
            case int() | float():
                return compare(self._value, op, Decimal(str(other)))
            case _:
                return op == "!="

    def dated(self, style: str) -> str:
        """Return a date in a style of its language; other values as they are said."""
        if not isinstance(self._value, date):
            return self._text
        return speak_date(self._value, self._language, style, self._today)


class Blank:
    """A fact that is not known yet: every comparison is false, and so is it; said as its title."""

    __slots__ = ("_text", "is_said")

    def __init__(self, text: str) -> None:
        self._text = text
        self.is_said = False

    def __str__(self) -> str:
        self.is_said = True
        return self._text

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return hash(self._text)

    def __lt__(self, other: object) -> bool:
        return False

    __ne__ = __le__ = __gt__ = __ge__ = __lt__


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """Return the environment for lines; a value knows the language it is said in."""
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False
    )
    made.filters.clear()
    made.globals.clear()
    made.filters |= {
        "short": lambda value: value.dated("short") if isinstance(value, Spoken) else str(value),
        "long": lambda value: value.dated("full") if isinstance(value, Spoken) else str(value),
        "upper": lambda value: str(value).upper(),
        "lower": lambda value: str(value).lower(),
    }
    return made


def speak(fact: Fact, value: FactValue, language: Language) -> str:
    """Return a fact's value as one says it in `language`."""
    match value:
        case bool():
            return _YES_NO.get(language, _YES_NO["en"])[value]
        case date():
            return speak_date(value, language, "long")
        case Money(amount, currency):
            return _speak_money(amount, currency, language)
        case Decimal():
            from babel.numbers import format_decimal  # 23 ms

            return format_decimal(value, locale=locale_of(language))
        case _ if fact.kind is FactKind.CHOICE and value in fact.choices:
            return fact.choices[value].plain(language)
        case _:
            return str(value)


_YES_NO = {"en": ("no", "yes"), "zh": ("否", "是")}


def speak_date(
    day: date, language: Language, style: str = "long", today: date | None = None
) -> str:
    """Return a date in babel's style `short`, `long` or `full`.

    A short one leaves out the year, unless it is known to be another than that of `today`.
    """
    from babel.dates import format_date, format_skeleton  # 30 ms

    if style == "short":
        is_this_year = today is None or day.year == today.year
        skeleton = "MMMd" if is_this_year else "yMMMd"
        return format_skeleton(skeleton, day, locale=locale_of(language))
    return format_date(day, style, locale=locale_of(language))


def _speak_money(amount: Decimal, currency: str, language: Language) -> str:
    from babel import Locale  # 23 ms, with the next
    from babel.numbers import format_currency

    locale = Locale.parse(locale_of(language))
    pattern = _SPOKEN_CURRENCIES.get((language, currency))
    pattern = pattern or locale.currency_formats["standard"].pattern
    if amount != amount.to_integral_value():
        return format_currency(amount, currency, pattern, locale=locale)
    whole = pattern.replace(".00", "")
    return format_currency(amount, currency, whole, locale=locale, currency_digits=False)


@cache
def locale_of(language: Language) -> str:
    """Return the babel locale for a language; English where babel does not know it."""
    from babel.localedata import exists  # 20 ms

    name = _LOCALES.get(language, language.replace("-", "_"))
    return name if exists(name) else _LOCALES["en"]
