"""Finds homes in English that are described: `the flat over the fish shop`.

Every token is told by one letter, as in `premises`; a description is a run of words of place with
a house or a landmark among them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from callcoach.words.redact.model import Asked, Kind
from callcoach.words.redact.name_leads import RELATIONS
from callcoach.words.redact.name_shapes import is_word, stops
from callcoach.words.redact.premises import NEVER, is_sign
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import (
    BRANDS,
    CALENDAR,
    is_common,
    is_given,
    is_listed,
    is_place,
    is_strange,
)

_HOUSES: Final = frozenset((
    "flat", "flats", "house", "houses", "cottage", "cottages", "bungalow", "cabin", "caravan",
    "trailer", "farm", "farmhouse", "barn", "lodge", "annex", "annexe", "stables", "mill",
    "forge", "rectory", "vicarage", "manse", "chapel", "compound", "block", "blocks", "tower",
    "room", "rooms", "floor", "basement", "attic", "terrace", "almshouses", "bedsit",
    "maisonette", "villa", "mansion", "hut", "shack", "homestead", "yard", "estate", "site",
    "pitch", "boat", "houseboat", "mooring", "hostel", "hotel", "apartment", "apartments",
    "duplex", "condo", "building", "unit", "gatehouse", "schoolhouse", "granary", "oast", "croft",
    "bothy", "smallholding", "ranch", "quarters", "studio", "place", "penthouse", "outbuilding",
    "workshop", "garage", "lock-up", "lockup",
))  # fmt: skip
"""What people live in."""
_MARKS: Final = frozenset((
    "shop", "shops", "church", "mosque", "temple", "school", "gate", "door", "lane", "corner",
    "pub", "hall", "camp", "station", "market", "borehole", "tank", "tree", "pharmacy", "chemist",
    "clinic", "office", "bakery", "laundry", "launderette", "laundrette", "chippy", "bridge",
    "river", "well", "field", "track", "hill", "crossroads", "roundabout", "junction", "stop",
    "park", "road", "street", "end", "turning", "turn", "canal", "pond", "lake", "beach",
    "harbour", "quay", "pier", "cemetery", "graveyard", "playground", "pitch", "stadium",
    "library", "bar", "restaurant", "cafe", "butcher", "butchers", "baker", "bakers", "grocer",
    "kiosk", "shed", "silos", "silo", "dairy", "brewery", "quarry", "mine", "works", "factory",
    "depot", "warehouse", "terminus", "rank", "stage", "square", "green", "common", "crescent",
    "close", "drive", "avenue", "row", "way", "walk", "bay", "moor", "railway", "line", "tracks",
    "fence", "wall", "porch", "stairs", "staircase", "entrance", "alley", "passage", "path",
    "cul-de-sac", "bend", "fork", "ford", "dam", "mast", "pylon", "water", "supermarket", "salon",
    "barber", "barbers", "barbershop", "takeaway", "nursery", "college", "hospital", "surgery",
    "barracks", "prison", "monument", "statue", "tower", "arch", "tunnel", "village", "town",
    "level", "crossing", "lights", "garden", "gardens", "orchard", "meadow", "co-op", "coop",
    "op", "post", "filling", "petrol", "shell", "total", "community",
))  # fmt: skip
"""What people live beside."""
_BESIDE: Final = frozenset((
    "over", "above", "behind", "opposite", "beside", "near", "next", "after", "past", "off", "by",
    "under", "below", "up", "down", "across", "round", "around", "between", "along", "inside",
    "outside", "in", "on", "at", "to", "from", "with", "through", "facing", "against", "towards",
    "alongside", "beyond", "adjacent", "backing", "onto", "front", "into",
))  # fmt: skip
_STRONG: Final = frozenset((
    "over", "above", "behind", "opposite", "beside", "near", "next", "past", "across", "between",
    "facing", "beyond", "adjacent", "left", "right", "corner", "top", "back", "after", "off",
    "by", "end", "under", "below", "round",
))  # fmt: skip
"""Words of which one stands in every way that is told."""
_SORTS: Final = frozenset((
    "old", "new", "white", "blue", "yellow", "green", "red", "black", "brown", "pink", "grey",
    "gray", "orange", "big", "little", "small", "top", "bottom", "ground", "upper", "lower",
    "first", "second", "third", "fourth", "fifth", "last", "back", "front", "left", "right",
    "end", "corner", "middle", "far", "other", "main", "high", "low", "long", "east", "west",
    "north", "south", "side", "stone", "brick", "wooden", "thatched", "detached", "terraced",
    "semi", "double", "single", "left-hand", "right-hand", "hand", "grand", "great", "number",
    "zone", "phase", "plot", "block", "static", "mobile", "gated", "local", "primary",
    "secondary", "catholic", "anglican", "baptist", "methodist", "bus", "train", "fire", "police",
    "fish", "chip", "betting", "charity", "tyre", "car", "football", "cricket", "rugby", "golf",
    "tin", "mud", "metal", "iron", "wrought", "log",
))  # fmt: skip
_ARTICLES: Final = frozenset(("the", "a", "an"))
_OWNERS: Final = frozenset(("my", "our", "his", "her", "their"))
_TALK: Final = NEVER | frozenset((
    "yes", "yeah", "sure", "okay", "ok", "please", "thanks", "love", "tell", "put", "use", "take",
    "come", "send", "post", "deliver", "know", "moved", "live", "living", "stay", "staying",
    "there", "here", "now", "still", "always", "never", "money", "payment", "account", "loan",
    "card", "debt", "bank", "branch", "work", "job", "phone", "number", "letter", "letters",
    "email", "call", "ring", "sorry", "what", "address", "postcode", "postie", "driver", "same",
    "actually", "think", "wait", "um", "uh", "er", "well", "so", "oh", "like", "once", "since",
    "till", "until", "today", "month", "week", "name", "named", "called", "sold", "bought",
    "rent", "renting", "everyone", "everybody", "nobody", "someone", "give", "gave", "bring",
    "leave", "left", "drop", "look", "see", "ask",
))  # fmt: skip
_LEADS: Final = re.compile(
    r"\b(?:i|we|he|she|they)(?:'m|'re|'s|\s+am|\s+are|\s+is)?\s+(?:(?:now|still|currently|just|all|back)\s+)*"
    r"(?:(?:live|lives|living|stay|stays|staying|reside|resides|lodging|based|sleeping)\b|at\b|in\s+(?=the\s+\w+\s+(?:house|flat|cottage|bungalow|caravan|room)))"
    r"|\bmoved\s+(?:\w+\s+)?(?:to|into|in)\b|\b(?:tell|direct)\s+(?:them|him|her|the\s+\w+)\s+(?:it's\b)?"
    r"|\b(?:my|our|his|her)\s+(?:house|place|home|flat|room|address)(?:'s|\s+is)\b|\bmine's\b|\bwhere\s+(?:i|we)\s+(?:live|stay)\s+is\b"
    r"|\b(?:moved|relocated|shifted)\b[^.?!]{0,24}?\bit's\b|\bnew\s+(?:place|house|one|address|flat)(?:'s|\s+is)\b|\bsince\s+\w+\s+it's\b"
    r"|\bwith\s+my\s+\w+\s+it's\b|\bliving\s+(?:in|at|with)\b"
)
"""What leads to a home that is described."""
_LEAD_WORDS: Final = frozenset((
    "live", "lives", "living", "stay", "stays", "staying", "reside", "resides", "lodging",
    "based", "sleeping", "at", "in", "moved", "relocated", "shifted", "tell", "direct", "house",
    "place", "home", "flat", "room", "address", "mine", "with", "new", "since", "is",
))  # fmt: skip
_RUN: Final = re.compile("(?:[TJNDLMPOHKR]|U(?=[HK])|(?<=[TJ])U(?=[RHKDZ]|$))+")
_FEW: Final = 3
_LONG: Final = 4
"""Words of a description that is most of a turn."""
_REACH: Final = 3


def find_described(
    speech: Speech, asked: Asked, strict: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield the tokens (first, past) of homes that are described.

    Beside `strict`, the addresses of the turn that need no description, only what goes on with one.
    """
    words = speech.tokens.words
    wants = Kind.ADDRESS in asked.kinds
    if not wants and (_LEAD_WORDS.isdisjoint(words) or _HOUSES.isdisjoint(words)):
        return
    leads = [bisect_left(speech.tokens.starts, it.end()) for it in _LEADS.finditer(speech.low)]
    letters = "".join(_letter(speech, at) for at in range(len(words)))
    for found in _RUN.finditer(letters):
        first, past = _trimmed(speech, letters, *found.span())
        form = letters[first:past]
        is_led = "N" not in form and any(0 <= first - lead <= _REACH for lead in leads)
        is_most = _opens(speech, first) and "H" in form and past - first >= _LONG
        is_most = is_most and 2 * (past - first) >= len(words)
        is_lone = (is_most and not _STRONG.isdisjoint(words[first:past])) or is_led
        is_asked = wants and (_is_beside(first, past, strict) if strict else _opens(speech, first))
        if past > first and (is_asked or is_lone) and _is_told(speech, form, first, past, asked):
            yield first, past


def _is_beside(first: int, past: int, others: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a run goes on with one of other addresses."""
    return any(first - _REACH < end and begin < past + _REACH for begin, end in others)


def _opens(speech: Speech, first: int) -> bool:
    """Tell whether an answer begins at a token, but for what is put before one."""
    words = speech.tokens.words
    at = first
    while at > 0 and words[at - 1] in _BEFORE:
        at -= 1
    return at == 0 or words[at - 1 : at] == ("is",) or stops(speech, at - 1)


_BEFORE: Final = frozenset((
    "at", "in", "on", "to", "from", "um", "uh", "er", "yes", "yeah", "sure", "no", "well", "so",
    "oh", "okay", "just", "the",
))  # fmt: skip


def _is_told(speech: Speech, form: str, first: int, past: int, asked: Asked) -> bool:
    """Tell whether a run of words of place is a home."""
    is_way = not _STRONG.isdisjoint(speech.tokens.words[first:past]) and bool(set(form) & set("HK"))
    if "H" in form and len(form) > 1:
        is_new = Kind.ADDRESS in asked.whole
        is_own = _before(speech, first) in _OWN
        return (
            is_own
            or is_way
            or "D" in form
            or "N" in form
            or (is_new and form[0] in "TJH")
            or len(form) > _FEW
        )
    return is_way and "K" in form and len(form) >= _FEW and Kind.ADDRESS in asked.whole


_OWN: Final = (("mine", "is"), ("home", "is"), ("live", "in"), ("live", "at"), ("living", "in"))


def _before(speech: Speech, first: int) -> tuple[str, ...]:
    """Return the two tokens before another."""
    return speech.tokens.words[max(first - 2, 0) : first]


def _trimmed(speech: Speech, letters: str, first: int, past: int) -> tuple[int, int]:
    """Return a run without what leads to it, and without what it is open for."""
    words = speech.tokens.words
    while first < past and (
        letters[first] in "OPL"
        or words[first] in ("at", "in", "on", "to", "from", "with", "into", "by")
    ):
        first += 1
    while past > first and (
        letters[past - 1] in "TOMRP" and words[past - 1] not in ("left", "right")
    ):
        past -= 1
    return first, past


def _letter(speech: Speech, at: int) -> str:
    """Return what a token is: The, a sort (J), a House, a landmark (K), Name, Digits, and so on."""
    words = speech.tokens.words
    word = words[at]
    if at in speech.numbers:
        return "D"
    if word == "is":
        is_owner = at > 0 and speech.tokens.starts[at] == speech.tokens.starts[at - 1]
        return "P" if is_owner and words[at - 1] not in _TALK else "Z"
    if word in _OWNERS or (word in RELATIONS and at > 0 and words[at - 1] in _OWNERS):
        other = at if word in RELATIONS else at + 1
        is_owned = other + 1 < len(words) and words[other] in RELATIONS and words[other + 1] == "is"
        return "M" if is_owned else "Z"
    if (
        is_given(word)
        and not is_place(word)
        and not (word in _HOUSES or word in _MARKS or word in _SORTS)
    ):
        return "Z"
    if speech.capitals and speech.is_capital(at) and at > 0 and word not in _TALK:
        return "H" if word in _HOUSES else "N"
    return _of_word(word)


@lru_cache(maxsize=8192)
def _of_word(word: str) -> str:
    for letter, table in (
        ("T", _ARTICLES),
        ("H", _HOUSES),
        ("J", _SORTS),
        ("K", _MARKS),
        ("R", _BESIDE),
    ):
        if word in table:
            return letter
    if word == "of":
        return "O"
    if word in _TALK or word in BRANDS or word in CALENDAR or not is_word(word):
        return "Z"
    if is_place(word) or is_strange(word) or (is_listed(word) and not is_common(word)):
        return "N"
    if is_sign(word):
        return "K"
    return "L" if len(word) == 1 else "U"
