"""What the redactor knows and finds: kinds of personal data, and entities with their spans."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from callcoach.locale import mark
from callcoach.words.composed import plain


class Kind(StrEnum):
    """What sort of personal data it is."""

    NAME = "name"
    ID = "id"
    """An identity card, passport or licence."""
    CARD = "card"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    """Also a postcode."""
    ACCOUNT = "account"
    """Also a policy, claim, contract or booking."""
    SSN = "ssn"
    BIRTH = "birth"
    SECRET = "secret"  # noqa: S105 - the name of a kind
    """A password, PIN, code or the answer to a security question."""
    USERNAME = "username"
    PLATE = "plate"
    IP = "ip"
    AMOUNT = "amount"
    """Only one that is known to be this customer's; amounts are not private by themselves."""
    NUMBER = "number"
    """Digits of which nobody said what they are."""
    DETAIL = "detail"
    """What a pack calls private, of no other kind."""


DIGITS: Final = frozenset(
    (Kind.CARD, Kind.ID, Kind.SSN, Kind.ACCOUNT, Kind.PHONE, Kind.SECRET, Kind.NUMBER)
)
"""Kinds that are said digit by digit."""
MASKS: Final[Mapping[Kind, str]] = {
    Kind.NAME: mark("[NAME]"),
    Kind.ID: mark("[ID]"),
    Kind.CARD: mark("[CARD]"),
    Kind.PHONE: mark("[PHONE]"),
    Kind.EMAIL: mark("[E-MAIL]"),
    Kind.ADDRESS: mark("[ADDRESS]"),
    Kind.ACCOUNT: mark("[ACCOUNT]"),
    Kind.SSN: mark("[SSN]"),
    Kind.BIRTH: mark("[BIRTH DATE]"),
    Kind.SECRET: mark("[SECRET]"),
    Kind.USERNAME: mark("[USER NAME]"),
    Kind.PLATE: mark("[PLATE]"),
    Kind.IP: mark("[IP ADDRESS]"),
    Kind.AMOUNT: mark("[AMOUNT]"),
    Kind.NUMBER: mark("[NUMBER]"),
    Kind.DETAIL: mark("[PRIVATE]"),
}
"""What stands in place of each kind."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A piece of personal data in a text."""

    kind: Kind
    start: int
    """In characters of the text as it was given."""
    end: int
    why: str
    """The rule that found it, in English; never the words that were found."""
    value: str = ""
    """The same for the same datum however it was said: digits, or lower-case words."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the contact record says of the customer, to be found wherever it is said."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    amounts: tuple[Decimal, ...] = ()
    others: tuple[str, ...] = ()
    """Texts that are private as a whole."""

    def __post_init__(self) -> None:
        """Compose the names: a file that was made elsewhere may part letters and accents."""
        names = tuple(map(plain, self.names))
        if names != self.names:
            object.__setattr__(self, "names", names)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the turn before asked for."""

    kinds: frozenset[Kind] = frozenset()
    whole: frozenset[Kind] = frozenset()
    """Those of `kinds` of which nothing was read out with the question: any short answer is one."""
    is_known: bool = False
    """A turn of the other speaker was heard; False: nobody knows what was asked."""


NOBODY: Final = Known()
NOTHING: Final = Asked()
