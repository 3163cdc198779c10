"""Finds the questions in an utterance, with or without a question mark, and tells their kind.

An open question asks for more than a yes or no; a closed one does not (van der Zouwen & Smit,
2004). A recogniser writes no marks, so the words decide and the mark only helps.
"""

import re
from dataclasses import dataclass

from callcoach.words.normalise import Tokens

_TITLES = r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bProf)"
"""A full stop behind one of these ends no sentence: “Mrs. Hall?” is one question."""
_SENTENCE_END = re.compile(rf"(?:{_TITLES}\.|[?!。？！;；\n])[.?!。？！;；\n]*", re.IGNORECASE)
_MARK = re.compile(r"[?？]")

_OPEN_ENGLISH = frozenset(
    ("what", "when", "where", "who", "whom", "whose", "why", "how", "which", "tell", "describe")
)
_VERBS = frozenset(
    (
        *("can", "could", "would", "will", "may", "might", "shall", "should", "must"),
        *("do", "does", "did", "is", "are", "was", "were", "am", "have", "has", "had"),
    )
)
_SUBJECTS = frozenset(
    (
        *("you", "i", "we", "he", "she", "it", "they", "this", "that", "there", "these", "those"),
        *("your", "my", "our", "the", "a", "an", "any", "anyone", "someone", "mr", "mrs", "ms"),
    )
)
_LEAD_IN = frozenset(
    (
        *("and", "so", "okay", "ok", "well", "but", "now", "then", "alright", "right", "yes", "no"),
        *("um", "uh", "er", "hi", "hello", "sure", "great", "please", "sorry", "actually", "just"),
    )
)
_INDIRECT = (
    ("may", "i", "ask"),
    ("can", "i", "ask"),
    ("could", "i", "ask"),
    ("do", "you", "know"),
    ("can", "you", "tell", "me"),
    ("could", "you", "tell", "me"),
    ("would", "you", "tell", "me"),
    ("could", "you", "share"),
    ("can", "you", "share"),
    ("can", "you", "explain"),
    ("could", "you", "explain"),
)
_OPEN_CHINESE = re.compile(
    r"什么|甚麼|怎么|怎麼|怎样|怎樣|为何|為何|为啥|哪|(?<!好)几[点号天月期个时分位年]|多少|多久|多长|多大|谁|誰|啥|如何"
)
_CLOSED_CHINESE = re.compile(
    r"[吗嗎么麼][?？。，,!！ ]*$|呢[?？。 ]*$"
    r"|是不是|有没有|有沒有|能不能|可不可以|行不行|好不好|对不对|對不對|方不方便|会不会|會不會|要不要|是否|能否|可否|有无"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence that asks."""

    first: int
    """Its first token."""
    past: int
    """The token after its last."""
    is_open: bool


def questions(text: str, tokens: Tokens) -> tuple[Question, ...]:
    """Return the questions in an utterance, in order; `tokens` are those of `text`."""
    found: list[Question] = []
    begin = 0
    for first, past, end in _sentences(text, tokens):
        sentence = text[begin:end]
        begin = end
        words = tokens.words[first:past]
        is_open = _opens(words) or bool(_OPEN_CHINESE.search(sentence))
        asks = bool(_MARK.search(sentence)) or _inverts(words)
        asks = asks or bool(_CLOSED_CHINESE.search(sentence.strip()))
        is_statement = not _MARK.search(sentence) and not _may_ask_openly(words, sentence)
        if asks or (is_open and not is_statement):
            found.append(Question(first, past, is_open))
    return tuple(found)


def _sentences(text: str, tokens: Tokens) -> list[tuple[int, int, int]]:
    """Return (first token, past token, end in characters) of each sentence that has a token."""
    ends = [mark.end() for mark in _SENTENCE_END.finditer(text)] + [len(text)]
    cut: list[tuple[int, int, int]] = []
    first = 0
    for end in ends:
        past = first
        while past < len(tokens.words) and tokens.starts[past] < end:
            past += 1
        if past > first:
            cut.append((first, past, end))
        first = past
    return cut


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words after what merely leads in to them."""
    at = 0
    while at < len(words) - 1 and words[at] in _LEAD_IN:
        at += 1
    return words[at:]


def _opens(words: tuple[str, ...]) -> bool:
    """Tell whether English words ask openly, at once or behind a polite opening."""
    bare = _bare(words)
    if not bare:
        return False
    if bare[0] in _OPEN_ENGLISH:
        return True
    if any(bare[: len(opening)] == opening for opening in _INDIRECT):
        return True
    later = {word for word in bare[1:] if word in ("what", "when", "where", "why", "how", "which")}
    return bool(later) and _inverts(words)


def _inverts(words: tuple[str, ...]) -> bool:
    """Tell whether English words put the verb before the subject: “are you”, “could I”."""
    bare = _bare(words)
    return len(bare) > 2 and bare[0] in _VERBS and (bare[1] in _SUBJECTS or bare[1] == "not")


def _may_ask_openly(words: tuple[str, ...], sentence: str) -> bool:
    """Tell whether words without a mark ask: English by their opening, Chinese by their word."""
    bare = _bare(words)
    if bare and bare[0] in _OPEN_ENGLISH:
        is_asking = len(bare) > 1 and (bare[1] in _VERBS or bare[0] in ("how", "what", "which"))
        return bare[0] in ("tell", "describe") or is_asking
    if _OPEN_CHINESE.search(sentence):
        return not re.search(r"没什么|沒什麼|不管|无论|什么的|怎么都|都可以|没怎么", sentence)
    return _opens(words)
