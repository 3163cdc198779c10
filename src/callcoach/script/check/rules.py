"""What is wrong with rules: circles, wholes among parts, expressions, languages left out."""

import re
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from callcoach.errors import Told
from callcoach.script.check.phrases import Vocabulary, check_phrase
from callcoach.script.diagnostic import Diagnostic, is_error
from callcoach.script.model import CueKind, Script, local, pack_of
from callcoach.script.place import Text
from callcoach.script.rules import (
    Absent,
    AtLeast,
    Attribute,
    Condition,
    Metric,
    Narrowed,
    Near,
    NoneOf,
    Phrases,
    Refers,
    Regex,
    Rule,
    RuleId,
    Scope,
    Similar,
    Sound,
)
from callcoach.script.rules import Sequence as InTurn
from callcoach.script.walk import parts_of, references, walk
from callcoach.script.wording import Language
from callcoach.words.regular import RegexError, Regular, is_available

_TELLS_OF_CALL = Told("it tells of the whole call, and a single utterance is wanted")
_NARROW_THE_PARTS = Told("what narrows it would make it a single utterance; narrow its parts")

_LOOKS_AROUND: str = Told("it looks ahead or back, or refers back to a group")
_WITHOUT: str = Told("write it without, or as phrases with after, before and unless")

_UNREAD = re.compile(r"\\[^1-9]|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""What stands in an expression for characters only: escapes, and classes in brackets."""
_LOOK_AROUND = re.compile(r"\(\?(?:<?[=!]|P=|>)|\\[1-9]")


def check_rules(script: Script, vocabulary: Collection[str] | None) -> Iterator[Diagnostic]:
    """Yield what is wrong with the rules of the script's own pack."""
    words = None if vocabulary is None else Vocabulary(vocabulary)
    own = [rule for rule in script.rules.values() if pack_of(rule.id) == script.id]
    asked = {language: _asked(script, language) for language in script.languages}
    for rule in own:
        yield from _check_wording(rule, words)
        is_whole = rule.scope is Scope.CALL
        for name, problem in dict.fromkeys(_out_of_scope(script, rule.condition, is_whole)):
            arguments = {"rule": local(rule.id), "part": name, "problem": problem}
            yield Diagnostic("CC073", rule.place, arguments)
        for language in _missing_languages(script, rule):
            if rule.id not in asked[language]:
                continue
            arguments = {"rule": local(rule.id), "language": language}
            yield Diagnostic("CC077", rule.place, arguments)
    yield from _check_circles(script, own)
    yield from _check_forbidden(script)


def check_used_rules(script: Script) -> Iterator[Diagnostic]:
    """Yield what in the rules of used packs keeps the script from listening for anything."""
    for rule in script.rules.values():
        if pack_of(rule.id) != script.id:
            yield from filter(is_error, _check_wording(rule, None))


def _check_wording(rule: Rule, words: Vocabulary | None) -> Iterator[Diagnostic]:
    """Yield what is wrong with a rule's phrases and expressions."""
    for part in walk(rule.condition):
        if isinstance(part, Phrases):
            for phrase in part.phrases:
                yield from check_phrase(local(rule.id), phrase, words)
        elif isinstance(part, Regex):
            yield from _check_patterns(rule, part.patterns)


def _check_patterns(rule: Rule, patterns: tuple[Text, ...]) -> Iterator[Diagnostic]:
    """Yield the expressions that RE2 cannot read, as far as that is known without it."""
    for pattern in patterns:
        problem, remedy = _LOOKS_AROUND, _WITHOUT
        if not _LOOK_AROUND.search(_UNREAD.sub("", pattern.value)):
            if not is_available():
                continue
            try:
                Regular(pattern.value)
                continue
            except RegexError as error:
                problem, remedy = error.message, error.hint
        arguments = {"rule": local(rule.id), "problem": problem, "remedy": remedy}
        yield Diagnostic("CC075", pattern.place, arguments)


def _out_of_scope(
    script: Script, condition: Condition, is_whole: bool
) -> Iterator[tuple[str, Told]]:
    """Yield what tells of the whole call where an utterance is wanted, and why that is wrong."""
    match condition:
        case Metric() | Absent() if not is_whole:
            yield _name(condition), _TELLS_OF_CALL
        case Refers(rules=rules):
            wholes = tuple(_whole_rules(script, rules))
            if not is_whole or len(wholes) < len(rules):
                yield from wholes
        case Absent() | AtLeast() | NoneOf():
            for part in parts_of(condition):
                yield from _out_of_scope(script, part, is_whole)
        case Near() | InTurn():
            for part in parts_of(condition):
                yield from _out_of_scope(script, part, is_whole=False)
        case Narrowed(part=part):
            if is_whole and _is_sum(part):
                yield _name(part), _NARROW_THE_PARTS
            for within in (part, *condition.unless):
                yield from _out_of_scope(script, within, is_whole=False)
            for anchor in condition.anchors:
                yield from _whole_rules(script, anchor.rules)
        case _:
            pass


def _is_sum(condition: Condition) -> bool:
    """Tell whether a condition says one thing of the call's parts and another of an utterance."""
    return isinstance(condition, NoneOf) or (isinstance(condition, AtLeast) and condition.count > 1)


def _whole_rules(script: Script, rules: tuple[RuleId, ...]) -> Iterator[tuple[str, Told]]:
    for id in rules:
        if id in script.rules and script.rules[id].scope is Scope.CALL:
            yield _short(script, id), _TELLS_OF_CALL


def _name(condition: Condition) -> str:
    """Return the key that a condition is written with."""
    match condition:
        case Metric():
            return "metric"
        case Absent():
            return "absent"
        case NoneOf():
            return "none"
        case _:
            return "all"


def _short(script: Script, id: RuleId) -> str:
    """Return an id as the script's own pack would write it."""
    return local(id) if pack_of(id) == script.id else id


def _check_circles(script: Script, own: Sequence[Rule]) -> Iterator[Diagnostic]:
    """Yield every circle that own rules stand in, at the first of its rules by name."""
    needs = {
        id: [other for other in references(rule.condition) if other in script.rules]
        for id, rule in script.rules.items()
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError:
        for rule in own:
            circle = _circle(needs, rule.id)
            if circle and rule.id == min(circle):
                told = " → ".join(_short(script, each) for each in (*circle, rule.id))
                yield Diagnostic("CC074", rule.place, {"circle": told})


def _circle(needs: Mapping[RuleId, Sequence[RuleId]], start: RuleId) -> tuple[RuleId, ...]:
    """Return the shortest way from a rule back to itself, without its end; empty: there is none."""
    came_from: dict[RuleId, RuleId] = {}
    pending = deque((start,))
    while pending:
        at = pending.popleft()
        for other in needs[at]:
            if other == start:
                way = [at]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if other not in came_from:
                came_from[other] = at
                pending.append(other)
    return ()


def _missing_languages(script: Script, rule: Rule) -> Iterator[Language]:
    """Yield the pack's languages in which a rule can hold by none of its phrases.

    A rule that also hears something without language, such as a number, is left alone.
    """
    spoken: set[Language] = set()
    for part in _wanted(rule.condition):
        if isinstance(part, Phrases | Similar):
            spoken |= {phrase.language for phrase in part.phrases}
        elif not isinstance(part, AtLeast | Near | InTurn | Narrowed):
            return
    if spoken:
        yield from (language for language in script.languages if language not in spoken)


def _asked(script: Script, language: Language) -> frozenset[RuleId]:
    """Return the rules that calls in a language ask for.

    Left out are internal ones that others refer to only beside `attribute: language` of another.
    """
    used = {id for rule in script.rules.values() for id in references(rule.condition)}
    pending = [rule.id for rule in script.rules.values() if not (rule.is_alone and rule.id in used)]
    asked: set[RuleId] = set()
    while pending:
        id = pending.pop()
        if id not in asked and id in script.rules:
            asked.add(id)
            pending += _references_in(script.rules[id].condition, language)
    return frozenset(asked)


def _references_in(condition: Condition, language: Language) -> Iterator[RuleId]:
    """Yield the rules that a condition needs in calls in a language."""
    parts = tuple(parts_of(condition))
    is_all = isinstance(condition, AtLeast) and condition.count == len(parts)
    if is_all and any(_is_of_others(part, language) for part in parts):
        return
    if isinstance(condition, Refers):
        yield from condition.rules
    elif isinstance(condition, Narrowed):
        for anchor in condition.anchors:
            yield from anchor.rules
    for part in parts:
        yield from _references_in(part, language)


def _is_of_others(condition: Condition, language: Language) -> bool:
    """Tell whether a condition says that the call is in another language."""
    if not isinstance(condition, Attribute) or condition.name != "language":
        return False
    is_named = any(text.value == language for text in condition.values)
    return is_named is condition.is_negated


def _wanted(condition: Condition) -> Iterator[Condition]:
    """Yield a condition and what has to be met in it; what must not be met is left out."""
    yield condition
    match condition:
        case NoneOf() | Absent():
            return
        case InTurn(links=links):
            for link in links:
                if not link.is_absent:
                    yield from _wanted(link.part)
        case _:
            for part in parts_of(condition):
                yield from _wanted(part)


def _check_forbidden(script: Script) -> Iterator[Diagnostic]:
    """Yield the own cues that forbid what a rule only guesses at: guesses accuse nobody."""
    for cue in script.cues.values():
        if cue.kind is not CueKind.AVOID or pack_of(cue.id) != script.id:
            continue
        for id in _guessing(script, cue.rules):
            arguments = {"rule": _short(script, id), "cue": local(cue.id)}
            yield Diagnostic("CC076", cue.place, arguments)


def _guessing(script: Script, rules: Sequence[RuleId]) -> Iterator[RuleId]:
    """Yield the rules among these, and those they rest on, that take what is only alike."""
    pending = list(rules)
    seen: set[RuleId] = set()
    while pending:
        id = pending.pop()
        if id in seen or id not in script.rules:
            continue
        seen.add(id)
        parts = tuple(_wanted(script.rules[id].condition))
        if any(map(_is_guess, parts)):
            yield id
        pending += [other for part in parts if isinstance(part, Refers) for other in part.rules]


def _is_guess(condition: Condition) -> bool:
    """Tell whether a condition may hold by words that only sound, or look, like those written."""
    is_by_sound = isinstance(condition, Phrases) and condition.sound is not Sound.EXACT
    return is_by_sound or isinstance(condition, Similar)
