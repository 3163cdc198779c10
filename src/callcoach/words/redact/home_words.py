"""The words by which homes in English are known, and what stands beside them."""

import re
from typing import Final

from callcoach.words.redact.street_words import STREETS

HERE: Final = re.compile(
    r"\b(?P<who>i|we|he|she|they|you)(?:'m|'s|'re|\s+am|\s+is|\s+are|'ve\s+been|'s\s+been|\s+have\s+been)\s+"
    r"(?:(?:still|now|currently|both|all|out|over|up|down|back|here|living|based|staying|stopping|lodging|renting|actually)\s+)*"
    r"(?P<at>at|in|on)\s+"
    r"|\b(?:i|we|he|she|they|you)\s+(?:(?:now|still|all|both|actually)\s+)*(?:lives?|stays?|resides?|lodges?)\s+(?:(?:out|over|up|down|now)\s+)?(?:at|in|near|on)\s+"
    r"|\b(?:moved|moving|relocated|shifted|gone\s+back|went\s+back|going\s+back)\s+(?:(?:out|back|over|up|down|away|home|now|all\s+the\s+way)\s+)*to\s+"
    r"|\b(?:my|our|his|her|their)\s+(?:\w+'s\s+)?(?:old\s+|new\s+)?(?:house|place|flat|home|farm|apartment|farmhouse|caravan|village|town)(?:'s|\s+is)?\s+(?:(?:out|over|up|down)\s+)?(?:at|in|on|near)\s+"
    r"|\b(?:still|also|all)\s+at\s+"
    r"|\b(?:find|reach|visit|write\s+to|collect\s+(?:it|them)|catch)\s+(?:me|us|him|her|it)?\s*(?:at|in|from)\s+"
    r"|\b(?:it|that|they|letters?|post|parcel|card|cheque|statement)\s+(?:all\s+)?(?:went|was\s+sent|were\s+sent|got\s+sent|goes|go|gets\s+sent|came|come)\s+to\s+"
    r"|\b(?:left|parked|keep|kept|garaged)\s+(?:it|her|him)?\s*(?:at|in|outside)\s+"
    r"|\bused\s+to\s+(?:live|stay|be|rent)\s+(?:at|in|on|near)\s+|\b(?:was|were)\s+(?:living|staying|renting)\s+(?:at|in|on|near)\s+"
)
NAMED: Final = re.compile(
    r"\b(?:farm|farmhouse|village|hamlet|homestead|townland|estate|croft|cottage|bungalow|ranch|townhouse|settlement|kraal)"
    r"(?:\s+(?:called|named|is|at|in))?\s+(?=[a-zà-ɏ])"
)
ROOMS: Final = re.compile(
    r"\b(?:somewhere|someplace|sofa|couch|b\s+and\s+b|hotel|hostel|bedsit|digs|caravan|yard|lock\s?up|compound"
    r"|(?:my|our|his|her|a|the)\s+(?:room|flat|house|place|home|studio|village|hometown))\s+(?:\w+\s+)?(?:in|near|outside)\s+"
)
"""Where somebody stays, before the place that it is in."""
ROUTES: Final = re.compile(
    r"\b(?:(?:county|rural|state|farm|forest|provincial|ranch|fire|country|township)\s+(?:road|route|highway|line|lane)|state\s+highway"
    r"|r\s?r|rural\s+delivery|private\s+bag|locked\s+bag|g\s?p\s?o\s+box|roadside\s+mail\s+box|r\s?m\s?b|r\s?s\s?d|mile\s+marker|km|kilometre)\s+(?=\w)"
)
"""Roads and boxes in the country that have a number."""
CALLED_SO: Final = re.compile(
    r"\b(?:farm|house|cottage|bungalow|estate|village|building|block|lodge|guesthouse|guest\s+house|houseboat|boat|plot|complex|court|residence|hostel)"
    r"(?:'s|\s+is|\s+was)?\s+(?:called|named)\s+"
)
READ: Final = re.compile(
    r"\b(?:i've\s+got|i\s+have|we\s+have|we've\s+got|shows?(?:\s+as)?|showing|address\s+(?:is|was|as|on\s+file\s+is)|you\s+at|them\s+at|still|it's|that's)\s+"
)
GROUNDS: Final = frozenset((
    "market", "mall", "plaza", "junction", "roundabout", "barracks", "camp", "estate", "terminus",
    "quarters", "township", "village", "heights", "phase",
))  # fmt: skip
SHORT: Final = 4
PREFIXES: Final = frozenset((
    "heol", "ffordd", "stryd", "lon", "ty", "tŷ", "tyn", "pentre", "cae", "maes", "bryn", "plas",
    "llys", "glan", "nant", "cwm", "calle", "avenida", "carrer", "rua", "viale", "corso",
    "piazza", "jalan", "lorong", "taman", "kampung", "ulica", "bulevardul", "strada", "chemin",
    "boulevard", "allee", "impasse", "quai", "ballina", "ard", "cnoc", "bothar", "sraid",
    "cluain", "gort", "barangay", "brgy", "purok", "sitio", "poblacion", "ward", "rondavel",
    "kibbutz", "rehov",
))  # fmt: skip
"""What the names of streets and houses begin with in other languages."""
ENDINGS: Final = (
    "straat",
    "strasse",
    "straße",
    "straße",
    "laan",
    "gracht",
    "plein",
    "platz",
    "allee",
    "gatan",
    "gata",
    "vej",
    "veien",
    "vegen",
    "gade",
    "vagen",
    "katu",
    "utca",
    "steeg",
    "kade",
    "singel",
)
ENDED: Final = 7
"""Letters of a word with such an ending that is a street."""
JOINTS: Final = (
    ("by", "the", "sea"),
    ("on", "sea"),
    ("on", "the", "hill"),
    ("on", "thames"),
    ("on", "tyne"),
    ("on", "trent"),
    ("by", "sea"),
    ("under", "lyne"),
    ("in", "furness"),
    ("next", "the", "sea"),
    ("on", "the", "water"),
    ("in", "the", "wold"),
    ("on", "the", "wold"),
    ("le", "street"),
    ("in", "the", "hole"),
    ("care", "home"),
    ("nursing", "home"),
    ("retirement", "village"),
    ("caravan", "park"),
    ("trailer", "park"),
    ("mobile", "home", "park"),
    ("holiday", "park"),
    ("industrial", "estate"),
    ("business", "park"),
    ("trading", "estate"),
    ("housing", "estate"),
    ("student", "village"),
    ("gated", "community"),
    ("council", "estate"),
    ("on", "avon"),
)
"""What goes on with a place or a building."""
SMALL: Final = frozenset((
    "y", "yr", "de", "du", "des", "la", "le", "el", "upon", "under", "ap", "an", "na", "di",
    "del", "della", "ny", "e", "van", "der", "das", "dos", "da", "den",
))  # fmt: skip
GEO: Final = frozenset((
    "bay", "beach", "heath", "hill", "hills", "springs", "falls", "creek", "lake", "lakes",
    "river", "valley", "island", "point", "head", "port", "harbour", "harbor", "cross", "green",
    "end", "gate", "wood", "woods", "moor", "common", "town", "city", "village", "park", "grove",
    "ridge", "mills", "corner", "crossing", "junction", "ford", "bridge", "wells", "spa", "sands",
    "west", "east", "north", "south", "central", "heights", "flats", "plains", "plain", "forest",
    "hollow", "landing", "barrow", "rapids", "rock", "rocks", "bluff", "bluffs", "glen", "vale",
    "cove", "county", "township", "estate", "view", "vista", "mount", "mountain", "pines", "oaks",
    "acres", "ranch", "downs", "parade", "quay", "wharf", "fields", "meadows", "extension",
    "phase", "layout",
))  # fmt: skip
"""What the names of places end with."""
OPENED: Final = frozenset((
    "new", "old", "north", "south", "east", "west", "upper", "lower", "great", "little", "mount",
    "fort", "port", "lake", "saint", "st", "san", "santa", "long", "high", "castle", "black",
    "white", "red", "grand", "cape", "palm",
))  # fmt: skip
NO_HOME: Final = frozenset((
    "work", "home", "school", "uni", "college", "church", "lunch", "hospital", "debt", "arrears",
    "trouble", "court", "holiday", "leave", "bed", "town", "all", "least", "risk", "fault",
    "time", "full", "touch", "charge", "credit", "benefits", "pip", "esa", "uc", "jsa", "dole",
    "furlough", "sick", "maternity", "chemo", "dialysis", "rehab", "prison", "jail", "hospice",
    "sorts", "bits", "parental", "probation", "zoom", "teams", "facebook", "whatsapp",
    "disability", "pension", "monthly", "weekly", "fortnightly", "direct", "paperless",
    "electric", "prepay", "payg", "universal",
))  # fmt: skip
"""Where somebody is who is not at home, and what somebody is on."""
CALLED: Final = frozenset(("eircode", "postcode", "zip", "zipcode", "try", "ring", "call", "phone"))
WITHIN: Final = frozenset(("in", "near", "past", "outside", "off", "via", "behind", "beside", "at"))
"""Behind an address these lead to the place that it is in."""
HOUSES: Final = frozenset((
    "bungalow", "cabin", "cottage", "cottages", "almshouses", "almshouse", "farmhouse", "caravan",
    "rectory", "vicarage", "chalet", "croft", "barn", "lodge", "gatehouse", "mill", "forge",
    "flats", "apartments", "maisonette", "terrace", "semi", "townhouse", "duplex", "rondavel",
    "shack", "hut", "manse", "steading", "bothy", "schoolhouse", "hostel", "bedsit", "annexe",
    "houseboat", "granary", "house", "compound", "villa", "trailer",
))  # fmt: skip
"""What people live in."""
SELVES: Final = frozenset(("i", "we", "you"))
FEW: Final = 3
"""Tokens of `number forty two`; a phone number has more."""
MOST: Final = 6
TALK: Final = frozenset((
    "it", "is", "i", "and", "but", "on", "at", "so", "by", "my", "he", "she", "they", "we", "you",
    "in", "with", "because", "not", "that", "when", "if", "for", "something", "what", "a", "off",
    "to",
))  # fmt: skip
JOINED: Final = frozenset((
    "and", "is", "in", "so", "but", "then", "or", "that", "still", "with", "now", "not", "yes",
    "near",
))  # fmt: skip
TO: Final = frozenset(("at", "in", "on", "to", "near", "from", "outside"))
ROOM_WORDS: Final = frozenset((
    "somewhere", "someplace", "sofa", "couch", "b", "hotel", "hostel", "bedsit", "digs",
    "caravan", "yard", "lock", "lockup", "compound", "room", "flat", "house", "place", "home",
    "studio", "village", "hometown",
))  # fmt: skip
ROUTE_WORDS: Final = frozenset((
    "road", "route", "highway", "line", "lane", "delivery", "bag", "box", "marker", "km",
    "kilometre", "r", "b", "d", "rr", "rmb", "rsd",
))  # fmt: skip
FARMS: Final = frozenset((
    "farm", "farmhouse", "village", "hamlet", "homestead", "townland", "estate", "croft",
    "cottage", "bungalow", "ranch", "townhouse", "settlement", "kraal",
))  # fmt: skip
IT: Final = (("is",), ("at",), ("in",), ("no",), ("yes",))
PLAIN: Final = frozenset((
    "your", "their", "this", "that", "same", "other", "another", "west", "whole", "very", "both",
    "next", "last", "first", "home", "work", "good", "better", "different", "some", "which",
    "what", "dead", "front", "back", "week", "month", "year", "town", "city", "local", "near",
    "each",
))  # fmt: skip
ALWAYS: Final = frozenset(
    (
        "street",
        "road",
        "avenue",
        "lane",
        "drive",
        "crescent",
        "terrace",
        "close",
        "parade",
        "boulevard",
        "highway",
        "parkway",
        "grove",
        "gardens",
        "mews",
        "court",
        "house",
    )
) & (STREETS | {"parade", "house"})
