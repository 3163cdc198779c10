"""What the engine is measured against: the same rules in what others would take.

All rivals get normalised text for nothing; the engine's own figures hold its normalisation and the
spans of its hits. None of them knows numbers in words, hesitations or stutters.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec

from callcoach.words.match import Pattern
from callcoach.words.normalise import is_character, tokenise
from callcoach.words.phrase import Choice, Gap, Number, Part, Words, parse, sequences

Run = Callable[[], int]
"""Matches all utterances once; returns how many pairs of utterance and rule it found."""


def normalised(text: str) -> str:
    """Return the tokens of an utterance, with spaces except between Chinese characters."""
    found = ""
    for word in tokenise(text).words:
        is_close = found and is_character(found[-1]) and is_character(word)
        found += word if is_close or not found else f" {word}"
    return found


def expression(phrase: str) -> str:
    """Return a phrase as a regular expression over normalised text, as one would write it."""
    return _choice(parse(phrase), phrase.isascii())


def regular_loop(rules: Sequence[Pattern], texts: Sequence[str]) -> Run:
    """Return a loop that searches every utterance for every compiled expression."""
    compiled = [re.compile(expression(rule.phrase)) for rule in rules]

    def run() -> int:
        return sum(1 for text in texts for one in compiled if one.search(text))

    return run


def hyperscan(rules: Sequence[Pattern], texts: Sequence[str]) -> Run | None:
    """Return Hyperscan over all expressions, an utterance at a time; None without the wheel."""
    if find_spec("hyperscan") is None:
        return None
    module = import_module("hyperscan")
    database = module.Database(mode=module.HS_MODE_BLOCK)
    flags = module.HS_FLAG_UTF8 | module.HS_FLAG_SINGLEMATCH
    database.compile(
        expressions=[_unbounded(rule.phrase).encode() for rule in rules],
        ids=list(range(len(rules))),
        elements=len(rules),
        flags=[flags] * len(rules),
    )
    encoded = [f" {text} ".encode() for text in texts]

    def run() -> int:
        found: list[int] = []

        def note(rule: int, *_: object) -> None:
            found.append(rule)

        for text in encoded:
            database.scan(text, match_event_handler=note)
        return len(found)

    return run


def phrase_matcher(rules: Sequence[Pattern], texts: Sequence[str]) -> Run | None:
    """Return spaCy's PhraseMatcher over all literals of the rules; None where it is missing.

    Rules with gaps or numbers it cannot hold; it does without. Its tokeniser is part of it.
    """
    if find_spec("spacy") is None:
        return None
    spacy, matching = import_module("spacy"), import_module("spacy.matcher")
    language = spacy.blank("xx")
    matcher = matching.PhraseMatcher(language.vocab)
    for at, rule in enumerate(rules):
        literals = [" ".join(one) for one in _literals(rule.phrase)]
        if literals:
            matcher.add(str(at), [language.make_doc(literal) for literal in literals])
    spaced = [" ".join(tokenise(text).words) for text in texts]

    def run() -> int:
        return sum(
            len({rule for rule, _, _ in matcher(language.make_doc(text))}) for text in spaced
        )

    return run


def _literals(phrase: str) -> Iterator[tuple[str, ...]]:
    for sequence in sequences(phrase):
        words = tuple(part for part in sequence if isinstance(part, str) and part != "#")
        if len(words) == len(sequence):
            yield words


def _choice(choice: Choice, is_english: bool) -> str:
    rows = ("".join(_part(part, is_english) for part in row) for row in choice.rows)
    return f"(?:{'|'.join(rows)})" if len(choice.rows) > 1 else "".join(rows)


def _part(part: Part, is_english: bool) -> str:
    match part:
        case Words(words):
            return "".join(rf"\b{re.escape(word)}\b ?" if is_english else word for word in words)
        case Number():
            return r" ?\b\d[\d.]*\b ?"
        case Gap(most):
            return rf"(?:\S+ ){{0,{most}}}?" if is_english else rf".{{0,{most}}}?"
        case Choice():
            return _choice(part, is_english)


def _unbounded(phrase: str) -> str:
    r"""Return an expression without `\b`, which Hyperscan takes for ASCII, and without `?` gaps."""
    plain = expression(phrase).replace("}?", "}")
    begun = plain.replace(r"\b ?", " ").replace(r"\b", "")
    return f" (?:{begun})" if phrase.isascii() else begun
