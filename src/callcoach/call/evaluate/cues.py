"""Predicts by the phrases of a pack's cues: a cue's id, and the label that it is known by."""

from collections.abc import Iterator, Mapping

from callcoach.call.evaluate.gold import LabelledCall, Prediction, Reason, Utterance
from callcoach.call.evaluate.verdicts import judge_call
from callcoach.script.model import CueId, Script, local
from callcoach.words.match import Matcher, Pattern

LABEL_OF: Mapping[str, str] = {
    "greet": "greeting",
    "say_name": "self_introduction",
    "say_company": "company_introduction",
    "right_party": "right_party_check",
    "feel_with": "empathy",
    "say_sorry": "apology",
    "offer_help": "more_help",
    "say_thanks": "thanks",
    "say_goodbye": "closing",
    "threat": "threat_or_pressure",
    "pressure": "threat_or_pressure",
    "insult": "profanity",
    "verify_identity": "identity_request",
    "disclosure": "debt_disclosure",
    "ask_reason": "probing_question",
    "ask_income": "probing_question",
    "ask_pressure": "probing_question",
    "ask_resume": "probing_question",
    "offer_plan": "proposal",
    "repeat_terms": "commitment_recap",
    "confirm_in_writing": "written_confirmation",
    "hardship_told": "hardship",
    "promise": "promise_to_pay",
    "pays_now": "promise_to_pay",
    "identity_answered": "identity_given",
    "refuses": "refusal",
}
"""What a cue is called in labelled data, by its local id."""


class CuePredictor:
    """Predicts what the cues of a script say, each utterance by itself."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._matcher = Matcher(_patterns(script))

    def predict(self, call: LabelledCall) -> Prediction:
        """Return what is in a call."""
        reasons = tuple(tuple(self._reasons(one)) for one in call.utterances)
        said = Prediction(reasons).labels
        verified, early = judge_call([one.speaker for one in call.utterances], said)
        return Prediction(reasons, verified, early)

    def _reasons(self, one: Utterance) -> Iterator[Reason]:
        for hit in self._matcher.hits(one.text):
            if self._script.cues[CueId(hit.key)].speaker is one.speaker:
                id = local(hit.key)
                for label in {id, LABEL_OF.get(id, id)}:
                    yield Reason(label, hit.phrase, hit.start, hit.end)


def _patterns(script: Script) -> Iterator[Pattern]:
    for cue in script.cues.values():
        for phrase in cue.phrases:
            yield Pattern(cue.id, phrase.text.value)
        for phrase in cue.unless:
            yield Pattern(cue.id, phrase.text.value, veto=True)
