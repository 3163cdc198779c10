"""Checks what can answer a form's questions against the script that the calls follow."""

from collections.abc import Iterator

from callcoach.review.form.autos import PLAIN_ATTRIBUTES
from callcoach.review.form.model import Auto, OptionId, Question, Source
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.facts import FactId
from callcoach.script.load.fields import nearest
from callcoach.script.model import CueKind, Script, local


def check_auto(question: Question, script: Script | None) -> Iterator[Diagnostic]:
    """Yield what is wrong with what answers a question; without a script, nothing."""
    auto = question.auto
    if auto is None or script is None:
        return
    for id in auto.cues:
        if id not in script.cues:
            arguments = {"name": id, "pack": script.id}
            guess = nearest(id, script.cues) or _elsewhere(id, script)
            yield Diagnostic("CC114", question.place, arguments, nearest=guess)
    if auto.source in (Source.CUE, Source.FLAG) and _is_backward(question, auto, script):
        yield Diagnostic("CC117", question.place, {"question": question.id})
    if auto.source is Source.ATTRIBUTE:
        yield from _attribute(question, auto, script)


def _elsewhere(id: str, script: Script) -> str:
    """Return a cue of the same local name in another pack."""
    return next((it for it in script.cues if local(it) == local(id)), "")


def _is_backward(question: Question, auto: Auto, script: Script) -> bool:
    """Tell whether a flag, or what may not be said, scores more than its absence."""
    if not question.is_scored:
        return False
    present, absent = (_score(question, it) for it in (auto.present, auto.absent))
    if present is None or absent is None or present == absent:
        return False
    kinds = {script.cues[id].kind for id in auto.cues if id in script.cues}
    is_bad = auto.source is Source.FLAG or kinds == {CueKind.AVOID}
    is_good = auto.source is Source.CUE and kinds == {CueKind.SAY}
    return (is_bad and present > absent) or (is_good and present < absent)


def _score(question: Question, id: OptionId | None) -> float | None:
    option = question.option(id) if id is not None else None
    return option.score if option is not None else None


def _attribute(question: Question, auto: Auto, script: Script) -> Iterator[Diagnostic]:
    """Yield attributes and values of them that no call of the script can have."""
    name = auto.of[0]
    fact = script.facts.get(FactId(name))
    if name not in PLAIN_ATTRIBUTES and fact is None:
        guess = nearest(name, (*PLAIN_ATTRIBUTES, *script.facts))
        arguments = {"what": name, "pack": script.id}
        yield Diagnostic("CC116", question.place, arguments, nearest=guess)
    known: tuple[str, ...] = tuple(fact.choices) if fact is not None else ()
    if name == "outcome":
        known = tuple(script.outcomes)
    for value in auto.values:
        if known and value not in known:
            arguments = {"what": value, "pack": script.id}
            guess = nearest(value, known)
            if not guess:
                guess = next((it for it in known if local(it) == local(value)), "")
            yield Diagnostic("CC116", question.place, arguments, nearest=guess)
