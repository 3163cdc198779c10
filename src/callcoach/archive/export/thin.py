"""Quotes words that tell too little by themselves with what is around them."""

from callcoach.call.events import Heard, Span
from callcoach.call.places import is_thin, quote

_AROUND = 24
"""How many characters are quoted on either side."""


def thin_quote(said: Heard, span: Span) -> str:
    """Return such words in their line; empty where they tell enough, or there is nothing more."""
    around = said.text[: span.start] + said.text[span.end :]
    if is_thin(said, span) and any(map(str.isalnum, around)):
        return quote(said, (span,), _AROUND)
    return ""
