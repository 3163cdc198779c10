"""Takes a short answer whole where the turn before asked for it: a town, a memorable word, a name.

What was asked for may be any word, so no list can know it. What can be known is what an answer is
not: a word of a sentence, a refusal, a yes. Where a turn holds none of these behind the words that
lead to an answer, all of it is the answer.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

from callcoach.words.months import MONTH
from callcoach.words.redact.closed import HAS_HAN
from callcoach.words.redact.model import Asked, Entity, Kind
from callcoach.words.redact.name_leads import NOT_NAMES
from callcoach.words.redact.name_shapes import extent, is_word, stops
from callcoach.words.redact.speech import Speech
from callcoach.words.redact.tables import CALENDAR, is_family, is_given, is_strange

_OPENERS: Final = frozenset((
    "yes", "yeah", "yep", "yup", "ya", "aye", "sure", "ok", "okay", "um", "uh", "er", "erm", "oh",
    "ah", "hmm", "mm", "so", "well", "right", "it", "is", "its", "that", "this", "was", "would",
    "be", "think", "believe", "gosh", "god", "now", "the", "and", "in", "at", "sorry", "actually",
    "maybe", "probably", "should", "hi", "hello", "hiya", "of", "course", "please", "alright",
    "fine", "like", "just", "i", "am", "to", "no", "for", "on", "from", "near", "also", "then",
    "live", "living", "stay", "staying", "reside", "born", "currently", "let", "me", "see",
    "hang", "hold", "ha", "haha", "lol", "certainly", "absolutely",
))  # fmt: skip
"""What stands before an answer, and is none of it."""
_CLOSERS: Final = frozenset((
    "please", "thanks", "thank", "you", "sir", "madam", "ma'am", "mam", "maam", "love", "mate",
    "dear", "bro", "boss", "hun", "darling", "pet", "duck", "okay", "ok", "yes", "yeah", "right",
    "believe", "think", "i", "guess", "alright", "there", "now", "ma", "oga", "po", "lah", "ta",
    "cheers", "it", "is",
))  # fmt: skip
_LED: Final = re.compile(
    r"^[^.?!]{0,48}?\b(?:name|word|password|pin|code|answer|address|place|house|birthday|birth|dob|born|street"
    r"|town|city|postcode|zip|surname|phrase|date|pet|school|car|thing)(?:\s+(?:is|was|would\s+be|will\s+be)\b|'s\b)"
)
_TALK: Final = frozenset((
    "i", "you", "he", "she", "we", "they", "me", "him", "us", "them", "why", "what", "who", "how",
    "when", "where", "which", "do", "does", "did", "done", "not", "never", "cannot", "can",
    "could", "will", "would", "should", "have", "has", "had", "was", "were", "am", "is", "are",
    "been", "already", "same", "still", "correct", "right", "wrong", "speaking", "because", "but",
    "if", "hello", "sorry", "pardon", "huh", "pay", "paid", "paying", "money", "call", "calling",
    "called", "moment", "second", "minute", "sec", "later", "tomorrow", "today", "tonight",
    "wait", "forget", "forgot", "forgotten", "know", "knew", "remember", "idea", "mean", "need",
    "want", "lost", "none", "nothing", "nobody", "anything", "something", "everything", "course",
    "tell", "told", "say", "said", "ask", "asked", "give", "gave", "get", "got", "send", "sent",
    "let", "look", "looking", "find", "check", "checking", "understand", "use", "used", "changed",
    "change", "moved", "there", "here", "fine", "great", "good", "lovely", "perfect", "cool",
    "bad", "true", "exactly", "absolutely", "definitely", "certainly", "indeed", "nope",
    "private", "confidential", "unsure", "dunno", "whatever", "anyway", "alright", "busy",
    "driving", "bye", "goodbye", "speak", "talk", "talking", "please", "thanks", "thank", "yes",
    "yeah", "okay", "ok", "sure", "no", "myself", "mine", "yours", "himself", "herself", "hers",
    "letter", "letters", "email", "mail", "app", "online", "record", "file", "system", "moving",
    "go", "going", "went", "come", "make", "take", "took", "really", "maybe", "joking", "kidding",
    "serious", "brilliant", "excellent", "awesome", "cheers", "hey", "hi", "listen", "enough",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "above",
    "below", "nah", "negative", "affirmative", "probably", "perhaps", "possibly", "again", "soon",
    "sometimes", "owe", "owed", "debt", "loan", "card", "bank", "account", "number", "husband",
    "wife", "phone", "scam", "fraud", "secret", "depends", "waiting", "payment", "payments",
    "late", "broke", "work", "behind", "short", "skint", "instalment", "instalments", "rent",
    "your", "their", "his", "her", "to", "came", "comes", "arrived", "arrive", "received", "says",
    "reads", "username", "password", "starts", "begins", "login", "passcode", "postcode",
    "address", "user",
))  # fmt: skip
"""Words of a turn that answers otherwise, or says more."""
_WITH_BIRTH: Final = frozenset((Kind.BIRTH, Kind.ACCOUNT))
"""With anything else the day may stand beside other numbers."""
_TIMES: Final = CALENDAR | {"year", "years", "month", "months", "week", "weeks", "days", "ago"}
_MOST: Final = {Kind.SECRET: 6, Kind.ADDRESS: 12, Kind.BIRTH: 9, Kind.NAME: 3}
"""Words of the longest answer."""
_NOT_NAMED: Final = frozenset((
    "my", "our", "son", "daughter", "mother", "father", "mum", "mom", "dad", "brother", "sister",
    "partner", "friend", "owner", "tenant", "neighbour", "neighbor", "manager", "mister",
    "customer", "carer", "landlord", "one", "two", "both", "spouse", "cousin", "flatmate",
    "housemate", "sir", "madam", "boss", "lady", "man", "woman", "guy", "ex", "uncle", "aunt",
    "nan", "nephew", "niece", "a", "an", "with", "about", "regarding", "company", "business",
    "reception", "receptionist",
))  # fmt: skip
_JOINTS: Final = frozenset((
    "and", "but", "no", "because", "sorry", "wait", "hang", "hold", "i", "it", "if", "with",
    "all", "or", "so", "as", "you", "like", "not", "actually", "that", "which", "do", "is",
    "then", "from",
))  # fmt: skip
"""Words with which a turn goes on behind a secret."""
_MENDS: Final = re.compile(
    r"[\s,.]*(?:i\s+think(?:\s+it(?:'s|\s+is|\s+was))?|no|wait|sorry|or|hang\s+on|hold\s+on|actually|i\s+mean|not|maybe|is\s+it|it's|was\s+it)"
    r"(?:[\s,.]+(?:no|wait|sorry|or|hang\s+on|hold\s+on|actually|i\s+mean|maybe|it's|it\s+was))*[\s,.]+"
)
"""What stands between a slip and what was meant."""
_MENDED: Final = 3
_MOST_BEFORE: Final = 4
_BEHIND_NAMES: Final = tuple(
    (word,)
    for word in (
        *(
            "and",
            "but",
            "like",
            "with",
            "that",
            "as",
            "i",
            "he",
            "she",
            "they",
            "it",
            "is",
            "spelled",
        ),
        *("spelt", "from", "same", "or", "my", "her", "his", "though", "people", "everyone", "no"),
    )
)
"""What goes on behind a name that was asked for."""
_DATED: Final = re.compile(
    rf"(?:{MONTH}|the|of|in|year|and|oh|o|zero|\d{{1,4}}(?:st|nd|rd|th)?|hundred|thousand|double|st|nd|rd|th"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ieth)|\w+teen(?:th)?|first|second|third|fourth|fifth"
    r"|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|christmas|new|is|years|valentines|valentine|halloween|boxing|eve|day|born|slash|dash|um|uh|er|erm|no|sorry)"
)
_SMALL_TALK: Final = frozenset((
    "is", "the", "of", "in", "and", "new", "day", "year", "born", "o", "oh", "um", "uh", "er",
    "no", "sorry", "erm",
))  # fmt: skip


def find_replies(speech: Speech, asked: Asked) -> Iterator[Entity]:
    """Yield the answer that a turn is, if nothing but one thing was asked for and not read out."""
    kinds = asked.whole & frozenset(_MOST)
    if not kinds or "?" in speech.text or "？" in speech.text:
        return
    if HAS_HAN.search(speech.text) is not None:
        return
    inner = _inner(speech)
    words = speech.tokens.words[inner.start : inner.stop]
    if not words:
        return
    if kinds == {Kind.SECRET} and (clauses := tuple(_clauses(speech, inner))):
        yield from clauses
        return
    for kind in (Kind.BIRTH, Kind.SECRET, Kind.NAME, Kind.ADDRESS):
        if kind not in kinds or len(words) > _MOST[kind]:
            continue
        is_only = kinds == {kind} and (kind is not Kind.BIRTH or asked.whole <= _WITH_BIRTH)
        if is_only and _is_answer(speech, inner, kind):
            yield _entity(speech, inner, kind)
            return
    if kinds == {Kind.NAME}:
        yield from _begun(speech, inner)


def _begun(speech: Speech, inner: range) -> Iterator[Entity]:
    """Yield the name that a longer turn begins with: `tapiwa but they call me tap`."""
    words = speech.tokens.words
    first = inner.start
    word = words[first]
    is_free = is_word(word) and len(word) > 1 and not {word} & (_TALK | _NOT_NAMED | NOT_NAMES)
    if not is_free or word in CALENDAR or first + 1 == inner.stop:
        return
    past = extent(speech, first)
    is_cut = stops(speech, past - 1) or words[past : past + 1] in _BEHIND_NAMES
    is_whole = past > first + 1 or is_strange(word)
    is_large = speech.is_capital(first) == bool(speech.capitals)
    if is_given(word) or is_family(word) or (is_cut and (is_whole or is_large)):
        yield _entity(speech, range(first, past), Kind.NAME)


def _clauses(speech: Speech, inner: range) -> Iterator[Entity]:
    """Yield the secret that a longer turn begins with, or mends: `rex no hang on rover and ...`."""
    words = speech.tokens.words
    first = inner.start
    for _ in range(_MENDED):
        past = first
        while past < inner.stop and words[past] not in _JOINTS:
            past += 1
            if stops(speech, past - 1):
                break
        clause = range(first, past)
        if not 0 < len(clause) <= _MOST_BEFORE or not _is_answer(speech, clause, Kind.SECRET):
            return
        yield _entity(speech, clause, Kind.SECRET)
        mended = _MENDS.match(speech.low, speech.tokens.ends[past - 1])
        if mended is None:
            return
        first = bisect_left(speech.tokens.starts, mended.end())


def _entity(speech: Speech, inner: range, kind: Kind) -> Entity:
    start, end = speech.span(inner.start, inner.stop)
    words = speech.tokens.words[inner.start : inner.stop]
    return Entity(kind, start, end, "answers the question", " ".join(words))


def _is_answer(speech: Speech, inner: range, kind: Kind) -> bool:
    """Tell whether some tokens can be an answer of a kind."""
    words = speech.tokens.words[inner.start : inner.stop]
    if kind is Kind.BIRTH:
        is_dated = all(_DATED.fullmatch(word) for word in words)
        return is_dated and not _SMALL_TALK.issuperset(words)
    if not _TALK.isdisjoint(words) or (kind is Kind.ADDRESS and not _TIMES.isdisjoint(words)):
        return False
    if kind is Kind.NAME:
        is_number = any(at in speech.numbers for at in inner)
        is_cut = any(stops(speech, at) for at in inner[:-1])
        return not is_number and not is_cut and _NOT_NAMED.isdisjoint(words)
    return True


def _inner(speech: Speech) -> range:
    """Return the tokens of a turn without the words around an answer."""
    words = speech.tokens.words
    first, past = 0, len(words)
    led = _LED.match(speech.low)
    if led is not None:
        first = next((at for at in range(past) if speech.tokens.starts[at] >= led.end()), past)
    while first < past and words[first] in _OPENERS and not _is_article(words, first):
        first += 1
    while past > first and words[past - 1] in _CLOSERS:
        past -= 1
    return range(first, past)


def _is_article(words: tuple[str, ...], at: int) -> bool:
    """Tell whether `the` begins what is asked for: `the old forge`, `the fourth`."""
    return words[at] == "the" and at + 1 < len(words) and words[at + 1] not in _OPENERS
