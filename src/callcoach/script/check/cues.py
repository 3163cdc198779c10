"""What is wrong with cues and hints: phrases that cannot match, orders that cannot be kept."""

from collections.abc import Collection, Iterator

from callcoach.script.check.phrases import Vocabulary, check_phrase
from callcoach.script.diagnostic import Diagnostic, is_error
from callcoach.script.model import (
    Cue,
    CueId,
    CueKind,
    Heard,
    Phrase,
    Script,
    local,
    pack_of,
)


def check_cues(script: Script, vocabulary: Collection[str] | None) -> Iterator[Diagnostic]:
    """Yield what is wrong with the cues and hints of the script's own pack."""
    words = None if vocabulary is None else Vocabulary(vocabulary)
    for what, phrase in _phrases(script):
        yield from check_phrase(what, phrase, words)
    due = {cue for cues in script.due.values() for cue in cues}
    for cue in script.cues.values():
        if pack_of(cue.id) != script.id:
            continue
        arguments = {"cue": local(cue.id)}
        spoken = {phrase.language for phrase in cue.phrases}
        for language in script.languages:
            if language not in spoken and not cue.rules:
                yield Diagnostic("CC034", cue.place, {**arguments, "language": language})
        if script.start and not cue.is_call_wide and cue.id not in due:
            yield Diagnostic("CC061", cue.place, arguments)
        if cue.most is not None and cue.most < cue.least:
            yield Diagnostic("CC059", cue.place, arguments)
        if cue.within and cue.kind is not CueKind.SAY:
            yield Diagnostic("CC063", cue.place, arguments)
        if cue.within and cue.within.of == "step" and cue.is_call_wide:
            yield Diagnostic("CC062", cue.place, arguments)
        yield from _check_order(script, cue)


def check_used_cues(script: Script) -> Iterator[Diagnostic]:
    """Yield what in the cues of used packs keeps the script from listening for anything."""
    for what, phrase in _phrases(script, own=False):
        yield from filter(is_error, check_phrase(what, phrase, None))


def _phrases(script: Script, *, own: bool = True) -> Iterator[tuple[str, Phrase]]:
    """Yield the phrases of the script's own pack, or those of others, and what each belongs to."""
    for cue in script.cues.values():
        if (pack_of(cue.id) == script.id) is own:
            for phrase in (*cue.phrases, *cue.unless):
                yield local(cue.id), phrase
    for step in script.steps.values():
        if (pack_of(step.id) == script.id) is own:
            hints: list[tuple[str, Heard]] = [(local(step.id), step.heard)]
            hints += [(f"{local(step.id)}/{exit.id}", exit.heard) for exit in step.exits]
            for what, heard in hints:
                for phrase in heard.phrases:
                    yield what, phrase


def _check_order(script: Script, cue: Cue) -> Iterator[Diagnostic]:
    """Yield a circle in which cues would have to come before one another."""
    seen: set[CueId] = set()
    pending: list[tuple[CueId, tuple[CueId, ...]]] = [
        (id, (cue.id, id)) for id in _later(script, cue)
    ]
    while pending:
        id, path = pending.pop()
        if id == cue.id:
            if cue.id == min(path):
                circle = " → ".join(local(step) for step in path)
                yield Diagnostic("CC060", cue.place, {"circle": circle})
            return
        if id not in seen and id in script.cues:
            seen.add(id)
            pending.extend((later, (*path, later)) for later in _later(script, script.cues[id]))


def _later(script: Script, cue: Cue) -> tuple[CueId, ...]:
    """Return the cues that must come after a cue."""
    after = [other.id for other in script.cues.values() if other.after.cues == (cue.id,)]
    return (*cue.before.cues, *after)
