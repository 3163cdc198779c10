"""Says a line: picks a variant and fills in the facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from jinja2 import Template

from callcoach.errors import TemplateError
from callcoach.script.environment import Blank, Spoken, speak
from callcoach.script.facts import FactId, FactValue
from callcoach.script.model import Line, Script, pack_of
from callcoach.script.template import compile_template
from callcoach.script.wording import Language

MAX_RENDERED = 8000
"""The longest line that is said, in characters; facts are cut to fit."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A line as it is said."""

    text: str
    missing: tuple[FactId, ...]
    """The facts that it says and that are not known; they stand in it as their titles."""


class Renderer:
    """Renders the lines of one script; templates are compiled once, on first use."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._compiled: dict[str, tuple[Template, Mapping[str, str]]] = {}

    def render(
        self,
        line: Line,
        variant: int,
        language: Language,
        facts: Mapping[FactId, FactValue],
        today: date | None = None,
    ) -> Rendered:
        """Return `line` as it is said; `variant` counts from 0 and wraps around.

        Short dates of another year than that of `today` say their year.
        Raises `TemplateError` for a template that the checker would have refused.
        """
        texts = line.wording.in_language(language)
        if not texts:
            return Rendered("", ())
        source = texts[variant % len(texts)].value
        if "{" not in source:
            return Rendered(source, ())
        template, wanted = self._compile(source)
        names = self.script.names[pack_of(line.id)]
        context: dict[str, Spoken | Blank] = {}
        blanks: list[tuple[FactId, Blank]] = []
        for name, number in wanted.items():
            if name not in names:
                raise TemplateError(
                    "{place}: no fact is called “{name}”",
                    "declare it under facts",
                    place=line.wording.place,
                    name=name,
                )
            fact = self.script.facts[names[name]]
            if fact.id in facts:
                known = facts[fact.id]
                text = speak(fact, known, language)[:MAX_RENDERED]
                context[number] = Spoken(known, text, language, today)
            else:
                blank = Blank(fact.blank(language))
                context[number] = blank
                blanks.append((fact.id, blank))
        said = template.render(context)[:MAX_RENDERED]
        missing = dict.fromkeys(id for id, blank in blanks if blank.is_said)
        return Rendered(said, tuple(missing))

    def _compile(self, source: str) -> tuple[Template, Mapping[str, str]]:
        if source not in self._compiled:
            self._compiled[source] = compile_template(source)
        return self._compiled[source]
