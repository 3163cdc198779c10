"""Says a line: picks a variant and fills in the facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Template

from callcoach.errors import TemplateError
from callcoach.script.environment import Blank, Spoken, environment, speak
from callcoach.script.facts import FactId, FactValue
from callcoach.script.model import Line, Script, pack_of
from callcoach.script.template import Use, read_template
from callcoach.script.wording import Language

MAX_RENDERED = 8000
"""The longest line that is said, in characters; facts are cut to fit."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A line as it is said."""

    text: str
    missing: tuple[FactId, ...]
    """The facts that it needs and that are not known; they stand in it as their titles."""


class Renderer:
    """Renders the lines of one script; templates are compiled once, on first use."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._compiled: dict[str, tuple[Template, tuple[Use, ...]]] = {}

    def render(
        self, line: Line, variant: int, language: Language, facts: Mapping[FactId, FactValue]
    ) -> Rendered:
        """Return `line` as it is said; `variant` counts from 0 and wraps around.

        Raises `TemplateError` for a template that the checker would have refused.
        """
        texts = line.wording.in_language(language)
        if not texts:
            return Rendered("", ())
        source = texts[variant % len(texts)].value
        if "{" not in source:
            return Rendered(source, ())
        template, used = self._compile(source)
        names = self.script.names[pack_of(line.id)]
        missing: list[FactId] = []
        context: dict[str, object] = {}
        for use in used:
            if use.name not in names:
                raise TemplateError(
                    f"{line.wording.place}: no fact is called “{use.name}”",
                    "declare it under facts",
                )
            fact = self.script.facts[names[use.name]]
            value: object
            if fact.id in facts:
                known = facts[fact.id]
                text = speak(fact, known, language)[:MAX_RENDERED]
                value = Spoken(known, text, language)
            else:
                opening, closing = ("【", "】") if language == "zh" else ("[", "]")
                value = Blank(f"{opening}{fact.title.plain(language)}{closing}")
                if not use.is_guarded:
                    missing.append(fact.id)
            _put(context, use.name, value)
        return Rendered(template.render(context)[:MAX_RENDERED], tuple(dict.fromkeys(missing)))

    def _compile(self, source: str) -> tuple[Template, tuple[Use, ...]]:
        if source not in self._compiled:
            self._compiled[source] = environment().from_string(source), read_template(source)
        return self._compiled[source]


def _put(context: dict[str, object], name: str, value: object) -> None:
    """Add a value to a template's context under `fact` or `pack.fact`."""
    pack, dot, fact = name.partition(".")
    if not dot:
        context[name] = value
        return
    inside = context.setdefault(pack, {})
    if isinstance(inside, dict):
        inside[fact] = value
