"""Says what scripts call their steps, cues and outcomes, and forms their questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from callcoach.call.explain import cue_title, step_title
from callcoach.locale import Messages
from callcoach.reports.figures import WHOLE_CALL
from callcoach.review.form.model import Form
from callcoach.review.tell import form_language, form_title
from callcoach.script.model import CueId, OutcomeId, PackId, Script, StepId
from callcoach.script.wording import Wording


@dataclass(frozen=True, slots=True)
class Names:
    """The titles of scripts in the language of a report; what no script names goes by its id."""

    scripts: Mapping[PackId, Script]
    messages: Messages
    forms: Mapping[str, Form] = field(default_factory=dict)
    """By id."""

    def script(self, id: PackId) -> str:
        """Return what a script is called."""
        known = self.scripts.get(id)
        return self._plain(known.title if known else None) or id

    def step(self, id: StepId) -> str:
        """Return what a step or an objection is called."""
        if id == WHOLE_CALL:
            return self.messages.say("Anywhere in the call")
        found = next((it for it in self.scripts.values() if id in it.steps), None)
        return step_title(found, id, self.messages.language) if found else id

    def cue(self, id: CueId) -> str:
        """Return what a cue is called."""
        found = next((it for it in self.scripts.values() if id in it.cues), None)
        return cue_title(found, id, self.messages.language) if found else id

    def outcome(self, id: OutcomeId | None) -> str:
        """Return what an outcome is called."""
        if id is None:
            return self.messages.say("No outcome")
        found = next((it.outcomes[id] for it in self.scripts.values() if id in it.outcomes), None)
        return self._plain(found.title if found else None) or id

    def form(self, id: str) -> str:
        """Return what a form is called."""
        found = self.forms.get(id)
        return form_title(found, self.messages.language) if found else id

    def question(self, form: str, id: str) -> str:
        """Return what a question of a form is called, with its number."""
        found = self.forms.get(form)
        if found is None:
            return id
        language = form_language(found, self.messages.language)
        numbered = enumerate(found.questions, 1)
        return next((f"{n}. {it.title.plain(language)}" for n, it in numbered if it.id == id), id)

    def _plain(self, wording: Wording | None) -> str:
        return wording.plain(self.messages.language) if wording else ""
