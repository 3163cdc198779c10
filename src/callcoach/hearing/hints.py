"""Tells a recogniser which phrases a call by a pack is likely to hold.

With sherpa-onnx they become more probable. With Vosk they are a grammar, and nothing but their
words can be heard at all: what a customer says in words of their own is lost or misheard. That is
why the setting `hints` is off unless it is asked for; docs/models.md has what was measured.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import groupby
from types import MappingProxyType

from callcoach.script.facts import FactId, FactKind, FactValue
from callcoach.script.model import Script
from callcoach.script.terms import Phrase
from callcoach.script.wording import Language

_BRACES = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
"""A fact or a condition in a line."""
_RUNS = MappingProxyType(
    {"en": re.compile(r"[a-z]+(?:'[a-z]+)*(?: [a-z]+(?:'[a-z]+)*)*"), "zh": re.compile("[一-鿿]+")}
)
"""What stands between signs and digits."""
_NUMBERS = MappingProxyType(
    {
        "en": (
            "zero oh one two three four five six seven eight nine ten eleven twelve thirteen"
            " fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty"
            " seventy eighty ninety hundred thousand and point first second third fourth fifth"
            " sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
            " sixteenth seventeenth eighteenth nineteenth twentieth thirtieth january february"
            " march april may june july august september october november december monday tuesday"
            " wednesday thursday friday saturday sunday yuan dollars pounds euros"
        ),
        "zh": "零 一 二 三 四 五 六 七 八 九 十 百 千 万 两 点 年 月 日 号 元 块 角 分 期 天",
    }
)
"""Of which numbers, amounts and days are made: no pack lists them all."""
_NOTATION = re.compile(r"[(\[|#*]|\.\.")
"""Signs of the packs' notation: such a phrase may stand for thousands, few of which are said."""


def phrases_of(
    script: Script, language: Language, facts: Mapping[FactId, FactValue] = MappingProxyType({})
) -> tuple[str, ...]:
    """Return the phrases of a script in lower case, each once; Chinese ones without spaces.

    They are its lines in all their wordings, between the facts; the plain phrases that it listens
    for; the texts among the facts that are known, such as names; and numbers, word by word.
    """
    found: list[str] = []
    for line in script.lines.values():
        for text in line.wording.variants.get(language, ()):
            found += _runs(_BRACES.sub("|", text.value), language)
    for phrase in _phrases_in((script.cues, script.steps, script.rules)):
        if phrase.language == language and not _NOTATION.search(phrase.text.value):
            found += _runs(phrase.text.value, language)
    for id, value in facts.items():
        if isinstance(value, str) and script.facts[id].kind is FactKind.TEXT:
            found += _runs(value, language)
    return tuple(dict.fromkeys((*found, *_NUMBERS.get(language, "").split())))


def in_words(phrases: Iterable[str], knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Return phrases in the words of a model, one space between them, for a grammar of Vosk.

    Chinese is cut into the longest words that the model knows. Where it does not know a word, a
    phrase is cut in two: Vosk would leave the word out and expect its neighbours side by side.
    """
    found: dict[str, None] = {}
    for phrase in phrases:
        for is_known, words in groupby(_cut(phrase, knows), bool):
            if is_known:
                found[" ".join(words)] = None
    return tuple(found)


def _cut(phrase: str, knows: Callable[[str], bool]) -> Iterator[str]:
    """Yield the words of a phrase; an empty one for each that the model does not know."""
    for part in phrase.split():
        at = 0
        while at < len(part):
            is_han = part[at] > "\u2e7f"
            ends = range(len(part), at, -1) if is_han else (len(part),)
            end = next((end for end in ends if knows(part[at:end])), 0)
            yield part[at:end] if end else ""
            at = end or (at + 1 if is_han else len(part))


def _phrases_in(value: object) -> Iterator[Phrase]:
    """Yield every phrase that a part of a script holds, however deep."""
    if isinstance(value, Phrase):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _phrases_in(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _phrases_in(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _phrases_in(getattr(value, field.name))


def _runs(text: str, language: Language) -> list[str]:
    pattern = _RUNS.get(language)
    return pattern.findall(text.lower().replace("’", "'")) if pattern else []
