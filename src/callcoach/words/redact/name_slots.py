"""Finds names in English that are words too, where only a person can stand: `is rose home`.

Such a word counts as a name by what stands around it alone: it is called (`okay rob so what now`),
does what people do (`dawn is on holiday`), or is said to be somebody (`my sister destiny`).
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final

from callcoach.words.redact.model import Entity
from callcoach.words.redact.name_leads import PRESENT, RELATIONS
from callcoach.words.redact.name_shapes import entity, extent, stops
from callcoach.words.redact.speech import Speech, is_number
from callcoach.words.redact.tables import (
    CALENDAR,
    is_certain,
    is_common,
    is_family,
    is_given,
    is_listed,
    is_place,
    is_strange,
)

VERBS: Final = frozenset((
    "will", "may", "hope", "mark", "bill", "grant", "sue", "pat", "drew", "chase", "rob", "chuck",
    "trust", "jack", "pay", "art", "long", "early", "page", "tab", "rich", "lane", "way", "happy",
))  # fmt: skip
"""Names that open a sentence as other words: `mark it`, `may i`."""
_AUXILIARIES: Final = frozenset(("will", "may", "hope", "can", "do", "made", "long"))
DEAR: Final = frozenset((
    "love", "honey", "dear", "angel", "baby", "princess", "king", "queen", "prince", "babe",
    "sweetie", "darling", "happy", "early", "long", "young", "guy", "man",
))  # fmt: skip
"""What strangers are called too."""
_HAILS: Final = frozenset((
    "hi", "hello", "hey", "hiya", "thanks", "sorry", "okay", "ok", "cheers", "bye", "goodbye",
    "morning", "afternoon", "evening", "right", "alright",
))  # fmt: skip
_AFTER_HAIL: Final = frozenset((
    "could", "can", "would", "please", "it", "its", "i", "we",
    "you", "let", "so", "what", "how", "bye", "are", "listen", "this", "do", "did", "have", "just",
    "thank", "thanks", "there", "love", "speaking", "here", "from", "calling", "my", "where",
    "when", "why", "who", "good", "take", "that",
))  # fmt: skip
_TELLS: Final = frozenset((("it", "is"), ("i", "am"), ("this", "is")))
_CALLED_FIRST: Final = frozenset(("listen", "speaking", "here", "please"))
"""Behind a name that opens a turn."""
_ASKING: Final = frozenset((
    "can", "could", "did", "does", "has", "should", "would", "will", "is", "was", "had",
))  # fmt: skip
_ASKS: Final = frozenset(("could", "can", "would", "are", "do", "did", "have"))
_ASKED: Final = frozenset(("you", "i", "we"))
_OPENS: Final = frozenset((
    "and", "but", "that", "because", "so", "when", "if", "cos", "cause", "where", "since", "while",
    "think", "reckon", "guess", "believe", "our", "no", "yes", "yeah", "well", "oh",
))  # fmt: skip
"""Behind these a clause begins with whom it is about."""
_DID: Final = frozenset((
    "said", "told", "called", "promised", "signed", "rang", "phoned", "lives", "works", "says",
    "wants", "knows", "moved", "agreed", "handles", "thinks", "passed", "used", "bought", "picked",
    "asked", "spoke", "emailed", "texted", "gave", "took", "paid", "left", "died", "lost", "went",
    "stopped", "owes", "pays", "never",
))  # fmt: skip
_DOES: Final = frozenset((
    "pay", "owe", "sign", "live", "know", "call", "ring", "work", "want", "speak", "use", "need",
    "have", "get", "be", "answer", "come", "go", "take", "give", "handle", "deal", "lend", "say",
    "tell", "ask", "think", "understand", "agree", "paid", "owed", "signed", "lived", "called",
    "rung", "worked", "spoken", "used", "got", "been", "told", "asked", "gone", "answered", "moved",
    "still", "left", "phone", "phoned", "sort", "sorted", "help", "talk", "send", "sent",
))  # fmt: skip
"""What people do, behind `did rose` and `rusty won't`."""
_DENIED: Final = frozenset((
    "never", "will", "would", "can", "could", "does", "did", "has",
))  # fmt: skip
_ROLES: Final = frozenset((
    "manager", "driver", "owner", "landlord", "landlady", "boss", "one", "guarantor", "tenant",
    "supervisor", "agent", "director", "accountant", "nurse", "carer", "mother", "father", "wife",
    "husband", "eldest", "youngest", "borrower", "executor",
))  # fmt: skip
_OFFICES: Final = frozenset((
    "sales", "accounts", "work", "collections", "support", "billing", "reception", "finance",
    "church", "school", "hr", "payroll", "recoveries", "upstairs", "downstairs",
))  # fmt: skip
_OFFICE_LEADS: Final = frozenset(("the", "your", "our", "my", "head"))
_NICKED: Final = frozenset(("old", "young", "big", "little", "wee", "ol", "auld"))
"""Before a name: `big dave`."""
_STATES: Final = (
    ("on", "holiday"), ("on", "leave"), ("on", "vacation"), ("at", "work"), ("at", "home"),
    ("at", "school"), ("in", "hospital"), ("not", "here"), ("not", "home"), ("not", "in"),
    ("away",), ("asleep",), ("busy",), ("home",), ("here",), ("out",), ("abroad",), ("dead",),
    ("at", "church"), ("at", "college"), ("at", "uni"), ("in", "bed"), ("in", "town"),
    ("in", "prison"), ("in", "jail"), ("in", "a", "meeting"), ("in", "the", "shower"),
    ("in", "the", "bath"), ("on", "nights"), ("on", "shift"), ("on", "lunch"), ("out", "of"),
    ("on", "another", "call"), ("at", "the", "shops"), ("working",), ("driving",), ("sleeping",),
    ("travelling",), ("retired",), ("unwell",), ("ill",), ("not", "well"), ("next", "door"),
    ("me",), ("fine",), ("here", "too"), ("in", "charge"), ("my", "name"),
    ("sick",), ("poorly",), ("off", "today"), ("off", "sick"), ("the", "one", "who"),
)  # fmt: skip
"""What is said of a person behind `is`."""
_HOUSEHOLDS: Final = (("residence",), ("household",), ("family",))
_LEAST: Final = 3
_JOINS: Final = frozenset(("and", "but", "then", "because", "when", "cos", "so"))
"""`then chinwe took over`."""
_OWNERS: Final = frozenset(("my", "his", "her", "our", "your", "their"))
_SOMEBODY: Final = frozenset((
    "ex", "mate", "friend", "pal", "lady", "girl", "lad", "bloke", "chap", "missus", "fella",
    "twin", "man", "woman", "gentleman", "guy", "colleague", "nurse", "rep",
))  # fmt: skip
_BEFORE_SOMEBODY: Final = _OWNERS | {"the", "other", "a", "that", "this", "another"}
_MEETS: Final = frozenset((
    ("spoke", "to"), ("spoke", "with"), ("speak", "to"), ("speak", "with"), ("talk", "to"),
    ("talk", "with"), ("talked", "to"), ("talking", "to"), ("speaking", "to"), ("spoken", "to"),
    ("speaking", "with"), ("spoken", "with"), ("told", "by"), ("ask", "for"), ("asking", "for"),
))  # fmt: skip
_TELLING: Final = frozenset(("told", "asked", "rang", "phoned", "texted", "emailed", "married"))
_FETCHES: Final = frozenset(("get", "fetch", "grab", "put", "pop", "bring"))
"""`i'll get joy for you`, `put carol on`."""
_PLACE_LEADS: Final = frozenset(("in", "from", "near", "around", "outside", "downtown", "across"))
_PLACE_NAMES: Final = frozenset((
    "victoria", "florence", "austin", "paris", "jackson", "madison", "charlotte", "savannah",
    "sydney", "georgia", "virginia", "carolina", "brooklyn", "chelsea", "dakota", "houston",
    "dallas", "phoenix", "lincoln", "hamilton", "preston", "kent", "chester", "lancaster",
    "bradford", "clifton", "jordan", "israel", "chad", "kenya", "india", "asia", "france",
    "london", "troy", "aurora", "salem", "regina", "orlando", "santiago", "lourdes", "siena",
    "milan", "devon", "clare", "kerry", "trent", "tyrone", "derry", "logan", "tyler", "chandler",
    "arlington", "washington", "cleveland", "lafayette", "durham", "wellington", "nelson",
    "hastings", "napier", "darwin", "adelaide", "warren", "montana", "nevada", "alexandria",
    "macon", "marion", "eugene", "medina", "cordoba", "valencia", "leon", "lima", "bari",
))  # fmt: skip
"""Names of people that are places too."""
_DATED: Final = frozenset((
    "in", "on", "next", "last", "this", "until", "till", "by", "of", "since", "every", "end",
    "before", "after", "from", "to", "for", "mid", "early", "late", "or", "yes", "the",
    "through", "during", "come",
))  # fmt: skip
"""Behind these April is a month."""


def find_in_slots(speech: Speech) -> Iterator[Entity]:
    """Yield the given names that are words too, where a person is called or spoken of."""
    words = speech.tokens.words
    for at, word in enumerate(words):
        if not _is_double(word):
            continue
        if _is_in_question(speech, at) or _is_of_office(words, at):
            yield entity(speech, at, at + 1, "where a person stands")
        elif _is_hailed(speech, at) or _is_subject(speech, at) or _is_somebody(speech, at):
            yield entity(speech, at, extent(speech, at), "where a person stands")
        elif _is_paired(words, at):
            yield entity(speech, at, at + 1, "beside another name")


@lru_cache(maxsize=8192)
def _is_double(word: str) -> bool:
    """Tell whether a word is a given name and another word."""
    return is_given(word) and not is_certain(word)


def _begins(speech: Speech, at: int) -> bool:
    """Tell whether a clause begins at a token."""
    return at == 0 or stops(speech, at - 1)


def _is_hailed(speech: Speech, at: int) -> bool:
    """Tell whether somebody is called by a name: `hello ruby it's the bank`, `grace could you`."""
    words = speech.tokens.words
    word = words[at]
    if word in DEAR or word in VERBS - {"rob", "pat", "drew", "rich"}:
        return False
    after = words[at + 1] if at + 1 < len(words) else ""
    behind = words[at + 2] if at + 2 < len(words) else ""
    is_asked = after in _ASKS and behind in _ASKED
    is_told = (after, behind) in _TELLS
    is_hail = at > 0 and words[at - 1] in _HAILS and (at == 1 or _begins(speech, at - 1))
    if is_hail and not stops(speech, at - 1):
        is_month = word in CALENDAR and not (is_asked or is_told)
        return after in _AFTER_HAIL and not is_month
    if not _begins(speech, at) or word in VERBS or word in CALENDAR:
        return False
    return is_asked or is_told or after in _CALLED_FIRST or (after == "you" and behind == "there")


def _is_subject(speech: Speech, at: int) -> bool:
    """Tell whether a clause is about somebody: `dawn is on holiday`, `and bill said`."""
    words = speech.tokens.words
    if not (_begins(speech, at) or words[at - 1] in _OPENS or words[at - 1] == "is"):
        return False
    after = words[at + 1 : at + 2]
    if words[at - 1 : at] == ("is",):
        is_led = (
            at > 1
            and words[at - 2] in _HAILS | {"and", "so"}
            and (at == 2 or _begins(speech, at - 2))
        )
        return (is_led or _begins(speech, at - 1)) and bool(after) and after[0] in PRESENT
    is_denied = words[at + 2 : at + 3] == ("not",)
    rest = words[at + 2 + is_denied : at + 6 + is_denied]
    if after and after[0] in _DENIED and rest and rest[0] in _DOES:
        return words[at] not in VERBS | CALENDAR or (is_denied and words[at] not in _AUXILIARIES)
    if after == ("has",) and rest and rest[0] in ("the", "my", "his", "her", "your"):
        return words[at - 1 : at] == ("think",) and words[at] not in VERBS
    if after and after[0] in _DID - _DENIED:
        return words[at] not in _AUXILIARIES and not (
            words[at] in VERBS and words[at - 1 : at] == ("no",)
        )
    if after != ("is",):
        return False
    if rest[:1] == ("the",) and rest[1:2] != () and rest[1] in _ROLES:
        return words[at] not in _AUXILIARIES
    is_kin = rest[:1] != () and rest[0] in _OWNERS and rest[1:2] != () and rest[1] in RELATIONS
    return is_kin or any(rest[: len(state)] == state for state in _STATES)


def _is_in_question(speech: Speech, at: int) -> bool:
    """Tell whether it is asked what somebody does: `did grace pay`, `can bill call you back`."""
    words = speech.tokens.words
    if at == 0 or words[at - 1] not in _ASKING or not (at == 1 or _begins(speech, at - 1)):
        return False
    return words[at] not in _AUXILIARIES - {"hope"} and not _DOES.isdisjoint(words[at + 1 : at + 2])


def _is_of_office(words: tuple[str, ...], at: int) -> bool:
    """Tell whether it is said where somebody works: `lee from sales`, `it's june from the bank`."""
    if words[at + 1 : at + 2] != ("from",) or words[at] in _AUXILIARIES:
        return False
    after = words[at + 2] if at + 2 < len(words) else ""
    is_led = at == 0 or words[at - 1] in ("is", "by", "to", "with", "ask", "call")
    return is_led and (after in _OFFICES or (after in _OFFICE_LEADS and len(words) > at + 3))


def _is_somebody(speech: Speech, at: int) -> bool:
    """Tell whether a word before says that it is a person: `my sister destiny`."""
    words = speech.tokens.words
    word = words[at]
    if at == 0 or word in _AUXILIARIES or stops(speech, at - 1):
        return False
    if words[max(at - 2, 0) : at] in _MEETS:
        return word not in DEAR
    if words[at - 1] in _TELLING:
        return word not in VERBS | DEAR | CALENDAR and words[at + 1 : at + 2] != ("of",)
    if words[at - 1] in _FETCHES and words[at + 1 : at + 2] in (("for",), ("on",), ("to",)):
        return word not in VERBS | DEAR | CALENDAR
    if at < 2 or words[at - 2] not in _BEFORE_SOMEBODY:
        return False
    is_last = at + 1 == len(words) or stops(speech, at)
    is_free = word not in VERBS or is_last
    is_kin = words[at - 1] in RELATIONS and words[at - 2] in _OWNERS
    return is_free and word not in CALENDAR and (is_kin or words[at - 1] in _SOMEBODY)


def is_of_person(speech: Speech, at: int) -> bool:
    """Tell whether a strange word that opens a clause is where a person is: `Crispin's asleep`."""
    words = speech.tokens.words
    if not (is_strange(words[at]) and len(words[at]) > _LEAST):
        return False
    rest = words[at + 1 : at + 5]
    if at > 1 and words[at - 1] in ("and", "or") and is_certain(words[at - 2]):
        return True
    if at > 0 and words[at - 1] in _JOINS and rest[:1] != () and rest[0] in _DID:
        return True
    if not _begins(speech, at):
        return False
    if rest[:1] == ("is",):
        is_kin = rest[1:2] != () and rest[1] in _OWNERS and rest[2:3] != () and rest[2] in RELATIONS
        return is_kin or any(rest[1 : 1 + len(state)] == state for state in _STATES)
    return rest[:4] == ("will", "not", "be", "back") or rest[:3] == ("will", "be", "back")


def find_nicked(speech: Speech) -> Iterator[Entity]:
    """Yield names behind `old`, and families: `big dave`, `the hendersons`."""
    words = speech.tokens.words
    for at in range(1, len(words)):
        word = words[at]
        if words[at - 1] in _NICKED and is_listed(word) and not is_common(word):
            yield entity(speech, at, extent(speech, at), "where a person stands")
        is_family_name = is_family(word[:-1]) and not is_common(word[:-1])
        is_plain = is_common(word) or is_place(word)
        if words[at - 1] == "the" and word[-1] == "s" and is_family_name and not is_plain:
            yield entity(speech, at, at + 1, "a family")
        is_named = is_family(word) or is_strange(word)
        if words[at - 1] == "the" and is_named and words[at + 1 : at + 2] in _HOUSEHOLDS:
            yield entity(speech, at, at + 1, "a family")


def _is_paired(words: tuple[str, ...], at: int) -> bool:
    """Tell whether a word is named beside a given name: `frank or denise`."""
    if words[at] in _AUXILIARIES or words[at] in CALENDAR or words[at] in DEAR:
        return False
    before, after = words[max(at - 2, 0) : at], words[at + 1 : at + 3]
    for pair, place in ((before[::-1], 1), (after, 1)):
        if len(pair) == 2 and pair[0] in ("and", "or"):
            other = pair[place]
            is_both = _is_double(other) and (
                "both" in words[at : at + 5] or ("are", "my") in pairwise(words[at : at + 6])
            )
            if (is_certain(other) and not is_place(other)) or is_both:
                return True
    return False


def is_thing(words: tuple[str, ...], at: int) -> bool:
    """Tell whether a name that is a month, a day or a place too means that."""
    return _is_month(words, at) or _is_of_place(words, at) or _is_measure(words, at)


def _is_measure(words: tuple[str, ...], at: int) -> bool:
    """Tell whether a name means a thing that has it too: `a grace period`, `ten miles`."""
    before = words[at - 1] if at else ""
    if words[at] == "miles":
        return before != "" and (is_number(before) or before in ("few", "many", "of"))
    return words[at + 1 : at + 2] in _AFTER.get(words[at], ())


_AFTER: Final = {
    "grace": (("period",), ("days",), ("time",), ("payment",), ("periods",)),
    "bill": (("payment",), ("date",), ("payer",), ("payments",)),
    "rose": (("to",), ("by",), ("again",)), "faith": (("in",),),
    "hope": (("so",), ("not",), ("to",)),
    "mark": (("on",), ("up",)), "grant": (("from",), ("for",), ("application",)),
    "will": (("be",), ("do",), ("not",), ("have",)), "penny": (("of",), ("more",), ("less",)),
    "sterling": (("silver",), ("account",)), "carol": (("service",), ("singing",)),
}  # fmt: skip
"""What follows words that are names too where they are none."""


def _is_of_place(words: tuple[str, ...], at: int) -> bool:
    """Tell whether a name that is a place too means the place: `in victoria`, `austin texas`."""
    if words[at] not in _PLACE_NAMES and not is_place(words[at]):
        return False
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    is_told = before in _PLACE_LEADS or before in ("the", "of")
    return is_told or (is_place(after) and not is_given(after))


def _is_month(words: tuple[str, ...], at: int) -> bool:
    """Tell whether a name that is a month or a day means it: `next june`, `june 2027`."""
    if words[at] not in CALENDAR:
        return False
    before = words[at - 1] if at else ""
    after = words[at + 1] if at + 1 < len(words) else ""
    is_counted = (
        before[:1].isdecimal() or after[:1].isdecimal() or before.endswith(("th", "teenth"))
    )
    return (
        before in _DATED or is_counted or (before != "" and is_common(before) and after == "first")
    )
