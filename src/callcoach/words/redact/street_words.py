"""Words that end the name of a street in English."""

from functools import lru_cache
from typing import Final

STREETS: Final = frozenset(
    (
        *("embankment", "esplanade", "promenade", "broadway"),
        *("street", "st", "str", "road", "rd", "avenue", "ave", "av", "lane", "ln", "drive", "dr"),
        *("court", "ct", "boulevard", "blvd", "way", "square", "sq", "terrace", "circle", "cir"),
        *("highway", "hwy", "parkway", "pkwy", "crescent", "close", "trail", "alley", "plaza"),
        *("loop", "grove", "gardens", "mews", "row", "nagar", "colony", "layout", "marg", "salai"),
        *("complex", "towers", "apartments", "villas", "enclave", "estate", "junction", "hill"),
        *("heights", "view", "park", "place", "pl", "turnpike", "pike", "strasse", "rue", "via"),
    )
)
"""Words that end the name of a street."""
_MORE: Final = frozenset(
    (
        *("parade", "walk", "rise", "vale", "wynd", "brae", "croft"),
        *(
            "strand",
            "yard",
            "fold",
            "garth",
            "point",
            "arches",
            "dene",
            "drove",
            "chase",
            "approach",
            "link",
            "green",
        ),
        *("spinney", "copse", "paddock", "paddocks", "circus", "mall", "arcade", "gully", "chowk"),
        *("bazaar", "gali", "galli", "path", "cross", "meadow", "meadows", "orchard", "ridge"),
        *("wharf", "quay", "mount", "fields", "gate", "side", "end", "common", "hollow", "banks"),
    )
)
"""Words that end the name of a street, and are words more often."""
WEAK_STREETS: Final = _MORE | frozenset(
    (
        *("st", "way", "close", "row", "view", "park", "place", "pl", "drive", "complex", "dr"),
        *("via", "hill", "loop", "court", "plaza", "estate", "square", "trail", "circle", "ct"),
        *("av", "str"),
    )
)
SUFFIXES: Final = (
    STREETS
    | _MORE
    | frozenset(
        (
            *("annex", "arcade", "bayou", "beach", "bend", "bluff", "branch", "bridge", "brook"),
            *("burg", "bypass", "camp", "canyon", "cape", "causeway", "center", "centre", "cliff"),
            *(
                "club",
                "common",
                "corner",
                "course",
                "cove",
                "creek",
                "crest",
                "crossing",
                "crossroad",
            ),
            *(
                "curve",
                "dale",
                "dam",
                "divide",
                "expressway",
                "extension",
                "falls",
                "ferry",
                "field",
            ),
            *("flats", "ford", "forest", "forge", "fork", "fort", "freeway", "garden", "gateway"),
            *("glen", "green", "harbor", "harbour", "haven", "hills", "hollow", "inlet", "island"),
            *("isle", "key", "knoll", "lake", "landing", "light", "lock", "lodge", "mall", "manor"),
            *(
                "meadow",
                "mill",
                "mission",
                "motorway",
                "mount",
                "mountain",
                "neck",
                "orchard",
                "oval",
            ),
            *("overpass", "pass", "passage", "path", "pine", "plain", "point", "port", "prairie"),
            *(
                "radial",
                "ramp",
                "ranch",
                "rapid",
                "rest",
                "ridge",
                "river",
                "route",
                "run",
                "shoal",
            ),
            *("shore", "skyway", "spring", "spur", "station", "stravenue", "stream", "summit"),
            *(
                "throughway",
                "trace",
                "track",
                "trafficway",
                "tunnel",
                "underpass",
                "union",
                "valley",
            ),
            *("viaduct", "village", "ville", "vista", "walk", "wall", "well"),
        )
    )
)
"""All words that end a street's name in the United States (Postal Service, publication 28)."""


@lru_cache(maxsize=8192)
def is_street(word: str) -> bool:
    """Tell whether a word, in the singular or plural, may end the name of a street."""
    return word in SUFFIXES or word.removesuffix("s") in SUFFIXES
