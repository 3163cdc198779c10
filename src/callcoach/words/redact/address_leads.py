"""Finds addresses in English by what leads to them: `my address is`, `deliver it to`."""

import re
from collections.abc import Iterator
from typing import Final

from callcoach.words.redact.answers import groups
from callcoach.words.redact.model import Entity, Kind
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.street_words import is_street
from callcoach.words.redact.tables import is_common, is_listed, is_place, is_strange

_LEADS: Final = re.compile(
    r"\b(?:(?:home|mailing|billing|shipping|delivery|street|postal|residential|current|new|my|your|"
    r"old|correct|full|the|email)\s+)*address(?:\s+(?:would\s+be|should\s+be|will\s+be|is|was|to|as|s|at))*\b(?!\s+on)[:\s]*"
    r"|\b(?:i|we|you|they|he|she)\s+(?:(?:now|still|currently|actually|both|all)\s+)*(?:lives?|stays?|resides?|lived)\s+(?:at|in|on)\s+"
    r"|\b(?:living|staying|residing|located|based)\s+(?:at|in|on)\s+"
    r"|\b(?:i'm|we're|i\s+am|we\s+are|im)\s+(?:out|over|up|down|based|still|now)\s+(?:at|in)\s+(?=rural|rd\b)"
    r"|\b(?:moved|moving|relocated|relocating|shifted)\s+to\s+"
    r"|\b(?:deliver(?:ed|y)?|ship(?:ped)?|mail(?:ed)?|send\s+it|sent)\s+to\s+(?=\d)"
    r"|\b(?:tell|direct)\s+the\s+(?:driver|courier|rider|postman|postie)\s+(?:it'?s\s+)?"
    r"|\b(?:drop|leave|deliver|post|mail|send|ship|bring|forward|redirect)\s+"
    r"(?:it|them|that|this|everything|(?:the|my|our)\s+\w+)\s+(?:over\s+|round\s+|off\s+)?(?:to|at)\s+"
    r"|\b(?:kept|stored|garaged)\s+(?:at|in|outside|behind|on)\s+(?:my\s+\w+'s\s+(?:yard|place|house|drive)\s+)?"
    r"|\b(?:parked|lodging|renting|rent|squatting|registered)\s+(?:at|outside|behind|on)\s+"
    r"|\b(?:letters?|post|mail|bills?|parcels?)\s+(?:go|goes|went|going|should\s+go|come|comes)\s+to\s+"
    r"|\b(?:my|our|his|her|their)\s+(?:\w+'s\s+)?(?:old\s+|new\s+)?(?:house|place|flat|shop|office|home|stall|workshop|farm|apartment)"
    r"\s+(?:is\s+|'s\s+)?(?:at|on|in)\s+"
    r"|\b(?=(?:barangay|brgy|purok|sitio)\b)|\b(?:current\s+|my\s+|new\s+)?(?:city|state|town|location|area)\s+(?:name\s+)?(?:is\s+)?"
)
_OF_WAY: Final = re.compile(r"\b(?:departure|arrival|destination|arriving|departing|honda)\s*$")
_LEAD_WORDS: Final = frozenset((
    "kept", "stored", "garaged",
    "address", "live", "lived", "living", "stay", "staying", "reside", "residing", "located",
    "moved", "moving", "relocated", "relocating", "shifted", "deliver", "delivered", "delivery",
    "ship", "shipped", "mail", "mailed", "send", "sent", "city", "state", "town", "location",
    "area", "barangay", "brgy", "purok", "sitio", "lives", "stays", "resides", "based", "rural",
    "driver", "courier", "rider", "postman", "postie", "drop", "leave", "post", "bring", "forward",
    "redirect", "parked", "lodging", "renting", "rent", "registered", "letter", "letters", "bills",
    "parcels", "house", "place", "flat", "shop", "office", "home", "stall", "workshop", "farm",
))  # fmt: skip
"""One of these stands in every lead."""
STOP: Final = frozenset(
    (
        *(
            "and",
            "my",
            "please",
            "thanks",
            "thank",
            "is",
            "i",
            "but",
            "so",
            "phone",
            "email",
            "ssn",
        ),
        *(
            "name",
            "which",
            "that",
            "because",
            "can",
            "could",
            "will",
            "would",
            "you",
            "for",
            "with",
        ),
        *("mam", "maam", "sir", "madam", "love", "mate", "dear", "hun", "boss", "bro", "till"),
        *("mobile", "contact", "account", "card", "not", "on", "want", "need", "to", "was", "it"),
        *(
            "ph",
            "cell",
            "tel",
            "telephone",
            "the",
            "a",
            "an",
            "has",
            "have",
            "changed",
            "wrong",
            "correct",
            "this",
            "also",
            "or",
            "just",
            "last",
            "next",
            "ago",
            "yesterday",
            "today",
            "since",
            "when",
            "until",
            "then",
            "if",
        ),
    )
)
_SMALL: Final = (("in",), ("on",), ("at",), ("near",), ("there",))
CLAUSES: Final = frozenset((
    "i", "or", "but", "ask", "tell", "call", "now", "still", "anyway", "actually", "yes", "no",
    "yeah", "okay", "well", "same", "we", "he", "she", "they", "it's", "there", "here", "ring",
    "email",
))  # fmt: skip
"""With these a clause begins behind an address."""
_TITLES: Final = (("ms",), ("mr",), ("mrs",), ("miss",))
_CALLED: Final = frozenset(("zip", "zipcode", "code", "postcode", "pincode"))
"""What a part of an address is called, between the others."""
MOST = 14


def address_parts(speech: Speech, first: int, past: int, why: str) -> Iterator[Entity]:
    """Yield what stands around `zip code` inside of an address, and behind `city`."""
    words = speech.tokens.words
    first += words[first] == "city"
    for begin, end in groups([at for at in range(first, past) if words[at] not in _CALLED]):
        yield address(speech, begin, end, why)


def find_after_leads(speech: Speech) -> Iterator[Entity]:
    """Yield what follows `my address is` and `I live at`."""
    words = speech.tokens.words
    if _LEAD_WORDS.isdisjoint(words):
        return
    for found in _LEADS.finditer(speech.low):
        if "email" in found.group() or _OF_WAY.search(speech.low, 0, found.start()) is not None:
            continue
        first = next(
            (at for at, start in enumerate(speech.tokens.starts) if start >= found.end()),
            len(words),
        )
        first += words[first : first + 1] in _SMALL
        first += words[first : first + 1] == ("the",)
        if words[first : first + 1] in _TITLES:
            continue
        past = _stretch(speech, first)
        has_sign = any(
            words[at][0].isdecimal()
            or is_place(words[at])
            or is_street(words[at])
            or is_strange(words[at])
            or (is_listed(words[at]) and not is_common(words[at]))
            for at in range(first, past)
        )
        if (
            past > first
            and has_sign
            and not any("@" in speech.text[s:e] for s, e in [speech.span(first, past)])
        ):
            yield from address_parts(speech, first, past, "said to be an address")


def _stretch(speech: Speech, first: int) -> int:
    """Return the token past an address that begins at `first`: up to what goes on otherwise."""
    words = speech.tokens.words
    past = first
    while past < min(first + MOST, len(words)) and words[past] not in STOP:
        is_end = speech.text[speech.tokens.ends[past] : speech.tokens.ends[past] + 1] in set(".!?;")
        past += 1
        if is_end:
            break
    while past > first and words[past - 1] in STOP:
        past -= 1
    return past


def address(speech: Speech, first: int, past: int, why: str) -> Entity:
    """Return the address that some tokens are."""
    start, end = speech.span(first, past)
    return Entity(Kind.ADDRESS, start, end, why, " ".join(speech.tokens.words[first:past]))
