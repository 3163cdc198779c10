"""Whether the lines of a pack say what its cues ask for, and nothing that they forbid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from callcoach.script.check.hearing import hearing
from callcoach.script.check.required import reached_without
from callcoach.script.check.samples import sample_facts
from callcoach.script.diagnostic import Diagnostic
from callcoach.script.model import (
    Cue,
    CueId,
    CueKind,
    Line,
    LineId,
    Script,
    Speaker,
    Step,
    local,
    pack_of,
)
from callcoach.script.patterns import patterns
from callcoach.script.place import Text
from callcoach.script.render import Renderer
from callcoach.script.wording import Language
from callcoach.words.match import Matcher, Pattern


@dataclass(frozen=True, slots=True)
class _Said:
    """A line as it would be said in one language and variant."""

    line: Line
    language: Language
    text: Text
    cues: frozenset[CueId]
    """The agent's cues that it holds."""


def check_said(script: Script) -> Iterator[Diagnostic]:
    """Yield what is wrong with what the script's own pack would have the agent say."""
    matcher = _matcher(script)
    said = {line.id: _say(script, line, matcher) for line in script.lines.values()}
    for cue in script.cues.values():
        if pack_of(cue.id) == script.id:
            yield from _check_suggestion(script, cue, said)
    for step in script.steps.values():
        if pack_of(step.id) == script.id:
            yield from _check_step(script, step, said)
    yield from _check_forbidden(script, said)


def _matcher(script: Script) -> Matcher:
    """Return the agent's cues, compiled."""
    wanted: list[Pattern] = []
    for cue in script.cues.values():
        if cue.speaker is Speaker.AGENT:
            heard = hearing(script, cue)
            wanted += patterns(cue.id, heard.phrases, heard.unless)
    return Matcher(wanted)


def _say(script: Script, line: Line, matcher: Matcher) -> tuple[_Said, ...]:
    renderer = Renderer(script)
    said: list[_Said] = []
    for language, texts in line.wording.variants.items():
        facts = sample_facts(script, language)
        for variant, text in enumerate(texts):
            rendered = renderer.render(line, variant, language, facts).text
            cues = frozenset(CueId(hit.key) for hit in matcher.hits(rendered))
            said.append(_Said(line, language, text, cues))
    return tuple(said)


def _speaks(script: Script, cue: Cue, language: Language) -> bool:
    """Tell whether phrases in a language, and nothing else, make the cue heard."""
    heard = hearing(script, cue)
    return heard.is_whole and any(phrase.language == language for phrase in heard.phrases)


def _check_suggestion(
    script: Script, cue: Cue, said: Mapping[LineId, tuple[_Said, ...]]
) -> Iterator[Diagnostic]:
    """Yield a finding where the suggested words do not meet the cue, or do not repair it."""
    wanted = cue if cue.kind is not CueKind.AVOID else script.cues.get(cue.repair or CueId(""))
    if cue.suggest is None or wanted is None or wanted.speaker is not Speaker.AGENT:
        return
    for version in said.get(cue.suggest, ()):
        if _speaks(script, wanted, version.language) and wanted.id not in version.cues:
            arguments = {"cue": local(wanted.id), "line": local(cue.suggest)}
            yield Diagnostic("CC035", version.text.place, arguments)


def _check_step(
    script: Script, step: Step, said: Mapping[LineId, tuple[_Said, ...]]
) -> Iterator[Diagnostic]:
    """Yield a finding for a cue that is due in a step whose lines never say it."""
    lines = [*step.lines, *(line for exit in step.exits for line in exit.lines)]
    for id in script.due[step.id]:
        cue = script.cues[id]
        if cue.kind is not CueKind.SAY or cue.speaker is not Speaker.AGENT or cue.suggest:
            continue
        for language in script.languages:
            versions = [
                version
                for line in lines
                for version in said.get(line, ())
                if version.language == language
            ]
            if _speaks(script, cue, language) and not any(
                cue.id in version.cues for version in versions
            ):
                arguments = {"cue": local(cue.id), "step": local(step.id), "language": language}
                yield Diagnostic("CC037", step.place, arguments)


def _check_forbidden(
    script: Script, said: Mapping[LineId, tuple[_Said, ...]]
) -> Iterator[Diagnostic]:
    """Yield a finding for a line that says what must not be said where it stands."""
    for cue in script.cues.values():
        if cue.kind is not CueKind.AVOID:
            continue
        too_early = reached_without(script, cue.after.steps) if cue.after.steps else None
        for step in script.steps.values():
            is_forbidden = cue.is_call_wide or cue.id in script.due[step.id]
            if not is_forbidden or (too_early is not None and step.id not in too_early):
                continue
            if cue.after.cues and not cue.after.steps:
                continue
            yield from _check_forbidden_in(script, cue, step, said)


def _check_forbidden_in(
    script: Script, cue: Cue, step: Step, said: Mapping[LineId, tuple[_Said, ...]]
) -> Iterator[Diagnostic]:
    lines = [*step.lines, *(line for exit in step.exits for line in exit.lines)]
    lines += [step.bridge] if step.bridge else []
    for line in lines:
        for version in said.get(line, ()):
            if cue.id in version.cues and pack_of(line) == script.id:
                arguments = {"line": local(line), "cue": local(cue.id), "step": local(step.id)}
                yield Diagnostic("CC036", version.text.place, arguments)
