"""Writes a script as a Mermaid flowchart."""

import re
from collections.abc import Iterator

from callcoach.locale import Messages
from callcoach.script.model import Exit, Script, Step
from callcoach.script.wording import Language
from callcoach.words.display import display

_LIST = re.compile(r"^(\s*\d*)([-+*.)])")
"""What Mermaid takes for the beginning of a list, and refuses."""


def mermaid(script: Script, language: Language) -> str:
    """Return a script as the text of a Mermaid flowchart; every step and exit is in it."""
    return "\n".join(_Chart(script, language).lines()) + "\n"


class _Chart:
    """One script in one language."""

    def __init__(self, script: Script, language: Language) -> None:
        self.script = script
        self.language = language
        self.messages = Messages(language)
        self.names = {id: f"s{number}" for number, id in enumerate(script.steps)}

    def lines(self) -> Iterator[str]:
        """Yield the chart's lines."""
        yield "flowchart TD"
        yield f"  %% {display(self.script.id)} {display(self.script.version)}"
        steps = [step for step in self.script.steps.values() if not step.is_objection]
        for step in steps:
            yield f"  %% {step.id}"
            yield f"  {self._box(step)}"
        if self.script.objections:
            yield f'  subgraph objections["{_quoted(self.messages.say("Objections"))}"]'
            for step in self.script.objections:
                yield f"    %% {step.id}"
                yield f"    {self._box(step)}"
            yield "  end"
        for step in self.script.steps.values():
            for exit in step.exits:
                if not exit.stay:
                    yield f"  {self._arrow(step, exit)}"
        yield "  classDef start stroke-width:3px"
        yield "  classDef finish stroke-width:2px,stroke-dasharray:none"
        yield "  classDef objection stroke-dasharray:4 3"
        if self.script.start in self.names and self.script.start is not None:
            yield f"  class {self.names[self.script.start]} start"
        for name, found in (
            ("finish", [step.id for step in steps if step.is_end]),
            ("objection", [step.id for step in self.script.objections]),
        ):
            if found:
                yield f"  class {','.join(self.names[id] for id in found)} {name}"

    def _box(self, step: Step) -> str:
        """Return a step's box: ends are round and name their code, hubs list what to do there."""
        name, shown = self.names[step.id], _quoted(step.title.plain(self.language))
        outcome = self.script.outcomes.get(step.outcome) if step.outcome else None
        if outcome is not None:
            return f'{name}(["{shown}<br/>{_quoted(outcome.code)}"])'
        if step.is_hub:
            spokes = [f"○ {self._label(exit)}" for exit in step.exits if exit.stay]
            return f'{name}{{{{"{"<br/>".join([shown, *spokes])}"}}}}'
        return f'{name}["{shown}"]'

    def _arrow(self, step: Step, exit: Exit) -> str:
        at, label = self.names[step.id], self._label(exit)
        if exit.back:
            return f'{at} -.->|"{label}"| {at}_back((" "))'
        to = self.names.get(exit.to, at) if exit.to else at
        return f'{at} -->|"{label}"| {to}'

    def _label(self, exit: Exit) -> str:
        """Return an exit's label, its condition below it."""
        label = _quoted(exit.label.plain(self.language) or exit.id)
        return label if exit.when is None else f"{label}<br/>{_quoted(exit.when.text.value)}"


def _quoted(text: str) -> str:
    """Return a text that means itself between Mermaid's quotation marks."""
    shown = display(text).replace("#", "#35;").replace("&", "#38;").replace('"', "#quot;")
    for mark in "<>`\\|$":
        shown = shown.replace(mark, f"#{ord(mark)};")
    return _LIST.sub(lambda found: f"{found[1]}#{ord(found[2])};", shown)
