"""A number as it was said, and what a reader of number words returns."""

from decimal import Decimal

import msgspec


class NumberSpan(msgspec.Struct, frozen=True, gc=False):
    """A number among the tokens of an utterance."""

    first: int
    """The first token of the number itself."""
    past: int
    """Past its last token; a unit that follows is not part of it, but `块` in `十二块五` is."""
    value: Decimal
    """The least, where about so many were said: 三四百, 一千出头."""
    unit: str | None
    """ISO 4217 code, or `percent`, `minute`, `hour`, `day`, `week`, `month`, `year`,
    `instalment`; a day of the month is a `day`."""
    spoken: bool
    """Said in words; False where all of it is in digits."""
    whole: int
    """Past the unit's last token; `past` where there is no unit behind."""
    digits: str = ""
    """The digits one by one, leading noughts kept, where it was said or written as digits."""


class Reading(msgspec.Struct, frozen=True, gc=False):
    """A number read from a certain token on, before anybody looked for its unit."""

    past: int
    value: Decimal
    spoken: bool
    digits: str = ""
    unit: str | None = None
    """Where the number words carry it: `百分之十`."""


def short(value: Decimal) -> Decimal:
    """Return 1500.0, which is 1.5 thousand, as 1500."""
    whole = value.to_integral_value()
    return whole if whole == value else value
